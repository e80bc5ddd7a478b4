"""Learning on from new messages, with every weight held where much evidence put it."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize
from threadpoolctl import threadpool_limits

from scamclassify.classifiers.balance import balanced_weights
from scamclassify.classifiers.fact_loss import FactLoss
from scamclassify.classifiers.fitting import check_known_labels
from scamclassify.classifiers.linear_kernel import add_slot_mass, train_epoch_near
from scamclassify.classifiers.ngram_rows import NgramRows
from scamclassify.classifiers.scam_types import TypeModel
from scamclassify.classifiers.state import (
    TrainingState,
    column_masses,
    half_precision,
    needed_state,
    pack_mass,
    unpack_mass,
)
from scamclassify.classifiers.training import (
    NGRAM_BALANCE,
    fact_scores,
    n_passes,
    sample_labels,
)
from scamclassify.classifiers.training_set import TrainingSet
from scamclassify.classifiers.type_training import FACTS_C, known_types
from scamclassify.classifiers.typing_scams import PAIR_VALUE
from scamclassify.validation import as_texts

# Squared gradient that a unit of mass stands for, about that of a message in doubt.
_SQUARE = 0.2


# As when fitting: the vectors are short.
@threadpool_limits.wrap(limits=1, user_api="blas")
def update_model(model, X, y, scam_types) -> None:
    """Learn on; see ``ScamClassifier.partial_fit``.

    Notes
    -----
    A diagonal Gaussian stands for the old messages: mean the old weights, precision the
    mass of old messages behind each times ``p (1 - p)``. The new loss plus that Gaussian is
    minimised: M. Opper, "A Bayesian approach to on-line learning" (1998), and, as elastic
    weight consolidation, J. Kirkpatrick et al., PNAS 114 (2017),
    https://arxiv.org/abs/1612.00796
    """
    texts = as_texts(X)
    labels = check_known_labels(model, y, len(texts))
    state = needed_state(model)
    types = known_types(X, scam_types, labels, least=1)
    data = TrainingSet.build(model, X, texts, labels, None)
    weights = balanced_weights(data.sources, data.y, NGRAM_BALANCE)
    ngram_mass = unpack_mass(state.ngram_mass)

    # A sample of very many stands for all of them.
    rows = sample_labels(data.sources, data.y, model.random_state)
    sampled = balanced_weights(data.sources[rows], data.y[rows]).astype(np.float64)
    fact_coef, fact_bias = update_facts(
        data.facts[rows], data.y[rows], sampled * (len(texts) / len(rows)), model.fact_coef_,
        model.intercept_ - state.ngram_intercept, state.fact_mass, state.spread,
        float(model.n_messages_), model.facts_C,
    )  # fmt: skip
    known = fact_scores(data.facts, fact_coef, fact_bias)
    share = float(model.ngram_share) or 1.0
    new_mass = slot_masses(data.ngrams, weights)
    ngram_coef, ngram_bias = update_ngrams(
        data.ngrams, data.y, weights, np.float32(model.ngram_offset) * known,
        model.ngram_coef_ / share, state.ngram_intercept / share, ngram_mass, new_mass,
        state.spread, float(model.n_messages_), model.ngram_epochs, model.ngram_rate,
        model.random_state,
    )  # fmt: skip
    if model.type_model_ is not None and types is not None:
        model.type_model_ = _update_types(model, model.type_model_, data, types, state.fact_mass)
    model.ngram_coef_ = half_precision(share * ngram_coef)
    model.fact_coef_ = fact_coef
    model.intercept_ = (share * ngram_bias + fact_bias).astype(np.float32)
    model.state_ = TrainingState(
        pack_mass(ngram_mass + new_mass),
        state.fact_mass + column_masses(data.facts, weights, PAIR_VALUE),
        (share * ngram_bias).astype(np.float32), state.spread,
    )  # fmt: skip
    model.n_messages_ += len(texts)


def update_ngrams(
    ngrams, y, weights, base, anchor, bias_anchor, mass, new_mass, spread, n_old, epochs, rate,
    random_state,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Weights of the n-grams after new messages; see :func:`update_model`.

    ``base`` (float32, shape (n_messages, n_classes)) are the scores that theirs are added to.
    """
    ratio = (mass / np.maximum(new_mass, 1e-6)).astype(np.float32)
    strength = ratio[:, None] * spread
    bias_strength = (n_old / max(float(weights.sum()), 1e-6) * spread).astype(np.float32)
    anchor, bias_anchor = anchor.astype(np.float32), bias_anchor.astype(np.float32)
    squares = _SQUARE * np.append(mass, n_old)
    table = np.column_stack([np.vstack([anchor, bias_anchor]), squares]).astype(np.float32)
    rng = np.random.default_rng(random_state)
    for _ in range(n_passes(epochs, len(y))):
        for places, X in ngrams.blocks(rng.permutation(len(y))):
            train_epoch_near(
                X.indptr, X.indices, X.data, y[places], weights[places], base[places], table,
                rate, anchor, bias_anchor, strength, bias_strength,
            )  # fmt: skip
    return table[:-1, :-1], table[-1, :-1]


