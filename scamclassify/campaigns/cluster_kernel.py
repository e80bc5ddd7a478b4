"""Compiled clustering of signatures: union-find over bands, guarded against chains."""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.text.minhash_kernel import agreement, find_root

_BAND_BITS = np.uint64(24)  # below them lies what follows the band


@njit(cache=True, nogil=True)
def _leads(weights, a, b):
    """Whether row a rather than b speaks for both: the heavier, else the lower one."""
    return weights[a] > weights[b] or (weights[a] == weights[b] and a < b)


@njit(cache=True, nogil=True)
def join_band(order, keys, signatures, weights, least, guard, window, parents, leaders):
    """Join the clusters of rows that share a band and are alike.

    A row is compared with the ``window`` rows before it in its bucket and with the bucket's
    first, so a bucket costs linear time whatever its size. Two clusters are joined only if
    their leaders are alike as well: a chain of small steps does not lead far.

    Parameters
    ----------
    order, keys : numpy.ndarray of int64, uint64
        As :func:`scamclassify.text.minhash.sorted_bands` yields them.
    signatures : numpy.ndarray of uint32, shape (n, k)
    weights : numpy.ndarray of int64, shape (n,)
        Messages of each row; the heaviest row leads its cluster.
    least, guard : int
        Values that two rows, and two leaders, must share.
    window : int
    parents, leaders : numpy.ndarray of int64, shape (n,)
        The forest, changed in place; a root's entry in ``leaders`` is its leader.
    """
    begin = 0
    for i in range(1, order.shape[0]):
        if keys[i] >> _BAND_BITS != keys[i - 1] >> _BAND_BITS:
            begin = i
            continue
        for back in range(1, window + 2):
            j = i - back if back <= window else begin
            if j < begin:
                break
            a = find_root(parents, order[i])
            b = find_root(parents, order[j])
            if a == b:
                continue
            if agreement(signatures, order[i], order[j]) < least:
                continue
            if agreement(signatures, leaders[a], leaders[b]) < guard:
                continue
            low, high = min(a, b), max(a, b)
            if _leads(weights, leaders[high], leaders[low]):
                leaders[low] = leaders[high]
            parents[high] = low


@njit(cache=True, nogil=True)
def members_by_root(parents):
    """Rows sorted by the root of their cluster, roots ascending, and where each begins."""
    n = parents.shape[0]
    roots = np.empty(n, np.int64)
    sizes = np.zeros(n + 1, np.int64)
    for row in range(n):
        roots[row] = find_root(parents, row)
        sizes[roots[row] + 1] += 1
    clusters = 0
    place = np.zeros(n, np.int64)
    bounds = np.zeros(n + 1, np.int64)
    for root in range(n):
        if sizes[root + 1]:
            place[root] = bounds[clusters]
            bounds[clusters + 1] = bounds[clusters] + sizes[root + 1]
            clusters += 1
    members = np.empty(n, np.int64)
    for row in range(n):
        members[place[roots[row]]] = row
        place[roots[row]] += 1
    return members, bounds[: clusters + 1].copy()


@njit(cache=True, nogil=True)
def _medoid(rows, signatures, weights, samples):
    """The row most alike to the heaviest rows, by weight; the heavier, then first of equals."""
    order = np.argsort(-weights[rows], kind="mergesort")
    best, best_score = rows[order[0]], -1
    for i in range(rows.shape[0]):
        row = rows[order[i]]
        score = 0
        for s in range(min(samples, rows.shape[0])):
            other = rows[order[s]]
            score += agreement(signatures, row, other) * weights[other]
        if score > best_score:
            best, best_score = row, score
    return best


@njit(cache=True, nogil=True)
def split_by_medoid(members, bounds, signatures, weights, guard, samples, rounds, labels, medoids):
    """Split clusters until every row is alike to the medoid of its own.

    Rows that are not form a cluster around a medoid of their own, and so on; after
    ``rounds`` the rows that are left stand alone.

    Parameters
    ----------
    members, bounds : numpy.ndarray of int64
        As :func:`members_by_root` returns them.
    signatures, weights : numpy.ndarray
        As for :func:`join_band`.
    guard : int
        Values that a row and the medoid must share.
    samples : int
        Rows that a medoid is chosen by.
    rounds : int
    labels : numpy.ndarray of int64, shape (n,)
        Filled with the cluster of each row.
    medoids : numpy.ndarray of int64, shape (n,)
        Filled with the medoid of each cluster.

    Returns
    -------
    int
        Number of clusters.
    """
    clusters = 0
    for c in range(bounds.shape[0] - 1):
        rows = members[bounds[c] : bounds[c + 1]].copy()
        left = rows.shape[0]
        for _ in range(rounds):
            if left == 0:
                break
            now = rows[:left]
            medoid = _medoid(now, signatures, weights, samples) if left > 2 else now[0]
            kept = 0
            for i in range(left):
                row = now[i]
                if row == medoid or agreement(signatures, row, medoid) >= guard:
                    labels[row] = clusters
                else:
                    now[kept] = row
                    kept += 1
            medoids[clusters] = medoid
            clusters += 1
            left = kept
        for i in range(left):
            labels[rows[i]] = clusters
            medoids[clusters] = rows[i]
            clusters += 1
    return clusters


@njit(cache=True, nogil=True)
def best_matches(order, keys, n_old, signatures, least, window, best, shared):
    """Note for each new row the old row that is most alike, among those of its bucket.

    Parameters
    ----------
    order, keys : numpy.ndarray
        Of one band over old rows (the first ``n_old``) and new ones together.
    n_old : int
    signatures : numpy.ndarray of uint32, shape (n, k)
    least : int
        Values that must be shared.
    window : int
        Old rows on either side that a new row is compared with.
    best, shared : numpy.ndarray of int64, shape (n - n_old,)
        Old row (-1: none so far) and the number of shared values; changed in place.
    """
    n = order.shape[0]
    begin = 0
    old = np.empty(n_old, np.int64)
    while begin < n:
        end = begin + 1
        while end < n and keys[end] >> _BAND_BITS == keys[begin] >> _BAND_BITS:
            end += 1
        count = 0
        for i in range(begin, end):
            if order[i] < n_old:
                old[count] = order[i]
                count += 1
        if count and count < end - begin:
            seen = 0
            for i in range(begin, end):
                if order[i] < n_old:
                    seen += 1
                    continue
                new = order[i] - n_old
                for k in range(max(0, seen - window), min(count, seen + window)):
                    same = agreement(signatures, order[i], old[k])
                    if same >= least and (
                        same > shared[new] or (same == shared[new] and old[k] < best[new])
                    ):
                        best[new], shared[new] = old[k], same
        begin = end
