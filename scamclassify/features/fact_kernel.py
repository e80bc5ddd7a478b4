"""Compiled kernels over facts: what is active in a text, and pairs of facts."""

from __future__ import annotations

import numpy as np
from numba import njit


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


@njit(cache=True, nogil=True, fastmath=True)
def loss_and_gradient(
    indptr, indices, n_facts, place, pair_value, y, weights, coef, bias, gradient, bias_gradient
):
    """Weighted logistic loss of facts and pairs, and its gradient, in one pass.

    Parameters
    ----------
    indptr, indices : arrays
        Active facts of every row, sorted.
    place : int32 array, shape (n_columns,)
        Row of ``coef`` of each fact and pair, or -1 for one without a weight.
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
    longest = 0
    for row in range(indptr.shape[0] - 1):
        longest = max(longest, indptr[row + 1] - indptr[row])
    columns = np.empty(longest * (longest + 1) // 2 + 1, np.int32)
    values = np.empty(columns.shape[0], np.float64)
    scores = np.empty(classes, np.float64)
    total = 0.0
    for row in range(indptr.shape[0] - 1):
        found = 0
        for a in range(indptr[row], indptr[row + 1]):
            low = indices[a]
            if place[low] >= 0:
                columns[found] = place[low]
                values[found] = 1.0
                found += 1
            for b in range(a + 1, indptr[row + 1]):
                column = place[n_facts + pair_slot(low, indices[b], n_facts)]
                if column >= 0:
                    columns[found] = column
                    values[found] = pair_value
                    found += 1
        scores[:] = bias
        for i in range(found):
            for k in range(classes):
                scores[k] += values[i] * coef[columns[i], k]
        highest = scores.max()
        norm = 0.0
        for k in range(classes):
            scores[k] = np.exp(scores[k] - highest)
            norm += scores[k]
        total -= weights[row] * np.log(max(scores[y[row]] / norm, 1e-300))
        for k in range(classes):
            scores[k] = weights[row] * (scores[k] / norm - (1.0 if k == y[row] else 0.0))
            bias_gradient[k] += scores[k]
        for i in range(found):
            for k in range(classes):
                gradient[columns[i], k] += values[i] * scores[k]
    return total


@njit(cache=True, nogil=True)
def add_fact_scores(indptr, indices, n_facts, coef, pair_value, out):
    """Add the scores of facts and pairs to ``out`` (rows by classes)."""
    classes = out.shape[1]
    value = np.float32(pair_value)
    for row in range(indptr.shape[0] - 1):
        first, last = indptr[row], indptr[row + 1]
        if classes == 3:
            # The three labels: sums that stay in registers.
            x, y, z = out[row, 0], out[row, 1], out[row, 2]
            for a in range(first, last):
                low = indices[a]
                x += coef[low, 0]
                y += coef[low, 1]
                z += coef[low, 2]
                base = n_facts + pair_slot(low, low, n_facts)
                for b in range(a + 1, last):
                    slot = base + (indices[b] - low)
                    x += value * coef[slot, 0]
                    y += value * coef[slot, 1]
                    z += value * coef[slot, 2]
            out[row, 0], out[row, 1], out[row, 2] = x, y, z
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
