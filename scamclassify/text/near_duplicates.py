"""Groups near-duplicate messages: the same template with other numbers, links and names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import njit

from scamclassify.text.minhash import sign_templates, sorted_bands
from scamclassify.text.minhash_kernel import find_root, jaccard_at_least, shingle_sets
from scamclassify.text.template import encode_templates

# How many rows before it in a bucket a row is compared with, its first one besides.
_WINDOW = 3


@njit(cache=True, nogil=True)
def _join_alike(order, keys, values, bounds, threshold, window, parents):
    """Join rows of equal band key whose shingle sets are alike enough; the lower row leads."""
    begin = 0
    for i in range(1, order.shape[0]):
        if keys[i] >> np.uint64(24) != keys[i - 1] >> np.uint64(24):
            begin = i
            continue
        for back in range(1, window + 2):
            j = i - back if back <= window else begin
            if j < begin:
                break
            a = find_root(parents, order[i])
            b = find_root(parents, order[j])
            if a != b and jaccard_at_least(values, bounds, order[i], order[j], threshold):
                parents[max(a, b)] = min(a, b)


def group_near_duplicates(texts: Sequence[str], threshold: float = 0.6) -> np.ndarray:
    """Number the groups of near-duplicate messages.

    Parameters
    ----------
    texts : sequence of str
        Length n, any languages.
    threshold : float, default=0.6
        Least Jaccard similarity of the character 4-gram sets of two templates that are
        joined, from 0 (exclusive) to 1. Groups are the connected components.

    Returns
    -------
    numpy.ndarray of int64, shape (n,)
        Group of each message, numbered by first occurrence.

    Raises
    ------
    ValueError
        If the threshold is outside its range.

    Notes
    -----
    What copies of a message differ in is masked first
    (:func:`scamclassify.text.template.templates_of`). Equal templates are one; the distinct
    rest is joined by MinHash [1]_ with 16 bands of 4, every candidate pair being verified on
    the full sets. Two messages at similarity 0.6 meet in a band with probability 0.89, at
    0.8 with 0.9998.

    References
    ----------
    .. [1] A. Broder, "On the resemblance and containment of documents", 1997.

    Examples
    --------
    >>> group_near_duplicates([
    ...     "Your code is 123456, valid 5 minutes",
    ...     "YOUR CODE IS 99, valid 10 minutes",
    ...     "See you at lunch",
    ... ]).tolist()
    [0, 0, 1]
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold must lie in (0, 1], got {threshold!r}")
    if len(texts) == 0:
        return np.zeros(0, dtype=np.int64)
    codes, starts, exact = encode_templates(texts)
    _, first, same = np.unique(exact, return_index=True, return_inverse=True)
    values, bounds = shingle_sets(codes, starts, first)
    parents = np.arange(len(first))
    for order, keys in sorted_bands(sign_templates(codes, starts, first)):
        _join_alike(order, keys, values, bounds, threshold, _WINDOW, parents)
    roots = np.array([find_root(parents, row) for row in range(len(parents))])[same]
    _, first_seen, inverse = np.unique(roots, return_index=True, return_inverse=True)
    rank = np.empty(len(first_seen), dtype=np.int64)
    rank[np.argsort(first_seen)] = np.arange(len(first_seen))
    return rank[inverse]
