"""Columns of the output: those of all inputs that are kept, then those that are added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scamclassify.batch.columns import added_names, find_column
from scamclassify.batch.fields import added_columns
from scamclassify.batch.readers import Source

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Layout:
    """Columns of the output.

    Attributes
    ----------
    types : dict of str to (str or pyarrow.DataType)
        Kept columns of the inputs with their types.
    added : dict of str to str
        Added columns -> their names in the output.
    kinds : dict of str to str
        Added columns -> what they hold, as in :data:`~scamclassify.batch.fields.FIELDS`.
    notes : dict of bytes to bytes, or None
        Metadata of the schema of a single Arrow or Parquet input.
    """

    types: dict[str, Any]
    added: dict[str, str]
    kinds: dict[str, str]
    notes: dict[bytes, bytes] | None = field(default=None, repr=False)

    @property
    def names(self) -> list[str]:
        """Kept columns of the inputs."""
        return list(self.types)

    @property
    def all_names(self) -> list[str]:
        """All columns of the output."""
        return [*self.types, *self.added.values()]

    def input_types(self) -> dict[str, pa.DataType]:
        """Arrow types of the kept columns."""
        return {name: _arrow_type(kind) for name, kind in self.types.items()}

    def schema(self) -> pa.Schema:
        """Arrow schema of the output."""
        import pyarrow as pa

        fields = [pa.field(name, kind) for name, kind in self.input_types().items()]
        holds = {
            "text": pa.string(),
            "number": pa.float64(),
            "list": pa.list_(pa.string()),
            "counts": pa.string(),
            "records": pa.string(),
        }
        fields += [pa.field(name, holds[self.kinds[key]]) for key, name in self.added.items()]
        return pa.schema(fields, self.notes)


def _arrow_type(kind: Any) -> pa.DataType:
    import pyarrow as pa

    known = {"bool": pa.bool_(), "int": pa.int64(), "float": pa.float64(), "str": pa.string()}
    return known[kind] if isinstance(kind, str) else kind


def make_layout(
    sources: Sequence[Source], fields: Sequence[str], columns: Sequence[str] | None = None
) -> Layout:
    """Choose the columns of the output.

    Parameters
    ----------
    sources : sequence of Source
    fields : sequence of str
        What is added.
    columns : sequence of str, optional
        Columns of the inputs to keep, in this order; by default all.

    Returns
    -------
    Layout
        A column that is of one type here and of another there becomes text.

    Raises
    ------
    UnknownNameError
        If no input has a column that is to be kept.
    """
    types: dict[str, Any] = {}
    for source in sources:
        for name, kind in source.column_types().items():
            if name not in types:
                types[name] = kind
            elif types[name] != kind:
                types[name] = _common(types[name], kind)
    if columns is not None:
        known = list(types)
        if known:
            for name in columns:
                find_column("column", name, (), known)
        types = {name: types.get(name, "str") for name in dict.fromkeys(columns)}
    kinds = added_columns(fields)
    notes = getattr(sources[0], "schema_notes", None) if len(sources) == 1 else None
    return Layout(types, added_names(types, list(kinds)), kinds, notes() if notes else None)


def _common(first: Any, second: Any) -> Any:
    if {first, second} == {"int", "float"}:
        return "float"
    if isinstance(first, str) and isinstance(second, str):
        return "str"
    # An Arrow type that is the same as one of the plain ones is no conflict.
    a, b = _arrow_type(first), _arrow_type(second)
    return a if a == b else "str"
