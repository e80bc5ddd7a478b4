"""CSV files as a source of messages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scamclassify.batch import parts as part_limits
from scamclassify.batch.columns import find_text_column, unique_names
from scamclassify.batch.csv_dialect import sniff_delimiter
from scamclassify.batch.csv_lines import Run
from scamclassify.batch.csv_records import Record, read_runs
from scamclassify.batch.inputs import Input
from scamclassify.batch.parts import BadRow, Batch, Part, check_text, shorten
from scamclassify.batch.rows import CellRows
from scamclassify.batch.streams import Advance, line_chunks, nothing
from scamclassify.batch.text_source import TextFile
from scamclassify.errors import InputFileError

_GUESS_ROWS = 200


class CsvSource:
    """A CSV file.

    Parameters
    ----------
    entry : Input
    text_column : str, optional
    advance : callable
        Progress in bytes of the file.
    encoding, delimiter : str, optional
        By default they are found.

    Attributes
    ----------
    names : list of str
        Columns, made unique.
    text_column : str
    guessed : bool
        Whether the text column was guessed from its content.
    delimiter : str
    encoding : Encoding
    mark : bytes
        Byte order mark of UTF-8, if the file began with a mark.

    Raises
    ------
    InputFileError
        If there is no header or the file is binary.
    UnknownNameError
        If there is no column of texts.
    """

    def __init__(
        self,
        entry: Input,
        text_column: str | None = None,
        advance: Advance = nothing,
        encoding: str | None = None,
        delimiter: str | None = None,
    ) -> None:
        self.entry, self._advance = entry, advance
        self._file = TextFile(entry, encoding)
        self.encoding, self.mark = self._file.encoding, self._file.mark
        head = self._file.head
        self._terminator = b"\n" if b"\n" in head or b"\r" not in head else b"\r"
        chosen = delimiter or entry.form.delimiter
        self.delimiter = chosen or sniff_delimiter(head, text_column)
        self._file.head = b""  # thousands of files may be open
        chunks = line_chunks(self._file.blocks(), self._terminator)
        header = next(read_runs(chunks, self.delimiter, self._terminator), None)
        if header is None:
            raise InputFileError(f"{entry.name} is empty; a header line with names is needed")
        assert isinstance(header, Record)
        if header.reason:
            raise InputFileError(
                f"{entry.name}, line {header.line}: the header cannot be read: "
                f"{self._file.reason(header.reason)} ({header.detail})"
            )
        self.names = unique_names(header.cells)
        self._place, self.guessed = find_text_column(text_column, self.names, self._sample)
        self.text_column = self.names[self._place]

    def _items(self, advance: Advance) -> Iterator[Run | Record]:
        chunks = line_chunks(self._file.blocks(advance), self._terminator)
        items = read_runs(chunks, self.delimiter, self._terminator)
        next(items)  # the header
        return items

    def _sample(self) -> list[list[str]]:
        rows: list[list[str]] = []
        for item in self._items(nothing):
            rows += item.rows if isinstance(item, Run) else [item.cells] * (not item.reason)
            if len(rows) >= _GUESS_ROWS:
                break
        return rows[:_GUESS_ROWS]

    def column_types(self) -> dict[str, str]:
        """Every column holds text."""
        return dict.fromkeys(self.names, "str")

    def parts(self, most_rows: int) -> Iterator[Part]:
        """Yield all rows, up to ``most_rows`` a part."""
        part = _Collector(self.names)
        try:
            yield from self._full_parts(part, most_rows)
        except InputFileError:
            # The file is damaged here; what came before is whole.
            if part.n_rows:
                yield part.take()
            raise
        if part.n_rows:
            yield part.take()

    def _full_parts(self, part: _Collector, most_rows: int) -> Iterator[Part]:
        row = 0
        for item in self._items(self._advance):
            if isinstance(item, Record):
                row += 1
                self._add(part, item, row)
                if part.is_full(most_rows):
                    yield part.take()
                continue
            size = item.size // len(item.rows)
            start = 0
            while start < len(item.rows):
                rows = item.rows[start : start + most_rows - part.n_rows]
                self._add_run(part, rows, row + 1, item.lines[start : start + len(rows)])
                part.size += size * len(rows)
                start, row = start + len(rows), row + len(rows)
                if part.is_full(most_rows):
                    yield part.take()

    def _add_run(
        self, part: _Collector, rows: list[list[str]], number: int, lines: Sequence[int]
    ) -> None:
        place = self._place
        texts = [cells[place] for cells in rows]
        if all(map(str.strip, texts)):
            part.rows += rows
            part.texts += texts
            return
        for offset, (line, cells) in enumerate(zip(lines, rows, strict=True)):
            self._add(part, Record(line, cells), number + offset)

    def _add(self, part: _Collector, record: Record, number: int) -> None:
        if record.reason:
            raw = shorten(record.raw)
            reason = self._file.reason(record.reason)
            part.bad.append(BadRow(number, record.line, reason, record.detail, raw))
            part.size += len(raw)
            return
        text = record.cells[self._place]
        problem = check_text(text)
        if problem:
            raw = shorten(self.delimiter.join(record.cells))
            part.bad.append(BadRow(number, record.line, *problem, raw))
        else:
            part.rows.append(record.cells)
            part.texts.append(text)
        part.size += sum(map(len, record.cells))


class _Collector:
    """Rows that become a part."""

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._clear()

    def _clear(self) -> None:
        self.rows: list[list[str]] = []
        self.texts: list[str] = []
        self.bad: list[BadRow] = []
        self.size = 0

    @property
    def n_rows(self) -> int:
        return len(self.rows) + len(self.bad)

    def is_full(self, most_rows: int) -> bool:
        return self.n_rows >= most_rows or self.size > part_limits.MOST_PART_BYTES

    def take(self) -> Batch:
        batch = Batch(CellRows(self._names, self.rows), self.texts, self.bad)
        self._clear()
        return batch
