"""Compiled scan for numbers dictated in words."""

from __future__ import annotations

import numpy as np
from numba import njit

_SPACE = 32


@njit(cache=True, nogil=True)
def _is_han_digit(code):
    """Whether an ideograph is one of those for the ten digits."""
    return (
        code == 0x4E00 or code == 0x4E8C or code == 0x4E09 or code == 0x56DB or code == 0x4E94
        or code == 0x516D or code == 0x4E03 or code == 0x516B or code == 0x4E5D or code == 0x96F6
        or code == 0x3007 or code == 0x5E7A or code == 0x58F9 or code == 0x8D30 or code == 0x53C1
        or code == 0x8086 or code == 0x4F0D or code == 0x9646 or code == 0x67D2 or code == 0x634C
        or code == 0x7396
    )  # fmt: skip


@njit(cache=True, nogil=True)
def han_number(codes, i):
    """Whether three ideographs for digits stand together, the one at ``i`` among them."""
    if not _is_han_digit(codes[i]):
        return False
    before = _is_han_digit(codes[i - 1])
    after = _is_han_digit(codes[i + 1])
    if before and after:
        return True
    if before:
        return _is_han_digit(codes[i - 2])
    return after and _is_han_digit(codes[i + 2])


@njit(cache=True, nogil=True)
def is_latin_digit(symbols, first, last, hashes):
    """Whether a word in Latin letters is one for a digit, its letters with diacritics alike."""
    state = np.uint64(7)
    for i in range(first, last + 1):
        state = (state * np.uint64(31) + np.uint64(symbols[i])) & np.uint64(0xFFFFFFFF)
    place = np.searchsorted(hashes, state)
    return place < hashes.shape[0] and hashes[place] == state


@njit(cache=True, nogil=True)
def dictated(codes, start, stop, hashes):
    """Three words for digits in a row, a space between them."""
    run = 0
    state = np.uint64(7)
    length = 0
    for i in range(start, stop + 1):
        code = codes[i]
        # Marks of the scripts without capitals lie in these blocks with their letters.
        if 0x0B80 < code < 0x1800:
            state = (state * np.uint64(31) + np.uint64(code)) & np.uint64(0xFFFFFFFF)
            length += 1
            continue
        if length:
            place = np.searchsorted(hashes, state)
            run = run + 1 if place < hashes.shape[0] and hashes[place] == state else 0
            if run == 3:
                return True
            state = np.uint64(7)
            length = 0
            if code != _SPACE:
                run = 0
        else:
            run = 0
    return False
