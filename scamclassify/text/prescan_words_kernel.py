"""Compiled tables of words by their hashes, for the scan: a word in one may be among them."""

from __future__ import annotations

import numpy as np
from numba import njit

#: Hash of no letters.
SEED = np.uint32(7)
_FACTOR = np.uint32(0x9E3779B1)


@njit(cache=True, nogil=True, inline="always")
def next_hash(state, letter):
    """Take one more letter into the hash of a word."""
    return (state ^ np.uint32(letter)) * _FACTOR


@njit(cache=True, nogil=True, inline="always")
def may_hold(state, table):
    """Whether a word of that hash may be one of the table, whose length is a power of two."""
    return table[_place(state, table)]


@njit(cache=True, nogil=True, inline="always")
def _place(state, table):
    return (state ^ state >> np.uint32(15)) & np.uint32(table.shape[0] - 1)


@njit(cache=True, nogil=True)
def mark_words(letters, offsets, table):
    """Put words, given one behind the other, into a table.

    Parameters
    ----------
    letters : uint8 array
    offsets : int array, shape (n_words + 1,)
    table : bool array, shape (2 ** k,), written
    """
    for word in range(offsets.shape[0] - 1):
        state = SEED
        for k in range(offsets[word], offsets[word + 1]):
            state = next_hash(state, letters[k])
        table[_place(state, table)] = True
