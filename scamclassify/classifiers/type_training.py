"""Training of the scam types: on the scams whose type is known, held-out folds for the rest."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from scamclassify.classifiers.calibration import fit_scale
from scamclassify.classifiers.scam_types import OTHER, TYPES, TypeModel
from scamclassify.classifiers.state import half_precision
from scamclassify.classifiers.training import (
    deal_groups,
    fact_scores,
    held_out_parts,
    train_facts,
)
from scamclassify.classifiers.training_set import TrainingSet
from scamclassify.errors import UnknownNameError

# More of one type in one source teach little and take their time.
_MOST_PER_CELL = 400
_FOLDS = 4
#: Inverse strength of the regularisation of the facts; types can do with less of it.
FACTS_C = 0.1
_THRESHOLDS = np.arange(0.0, 0.61, 0.02)


def known_types(X, scam_types, labels: np.ndarray, least: int = 2) -> np.ndarray | None:
    """Place of the type of each message in ``TYPES``, -1 where it has none.

    None where there are fewer than ``least`` different types.

    Raises
    ------
    ValueError
        If the number of types differs from that of the labels, or a message that is no scam
        has a type.
    UnknownNameError
        If a type is not one of the fifteen.
    """
    if scam_types is None:
        if "scam_type" not in getattr(X, "columns", ()):
            return None
        scam_types = X["scam_type"]
    values = np.asarray(scam_types, dtype=object)
    if values.shape != labels.shape:
        raise ValueError(f"{len(labels)} texts but scam types of shape {values.shape} were given")
    places = np.full(len(values), -1, dtype=np.int64)
    index = {name: place for place, name in enumerate(TYPES)}
    for row, value in enumerate(values.tolist()):
        if value is None or value == "" or value != value:
            continue
        if value not in index:
            raise UnknownNameError(f"scam type in row {row}", str(value), TYPES)
        if labels[row] != "scam":
            raise ValueError(f"row {row}: the scam type {value!r} for the label {labels[row]!r}")
        places[row] = index[value]
    return places if len(np.unique(places[places >= 0])) >= least else None


def train_types(model, data: TrainingSet, types: np.ndarray) -> TypeModel:
    """Train a model of the types.

    Parameters
    ----------
    model : ScamClassifier
        For its parameters.
    data : TrainingSet
        Of all messages.
    types : numpy.ndarray of int, shape (n_messages,)
        As :func:`known_types` returns them; at least two different ones.

    Returns
    -------
    TypeModel
    """
    rng = np.random.default_rng(model.random_state)
    rows = _sample(types, data.sources, rng)
    trained, y = np.unique(types[rows], return_inverse=True)
    options = SimpleNamespace(
        classes_=trained,
        facts_C=FACTS_C,
        link_dropout=0.0,
        brand_dropout=0.0,
        repair_dropout=0.0,
        random_state=model.random_state,
    )
    part = replace(data.take(rows), y=y)
    scale, threshold = 1.0, 0.0
    scores, held_out = _held_out_scores(options, part, rng)
    if len(held_out):
        truth = y[held_out]
        weights = 1 / np.bincount(truth, minlength=len(trained))[truth]
        scale = fit_scale(scores, truth, weights)
        spread = TypeModel(*_EMPTY, trained, scale).spread(scores)
        threshold = _choose_threshold(spread, trained[truth])
    fact_coef, intercept = train_facts(options, part, np.arange(len(y)))
    fact_coef, intercept = half_precision(fact_coef), intercept.astype(np.float32)
    return TypeModel(fact_coef, intercept, trained, scale, threshold, len(rows))


_EMPTY = (np.empty((0, 0), np.float32), np.empty(0, np.float32))


def _sample(types: np.ndarray, sources: np.ndarray, rng) -> np.ndarray:
    rows = np.flatnonzero(types >= 0)
    _, source = np.unique(sources[rows], return_inverse=True)
    cell = source * len(TYPES) + types[rows]
    kept = []
    for value in np.unique(cell):
        members = rows[cell == value]
        if len(members) > _MOST_PER_CELL:
            members = rng.choice(members, _MOST_PER_CELL, replace=False)
        kept.append(members)
    return np.sort(np.concatenate(kept))


def _held_out_scores(options, data: TrainingSet, rng) -> tuple[np.ndarray, np.ndarray]:
    """Scores of messages by models that saw neither their language nor their group."""
    groups = data.found_groups()
    names, language = np.unique(data.languages, return_inverse=True)
    fold = language % _FOLDS if len(names) >= _FOLDS else deal_groups(groups, _FOLDS, rng)
    found, places = [], []
    for test, rest in held_out_parts(fold, groups, data.y, len(options.classes_)):
        fact_coef, bias = train_facts(options, data, rest)
        found.append(fact_scores(data.facts[test], fact_coef, bias))
        places.append(test)
    if not found:
        return np.empty((0, len(options.classes_))), np.empty(0, dtype=np.int64)
    return np.concatenate(found), np.concatenate(places)


def _choose_threshold(probabilities: np.ndarray, truth: np.ndarray) -> float:
    """The threshold of ``other_scam`` with the best macro-F1; the least of equal ones."""
    from sklearn.metrics import f1_score

    best, top = probabilities.argmax(axis=1), probabilities.max(axis=1)
    other = TYPES.index(OTHER)
    figures = []
    for threshold in _THRESHOLDS:
        answer = np.where(top < threshold, other, best)
        figures.append(f1_score(truth, answer, labels=np.unique(truth), average="macro"))
    return float(_THRESHOLDS[int(np.argmax(figures))])
