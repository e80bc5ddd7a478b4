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

from scamclassify.text.letter_kernel import COUNTERS, LATIN, read_row
from scamclassify.text.longest_kernel import longest_text

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
# Characters of which the sums of four slots each fit into 16 bits.
_CHUNK = 64


@njit(cache=True, nogil=True, inline="always")
def _slot(state, kind, down):
    mixed = uint32((state ^ uint32(kind * 0x27D4EB2F)) * _MULTIPLIER)
    mixed = uint32((mixed ^ (mixed >> uint32(16))) * _FINISH)
    return mixed >> uint32(down)


@njit(cache=True, nogil=True, inline="always")
def _more(state, letter):
    return uint32((state ^ (state >> uint32(15))) * _MULTIPLIER) + letter


@njit(cache=True, nogil=True, inline="always")
def _longer(word, letter):
    """The hash of a word with one more letter; after a blank that of none."""
    more = uint32((word ^ (word >> uint32(15)) ^ letter) * _MULTIPLIER)
    return more if letter != 0 else uint32(0)


@njit(cache=True, nogil=True)
def _squeeze(buffer, n, line):
    """Run blanks together and put one at each end; return how many characters that are."""
    line[0] = 0
    size = 1
    before = uint32(0)
    for k in range(n):
        letter = buffer[k]
        line[size] = letter
        size += (letter | before) != 0
        before = letter
    line[size] = 0
    return size + (before != 0)


@njit(cache=True, nogil=True)
def _hash_line(line, size, down, none, slots):
    """Write the slots of the two, three and four characters up to each; ``none`` for no n-gram.

    No blank stands within an n-gram. Loops without a branch that write to one array each are
    done eight or more characters at a time.
    """
    one, two, three = np.uint64(1), np.uint64(2), np.uint64(3)
    size = np.uint64(size)
    slots[:3, : min(size, three)] = none
    into = slots[0]
    for k in range(one, size):
        into[k] = _slot(_more(line[k], line[k - one]), 2, down)
    into = slots[1]
    for k in range(two, size):
        state = _more(_more(line[k], line[k - one]), line[k - two])
        slot = uint32(_slot(state, 3, down))
        into[k] = slot if line[k - one] != 0 else none
    into = slots[2]
    for k in range(three, size):
        state = _more(_more(_more(line[k], line[k - one]), line[k - two]), line[k - three])
        slot = uint32(_slot(state, 4, down))
        into[k] = slot if (line[k - one] != 0) & (line[k - two] != 0) else none


@njit(cache=True, nogil=True)
def _hash_words(line, size, down, none, slots):
    """Write the slot of the word that ends at each blank; ``none`` elsewhere.

    Each letter waits for the hash of those before it: two halves wait at the same time.
    """
    middle = size >> 1
    while middle < size - 1 and line[middle] != 0:
        middle += 1
    ends = line[1 : middle + 1], line[middle + 1 : size]
    into = slots[1 : middle + 1], slots[middle + 1 : size]
    both = min(ends[0].shape[0], ends[1].shape[0])
    left, right = uint32(0), uint32(0)
    for k in range(both):
        letter, other = ends[0][k], ends[1][k]
        into[0][k] = uint32(_slot(left, WORD_KIND, down)) if letter == 0 else none
        into[1][k] = uint32(_slot(right, WORD_KIND, down)) if other == 0 else none
        left, right = _longer(left, letter), _longer(right, other)
    for half, word in ((0, left), (1, right)):
        for k in range(both, ends[half].shape[0]):
            letter = ends[half][k]
            into[half][k] = uint32(_slot(word, WORD_KIND, down)) if letter == 0 else none
            word = _longer(word, letter)


