"""Columns of few different names (labels, types, languages) as numbers of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

# Bits of a code point, and of one of ASCII: so many of these make up one number of 64 bits.
_BITS, _ASCII_BITS = 21, 7
# So many names are looked for one by one.
_FEW = 64


def name_codes(values: np.ndarray | Iterable[str | None]) -> tuple[list[str | None], np.ndarray]:
    """Different values, each once, and the place among them of every value.

    Parameters
    ----------
    values : numpy.ndarray of str or object, or iterable of str and None, shape (n,)

    Returns
    -------
    names : list of str and None
    codes : numpy.ndarray of int, shape (n,)

    Examples
    --------
    >>> names, codes = name_codes(np.array(["ham", "scam", "ham"]))
    >>> [names[code] for code in codes]
    ['ham', 'scam', 'ham']
    """
    if isinstance(values, np.ndarray) and values.dtype.kind == "U":
        keys = _short_keys(values)
        if keys is not None:
            places, codes = _number(keys)
            return values[places].tolist(), codes
    listed = values.tolist() if isinstance(values, np.ndarray) else list(values)
    # Names are mostly the same few objects: a string is looked at once for each.
    objects = np.fromiter(map(id, listed), dtype=np.int64, count=len(listed))
    places, codes = _number(objects)
    names: dict[str | None, int] = {}
    merged = [names.setdefault(listed[place], len(names)) for place in places.tolist()]
    return list(names), np.array(merged, dtype=np.intp)[codes]


def _number(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A place of each different key, and which of them every key is."""
    # Sorting the keys alone is much quicker than sorting them with their places.
    ordered = np.sort(keys)
    different = ordered[np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))]
    if len(different) <= _FEW:
        codes: np.ndarray = np.zeros(len(keys), dtype=np.uint8)
        for code, key in enumerate(different):
            codes += (keys == key).view(np.uint8) * np.uint8(code)
    else:
        codes = np.searchsorted(different, keys)
    places = np.empty(len(different), dtype=np.intp)
    places[codes] = np.arange(len(keys))
    return places, codes


def _short_keys(values: np.ndarray) -> np.ndarray | None:
    """A number for each string that no other one has, if they are short enough for that."""
    values = np.ascontiguousarray(values)
    letters = values.view(np.uint32).reshape(len(values), values.itemsize // 4)
    bits = _BITS if letters.shape[1] * _BITS < 64 else _ASCII_BITS
    if letters.shape[1] * bits >= 64 or letters.max(initial=0) >> bits:
        return None
    keys = np.zeros(len(values), dtype=np.uint64)
    for column in letters.T:
        keys = keys << np.uint64(bits) | column
    return keys


def count_names(values: np.ndarray) -> Counter[str]:
    """How often each name comes.

    Parameters
    ----------
    values : numpy.ndarray of str, shape (n,)

    Examples
    --------
    >>> sorted(count_names(np.array(["ham", "scam", "ham"])).items())
    [('ham', 2), ('scam', 1)]
    """
    names, codes = name_codes(values)
    counts = np.bincount(codes, minlength=len(names)).tolist()
    return Counter(dict(zip(map(str, names), counts, strict=True)))
