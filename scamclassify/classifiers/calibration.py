"""Calibration of class scores, and thresholds by false-positive rate."""

from __future__ import annotations

import numpy as np

#: False-positive rates at which operating points are measured.
OPERATING_RATES: tuple[float, ...] = (0.001, 0.002, 0.005, 0.01)


def softmax(scores: np.ndarray) -> np.ndarray:
    """Probabilities of class scores, row by row.

    Examples
    --------
    >>> softmax(np.zeros((1, 2))).tolist()
    [[0.5, 0.5]]
    """
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def fit_calibration(
    scores: np.ndarray, y: np.ndarray, weights: np.ndarray
) -> tuple[float, np.ndarray]:
    """Fit one scale and one shift a class on scores of messages that were not trained on.

    Parameters
    ----------
    scores : numpy.ndarray, shape (n, n_classes)
    y : numpy.ndarray of int, shape (n,)
        Class of each row.
    weights : numpy.ndarray, shape (n,)

    Returns
    -------
    scale : float
        Positive.
    shift : numpy.ndarray of float32, shape (n_classes,)
        Sums to zero.

    Notes
    -----
    Temperature scaling with a shift, by maximum likelihood. C. Guo et al., "On calibration
    of modern neural networks", ICML 2017. https://arxiv.org/abs/1706.04599

    Examples
    --------
    >>> scale, shift = fit_calibration(np.array([[4.0, 0], [4, 0], [0, 4], [0, 4]]),
    ...                                np.array([0, 1, 1, 0]), np.ones(4))
    >>> scale < 1
    True
    """
    from scipy.optimize import minimize

    n_classes = scores.shape[1]
    weights = weights / weights.sum()
    rows = np.arange(len(y))

    def loss(parameters):
        scale = np.exp(parameters[0])
        p = softmax(scale * scores + parameters[1:])
        error = p.copy()
        error[rows, y] -= 1
        error *= weights[:, None]
        value = -(weights * np.log(np.maximum(p[rows, y], 1e-12))).sum()
        gradient = np.concatenate([[(error * scores).sum() * scale], error.sum(axis=0)])
        # a light pull to no change, so that few messages cannot run away
        return value + 1e-4 * (parameters**2).sum(), gradient + 2e-4 * parameters

    found = minimize(loss, np.zeros(n_classes + 1), jac=True, method="L-BFGS-B").x
    shift = found[1:] - found[1:].mean()
    return float(np.exp(found[0])), shift.astype(np.float32)


def thresholds_by_rate(
    scores: np.ndarray, honest: np.ndarray, sources: np.ndarray
) -> dict[float, float]:
    """Least scam probability that keeps the false positives of honest messages under a rate.

    Every source counts the same, so that no large set decides.

    Parameters
    ----------
    scores : numpy.ndarray, shape (n,)
        Probability of scam of messages that were not trained on.
    honest : numpy.ndarray of bool, shape (n,)
    sources : numpy.ndarray, shape (n,)

    Returns
    -------
    dict of float to float
        Only the rates that so many messages can resolve.

    Examples
    --------
    >>> thresholds_by_rate(np.linspace(0, 1, 10001), np.ones(10001, bool), np.zeros(10001))[0.01]
    0.99...
    """
    scores, sources = scores[honest], sources[honest]
    found: dict[float, float] = {}
    if not len(scores):
        return found
    _, place, counts = np.unique(sources, return_inverse=True, return_counts=True)
    order = np.argsort(-scores)
    share = np.cumsum((1 / counts[place] / len(counts))[order])
    for rate in OPERATING_RATES:
        if len(scores) * rate >= 5:
            above = int(np.searchsorted(share, rate, side="right"))
            found[rate] = float(scores[order][min(above, len(scores) - 1)])
    return found
