"""Compiled shingling and MinHash.

A MinHash value is the smallest of a hash over all shingles of a set; two sets share one
with the probability of their Jaccard similarity [1]_.

References
----------
.. [1] A. Broder, "On the resemblance and containment of documents", 1997.
"""

from __future__ import annotations

import numpy as np
from numba import njit

#: Characters of a shingle.
SHINGLE = 4


@njit(cache=True, nogil=True)
def _mixed(state):
    """The finaliser of MurmurHash3, upper half."""
    state ^= state >> np.uint64(33)
    state *= np.uint64(0xFF51AFD7ED558CCD)
    state ^= state >> np.uint64(33)
    state *= np.uint64(0xC4CEB9FE1A85EC53)
    return np.uint32(state >> np.uint64(32))


@njit(cache=True, nogil=True)
def shingle_row(codes, start, stop, out):
    """Write the hashes of a text's shingles, repeats included; return how many."""
    n = stop - start
    count = max(1, n - SHINGLE + 1)
    for i in range(count):
        state = np.uint64(n if n < SHINGLE else SHINGLE)
        for j in range(start + i, min(stop, start + i + SHINGLE)):
            state = state * np.uint64(0x9E3779B97F4A7C15) + np.uint64(codes[j])
        out[i] = _mixed(state)
    return count


@njit(cache=True, nogil=True)
def shingle_sets(codes, starts, rows):
    """Sorted distinct shingle hashes of the texts numbered in ``rows``.

    Parameters
    ----------
    codes, starts : numpy.ndarray
        Text ``i`` is ``codes[starts[i]:starts[i + 1]]``.
    rows : numpy.ndarray of int64, shape (m,)

    Returns
    -------
    values : numpy.ndarray of uint32
    bounds : numpy.ndarray of int64, shape (m + 1,)
        The set of ``rows[i]`` is ``values[bounds[i]:bounds[i + 1]]``.
    """
    total = 0
    for place in range(rows.shape[0]):
        total += max(1, starts[rows[place] + 1] - starts[rows[place]])
    values = np.empty(total, np.uint32)
    bounds = np.zeros(rows.shape[0] + 1, np.int64)
    end = 0
    for place in range(rows.shape[0]):
        begin = end
        row = rows[place]
        count = shingle_row(codes, starts[row], starts[row + 1], values[begin:])
        part = values[begin : begin + count]
        part.sort()
        for i in range(count):
            if i == 0 or part[i] != values[end - 1]:
                values[end] = part[i]
                end += 1
        bounds[place + 1] = end
    return values[:end].copy(), bounds


@njit(cache=True, nogil=True)
def sign_rows(codes, starts, rows, multipliers, additions, out):
    """Fill ``out`` with the MinHash signatures of the texts numbered in ``rows``.

    Parameters
    ----------
    codes, starts : numpy.ndarray
        Text ``i`` is ``codes[starts[i]:starts[i + 1]]``.
    rows : numpy.ndarray of int64, shape (m,)
    multipliers, additions : numpy.ndarray of uint32, shape (k,)
        Of the linear permutations of the 32-bit hashes; multipliers are odd.
    out : numpy.ndarray of uint32, shape (m, k)
    """
    longest = 1
    for place in range(rows.shape[0]):
        longest = max(longest, starts[rows[place] + 1] - starts[rows[place]])
    hashes = np.empty(longest, np.uint32)
    k = multipliers.shape[0]
    for place in range(rows.shape[0]):
        row = rows[place]
        count = shingle_row(codes, starts[row], starts[row + 1], hashes)
        low = out[place]
        low[:] = np.uint32(0xFFFFFFFF)
        for i in range(count):
            x = hashes[i]
            # one vector instruction a few permutations
            for j in range(k):
                h = np.uint32(x * multipliers[j] + additions[j])
                low[j] = min(low[j], h)


@njit(cache=True, nogil=True)
def jaccard_at_least(values, bounds, a, b, threshold):
    """Whether two sorted sets have at least this Jaccard similarity."""
    i, i_end = bounds[a], bounds[a + 1]
    j, j_end = bounds[b], bounds[b + 1]
    size_a, size_b = i_end - i, j_end - j
    if min(size_a, size_b) < threshold * max(size_a, size_b):
        return False
    common = 0
    while i < i_end and j < j_end:
        x, y = values[i], values[j]
        common += x == y
        i += x <= y
        j += y <= x
    return common >= threshold * (size_a + size_b - common)


@njit(cache=True, nogil=True)
def agreement(signatures, a, b):
    """How many values two signatures of the same array share."""
    left, right = signatures[a], signatures[b]
    same = 0
    for j in range(left.shape[0]):
        same += left[j] == right[j]
    return same


@njit(cache=True, nogil=True)
def band_keys(signatures, start, width, keys):
    """Keys that sort rows by one band, and within equal bands by the value that follows.

    The upper 40 bits are a hash of the band; where two rows share them they are a candidate
    pair. The lower 24 bits bring those together that are alike beyond the band.
    """
    k = signatures.shape[1]
    for row in range(signatures.shape[0]):
        state = np.uint64(start + 1)
        for j in range(start, start + width):
            state = (state ^ np.uint64(signatures[row, j])) * np.uint64(0x9E3779B97F4A7C15)
            state ^= state >> np.uint64(31)
        follow = np.uint64(signatures[row, (start + width) % k]) >> np.uint64(8)
        keys[row] = (state & np.uint64(0xFFFFFFFFFF000000)) | follow


@njit(cache=True, nogil=True)
def find_root(parents, row):
    """Root of a row in a union-find forest; paths are halved on the way."""
    while parents[row] != row:
        parents[row] = parents[parents[row]]
        row = parents[row]
    return row


@njit(cache=True, nogil=True)
def hash_signatures(signatures):
    """64-bit hash of each signature: an order of rows that is theirs alone."""
    out = np.empty(signatures.shape[0], np.uint64)
    for row in range(signatures.shape[0]):
        state = np.uint64(0xCBF29CE484222325)
        for j in range(signatures.shape[1]):
            state = (state ^ np.uint64(signatures[row, j])) * np.uint64(0x9E3779B97F4A7C15)
            state ^= state >> np.uint64(29)
        out[row] = state
    return out


@njit(cache=True, nogil=True)
def hash_texts(codes, offsets):
    """64-bit hash of each text as it is."""
    out = np.empty(offsets.shape[0] - 1, np.uint64)
    for row in range(out.shape[0]):
        state = np.uint64(0xCBF29CE484222325)
        for i in range(offsets[row], offsets[row + 1]):
            state = (state ^ np.uint64(codes[i])) * np.uint64(0x9E3779B97F4A7C15)
            state ^= state >> np.uint64(29)
        out[row] = state
    return out
