"""Length of the longest text of an encoded batch, for the room that compiled loops take."""

from __future__ import annotations

from numba import njit


@njit(cache=True, nogil=True)
def longest_text(offsets):
    """Characters of the longest text, by the offsets of `scamclassify.text.codepoints`."""
    longest = 0
    for row in range(offsets.shape[0] - 1):
        longest = max(longest, offsets[row + 1] - offsets[row])
    return longest
