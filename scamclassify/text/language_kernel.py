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
#: What the entry of a code point holds: its small letter, whether it may be part of a link, its
#: script.
LETTER_BITS = np.uint32(0x1FFFFF)
LINK_BIT = np.uint32(21)
SCRIPT_BIT = np.uint32(24)
# Four neighbours are counted apart, so that none waits for another.
_APART = np.uint64(3)
_MOST_SCRIPTS = np.uint64(16)
_COUNTERS = 64
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


@njit(cache=True, nogil=True, inline="always")
def _ahead(codes, at, stop):
    """The character there, a blank behind the end."""
    return codes[min(at, stop - 1)] if at < stop else uint32(32)


@njit(cache=True, nogil=True, inline="always")
def _is_letter(code):
    return uint32((code | uint32(32)) - uint32(97)) <= uint32(25)


@njit(cache=True, nogil=True)
def _marks_link(codes, i, start, stop):
    """Whether a dot, slash or sign at ``i`` makes the characters around it a link.

    Without branches: no processor foresees what comes after a dot.
    """
    code = codes[i]
    before = codes[max(i - 1, start)] if i > start else uint32(32)
    first, second = _ahead(codes, i + 1, stop), _ahead(codes, i + 2, stop)
    # Two to four letters between a dot and what is no letter end a domain.
    goes_on = (
        _is_letter(_ahead(codes, i + 3, stop))
        & _is_letter(_ahead(codes, i + 4, stop))
        & _is_letter(_ahead(codes, i + 5, stop))
    )
    domain = (
        (before != 32) & (before != 10) & _is_letter(first) & _is_letter(second) & (not goes_on)
    )
    return (code == 64) | ((code == 47) & (first == 47)) | ((code == 46) & domain)


@njit(cache=True, nogil=True)
def _take_out_links(codes, start, stop, marks, buffer):
    """Blank the ASCII letters of the tokens that a mark makes a link; return how many."""
    taken = 0
    end = start
    for mark in marks:
        i = start + mark
        if i < end or not _marks_link(codes, i, start, stop):
            continue
        begin = i
        while begin > start and codes[begin - 1] != 32 and codes[begin - 1] != 10:
            begin -= 1
        end = i
        while end < stop and codes[end] != 32 and codes[end] != 10:
            end += 1
        for k in range(begin, end):
            if _is_letter(codes[k]):
                buffer[k - start] = 0
                taken += 1
    return taken


