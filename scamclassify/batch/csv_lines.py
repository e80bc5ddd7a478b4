"""Lines of a CSV file with their numbers, many rows at once where nothing is wrong with any."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scamclassify.batch.streams import MOST_LINE, chunk_lines

#: Longest cell, in characters, and most lines of one row: what bounds an unclosed quote.
MOST_CELL = 65_536
MOST_ROW_LINES = 2_000

#: Number, content, and whether it is whole.
Line = tuple[int, bytes, bool]


class Run(NamedTuple):
    """Good rows that follow each other.

    Attributes
    ----------
    lines : sequence of int
        Line that each begins on.
    rows : list of list of str
    size : int
        Bytes that they took.
    """

    lines: Sequence[int]
    rows: list[list[str]]
    size: int


class Lines:
    """Lines with their numbers, that can be put back; taken singly or many at once."""

    def __init__(self, chunks: Iterator[tuple[bytes, bool]], terminator: bytes = b"\n") -> None:
        self._chunks = chunks
        self._terminator = terminator
        self._returned: deque[Line] = deque()
        self._number = 0

    def take(self) -> Line | None:
        """The next line."""
        while not self._returned:
            chunk = next(self._chunks, None)
            if chunk is None:
                return None
            self._spread(*chunk)
        return self._returned.popleft()

    def _spread(self, chunk: bytes, whole: bool) -> None:
        for line in chunk_lines(chunk, self._terminator) if whole else [chunk]:
            self._number += 1
            self._returned.append((self._number, line, whole and len(line) <= MOST_LINE))

    def take_run(self, delimiter: str, width: int | None) -> Run | None:
        """All rows of the next chunk, if nothing is wrong with any of them."""
        if self._returned or width is None:
            return None
        chunk = next(self._chunks, None)
        if chunk is None:
            return None
        parsed = _good_rows(*chunk, self._terminator, delimiter, width)
        if parsed is None:
            self._spread(*chunk)
            return None
        rows, starts, n_lines = parsed
        first = self._number + 1
        if starts is None:
            lines: Sequence[int] = range(first, first + n_lines)
        else:
            lines = [first + start for start in starts]
        self._number += n_lines
        return Run(lines, rows, len(chunk[0]))

    def put_back(self, lines: list[Line]) -> None:
        """Lines that were taken, to be taken again."""
        self._returned.extendleft(reversed(lines))


def _good_rows(
    chunk: bytes, whole: bool, terminator: bytes, delimiter: str, width: int
) -> tuple[list[list[str]], list[int] | None, int] | None:
    """Rows of a chunk in which nothing is wrong with any; None for any other.

    With them come the lines that they begin on, counted from 0 (None: every line is a row),
    and the number of lines.
    """
    if not whole:
        return None
    ending = terminator.decode("ascii")
    try:
        lines = chunk.decode("utf-8").split(ending)
        if not lines[-1]:
            lines.pop()
        rows = list(csv.reader(lines, delimiter=delimiter, strict=True))
        if len(max(lines, key=len)) > MOST_CELL:
            return None
        if len(rows) == len(lines) and set(map(len, rows)) == {width}:
            return rows, None, len(lines)
        # Blank lines, or cells over several lines: these need the ends of the lines.
        if width == 1 or delimiter == "\t":
            return None
        reader = csv.reader((f"{line}{ending}" for line in lines), delimiter=delimiter, strict=True)
        starts, rows, start = [], [], 0
        for row in reader:
            if row:
                rows.append(row)
                starts.append(start)
                if reader.line_num - start > 1 and not _is_small(row, reader.line_num - start):
                    return None
            start = reader.line_num
    except (UnicodeDecodeError, csv.Error):
        return None
    return (rows, starts, len(lines)) if set(map(len, rows)) <= {width} else None


def _is_small(row: list[str], n_lines: int) -> bool:
    """Whether a row over several lines is one for certain."""
    return n_lines <= MOST_ROW_LINES and max(map(len, row)) <= MOST_CELL
