"""Calibration of class scores on messages that were not trained on."""

from __future__ import annotations

import numpy as np

# Strength with which a calibration holds fast when it is fitted again, in messages; more held
# too fast on sources that were not trained on (benchmarks/calibration.py).
_HOLD = 0.1


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
    scores: np.ndarray,
    y: np.ndarray,
    weights: np.ndarray,
    start: tuple[float, np.ndarray] | None = None,
) -> tuple[float, np.ndarray]:
    """Fit one scale and one shift a class on scores of messages that were not trained on.

    Parameters
    ----------
    scores : numpy.ndarray, shape (n, n_classes)
    y : numpy.ndarray of int, shape (n,)
        Class of each row.
    weights : numpy.ndarray, shape (n,)
    start : tuple of (float, numpy.ndarray), optional
        Scale and shift of before, to which few messages hold fast.

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
    origin, pull = np.zeros(n_classes + 1), 1e-4
    if start is not None:
        origin = np.concatenate([[np.log(start[0])], np.asarray(start[1], dtype=np.float64)])
        pull = max(pull, _HOLD / len(y))

    def loss(parameters):
        scale = np.exp(parameters[0])
        p = softmax(scale * scores + parameters[1:])
        error = p.copy()
        error[rows, y] -= 1
        error *= weights[:, None]
        value = -(weights * np.log(np.maximum(p[rows, y], 1e-12))).sum()
        gradient = np.concatenate([[(error * scores).sum() * scale], error.sum(axis=0)])
        # a light pull to no change, so that few messages cannot run away
        moved = parameters - origin
        return value + pull * (moved**2).sum(), gradient + 2 * pull * moved

    found = minimize(loss, origin, jac=True, method="L-BFGS-B").x
    shift = found[1:] - found[1:].mean()
    return float(np.exp(found[0])), shift.astype(np.float32)


def fit_scale(scores: np.ndarray, y: np.ndarray, weights: np.ndarray) -> float:
    """Fit a temperature alone: the factor of the scores of greatest likelihood.

    Parameters
    ----------
    scores : numpy.ndarray, shape (n, n_classes)
    y : numpy.ndarray of int, shape (n,)
    weights : numpy.ndarray, shape (n,)

    Examples
    --------
    >>> fit_scale(np.array([[4.0, 0], [4, 0], [4, 0], [0, 4]]), np.array([0, 0, 1, 1]),
    ...           np.ones(4)) < 1
    True
    """
    from scipy.optimize import minimize_scalar

    weights = weights / weights.sum()
    rows = np.arange(len(y))

    def loss(log_scale):
        p = softmax(np.exp(log_scale) * scores)
        return -(weights * np.log(np.maximum(p[rows, y], 1e-12))).sum()

    return float(np.exp(minimize_scalar(loss, bounds=(-5, 3), method="bounded").x))


def calibration_weights(sources: np.ndarray) -> np.ndarray:
    """Weights with which held-out messages calibrate: every source the same.

    Probabilities then hold on the mean over sources, whatever the size of each; see
    ``benchmarks/calibration.py`` for what else was tried.

    Examples
    --------
    >>> calibration_weights(np.array(["a", "a", "b"])).tolist()
    [0.5, 0.5, 1.0]
    """
    _, place, counts = np.unique(sources, return_inverse=True, return_counts=True)
    return 1 / counts[place]
