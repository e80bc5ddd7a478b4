"""An optional block of features: vectors of any sentence encoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np


class Encoder(Protocol):
    """What a :class:`ScamClassifier` asks of an encoder.

    Objects of sentence-transformers, model2vec and the like fit, and so does any class with
    this method. Nothing of it is saved with a model.
    """

    def encode(self, texts: list[str]) -> Any:
        """Vectors of texts, an array of shape (n_texts, n_dimensions)."""
        ...


def encode_texts(encoder: Encoder, texts: Sequence[str], n_dimensions: int | None = None):
    """Vectors of unit length.

    Parameters
    ----------
    encoder : object
        With ``encode(list of str)``.
    texts : sequence of str
        Repaired.
    n_dimensions : int, optional
        How many dimensions there must be.

    Returns
    -------
    numpy.ndarray of float32, shape (n_texts, n_dimensions)

    Raises
    ------
    TypeError
        If there is no method ``encode``.
    ValueError
        If what it returns has another shape or holds values that are not finite.

    Examples
    --------
    >>> class Lengths:
    ...     def encode(self, texts):
    ...         return [[len(text), 1.0] for text in texts]
    >>> encode_texts(Lengths(), ["abc"]).round(2).tolist()
    [[0.949999988079071, 0.3199999928474426]]
    """
    if isinstance(encoder, str) or not callable(getattr(encoder, "encode", None)):
        raise TypeError(
            f"the encoder, a {type(encoder).__name__}, has no method encode(list of str)"
        )
    if not len(texts):
        return np.empty((0, n_dimensions or 0), dtype=np.float32)
    vectors = np.asarray(encoder.encode(list(texts)), dtype=np.float32)
    wanted = n_dimensions if n_dimensions is not None else "d"
    if vectors.ndim != 2 or len(vectors) != len(texts) or wanted not in ("d", vectors.shape[1]):
        raise ValueError(
            f"the encoder returned an array of shape {vectors.shape} for {len(texts)} texts; "
            f"({len(texts)}, {wanted}) is needed"
        )
    if not np.isfinite(vectors).all():
        raise ValueError("the encoder returned values that are not finite numbers")
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.maximum(lengths, np.float32(1e-12))


def train_vectors(
    X: np.ndarray, y: np.ndarray, weights: np.ndarray, n_classes: int, inverse_strength: float
) -> tuple[np.ndarray, np.ndarray]:
    """Multinomial logistic regression on vectors, by L-BFGS.

    Parameters
    ----------
    X : numpy.ndarray of float32, shape (n, n_dimensions)
    y : numpy.ndarray of int, shape (n,)
    weights : numpy.ndarray, shape (n,)
    n_classes : int
    inverse_strength : float
        C of scikit-learn's LogisticRegression.

    Returns
    -------
    coef : numpy.ndarray of float32, shape (n_dimensions, n_classes)
    intercept : numpy.ndarray of float32, shape (n_classes,)
        Sums to zero.
    """
    from sklearn.linear_model import LogisticRegression

    peer = LogisticRegression(C=inverse_strength, max_iter=300)
    peer.fit(X, y, sample_weight=weights)
    coef, intercept = peer.coef_.T, peer.intercept_
    if n_classes == 2:  # one weight, for the second class against the first
        coef = np.hstack([-coef, coef]) / 2
        intercept = np.array([-intercept[0], intercept[0]]) / 2
    return coef.astype(np.float32), (intercept - intercept.mean()).astype(np.float32)
