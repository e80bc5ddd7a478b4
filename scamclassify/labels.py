"""The vocabulary of the library: labels, scam types, languages and the message frame."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from scamclassify.errors import FrameError, UnknownNameError

#: The three classes, in the order of every ``classes_`` and probability column.
LABELS: tuple[str, ...] = ("ham", "promo", "scam")

#: Types of scam (only where the label is ``scam``) and what such a message does.
SCAM_TYPES: dict[str, str] = {
    "phishing_account": "poses as a bank, wallet, telco, shop or platform to take credentials",
    "impersonation_authority": "poses as police, court, tax, customs, toll or welfare office",
    "delivery": "claims a parcel needs a fee, an address or a link",
    "job_task": "offers work or paid tasks that end in deposits",
    "investment": "promises returns from shares, crypto, gold, trading groups",
    "loan": "offers credit that needs a fee first, or is illegal lending",
    "purchase": "sells, rents or books what will never come",
    "romance_wrong_number": "starts or grooms a relationship, wrong-number openings included",
    "friend_family": "poses as someone the reader knows, often with a new number",
    "prize_aid": "announces a prize, lottery, gift, grant, inheritance, aid",
    "gambling": "lures to illegal betting",
    "malware_remote": "gets the reader to install an app or give remote control",
    "sexual_extortion": "offers sexual services or blackmails",
    "recovery": "promises to get lost money back",
    "other_scam": "a scam of no type above",
}

#: The thirteen languages (ISO 639) and their English names.
LANGUAGES: dict[str, str] = {
    "en": "English",
    "id": "Indonesian",
    "ms": "Malay",
    "th": "Thai",
    "vi": "Vietnamese",
    "tl": "Filipino",
    "my": "Burmese",
    "km": "Khmer",
    "lo": "Lao",
    "zh": "Chinese",
    "ta": "Tamil",
    "pt": "Portuguese",
    "tet": "Tetum",
}

#: The answer of language identification when it cannot tell.
UNDETERMINED = "und"

CHANNELS: tuple[str, ...] = ("sms", "chat", "social")
ORIGINS: tuple[str, ...] = ("collected", "authored")

#: The columns of a message frame, in order.
FRAME_COLUMNS: tuple[str, ...] = (
    "id",
    "text",
    "label",
    "scam_type",
    "language",
    "channel",
    "source",
    "origin",
    "group",
    "date",
)

_ALLOWED: dict[str, tuple[str, ...]] = {
    "label": LABELS,
    "scam_type": tuple(SCAM_TYPES),
    "language": (*LANGUAGES, UNDETERMINED),
    "channel": CHANNELS,
    "origin": ORIGINS,
}


def validate_frame(frame: pd.DataFrame, required: Iterable[str] = FRAME_COLUMNS) -> pd.DataFrame:
    """Check a message frame and return it unchanged.

    Parameters
    ----------
    frame : pandas.DataFrame
        The frame to check.
    required : iterable of str
        Columns that must be there; by default all of :data:`FRAME_COLUMNS`.

    Returns
    -------
    pandas.DataFrame
        The same object.

    Raises
    ------
    FrameError
        If a column is missing or a value is outside the vocabulary. The message
        names the column, the first offending row and what is allowed.

    Examples
    --------
    >>> frame = pd.DataFrame({"text": ["hi"], "label": ["ham"]})
    >>> validate_frame(frame, ["text", "label"]) is frame
    True
    """
    required = list(required)
    missing = [name for name in required if name not in frame.columns]
    if missing:
        raise FrameError(
            f"the message frame lacks the column(s) {', '.join(missing)}; "
            f"it has {', '.join(map(str, frame.columns)) or 'none'}"
        )
    for name in required:
        values = frame[name]
        if name in _ALLOWED:
            wrong = ~values.isin(_ALLOWED[name]) & values.notna()
            if name in ("label", "origin"):
                wrong |= values.isna()
            if wrong.any():
                row = int(wrong.to_numpy().argmax())
                raise FrameError(
                    f"column {name!r}, row {row}: {values.iloc[row]!r} is not allowed; "
                    f"allowed: {', '.join(_ALLOWED[name])}"
                )
        elif name == "text":
            bad = ~values.map(lambda value: isinstance(value, str)).astype(bool)
            if bad.any():
                row = int(bad.to_numpy().argmax())
                raise FrameError(
                    f"column 'text', row {row}: {type(values.iloc[row]).__name__} found, "
                    "a string is needed"
                )
    if "label" in required and "scam_type" in required:
        stray = frame["scam_type"].notna() & (frame["label"] != "scam")
        if stray.any():
            row = int(stray.to_numpy().argmax())
            raise FrameError(
                f"column 'scam_type', row {row}: set although the label is not 'scam'"
            )
    return frame


def check_language(code: str) -> str:
    """Return ``code`` if it is one of the thirteen languages, else raise `UnknownNameError`."""
    if code not in LANGUAGES:
        raise UnknownNameError("language", code, LANGUAGES)
    return code
