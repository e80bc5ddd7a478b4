"""The most common of many values, in bounded memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


class TopValues:
    """Counts values; when there are too many different ones, the rarest are given up.

    Lossy counting after Manku and Motwani (2002): a value that was given up and comes again
    counts from what was given up, so that no count is too low by more than :attr:`error`.

    Parameters
    ----------
    capacity : int, default=200_000
        Different values that are kept.

    Attributes
    ----------
    error : int
        By how much a count may be too low; 0 while nothing was given up.

    Examples
    --------
    >>> top = TopValues()
    >>> top.add(["a", "b", "a"])
    >>> top.most_common(1)
    [('a', 2)]
    """

    def __init__(self, capacity: int = 200_000) -> None:
        self._capacity = capacity
        self._counts: Counter[str] = Counter()
        self.error = 0

    def add(self, values: Iterable[str]) -> None:
        """Count values."""
        self._counts.update(values)
        while len(self._counts) > self._capacity:
            # Down to half, so that this is not done again at once.
            floor = sorted(self._counts.values(), reverse=True)[self._capacity // 2]
            kept = {value: count for value, count in self._counts.items() if count > floor}
            self.error += floor
            self._counts = Counter(kept)

    def most_common(self, n: int) -> list[tuple[str, int]]:
        """The ``n`` most common, by count, then by value."""
        return sorted(self._counts.items(), key=lambda item: (-item[1], item[0]))[:n]

    def __len__(self) -> int:
        return len(self._counts)
