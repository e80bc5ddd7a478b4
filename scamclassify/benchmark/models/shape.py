"""A baseline that reads no word: length, digits, links and signs of a message."""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from scamclassify.benchmark.model import ModelSpec


def message_shape(texts) -> np.ndarray:
    """Eight counts of each text, as logarithms.

    Parameters
    ----------
    texts : sequence of str, length n

    Returns
    -------
    numpy.ndarray of float64, shape (n, 8)

    Examples
    --------
    >>> message_shape(["WIN 100 at a.top/x!"]).shape
    (1, 8)
    """
    rows = [
        (
            len(text),
            len(text.split()),
            sum(letter.isdigit() for letter in text),
            sum(letter.isupper() for letter in text),
            text.count("."),
            text.count("/"),
            sum(text.count(sign) for sign in "!?"),
            sum(ord(letter) > 0x2190 for letter in text),
        )
        for text in texts
    ]
    return np.log1p(np.array(rows, dtype=np.float64).reshape(-1, 8))


def _build(seed: int):
    return make_pipeline(
        FunctionTransformer(message_shape),
        StandardScaler(),
        LogisticRegression(class_weight="balanced", random_state=seed),
    )


SPECS = (ModelSpec("shape", _build, "logistic regression on length, digits, capitals and signs"),)
