"""The columns of a message frame that campaigns are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from scamclassify.campaigns.dates import DayReader, find_date_column
from scamclassify.errors import FrameError, MissingColumnError
from scamclassify.labels import LANGUAGES, UNDETERMINED

if TYPE_CHECKING:
    import pandas as pd

#: For each field the columns that may hold it, best first: those that scoring adds under a
#: prefix say more than a file's own.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "message_id"),
    "language": ("scamclassify_language", "language"),
    "label": ("scamclassify_label", "label"),
    "scam_type": ("scamclassify_scam_type", "scam_type"),
    "probability": ("scamclassify_scam_probability", "scam_probability", "probability"),
}
# Numbers of a date column are seconds below this, milliseconds above.
_SECONDS = 1e11
_LAST_YEAR = 2100


@dataclass(frozen=True)
class Messages:
    """Messages of a frame; what the frame does not hold is None.

    Attributes
    ----------
    texts : list of str
        Length n.
    dates : numpy.ndarray of datetime64[s], shape (n,), or None
        Without time zone; those with one are taken to UTC. NaT where missing.
    languages, labels, types : numpy.ndarray of object, shape (n,), or None
        None in the array where a value is missing.
    probabilities : numpy.ndarray of float64, shape (n,), or None
        Of scam; not a number where missing.
    """

    texts: list[str]
    dates: np.ndarray | None = None
    languages: np.ndarray | None = None
    labels: np.ndarray | None = None
    types: np.ndarray | None = None
    probabilities: np.ndarray | None = None


def read_frame(frame: pd.DataFrame) -> Messages:
    """Take what is needed from a message frame, scored or not.

    Parameters
    ----------
    frame : pandas.DataFrame
        With ``text`` and any of :data:`COLUMNS`; the column of dates is found by its name
        (:func:`~scamclassify.campaigns.dates.find_date_column`).

    Returns
    -------
    Messages

    Raises
    ------
    FrameError
        If there is no column ``text``, or a text is no string.

    Examples
    --------
    >>> import pandas as pd
    >>> read_frame(pd.DataFrame({"text": ["hi"], "date": ["2026-01-02"]})).dates
    array(['2026-01-02T00:00:00'], dtype='datetime64[s]')
    """
    from scamclassify.frame import validate_frame

    validate_frame(frame, ["text"])
    found = {
        field: next((name for name in names if name in frame.columns), None)
        for field, names in COLUMNS.items()
    }
    try:
        found["date"] = frame.columns[find_date_column(None, list(map(str, frame.columns)))]
    except MissingColumnError:
        found["date"] = None

    def column(field: str) -> Any:
        return None if found[field] is None else frame[found[field]]

    languages = _plain(column("language"))
    if languages is not None:
        known = {*LANGUAGES, UNDETERMINED}
        languages[:] = [value if value in known else None for value in languages]
    return Messages(
        texts=frame["text"].tolist(),
        dates=_dates(column("date")),
        languages=languages,
        labels=_plain(column("label")),
        types=_plain(column("scam_type")),
        probabilities=_numbers(column("probability"), found["probability"]),
    )


def _plain(values: pd.Series | None) -> np.ndarray | None:
    """Strings, None where there is none or an empty one."""
    if values is None:
        return None
    out = values.astype(object).to_numpy(copy=True)
    out[values.isna().to_numpy(dtype=bool)] = None
    out[out == ""] = None
    return out


def _numbers(values: pd.Series | None, name: str | None) -> np.ndarray | None:
    import pandas as pd

    if values is None:
        return None
    numbers = pd.to_numeric(values, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    wrong = np.flatnonzero((numbers < 0) | (numbers > 1))
    if len(wrong):
        raise FrameError(
            f"column {name!r}, row {wrong[0]}: {numbers[wrong[0]]:g} is no probability; "
            "a number from 0 to 1 is needed"
        )
    return numbers


def _dates(values: pd.Series | None) -> np.ndarray | None:
    import pandas as pd

    if values is None:
        return None
    if pd.api.types.is_numeric_dtype(values.dtype):
        numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
        seconds = np.where(np.abs(numbers) < _SECONDS, numbers, numbers / 1000)
        seconds[np.abs(seconds) > _SECONDS] = np.nan
        made = pd.Series(pd.to_datetime(seconds, unit="s", errors="coerce"))
    elif pd.api.types.is_datetime64_any_dtype(values.dtype):
        made = values
    else:
        made = pd.to_datetime(values, errors="coerce", format="ISO8601", utc=True)
        # What is no ISO date, and Buddhist years, which look like one.
        missed = (made.isna() & values.notna() & (values != "")) | (made.dt.year > _LAST_YEAR)
        if missed.any():
            made = made.copy()
            made[missed] = _other_dates(values[missed])
    if getattr(made.dtype, "tz", None) is not None:
        made = made.dt.tz_convert("UTC").dt.tz_localize(None)
    return made.to_numpy().astype("datetime64[s]")


def _other_dates(values: pd.Series) -> pd.Series:
    """Dates as people write them, the day before the month; NaT where one cannot be read."""
    import pandas as pd

    days = DayReader()
    written = [text for text in values.unique() if isinstance(text, str)]
    known = {text: days.moment(text) for text in written}
    # "3 March 2026, 9:00": what begins with no figures of a date.
    strange = pd.Series([text for text, when in known.items() if when is None], dtype=object)
    read = pd.to_datetime(strange, errors="coerce", format="mixed", dayfirst=True, utc=True)
    moments = {
        **{text: pd.Timestamp(when, tz="UTC") for text, when in known.items() if when is not None},
        **dict(zip(strange, read, strict=True)),
    }
    return pd.to_datetime(values.map(moments), utc=True)
