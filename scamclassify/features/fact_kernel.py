"""Compiled kernels over facts: what is active in a text, and pairs of facts."""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.features.ngram_kernel import mix

_SEED = np.uint64(0x452821E638D01377)


@njit(cache=True, nogil=True, inline="always")
def pair_slot(low, high, n_facts):
    """Number of the pair of facts ``low < high`` among all pairs."""
    return low * (2 * n_facts - low - 1) // 2 + (high - low - 1)


@njit(cache=True, nogil=True)
def gather_facts(rows, matches, concept_of_form, bins, bin_base, flags, flag_base, n_facts):
    """Active facts of every text, each once and in increasing order.

    Parameters
    ----------
    rows : int
        Number of texts.
    matches : int32 array, shape (n_matches, 4)
        What :meth:`ConceptMatcher.find` returned, in order of rows.
    concept_of_form : int32 array
    bins : int32 array, shape (rows, n_signals)
    flags : int32 array, shape (rows, n_flags)
        Counts of repairs and findings on links; what is above 0 is a fact.
    bin_base, flag_base : int
        First column of the signals and of the flags.
    n_facts : int

    Returns
    -------
    indptr : int64 array, shape (rows + 1,)
    indices : int32 array
    """
    seen = np.full(n_facts, -1, np.int64)
    indptr = np.zeros(rows + 1, np.int64)
    capacity = matches.shape[0] + rows * (bins.shape[1] + flags.shape[1])
    indices = np.empty(capacity, np.int32)
    end = 0
    place = 0
    for row in range(rows):
        begin = end
        while place < matches.shape[0] and matches[place, 0] == row:
            fact = concept_of_form[matches[place, 3]]
            if seen[fact] != row:
                seen[fact] = row
                # insertion sort: a text has few concepts
                i = end
                while i > begin and indices[i - 1] > fact:
                    indices[i] = indices[i - 1]
                    i -= 1
                indices[i] = fact
                end += 1
            place += 1
        for k in range(bins.shape[1]):
            indices[end] = bin_base + bins[row, k]
            end += 1
        for k in range(flags.shape[1]):
            if flags[row, k] > 0:
                indices[end] = flag_base + k
                end += 1
        indptr[row + 1] = end
    return indptr, indices[:end].copy()


@njit(cache=True, nogil=True)
def count_columns(indptr, indices, n_facts, counts):
    """Add to ``counts`` in how many rows each fact and each pair of facts is active."""
    for row in range(indptr.shape[0] - 1):
        for a in range(indptr[row], indptr[row + 1]):
            counts[indices[a]] += 1
            for b in range(a + 1, indptr[row + 1]):
                counts[n_facts + pair_slot(indices[a], indices[b], n_facts)] += 1


@njit(cache=True, nogil=True)
def hash_rows(indptr, indices, y, out):
    """A hash of each row's facts and class, into ``out`` (uint64, shape (n_rows,))."""
    for row in range(y.shape[0]):
        state = mix(_SEED, y[row])
        for i in range(indptr[row], indptr[row + 1]):
            state = mix(state ^ (state >> np.uint64(32)), indices[i] + 1)
        out[row] = state


@njit(cache=True, nogil=True)
def write_pairs(indptr, indices, n_facts, place):
    """Write out the facts and pairs of facts of every row that have a weight.

    Parameters
    ----------
    indptr, indices : arrays
        Active facts of every row, sorted.
    n_facts : int
    place : int32 array, shape (n_columns,)
        Number of the weight of each fact and pair, or -1 for one without.

    Returns
    -------
    starts : int64 array, shape (n_rows + 1,)
    columns : int32 array
        Those of row ``i`` are ``columns[starts[i]:starts[i + 1]]``, facts before pairs.
    """
    rows = indptr.shape[0] - 1
    capacity = 0
    for row in range(rows):
        active = indptr[row + 1] - indptr[row]
        capacity += active * (active + 1) // 2
    starts = np.zeros(rows + 1, np.int64)
    columns = np.empty(capacity, np.int32)
    end = 0
    for row in range(rows):
        first, last = indptr[row], indptr[row + 1]
        for a in range(first, last):
            if place[indices[a]] >= 0:
                columns[end] = place[indices[a]]
                end += 1
        for a in range(first, last):
            for b in range(a + 1, last):
                column = place[n_facts + pair_slot(indices[a], indices[b], n_facts)]
                if column >= 0:
                    columns[end] = column
                    end += 1
        starts[row + 1] = end
    return starts, columns[:end].copy()


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _add_weights(columns, value, coef, scores):
    """Add ``value`` times the weights of a row's columns to its scores."""
    if scores.shape[0] == 3:
        # The three labels: sums that stay in registers.
        x = y = z = 0.0
        for i in range(columns.shape[0]):
            x += coef[columns[i], 0]
            y += coef[columns[i], 1]
            z += coef[columns[i], 2]
        scores[0] += value * x
        scores[1] += value * y
        scores[2] += value * z
        return
    for i in range(columns.shape[0]):
        for k in range(scores.shape[0]):
            scores[k] += value * coef[columns[i], k]


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _add_gradient(columns, value, scores, gradient):
    """Add ``value`` times a row's gradient to that of the weights of its columns."""
    if scores.shape[0] == 3:
        x, y, z = value * scores[0], value * scores[1], value * scores[2]
        for i in range(columns.shape[0]):
            gradient[columns[i], 0] += x
            gradient[columns[i], 1] += y
            gradient[columns[i], 2] += z
        return
    for i in range(columns.shape[0]):
        for k in range(scores.shape[0]):
            gradient[columns[i], k] += value * scores[k]


