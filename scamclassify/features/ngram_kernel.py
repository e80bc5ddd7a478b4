"""Compiled kernel that hashes character and word n-grams of a whole batch of texts.

What an n-gram is
-----------------
A text is folded (:func:`scamclassify.text.codepoints.fold_table`), every digit becomes
``0`` and runs of white space become one space, one of which is also put at each end.

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


@njit(cache=True, nogil=True, inline="always")
def mix(state, code):
    """Take one more code point (or word hash) into a running hash."""
    return (state ^ uint64(code)) * _MULTIPLIER


@njit(cache=True, nogil=True, inline="always")
def slot_of(state, down):
    """Slot of a finished hash in a table of ``2 ** (64 - down)`` slots."""
    return np.int64(((state ^ (state >> _SHIFT)) * _FINISH) >> down)


@njit(cache=True, nogil=True)
def fold_row(codes, start, stop, fold, buffer):
    """Fold one text into ``buffer`` as the module describes; return its length."""
    n = 1
    buffer[0] = 32
    top = fold.shape[0]
    for i in range(start, stop):
        code = codes[i]
        folded = fold[code] if code < top else code
        if folded == 0:
            continue
        if 48 <= folded <= 57:
            folded = 48
        if folded == 32 and buffer[n - 1] == 32:
            continue
        buffer[n] = folded
        n += 1
    if buffer[n - 1] != 32:
        buffer[n] = 32
        n += 1
    return n


@njit(cache=True, nogil=True, inline="always")
def count_slot(slot, mark, table, slots, counts, found):
    """Count one more occurrence of ``slot`` in a row; return the number of distinct slots.

    ``table`` is a small open-addressed table that stays in the processor's first cache.
    An entry is ``mark | place``; ``mark`` grows from row to row, so nothing is cleared.
    """
    mask = table.shape[0] - 1
    probe = slot & mask
    while True:
        entry = table[probe]
        if entry < mark:
            table[probe] = mark | found
            slots[found] = slot
            counts[found] = 1
            return found + 1
        place = entry & 0xFFFFFFFF
        if slots[place] == slot:
            counts[place] += 1
            return found
        probe = (probe + 1) & mask


@njit(cache=True, nogil=True)
def list_ngrams(buffer, n, classes, char_low, char_high, word_high, down, slots, spans):
    """Slot of every n-gram of one folded text, in order of their first characters.

    ``spans`` is None, or an int32 array that receives where each n-gram begins and ends in
    ``buffer``; a word n-gram spans from its first word to its last.
    """
    count = 0
    for i in range(n - 1):
        state = _CHAR_SEED
        for length in range(1, min(char_high, n - i) + 1):
            code = buffer[i + length - 1]
            state = mix(state, code)
            if length >= char_low and not (length == 1 and code == 32):
                slots[count] = slot_of(state, down)
                if spans is not None:
                    spans[count, 0] = i
                    spans[count, 1] = i + length
                count += 1
            if code == 32 and length > 1:
                break
    if word_high == 0:
        return count
    top = classes.shape[0] - 1
    # Hashes and first places of the latest words, the newest first.
    newest = second = third = _WORD_SEED
    at_newest = at_second = at_third = 0
    run = 0
    length = 0
    state = _WORD_SEED
    for i in range(n):
        code = buffer[i]
        kind = classes[min(code, top)]
        if kind == 1 or kind == 2 or kind == 4:
            state = mix(state, code)
            length += 1
            continue
        if length == 0:
            continue
        if length > MAX_WORD:
            run = 0
        else:
            run += 1
            newest, second, third = state, newest, second
            at_newest, at_second, at_third = i - length, at_newest, at_second
            joined = _WORD_SEED
            for order in range(min(word_high, run)):
                word = newest if order == 0 else second if order == 1 else third
                joined = mix(joined, word)
                slots[count] = slot_of(joined, down)
                if spans is not None:
                    begin = at_newest if order == 0 else at_second if order == 1 else at_third
                    spans[count, 0] = begin
                    spans[count, 1] = i
                count += 1
        length = 0
        state = _WORD_SEED
    return count


@njit(cache=True, nogil=True)
def row_slots(
    buffer, n, classes, char_low, char_high, word_high, down, table, mark, scratch, slots, counts
):
    """Collect the distinct slots of one folded text and how often each occurs."""
    total = list_ngrams(buffer, n, classes, char_low, char_high, word_high, down, scratch, None)
    found = 0
    for i in range(total):
        found = count_slot(scratch[i], mark, table, slots, counts, found)
    return found


@njit(cache=True, nogil=True)
def grow_table(table, needed):
    """A table with at least twice as many places as ``needed``, empty if it is new."""
    size = table.shape[0]
    while size < 2 * needed:
        size *= 2
    return table if size == table.shape[0] else np.zeros(size, np.int64)


@njit(cache=True, nogil=True)
def hash_batch(codes, offsets, fold, classes, char_low, char_high, word_high, bits, log_counts, l2):
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
    longest = 0
    for row in range(rows):
        longest = max(longest, offsets[row + 1] - offsets[row])
    orders = max(char_high - char_low + 1, 0) + word_high
    capacity = (offsets[rows] - offsets[0] + 2 * rows) * orders
    buffer = np.empty(longest + 2, np.uint32)
    counts = np.empty((longest + 2) * orders, np.int32)
    scratch = np.empty((longest + 2) * orders, np.int32)
    table = np.zeros(1024, np.int64)
    indptr = np.zeros(rows + 1, np.int64)
    slots = np.empty(capacity, np.int32)
    values = np.empty(capacity, np.float32)
    down = np.uint64(64 - bits)
    end = 0
    for row in range(rows):
        n = fold_row(codes, offsets[row], offsets[row + 1], fold, buffer)
        table = grow_table(table, n * orders)
        mark = np.int64(row + 1) << 32
        found = row_slots(
            buffer, n, classes, char_low, char_high, word_high, down, table, mark, scratch,
            slots[end:], counts,
        )  # fmt: skip
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


@njit(cache=True, nogil=True, inline="always")
def _log_count(count, logs):
    return logs[count] if count < logs.shape[0] else np.float32(1 + np.log(count))


@njit(cache=True, nogil=True)
def _sum_weights(slots, counts, found, coef, logs, sums):
    """Sum of the weights of a row's slots by their log counts; return the sum of squares."""
    squares = np.float32(0)
    if coef.shape[1] == 3:
        # The three labels: sums that stay in registers.
        a = b = c = np.float32(0)
        for i in range(found):
            slot = slots[i]
            count = counts[i]
            if count == 1:
                squares += np.float32(1)
                a += coef[slot, 0]
                b += coef[slot, 1]
                c += coef[slot, 2]
            else:
                value = _log_count(count, logs)
                squares += value * value
                a += value * coef[slot, 0]
                b += value * coef[slot, 1]
                c += value * coef[slot, 2]
        sums[0], sums[1], sums[2] = a, b, c
        return squares
    sums[:] = 0
    for i in range(found):
        value = _log_count(counts[i], logs)
        squares += value * value
        slot = slots[i]
        for k in range(coef.shape[1]):
            sums[k] += value * coef[slot, k]
    return squares