@njit(cache=True, nogil=True)
def _read_row(codes, start, stop, entries, buffer, marks, apart, counts):
    """Write the small letters of one text, 0 for what is none, and count its scripts.

    Parameters
    ----------
    codes : uint32 (m,)
    entries : uint32
        What there is to know of each code point; the last one stands for all above.
    buffer : uint32, written
    marks : int32, as long, written
        Places of what may be part of a link.
    apart : uint32 (_COUNTERS,), written
    counts : int64 (n_scripts,), written
        Letters of each script, those of links left out.
    """
    text = codes[start:stop]
    last = np.uint32(entries.shape[0] - 1)
    apart[:] = 0
    n_marks = np.uint64(0)
    # Unsigned numbers throughout: a place that may be negative costs a comparison.
    for k in range(np.uint64(text.shape[0])):
        entry = entries[min(text[k], last)]
        buffer[k] = entry & LETTER_BITS
        marks[n_marks] = k
        n_marks += np.uint64((entry >> LINK_BIT) & np.uint32(1))
        apart[(k & _APART) * _MOST_SCRIPTS + np.uint64(entry >> SCRIPT_BIT)] += np.uint32(1)
    for script in range(counts.shape[0]):
        counts[script] = np.int64(apart[script]) + apart[script + 16]
        counts[script] += np.int64(apart[script + 32]) + apart[script + 48]
    if n_marks:
        counts[_LATIN] -= _take_out_links(codes, start, stop, marks[:n_marks], buffer)


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

    No blank stands within an n-gram. One loop without a branch: it is done eight at a time.
    """
    for k in range(min(size, 3)):
        for kind in range(3):
            slots[kind, k] = none
    twos, threes, fours = slots[0], slots[1], slots[2]
    if size > 1:
        twos[1] = _slot(_more(line[1], line[0]), 2, down)
    if size > 2:
        state = _more(line[2], line[1])
        twos[2] = _slot(state, 2, down)
        if line[1] != 0:
            threes[2] = _slot(_more(state, line[0]), 3, down)
    letters, first, second, third = line[3:size], line[2:size], line[1:size], line
    twos, threes, fours = slots[0, 3:size], slots[1, 3:size], slots[2, 3:size]
    for k in range(size - 3):
        state = _more(letters[k], first[k])
        twos[k] = _slot(state, 2, down)
        state = _more(state, second[k])
        slot = _slot(state, 3, down)
        threes[k] = slot if first[k] != 0 else none
        slot = _slot(_more(state, third[k]), 4, down)
        fours[k] = slot if (first[k] != 0) & (second[k] != 0) else none


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
    longest = _longest(offsets)
    buffer, line = np.empty(longest + 1, np.uint32), np.empty(longest + 2, np.uint32)
    marks, apart = np.empty(longest + 1, np.int32), np.empty(_COUNTERS, np.uint32)
    counts = np.empty(16, np.int64)
    hashed = np.empty((3, longest + 2), np.uint32)
    none = uint32(0xFFFFFFFF)
    used = 0
    for row in range(offsets.shape[0] - 1):
        bounds[row] = used
        _read_row(codes, offsets[row], offsets[row + 1], entries, buffer, marks, apart, counts)
        size = _squeeze(buffer, offsets[row + 1] - offsets[row], line)
        _hash_line(line, size, down, none, hashed)
        word = uint32(0)
        for k in range(1, size):
            for kind in range(3):
                slots[used] = hashed[kind, k]
                used += hashed[kind, k] != none
            if line[k] == 0:
                slots[used] = _slot(word, WORD_KIND, down)
                used += 1
            word = _longer(word, line[k])
    bounds[offsets.shape[0] - 1] = used
    return used


@njit(cache=True, nogil=True)
def _longest(offsets):
    longest = 0
    for row in range(offsets.shape[0] - 1):
        longest = max(longest, offsets[row + 1] - offsets[row])
    return longest


@njit(cache=True, nogil=True)
def _add_lanes(lanes, shift, sums):
    """Add four sums of 16 bits to the columns from ``shift`` on, every second one."""
    for k in range(4):
        sums[2 * k + shift] += np.int64((lanes >> np.uint64(16 * k)) & _LANE)


@njit(cache=True, nogil=True)
def _sum_line(line, size, slots, down, packed, sums):
    """Add up the eight weights of each slot, which lie in one word, each plus 128.

    Returns how many slots that are; the last word of ``packed``, which is 0, is none.
    """
    none = np.uint32(packed.shape[0] - 1)
    used = size - 1
    for k in range(1, size):
        used += (slots[1, k] != none) + (slots[2, k] != none) + (line[k] == 0)
    word = uint32(0)
    for start in range(1, size, _CHUNK):
        letters = line[start : min(start + _CHUNK, size)]
        twos, threes, fours = slots[0, start:], slots[1, start:], slots[2, start:]
        even = np.uint64(0)
        odd = np.uint64(0)
        for k in range(letters.shape[0]):
            letter = letters[k]
            whole = np.uint32(_slot(word, WORD_KIND, down)) if letter == 0 else none
            word = _longer(word, letter)
            for weights in (packed[twos[k]], packed[threes[k]], packed[fours[k]], packed[whole]):
                even += weights & _HALF
                odd += (weights >> np.uint64(8)) & _HALF
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
    longest = _longest(offsets)
    buffer, line = np.empty(longest + 1, np.uint32), np.empty(longest + 2, np.uint32)
    marks, apart = np.empty(longest + 1, np.int32), np.empty(_COUNTERS, np.uint32)
    counts = np.empty(n_scripts, np.int64)
    slots = np.empty((3, longest + 2), np.uint32)
    none = uint32(packed.shape[0] - 1)
    for row in range(offsets.shape[0] - 1):
        _read_row(codes, offsets[row], offsets[row + 1], entries, buffer, marks, apart, counts)
        best = 0
        for k in range(n_scripts):
            weighted[row, k] = counts[k] * weights[k]
            if weighted[row, k] > weighted[row, best]:
                best = k
        if best == _LATIN:
            size = _squeeze(buffer, offsets[row + 1] - offsets[row], line)
            _hash_line(line, size, down, none, slots)
            sizes[row] = _sum_line(line, size, slots, down, packed, sums[row])
