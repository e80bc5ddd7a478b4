"""Training of ScamClassifier: prepare the messages once, fit on all or on parts of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from joblib import Parallel, delayed
from scipy.optimize import minimize

from scamclassify.classifiers.balance import balanced_weights
from scamclassify.classifiers.encoding import encode_texts, train_vectors
from scamclassify.classifiers.linear_kernel import train_epoch
from scamclassify.classifiers.typing_scams import CHAR_RANGE, PAIR_VALUE, WORD_NGRAMS
from scamclassify.features.fact_kernel import (
    add_fact_scores,
    count_columns,
    loss_and_gradient,
)
from scamclassify.features.facts import FactExtractor
from scamclassify.features.ngrams import HashedNgramVectorizer
from scamclassify.features.prepared import prepare
from scamclassify.text.near_duplicates import group_near_duplicates

# A pair of facts that fewer training messages have gets no weight of its own.
_LEAST_MESSAGES = 5
# Vectors of an encoder are of unit length: C as for scikit-learn's LogisticRegression.
_ENCODER_C = 1.0


@dataclass(frozen=True)
class TrainingSet:
    """Features, classes, languages and groups of the training messages."""

    ngrams: sp.csr_matrix
    facts: sp.csr_matrix
    y: np.ndarray
    languages: np.ndarray
    sources: np.ndarray
    groups: np.ndarray
    vectors: np.ndarray | None = None

    @classmethod
    def build(cls, model, X, texts: list[str], labels: np.ndarray, groups) -> TrainingSet:
        """Prepare messages; ``X`` is asked for the columns language and source."""
        columns = getattr(X, "columns", ())
        extractor = FactExtractor()
        prepared = prepare(texts, extractor)
        vectorizer = HashedNgramVectorizer(model.n_features, CHAR_RANGE, WORD_NGRAMS)
        ngrams = vectorizer.transform(prepared.texts)
        active = prepared.facts
        facts = sp.csr_matrix(
            (np.ones(len(active.indices), np.float32), active.indices, active.indptr),
            (len(texts), extractor.n_facts),
        )
        if "language" in columns:
            languages = X["language"].fillna("und").to_numpy(dtype=str)
        else:
            languages = prepared.languages.astype(str)
        if "source" in columns:
            sources = X["source"].fillna("").to_numpy(dtype=str)
        else:
            sources = np.full(len(texts), "")
        if groups is None:
            groups = group_near_duplicates(texts)
        y = np.searchsorted(model.classes_, labels.astype(str))
        vectors = None
        if model.encoder is not None:
            vectors = encode_texts(model.encoder, prepared.texts)
        return cls(ngrams, facts, y, languages, sources, np.asarray(groups), vectors)


class Weights(NamedTuple):
    """Fitted weights of all parts.

    Attributes
    ----------
    ngram_coef : numpy.ndarray of float32, shape (n_features, n_classes)
    fact_coef : numpy.ndarray of float32, shape (n_fact_columns, n_classes)
    intercept : numpy.ndarray of float32, shape (n_classes,)
        Of all parts together.
    ngram_intercept : numpy.ndarray of float32, shape (n_classes,)
        Of the n-grams alone.
    encoder_coef : numpy.ndarray of float32, shape (n_dimensions, n_classes), or None
    """

    ngram_coef: np.ndarray
    fact_coef: np.ndarray
    intercept: np.ndarray
    ngram_intercept: np.ndarray
    encoder_coef: np.ndarray | None


def train(model, data: TrainingSet, rows: np.ndarray | None = None) -> Weights:
    """Fit all parts on the given rows, each apart."""
    rows = np.arange(len(data.y)) if rows is None else rows
    ngram_coef, ngram_bias = train_ngrams(model, data, rows)
    fact_coef, fact_bias = train_facts(model, data, rows)
    intercept = ngram_bias + fact_bias
    encoder_coef = None
    if data.vectors is not None:
        weights = balanced_weights(data.sources[rows], data.y[rows])
        encoder_coef, encoder_bias = train_vectors(
            data.vectors[rows], data.y[rows], weights, len(model.classes_), _ENCODER_C
        )
        intercept = intercept + encoder_bias
    return Weights(
        ngram_coef,
        fact_coef,
        intercept.astype(np.float32),
        np.asarray(ngram_bias, dtype=np.float32),
        encoder_coef,
    )


def train_ngrams(model, data: TrainingSet, rows: np.ndarray):
    """Fit the n-grams alone on the given rows, scaled by ``ngram_share``.

    Returns
    -------
    ngram_coef : numpy.ndarray of float32, shape (n_features, n_classes)
    intercept : numpy.ndarray of float32, shape (n_classes,)
    """
    X, y, n_classes = data.ngrams[rows], data.y[rows], len(model.classes_)
    weights = balanced_weights(data.sources[rows], y)
    rng = np.random.default_rng(model.random_state)
    coef = np.zeros((X.shape[1], n_classes), dtype=np.float32)
    bias = np.zeros(n_classes, dtype=np.float32)
    squares = np.zeros(X.shape[1] + 1, dtype=np.float32)
    for _ in range(model.ngram_epochs):
        order = rng.permutation(X.shape[0])
        train_epoch(
            X.indptr, X.indices, X.data, y, weights, order, coef, bias, squares,
            model.ngram_rate, model.ngram_l2,
        )  # fmt: skip
    return model.ngram_share * coef, model.ngram_share * bias


def train_facts(model, data: TrainingSet, rows: np.ndarray):
    """Fit the facts and their pairs alone on the given rows.

    Multinomial logistic regression by L-BFGS; the pairs are never written out.

    Returns
    -------
    fact_coef : numpy.ndarray of float32, shape (n_fact_columns, n_classes)
    intercept : numpy.ndarray of float64, shape (n_classes,)
    """
    X, y, n_classes = data.facts[rows], data.y[rows], len(model.classes_)
    if model.link_dropout:
        X = hide_link_details(X, model.link_dropout, model.random_state)
    n_facts = X.shape[1]
    counts = np.zeros(n_facts * (n_facts + 1) // 2, dtype=np.int64)
    count_columns(X.indptr, X.indices, n_facts, counts)
    used = np.flatnonzero(counts >= min(_LEAST_MESSAGES, len(y)))
    place = np.full(len(counts), -1, dtype=np.int32)
    place[used] = np.arange(len(used))
    weights = balanced_weights(data.sources[rows], y).astype(np.float64)
    mass = weights.sum()
    pull = 1 / (model.facts_C * mass)

    def objective(flat):
        table = flat.reshape(-1, n_classes)
        coef, bias = table[1:], table[0]
        gradient = np.zeros_like(table)
        loss = loss_and_gradient(
            X.indptr, X.indices, n_facts, place, PAIR_VALUE, y, weights, coef, bias,
            gradient[1:], gradient[0],
        )  # fmt: skip
        gradient /= mass
        gradient[1:] += pull * coef
        return loss / mass + 0.5 * pull * (coef**2).sum(), gradient.ravel()

    start = np.zeros((len(used) + 1) * n_classes)
    found = minimize(
        objective, start, jac=True, method="L-BFGS-B", options={"maxiter": 60, "ftol": 1e-7}
    )
    table = found.x.reshape(-1, n_classes)
    coef = np.zeros((len(counts), n_classes), dtype=np.float32)
    coef[used] = table[1:]
    return coef, table[0]


def hide_link_details(X: sp.csr_matrix, share: float, random_state: int | None) -> sp.csr_matrix:
    """Facts of messages, in a share of which nothing says where a link leads.

    Some collectors mask addresses; a model that always sees them takes a masked one for honest.
    """
    hidden = np.random.default_rng(random_state).random(X.shape[0]) < share
    gone = np.repeat(hidden, np.diff(X.indptr)) & FactExtractor().link_details[X.indices]
    indptr = np.concatenate([[0], np.cumsum(~gone)])[X.indptr]
    indices = X.indices[~gone]
    return sp.csr_matrix((np.ones(len(indices), np.float32), indices, indptr), X.shape)


def fact_scores(X: sp.csr_matrix, coef: np.ndarray) -> np.ndarray:
    """Scores of active facts and their pairs, float32 array of shape (n_rows, n_classes)."""
    scores = np.zeros((X.shape[0], coef.shape[1]), dtype=np.float32)
    add_fact_scores(X.indptr, X.indices, X.shape[1], coef, PAIR_VALUE, scores)
    return scores


def out_of_fold_scores(model, data: TrainingSet) -> tuple[np.ndarray, np.ndarray]:
    """Scores of messages by models that saw neither their fold's sources nor its groups.

    Returns
    -------
    scores : numpy.ndarray, shape (n_scored, n_classes)
    rows : numpy.ndarray of int, shape (n_scored,)
        The messages that were scored; a fold whose training side lacks a class is left out.
    """
    folds = model.calibration_folds
    names, source = np.unique(data.sources, return_inverse=True)
    if len(names) >= folds:
        # Large and small sources are dealt out in turn.
        rank = np.argsort(np.argsort(-np.bincount(source), kind="stable"))
        fold = rank[source] % folds
    else:
        rng = np.random.default_rng(model.random_state)
        _, group = np.unique(data.groups, return_inverse=True)
        fold = rng.integers(0, folds, group.max() + 1)[group]
    parts = []
    for k in range(folds):
        test = np.flatnonzero(fold == k)
        rest = np.flatnonzero(fold != k)
        rest = rest[~np.isin(data.groups[rest], data.groups[test])]
        if len(test) and len(np.unique(data.y[rest])) == len(model.classes_):
            parts.append((test, rest))
    if not parts:
        return np.empty((0, len(model.classes_))), np.empty(0, dtype=np.int64)
    # The kernels release the interpreter's lock, so threads share the features.
    scores = Parallel(n_jobs=model.n_jobs, prefer="threads")(
        delayed(_score_held_out)(model, data, test, rest) for test, rest in parts
    )
    return np.concatenate(scores), np.concatenate([test for test, _ in parts])


def score(data: TrainingSet, weights: Weights, rows: np.ndarray) -> np.ndarray:
    """Scores of rows before calibration, shape (n_rows, n_classes)."""
    scores = data.ngrams[rows] @ weights.ngram_coef + weights.intercept
    scores += fact_scores(data.facts[rows], weights.fact_coef)
    if data.vectors is not None and weights.encoder_coef is not None:
        scores += data.vectors[rows] @ weights.encoder_coef
    return scores


def _score_held_out(model, data: TrainingSet, test: np.ndarray, rest: np.ndarray) -> np.ndarray:
    return score(data, train(model, data, rest), test)
