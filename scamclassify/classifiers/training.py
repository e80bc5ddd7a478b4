"""Training of ScamClassifier: each part apart, on all prepared messages or on some of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from joblib import Parallel, delayed, effective_n_jobs
from scipy.optimize import minimize

from scamclassify.classifiers.balance import balanced_weights
from scamclassify.classifiers.encoding import train_vectors
from scamclassify.classifiers.fact_loss import FactLoss
from scamclassify.classifiers.linear_kernel import add_slot_mass, train_epoch
from scamclassify.classifiers.sampling import sample_evenly
from scamclassify.classifiers.training_set import TrainingSet
from scamclassify.classifiers.typing_scams import PAIR_VALUE
from scamclassify.features.fact_kernel import add_fact_scores, count_columns
from scamclassify.features.facts import FactExtractor

#: Power of the weights that balance sources and labels for the n-grams. They learn what is
#: particular to a source, so rare labels of small sources need not count in full.
NGRAM_BALANCE = 0.5
# A pair of facts that fewer training messages have gets no weight of its own.
_LEAST_MESSAGES = 5
# Vectors of an encoder are of unit length: C as for scikit-learn's LogisticRegression.
_ENCODER_C = 1.0
# Facts learn no more from more messages than so many, nor does the calibration.
_MOST_MESSAGES = 100_000
# The n-grams of many messages take fewer passes: no more steps than so many, or one pass.
_MOST_STEPS = 150_000


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


def train(
    model,
    data: TrainingSet,
    rows: np.ndarray | None = None,
    n_jobs: int = 1,
    mass: np.ndarray | None = None,
) -> Weights:
    """Fit all parts on the given rows, each apart, the n-grams on top of the facts.

    ``mass`` (float64, shape (n_features,)) receives the mass of each slot of the n-grams, if
    given; see :class:`~scamclassify.classifiers.state.TrainingState`.
    """
    rows = np.arange(len(data.y)) if rows is None else rows
    fact_coef, fact_bias = train_facts(model, data, rows, n_jobs)
    known = fact_scores(data.facts[rows], fact_coef, fact_bias)
    ngram_coef, ngram_bias = train_ngrams(model, data, rows, known, n_jobs, mass)
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


def train_ngrams(
    model,
    data: TrainingSet,
    rows: np.ndarray,
    known: np.ndarray,
    n_jobs: int = 1,
    mass: np.ndarray | None = None,
):
    """Fit the n-grams on the given rows, scaled by ``ngram_share``; see :func:`train`.

    Their scores are added to ``ngram_offset`` times those of the facts, ``known`` (float32,
    shape (n_rows, n_classes)), so that they learn what the facts leave open.

    Returns
    -------
    ngram_coef : numpy.ndarray of float32, shape (n_features, n_classes)
    intercept : numpy.ndarray of float32, shape (n_classes,)
    """
    ngrams, y, n_classes = data.ngrams[rows], data.y[rows], len(model.classes_)
    weights = balanced_weights(data.sources[rows], y, NGRAM_BALANCE)
    rng = np.random.default_rng(model.random_state)
    table = np.zeros((ngrams.n_features + 1, n_classes + 1), dtype=np.float32)
    base = np.float32(model.ngram_offset) * known
    for epoch in range(n_passes(model.ngram_epochs, len(y))):
        for places, X in ngrams.blocks(rng.permutation(len(y)), n_jobs):
            train_epoch(
                X.indptr, X.indices, X.data, y[places], weights[places], base[places], table,
                model.ngram_rate, model.ngram_l2,
            )  # fmt: skip
            if epoch == 0 and mass is not None:
                add_slot_mass(X.indptr, X.indices, X.data, weights[places], mass)
    weighed = np.float32(model.ngram_share) * table[:, :n_classes]
    return weighed[:-1], weighed[-1]


def n_passes(most: int, n_messages: int) -> int:
    """How often the n-grams of so many messages are gone through."""
    return min(most, max(1, _MOST_STEPS // n_messages))


def sample_labels(sources: np.ndarray, y: np.ndarray, random_state: int | None) -> np.ndarray:
    """Rows that facts are fitted on: of very many, the commonest labels of sources are cut."""
    _, source = np.unique(sources, return_inverse=True)
    return sample_evenly(source * (int(y.max()) + 1) + y, _MOST_MESSAGES, random_state)


def train_facts(model, data: TrainingSet, rows: np.ndarray, n_jobs: int = 1):
    """Fit the facts and their pairs alone on the given rows.

    Multinomial logistic regression by L-BFGS, on a sample of very many messages.

    Returns
    -------
    fact_coef : numpy.ndarray of float32, shape (n_fact_columns, n_classes)
    intercept : numpy.ndarray of float64, shape (n_classes,)
    """
    n_classes = len(model.classes_)
    rows = rows[sample_labels(data.sources[rows], data.y[rows], model.random_state)]
    X, y = data.facts[rows], data.y[rows]
    extractor = FactExtractor()
    hidden = [
        (extractor.link_details, model.link_dropout),
        (extractor.brand_facts, model.brand_dropout),
        (extractor.repair_facts, model.repair_dropout),
    ]
    X = hide_facts(X, hidden, model.random_state)
    n_facts = X.shape[1]
    counts = np.zeros(n_facts * (n_facts + 1) // 2, dtype=np.int64)
    count_columns(X.indptr, X.indices, n_facts, counts)
    used = np.flatnonzero(counts >= min(_LEAST_MESSAGES, len(y)))
    weights = balanced_weights(data.sources[rows], y).astype(np.float64)
    mass = weights.sum()
    pull = 1 / (model.facts_C * mass)
    with FactLoss(X, used, y, weights, n_jobs) as fact_loss:

        def objective(flat):
            table = flat.reshape(-1, n_classes)
            loss, gradient = fact_loss(table)
            gradient /= mass
            gradient[1:] += pull * table[1:]
            return loss / mass + 0.5 * pull * (table[1:] ** 2).sum(), gradient.ravel()

        start = np.zeros((len(used) + 1) * n_classes)
        found = minimize(
            objective, start, jac=True, method="L-BFGS-B", options={"maxiter": 60, "ftol": 1e-7}
        )
    table = found.x.reshape(-1, n_classes)
    coef = np.zeros((len(counts), n_classes), dtype=np.float32)
    coef[used] = table[1:]
    return coef, table[0]


def hide_facts(
    X: sp.csr_matrix, families: list[tuple[np.ndarray, float]], random_state: int | None
) -> sp.csr_matrix:
    """Facts of messages without those of a family in a share of the messages.

    What collectors mask or choose (where links lead, which brands are named, how messages
    are disguised) differs from one to the next; a model that always sees it takes messages
    without it for honest.

    Parameters
    ----------
    X : scipy.sparse.csr_matrix, shape (n_messages, n_facts)
    families : list of (numpy.ndarray of bool, shape (n_facts,), float)
        The columns of a family and the share of messages that lose them, drawn apart for
        each family.
    random_state : int, optional
        Seed of the draws.
    """
    rng = np.random.default_rng(random_state)
    gone = np.zeros(X.nnz, dtype=bool)
    for columns, share in families:
        hidden = rng.random(X.shape[0]) < share
        gone |= np.repeat(hidden, np.diff(X.indptr)) & columns[X.indices]
    indptr = np.concatenate([[0], np.cumsum(~gone)])[X.indptr]
    indices = X.indices[~gone]
    return sp.csr_matrix((np.ones(len(indices), np.float32), indices, indptr), X.shape)


def fact_scores(
    X: sp.csr_matrix, coef: np.ndarray, intercept: np.ndarray | None = None
) -> np.ndarray:
    """Scores of active facts and their pairs, float32 array of shape (n_rows, n_classes)."""
    scores = np.zeros((X.shape[0], coef.shape[1]), dtype=np.float32)
    add_fact_scores(X.indptr, X.indices, X.shape[1], coef, PAIR_VALUE, scores)
    return scores if intercept is None else scores + intercept.astype(np.float32)


def deal_groups(groups: np.ndarray, n_folds: int, rng: np.random.Generator) -> np.ndarray:
    """Fold of each message, int array of shape (n_messages,): that of its group, at random."""
    _, group = np.unique(groups, return_inverse=True)
    return rng.integers(0, n_folds, group.max() + 1)[group]


def held_out_parts(
    fold: np.ndarray, groups: np.ndarray, y: np.ndarray, n_classes: int
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Rows of each fold, and rows to train on: those of other folds that share no group.

    A fold whose training side lacks a class is left out.
    """
    parts = []
    for k in range(int(fold.max()) + 1):
        test, rest = np.flatnonzero(fold == k), np.flatnonzero(fold != k)
        rest = rest[~np.isin(groups[rest], groups[test])]
        if len(test) and len(np.unique(y[rest])) == n_classes:
            parts.append((test, rest))
    return parts


