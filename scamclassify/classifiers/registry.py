"""Models by name: pipelines that take raw text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sklearn.feature_extraction.text import TfidfTransformer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB, MultinomialNB
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.svm import LinearSVC

from scamclassify.classifiers.naive_bayes_svm import NaiveBayesSVM
from scamclassify.classifiers.scam import ScamClassifier
from scamclassify.errors import UnknownNameError
from scamclassify.features.ngrams import HashedNgramVectorizer


def _hashed(classifier: Any, **vectorizer: Any) -> Pipeline:
    return Pipeline([("ngrams", HashedNgramVectorizer(**vectorizer)), ("classifier", classifier)])


def _tfidf(classifier: Any) -> Pipeline:
    union = FeatureUnion(
        [
            ("words", TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b")),
            ("characters", TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 5))),
        ]
    )
    return Pipeline([("tfidf", union), ("classifier", classifier)])


def _complement_nb(random_state):
    return _hashed(ComplementNB(alpha=0.1), weighting="count", norm=None)


def _multinomial_nb(random_state):
    return _hashed(MultinomialNB(alpha=0.1), weighting="count", norm=None)


def _logistic_regression(random_state):
    return _hashed(LogisticRegression(C=10.0, max_iter=1000, random_state=random_state))


def _linear_svm(random_state):
    return _hashed(LinearSVC(class_weight="balanced", random_state=random_state))


def _nb_svm(random_state):
    return _hashed(NaiveBayesSVM(random_state=random_state), weighting="binary", norm=None)


def _hashed_tfidf_svm(random_state):
    return Pipeline(
        [
            ("ngrams", HashedNgramVectorizer(norm=None)),
            ("tfidf", TfidfTransformer()),
            ("classifier", LinearSVC(class_weight="balanced", random_state=random_state)),
        ]
    )


def _tfidf_linear_svm(random_state):
    return _tfidf(LinearSVC(random_state=random_state))


def _tfidf_complement_nb(random_state):
    return _tfidf(ComplementNB(alpha=0.1))


def _tfidf_logistic_regression(random_state):
    return _tfidf(LogisticRegression(C=10.0, max_iter=1000, random_state=random_state))


def _scamclassify(random_state):
    return ScamClassifier(random_state=random_state)


#: Every model that :func:`build_model` knows, with a line on what it is.
MODELS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "complement_nb": (_complement_nb, "complement naive Bayes on hashed n-gram counts"),
    "multinomial_nb": (_multinomial_nb, "multinomial naive Bayes on hashed n-gram counts"),
    "logistic_regression": (_logistic_regression, "logistic regression on hashed n-grams"),
    "linear_svm": (_linear_svm, "linear support vector machine on hashed n-grams"),
    "nb_svm": (_nb_svm, "NB-SVM on hashed binary n-grams"),
    "hashed_tfidf_svm": (_hashed_tfidf_svm, "linear SVM on hashed n-grams with TF-IDF weights"),
    "tfidf_linear_svm": (
        _tfidf_linear_svm,
        "the reference: TF-IDF of word 1-2-grams and character 1-5-grams, linear SVM",
    ),
    "tfidf_complement_nb": (_tfidf_complement_nb, "the reference features, naive Bayes"),
    "tfidf_logistic_regression": (
        _tfidf_logistic_regression,
        "the reference features, logistic regression",
    ),
    "scamclassify": (_scamclassify, "ScamClassifier, the default of this library"),
}


def build_model(name: str = "scamclassify", *, random_state: int | None = 0):
    """Build an unfitted model that takes raw text.

    Parameters
    ----------
    name : str, default="scamclassify"
        One of :data:`MODELS`.
    random_state : int or None, default=0
        Seed of what is random in it.

    Returns
    -------
    estimator
        With ``fit(texts, labels)`` and ``predict(texts)``; a new object on each call.

    Raises
    ------
    UnknownNameError
        With the nearest match, if there is no such model.

    Examples
    --------
    >>> model = build_model("complement_nb")
    >>> model.fit(["claim your prize", "see you at lunch"], ["scam", "ham"])
    Pipeline(...)
    >>> model.predict(["claim the prize now"]).tolist()
    ['scam']
    """
    if name not in MODELS:
        raise UnknownNameError("model", name, MODELS)
    return MODELS[name][0](random_state)