@njit(cache=True, nogil=True)
def add_ngram_scores(
    codes, offsets, fold, classes, char_low, char_high, word_high, bits, coef, out
):
    """Add the scores of the n-grams (log counts, rows of unit length) to ``out``.

    The same n-grams and values as :func:`hash_batch` makes, without building the matrix.
    """
    rows = offsets.shape[0] - 1
    longest = 0
    for row in range(rows):
        longest = max(longest, offsets[row + 1] - offsets[row])
    orders = max(char_high - char_low + 1, 0) + word_high
    buffer = np.empty(longest + 2, np.uint32)
    slots = np.empty((longest + 2) * orders, np.int32)
    counts = np.empty((longest + 2) * orders, np.int32)
    scratch = np.empty((longest + 2) * orders, np.int32)
    logs = np.ones(64, np.float32)
    for count in range(2, logs.shape[0]):
        logs[count] = np.float32(1 + np.log(count))
    table = np.zeros(1024, np.int64)
    down = np.uint64(64 - bits)
    sums = np.empty(coef.shape[1], np.float32)
    for row in range(rows):
        n = fold_row(codes, offsets[row], offsets[row + 1], fold, buffer)
        table = grow_table(table, n * orders)
        found = row_slots(
            buffer, n, classes, char_low, char_high, word_high, down, table,
            np.int64(row + 1) << 32, scratch, slots, counts,
        )  # fmt: skip
        squares = _sum_weights(slots, counts, found, coef, logs, sums)
        if found:
            scale = np.float32(1) / np.sqrt(squares)
            for k in range(sums.shape[0]):
                out[row, k] += scale * sums[k]
