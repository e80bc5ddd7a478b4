"""Compiled scan for numbers dictated in words."""

from __future__ import annotations

import numpy as np

from scamclassify.text.prescan_alphabet import PAD, WORD
from scamclassify.text.uncounted import uncounted

_SPACE = 32
_ONE = np.uint64(1)


@uncounted
def _is_han_digit(code):
    """Whether an ideograph is one of those for the ten digits."""
    return (
        code == 0x4E00 or code == 0x4E8C or code == 0x4E09 or code == 0x56DB or code == 0x4E94
        or code == 0x516D or code == 0x4E03 or code == 0x516B or code == 0x4E5D or code == 0x96F6
        or code == 0x3007 or code == 0x5E7A or code == 0x58F9 or code == 0x8D30 or code == 0x53C1
        or code == 0x8086 or code == 0x4F0D or code == 0x9646 or code == 0x67D2 or code == 0x634C
        or code == 0x7396
    )  # fmt: skip


@uncounted
def han_number(codes, i):
    """Whether three ideographs for digits stand together, the one at ``i`` among them.

    Or two, if that at ``i`` is the second and a zero.
    """
    if not _is_han_digit(codes[i]):
        return False
    before = _is_han_digit(codes[i - 1])
    if before and (codes[i] == 0x96F6 or codes[i] == 0x3007):
        return True
    after = _is_han_digit(codes[i + 1])
    if before and after:
        return True
    if before:
        return _is_han_digit(codes[i - 2])
    return after and _is_han_digit(codes[i + 2])


@uncounted
def is_digit_word(letters, start, stop, hashes):
    """Whether a word is one for a digit, by the sorted hashes of those words."""
    state = np.uint64(7)
    for k in range(start, stop):
        state = (state * np.uint64(31) + np.uint64(letters[k])) & np.uint64(0xFFFFFFFF)
    place = np.searchsorted(hashes, state)
    return place < hashes.shape[0] and hashes[place] == state


@uncounted
def _has_marks(symbols, start, stop):
    """Whether one of the letters is none of ASCII."""
    for k in range(start, stop):
        if symbols[k] >= 128:
            return True
    return False


@uncounted
def word_bounds(kinds, length, bounds):
    """Write where each word in Latin letters and digits begins and ends; twice their number.

    Parameters
    ----------
    kinds : uint8 array
        Of the symbols of a text with :data:`PAD` newlines around it.
    bounds : int32 array, overwritten
        Longer than the text.
    """
    count = np.uint64(0)
    for i in range(np.uint64(PAD), np.uint64(PAD + length + 1)):
        bounds[count] = i
        count += np.uint64(((kinds[i] ^ kinds[i - _ONE]) & WORD) != 0)
    return np.int64(count)


@uncounted
def dictated_in_latin(symbols, count, ends, hashes, bounds):
    """Whether three words for digits in Latin letters stand in a row, a space between them.

    Or two that have no letters with marks: those of Vietnamese are too common.

    Parameters
    ----------
    symbols : uint8 array
        A text with :data:`PAD` newlines around it.
    count, bounds : int, int32 array
        From :func:`word_bounds`.
    ends, hashes : uint32, uint64 arrays
        See `scamclassify.text.number_words`.
    """
    run = most = np.int64(0)
    stop = np.int64(-2)
    for k in range(0, count, 2):
        start = np.int64(bounds[k])
        joined = (start == stop + 1) & (symbols[start - 1] == _SPACE)
        stop = np.int64(bounds[k + 1])
        like = ends[(np.int64(symbols[start]) & 31) << 5 | (np.int64(symbols[stop - 1]) & 31)]
        run = (1 + run * joined) * ((np.int64(like) >> np.int64(min(int(stop - start), 31))) & 1)
        most = max(most, run)
    if most < 2:
        return False
    run = np.int64(0)
    stop = np.int64(-2)
    for k in range(0, count, 2):
        start = np.int64(bounds[k])
        joined = start == stop + 1 and symbols[start - 1] == _SPACE
        stop = np.int64(bounds[k + 1])
        digit = is_digit_word(symbols, start, stop, hashes)
        run = np.int64(digit) * (1 + run * np.int64(joined))
        if run == 3 or (run == 2 and not _has_marks(symbols, np.int64(bounds[k - 2]), stop)):
            return True
    return False
