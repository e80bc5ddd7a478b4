"""Compiled loops of language identification; imported when first needed.

What an n-gram is
-----------------
Letters are small, everything that is no Latin letter or apostrophe is a blank, and so are the
ASCII letters of links, addresses and handles; blanks run together to one, and a blank stands
at each end. A character n-gram has two to four characters and a blank at most at its ends; a
word is hashed whole as well.
"""

import numpy as np
from numba import njit, uint32

MULTIPLIER = 0x9E3779B1
FINISH = 0x85EBCA6B
#: Slots of a text of n letters are at most ``SLOTS_A_LETTER * (n + 1)``.
SLOTS_A_LETTER = 4
WORD_KIND = 9

_MULTIPLIER = np.uint32(MULTIPLIER)
_FINISH = np.uint32(FINISH)
# Every second byte of eight.
_HALF = np.uint64(0x00FF00FF00FF00FF)
_LANE = np.uint64(0xFFFF)
_LATIN = 1


@njit(cache=True, nogil=True, inline="always")
def _slot(state, kind, down):
    mixed = uint32((state ^ uint32(kind * 0x27D4EB2F)) * _MULTIPLIER)
    mixed = uint32((mixed ^ (mixed >> uint32(16))) * _FINISH)
    return mixed >> uint32(down)


@njit(cache=True, nogil=True, inline="always")
def _more(state, letter):
    return uint32((state ^ (state >> uint32(15))) * _MULTIPLIER) + letter


@njit(cache=True, nogil=True, inline="always")
def _is_letter(codes, at, stop):
    return at < stop and 97 <= (codes[at] | 32) <= 122


@njit(cache=True, nogil=True)
def _marks_link(codes, i, start, stop):
    """Whether a dot, slash or sign at ``i`` makes the characters around it a link."""
    code = codes[i]
    if code == 64:
        return True
    if code == 47:
        return i + 1 < stop and codes[i + 1] == 47
    if not (_is_letter(codes, i + 1, stop) and _is_letter(codes, i + 2, stop)):
        return False
    if i == start or codes[i - 1] == 32 or codes[i - 1] == 10:
        return False
    # Two to four letters between a dot and what is no letter end a domain.
    for k in range(3, 6):
        if not _is_letter(codes, i + k, stop):
            return True
    return False


@njit(cache=True, nogil=True)
def read_row(codes, start, stop, letters, scripts, buffer, counts):
    """Write the small letters of one text, 0 for what is none, and count its scripts.

    Parameters
    ----------
    codes : uint32 (m,)
    letters : uint32
        The small letter of a code point; 0 for what is none, and above the table.
    scripts : uint8 (0x110000,)
        Script of each code point, ``_LATIN`` for ASCII letters.
    buffer : uint32, written
    counts : int64, zeros, written
        Letters of each script, those of links left out.
    """
    top = letters.shape[0]
    linked = False
    begin = 0
    for i in range(start, stop + 1):
        code = codes[i] if i < stop else uint32(10)
        if code == 32 or code == 10:
            if linked:
                for k in range(begin, i - start):
                    if _is_letter(codes, start + k, stop):
                        buffer[k] = 0
                        counts[_LATIN] -= 1
            linked = False
            begin = i - start
        elif (code == 46 or code == 47 or code == 64) and not linked:
            linked = _marks_link(codes, i, start, stop)
        if i < stop:
            buffer[i - start] = letters[code] if code < top else uint32(0)
            counts[scripts[code]] += 1


@njit(cache=True, nogil=True)
def list_slots(buffer, n, down, slots):
    """Write the slots of every n-gram of one text's letters; return how many there are."""
    used = 0
    length = 1  # characters since and with the last blank
    word = uint32(0)
    before = third = fourth = uint32(0)
    for at in range(n + 1):
        letter = buffer[at] if at < n else uint32(0)
        if letter == 0 and length == 1:
            continue  # blanks run together
        length += 1
        state = _more(letter, before)
        slots[used] = _slot(state, 2, down)
        used += 1
        if length > 2:
            state = _more(state, third)
            slots[used] = _slot(state, 3, down)
            used += 1
            if length > 3:
                slots[used] = _slot(_more(state, fourth), 4, down)
                used += 1
        fourth, third, before = third, before, letter
        if letter == 0:
            slots[used] = _slot(word, WORD_KIND, down)
            used += 1
            word = uint32(0)
            length = 1
        else:
            word = uint32((word ^ (word >> uint32(15)) ^ letter) * _MULTIPLIER)
    return used