def slot_masses(ngrams: NgramRows, weights: np.ndarray) -> np.ndarray:
    """Weighted sum of squares of every n-gram slot, float32 (n_features,)."""
    out = np.zeros(ngrams.n_features)
    for places, X in ngrams.blocks():
        add_slot_mass(X.indptr, X.indices, X.data, weights[places], out)
    return out.astype(np.float32)


def update_facts(
    X, y, weights, anchor, bias_anchor, mass, spread, n_old, inverse_strength
) -> tuple[np.ndarray, np.ndarray]:
    """Weights of facts and pairs after new messages; see :func:`update_model`."""
    n_classes = anchor.shape[1]
    seen = column_masses(X, np.ones(X.shape[0]), PAIR_VALUE)
    used = np.flatnonzero((seen >= 5 * PAIR_VALUE**2) | (seen > 0) & anchor.any(axis=1))
    held = np.empty((len(used) + 1, n_classes))
    held[0] = n_old * spread
    held[1:] = 1 / inverse_strength + mass[used, None] * spread
    origin = np.vstack([bias_anchor, anchor[used]]).astype(np.float64)
    with FactLoss(X, used, y, weights) as fact_loss:

        def objective(flat):
            table = flat.reshape(-1, n_classes)
            loss, gradient = fact_loss(table)
            moved = table - origin
            gradient += held * moved
            return loss + 0.5 * (held * moved**2).sum(), gradient.ravel()

        found = minimize(
            objective, origin.ravel(), jac=True, method="L-BFGS-B",
            options={"maxiter": 60, "ftol": 1e-8},
        )  # fmt: skip
    table = found.x.reshape(-1, n_classes)
    coef = anchor.copy()
    coef[used] = table[1:]
    return coef.astype(np.float32), table[0]


def _update_types(
    model, known: TypeModel, data: TrainingSet, types: np.ndarray, fact_mass: np.ndarray
) -> TypeModel:
    """The types after new scams; types that were not trained stay unknown."""
    place = np.full(int(known.trained.max()) + 1, -1)
    place[known.trained] = np.arange(len(known.trained))
    rows = np.flatnonzero((types >= 0) & (types < len(place)))
    rows = rows[place[types[rows]] >= 0]
    if not len(rows):
        return known
    # Of the mass behind a fact the share of the typed scams: it is not kept by type.
    mass = fact_mass * (known.n_messages / max(model.n_messages_, 1))
    facts, y = data.facts[rows], place[types[rows]]
    weights = balanced_weights(data.sources[rows], y)
    spread = np.full(len(known.trained), 1 / len(known.trained), dtype=np.float32)
    fact_coef, fact_bias = update_facts(
        facts, y, weights.astype(np.float64), known.fact_coef, known.intercept,
        mass, spread, known.n_messages, FACTS_C,
    )  # fmt: skip
    return TypeModel(
        fact_coef, fact_bias.astype(np.float32), known.trained, known.scale, known.threshold,
        known.n_messages + len(rows),
    )  # fmt: skip
