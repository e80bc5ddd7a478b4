"""Vowpal Wabbit (Langford, Li, Strehl 2007, https://vowpalwabbit.org/): online logistic loss."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin

from scamclassify.benchmark.model import ModelSpec


class VowpalWabbitClassifier(ClassifierMixin, BaseEstimator):
    """Two classes by Vowpal Wabbit on raw texts: word 1-2-grams and character 1-5-grams.

    Parameters
    ----------
    passes : int, default=5
    bits : int, default=20
        The table of weights has 2**bits slots.
    learning_rate : float, default=0.5
    random_state : int or None
        Order of the messages.
    """

    def __init__(self, passes=5, bits=20, learning_rate=0.5, random_state=None):
        self.passes = passes
        self.bits = bits
        self.learning_rate = learning_rate
        self.random_state = random_state

    def fit(self, X, y) -> Self:
        """Train on texts with two labels, in ``passes`` orders."""
        from vowpalwabbit import Workspace

        self.classes_, codes = np.unique(np.asarray(y).astype(str), return_inverse=True)
        if len(self.classes_) != 2:
            raise ValueError(f"two classes are needed, there are {len(self.classes_)}")
        lines = [
            f"{1 if code else -1} {_features(text)}" for text, code in zip(X, codes, strict=True)
        ]
        self.model_ = Workspace(
            f"--loss_function logistic --link logistic -b {self.bits} -l {self.learning_rate} "
            "--ngram w2 --ngram c5 --quiet"
        )
        rng = np.random.default_rng(self.random_state)
        for _ in range(self.passes):
            for place in rng.permutation(len(lines)):
                self.model_.learn(lines[place])
        return self

    def predict_proba(self, X) -> np.ndarray:
        """Probabilities, float64 array of shape (n_texts, 2)."""
        positive = np.array([float(self.model_.predict(_features(text))) for text in X])
        return np.column_stack([1 - positive, positive])

    def predict(self, X) -> np.ndarray:
        """Most likely labels."""
        return self.classes_[self.predict_proba(X).argmax(axis=1)]


def _features(text: str) -> str:
    """A line of Vowpal Wabbit's text format without its label."""
    plain = text.encode("utf-8", "replace").decode("utf-8").lower()
    # A bar and a colon have a meaning of their own in this format.
    words = plain.replace("|", " ").replace(":", " ").split()
    letters = " _ ".join(" ".join(word) for word in words)
    return f"|w {' '.join(words)} |c {letters}"


def _build(seed: int) -> Any:
    return VowpalWabbitClassifier(random_state=seed)


SPECS = (
    ModelSpec(
        "vowpal_wabbit",
        _build,
        "Vowpal Wabbit, word 1-2-grams and character 1-5-grams, 5 passes",
        needs=("vowpalwabbit",),
    ),
)
