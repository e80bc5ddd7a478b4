"""Rows of a dirty CSV file: every one comes out, whole or with what is wrong with it.

The ``csv`` module on a whole file lets one stray quotation mark swallow the rows after it.
Here rows are parsed one at a time and strictly; where a row does not end well, only its
first line is given up and reading goes on with the next line.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scamclassify.batch.columns import LABEL_COLUMNS, TEXT_COLUMNS
from scamclassify.batch.streams import MOST_LINE, chunk_lines

DELIMITERS = ",;\t|"
#: Longest cell, in characters, and most lines of one row: what bounds an unclosed quote.
MOST_CELL = 65_536
MOST_ROW_LINES = 2_000
# Lines that are tried as the rest of a quoted row; few rows need many.
_LOOK_AHEAD = (0, 8, 64, 512, MOST_ROW_LINES)

#: Number, content, and whether it is whole.
_Line = tuple[int, bytes, bool]


class Record(NamedTuple):
    """One row, or what stands where one should be.

    Attributes
    ----------
    line : int
        Line of the file, from 1.
    cells : list of str
        Empty where the row is bad.
    reason, detail : str
        What is wrong; empty where nothing is.
    raw : bytes
        The content of a bad row.
    """

    line: int
    cells: list[str]
    reason: str = ""
    detail: str = ""
    raw: bytes = b""


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


class _Lines:
    """Lines with their numbers, that can be put back; taken singly or many at once."""

    def __init__(self, chunks: Iterator[tuple[bytes, bool]], terminator: bytes = b"\n") -> None:
        self._chunks = chunks
        self._terminator = terminator
        self._returned: deque[_Line] = deque()
        self._number = 0

    def take(self) -> _Line | None:
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

    def put_back(self, lines: list[_Line]) -> None:
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


def read_runs(
    chunks: Iterator[tuple[bytes, bool]],
    delimiter: str,
    terminator: bytes = b"\n",
    width: int | None = None,
) -> Iterator[Run | Record]:
    """Yield the rows of a CSV file, many at once where they are plain.

    Parameters
    ----------
    chunks : iterator of (bytes, bool)
        What :func:`~scamclassify.batch.streams.line_chunks` gives.
    delimiter : str
    terminator : bytes of length 1
        End of lines of the chunks.
    width : int, optional
        Number of cells that a row must have; by default that of the first row, the header.

    Yields
    ------
    Run or Record
        In the order of the file. Blank lines are no rows, unless there is only one column.
    """
    feed = _Lines(chunks, terminator)
    while True:
        run = feed.take_run(delimiter, width)
        if run is not None:
            if run.rows:
                yield run
            continue
        first = feed.take()
        if first is None:
            return
        record = _record(first, feed, delimiter, width)
        if record is None:
            continue
        yield record
        if width is None and not record.reason:
            width = len(record.cells)


def read_records(
    lines: Iterator[tuple[bytes, bool]], delimiter: str, width: int | None = None
) -> Iterator[Record]:
    """Yield the rows of a CSV file one by one; parameters as for :func:`read_runs`.

    Examples
    --------
    >>> lines = [b'id,text\\n', b'1,"never closed\\n', b'2,"a, b"\\n', b'3\\n']
    >>> for record in read_records(iter((line, True) for line in lines), ","):
    ...     print(record.line, record.cells, record.reason)
    1 ['id', 'text']
    2 [] broken quotation
    3 ['2', 'a, b']
    4 [] wrong number of fields
    """
    for item in read_runs(lines, delimiter, width=width):
        if isinstance(item, Record):
            yield item
        else:
            for number, cells in zip(item.lines, item.rows, strict=True):
                yield Record(number, cells)


def _record(first: _Line, feed: _Lines, delimiter: str, width: int | None) -> Record | None:
    """The row that begins with a line; None for a blank line."""
    number, raw, whole = first
    if not whole:
        return Record(number, [], "line too long", f"over {len(raw):,} bytes", raw)
    if not raw.strip(b"\r\n") and width != 1:
        return None
    record, used = _parse(first, feed, delimiter, width)
    if not record.reason:
        found = len(record.cells)
        if width is not None and found != width:
            detail = f"{found} instead of {width}"
            record = Record(number, [], "wrong number of fields", detail, raw)
        elif max(map(len, record.cells)) > MOST_CELL:
            detail = f"over {MOST_CELL:,} characters"
            record = Record(number, [], "cell too long", detail, raw)
    if record.reason == "not UTF-8":
        used = []  # the row itself is whole: all of its lines go with it
    elif record.reason:
        feed.put_back(used)
    return record


def _parse(first: _Line, feed: _Lines, delimiter: str, width: int | None):
    """The row that begins with a line, and the further lines that it took."""
    number, raw, _ = first
    used: list[_Line] = []
    clean = True
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "surrogateescape")
        clean = False
    if '"' not in text:
        cells = text.rstrip("\r\n").split(delimiter)
    else:
        try:
            cells, used = _quoted(text, feed, delimiter, width)
        except _BrokenQuotationError as error:
            return Record(number, [], "broken quotation", str(error), raw), error.used
    if clean and not used:
        return Record(number, cells), used
    whole = raw + b"".join(line[1] for line in used)
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError as error:
        detail = f"byte 0x{whole[error.start]:02x} at {error.start}"
        return Record(number, [], "not UTF-8", detail, whole), used
    return Record(number, cells), used


class _BrokenQuotationError(Exception):
    """A row whose quotation does not end well, and the lines that were looked at for it."""

    def __init__(self, detail: str, used: list[_Line]) -> None:
        super().__init__(detail)
        self.used = used


def _quoted(
    text: str, feed: _Lines, delimiter: str, width: int | None
) -> tuple[list[str], list[_Line]]:
    """Cells of a row with quotation marks, and the further lines that it took."""
    used: list[_Line] = []
    texts = [text]
    size = 0
    for most in _LOOK_AHEAD:
        ended = False
        while len(used) < most and not ended:
            line = feed.take()
            if line is None:
                ended = True
                break
            used.append(line)
            size += len(line[1])
            # Four bytes a character at most; the exact check is on the cells.
            ended = not line[2] or size > 4 * MOST_CELL
            texts.append(line[1].decode("utf-8", "surrogateescape"))
        reader = csv.reader(texts, delimiter=delimiter, strict=True)
        try:
            cells = next(reader)
        except csv.Error as error:
            if ended or most == MOST_ROW_LINES or "unexpected end of data" not in str(error):
                raise _BrokenQuotationError(str(error), used) from None
            # Without this check a hostile file makes every row look as far ahead as it can.
            found = len(next(csv.reader(texts, delimiter=delimiter)))
            if width is not None and found > width:
                raise _BrokenQuotationError(f"more than {width} fields", used) from None
            continue
        feed.put_back(used[reader.line_num - 1 :])
        del used[reader.line_num - 1 :]
        break
    # Tabs are hardly ever inside a message: two rows were glued together.
    if used and delimiter == "\t" and any("\t" in cell for cell in cells):
        raise _BrokenQuotationError("a cell over several lines holds a tab", used)
    return cells, used


def sniff_delimiter(sample: bytes, text_column: str | None = None) -> str:
    """Guess the delimiter of a CSV file from its first lines.

    Parameters
    ----------
    sample : bytes
        Beginning of the file, without a byte order mark.
    text_column : str, optional
        A column that the header is known to have.

    Returns
    -------
    str
        One of ``, ; | `` and tab: the one under which the header has a column for texts
        and most rows are as wide as the header.

    Examples
    --------
    >>> sniff_delimiter(b"id;text\\n1;well, well\\n")
    ';'
    """
    terminator = b"\n" if b"\n" in sample else b"\r"
    lines = sample.split(terminator)
    if len(lines) > 1:
        lines.pop()  # perhaps cut
    lines = [line + b"\n" for line in lines[:200]]
    wanted = {name.casefold() for name in (*TEXT_COLUMNS, *LABEL_COLUMNS)}
    if text_column is not None:
        wanted = {text_column.strip().casefold()}
    best, best_rank = ",", (-1.0, -1.0, -1.0)
    for delimiter in DELIMITERS:
        records = list(read_records(iter((line, True) for line in lines), delimiter))
        good = [record for record in records if not record.reason]
        if not good:
            continue
        header = good[0].cells
        found = any(name.strip().casefold() in wanted for name in header)
        share = len(good) / len(records)
        # Under a character that does not occur every row has one cell: no evidence.
        rank = (float(found), share if len(header) > 1 or found else 0.0, float(len(header)))
        if rank > best_rank:
            best, best_rank = delimiter, rank
    return best
