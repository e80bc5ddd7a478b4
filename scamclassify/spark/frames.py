"""What both commands need of a Spark data frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamclassify.errors import MissingExtraError, UnknownNameError

if TYPE_CHECKING:
    import pyarrow as pa


def check_frame(df: Any, text_column: str) -> None:
    """Check that there are pyspark and a column of texts.

    Raises
    ------
    MissingExtraError
        If pyspark is not installed.
    UnknownNameError
        If there is no such column.
    TypeError
        If it does not hold strings, or ``df`` is no Spark data frame.
    """
    try:
        from pyspark.sql.types import StringType
    except ImportError:
        raise MissingExtraError("pyspark", "spark", "running on Spark") from None
    if not hasattr(df, "mapInArrow"):
        raise TypeError(f"a Spark DataFrame is needed, not {type(df).__name__}")
    if text_column not in df.columns:
        raise UnknownNameError("text column", text_column, df.columns)
    kind = df.schema[text_column].dataType
    if not isinstance(kind, StringType):
        raise TypeError(f"the column {text_column!r} holds {kind.simpleString()}, not strings")


def texts_of(batch: pa.RecordBatch, text_column: str) -> tuple[list[str], list[int]]:
    """Texts of a batch and their rows, without those that are missing or empty."""
    values = batch.column(batch.schema.get_field_index(text_column)).to_pylist()
    rows = [row for row, text in enumerate(values) if text is not None and text.strip()]
    return [values[row] for row in rows], rows


def spread(array: pa.Array, rows: list[int], n: int) -> pa.Array:
    """Values of some rows as a column of n, null in the others."""
    import numpy as np
    import pyarrow as pa

    if len(rows) == n:
        return array
    places = np.full(n, -1, dtype=np.int64)
    places[rows] = np.arange(len(rows))
    return array.take(pa.array(places, mask=places < 0))
