"""Reads files of messages in batches; what cannot be scored comes out as bad rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scamclassify.batch.columns import TEXT_COLUMNS, find_column, unique_names
from scamclassify.batch.csv_records import read_records, sniff_delimiter
from scamclassify.batch.formats import FileFormat, file_format
from scamclassify.batch.json_lines import (
    MOST_KEYS,
    LineError,
    column_type,
    note_kinds,
    parse_line,
)
from scamclassify.batch.quarantine import BadRow, shorten
from scamclassify.batch.rows import ArrowRows, CsvRows, JsonRows, Rows, arrow_type
from scamclassify.batch.streams import Advance, check_encoding, peek, read_blocks, split_lines
from scamclassify.errors import InputFileError

if TYPE_CHECKING:
    import pyarrow as pa

_SAMPLE = 1 << 16
# A batch ends early when its rows are this large, so that memory is bounded.
_MOST_BATCH_BYTES = 32 << 20


def _nothing(step: int) -> None:
    pass


@dataclass
class Batch:
    """Some rows of a file.

    Attributes
    ----------
    rows : Rows
        Those that can be scored.
    texts : list of str
        Their texts.
    bad : list of BadRow
        The others.
    """

    rows: Rows
    texts: list[str]
    bad: list[BadRow] = field(default_factory=list)


def check_text(text: Any) -> tuple[str, str] | None:
    """Why a value cannot be scored, as reason and detail; None if it can.

    Examples
    --------
    >>> check_text("hello"), check_text("  "), check_text(5)
    (None, ('empty text', ''), ('text is not a string', 'int found'))
    """
    if isinstance(text, str):
        return None if text.strip() else ("empty text", "")
    if text is None:
        return "text missing", ""
    return "text is not a string", f"{type(text).__name__} found"


class CsvSource:
    """A CSV file.

    Parameters
    ----------
    path : pathlib.Path
    form : FileFormat
    text_column : str, optional
    advance : callable
        Progress in bytes of the file.

    Raises
    ------
    InputFileError
        If there is no header or the encoding is not UTF-8.
    UnknownNameError
        If there is no column of texts.
    """

    def __init__(
        self, path: Path, form: FileFormat, text_column: str | None, advance: Advance = _nothing
    ) -> None:
        self.path, self._form, self._advance = path, form, advance
        blocks = read_blocks(path, form.compression, _nothing)
        try:
            head, _ = peek(blocks, _SAMPLE)
        finally:
            blocks.close()  # type: ignore[attr-defined]
        self.mark = check_encoding(head, path)
        head = head[len(self.mark) :]
        self._terminator = b"\n" if b"\n" in head or b"\r" not in head else b"\r"
        self.delimiter = form.delimiter or sniff_delimiter(head, text_column)
        header = next(self._records(_nothing), None)
        if header is None:
            raise InputFileError(f"{path.name} is empty; a header line with names is needed")
        if header.reason:
            raise InputFileError(
                f"{path.name}, line {header.line}: the header cannot be read: {header.reason} "
                f"({header.detail})"
            )
        self.names = header.cells
        self.text_place = find_column("text column", text_column, TEXT_COLUMNS, self.names)

    def _records(self, advance: Advance):
        blocks = read_blocks(self.path, self._form.compression, advance)
        if self.mark:
            blocks = _without(blocks, len(self.mark))
        return read_records(split_lines(blocks, self._terminator), self.delimiter)

    def schema(self) -> pa.Schema:
        """Arrow schema: strings."""
        import pyarrow as pa

        return pa.schema([(name, pa.string()) for name in unique_names(self.names)])

    def batches(self, batch_size: int) -> Iterator[Batch]:
        """Yield all rows, up to ``batch_size`` a batch."""
        rows: list[list[str]] = []
        texts: list[str] = []
        bad: list[BadRow] = []
        size = 0
        records = self._records(self._advance)
        next(records)  # the header
        for number, record in enumerate(records, 1):
            if record.reason:
                raw = shorten(record.raw)
                bad.append(BadRow(number, record.line, record.reason, record.detail, raw))
                size += len(raw)
            else:
                text = record.cells[self.text_place]
                problem = check_text(text)
                if problem:
                    raw = shorten(self.delimiter.join(record.cells))
                    bad.append(BadRow(number, record.line, *problem, raw))
                else:
                    rows.append(record.cells)
                    texts.append(text)
                size += sum(map(len, record.cells))
            if len(rows) + len(bad) >= batch_size or size > _MOST_BATCH_BYTES:
                yield Batch(CsvRows(self.names, rows), texts, bad)
                rows, texts, bad, size = [], [], [], 0
        if rows or bad:
            yield Batch(CsvRows(self.names, rows), texts, bad)


class JsonLinesSource:
    """A JSON Lines file; it is read twice, first to learn which keys there are.

    Parameters and errors as for :class:`CsvSource`.
    """

    def __init__(
        self, path: Path, form: FileFormat, text_column: str | None, advance: Advance = _nothing
    ) -> None:
        self.path, self._form, self._advance = path, form, advance
        self.kinds: dict[str, set[str]] = {}
        self.mark = b""
        for _, line, whole in self._lines():
            if whole:
                try:
                    note_kinds(self.kinds, parse_line(line))
                except LineError:
                    continue  # the second reading tells
                if len(self.kinds) > MOST_KEYS:
                    raise InputFileError(f"{path.name} has more than {MOST_KEYS:,} different keys")
        # Without a single whole row there is nothing to look for the texts in.
        self.text_key = text_column or TEXT_COLUMNS[0]
        if self.kinds:
            names = self.names
            self.text_key = names[find_column("text column", text_column, TEXT_COLUMNS, names)]

    @property
    def names(self) -> list[str]:
        """All keys, in the order in which they first occur."""
        return list(self.kinds)

    def _lines(self) -> Iterator[tuple[int, bytes, bool]]:
        blocks = read_blocks(self.path, self._form.compression, self._advance)
        head, blocks = peek(blocks, 4)
        self.mark = check_encoding(head, self.path)
        if self.mark:
            blocks = _without(blocks, len(self.mark))
        for number, (line, whole) in enumerate(split_lines(blocks), 1):
            if line.strip():
                yield number, line, whole

    def schema(self) -> pa.Schema:
        """Arrow schema: numbers and truth values where all rows have them, else strings."""
        import pyarrow as pa

        return pa.schema(
            [(name, arrow_type(column_type(kinds))) for name, kinds in self.kinds.items()]
        )

    def batches(self, batch_size: int) -> Iterator[Batch]:
        """Yield all rows, up to ``batch_size`` a batch."""
        rows: list[dict[str, Any]] = []
        texts: list[str] = []
        bad: list[BadRow] = []
        size = 0
        for number, (line_number, line, whole) in enumerate(self._lines(), 1):
            size += len(line)
            problem: tuple[str, str] | None
            try:
                if not whole:
                    raise LineError("line too long", f"over {len(line):,} bytes")
                row = parse_line(line)
                text: Any = row.get(self.text_key)
                problem = check_text(text)
            except LineError as error:
                problem = error.reason, str(error)
            if problem:
                bad.append(BadRow(number, line_number, *problem, shorten(line.rstrip(b"\r\n"))))
            else:
                rows.append(row)
                texts.append(text)
            if len(rows) + len(bad) >= batch_size or size > _MOST_BATCH_BYTES:
                yield Batch(JsonRows(self.kinds, rows), texts, bad)
                rows, texts, bad, size = [], [], [], 0
        if rows or bad:
            yield Batch(JsonRows(self.kinds, rows), texts, bad)


class ParquetSource:
    """A Parquet file.

    Parameters and errors as for :class:`CsvSource`; progress is in rows.
    """

    mark = b""

    def __init__(
        self, path: Path, form: FileFormat, text_column: str | None, advance: Advance = _nothing
    ) -> None:
        import pyarrow as pa

        self.path, self._advance = path, advance
        with self._open() as file:
            self._schema = file.schema_arrow
        self.names = list(self._schema.names)
        self.text_place = find_column("text column", text_column, TEXT_COLUMNS, self.names)
        kind = self._schema.field(self.text_place).type
        value = kind.value_type if pa.types.is_dictionary(kind) else kind
        if not (
            pa.types.is_string(value) or pa.types.is_large_string(value) or pa.types.is_null(value)
        ):
            name = self.names[self.text_place]
            raise InputFileError(f"{path.name}: the column {name!r} holds {kind}, not text")

    def _open(self):
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            return pq.ParquetFile(self.path)
        except (pa.ArrowException, OSError) as error:
            if isinstance(error, FileNotFoundError | PermissionError):
                raise
            raise InputFileError(f"{self.path.name} is not a Parquet file: {error}") from None

    @cached_property
    def _plain_schema(self) -> pa.Schema:
        # What pandas notes about its index no longer holds once rows are left out.
        notes = {k: v for k, v in (self._schema.metadata or {}).items() if k != b"pandas"}
        return self._schema.with_metadata(notes or None)

    def schema(self) -> pa.Schema:
        """As in the file."""
        return self._plain_schema

    def batches(self, batch_size: int) -> Iterator[Batch]:
        """Yield all rows, up to ``batch_size`` a batch."""
        import pyarrow as pa

        number = 0
        with self._open() as file:
            parts = file.iter_batches(batch_size)
            while True:
                try:
                    part = next(parts, None)
                except (pa.ArrowException, OSError) as error:
                    raise InputFileError(f"{self.path.name} is damaged: {error}") from None
                if part is None:
                    return
                yield self._batch(part, number)
                number += part.num_rows
                self._advance(part.num_rows)

    def _batch(self, part: pa.RecordBatch, number: int) -> Batch:
        import pyarrow as pa

        values = _raw_texts(part.column(self.text_place))
        texts: list[str] = []
        kept: list[bool] = []
        bad: list[BadRow] = []
        for place, value in enumerate(values):
            problem = check_text(value)
            if isinstance(value, bytes):
                problem = "not UTF-8", ""
            kept.append(problem is None)
            if problem is None:
                texts.append(value)
            else:
                (row,) = ArrowRows(part.slice(place, 1)).objects()
                raw = shorten(json.dumps(row, ensure_ascii=False))
                bad.append(BadRow(number + place + 1, None, *problem, raw))
        good = part.filter(pa.array(kept, pa.bool_())) if bad else part
        return Batch(ArrowRows(good), texts, bad)


def _raw_texts(column: pa.Array) -> list[Any]:
    """Texts of a column; bytes where they are not UTF-8."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    try:
        return column.to_pylist()
    except UnicodeDecodeError:
        values: list[Any] = column.cast(pa.large_string()).cast(pa.large_binary()).to_pylist()
        for place, value in enumerate(values):
            try:
                values[place] = None if value is None else value.decode("utf-8")
            except UnicodeDecodeError:
                continue
        return values


