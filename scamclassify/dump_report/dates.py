"""Days of messages, in whatever way a dump writes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

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

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4}(?:\d{2})?)?")
_EPOCH = re.compile(r"[1-9]\d{9}(?:\d{3})?(?:\.\d+)?")
# Thailand counts years from 543 BC.
_BUDDHIST = 543
_YEARS = range(1990, 2101)
_MOST_KEPT = 100_000
# Days in the texts that are kept do not depend on the time after them.
_HEAD = 24


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
            seconds = float(text)
            if seconds > 1e11:
                seconds /= 1000
            when = datetime.fromtimestamp(seconds, UTC).date()
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
