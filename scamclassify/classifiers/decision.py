"""From probabilities to labels: thresholds, prevalence, the unsure band."""

from __future__ import annotations

import numpy as np

from scamclassify.classifiers.unsure import UNSURE, UnsureBand


def decide(
    classes: np.ndarray,
    probabilities: np.ndarray,
    base: np.ndarray,
    threshold: float | None,
    band: UnsureBand | None,
) -> np.ndarray:
    """Labels of messages.

    Parameters
    ----------
    classes : numpy.ndarray of str, shape (n_classes,)
    probabilities : numpy.ndarray, shape (n, n_classes)
        For the prevalence of the deployment; the most likely label is chosen by them.
    base : numpy.ndarray, shape (n, n_classes)
        As calibrated: thresholds and bands were measured on them.
    threshold : float or None
        Least probability of scam for the label scam; None leaves it to the most likely.
    band : UnsureBand or None
        Where the answer is ``"unsure"``; a threshold above the band stretches it.

    Returns
    -------
    numpy.ndarray of str, shape (n,)

    Examples
    --------
    >>> p = np.array([[0.9, 0.1], [0.4, 0.6], [0.1, 0.9]])
    >>> decide(np.array(["ham", "scam"]), p, p, 0.8, None).tolist()
    ['ham', 'ham', 'scam']
    >>> decide(np.array(["ham", "scam"]), p, p, None, UnsureBand(0.3, 0.7)).tolist()
    ['ham', 'unsure', 'scam']
    """
    if threshold is None and band is None:
        return classes[probabilities.argmax(axis=1)]
    scam = classes.tolist().index("scam")
    if threshold is None:
        labels = classes[probabilities.argmax(axis=1)]
    else:
        others = probabilities.copy()
        others[:, scam] = -1
        best = others.argmax(axis=1)
        labels = classes[np.where(base[:, scam] >= threshold, scam, best)]
    if band is not None:
        high = band.high if threshold is None else max(band.high, threshold)
        labels = labels.astype(f"<U{max(len(UNSURE), max(map(len, classes)))}")
        labels[UnsureBand(band.low, high).holds(base[:, scam])] = UNSURE
    return labels
