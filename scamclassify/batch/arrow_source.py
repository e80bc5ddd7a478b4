"""Parquet files and Arrow IPC files (Feather) as a source of messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from scamclassify.batch.columns import find_text_column, unique_names
from scamclassify.batch.encoders import to_stream
from scamclassify.batch.inputs import Input
from scamclassify.batch.parts import BadRow, Batch, Part, check_text, shorten
from scamclassify.batch.rows import ArrowRows
from scamclassify.batch.streams import Advance, check_ratio, nothing
from scamclassify.errors import InputFileError
from scamclassify.text.encoded import EncodedTexts

if TYPE_CHECKING:
    import pyarrow as pa

_GUESS_ROWS = 200
# Columns are read in pieces: a row group of millions of rows need not fit into memory.
_READ_BUFFER = 1 << 20


class ArrowSource:
    """A Parquet file or an Arrow IPC file.

    Parameters, attributes and errors as for
    :class:`~scamclassify.batch.csv_source.CsvSource`; there is neither delimiter nor
    encoding.
    """

    def __init__(
        self, entry: Input, text_column: str | None = None, advance: Advance = nothing
    ) -> None:
        self.entry, self._advance = entry, advance
        self._n_rows = self._told = 0
        with self._batches(1) as (schema, _):
            self._schema: pa.Schema = schema
        self.names = unique_names(schema.names)
        self._unique = self.names != schema.names
        self._place, self.guessed = find_text_column(text_column, self.names, self._sample)
        self.text_column = self.names[self._place]
        kind = schema.field(self._place).type
        if not _holds_text(kind):
            raise InputFileError(
                f"{entry.name}: the column {self.text_column!r} holds {kind}, not text"
            )

    @property
    def _what(self) -> str:
        return "a Parquet file" if self.entry.form.kind == "parquet" else "an Arrow file"

    @contextmanager
    def _batches(self, most_rows: int) -> Iterator[tuple[pa.Schema, Iterator[pa.RecordBatch]]]:
        import pyarrow as pa

        with ExitStack() as stack:
            try:
                opened = _open_parquet if self.entry.form.kind == "parquet" else _open_ipc
                schema, self._n_rows, batches = opened(self.entry, most_rows, stack)
            except (pa.ArrowException, OSError, MemoryError) as error:
                if isinstance(error, FileNotFoundError | PermissionError):
                    raise
                raise InputFileError(f"{self.entry.name} is not {self._what}: {error}") from None
            yield schema, batches

    def _sample(self) -> list[list[str]]:
        with self._batches(_GUESS_ROWS) as (_, batches):
            first = next(self._checked(batches), None)
        if first is None:
            return []
        # A column of another type is no candidate.
        texts = [_holds_text(field.type) for field in self._schema]
        rows = ArrowRows(first.slice(0, _GUESS_ROWS)).cells()
        return [[c if ok else "" for c, ok in zip(row, texts, strict=True)] for row in rows]

    def column_types(self) -> dict[str, pa.DataType]:
        """As in the file."""
        return dict(zip(self.names, self._schema.types, strict=True))

    def schema_notes(self) -> dict[bytes, bytes] | None:
        """The file's own notes, without what pandas says about an index that no longer holds."""
        notes = {k: v for k, v in (self._schema.metadata or {}).items() if k != b"pandas"}
        return notes or None

    def _checked(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        while True:
            try:
                batch = next(batches, None)
            except (pa.ArrowException, OSError, MemoryError) as error:
                raise InputFileError(f"{self.entry.name} is damaged: {error}") from None
            if batch is None:
                return
            yield batch.rename_columns(self.names) if self._unique else batch

    def parts(self, most_rows: int) -> Iterator[Part]:
        """Yield all rows, up to ``most_rows`` a part."""
        row = 1
        with self._batches(most_rows) as (_, batches):
            for batch in self._checked(batches):
                for start in range(0, batch.num_rows, most_rows):
                    piece = batch.slice(start, most_rows)
                    yield ArrowPart(piece, self._place, row)
                    row += piece.num_rows
                self._tell(row - 1)
        self._advance(self.entry.size - self._told)

    def _tell(self, rows: int) -> None:
        """Progress in bytes of the file, as far as the number of its rows is known."""
        if self._n_rows:
            place = self.entry.size * rows // self._n_rows
            self._advance(place - self._told)
            self._told = place


def _holds_text(kind: pa.DataType) -> bool:
    import pyarrow as pa

    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    return pa.types.is_string(value) or pa.types.is_large_string(value) or pa.types.is_null(value)


def _open_parquet(entry: Input, most_rows: int, stack: ExitStack):
    import pyarrow.parquet as pq

    # By default all that was read of a file stays in memory until it is closed (pre_buffer).
    file = stack.enter_context(
        pq.ParquetFile(entry.path, buffer_size=_READ_BUFFER, pre_buffer=False)
    )
    metadata = file.metadata
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        check_ratio(group.total_byte_size, entry.size, entry.name)
    # One thread: the cores are busy with scoring.
    return file.schema_arrow, metadata.num_rows, file.iter_batches(most_rows, use_threads=False)


def _open_ipc(entry: Input, most_rows: int, stack: ExitStack):
    import pyarrow as pa

    raw = stack.enter_context(pa.OSFile(str(entry.path), "rb"))
    options = pa.ipc.IpcReadOptions(use_threads=False)
    try:
        reader = stack.enter_context(pa.ipc.open_file(raw, options=options))
    except pa.ArrowInvalid:
        raw.seek(0)
        stream = stack.enter_context(pa.ipc.open_stream(raw, options=options))
        return stream.schema, 0, map(_valid, stream)
    places = range(reader.num_record_batches)
    return reader.schema, 0, (_valid(reader.get_batch(place)) for place in places)


def _valid(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Refuse offsets that point outside: unlike Parquet's, they come from the file itself."""
    import pyarrow as pa

    try:
        batch.validate(full=True)
    except pa.ArrowInvalid:
        # Strings that are not UTF-8 are a defect of a row, not of the file.
        for column in batch.columns:
            _as_binary(column).validate(full=True)
    return batch


def _as_binary(column: pa.Array) -> pa.Array:
    import pyarrow as pa

    for text, raw in ((pa.string(), pa.binary()), (pa.large_string(), pa.large_binary())):
        if column.type == text:
            buffers = column.buffers()
            return pa.Array.from_buffers(raw, len(column), buffers, offset=column.offset)
    return column


@dataclass
class ArrowPart:
    """Columns whose texts are not looked at yet."""

    columns: pa.RecordBatch
    place: int
    first_row: int

    def __getstate__(self) -> tuple[pa.Buffer, int, int]:
        # Arrow itself would send all that the rows are a slice of.
        return to_stream(self.columns), self.place, self.first_row

    def __setstate__(self, state: tuple[pa.Buffer, int, int]) -> None:
        import pyarrow as pa

        stream, self.place, self.first_row = state
        self.columns = pa.ipc.open_stream(stream).read_next_batch()

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return self.columns.num_rows

    def batch(self) -> Batch:
        """Take the texts out and put rows without one aside."""
        import pyarrow as pa

        column = self.columns.column(self.place)
        # Nearly always every row has a text: then nothing is looked at singly.
        encoded = encoded_texts(column)
        if encoded is not None:
            return Batch(ArrowRows(self.columns), encoded, as_sent=True)
        values = _raw_texts(column)
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
                (row,) = ArrowRows(self.columns.slice(place, 1)).objects()
                raw = shorten(json.dumps(row, ensure_ascii=False))
                bad.append(BadRow(self.first_row + place, None, *problem, raw))
        good = self.columns.filter(pa.array(kept, pa.bool_()))
        return Batch(ArrowRows(good), texts, bad)


@cache
def _spaces() -> np.ndarray:
    """Which code points are white space to Python, bool, as far as there are such."""
    spaces = np.array([chr(code).isspace() for code in range(0x3001)])
    spaces.setflags(write=False)
    return spaces


def encoded_texts(column: pa.Array) -> EncodedTexts | None:
    """Texts of a column without a string for each; None if one is missing, blank or no UTF-8."""
    import pyarrow as pa

    from scamclassify.text.utf8_kernel import decode_utf8

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    wide = pa.types.is_large_string(column.type)
    if column.null_count or not (wide or pa.types.is_string(column.type)):
        return None
    _, places, data = column.buffers()
    if data is None or not len(column):
        return None
    bounds = np.frombuffer(places, np.int64 if wide else np.int32)
    bounds = bounds[column.offset : column.offset + len(column) + 1]
    codes = np.empty(int(bounds[-1] - bounds[0]), dtype=np.uint32)
    offsets = np.empty(len(column) + 1, dtype=np.int64)
    n = decode_utf8(np.frombuffer(data, np.uint8), bounds, _spaces(), codes, offsets)
    return None if n < 0 else EncodedTexts(codes[:n], offsets)


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
