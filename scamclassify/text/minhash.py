"""MinHash signatures of templates, and the order in which banding compares them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np

from scamclassify.text.minhash_kernel import band_keys, sign_rows

#: Values of a signature.
N_VALUES = 64
#: Values of a band: two messages at similarity s meet in one of the 16 bands with
#: probability ``1 - (1 - s**4)**16``, which is 0.64 at 0.5, 0.89 at 0.6, 0.9998 at 0.8.
BAND_WIDTH = 4
# Never changed: signatures in campaign documents are compared over years.
_SEED = 20260101


@cache
def permutations() -> tuple[np.ndarray, np.ndarray]:
    """Multipliers (odd) and additions of the permutations, uint32 arrays of `N_VALUES`."""
    state, values = _SEED, []
    for _ in range(2 * N_VALUES):
        # SplitMix64: NumPy does not promise its streams over versions.
        state = (state + 0x9E3779B97F4A7C15) % 2**64
        mixed = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB % 2**64
        values.append((mixed ^ mixed >> 31) >> 32)
    multipliers = np.array(values[:N_VALUES], dtype=np.uint32) | np.uint32(1)
    additions = np.array(values[N_VALUES:], dtype=np.uint32)
    multipliers.setflags(write=False)
    additions.setflags(write=False)
    return multipliers, additions


def sign_templates(codes: np.ndarray, starts: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """MinHash signatures of the character 4-grams of templates.

    Parameters
    ----------
    codes, starts : numpy.ndarray
        As :func:`scamclassify.text.template.encode_templates` returns them.
    rows : numpy.ndarray of int64, shape (m,)
        Which templates.

    Returns
    -------
    numpy.ndarray of uint32, shape (m, N_VALUES)

    Examples
    --------
    >>> from scamclassify.text.template import encode_templates
    >>> codes, starts, _ = encode_templates(["Pay 5 at a.com/1", "pay 70 at b.com/2"])
    >>> one, other = sign_templates(codes, starts, np.arange(2))
    >>> bool((one == other).all())
    True
    """
    out = np.empty((len(rows), N_VALUES), dtype=np.uint32)
    sign_rows(codes, starts, rows, *permutations(), out)
    return out


def sorted_bands(signatures: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows sorted by each band in turn.

    Parameters
    ----------
    signatures : numpy.ndarray of uint32, shape (n, N_VALUES)

    Yields
    ------
    order : numpy.ndarray of int64, shape (n,)
        Rows by key; rows of the same key stay in their order.
    keys : numpy.ndarray of uint64, shape (n,)
        Sorted; equal upper 40 bits make a candidate pair.
    """

    def sort(start: int) -> tuple[np.ndarray, np.ndarray]:
        keys = np.empty(len(signatures), dtype=np.uint64)
        band_keys(signatures, start, BAND_WIDTH, keys)
        order = np.argsort(keys, kind="stable")
        return order, keys[order]

    with ThreadPoolExecutor(1) as pool:
        # The next band is sorted while this one is worked on; more would cost memory.
        pending = pool.submit(sort, 0)
        for start in range(BAND_WIDTH, signatures.shape[1] + 1, BAND_WIDTH):
            done = pending.result()
            if start < signatures.shape[1]:
                pending = pool.submit(sort, start)
            yield done