def out_of_fold_scores(model, data: TrainingSet) -> tuple[np.ndarray, np.ndarray]:
    """Scores of messages by models that saw neither their fold's sources nor its groups.

    Of very many messages a sample is divided into folds.

    Returns
    -------
    scores : numpy.ndarray, shape (n_scored, n_classes)
    rows : numpy.ndarray of int, shape (n_scored,)
        The messages that were scored; a fold whose training side lacks a class is left out.
    """
    _, source = np.unique(data.sources, return_inverse=True)
    sample = sample_evenly(source, _MOST_MESSAGES, model.random_state)
    if len(sample) < len(source):
        data = data.take(sample)
    groups = data.found_groups()
    folds = model.calibration_folds
    names, source = np.unique(data.sources, return_inverse=True)
    rng = np.random.default_rng(model.random_state)
    if len(names) >= folds:
        # Large and small sources are dealt out in turn.
        rank = np.argsort(np.argsort(-np.bincount(source), kind="stable"))
        fold = rank[source] % folds
    else:
        fold = deal_groups(groups, folds, rng)
    parts = held_out_parts(fold, groups, data.y, len(model.classes_))
    if not parts:
        return np.empty((0, len(model.classes_))), np.empty(0, dtype=np.int64)
    # The kernels release the interpreter's lock, so threads share the features.
    scores = Parallel(n_jobs=effective_n_jobs(model.n_jobs), prefer="threads")(
        delayed(_score_held_out)(model, data, test, rest) for test, rest in parts
    )
    return np.concatenate(scores), sample[np.concatenate([test for test, _ in parts])]


def score(data: TrainingSet, weights: Weights, rows: np.ndarray) -> np.ndarray:
    """Scores of rows before calibration, shape (n_rows, n_classes)."""
    scores = data.ngrams[rows] @ weights.ngram_coef + weights.intercept
    scores += fact_scores(data.facts[rows], weights.fact_coef)
    if data.vectors is not None and weights.encoder_coef is not None:
        scores += data.vectors[rows] @ weights.encoder_coef
    return scores


def _score_held_out(model, data: TrainingSet, test: np.ndarray, rest: np.ndarray) -> np.ndarray:
    return score(data, train(model, data, rest), test)
