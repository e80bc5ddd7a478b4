"""Compiled kernels that score texts by weights of their n-grams, without building a matrix.

Values are those of :func:`scamclassify.features.ngram_kernel.hash_batch`: log counts, rows of
unit length.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.features.ngram_kernel import fold_row, new_workspace, row_slots

#: Columns of weights that are added at once where there are more than three classes.
LANES = 16
_UPPER = np.int32(16)


def in_lanes(coef: np.ndarray) -> np.ndarray:
    """Weights with columns of zeros up to :data:`LANES`, float32."""
    if coef.shape[1] > LANES:
        raise ValueError(f"{coef.shape[1]} classes are too many, {LANES} at most")
    wide = np.zeros((len(coef), LANES), dtype=np.float32)
    wide[:, : coef.shape[1]] = coef
    return wide


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
    for i in range(found):
        word = packed[slots[i]]
        value = logs[counts[i]]
        squares += value * value
        low += value * np.float32(np.int16(word))
        high += value * np.float32(word >> _UPPER)
    return squares, low, high


def short_lanes(coef: np.ndarray) -> tuple[np.ndarray, np.float32]:
    """Weights as of :func:`in_lanes`, each rounded to 16 bits, and what one unit stands for.

    That is to 1/65,534 of the range of all weights, in half the memory.
    """
    scale = np.float32(np.abs(coef).max(initial=0) / 32767 or 1)
    return np.rint(in_lanes(coef) / scale).astype(np.int16), scale


@njit(cache=True, nogil=True, fastmath={"reassoc", "contract", "nsz"})
def _sum_lanes(slots, counts, found, coef, logs, sums):
    """Sums of :data:`LANES` columns of weights by log counts; return the sum of squares."""
    squares = np.float32(0)
    for k in range(LANES):
        sums[k] = 0
    rest = found - found % 4
    for i in range(0, rest, 4):
        # Four slots at once, so that the sums are fetched and stored once for them.
        a, b, c, d = coef[slots[i]], coef[slots[i + 1]], coef[slots[i + 2]], coef[slots[i + 3]]
        u, v = logs[counts[i]], logs[counts[i + 1]]
        w, x = logs[counts[i + 2]], logs[counts[i + 3]]
        squares += u * u + v * v + w * w + x * x
        for k in range(LANES):
            sums[k] += u * a[k] + v * b[k] + w * c[k] + x * d[k]
    for i in range(rest, found):
        value = logs[counts[i]]
        squares += value * value
        a = coef[slots[i]]
        for k in range(LANES):
            sums[k] += value * a[k]
    return squares


@njit(cache=True, nogil=True)
def _log_counts(most):
    """``1 + ln(count)`` of every count up to ``most``."""
    logs = np.ones(most + 1, np.float32)
    for count in range(2, most + 1):
        logs[count] = np.float32(1 + np.log(count))
    return logs


@njit(cache=True, nogil=True)
def _score(codes, offsets, fold, classes, options, packed, scale, coef, out):
    """Add scores to ``out`` by packed weights or, where ``packed`` is None, by ``coef``."""
    rows = offsets.shape[0] - 1
    longest, buffer, scratch, every, table, places, counts = new_workspace(offsets, *options)
    slots = np.empty_like(counts)
    logs = _log_counts(longest + 2)
    sums = np.empty(out.shape[1], np.float32)
    for row in range(rows):
        n = fold_row(codes, offsets[row], offsets[row + 1], fold, buffer)
        found = row_slots(buffer, n, classes, options, scratch, every, table, places, slots, counts)
        if found == 0:
            continue
        squares = np.float32(0)
        if packed is not None:
            squares, low, high = _sum_packed(slots, counts, found, packed, logs)
            sums[0], sums[1] = low, high
            sums[-1] = -(low + high)
        if coef is not None:
            squares = _sum_lanes(slots, counts, found, coef, logs, sums)
        factor = scale / np.sqrt(squares)
        for k in range(sums.shape[0]):
            out[row, k] += factor * sums[k]


def add_ngram_scores(
    codes, offsets, fold, classes, char_low, char_high, word_high, bits, coef, out
):
    """Add the scores of n-grams of up to :data:`LANES` classes to ``out``.

    Parameters
    ----------
    codes, offsets, fold, classes, char_low, char_high, word_high, bits
        As for :func:`scamclassify.features.ngram_kernel.hash_batch`.
    coef : tuple
        From :func:`short_lanes`.
    out : float32 array, shape (n_texts, LANES)
    """
    lanes, scale = coef
    options = (char_low, char_high, word_high, bits)
    _score(codes, offsets, fold, classes, options, None, scale, lanes, out)


def add_packed_scores(
    codes, offsets, fold, classes, char_low, char_high, word_high, bits, weights, out
):
    """Add the scores of n-grams of two or three classes, less their mean, to ``out``.

    Parameters
    ----------
    codes, offsets, fold, classes, char_low, char_high, word_high, bits
        As for :func:`scamclassify.features.ngram_kernel.hash_batch`.
    weights : tuple
        From :func:`pack_weights`.
    out : float32 array, shape (n_texts, n_classes)
    """
    packed, scale = weights
    options = (char_low, char_high, word_high, bits)
    _score(codes, offsets, fold, classes, options, packed, np.float32(scale), None, out)
