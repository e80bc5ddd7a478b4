"""Arrow arrays of added columns, straight from NumPy's memory.

``pyarrow.array`` looks at every value and imports pandas when it is first called, which costs
each process a third of a second and memory of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from scamclassify.batch.name_codes import name_codes

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

    names, codes = name_codes(values)
    if len(names) > _MOST_NAMES:
        listed = values.tolist() if isinstance(values, np.ndarray) else values
        return pa.array(listed, pa.string())
    encoded = [b"" if name is None else name.encode("utf-8") for name in names]
    # Bytes of each name, one a row, and how many of the row it has.
    sizes = np.array([len(name) for name in encoded], dtype=np.int32)
    width = int(sizes.max(initial=0))
    padded = b"".join(name.ljust(width) for name in encoded)
    letters = np.frombuffer(padded, dtype=np.uint8).reshape(len(names), width)
    held = np.arange(width) < sizes[:, None]
    ends = np.zeros(len(codes) + 1, dtype=np.int32)
    np.cumsum(sizes.take(codes), out=ends[1:])
    data = letters.take(codes, axis=0)[held.take(codes, axis=0)]
    valid = _bitmap(codes != names.index(None)) if None in names else None
    buffers = [valid, pa.py_buffer(ends), pa.py_buffer(data)]
    return pa.Array.from_buffers(pa.string(), len(codes), buffers)


def _bitmap(valid: np.ndarray) -> pa.Buffer | None:
    import pyarrow as pa

    return None if valid.all() else pa.py_buffer(np.packbits(valid, bitorder="little"))
