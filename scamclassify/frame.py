"""The message frame: the table of messages that every loader returns."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from scamclassify.errors import FrameError
from scamclassify.labels import (
    CHANNELS,
    LABELS,
    LANGUAGES,
    ORIGINS,
    SCAM_TYPES,
    UNDETERMINED,
    known_languages,
)

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
        If it is no data frame, a column is missing or a value is outside the vocabulary. The
        message names the column, the first offending row and what is allowed.

    Examples
    --------
    >>> frame = pd.DataFrame({"text": ["hi"], "label": ["ham"]})
    >>> validate_frame(frame, ["text", "label"]) is frame
    True
    """
    required = list(required)
    if not isinstance(frame, pd.DataFrame):
        hint = "; its to_pandas() gives one" if hasattr(frame, "to_pandas") else ""
        raise FrameError(
            f"a pandas data frame with the column(s) {', '.join(required)} is needed, "
            f"got {type(frame).__name__}{hint}"
        )
    missing = [name for name in required if name not in frame.columns]
    if missing:
        raise FrameError(
            f"the message frame lacks the column(s) {', '.join(missing)}; "
            f"it has {', '.join(map(str, frame.columns)) or 'none'}"
        )
    for name in required:
        values = frame[name]
        if name in _ALLOWED:
            allowed = _ALLOWED[name]
            wrong = ~values.isin(allowed) & values.notna()
            if name == "language" and wrong.any():  # perhaps one that was added
                allowed = (*known_languages(), UNDETERMINED)
                wrong = ~values.isin(allowed) & values.notna()
            if name in ("label", "origin"):
                wrong |= values.isna()
            if wrong.any():
                row = int(wrong.to_numpy().argmax())
                raise FrameError(
                    f"column {name!r}, row {row}: {values.iloc[row]!r} is not allowed; "
                    f"allowed: {', '.join(allowed)}"
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
            raise FrameError(f"column 'scam_type', row {row}: set although the label is not 'scam'")
    return frame