@njit(cache=True, nogil=True, fastmath=True)
def loss_and_gradient(
    starts, columns, n_single, pair_value, y, weights, coef, bias, gradient, bias_gradient
):
    """Weighted logistic loss of facts and pairs, and its gradient, in one pass.

    Parameters
    ----------
    starts, columns : arrays
        What :func:`write_pairs` returned; ``starts`` may be a part of it.
    n_single : int
        Columns under it are facts, of the value 1, the others pairs.
    pair_value : float
    y : int array, shape (n_rows,)
    weights : float64 array, shape (n_rows,)
    coef, bias : float64 arrays, shape (n_used, n_classes) and (n_classes,)
    gradient, bias_gradient : float64 arrays of the same shapes
        Added to.

    Returns
    -------
    float
        Sum of the weighted losses.
    """
    classes = bias.shape[0]
    scores = np.empty(classes, np.float64)
    total = 0.0
    for row in range(starts.shape[0] - 1):
        first, last = starts[row], starts[row + 1]
        middle = first
        while middle < last and columns[middle] < n_single:
            middle += 1
        facts, pairs = columns[first:middle], columns[middle:last]
        scores[:] = bias
        _add_weights(facts, 1.0, coef, scores)
        _add_weights(pairs, pair_value, coef, scores)
        highest = scores.max()
        norm = 0.0
        for k in range(classes):
            scores[k] = np.exp(scores[k] - highest)
            norm += scores[k]
        total -= weights[row] * np.log(max(scores[y[row]] / norm, 1e-300))
        for k in range(classes):
            scores[k] = weights[row] * (scores[k] / norm - (1.0 if k == y[row] else 0.0))
            bias_gradient[k] += scores[k]
        _add_gradient(facts, 1.0, scores, gradient)
        _add_gradient(pairs, pair_value, scores, gradient)
    return total


@njit(cache=True, nogil=True)
def add_fact_scores(indptr, indices, n_facts, coef, pair_value, out):
    """Add the scores of facts and pairs to ``out`` (rows by classes)."""
    classes = out.shape[1]
    value = np.float32(pair_value)
    one = np.uint64(1)
    for row in range(indptr.shape[0] - 1):
        first, last = indptr[row], indptr[row + 1]
        if classes == 3:
            # The three labels: sums that stay in registers. Unsigned numbers are no places
            # counted from an end, which would take as long to rule out as the sums.
            x, y, z = out[row, 0], out[row, 1], out[row, 2]
            for a in range(np.uint64(first), np.uint64(last)):
                low = np.uint64(indices[a])
                x += coef[low, 0]
                y += coef[low, 1]
                z += coef[low, 2]
                base = np.uint64(n_facts + pair_slot(indices[a], indices[a], n_facts)) - low
                for b in range(a + one, np.uint64(last)):
                    slot = base + np.uint64(indices[b])
                    x += value * coef[slot, 0]
                    y += value * coef[slot, 1]
                    z += value * coef[slot, 2]
            out[row, 0], out[row, 1], out[row, 2] = x, y, z
            continue
        if classes == 16:
            # The scam types in as many columns as some vector instructions take.
            line = out[row]
            for a in range(first, last):
                low = indices[a]
                own = coef[low]
                for k in range(16):
                    line[k] += own[k]
                base = n_facts + pair_slot(low, low, n_facts) - low
                for b in range(a + 1, last):
                    pair = coef[base + indices[b]]
                    for k in range(16):
                        line[k] += value * pair[k]
            continue
        for a in range(first, last):
            low = indices[a]
            for k in range(classes):
                out[row, k] += coef[low, k]
            for b in range(a + 1, last):
                slot = n_facts + pair_slot(low, indices[b], n_facts)
                for k in range(classes):
                    out[row, k] += value * coef[slot, k]


@njit(cache=True, nogil=True)
def share_fact_scores(indptr, indices, n_facts, weights, pair_value, out):
    """Add to ``out`` what each active fact earns: its weight and half of each of its pairs.

    Parameters
    ----------
    indptr, indices : arrays
        Active facts of every row, sorted.
    n_facts : int
    weights : float array, shape (n_columns,)
        Weight of each fact and pair for what is explained.
    pair_value : float
    out : float array, shape (len(indices),)
        The values of a row's facts add up to the row's score.
    """
    half = 0.5 * pair_value
    for row in range(indptr.shape[0] - 1):
        for a in range(indptr[row], indptr[row + 1]):
            out[a] += weights[indices[a]]
            for b in range(a + 1, indptr[row + 1]):
                share = half * weights[n_facts + pair_slot(indices[a], indices[b], n_facts)]
                out[a] += share
                out[b] += share


@njit(cache=True, nogil=True)
def add_column_mass(indptr, indices, n_facts, weights, pair_value, out):
    """Add to ``out`` the weighted sum of squares of each fact and pair of facts.

    Parameters
    ----------
    indptr, indices : arrays
        Active facts of every row, sorted.
    n_facts : int
    weights : float32 array, shape (n_rows,)
    pair_value : float
        Value of a pair; a fact has the value 1.
    out : float32 array, shape (n_columns,)
    """
    square = np.float32(pair_value * pair_value)
    for row in range(indptr.shape[0] - 1):
        for a in range(indptr[row], indptr[row + 1]):
            out[indices[a]] += weights[row]
            for b in range(a + 1, indptr[row + 1]):
                slot = n_facts + pair_slot(indices[a], indices[b], n_facts)
                out[slot] += square * weights[row]
