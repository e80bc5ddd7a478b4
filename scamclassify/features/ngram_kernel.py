"""Compiled kernel that hashes character and word n-grams of a whole batch of texts.

What an n-gram is
-----------------
A text is folded (:func:`scamclassify.features.ngram_folding.ngram_folding`), every digit becomes
``0``, runs of the same letter become one letter (a letter typed twice hides no word; runs
of an ideograph stay) and runs of white space one space, one of which is also put at each
end.

- A *character n-gram* is a run of ``n`` characters that holds a space at most as its
  first or last character (word boundaries, as scikit-learn's ``char_wb``); a lone space
  is none.
- A *word* is a longest run of letters, marks and digits, of at most ``MAX_WORD``
  characters; a *word n-gram* is ``n`` neighbouring words. A longer run (a sentence of a
  script without spaces) is no word, and ends the neighbourhood.

An n-gram's slot is taken from the top bits of a multiplicative hash over its code
points, finished by one xor-shift-multiply round.
"""

from __future__ import annotations

import numpy as np
from numba import njit, uint64

from scamclassify.text.longest_kernel import longest_text

MAX_WORD = 24
CHAR_SEED = 0x243F6A8885A308D3
WORD_SEED = 0x13198A2E03707344
MULTIPLIER = 0x9E3779B97F4A7C15
FINISH = 0xD6E8FEB86659FD93

_CHAR_SEED = np.uint64(CHAR_SEED)
_WORD_SEED = np.uint64(WORD_SEED)
_MULTIPLIER = np.uint64(MULTIPLIER)
_FINISH = np.uint64(FINISH)
_SHIFT = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_ONE = np.uint64(1)
#: Bits of a folded character: it is left out behind itself; words are made of it.
REPEATS, WORD = np.uint32(1 << 31), np.uint32(1 << 30)
_CODE, _WORD_SHIFT = np.uint32(0x1FFFFF), np.uint32(30)
_SPACE, _BIT = np.uint32(32), np.uint32(1)
# What the multiplier makes the seed of.
_WORD_RESET = np.uint64(WORD_SEED * pow(MULTIPLIER, -1, 2**64) % 2**64)
# What a buffer of slots needs to spare, beside the longest n-gram.
_SLACK = 8


@njit(cache=True, nogil=True, inline="always")
def mix(state, code):
    """Take one more code point (or word hash) into a running hash."""
    return (state ^ uint64(code)) * _MULTIPLIER


@njit(cache=True, nogil=True, inline="always")
def slot_of(state, down):
    """Slot of a finished hash in a table of ``2 ** (64 - down)`` slots."""
    return np.int64(((state ^ (state >> _SHIFT)) * _FINISH) >> down)


@njit(cache=True, nogil=True, inline="always")
def folded_value(code, fold):
    """A code point as :func:`scamclassify.features.ngram_folding.ngram_folding` has it."""
    # What lies behind the table are ideographs.
    return np.uint32(fold[code]) if code < np.uint32(fold.shape[0]) else code | WORD


@njit(cache=True, nogil=True, inline="always")
def is_kept(value, before):
    """Whether a folded character is kept behind another, which comes without its bits."""
    return (value != 0) & ((value ^ before) & ~WORD != REPEATS)


@njit(cache=True, nogil=True)
def fold_row(codes, start, stop, fold, buffer, inside):
    """Fold one text into ``buffer`` as the module describes; return its length.

    What is left out is written as well, and the next character over it.

    Parameters
    ----------
    buffer, inside : uint32 and uint8 array, written
        From :func:`new_buffer`: the characters, and 1 for those that words are made of.
    """
    n = _ONE
    buffer[0] = before = _SPACE
    inside[0] = 0
    for i in range(np.uint64(start), np.uint64(stop)):
        value = folded_value(codes[i], fold)
        folded = value & _CODE
        buffer[n] = folded
        inside[n] = value >> _WORD_SHIFT & _BIT
        n += np.uint64(is_kept(value, before))
        before = folded if value != 0 else before
    if before != _SPACE:
        buffer[n] = _SPACE
        inside[n] = 0
        n += _ONE
    return np.int64(n)


@njit(cache=True, nogil=True)
def new_buffer(longest, char_high):
    """Room for a folded text, what :func:`list_ngrams` reads behind it, and for its words."""
    size = longest + 2 + char_high
    return np.zeros(size, np.uint32), np.zeros(size, np.uint8)


