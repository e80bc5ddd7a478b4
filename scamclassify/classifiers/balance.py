"""Weights of training messages, so that neither a large set nor a language decides."""

from __future__ import annotations

import numpy as np


def balanced_weights(languages: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Weight of each message: within a language every label has the same mass.

    A language's mass grows with the square root of its messages, so a language of which
    only honest messages were collected does not become evidence of honesty.

    Parameters
    ----------
    languages : numpy.ndarray of str, shape (n,)
    y : numpy.ndarray of int, shape (n,)
        Class of each message.

    Returns
    -------
    numpy.ndarray of float32, shape (n,)
        With mean 1.

    Examples
    --------
    >>> balanced_weights(np.array(["en", "en", "en"]), np.array([0, 0, 1])).tolist()
    [0.75, 0.75, 1.5]
    """
    _, language, sizes = np.unique(languages, return_inverse=True, return_counts=True)
    cell = language * (int(y.max()) + 1) + y
    _, place, counts = np.unique(cell, return_inverse=True, return_counts=True)
    weights = np.sqrt(sizes[language]) / counts[place]
    return (weights / weights.mean()).astype(np.float32)
