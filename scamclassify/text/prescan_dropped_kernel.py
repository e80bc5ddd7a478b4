"""Compiled scan for words with a slip of a letter (`scamclassify.text.dropped_letters`)."""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.text.prescan_words_kernel import SEED, next_hash
from scamclassify.text.uncounted import uncounted

_CAPITAL_U_HORN = 0x1AF
#: Letters that a word has at most.
LONGEST = 15
_U5, _U10, _FIVE = np.uint64(5), np.uint64(10), np.uint64(31)
_ZERO, _ONE, _TWO, _FIFTEEN = (np.uint64(k) for k in (0, 1, 2, 15))


@njit(cache=True, nogil=True, inline="always")
def _cell(first, second, last):
    """Where the lengths of words with these letters are kept."""
    return (
        (np.uint64(first) & _FIVE) << _U10
        | (np.uint64(second) & _FIVE) << _U5
        | (np.uint64(last) & _FIVE)
    )


@njit(cache=True, nogil=True, inline="always")
def _letter(symbol, code):
    """A letter whose case does not count: as the scan reads it, or its own if it has marks."""
    if symbol < 128:
        return np.uint32(symbol)
    if code == _CAPITAL_U_HORN:
        return np.uint32(code + 1 | 1)
    # Small letters beyond Latin-1 are odd and the capitals before them even, but for that one.
    return np.uint32(code | (0x20 if code < 0x100 else 1))


@uncounted
def _hash(symbols, codes, start, stop):
    """Hash of a word in which no letter counts twice in a row; never 0."""
    state = SEED
    before = np.uint32(0)
    for k in range(start, stop):
        letter = _letter(symbols[k], codes[k])
        if letter != before:
            state = np.uint32(next_hash(state, letter))
        before = letter
    return np.uint32(max(state ^ state >> np.uint32(15), np.uint32(1)))


@njit(cache=True, nogil=True, inline="always")
def _of_length(state, length):
    """Hash of a word of so many letters, those that count once only included; never 0."""
    mixed = np.uint32(state * np.uint32(0x9E3779B1) + np.uint32(length) * np.uint32(0x85EBCA77))
    return np.uint32(max(mixed, np.uint32(1)))


@uncounted
def _find(state, table):
    """Slot of a hash, or the empty one where it belongs."""
    mask = table.shape[0] - 1
    slot = np.int64(state) & mask
    while table[slot] != 0 and table[slot] != state:
        slot = (slot + 1) & mask
    return slot


@njit(cache=True, nogil=True)
def mark_shortened(symbols, codes, offsets, longest, cells, table):
    """Put words, given one behind the other, into the tables of the scan.

    Parameters
    ----------
    symbols, codes : uint8, uint32 arrays
        Small letters as the scan reads them and as they are, none twice in a row.
    offsets : int array, shape (n_words + 1,)
    longest : int array, shape (n_words,)
        Letters that each may have with some typed twice, ``LONGEST`` at most.
    cells : uint16 array, shape (32768,), written
        Lengths of words by their first, second and last letter.
    table : uint32 array, shape (2 ** k,), written
        Hashes of the words, each at its place or behind it.
    """
    for word in range(offsets.shape[0] - 1):
        start, stop = offsets[word], offsets[word + 1]
        state = _hash(symbols, codes, start, stop)
        table[_find(state, table)] = state
        first, last = symbols[start], symbols[stop - 1]
        for length in range(stop - start, longest[word] + 1):
            cells[_cell(first, symbols[start + 1], last)] |= np.uint16(1 << length)
            cells[_cell(first, first, last)] |= np.uint16(1 << length)


@njit(cache=True, nogil=True)
def mark_of_length(symbols, codes, offsets, lengths, cells, table):
    """Put words that are sought in one length only into the tables of the scan.

    Parameters
    ----------
    symbols, codes, offsets, cells, table : arrays
        As for `mark_shortened`.
    lengths : int array, shape (n_words,)
        Letters that each has in a text, ``LONGEST`` at most.
    """
    for word in range(offsets.shape[0] - 1):
        start, stop = offsets[word], offsets[word + 1]
        state = _of_length(_hash(symbols, codes, start, stop), lengths[word])
        table[_find(state, table)] = state
        cell = _cell(symbols[start], symbols[start + 1], symbols[stop - 1])
        cells[cell] |= np.uint16(1 << lengths[word])


@uncounted
def holds_shortened(symbols, codes, bounds, count, cells, table):
    """Whether one of the words between ``bounds`` is in the tables.

    Parameters
    ----------
    symbols, codes : uint8, uint32 arrays
        A text.
    bounds : int32 array, overwritten
        Start and end of each word, one word after the other.
    count : int
        Twice the number of words.
    """
    # Those that no length rules out move to the front, without a branch to be guessed.
    left = np.uint64(0)
    for k in range(_ZERO, np.uint64(count), _TWO):
        start, stop = bounds[k], bounds[k + _ONE]
        first, last = np.uint64(start), np.uint64(stop - 1)
        lengths = np.uint64(cells[_cell(symbols[first], symbols[first + _ONE], symbols[last])])
        bounds[left] = start
        bounds[left + _ONE] = stop
        # Longer words look like much shorter ones, which the hash tells apart.
        left += lengths >> (np.uint64(stop - start) & _FIFTEEN) << _ONE & _TWO
    for k in range(_ZERO, left, _TWO):
        start, stop = np.int64(bounds[k]), np.int64(bounds[k + _ONE])
        state = _hash(symbols, codes, start, stop)
        if table[_find(state, table)] == state:
            return True
        state = _of_length(state, stop - start)
        if table[_find(state, table)] == state:
            return True
    return False
