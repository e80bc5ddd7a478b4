"""Rows of a dirty CSV file: every one comes out, whole or with what is wrong with it.

The ``csv`` module on a whole file lets one stray quotation mark swallow the rows after it.
Here rows are parsed one at a time and strictly; where a row does not end well, only its
first line is given up and reading goes on with the next line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import NamedTuple

from scamclassify.batch.csv_lines import MOST_CELL, MOST_ROW_LINES, Line, Lines, Run

# Lines that are tried as the rest of a quoted row; few rows need many.
_LOOK_AHEAD = (0, 8, 64, 512, MOST_ROW_LINES)


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
    feed = Lines(chunks, terminator)
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


def _record(first: Line, feed: Lines, delimiter: str, width: int | None) -> Record | None:
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


def _parse(first: Line, feed: Lines, delimiter: str, width: int | None):
    """The row that begins with a line, and the further lines that it took."""
    number, raw, _ = first
    used: list[Line] = []
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

    def __init__(self, detail: str, used: list[Line]) -> None:
        super().__init__(detail)
        self.used = used


def _quoted(
    text: str, feed: Lines, delimiter: str, width: int | None
) -> tuple[list[str], list[Line]]:
    """Cells of a row with quotation marks, and the further lines that it took."""
    used: list[Line] = []
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
