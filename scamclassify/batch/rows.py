"""Rows of a batch as every format wants them: cells, objects or Arrow columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from scamclassify.batch.json_lines import as_cell
from scamclassify.batch.plain_values import plain_values

if TYPE_CHECKING:
    import pyarrow as pa


class Rows(Protocol):
    """Rows of a batch.

    ``names`` are columns of the output; a column that the rows do not have is empty in
    them. Without ``names`` all columns come, in the order of the file.
    """

    def cells(self, names: Sequence[str] | None = None) -> list[list[str]]:
        """Lists of text, one a row."""
        ...

    def objects(self, names: Sequence[str] | None = None) -> list[dict[str, Any]]:
        """Objects of plain JSON values, one a row; keys that a row has not are left out."""
        ...

    def columns(self, types: dict[str, pa.DataType]) -> list[pa.Array]:
        """Arrow arrays of these names and types."""
        ...

    def only(self, places: Sequence[int]) -> Rows:
        """The rows at these places."""
        ...

    def redact(self, redact: Redact, languages: Sequence[str]) -> Rows:
        """The rows with every string redacted; ``languages`` are those of the messages."""
        ...


#: Texts and their languages -> the texts without what identifies people.
Redact = Callable[[Sequence[str], Sequence[str]], list[str]]


class CellRows:
    """Rows that were read as cells.

    Parameters
    ----------
    names : list of str
        Unique.
    rows : list of list of str

    Examples
    --------
    >>> rows = CellRows(["a", "b"], [["1", "x"]])
    >>> rows.objects(), rows.cells(["b", "c"])
    ([{'a': '1', 'b': 'x'}], [['x', '']])
    """

    def __init__(self, names: list[str], rows: list[list[str]]) -> None:
        self._names = names
        self._rows = rows

    def cells(self, names: Sequence[str] | None = None) -> list[list[str]]:
        """As read."""
        if names is None or list(names) == self._names:
            return self._rows
        places = [self._place(name) for name in names]
        return [["" if p is None else row[p] for p in places] for row in self._rows]

    def _place(self, name: str) -> int | None:
        return self._names.index(name) if name in self._names else None

    def objects(self, names: Sequence[str] | None = None) -> list[dict[str, Any]]:
        """All values are strings."""
        if names is None or list(names) == self._names:
            return [dict(zip(self._names, row, strict=True)) for row in self._rows]
        pairs = [(name, self._names.index(name)) for name in names if name in self._names]
        return [{name: row[place] for name, place in pairs} for row in self._rows]

    def columns(self, types: dict[str, pa.DataType]) -> list[pa.Array]:
        """All columns are strings."""
        import pyarrow as pa

        turned = list(zip(*self._rows, strict=True))
        return [
            pa.nulls(len(self._rows), kind)
            if (place := self._place(name)) is None or not turned
            else pa.array(turned[place], kind)
            for name, kind in types.items()
        ]

    def only(self, places: Sequence[int]) -> CellRows:
        """As read."""
        return CellRows(self._names, [self._rows[place] for place in places])

    def redact(self, redact: Redact, languages: Sequence[str]) -> CellRows:
        """With every cell redacted."""
        turned = [redact(column, languages) for column in zip(*self._rows, strict=True)]
        return CellRows(self._names, [list(row) for row in zip(*turned, strict=True)])


class JsonRows:
    """Rows that were read as objects; a key that a row has not is null in it."""

    def __init__(self, names: list[str], rows: list[dict[str, Any]]) -> None:
        self._names = names
        self._rows = rows

    def cells(self, names: Sequence[str] | None = None) -> list[list[str]]:
        """What is nested stays JSON."""
        chosen = self._names if names is None else names
        return [[as_cell(row.get(name)) for name in chosen] for row in self._rows]

    def objects(self, names: Sequence[str] | None = None) -> list[dict[str, Any]]:
        """As read."""
        if names is None or list(names) == self._names:
            return self._rows
        chosen = set(names)
        return [{k: v for k, v in row.items() if k in chosen} for row in self._rows]

    def columns(self, types: dict[str, pa.DataType]) -> list[pa.Array]:
        """Numbers and truth values where all rows have them, else strings."""
        import pyarrow as pa

        columns = []
        for name, kind in types.items():
            values = [row.get(name) for row in self._rows]
            if pa.types.is_string(kind):
                values = [None if value is None else as_cell(value) for value in values]
            elif pa.types.is_floating(kind):
                values = [None if value is None else float(value) for value in values]
            columns.append(pa.array(values, kind))
        return columns

    def only(self, places: Sequence[int]) -> JsonRows:
        """As read."""
        return JsonRows(self._names, [self._rows[place] for place in places])

    def redact(self, redact: Redact, languages: Sequence[str]) -> JsonRows:
        """With every string redacted, nested ones too, and every long number gone."""
        strings: list[str] = []
        owners: list[str] = []
        for row, language in zip(self._rows, languages, strict=True):
            before = len(strings)
            _collect(row, strings)
            owners += [language] * (len(strings) - before)
        feed = iter(redact(strings, owners))
        return JsonRows(self._names, [_replace(row, feed) for row in self._rows])


class ArrowRows:
    """Rows that were read as Arrow columns."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        self._batch = batch

    def _chosen(self, names: Sequence[str] | None) -> list[str]:
        mine = self._batch.schema.names
        return mine if names is None else list(names)

    def _values(self, name: str) -> list[Any] | None:
        place = self._batch.schema.get_field_index(name)
        return None if place < 0 else plain_values(self._batch.column(place))

    def cells(self, names: Sequence[str] | None = None) -> list[list[str]]:
        """Dates in ISO 8601, binary in base 64."""
        empty = [""] * self._batch.num_rows
        columns = []
        for name in self._chosen(names):
            values = self._values(name)
            columns.append(empty if values is None else [as_cell(value) for value in values])
        return [list(row) for row in zip(*columns, strict=True)]

    def objects(self, names: Sequence[str] | None = None) -> list[dict[str, Any]]:
        """Dates in ISO 8601, binary in base 64, no number that JSON lacks."""
        found = {name: self._values(name) for name in self._chosen(names)}
        columns = {name: values for name, values in found.items() if values is not None}
        rows = zip(*columns.values(), strict=True)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def columns(self, types: dict[str, pa.DataType]) -> list[pa.Array]:
        """As read; where another file has another type, as text."""
        import pyarrow as pa

        columns = []
        for name, kind in types.items():
            place = self._batch.schema.get_field_index(name)
            if place < 0:
                columns.append(pa.nulls(self._batch.num_rows, kind))
                continue
            column = self._batch.column(place)
            if column.type != kind:
                values = [None if v is None else as_cell(v) for v in plain_values(column)]
                column = pa.array(values, kind)
            columns.append(column)
        return columns

    def only(self, places: Sequence[int]) -> ArrowRows:
        """As read."""
        import pyarrow as pa

        return ArrowRows(self._batch.take(pa.array(places, pa.int64())))

    def redact(self, redact: Redact, languages: Sequence[str]) -> ArrowRows:
        """With every string redacted; columns of other types hold no text, but numbers do."""
        import pyarrow as pa

        columns = []
        for column in self._batch.columns:
            kind = column.type
            if isinstance(column, pa.ExtensionArray):
                column, kind = column.storage, column.storage.type
            if pa.types.is_integer(kind) or pa.types.is_floating(kind):
                columns.append(_without_long_numbers(column))
            elif _is_measure(kind):
                columns.append(column)
            else:
                columns.append(_redacted(column, redact, languages))
        schema = self._batch.schema
        return ArrowRows(pa.RecordBatch.from_arrays(columns, schema=schema))


