"""Classical peers: pipelines of scikit-learn on n-grams of words and characters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression, RidgeClassifier
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import Pipeline

from scamclassify.benchmark.model import ModelSpec
from scamclassify.classifiers.registry import MODELS as BY_NAME
from scamclassify.classifiers.registry import build_model
from scamclassify.features.ngrams import HashedNgramVectorizer


def _named(name: str) -> ModelSpec:
    def build(seed: int) -> Any:
        return build_model(name, random_state=seed)

    return ModelSpec(name, build, BY_NAME[name][1])


class NaiveBayesMargin(ComplementNB):
    """Complement naive Bayes that ranks by log odds.

    Its probabilities round to 0 and 1, and messages that share a score cannot be ranked.
    """

    def decision_function(self, X) -> np.ndarray:
        """Log odds of the second class, float64 array of shape (n_samples,)."""
        joint = self.predict_joint_log_proba(X)
        return joint[:, 1] - joint[:, 0]

    @property
    def predict_proba(self):
        """Not offered."""
        raise AttributeError("predict_proba")


def _margins(name: str) -> Callable[[int], Any]:
    def build(seed: int) -> Any:
        margin = NaiveBayesMargin(alpha=0.1)
        return build_model(name, random_state=seed).set_params(classifier=margin)

    return build


def _char_ridge(seed: int) -> Pipeline:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 5), sublinear_tf=True)
    return Pipeline(
        [
            ("tfidf", vectorizer),
            ("classifier", RidgeClassifier(solver="sparse_cg", tol=1e-3, random_state=seed)),
        ]
    )


def _liblinear(seed: int) -> LogisticRegression:
    # Coordinate descent: seconds where L-BFGS takes minutes on a million columns.
    return LogisticRegression(
        C=10.0, solver="liblinear", dual=True, max_iter=200, random_state=seed
    )


def _hashed_logistic(seed: int) -> Pipeline:
    vectorizer = HashedNgramVectorizer(n_features=2**18)
    return Pipeline([("ngrams", vectorizer), ("classifier", _liblinear(seed))])


def _tfidf_logistic(seed: int) -> Pipeline:
    reference = build_model("tfidf_linear_svm", random_state=seed)
    return reference.set_params(classifier=_liblinear(seed))


def _prior(seed: int) -> DummyClassifier:
    return DummyClassifier(strategy="prior", random_state=seed)


SPECS = (
    ModelSpec("prior", _prior, "no model: every message has the share of scam in training"),
    ModelSpec(
        "complement_nb", _margins("complement_nb"), "complement naive Bayes on hashed n-gram counts"
    ),
    ModelSpec("hashed_logistic", _hashed_logistic, "logistic regression on hashed n-grams"),
    _named("nb_svm"),
    _named("tfidf_linear_svm"),
    ModelSpec("tfidf_logistic", _tfidf_logistic, "the reference features, logistic regression"),
    ModelSpec(
        "tfidf_complement_nb",
        _margins("tfidf_complement_nb"),
        "the reference features, complement naive Bayes",
    ),
    ModelSpec("char_tfidf_ridge", _char_ridge, "TF-IDF of character 1-5-grams, ridge regression"),
)