@njit(cache=True, nogil=True)
def _list_chars(buffer, n, char_low, char_high, down, slots, spans):
    """Slot of every character n-gram; see :func:`list_ngrams`.

    There is no branch that a processor would have to guess: what is no n-gram is written as
    well, and the next one over it.
    """
    count = np.uint64(0)  # unsigned numbers are no places counted from an end
    for at in range(np.uint64(n - 1)):
        i = np.uint64(at)
        code = buffer[i]
        state = mix(_CHAR_SEED, code)
        slots[count] = slot_of(state, down)
        if spans is not None:
            spans[count, 0] = i
            spans[count, 1] = i + _ONE
        # A lone space is no n-gram.
        count += np.uint64(char_low == 1) & np.uint64(code != 32)
        inside = _ONE
        for k in range(_ONE, np.uint64(char_high)):
            code = buffer[i + k]
            state = mix(state, code)
            slots[count] = slot_of(state, down)
            if spans is not None:
                spans[count, 0] = i
                spans[count, 1] = i + k + _ONE
            count += inside & np.uint64(k + _ONE >= char_low)
            inside &= np.uint64(code != 32)
    return np.int64(count)


@njit(cache=True, nogil=True)
def _list_words(buffer, inside, n, words):
    """Hash of every word, and its first place and its end; return how many there are.

    What is no word is written as well, and the next one over it.
    """
    count = begin = np.uint64(0)
    state = _WORD_SEED
    for i in range(np.uint64(n)):
        code, goes_on = buffer[i], np.uint64(inside[i])
        words[count, 0] = state
        words[count, 1] = begin << _SHIFT | i
        count += (goes_on ^ _ONE) & np.uint64(begin != i)
        # Masks in place of choices, which a compiler may make branches of; the reset is taken
        # before the multiplication, which keeps the way from state to state short.
        yes, no = -goes_on, goes_on - _ONE
        state = (state & yes ^ (np.uint64(code) & yes | _WORD_RESET & no)) * _MULTIPLIER
        begin = begin & yes | (i + _ONE) & no
    return np.int64(count)


@njit(cache=True, nogil=True)
def list_ngrams(buffer, inside, n, char_low, char_high, word_high, down, words, slots, spans):
    """Slot of every n-gram of one folded text: characters by their places, then words.

    Parameters
    ----------
    buffer, inside : uint32 and uint8 array
        From :func:`fold_row`.
    words : uint64 array, shape (n // 2 + 1, 2), overwritten
    slots : int32 array, written
        ``_SLACK`` and ``char_high`` longer than there can be n-grams.
    spans : None, or int32 array, shape (n_ngrams, 2), written
        Where each n-gram begins and ends in ``buffer``; a word n-gram spans from its first
        word to its last.
    """
    count = np.uint64(0)
    if char_high >= char_low:
        count = np.uint64(_list_chars(buffer, n, char_low, char_high, down, slots, spans))
    if word_high == 0:
        return np.int64(count)
    run = 0
    for k in range(_list_words(buffer, inside, n, words)):
        end = words[k, 1] & _LOW
        length = end - (words[k, 1] >> _SHIFT)
        run = run + 1 if length <= MAX_WORD else 0
        joined = _WORD_SEED
        for order in range(min(word_high, run)):
            joined = mix(joined, words[k - order, 0])
            slots[count] = slot_of(joined, down)
            if spans is not None:
                spans[count, 0] = words[k - order, 1] >> _SHIFT
                spans[count, 1] = end
            count += _ONE
    return np.int64(count)


@njit(cache=True, nogil=True)
def new_table(capacity, bits):
    """An empty table for :func:`count_slots`: at least four times the places that may be taken."""
    size = 256
    while size < 4 * min(capacity, 1 << bits):
        size *= 2
    return np.zeros(size, np.uint64)


