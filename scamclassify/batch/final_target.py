"""Outputs that are more than their parts one after the other.

A Parquet or Arrow file has a footer, and many readers of zstd (that of pandas, too) stop
after the first frame of a file. Such files are made from the parts while a run goes on; a run
that goes on after an interruption makes them anew from the parts that are done, which gives
the same bytes.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scamclassify.batch.arrow_source import ArrowPart
from scamclassify.batch.formats import FileFormat
from scamclassify.batch.growing_hash import GrowingHash
from scamclassify.batch.layout import Layout
from scamclassify.batch.parts import Part
from scamclassify.batch.plain_values import plain_values
from scamclassify.batch.rows import ArrowRows

if TYPE_CHECKING:
    import pyarrow as pa

# Rows and bytes of a row group: the first that is reached ends it. Both depend on the
# parts only, never on when they came.
_GROUP_ROWS = 65_536
_GROUP_BYTES = 24 << 20
# Rows that say what a column is like, and from how many bytes a value is taken for prose.
_LOOKED_AT = 10_000
_PROSE = 40


class TableTarget:
    """A Parquet or Arrow file that grows by parts.

    Parameters
    ----------
    path : pathlib.Path
        It has a footer only after :meth:`close`.
    kind : {"parquet", "arrow"}
    schema : pyarrow.Schema

    Attributes
    ----------
    hash : GrowingHash
        Of the file.

    Notes
    -----
    Packing takes place in a thread of its own, which does not hold up Python.
    """

    def __init__(self, path: Path, kind: str, schema: pa.Schema) -> None:
        import pyarrow as pa

        self._schema = schema
        self._types = dict(zip(schema.names, schema.types, strict=True))
        self._batches: list[pa.RecordBatch] = []
        self._rows = self._bytes = 0
        # A row group of Parquet can be made of many pieces, a batch of Arrow cannot.
        self._packs_pieces = kind == "parquet"
        self._path = path
        self._writer: Any = None  # that of Parquet is made to fit the first rows
        if kind == "arrow":
            options = pa.ipc.IpcWriteOptions(compression="zstd", use_threads=False)
            self._writer = pa.ipc.new_file(str(path), schema, options=options)
        self.hash = GrowingHash(path)
        self._thread = ThreadPoolExecutor(1)
        self._last: Future[None] | None = None

    def add(self, data: bytes | pa.Buffer, part: Part | None) -> None:
        """Add a part, as :class:`~scamclassify.batch.encoders.ArrowEncoder` encoded it."""
        import pyarrow as pa

        if not data:
            return
        options = pa.ipc.IpcReadOptions(use_threads=False)
        with pa.ipc.open_stream(pa.BufferReader(data), options=options) as stream:
            for batch in stream:
                batch = self._with_rows(batch, part)
                self._batches.append(batch)
                self._rows += batch.num_rows
                self._bytes += batch.nbytes
        if self._rows >= _GROUP_ROWS or self._bytes >= _GROUP_BYTES:
            self._flush()

    def _with_rows(self, batch: pa.RecordBatch, part: Part | None) -> pa.RecordBatch:
        """All columns of a batch that holds the added ones alone."""
        import pyarrow as pa

        if batch.num_columns == len(self._schema):
            return batch
        assert isinstance(part, ArrowPart)
        types = dict(list(self._types.items())[: len(self._schema) - batch.num_columns])
        columns = ArrowRows(part.columns).columns(types)
        return pa.RecordBatch.from_arrays([*columns, *batch.columns], schema=self._schema)

    def _flush(self) -> None:
        import pyarrow as pa

        if self._last is not None:
            self._last.result()
        table = pa.Table.from_batches(self._batches, self._schema)
        if not self._packs_pieces:
            table = table.combine_chunks()
        self._batches, self._rows, self._bytes = [], 0, 0
        self._last = self._thread.submit(self._write, table)

    def _write(self, table: pa.Table) -> None:
        if self._writer is None:
            self._writer = _parquet_writer(self._path, self._schema, table)
        self._writer.write_table(table)
        self.hash.catch_up()

    def close(self) -> None:
        """Write what is left, and the footer."""
        if self._batches:
            self._flush()
        if self._last is not None:
            self._last.result()
        self._thread.shutdown()
        if self._writer is None:
            self._writer = _parquet_writer(self._path, self._schema, self._schema.empty_table())
        self._writer.close()

    def abandon(self) -> None:
        """Stop writing; the file is of no use."""
        self._thread.shutdown()
        self.hash.close()
        if self._writer is not None:
            with suppress(OSError):  # a full disk does not take the footer
                self._writer.close()


def _parquet_writer(path: Path, schema: pa.Schema, first: pa.Table) -> Any:
    """A writer whose columns are packed as their first rows suggest."""
    import pyarrow.parquet as pq

    repeating, sought = [], []
    for name, column in zip(schema.names, first.slice(0, _LOOKED_AT).columns, strict=True):
        repeats = _repeats(column)
        if repeats:
            repeating.append(name)
        if repeats or column.nbytes < _PROSE * len(column):
            sought.append(name)
    return pq.ParquetWriter(
        path, schema, compression="zstd", use_dictionary=repeating, write_statistics=sought
    )


def _repeats(column: pa.ChunkedArray) -> bool:
    """Whether a dictionary of the values is worth its place: it takes time to find out."""
    import pyarrow as pa

    kind = column.type
    # The numbers of a model hardly ever come twice.
    if pa.types.is_floating(kind):
        return False
    if not (
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind)
    ):
        return True
    # Arrow's own count takes a tenth of a second to load.
    values = plain_values(column)
    return 2 * len(set(values)) <= len(values)


class ZstdTarget:
    """A file of one zstd frame that grows by parts; ``hash`` is that of the file."""

    def __init__(self, path: Path) -> None:
        import zstandard

        self._file = path.open("wb")
        self._stream = zstandard.ZstdCompressor(level=3).stream_writer(self._file, closefd=False)
        self.hash = GrowingHash(path)

    def add(self, data: bytes, part: Part | None) -> None:
        """Add a part, as it was encoded."""
        self._stream.write(data)
        self.hash.catch_up()

    def close(self) -> None:
        """End the frame."""
        self._stream.close()
        self._file.close()

    def abandon(self) -> None:
        """Stop writing; the file is of no use."""
        self.hash.close()
        with suppress(OSError):
            self._stream.close()
        with suppress(OSError):
            self._file.close()


FinalTarget = TableTarget | ZstdTarget


def is_made_of_parts(form: FileFormat) -> bool:
    """Whether a file of this format is more than its parts one after the other.

    Examples
    --------
    >>> is_made_of_parts(FileFormat("parquet")), is_made_of_parts(FileFormat("csv"))
    (True, False)
    """
    return form.is_arrow or form.compression == "zst"


def make_final_target(path: Path, form: FileFormat, layout: Layout) -> FinalTarget | None:
    """The target for a format; None where its parts make the file by themselves.

    Parameters
    ----------
    path : pathlib.Path
    form : FileFormat
    layout : Layout
    """
    if form.is_arrow:
        return TableTarget(path, form.kind, layout.schema())
    return ZstdTarget(path) if form.compression == "zst" else None
