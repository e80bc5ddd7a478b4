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
from scamclassify.batch.layout import Layout
from scamclassify.batch.parts import Part
from scamclassify.batch.rows import ArrowRows

if TYPE_CHECKING:
    import pyarrow as pa

# Rows and bytes of a row group: the first that is reached ends it. Both depend on the
# parts only, never on when they came.
_GROUP_ROWS = 65_536
_GROUP_BYTES = 24 << 20


class TableTarget:
    """A Parquet or Arrow file that grows by parts.

    Parameters
    ----------
    path : pathlib.Path
        It has a footer only after :meth:`close`.
    kind : {"parquet", "arrow"}
    schema : pyarrow.Schema

    Notes
    -----
    Packing takes place in a thread of its own, which does not hold up Python.
    """

    def __init__(self, path: Path, kind: str, schema: pa.Schema) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._schema = schema
        self._types = dict(zip(schema.names, schema.types, strict=True))
        self._batches: list[pa.RecordBatch] = []
        self._rows = self._bytes = 0
        # A row group of Parquet can be made of many pieces, a batch of Arrow cannot.
        self._packs_pieces = kind == "parquet"
        self._writer: Any
        if kind == "parquet":
            # Numbers hardly ever come twice: a dictionary of them would be given up again.
            names = [field.name for field in schema if not pa.types.is_floating(field.type)]
            self._writer = pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=names)
        else:
            options = pa.ipc.IpcWriteOptions(compression="zstd", use_threads=False)
            self._writer = pa.ipc.new_file(str(path), schema, options=options)
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
        self._last = self._thread.submit(self._writer.write_table, table)

    def close(self) -> None:
        """Write what is left, and the footer."""
        if self._batches:
            self._flush()
        if self._last is not None:
            self._last.result()
        self._thread.shutdown()
        self._writer.close()

    def abandon(self) -> None:
        """Stop writing; the file is of no use."""
        self._thread.shutdown()
        with suppress(OSError):  # a full disk does not take the footer
            self._writer.close()


class ZstdTarget:
    """A file of one zstd frame that grows by parts."""

    def __init__(self, path: Path) -> None:
        import zstandard

        self._file = path.open("wb")
        self._stream = zstandard.ZstdCompressor(level=3).stream_writer(self._file, closefd=False)

    def add(self, data: bytes, part: Part | None) -> None:
        """Add a part, as it was encoded."""
        self._stream.write(data)

    def close(self) -> None:
        """End the frame."""
        self._stream.close()
        self._file.close()

    def abandon(self) -> None:
        """Stop writing; the file is of no use."""
        with suppress(OSError):
            self._stream.close()
        with suppress(OSError):
            self._file.close()


FinalTarget = TableTarget | ZstdTarget


def make_final_target(path: Path, form: FileFormat, layout: Layout) -> FinalTarget | None:
    """The target for a format; None where its parts make the file by themselves.

    Parameters
    ----------
    path : pathlib.Path
    form : FileFormat
    layout : Layout
    """
    if form.kind in ("parquet", "arrow"):
        return TableTarget(path, form.kind, layout.schema())
    return ZstdTarget(path) if form.compression == "zst" else None
