"""Compiled loops of language identification; imported when first needed.

What an n-gram is
-----------------
Letters are small, everything that is no Latin letter or apostrophe is a blank, blanks run
together to one, and a blank stands at each end. A character n-gram has two to four
characters and a blank at most at its ends; a word is hashed whole as well.
"""

import numpy as np
from numba import njit, uint32

MULTIPLIER = 0x9E3779B1
FINISH = 0x85EBCA6B
LONGEST = 4
WORD_KIND = 9

_MULTIPLIER = np.uint32(MULTIPLIER)
_FINISH = np.uint32(FINISH)


@njit(cache=True, nogil=True, inline="always")
def _slot(state, kind, down):
    mixed = uint32((state ^ uint32(kind * 0x27D4EB2F)) * _MULTIPLIER)
    mixed = uint32((mixed ^ (mixed >> uint32(16))) * _FINISH)
    return mixed >> uint32(down)


@njit(cache=True, nogil=True)
def ngram_slots(codes, starts, ends, letters, dropped, down, slots, offsets):
    """Write the slots of every n-gram of every text; return how many there are.

    Parameters
    ----------
    codes : int32 (m,)
    starts, ends : int64 (n,)
        Text ``i`` is ``codes[starts[i]:ends[i]]``.
    letters : uint32
        The small letter of a code point; 0 for what is none, and above the table.
    dropped : bool (m,)
        Characters to read as blanks.
    down : int
        32 minus the binary logarithm of the number of slots.
    slots : int32, five times (m + 2 n) or more, written
    offsets : int64 (n + 1,), written
    """
    top = letters.shape[0]
    window = np.zeros(LONGEST, dtype=np.uint32)
    used = 0
    for i in range(starts.shape[0]):
        offsets[i] = used
        length = 0  # characters since and with the last blank
        word = uint32(0)
        for k in range(LONGEST):
            window[k] = 0
        length = 1
        for at in range(starts[i], ends[i] + 1):
            letter = uint32(0)
            if at < ends[i] and not dropped[at]:
                code = codes[at]
                if 0 <= code < top:
                    letter = letters[code]
            if letter == 0 and length == 1 and window[LONGEST - 1] == 0:
                continue  # blanks run together
            for k in range(LONGEST - 1):
                window[k] = window[k + 1]
            window[LONGEST - 1] = letter
            length += 1
            state = letter
            for n in range(2, min(length, LONGEST) + 1):
                state = uint32((state ^ (state >> uint32(15))) * _MULTIPLIER) + window[LONGEST - n]
                slots[used] = _slot(state, n, down)
                used += 1
            if letter == 0:
                slots[used] = _slot(word, WORD_KIND, down)
                used += 1
                word = uint32(0)
                length = 1
            else:
                word = uint32((word ^ (word >> uint32(15)) ^ letter) * _MULTIPLIER)
    offsets[starts.shape[0]] = used
    return used


@njit(cache=True, nogil=True)
def sum_weights(slots, offsets, weights, sums):
    """Add up the weights of each text's slots.

    Parameters
    ----------
    slots : int32, offsets : int64 (n + 1,)
    weights : float32 (number of slots, classes)
    sums : float32 (n, classes), zeros, written
    """
    for i in range(offsets.shape[0] - 1):
        for k in range(offsets[i], offsets[i + 1]):
            slot = slots[k]
            for c in range(weights.shape[1]):
                sums[i, c] += weights[slot, c]


@njit(cache=True, nogil=True)
def count_scripts(codes, starts, ends, table, dropped, counts):
    """Count the letters of each script.

    Parameters
    ----------
    codes, starts, ends, dropped
        As in `ngram_slots`.
    table : uint8 (0x110000,)
        Script of each code point.
    counts : int64 (n, scripts), zeros, written
    """
    for i in range(starts.shape[0]):
        for at in range(starts[i], ends[i]):
            if not dropped[at]:
                counts[i, table[codes[at]]] += 1
