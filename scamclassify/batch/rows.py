"""A batch of rows as every format wants it: cells, objects or Arrow columns."""

from __future__ import annotations

import base64
import math
from typing import TYPE_CHECKING, Any, Protocol

from scamclassify.batch.columns import unique_names
from scamclassify.batch.json_lines import as_cell, column_type

if TYPE_CHECKING:
    import pyarrow as pa


class Rows(Protocol):
    """Rows of a batch, all input columns, in the order of the file."""

    def cells(self) -> list[list[str]]:
        """Lists of text, one a row."""
        ...

    def objects(self) -> list[dict[str, Any]]:
        """Objects of plain JSON values, one a row."""
        ...

    def columns(self) -> list[pa.Array]:
        """Arrow arrays, of the types of the source's schema."""
        ...


class CsvRows:
    """Rows that were read as cells.

    Examples
    --------
    >>> CsvRows(["a", "b"], [["1", "x"]]).objects()
    [{'a': '1', 'b': 'x'}]
    """

    def __init__(self, names: list[str], rows: list[list[str]]) -> None:
        self._names = names
        self._rows = rows

    def cells(self) -> list[list[str]]:
        """As read."""
        return self._rows

    def objects(self) -> list[dict[str, Any]]:
        """All values are strings."""
        names = unique_names(self._names)
        return [dict(zip(names, row, strict=True)) for row in self._rows]

    def columns(self) -> list[pa.Array]:
        """All columns are strings."""
        import pyarrow as pa

        return [
            pa.array([row[place] for row in self._rows], pa.string())
            for place in range(len(self._names))
        ]


class JsonRows:
    """Rows that were read as objects; a key that a row has not is null in it."""

    def __init__(self, kinds: dict[str, set[str]], rows: list[dict[str, Any]]) -> None:
        self._kinds = kinds
        self._rows = rows

    def cells(self) -> list[list[str]]:
        """What is nested stays JSON."""
        return [[as_cell(row.get(name)) for name in self._kinds] for row in self._rows]

    def objects(self) -> list[dict[str, Any]]:
        """As read."""
        return self._rows

    def columns(self) -> list[pa.Array]:
        """Numbers and truth values where all rows have them, else strings."""
        import pyarrow as pa

        columns = []
        for name, kinds in self._kinds.items():
            values = [row.get(name) for row in self._rows]
            kind = column_type(kinds)
            if kind == "str":
                values = [None if value is None else as_cell(value) for value in values]
            elif kind == "float":
                values = [None if value is None else float(value) for value in values]
            columns.append(pa.array(values, arrow_type(kind)))
        return columns


class ArrowRows:
    """Rows that were read from Parquet."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        self._batch = batch

    def cells(self) -> list[list[str]]:
        """Dates in ISO 8601, binary in base 64."""
        values = [[as_cell(v) for v in plain_values(column)] for column in self._batch.columns]
        return [list(row) for row in zip(*values, strict=True)]

    def objects(self) -> list[dict[str, Any]]:
        """Dates in ISO 8601, binary in base 64, no number that JSON lacks."""
        names = unique_names(self._batch.schema.names)
        values = [plain_values(column) for column in self._batch.columns]
        return [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]

    def columns(self) -> list[pa.Array]:
        """As read."""
        return list(self._batch.columns)


def arrow_type(kind: str) -> pa.DataType:
    """Arrow type of a kind of :func:`~scamclassify.batch.json_lines.column_type`."""
    import pyarrow as pa

    return {
        "bool": pa.bool_(),
        "int": pa.int64(),
        "float": pa.float64(),
        "str": pa.string(),
    }[kind]


def plain_values(column: pa.Array) -> list[Any]:
    """Values of an Arrow array as JSON knows them.

    Examples
    --------
    >>> import datetime, pyarrow
    >>> plain_values(pyarrow.array([datetime.date(2026, 1, 2), None]))
    ['2026-01-02', None]
    """
    import pyarrow as pa

    kind = column.type
    if isinstance(column, pa.ExtensionArray):
        column, kind = column.storage, column.storage.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind) or pa.types.is_time(kind):
        # Python's own types do not reach down to nanoseconds.
        column = column.cast(pa.string())
        kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return decoded(column)
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return column.to_pylist()
    return [_plain(value) for value in column.to_pylist()]


def decoded(column: pa.Array, errors: str = "backslashreplace") -> list[Any]:
    """Values of a string array; Parquet does not check that its strings are UTF-8."""
    import pyarrow as pa

    try:
        return column.to_pylist()
    except UnicodeDecodeError:
        large = pa.types.is_large_string(column.type)
        raw = column.cast(pa.large_binary() if large else pa.binary()).to_pylist()
        return [None if value is None else value.decode("utf-8", errors) for value in raw]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
