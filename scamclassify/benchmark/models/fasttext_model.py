"""fastText with subwords (Joulin et al. 2017, https://aclanthology.org/E17-2068/)."""

from __future__ import annotations

import tempfile
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin

from scamclassify.benchmark.model import ModelSpec

_PREFIX = "__label__"


class FastTextClassifier(ClassifierMixin, BaseEstimator):
    """fastText behind the interface of scikit-learn, on raw texts.

    Parameters
    ----------
    dim, epoch, bucket : int
    lr : float
    minn, maxn : int
        Lengths of subwords, in characters.
    word_ngrams : int
    random_state : int or None
        Seed; results repeat because one thread is used.
    """

    def __init__(
        self,
        dim=50,
        epoch=10,
        lr=0.5,
        minn=2,
        maxn=5,
        word_ngrams=2,
        bucket=500_000,
        random_state=None,
    ):
        self.dim = dim
        self.epoch = epoch
        self.lr = lr
        self.minn = minn
        self.maxn = maxn
        self.word_ngrams = word_ngrams
        self.bucket = bucket
        self.random_state = random_state

    def fit(self, X, y) -> Self:
        """Train on texts; fastText reads them from a temporary file."""
        import fasttext

        self.classes_ = np.unique(np.asarray(y).astype(str))
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as stream:
            stream.writelines(
                f"{_PREFIX}{label} {_line(text)}\n" for text, label in zip(X, y, strict=True)
            )
            stream.flush()
            self.model_ = fasttext.train_supervised(
                stream.name, minn=self.minn, maxn=self.maxn, wordNgrams=self.word_ngrams,
                dim=self.dim, epoch=self.epoch, lr=self.lr, bucket=self.bucket, thread=1,
                seed=self.random_state or 0, verbose=0,
            )  # fmt: skip
        return self

    def predict_proba(self, X) -> np.ndarray:
        """Probabilities, float64 array of shape (n_texts, n_classes)."""
        out = np.zeros((len(X), len(self.classes_)))
        column = {f"{_PREFIX}{name}": place for place, name in enumerate(self.classes_)}
        labels, values = self.model_.predict([_line(text) for text in X], k=len(column))
        for row, (names, shares) in enumerate(zip(labels, values, strict=True)):
            for name, share in zip(names, shares, strict=True):
                out[row, column[name]] = share
        # fastText's own rounding can leave the sum a little above 1.
        return np.clip(out, 0.0, 1.0)

    def predict(self, X) -> np.ndarray:
        """Most likely labels."""
        return self.classes_[self.predict_proba(X).argmax(axis=1)]


def _line(text: str) -> str:
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split()) or "."


def _build(seed: int) -> Any:
    return FastTextClassifier(random_state=seed)


SPECS = (
    ModelSpec(
        "fasttext",
        _build,
        "fastText, subwords 2-5, word 2-grams, 50 dimensions, 10 epochs",
        needs=("fasttext",),
    ),
)
