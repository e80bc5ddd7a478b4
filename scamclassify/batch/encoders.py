"""Turns scored rows into the bytes of an output, a part at a time.

Every part is packed by itself where the format allows it (gzip does), so that an output is
the sequence of its parts whatever happened between them.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import TYPE_CHECKING, Any

import numpy as np

from scamclassify.batch.arrow_columns import number_array, text_array
from scamclassify.batch.fields import Added
from scamclassify.batch.formats import FileFormat
from scamclassify.batch.layout import Layout
from scamclassify.batch.rows import Rows

if TYPE_CHECKING:
    import pyarrow as pa

_encode_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def pack(data: bytes, compression: str) -> bytes:
    """Compress bytes as one gzip member if that is asked for, always to the same bytes.

    Examples
    --------
    >>> gzip.decompress(pack(b"a", "gz") + pack(b"b", "gz"))
    b'ab'
    """
    if compression == "gz":
        return gzip.compress(data, compresslevel=6, mtime=0)
    return data


class CsvEncoder:
    """Rows as CSV.

    Parameters
    ----------
    layout : Layout
    form : FileFormat
    delimiter : str
    mark : bytes
        What the file begins with: Excel takes one without a mark for a local encoding.
    """

    def __init__(self, layout: Layout, form: FileFormat, delimiter: str, mark: bytes) -> None:
        self._layout, self._form, self._delimiter, self._mark = layout, form, delimiter, mark

    def prologue(self) -> bytes:
        """The header."""
        return pack(self._mark + self._rows([self._layout.all_names]), self._form.compression)

    def encode(self, rows: Rows, added: Added) -> bytes:
        """Rows with the values of the added columns."""
        cells = rows.cells(self._layout.names)
        extras = [_cells(added[key], kind) for key, kind in self._layout.kinds.items()]
        if extras:
            turned = zip(*extras, strict=True)
            cells = [[*row, *extra] for row, extra in zip(cells, turned, strict=True)]
        return pack(self._rows(cells), self._form.compression)

    def _rows(self, rows: list[list[str]]) -> bytes:
        buffer = io.StringIO()
        plain = csv.writer(buffer, delimiter=self._delimiter, lineterminator="\n")
        # The csv module leaves a bare carriage return unquoted, which no reader takes back.
        if not any("\r" in "".join(row) for row in rows):
            plain.writerows(rows)
        else:
            quoting = csv.writer(
                buffer, delimiter=self._delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL
            )
            for row in rows:
                (quoting if "\r" in "".join(row) else plain).writerow(row)
        return buffer.getvalue().encode("utf-8")


def _plain(values: Any) -> list[Any]:
    """Values as Python's own; a number that is none becomes None."""
    if isinstance(values, np.ndarray):
        listed = values.tolist()
        if values.dtype.kind == "f" and np.isnan(values).any():
            return [None if value != value else value for value in listed]
        return listed
    return list(values)


def _cells(values: Any, kind: str) -> list[str]:
    plain = _plain(values)
    if kind == "text":
        return ["" if value is None else value for value in plain]
    if kind == "number":
        return ["" if value is None else repr(value) for value in plain]
    if kind == "list":
        return ["; ".join(value) for value in plain]
    if kind == "counts":
        return ["; ".join(f"{name}={n}" for name, n in value.items()) for value in plain]
    return [_encode_json(value) if value else "" for value in plain]


class JsonLinesEncoder:
    """Rows as one object a line."""

    def __init__(self, layout: Layout, form: FileFormat) -> None:
        self._layout, self._form = layout, form

    def prologue(self) -> bytes:
        """Nothing, but packed if the file is."""
        return pack(b"", self._form.compression)

    def encode(self, rows: Rows, added: Added) -> bytes:
        """Rows with the values of the added columns."""
        names = list(self._layout.added.values())
        extras = zip(*(_plain(added[key]) for key in self._layout.added), strict=True)
        objects = rows.objects(self._layout.names)
        if not names:
            lines = [_encode_json(row) for row in objects]
        else:
            lines = [
                _encode_json({**row, **dict(zip(names, extra, strict=True))})
                for row, extra in zip(objects, extras, strict=True)
            ]
        lines.append("")
        return pack("\n".join(lines).encode("utf-8"), self._form.compression)


class ArrowEncoder:
    """Rows as an Arrow stream of one batch, from which Parquet or Arrow files are made."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def prologue(self) -> bytes:
        """Nothing."""
        return b""

    def encode(self, rows: Rows, added: Added) -> pa.Buffer:
        """Rows with the values of the added columns."""
        return self._stream(rows.columns(self._layout.input_types()), added)

    def encode_added(self, added: Added) -> pa.Buffer:
        """The added columns alone, for whoever has the rows."""
        return self._stream([], added)

    def _stream(self, columns: list[pa.Array], added: Added) -> pa.Buffer:
        import pyarrow as pa

        columns += [to_arrow(added[key], kind) for key, kind in self._layout.kinds.items()]
        schema = pa.schema(list(self._layout.schema())[-len(columns) :])
        batch = pa.RecordBatch.from_arrays(columns, schema=schema)
        # Not packed: the final file will be, and this one goes away with the run.
        return to_stream(batch)


def to_stream(batch: pa.RecordBatch) -> pa.Buffer:
    """A batch as an Arrow stream: of a slice, that slice alone."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(use_threads=False)
    with pa.ipc.new_stream(sink, batch.schema, options=options) as stream:
        stream.write_batch(batch)
    return sink.getvalue()


def to_arrow(values: Any, kind: str) -> pa.Array:
    """Values of an added column as an Arrow array; counts and records as JSON.

    Examples
    --------
    >>> to_arrow([{"digits": 2}, {}], "counts").to_pylist()
    ['{"digits": 2}', None]
    """
    import pyarrow as pa

    if kind == "number":
        if isinstance(values, np.ndarray):
            return number_array(values)
        return pa.array(values, pa.float64())
    if kind == "text":
        return text_array(values)
    if kind == "list":
        return pa.array(_plain(values), pa.list_(pa.string()))
    return pa.array([_encode_json(value) if value else None for value in values], pa.string())


Encoder = CsvEncoder | JsonLinesEncoder | ArrowEncoder


def make_encoder(layout: Layout, form: FileFormat, delimiter: str, mark: bytes) -> Encoder:
    """The encoder for a format.

    Parameters
    ----------
    layout : Layout
    form : FileFormat
        Of the target.
    delimiter : str
        Of the first input, ``""`` where it has none.
    mark : bytes
        Byte order mark of the first input.
    """
    if form.kind == "csv":
        # Spreadsheets of many countries read the semicolon and no other.
        chosen = form.delimiter or (";" if delimiter == ";" else ",")
        return CsvEncoder(layout, form, chosen, mark)
    if form.kind == "jsonl":
        return JsonLinesEncoder(layout, form)
    return ArrowEncoder(layout)
