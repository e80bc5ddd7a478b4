"""Compiled kernel that spreads the score of n-grams over the characters they cover."""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.features.ngram_kernel import (
    count_slots,
    fold_row,
    folded_value,
    is_kept,
    list_ngrams,
    new_workspace,
    take_counts,
)


@njit(cache=True, nogil=True)
def _place_of(slot, slots, order):
    """Place of a slot among the distinct ones, of which ``order`` is the sorted order."""
    low, high = 0, order.shape[0]
    while low < high:
        middle = (low + high) // 2
        if slots[order[middle]] < slot:
            low = middle + 1
        else:
            high = middle
    return order[low]


@njit(cache=True, nogil=True)
def spread_ngram_scores(codes, offsets, fold, char_low, char_high, word_high, bits, weights, out):
    """Add to ``out`` (float32, a value a character of ``codes``) what each character earns.

    Each occurrence of an n-gram shares its part of the score evenly among its characters,
    spaces excepted, so that a text's values add up to the score of its n-grams.

    Parameters
    ----------
    weights : float32 array, shape (2 ** bits,)
        Weight of each slot for the class that is explained.
    """
    rows = offsets.shape[0] - 1
    longest, buffer, inside, words, every, table, places, counts = new_workspace(
        offsets, char_low, char_high, word_high, bits
    )
    came = np.empty(longest + 2, np.int64)
    spans = np.empty((every.shape[0], 2), np.int32)
    slots = np.empty_like(counts)
    down = np.uint64(64 - bits)
    for row in range(rows):
        start, stop = offsets[row], offsets[row + 1]
        n = fold_row(codes, start, stop, fold, buffer, inside)
        # Where the characters of the buffer came from: the same walk as fold_row's.
        at = 1
        for i in range(start, stop):
            if is_kept(folded_value(codes[i], fold), buffer[at - 1]):
                came[at] = i
                at += 1
        total = list_ngrams(
            buffer, inside, n, char_low, char_high, word_high, down, words, every, spans
        )
        found = count_slots(every.copy(), total, table, places)
        take_counts(table, places, found, slots, counts)
        order = np.argsort(slots[:found])
        squares = np.float32(0)
        for i in range(found):
            value = np.float32(1 + np.log(counts[i]))
            squares += value * value
        if not found:
            continue
        scale = np.float32(1) / np.sqrt(squares)
        for i in range(total):
            slot = every[i]
            count = counts[_place_of(slot, slots, order)]
            share = weights[slot] * scale * np.float32(1 + np.log(count)) / count
            covered = 0
            for j in range(spans[i, 0], spans[i, 1]):
                if buffer[j] != 32:
                    covered += 1
            for j in range(spans[i, 0], spans[i, 1]):
                if buffer[j] != 32:
                    out[came[j]] += share / covered
