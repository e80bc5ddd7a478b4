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
def expand_pairs(indptr, indices, n_facts, pair_value):
    """Facts and their pairs as the parts of a CSR matrix for training.

    Column ``n_facts + pair_slot(i, j)`` is the pair of the facts ``i < j``.
    """
    rows = indptr.shape[0] - 1
    total = 0
    for row in range(rows):
        n = indptr[row + 1] - indptr[row]
        total += n + n * (n - 1) // 2
    columns = np.empty(total, np.int32)
    values = np.empty(total, np.float32)
    starts = np.zeros(rows + 1, np.int64)
    end = 0
    for row in range(rows):
        for a in range(indptr[row], indptr[row + 1]):
            columns[end] = indices[a]
            values[end] = 1
            end += 1
        for a in range(indptr[row], indptr[row + 1]):
            for b in range(a + 1, indptr[row + 1]):
                columns[end] = n_facts + pair_slot(indices[a], indices[b], n_facts)
                values[end] = pair_value
                end += 1
        starts[row + 1] = end
    return starts, columns, values


@njit(cache=True, nogil=True)
def add_fact_scores(indptr, indices, n_facts, coef, pair_value, out):
    """Add the scores of facts and pairs to ``out`` (rows by classes)."""
    classes = out.shape[1]
    value = np.float32(pair_value)
    for row in range(indptr.shape[0] - 1):
        for a in range(indptr[row], indptr[row + 1]):
            low = indices[a]
            for k in range(classes):
                out[row, k] += coef[low, k]
            for b in range(a + 1, indptr[row + 1]):
                slot = n_facts + pair_slot(low, indices[b], n_facts)
                for k in range(classes):
                    out[row, k] += value * coef[slot, k]
