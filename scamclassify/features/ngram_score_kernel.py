"""Compiled kernels that score texts by weights of their n-grams, without building a matrix.

Values are those of :func:`scamclassify.features.ngram_kernel.hash_batch`: log counts, rows of
unit length.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.features.ngram_kernel import (
    count_slots,
    fold_row,
    list_ngrams,
    new_workspace,
    take_counts,
)

#: Shortest and longest character n-gram, and longest word n-gram, that scores are sums over.
#: They stand here because a kernel that knows them when it is compiled takes a seventh less.
CHAR_RANGE = (1, 2)
WORD_NGRAMS = 2

_UPPER = np.int32(16)


@njit(cache=True, nogil=True)
def pack_weights(coef):
    """Weights of two or three classes in four bytes a slot, for :func:`add_packed_scores`.

    What is common to all classes of a slot says nothing, so the weights are taken less their
    mean; those of all classes but the last fix the last. Each is rounded to 16 bits, to
    1/65,534 of the range of all weights: a third of the memory, so that a processor's cache
    holds what messages have in common.

    Parameters
    ----------
    coef : float32 array, shape (n_slots, n_classes)

    Returns
    -------
    packed : int32 array, shape (n_slots,)
    scale : float32
        What one unit stands for.
    """
    slots, classes = coef.shape
    largest = np.float32(0)
    for slot in range(slots):
        total = np.float32(0)
        for k in range(classes):
            total += coef[slot, k]
        mean = total / np.float32(classes)
        for k in range(classes - 1):
            largest = max(largest, abs(coef[slot, k] - mean))
    scale = largest / np.float32(32767) if largest > 0 else np.float32(1)
    packed = np.empty(slots, np.int32)
    for slot in range(slots):
        total = np.float32(0)
        for k in range(classes):
            total += coef[slot, k]
        mean = total / np.float32(classes)
        low = np.int32(np.rint((coef[slot, 0] - mean) / scale))
        high = np.int32(0)
        if classes == 3:
            high = np.int32(np.rint((coef[slot, 1] - mean) / scale))
        packed[slot] = high << _UPPER | (low & np.int32(0xFFFF))
    return packed, scale


def unpack_weights(packed, scale, n_classes):
    """The weights that :func:`pack_weights` kept, float32 (n_slots, n_classes); rows sum to 0."""
    known = np.stack([(packed << _UPPER) >> _UPPER, packed >> _UPPER], axis=1)[:, : n_classes - 1]
    weights = np.empty((len(packed), n_classes), dtype=np.float32)
    weights[:, :-1] = known * scale
    weights[:, -1] = -weights[:, :-1].sum(axis=1)
    return weights


@njit(cache=True, nogil=True, fastmath={"reassoc", "contract", "nsz"})
def _sum_packed(slots, counts, found, packed, logs):
    """Sums of the weights by their log counts, and of the squares; vectors of look-ups."""
    squares = low = high = np.float32(0)
    for i in range(np.uint64(found)):
        word = packed[np.uint64(slots[i])]
        value = logs[np.uint64(counts[i])]
        squares += value * value
        low += value * np.float32(np.int16(word))
        high += value * np.float32(word >> _UPPER)
    return squares, low, high


@njit(cache=True, nogil=True)
def _log_counts(most):
    """``1 + ln(count)`` of every count up to ``most``."""
    logs = np.ones(most + 1, np.float32)
    for count in range(2, most + 1):
        logs[count] = np.float32(1 + np.log(count))
    return logs


@njit(cache=True, nogil=True)
def _score(codes, offsets, fold, bits, packed, scale, out):
    """Add scores to ``out``; see :func:`add_packed_scores`."""
    rows = offsets.shape[0] - 1
    longest, buffer, inside, words, every, table, places, counts = new_workspace(
        offsets, CHAR_RANGE[0], CHAR_RANGE[1], WORD_NGRAMS, bits
    )
    down = np.uint64(64 - bits)
    slots = np.empty_like(counts)
    logs = _log_counts(longest + 2)
    last = out.shape[1] - 1
    for row in range(rows):
        n = fold_row(codes, offsets[row], offsets[row + 1], fold, buffer, inside)
        total = list_ngrams(
            buffer, inside, n, CHAR_RANGE[0], CHAR_RANGE[1], WORD_NGRAMS, down, words, every, None
        )
        if total == 0:
            continue
        found = count_slots(every, total, table, places)
        take_counts(table, places, found, slots, counts)
        squares, low, high = _sum_packed(slots, counts, found, packed, logs)
        factor = scale / np.sqrt(squares)
        out[row, 0] += factor * low
        if last == 2:
            out[row, 1] += factor * high
        out[row, last] -= factor * (low + high)


def add_packed_scores(codes, offsets, fold, bits, weights, out):
    """Add the scores of n-grams of two or three classes, less their mean, to ``out``.

    Parameters
    ----------
    codes, offsets, fold, bits
        As for :func:`scamclassify.features.ngram_kernel.hash_batch`.
    weights : tuple
        From :func:`pack_weights`.
    out : float32 array, shape (n_texts, n_classes)
    """
    packed, scale = weights
    _score(codes, offsets, fold, bits, packed, np.float32(scale), out)
