"""Agreement coefficients of weighted items in closed form, for the bootstrap.

NLTK computes a coefficient by a loop over annotations, too slow for hundreds of resamples.
Here an item has a weight, how often it was drawn, and all resamples are one product of
matrices. A test holds the figures of unit weights against NLTK's.
"""

from __future__ import annotations

import numpy as np


def _ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Quotient, NaN where the denominator is 0."""
    return np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below > 1e-12)


def weighted_alpha(counts: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Krippendorff's nominal alpha and the observed agreement, for each resample.

    Parameters
    ----------
    counts : numpy.ndarray of float64, shape (n_items, n_labels)
        How often each item got each label.
    weights : numpy.ndarray of float64, shape (n_resamples, n_items)

    Returns
    -------
    alpha, observed : numpy.ndarray of float64, shape (n_resamples,)
        NaN where a resample has no pair of annotations, alpha also where it has one label.

    Examples
    --------
    >>> alpha, observed = weighted_alpha(np.array([[2.0, 0], [1, 1], [0, 2]]), np.ones((1, 3)))
    >>> round(float(alpha[0]), 4), round(float(observed[0]), 4)
    (0.4444, 0.6667)
    """
    totals = counts.sum(axis=1)
    paired = totals >= 2
    counts, totals, weights = counts[paired], totals[paired], weights[:, paired]
    disagreeing = (totals**2 - (counts**2).sum(axis=1)) / (totals - 1)
    n = weights @ totals
    of_label = weights @ counts
    observed = _ratio(weights @ disagreeing, n)
    expected = _ratio(n**2 - (of_label**2).sum(axis=1), n * (n - 1))
    return 1 - _ratio(observed, expected), 1 - observed


def weighted_fleiss(counts: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Fleiss' kappa for each resample; every item has the same number of annotations.

    Examples
    --------
    >>> kappa = weighted_fleiss(np.array([[2.0, 0], [1, 1], [0, 2]]), np.ones((1, 3)))
    >>> round(float(kappa[0]), 4)
    0.3333
    """
    if not len(counts):
        return np.full(len(weights), np.nan)
    raters = counts[0].sum()
    agreeing = (counts * (counts - 1)).sum(axis=1) / (raters * (raters - 1))
    items = weights.sum(axis=1)
    observed = _ratio(weights @ agreeing, items)
    shares = _ratio(weights @ counts, np.repeat(items[:, None] * raters, counts.shape[1], axis=1))
    expected = (shares**2).sum(axis=1)
    return _ratio(observed - expected, 1 - expected)


def weighted_cohen(
    first: np.ndarray, second: np.ndarray, n_labels: int, weights: np.ndarray
) -> np.ndarray:
    """Cohen's kappa of two annotators for each resample.

    Parameters
    ----------
    first, second : numpy.ndarray of int64, shape (n_items,)
        Labels as numbers; items that one of them did not label (-1) do not count.
    n_labels : int
    weights : numpy.ndarray of float64, shape (n_resamples, n_items)

    Examples
    --------
    >>> kappa = weighted_cohen(np.array([0, 0, 1]), np.array([0, 1, 1]), 2, np.ones((1, 3)))
    >>> round(float(kappa[0]), 4)
    0.4
    """
    both = (first >= 0) & (second >= 0)
    first, second, weights = first[both], second[both], weights[:, both]
    items = weights.sum(axis=1)
    labels = np.arange(n_labels)
    observed = _ratio(weights @ (first == second), items)
    of_first = weights @ (first[:, None] == labels)
    of_second = weights @ (second[:, None] == labels)
    expected = _ratio((of_first * of_second).sum(axis=1), items**2)
    return _ratio(observed - expected, 1 - expected)