@njit(cache=True, nogil=True)
def count_slots(every, total, table, places):
    """Count how often each slot occurs; return the number of distinct slots.

    An entry of the open-addressed table is ``slot << 32 | count``. The first loop has no
    branch that a processor would have to guess: what does not find its own place, one slot in
    ten, is put aside, and the second loop looks for a place for it.

    Parameters
    ----------
    every : int32 array, overwritten
    total : int
        How many slots it holds.
    table : uint64 array, zeros, written
        A power of two; only the part that so many slots need is used.
    places : int32 array, written
        Where in the table each distinct slot is; :func:`take_counts` empties it.
    """
    mask = np.uint64(255)
    while mask < np.uint64(4 * total) and mask < np.uint64(table.shape[0] - 1):
        mask = mask << _ONE | _ONE
    found = np.uint64(0)
    aside = np.uint64(0)
    for i in range(np.uint64(total)):
        slot = np.uint64(np.uint32(every[i]))
        key = slot << _SHIFT
        place = slot & mask
        entry = table[place]
        new = np.uint64(entry == 0)
        other = np.uint64((entry ^ key) >> _SHIFT != 0) & (new ^ _ONE)
        mine = _ONE - other
        table[place] = (entry | key * mine) + mine
        places[found] = place
        found += new
        every[aside] = slot
        aside += other
    for i in range(aside):
        slot = np.uint64(np.uint32(every[i]))
        place = slot & mask
        while table[place] != 0 and table[place] >> _SHIFT != slot:
            place = (place + _ONE) & mask
        entry = table[place]
        table[place] = (entry | slot << _SHIFT) + _ONE
        places[found] = place
        found += np.uint64(entry == 0)
    return np.int64(found)


@njit(cache=True, nogil=True)
def take_counts(table, places, found, slots, counts):
    """Write the distinct slots and their counts, and empty the table."""
    for i in range(np.uint64(found)):
        place = np.uint64(places[i])
        entry = table[place]
        table[place] = 0
        slots[i] = entry >> _SHIFT
        counts[i] = entry & _LOW


@njit(cache=True, nogil=True)
def count_orders(char_low, char_high, word_high):
    """Most n-grams that begin at one place of a folded text."""
    return max(char_high - char_low + 1, 0) + word_high


@njit(cache=True, nogil=True)
def new_workspace(offsets, char_low, char_high, word_high, bits):
    """Room for the longest text of a batch.

    Returns
    -------
    longest : int
        Characters of that text.
    buffer, inside, words, every : uint32, uint8, uint64 and int32 array
        For :func:`fold_row` and :func:`list_ngrams`.
    table, places : uint64 and int32 array
        For :func:`count_slots`.
    counts : int32 array
        For :func:`take_counts`.
    """
    longest = longest_text(offsets)
    most = (longest + 2) * count_orders(char_low, char_high, word_high)
    distinct = min(most, 1 << bits) + 1
    buffer, inside = new_buffer(longest, char_high)
    return (
        longest,
        buffer,
        inside,
        np.empty((longest // 2 + 2, 2), np.uint64),
        np.empty(most + _SLACK + char_high, np.int32),
        new_table(most, bits),
        np.empty(distinct, np.int32),
        np.empty(distinct, np.int32),
    )


@njit(cache=True, nogil=True)
def hash_batch(codes, offsets, fold, char_low, char_high, word_high, bits, log_counts, l2):
    """Hash every text of a batch into the parts of a CSR matrix.

    Parameters
    ----------
    log_counts : int
        0: a slot's value is its count; 1: ``1 + ln(count)``; 2: one.
    l2 : bool
        Scale rows to unit length.

    Returns
    -------
    indptr : int64 array, shape (n + 1,)
    slots : int32 array, shape (found,)
    values : float32 array, shape (found,)
    """
    rows = offsets.shape[0] - 1
    _, buffer, inside, words, every, table, places, counts = new_workspace(
        offsets, char_low, char_high, word_high, bits
    )
    down = np.uint64(64 - bits)
    indptr = np.zeros(rows + 1, np.int64)
    orders = count_orders(char_low, char_high, word_high)
    capacity = (offsets[rows] - offsets[0] + 2 * rows) * orders
    slots = np.empty(capacity, np.int32)
    values = np.empty(capacity, np.float32)
    end = 0
    for row in range(rows):
        n = fold_row(codes, offsets[row], offsets[row + 1], fold, buffer, inside)
        total = list_ngrams(
            buffer, inside, n, char_low, char_high, word_high, down, words, every, None
        )
        found = count_slots(every, total, table, places)
        take_counts(table, places, found, slots[end:], counts)
        squares = np.float32(0)
        for i in range(found):
            value = np.float32(1)
            if counts[i] > 1:
                if log_counts == 0:
                    value = np.float32(counts[i])
                elif log_counts == 1:
                    value = np.float32(1 + np.log(counts[i]))
            values[end + i] = value
            squares += value * value
        if l2 and found:
            scale = np.float32(1) / np.sqrt(squares)
            for i in range(end, end + found):
                values[i] *= scale
        end += found
        indptr[row + 1] = end
    return indptr, slots[:end].copy(), values[:end].copy()
