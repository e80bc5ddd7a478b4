"""Excel workbooks as a source of messages: the first sheet that has rows."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from scamclassify.batch.columns import find_text_column, unique_names
from scamclassify.batch.inputs import Input
from scamclassify.batch.parts import BadRow, Batch, Part, check_text, shorten
from scamclassify.batch.rows import CellRows
from scamclassify.batch.streams import Advance, nothing
from scamclassify.errors import InputFileError, MissingExtraError

_GUESS_ROWS = 200
# A sheet has a million rows at most; its strings are held in memory.
_MOST_UNPACKED = 512 << 20


class ExcelSource:
    """A sheet of a workbook; its first row with content is the header.

    Parameters, attributes and errors as for
    :class:`~scamclassify.batch.csv_source.CsvSource`; ``notes`` names sheets that are not
    read.
    """

    def __init__(
        self, entry: Input, text_column: str | None = None, advance: Advance = nothing
    ) -> None:
        self.entry, self._advance = entry, advance
        self.notes: list[str] = []
        self._sheet = ""
        header = None
        book = _open(entry)
        try:
            for sheet in book.worksheets:
                rows = _cells(sheet, entry)
                first = next((cells for _, cells in rows), None)
                if first is None:
                    continue
                if header is None:
                    header, self._sheet = first, sheet.title
                else:
                    self.notes.append(f"{entry.name}: the sheet {sheet.title!r} is not read")
        finally:
            book.close()
        if header is None:
            raise InputFileError(f"{entry.name} is empty; a header row with names is needed")
        while header and not header[-1]:
            header.pop()
        self.names = unique_names(header)
        self._place, self.guessed = find_text_column(text_column, self.names, self._sample)
        self.text_column = self.names[self._place]

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        book = _open(self.entry)
        try:
            rows = _cells(book[self._sheet], self.entry)
            next(rows)  # the header
            yield from rows
        finally:
            book.close()

    def _sample(self) -> list[list[str]]:
        width = len(self.names)
        return [
            (cells + [""] * width)[:width]
            for _, (_, cells) in zip(range(_GUESS_ROWS), self._rows(), strict=False)
        ]

    def column_types(self) -> dict[str, str]:
        """Cells are written as text."""
        return dict.fromkeys(self.names, "str")

    def parts(self, most_rows: int) -> Iterator[Part]:
        """Yield all rows, up to ``most_rows`` a part."""
        width = len(self.names)
        batch = Batch(CellRows(self.names, []), [])
        rows: list[list[str]] = []
        texts: list[str] = []
        for number, (line, cells) in enumerate(self._rows(), 1):
            problem: tuple[str, str] | None
            extra = len(cells) - width
            if extra > 0 and any(cells[width:]):
                problem = "wrong number of fields", f"{len(cells)} instead of {width}"
            else:
                cells = (cells + [""] * -extra)[:width]
                problem = check_text(cells[self._place])
            if problem:
                batch.bad.append(BadRow(number, line, *problem, shorten(" | ".join(cells))))
            else:
                rows.append(cells)
                texts.append(cells[self._place])
            if len(rows) + len(batch.bad) >= most_rows:
                yield Batch(CellRows(self.names, rows), texts, batch.bad)
                rows, texts, batch = [], [], Batch(CellRows(self.names, []), [])
        if rows or batch.bad:
            yield Batch(CellRows(self.names, rows), texts, batch.bad)
        self._advance(self.entry.size)


def _open(entry: Input) -> Any:
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError("openpyxl", "excel", "reading Excel workbooks") from None
    try:
        with zipfile.ZipFile(entry.path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > _MOST_UNPACKED:
            raise InputFileError(
                f"{entry.name} unpacks to {unpacked >> 20:,} MiB; save it as CSV instead"
            )
        return openpyxl.load_workbook(entry.path, read_only=True, data_only=True)
    except InputFileError:
        raise
    except Exception as error:  # openpyxl lets through whatever a broken workbook causes
        raise InputFileError(f"{entry.name} is not an Excel workbook: {_line(error)}") from None


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _cells(sheet: Any, entry: Input) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each row that has content."""
    rows = enumerate(sheet.iter_rows(values_only=True), 1)
    while True:
        try:
            row = next(rows, None)
        except (Exception, zlib.error) as error:
            raise InputFileError(f"{entry.name} is damaged: {_line(error)}") from None
        if row is None:
            return
        cells = [_text(value) for value in row[1]]
        if any(cells):
            yield row[0], cells


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        # A workbook can hold half of a surrogate pair, which no output can.
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)
