"""Values of Arrow columns as JSON knows them."""

from __future__ import annotations

import base64
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


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