@njit(cache=True, nogil=True)
def ngram_slots(codes, offsets, letters, scripts, down, slots, bounds):
    """Write the slots of every n-gram of every text; return how many there are.

    Parameters
    ----------
    codes, offsets : arrays
        As :func:`scamclassify.text.codepoints.encode_texts` returns them.
    down : int
        32 minus the binary logarithm of the number of slots.
    slots : int32, long enough, written
    bounds : int64 (n + 1,), written
    """
    longest = 0
    for row in range(offsets.shape[0] - 1):
        longest = max(longest, offsets[row + 1] - offsets[row])
    buffer = np.empty(longest + 1, np.uint32)
    counts = np.zeros(16, np.int64)
    used = 0
    for row in range(offsets.shape[0] - 1):
        bounds[row] = used
        read_row(codes, offsets[row], offsets[row + 1], letters, scripts, buffer, counts)
        used += list_slots(buffer, offsets[row + 1] - offsets[row], down, slots[used:])
    bounds[offsets.shape[0] - 1] = used
    return used


@njit(cache=True, nogil=True)
def _add_lanes(lanes, shift, sums):
    """Add four sums of 16 bits to the columns from ``shift`` on, every second one."""
    for k in range(4):
        sums[2 * k + shift] += np.int64((lanes >> np.uint64(16 * k)) & _LANE)


@njit(cache=True, nogil=True)
def _sum_slots(slots, used, packed, sums):
    """Add up the eight weights of each slot, which lie in one word, each plus 128."""
    even = np.uint64(0)
    odd = np.uint64(0)
    for k in range(used):
        word = packed[slots[k]]
        even += word & _HALF
        odd += (word >> np.uint64(8)) & _HALF
        if k & 255 == 255:  # one more might not fit
            _add_lanes(even, 0, sums)
            _add_lanes(odd, 1, sums)
            even = np.uint64(0)
            odd = np.uint64(0)
    _add_lanes(even, 0, sums)
    _add_lanes(odd, 1, sums)
    for k in range(8):
        sums[k] -= 128 * used


@njit(cache=True, nogil=True)
def read_batch(codes, offsets, letters, scripts, weights, packed, down, weighted, sums, sizes):
    """Weigh the scripts of every text, and the n-grams of those that are Latin most of all.

    Parameters
    ----------
    weights : float64 (n_scripts,)
        How much of a message a letter of each script carries; 0 for what is none.
    packed : uint64 (number of slots,)
        Eight weights a slot, each a byte and 128 more than it is.
    weighted : float64 (n, n_scripts), written
    sums : int64 (n, 8), zeros, written
        Sums of the slots' weights.
    sizes : int64 (n,), zeros, written
        Number of n-grams; 0 for a text that is not Latin most of all.
    """
    n_scripts = weights.shape[0]
    longest = 0
    for row in range(offsets.shape[0] - 1):
        longest = max(longest, offsets[row + 1] - offsets[row])
    buffer = np.empty(longest + 1, np.uint32)
    slots = np.empty(SLOTS_A_LETTER * (longest + 2), np.int32)
    counts = np.empty(n_scripts, np.int64)
    for row in range(offsets.shape[0] - 1):
        counts[:] = 0
        read_row(codes, offsets[row], offsets[row + 1], letters, scripts, buffer, counts)
        best = 0
        for k in range(n_scripts):
            weighted[row, k] = counts[k] * weights[k]
            if weighted[row, k] > weighted[row, best]:
                best = k
        if best == _LATIN:
            sizes[row] = list_slots(buffer, offsets[row + 1] - offsets[row], down, slots)
            _sum_slots(slots, sizes[row], packed, sums[row])
