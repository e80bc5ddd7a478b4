"""Writes scored rows: all input columns, then those that were added."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scamclassify.batch.columns import ADDED_COLUMNS, added_names
from scamclassify.batch.formats import file_format
from scamclassify.batch.json_lines import as_cell
from scamclassify.batch.outputs import PendingFile
from scamclassify.batch.readers import Source
from scamclassify.batch.rows import Rows

if TYPE_CHECKING:
    import pyarrow as pa

#: Added column -> its values; label and language are str, the rest float or None.
Added = dict[str, list[Any]]


class _Writer:
    """What the three writers share: a pending file."""

    def __init__(self, path: Path, source: Source) -> None:
        self._names = list(added_names(source.names).values())
        self._pending = PendingFile(path, file_format(path).compression)
        try:
            self._begin(path, source)
        except BaseException:
            self._pending.discard()
            raise

    def _begin(self, path: Path, source: Source) -> None:
        """Write what comes before the rows."""

    def write(self, rows: Rows, added: Added) -> None:
        """Add rows with the values of :data:`ADDED_COLUMNS`."""
        raise NotImplementedError

    def close(self) -> None:
        """Finish the file without letting it appear."""
        self._pending.close()

    def commit(self) -> None:
        """Let the file appear."""
        self._pending.commit()

    def discard(self) -> None:
        """Remove what was written."""
        self._pending.discard()


class CsvWriter(_Writer):
    """Writes CSV; the delimiter is that of the source, or the one that the suffix says."""

    def _begin(self, path: Path, source: Source) -> None:
        delimiter = file_format(path).delimiter
        if delimiter is None:
            # Spreadsheets of many countries read the semicolon and no other.
            delimiter = ";" if getattr(source, "delimiter", "") == ";" else ","
        self._buffer = io.StringIO()
        self._csv = csv.writer(self._buffer, delimiter=delimiter, lineterminator="\n")
        # The csv module leaves a bare carriage return unquoted, which no reader takes back.
        self._quoting = csv.writer(
            self._buffer, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL
        )
        # Excel takes a file without the mark for one in a local encoding.
        self._pending.stream.write(source.mark)
        self._write_row([*source.names, *self._names])
        self._flush()

    def _write_row(self, row: list[str]) -> None:
        returns = any("\r" in cell for cell in row)
        (self._quoting if returns else self._csv).writerow(row)

    def _flush(self) -> None:
        self._pending.stream.write(self._buffer.getvalue().encode("utf-8"))
        self._buffer.seek(0)
        self._buffer.truncate()

    def write(self, rows: Rows, added: Added) -> None:
        extras = zip(*(added[name] for name in ADDED_COLUMNS), strict=True)
        for row, extra in zip(rows.cells(), extras, strict=True):
            self._write_row([*row, *map(as_cell, extra)])
        self._flush()


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


class JsonLinesWriter(_Writer):
    """Writes one object a line."""

    def write(self, rows: Rows, added: Added) -> None:
        extras = zip(*(added[name] for name in ADDED_COLUMNS), strict=True)
        lines = [
            _encode({**row, **dict(zip(self._names, extra, strict=True))})
            for row, extra in zip(rows.objects(), extras, strict=True)
        ]
        lines.append("")
        self._pending.stream.write("\n".join(lines).encode("utf-8"))


class ParquetWriter(_Writer):
    """Writes Parquet; columns that came from Parquet keep their types."""

    def _begin(self, path: Path, source: Source) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        texts = ("label", "language")
        types = [pa.string() if name in texts else pa.float64() for name in ADDED_COLUMNS]
        schema = source.schema()
        for name, kind in zip(self._names, types, strict=True):
            schema = schema.append(pa.field(name, kind))
        self._schema: pa.Schema = schema
        self._types = types
        self._parquet = pq.ParquetWriter(self._pending.stream, schema, compression="zstd")

    def write(self, rows: Rows, added: Added) -> None:
        import pyarrow as pa

        columns = rows.columns()
        for name, kind in zip(ADDED_COLUMNS, self._types, strict=True):
            columns.append(pa.array(added[name], kind))
        self._parquet.write_batch(pa.RecordBatch.from_arrays(columns, schema=self._schema))

    def close(self) -> None:
        self._parquet.close()
        super().close()

    def discard(self) -> None:
        # The writer wants to add its footer, which a full disk may not take.
        with contextlib.suppress(OSError, ValueError):
            self._parquet.close()
        super().discard()


Writer = CsvWriter | JsonLinesWriter | ParquetWriter


def open_writer(path: Path, source: Source) -> Writer:
    """Open a file to write scored rows to, in the format of its suffix.

    Parameters
    ----------
    path : pathlib.Path
    source : Source
        Where the rows come from.

    Returns
    -------
    CsvWriter, JsonLinesWriter or ParquetWriter

    Raises
    ------
    UnknownNameError
        If the format is unknown.
    InputFileError
        If the folder does not exist.
    """
    kinds: dict[str, type[Writer]] = {
        "csv": CsvWriter,
        "jsonl": JsonLinesWriter,
        "parquet": ParquetWriter,
    }
    return kinds[file_format(path).kind](path, source)
