"""Probabilities for traffic that holds another share of scams than the training data."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from scamclassify.errors import UnknownNameError

#: What callers may give: the share of scam, or shares of several labels.
Prevalence = float | Mapping[str, float]


def target_priors(prevalence: Prevalence, classes: list[str], priors: np.ndarray) -> np.ndarray:
    """Shares of the classes that a prevalence asks for.

    Parameters
    ----------
    prevalence : float or mapping of str to float
        Share of scam, or shares of labels. What is not named keeps its proportions and
        takes the rest.
    classes : list of str
    priors : numpy.ndarray, shape (n_classes,)
        Shares that the probabilities stand for now.

    Returns
    -------
    numpy.ndarray of float64, shape (n_classes,)
        Sums to one.

    Raises
    ------
    UnknownNameError
        If a label is not one of the classes.
    ValueError
        If a share does not lie between 0 and 1, or together they are more than 1.

    Examples
    --------
    >>> target_priors(0.01, ["ham", "promo", "scam"], np.array([0.6, 0.2, 0.2])).round(4).tolist()
    [0.7425, 0.2475, 0.01]
    """
    named = dict(prevalence) if isinstance(prevalence, Mapping) else {"scam": prevalence}
    for label, share in named.items():
        if label not in classes:
            raise UnknownNameError("label", label, classes)
        if not isinstance(share, int | float | np.number) or not 0 < share < 1:
            raise ValueError(f"the prevalence of {label} must lie between 0 and 1, got {share!r}")
    total = sum(named.values())
    free = np.array([label not in named for label in classes])
    if total > 1 + 1e-9 or (not free.any() and abs(total - 1) > 1e-6):
        raise ValueError(f"the prevalences add up to {total:g}; all classes must add up to 1")
    target = np.array([float(named.get(label, 0.0)) for label in classes])
    if free.any():
        target[free] = max(1 - total, 1e-9) * priors[free] / priors[free].sum()
    return target / target.sum()


def prior_shift(priors: np.ndarray, target: np.ndarray) -> np.ndarray:
    """What to add to the scores so that their softmax stands for other shares of the classes.

    Returns
    -------
    numpy.ndarray of float32, shape (n_classes,)

    Notes
    -----
    M. Saerens, P. Latinne, C. Decaestecker, "Adjusting the outputs of a classifier to new a
    priori probabilities: a simple procedure", Neural Computation 14, 2002, equation 2.4.
    https://doi.org/10.1162/089976602753284446
    """
    return (np.log(target) - np.log(priors)).astype(np.float32)


def estimate_priors(
    probabilities: np.ndarray, priors: np.ndarray, iterations: int = 500
) -> np.ndarray:
    """Shares of the classes in unlabelled messages, from their probabilities.

    Parameters
    ----------
    probabilities : numpy.ndarray, shape (n, n_classes)
        Calibrated, for messages that hold the classes in the shares ``priors``.
    priors : numpy.ndarray, shape (n_classes,)
    iterations : int, default=500
        Most steps of expectation maximisation.

    Returns
    -------
    numpy.ndarray of float64, shape (n_classes,)

    Notes
    -----
    Expectation maximisation of Saerens, Latinne and Decaestecker (2002), section 2.2. It
    assumes that messages of a class look as they did in training; only the shares differ.

    Examples
    --------
    >>> p = np.array([[0.9, 0.1]] * 95 + [[0.1, 0.9]] * 5)
    >>> share = estimate_priors(p, np.array([0.5, 0.5]))
    >>> bool(share[1] < 0.05)
    True
    """
    p = np.asarray(probabilities, dtype=np.float64)
    current = np.asarray(priors, dtype=np.float64).copy()
    for _ in range(iterations):
        q = p * (current / priors)
        q /= q.sum(axis=1, keepdims=True)
        following = np.maximum(q.mean(axis=0), 1e-9)
        following /= following.sum()
        done = np.abs(following - current).max() < 1e-7
        current = following
        if done:
            break
    return current
