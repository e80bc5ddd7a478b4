"""Days, weeks or months, so that a plot over time has a readable number of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from datetime import date, timedelta
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

_MOST_BARS = 62
_STEPS = (("day", 1), ("week", 7), ("month", 31), ("year", 366))


def choose_period(first: date, last: date) -> str:
    """The shortest of day, week, month and year with at most 62 bars.

    Examples
    --------
    >>> choose_period(date(2026, 1, 1), date(2026, 1, 31))
    'day'
    >>> choose_period(date(2025, 1, 1), date(2026, 1, 31))
    'week'
    """
    days = (last - first).days + 1
    for name, length in _STEPS:
        if days <= _MOST_BARS * length:
            return name
    return "year"


def start_of(day: date, period: str) -> date:
    """First day of the period that a day lies in; weeks begin on Monday.

    Examples
    --------
    >>> str(start_of(date(2026, 3, 5), "week"))
    '2026-03-02'
    """
    if period == "week":
        return day - timedelta(days=day.weekday())
    if period == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if period == "year" else day


def _next(start: date, period: str) -> date:
    days = {"day": 1, "week": 7, "month": 32, "year": 367}[period]
    return start_of(start + timedelta(days=days), period)


def over_time(
    counts: Mapping[tuple[Key, date | None], int],
) -> tuple[str, list[date], dict[Key, list[int]]]:
    """Counts of several things a period, periods without any included.

    Parameters
    ----------
    counts : mapping of (thing, day) to int
        Those without a day are passed over.

    Returns
    -------
    period : str
    starts : list of datetime.date
    series : dict
        Thing -> counts, one for each start.

    Examples
    --------
    >>> over_time({("a", date(2026, 1, 1)): 2, ("b", date(2026, 1, 3)): 1})[2]
    {'a': [2, 0, 0], 'b': [0, 0, 1]}
    """
    days = sorted({day for _, day in counts if day is not None})
    if not days:
        return "day", [], {}
    period = choose_period(days[0], days[-1])
    starts = [start_of(days[0], period)]
    while (following := _next(starts[-1], period)) <= days[-1]:
        starts.append(following)
    places = {start: place for place, start in enumerate(starts)}
    totals: dict[Key, Counter[int]] = {}
    for (thing, day), count in counts.items():
        if day is not None:
            totals.setdefault(thing, Counter())[places[start_of(day, period)]] += count
    return (
        period,
        starts,
        {thing: [found[place] for place in range(len(starts))] for thing, found in totals.items()},
    )
