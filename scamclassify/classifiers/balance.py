"""Weights of training messages, so that no large set decides."""

from __future__ import annotations

import numpy as np


def balanced_weights(sources: np.ndarray, y: np.ndarray, power: float = 1.0) -> np.ndarray:
    """Weight of each message: within a source every label has the same mass at full power.

    A source's mass grows with the square root of its messages, so that a large set of honest
    messages does not become evidence of honesty for all that reads like it.

    Parameters
    ----------
    sources : numpy.ndarray of str, shape (n,)
    y : numpy.ndarray of int, shape (n,)
        Class of each message.
    power : float, default=1.0
        Exponent of the weights: 0.5 balances half as much, 0 not at all.

    Returns
    -------
    numpy.ndarray of float32, shape (n,)
        With mean 1.

    Examples
    --------
    >>> balanced_weights(np.array(["a", "a", "a"]), np.array([0, 0, 1])).tolist()
    [0.75, 0.75, 1.5]

    >>> balanced_weights(np.array(["a", "a", "a"]), np.array([0, 0, 1]), power=0).tolist()
    [1.0, 1.0, 1.0]
    """
    _, source, sizes = np.unique(sources, return_inverse=True, return_counts=True)
    cell = source * (int(y.max()) + 1) + y
    _, place, counts = np.unique(cell, return_inverse=True, return_counts=True)
    weights = (np.sqrt(sizes[source]) / counts[place]) ** power
    return (weights / weights.mean()).astype(np.float32)