def _is_measure(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return (
        pa.types.is_boolean(kind)
        or pa.types.is_temporal(kind)
        or pa.types.is_null(kind)
        or pa.types.is_decimal(kind)
    )


#: Numbers of this many digits may be telephone or account numbers.
LONG_NUMBER = 10**6


def _without_long_numbers(column: pa.Array) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    # Floats hold every number of this size exactly; unsigned and narrow types need no care.
    size = pc.abs(pc.cast(column, pa.float64(), safe=False))
    short = pc.fill_null(pc.less(size, LONG_NUMBER), True)
    return pc.if_else(short, column, pa.scalar(None, column.type))


def _redacted(column: pa.Array, redact: Redact, languages: Sequence[str]) -> pa.Array:
    import pyarrow as pa

    kind = column.type
    values = plain_values(column)
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)) and not (
        pa.types.is_dictionary(kind) and pa.types.is_string(kind.value_type)
    ):
        # Nested or binary: it cannot be told what it holds.
        return pa.nulls(len(column), kind)
    texts = redact(["" if value is None else value for value in values], languages)
    kept = [None if v is None else text for v, text in zip(values, texts, strict=True)]
    if pa.types.is_dictionary(kind):
        return pa.array(kept, kind.value_type).dictionary_encode().cast(kind)
    return pa.array(kept, kind)


def _collect(value: Any, strings: list[str]) -> None:
    """Strings of a value, in the order in which :func:`_replace` asks for them."""
    if isinstance(value, str):
        strings.append(value)
    elif isinstance(value, dict):
        for inner in value.values():
            _collect(inner, strings)
    elif isinstance(value, list):
        for inner in value:
            _collect(inner, strings)


def _replace(value: Any, strings: Any) -> Any:
    if isinstance(value, str):
        return next(strings)
    if isinstance(value, dict):
        return {key: _replace(inner, strings) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replace(inner, strings) for inner in value]
    if type(value) in (int, float) and abs(value) >= LONG_NUMBER:
        return None
    return value