def _without(blocks: Iterator[bytes], n_bytes: int) -> Iterator[bytes]:
    """The stream without its first bytes."""
    _, blocks = peek(blocks, n_bytes)
    yield next(blocks)[n_bytes:]
    yield from blocks


Source = CsvSource | JsonLinesSource | ParquetSource


def open_source(
    path: str | Path, text_column: str | None = None, advance: Advance = _nothing
) -> Source:
    """Open a file of messages in the format of its suffix.

    Parameters
    ----------
    path : path
        CSV, JSON Lines or Parquet; the first two also with .gz or .zst.
    text_column : str, optional
        By default the first of :data:`~scamclassify.batch.columns.TEXT_COLUMNS` that is there.
    advance : callable
        Told how many bytes (Parquet: rows) were read since the last call.

    Returns
    -------
    CsvSource, JsonLinesSource or ParquetSource
        With ``names``, ``schema()`` and ``batches(batch_size)``.

    Raises
    ------
    InputFileError
        If there is no such file, or it cannot be read in its format.
    UnknownNameError
        If the format is unknown or there is no column of texts.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "dump.csv")
    ...     _ = path.write_text("id,text\\n1,hello\\n2,\\n")
    ...     for batch in open_source(path).batches(100):
    ...         print(batch.texts, [(row.row, row.reason) for row in batch.bad])
    ['hello'] [(2, 'empty text')]
    """
    path = Path(path)
    form = file_format(path)
    if not path.is_file():
        raise InputFileError(f"there is no file {path}")
    kinds: dict[str, type[Source]] = {
        "csv": CsvSource,
        "jsonl": JsonLinesSource,
        "parquet": ParquetSource,
    }
    return kinds[form.kind](path, form, text_column, advance)
