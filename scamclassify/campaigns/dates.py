"""Dates of messages, in whatever way a dump writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from scamclassify.batch.columns import find_column
from scamclassify.errors import MissingColumnError

#: Names under which a date is looked for, best first; case and surrounding space aside.
DATE_COLUMNS: tuple[str, ...] = (
    "date",
    "datetime",
    "timestamp",
    "time",
    "sent_at",
    "received_at",
    "created_at",
    "sent",
    "received",
    "reported_at",
    "report_date",
    "message_date",
    "sent_date",
    "received_date",
    "tanggal",
    "waktu",
    "tarikh",
    "petsa",
    "ngày",
    "ngay",
    "thời gian",
    "วันที่",
    "เวลา",
    "日期",
    "时间",
    "時間",
    "data",
)

# One of these in a longer name makes it one of a date: "Date received", "TARIKH_TERIMA".
_DATE_WORDS = frozenset(
    ("date", "datetime", "timestamp", "tanggal", "tgl", "tarikh", "petsa", "ngày", "ngay")
)
# Where words are written together.
_DATE_PARTS = ("วันที่", "日期", "时间", "時間")
_WORDS = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4}(?:\d{2})?)?")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*([ap]\.?m)?", re.IGNORECASE)
_EPOCH = re.compile(r"[1-9]\d{9}(?:\d{3})?(?:\.\d+)?")
# Thailand counts years from 543 BC.
_BUDDHIST = 543
_YEARS = range(1990, 2101)
_MOST_KEPT = 100_000
# Days in the texts that are kept do not depend on the time after them.
_HEAD = 24


def find_date_column(given: str | None, names: Sequence[str]) -> int:
    """Place of the column of dates.

    Parameters
    ----------
    given : str or None
        Its name, if the user said it.
    names : sequence of str
        The columns that there are.

    Returns
    -------
    int
        Without a name the first of :data:`DATE_COLUMNS` that is there, else the first column
        with a word for a date in its name.

    Raises
    ------
    UnknownNameError
        If there is no such column.

    Examples
    --------
    >>> find_date_column(None, ["id", "Tarikh Terima", "text"])
    1
    """
    try:
        return find_column("date column", given, DATE_COLUMNS, names)
    except MissingColumnError:
        for place, name in enumerate(names):
            words = _WORDS.findall(_HUMP.sub(" ", name).casefold())
            if _DATE_WORDS.intersection(words) or any(part in name for part in _DATE_PARTS):
                return place
        raise


class DayReader:
    """Reads days, remembering what it has read.

    Where day and month cannot be told apart, as in 03/04/2026, the day comes first, as it is
    usual in ten of the eleven member states.

    Attributes
    ----------
    ambiguous : bool
        Whether there was such a date.

    Examples
    --------
    >>> days = DayReader()
    >>> [str(days.day(text)) for text in ("2026-03-01T09:00Z", "1/3/2569 9:00", "soon")]
    ['2026-03-01', '2026-03-01', 'None']
    """

    def __init__(self) -> None:
        self.ambiguous = False
        self._known: dict[str, date | None] = {}

    def day(self, text: str) -> date | None:
        """The day that a text begins with; None where it does not."""
        head = text[:_HEAD]
        if head in self._known:
            return self._known[head]
        if len(self._known) >= _MOST_KEPT:
            self._known.clear()
        found = self._known[head] = self._read(head.strip())
        return found

    def moment(self, text: str) -> datetime | None:
        """The day that a text begins with, and the time of day where one follows.

        Examples
        --------
        >>> str(DayReader().moment("1/3/2569 9:05 PM"))
        '2026-03-01 21:05:00'
        """
        day = self.day(text)
        if day is None:
            return None
        if _EPOCH.fullmatch(text.strip()):
            return _from_epoch(text)
        _, _, rest = text.strip().replace("T", " ", 1).partition(" ")
        clock = _CLOCK.match(rest.strip())
        return datetime.combine(day, _time(clock) if clock else time())

    def _read(self, text: str) -> date | None:
        if match := _YEAR_FIRST.match(text):
            return _date(*map(int, match.groups()))
        if match := _YEAR_LAST.match(text):
            first, second, year = map(int, match.groups())
            if first <= 12 and second <= 12 and first != second:
                self.ambiguous = True
            return _date(year, second, first) or _date(year, first, second)
        if match := _COMPACT.fullmatch(text):
            return _date(*map(int, match.groups()))
        if _EPOCH.fullmatch(text):
            when = _from_epoch(text).date()
            return when if when.year in _YEARS else None
        return None


def _date(year: int, month: int, day: int) -> date | None:
    if year not in _YEARS and year - _BUDDHIST in _YEARS:
        year -= _BUDDHIST
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from_epoch(text: str) -> datetime:
    """Seconds or milliseconds since 1970, in UTC without saying so."""
    seconds = float(text)
    return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC).replace(
        tzinfo=None
    )


def _time(clock: re.Match[str]) -> time:
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    half = (clock[4] or "").lower()[:1]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else time()
