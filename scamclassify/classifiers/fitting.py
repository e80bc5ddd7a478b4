"""Fits a ScamClassifier: weights, calibration, operating points, bands, types."""

from __future__ import annotations

from numbers import Integral

import numpy as np
from joblib import effective_n_jobs
from threadpoolctl import threadpool_limits

from scamclassify.classifiers.balance import balanced_weights
from scamclassify.classifiers.calibration import calibration_weights, fit_calibration, softmax
from scamclassify.classifiers.operating import OperatingPoints, measure_operating_points
from scamclassify.classifiers.parameters import check_parameters
from scamclassify.classifiers.state import (
    TrainingState,
    column_masses,
    half_precision,
    pack_mass,
)
from scamclassify.classifiers.training import out_of_fold_scores, train
from scamclassify.classifiers.training_set import TrainingSet
from scamclassify.classifiers.type_training import known_types, train_types
from scamclassify.classifiers.typing_scams import PAIR_VALUE
from scamclassify.classifiers.unsure import measure_unsure_bands
from scamclassify.errors import ParameterError, UnknownNameError
from scamclassify.features.prepared import prepare_blocks
from scamclassify.labels import LABELS
from scamclassify.validation import as_texts

# Mean of p * (1 - p) where nothing was held out to measure it.
_SPREAD = 0.1


def check_labels(y, n_texts: int) -> np.ndarray:
    """Labels as an array of objects.

    Raises
    ------
    ValueError
        If the lengths differ, there are none, or a label is unknown.
    """
    y = np.asarray(y, dtype=object)
    if y.ndim != 1 or len(y) != n_texts:
        raise ValueError(f"{n_texts} texts but labels of shape {y.shape} were given")
    if n_texts == 0:
        raise ValueError("no message was given to train on")
    for label in set(y.tolist()):
        if isinstance(label, Integral):
            raise ParameterError(
                f"the label {label!r} is a number; labels are {', '.join(LABELS)}. scikit-learn's "
                'cross_val_predict(method="predict_proba") and VotingClassifier number them: '
                "scamclassify.quality.out_of_sample_probabilities gives probabilities by folds"
            )
        if label not in LABELS:
            raise UnknownNameError("label", label, LABELS)
    return y


def check_known_labels(model, y, n_texts: int) -> np.ndarray:
    """As :func:`check_labels`, for a fitted model, whose labels alone are allowed."""
    labels = check_labels(y, n_texts)
    known = model.classes_.tolist()
    for label in set(labels.tolist()):
        if label not in known:
            raise UnknownNameError("label of this model", label, known)
    return labels


def find_classes(y: np.ndarray) -> np.ndarray:
    """The labels that occur, in the order ham, promo, scam; at least two."""
    found = set(y.tolist())
    if len(found) < 2:
        raise ValueError(
            f"only one label was given, {next(iter(found))!r}; two of {', '.join(LABELS)} "
            "are needed"
        )
    return np.array([label for label in LABELS if label in found])


# Threads of the linear algebra would wait for each other longer than they work.
@threadpool_limits.wrap(limits=1, user_api="blas")
def fit_model(model, X, y, groups, scam_types) -> None:
    """Fit; see ``ScamClassifier.fit``."""
    check_parameters(model)
    texts = as_texts(X)
    labels = check_labels(y, len(texts))
    model.classes_ = find_classes(labels)
    types = known_types(X, scam_types, labels)
    data = TrainingSet.build(model, X, texts, labels, groups)
    ngram_mass = np.zeros(model.n_features)
    weights = train(model, data, None, effective_n_jobs(model.n_jobs), ngram_mass)
    model.ngram_coef_ = half_precision(weights.ngram_coef)
    model.fact_coef_, model.intercept_ = weights.fact_coef, weights.intercept
    model.encoder_coef_ = weights.encoder_coef
    model.n_messages_ = len(texts)
    model.scale_, model.shift_ = 1.0, np.zeros(len(model.classes_), dtype=np.float32)
    model.operating_, model.unsure_bands_ = OperatingPoints(), ()
    model.metadata_ = {}
    masses = balanced_weights(data.sources, data.y)
    model.priors_ = _shares(data.y, masses, len(model.classes_))
    spread = np.full(len(model.classes_), _SPREAD, dtype=np.float32)
    if model.calibration_folds:
        scores, rows = out_of_fold_scores(model, data)
        if len(rows):
            n_sources = len(np.unique(data.sources))
            kind = "sources" if n_sources >= model.calibration_folds else "groups"
            revision = str(getattr(X, "attrs", {}).get("revision", ""))
            p = calibrate(
                model, scores, data.y[rows], data.sources[rows], f"held-out {kind}", revision
            )
            spread = (p * (1 - p)).mean(axis=0).astype(np.float32)
    model.state_ = TrainingState(
        pack_mass(ngram_mass),
        column_masses(data.facts, masses, PAIR_VALUE),
        weights.ngram_intercept,
        spread,
    )
    model.type_model_ = None if types is None else train_types(model, data, types)


def _shares(y: np.ndarray, weights: np.ndarray, n_classes: int) -> np.ndarray:
    shares = np.bincount(y, weights, minlength=n_classes).astype(np.float64)
    return shares / shares.sum()


def calibrate(
    model,
    scores: np.ndarray,
    y: np.ndarray,
    sources: np.ndarray,
    how: str,
    revision: str,
    start=None,
) -> np.ndarray:
    """Set calibration, operating points and bands from scores of messages not trained on.

    Returns
    -------
    numpy.ndarray, shape (n, n_classes)
        The calibrated probabilities of the messages.
    """
    weights = calibration_weights(sources)
    model.scale_, model.shift_ = fit_calibration(scores, y, weights, start)
    model.priors_ = np.maximum(_shares(y, weights, len(model.classes_)), 1e-6)
    model.priors_ /= model.priors_.sum()
    p = softmax(np.float32(model.scale_) * scores.astype(np.float32) + model.shift_)
    if "scam" in model.classes_:
        column = model.classes_.tolist().index("scam")
        scam = y == column
        model.operating_ = measure_operating_points(
            p[:, column], scam, sources, how=how, revision=revision
        )
        model.unsure_bands_ = measure_unsure_bands(p[:, column], scam, weights)
    return p


def recalibrate_model(model, X, y) -> None:
    """Calibrate on messages not trained on; see ``ScamClassifier.recalibrate``."""
    texts = as_texts(X)
    labels = check_known_labels(model, y, len(texts))
    known = model.classes_.tolist()
    find_classes(labels)
    scores = np.empty((len(texts), len(known)), dtype=np.float32)
    for rows, block in prepare_blocks(texts):
        scores[rows] = model.raw_scores(block)
    places = np.array([known.index(label) for label in labels.tolist()])
    columns = getattr(X, "columns", ())
    sources = np.full(len(texts), "")
    if "source" in columns:
        sources = X["source"].fillna("").to_numpy(dtype=str)
    revision = str(getattr(X, "attrs", {}).get("revision", ""))
    calibrate(
        model, scores, places, sources, "messages given to recalibrate", revision,
        (model.scale_, model.shift_),
    )  # fmt: skip
