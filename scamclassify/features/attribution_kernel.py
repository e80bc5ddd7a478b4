"""Compiled kernel that spreads the score of n-grams over the characters they cover."""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.features.ngram_kernel import count_slot, fold_row, grow_table, list_ngrams


@njit(cache=True, nogil=True)
def spread_ngram_scores(
    codes, offsets, fold, classes, char_low, char_high, word_high, bits, weights, out
):
    """Add to ``out`` (float32, a value a character of ``codes``) what each character earns.

    Each occurrence of an n-gram shares its part of the score evenly among its characters,
    spaces excepted, so that a text's values add up to the score of its n-grams.

    Parameters
    ----------
    weights : float32 array, shape (2 ** bits,)
        Weight of each slot for the class that is explained.
    """
    rows = offsets.shape[0] - 1
    longest = 0
    for row in range(rows):
        longest = max(longest, offsets[row + 1] - offsets[row])
    orders = max(char_high - char_low + 1, 0) + word_high
    most = (longest + 2) * orders
    buffer = np.empty(longest + 2, np.uint32)
    places = np.empty(longest + 2, np.int64)
    every = np.empty(most, np.int32)
    spans = np.empty((most, 2), np.int32)
    slots = np.empty(most, np.int32)
    counts = np.empty(most, np.int32)
    table = np.zeros(1024, np.int64)
    down = np.uint64(64 - bits)
    top = fold.shape[0]
    for row in range(rows):
        start, stop = offsets[row], offsets[row + 1]
        n = fold_row(codes, start, stop, fold, buffer)
        # Where the characters of the buffer came from: the same walk as fold_row's.
        at = 1
        for i in range(start, stop):
            folded = fold[codes[i]] if codes[i] < top else codes[i]
            if folded == 0 or (folded == 32 and buffer[at - 1] == 32):
                continue
            places[at] = i
            at += 1
        table = grow_table(table, n * orders)
        total = list_ngrams(buffer, n, classes, char_low, char_high, word_high, down, every, spans)
        mark = np.int64(row + 1) << 32
        found = 0
        for i in range(total):
            found = count_slot(every[i], mark, table, slots, counts, found)
        squares = np.float32(0)
        for i in range(found):
            value = np.float32(1 + np.log(counts[i]))
            squares += value * value
        if not found:
            continue
        scale = np.float32(1) / np.sqrt(squares)
        mask = table.shape[0] - 1
        for i in range(total):
            slot = every[i]
            probe = slot & mask
            while slots[table[probe] & 0xFFFFFFFF] != slot or table[probe] < mark:
                probe = (probe + 1) & mask
            count = counts[table[probe] & 0xFFFFFFFF]
            share = weights[slot] * scale * np.float32(1 + np.log(count)) / count
            covered = 0
            for j in range(spans[i, 0], spans[i, 1]):
                if buffer[j] != 32:
                    covered += 1
            for j in range(spans[i, 0], spans[i, 1]):
                if buffer[j] != 32:
                    out[places[j]] += share / covered
