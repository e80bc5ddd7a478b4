"""The set of what `scamclassify.features.form_slip_kernel` may pass over in the trie.

Asked before a walk is followed over a letter that may have been left out: most lead nowhere.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.features.form_kernel import (
    BARE,
    BASE_SHIFT,
    LEAF,
    NUMBER,
    PARENT,
    TAIL,
    TAIL_HEAD,
)
from scamclassify.features.form_slip_kernel import VOWELS

_MIX, _MIX_MORE = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


@njit(cache=True, nogil=True, inline="always")
def _bit_of(node, symbol, known):
    """Number of the bit of a node and a symbol."""
    state = np.uint64(node) * _MIX + np.uint64(symbol) * _MIX_MORE
    return np.int64(state >> np.uint64(33)) & (8 * known.shape[0] - 1)


@njit(cache=True, nogil=True, inline="always")
def may_skip(node, symbol, known):
    """Whether some form may go on from a node by one that is left out, then by a symbol."""
    bit = _bit_of(node, symbol, known)
    return known[bit >> 3] >> (bit & 7) & 1 != 0


@njit(cache=True, nogil=True)
def list_skips(entries, tails, signs):
    """Bits of :func:`may_skip`, eight a byte: a set of what goes on, with a few too many.

    Parameters
    ----------
    entries, tails : arrays
        What :func:`scamclassify.features.form_kernel.build_double_array` returned.
    signs : int32, shape (n_marked, 2)
        As for :func:`scamclassify.features.form_match_kernel.match_forms`.
    """
    gone = np.zeros(max(signs.shape[0], VOWELS + 1), np.bool_)
    gone[1 : VOWELS + 1] = True
    for symbol in range(VOWELS + 1, signs.shape[0]):
        gone[signs[symbol, 0] : signs[symbol, 1]] = True
    size = 64
    # One bit for each entry: they stay in the cache, which is worth more than a finer set.
    while 8 * size < entries.shape[0]:
        size *= 2
    known = np.zeros(size, np.uint8)
    for slot in range(1, entries.shape[0]):
        entry = entries[slot]
        if entry == -1:
            continue
        node = entry & PARENT
        symbol = slot - (entries[node] >> BASE_SHIFT & NUMBER)
        if entry & LEAF and not entry & BARE and symbol < gone.shape[0] and gone[symbol]:
            bit = _bit_of(node, tails[(entry >> BASE_SHIFT & TAIL) + TAIL_HEAD], known)
            known[bit >> 3] |= np.uint8(1 << (bit & 7))
        if node == 0:
            continue
        above = entries[node] & PARENT
        before = node - (entries[above] >> BASE_SHIFT & NUMBER)
        if before < gone.shape[0] and gone[before]:
            bit = _bit_of(above, symbol, known)
            known[bit >> 3] |= np.uint8(1 << (bit & 7))
    return known
