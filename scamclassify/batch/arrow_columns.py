"""Arrow arrays of added columns, straight from NumPy's memory.

``pyarrow.array`` looks at every value and imports pandas when it is first called, which costs
each process a third of a second and memory of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

# Columns of names (labels, types, languages, files) have few different values.
_MOST_NAMES = 1000


def number_array(values: np.ndarray) -> pa.Array:
    """Numbers as doubles; what is not a number is null.

    Parameters
    ----------
    values : numpy.ndarray of float, shape (n,)

    Examples
    --------
    >>> number_array(np.array([0.5, np.nan])).to_pylist()
    [0.5, None]
    """
    import pyarrow as pa

    values = np.ascontiguousarray(values, dtype=np.float64)
    return pa.Array.from_buffers(
        pa.float64(), len(values), [_bitmap(~np.isnan(values)), pa.py_buffer(values)]
    )


def text_array(values: np.ndarray | Iterable[str | None]) -> pa.Array:
    """Texts, of which a column has few different ones; None is null.

    Parameters
    ----------
    values : numpy.ndarray of str or object, or iterable of str and None, shape (n,)

    Examples
    --------
    >>> text_array(np.array(["ham", "promo"])).to_pylist(), text_array(["ไทย", None]).to_pylist()
    (['ham', 'promo'], ['ไทย', None])
    """
    import pyarrow as pa

    if isinstance(values, np.ndarray) and values.dtype.kind == "U":
        values = np.ascontiguousarray(values)
        letters = values.view(np.uint32).reshape(len(values), values.itemsize // 4)
        if letters.max(initial=0) < 128:
            return _strings(letters.astype(np.uint8), np.strings.str_len(values), None)
    listed = values.tolist() if isinstance(values, np.ndarray) else list(values)
    places: dict[str | None, int] = {}
    codes = np.array([places.setdefault(value, len(places)) for value in listed], dtype=np.intp)
    if len(places) > _MOST_NAMES:
        return pa.array(listed, pa.string())
    names = [b"" if name is None else name.encode("utf-8") for name in places]
    sizes = np.array([len(name) for name in names], dtype=np.intp)
    matrix = np.zeros((len(names), sizes.max(initial=0)), dtype=np.uint8)
    for row, name in zip(matrix, names, strict=True):
        row[: len(name)] = np.frombuffer(name, dtype=np.uint8)
    missing = places.get(None)
    return _strings(matrix[codes], sizes[codes], None if missing is None else codes != missing)


def _strings(matrix: np.ndarray, sizes: np.ndarray, valid: np.ndarray | None) -> pa.Array:
    """Strings from the bytes of each, one a row, and how many of the row it has."""
    import pyarrow as pa

    ends = np.zeros(len(sizes) + 1, dtype=np.int32)
    np.cumsum(sizes, out=ends[1:])
    data = matrix[np.arange(matrix.shape[1]) < sizes[:, None]]
    buffers = [None if valid is None else _bitmap(valid), pa.py_buffer(ends), pa.py_buffer(data)]
    return pa.Array.from_buffers(pa.string(), len(sizes), buffers)


def _bitmap(valid: np.ndarray) -> pa.Buffer | None:
    import pyarrow as pa

    return None if valid.all() else pa.py_buffer(np.packbits(valid, bitorder="little"))