@njit(cache=True, nogil=True)
def ngram_slots(codes, offsets, entries, down, slots, bounds):
    """Write the slots of every n-gram of every text; return how many there are.

    Parameters
    ----------
    codes, offsets : arrays
        As :func:`scamclassify.text.codepoints.encode_texts` returns them.
    entries : uint32
        As :func:`scamclassify.text.language_features.letter_entries` makes them.
    down : int
        32 minus the binary logarithm of the number of slots.
    slots : int32, long enough, written
    bounds : int64 (n + 1,), written
    """
    longest = longest_text(offsets)
    buffer, line = np.empty(longest + 1, np.uint32), np.empty(longest + 2, np.uint32)
    marks, apart = np.empty(longest + 1, np.int32), np.empty(COUNTERS, np.uint32)
    counts = np.empty(16, np.int64)
    hashed = np.empty((4, longest + 2), np.uint32)
    none = uint32(0xFFFFFFFF)
    used = 0
    for row in range(offsets.shape[0] - 1):
        bounds[row] = used
        read_row(codes, offsets[row], offsets[row + 1], entries, buffer, marks, apart, counts)
        size = _squeeze(buffer, offsets[row + 1] - offsets[row], line)
        _hash_line(line, size, down, none, hashed)
        _hash_words(line, size, down, none, hashed[3])
        for k in range(1, size):
            for kind in range(4):
                slots[used] = hashed[kind, k]
                used += hashed[kind, k] != none
    bounds[offsets.shape[0] - 1] = used
    return used


@njit(cache=True, nogil=True)
def _add_lanes(lanes, shift, sums):
    """Add four sums of 16 bits to the columns from ``shift`` on, every second one."""
    for k in range(4):
        sums[2 * k + shift] += np.int64((lanes >> np.uint64(16 * k)) & _LANE)


@njit(cache=True, nogil=True)
def _sum_line(size, slots, packed, sums):
    """Add up the eight weights of each slot, which lie in one word, each plus 128.

    Returns how many slots that are; the last word of ``packed``, which is 0, is none.
    """
    none = np.uint32(packed.shape[0] - 1)
    used = size - 1
    for k in range(1, size):
        used += (slots[1, k] != none) + (slots[2, k] != none) + (slots[3, k] != none)
    for start in range(1, size, _CHUNK):
        stop = min(start + _CHUNK, size)
        twos, threes = slots[0, start:stop], slots[1, start:stop]
        fours, words = slots[2, start:stop], slots[3, start:stop]
        even = np.uint64(0)
        odd = np.uint64(0)
        for k in range(twos.shape[0]):
            for each in (packed[twos[k]], packed[threes[k]], packed[fours[k]], packed[words[k]]):
                even += each & _HALF
                odd += (each >> np.uint64(8)) & _HALF
        _add_lanes(even, 0, sums)
        _add_lanes(odd, 1, sums)
    for k in range(8):
        sums[k] -= 128 * used
    return used


@njit(cache=True, nogil=True)
def read_batch(codes, offsets, entries, weights, packed, down, weighted, sums, sizes):
    """Weigh the scripts of every text, and the n-grams of those that are Latin most of all.

    Parameters
    ----------
    entries : uint32
        As :func:`scamclassify.text.language_features.letter_entries` makes them.
    weights : float64 (n_scripts,)
        How much of a message a letter of each script carries; 0 for what is none.
    packed : uint64 (number of slots + 1,)
        Eight weights a slot, each a byte and 128 more than it is; 0 at the end.
    weighted : float64 (n, n_scripts), written
    sums : int64 (n, 8), zeros, written
        Sums of the slots' weights.
    sizes : int64 (n,), zeros, written
        Number of n-grams; 0 for a text that is not Latin most of all.
    """
    n_scripts = weights.shape[0]
    longest = longest_text(offsets)
    buffer, line = np.empty(longest + 1, np.uint32), np.empty(longest + 2, np.uint32)
    marks, apart = np.empty(longest + 1, np.int32), np.empty(COUNTERS, np.uint32)
    counts = np.empty(n_scripts, np.int64)
    slots = np.empty((4, longest + 2), np.uint32)
    none = uint32(packed.shape[0] - 1)
    for row in range(offsets.shape[0] - 1):
        read_row(codes, offsets[row], offsets[row + 1], entries, buffer, marks, apart, counts)
        best = 0
        for k in range(n_scripts):
            weighted[row, k] = counts[k] * weights[k]
            if weighted[row, k] > weighted[row, best]:
                best = k
        if best == LATIN:
            size = _squeeze(buffer, offsets[row + 1] - offsets[row], line)
            _hash_line(line, size, down, none, slots)
            _hash_words(line, size, down, none, slots[3])
            sizes[row] = _sum_line(size, slots, packed, sums[row])
