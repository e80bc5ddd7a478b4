"""One more round of training apart: an agency learns on from what all agencies know."""

from __future__ import annotations

import copy
from dataclasses import replace

import numpy as np

from scamclassify.classifiers.merging import FACT_SPREAD, NGRAM_PRIOR, check_together, precisions
from scamclassify.classifiers.state import (
    TrainingState,
    half_precision,
    needed_state,
    pack_mass,
    unpack_mass,
)
from scamclassify.classifiers.updating import update_model

# Chosen by benchmarks/merge.py: with 0.2 known sources, with 0.5 unseen ones are further from
# training together, and the whole way is unstable.
_DAMPING = 0.4
# Of a weight that hardly any other agency knows the others' part cannot be told.
_LEAST_SHARE = 0.2


def train_next_round(own, merged, X, y, scam_types):
    """Train the model that an agency hands in next; see ``ScamClassifier.next_round``.

    Notes
    -----
    The merged model without what this agency put into it is the prior of its own messages. Part
    of the way from the posterior to what these messages add to that prior is gone; the result
    takes the place of the old model when all are merged again. Damped expectation propagation
    over parts of the data, with diagonal Gaussians: A. Vehtari et al., "Expectation propagation
    as a way of life", JMLR 21 (2020), https://www.jmlr.org/papers/v21/18-817.html
    """
    check_together([own, merged])
    mine = needed_state(own)
    model = copy.copy(merged)
    model.set_params(**own.get_params())
    model.metadata_ = dict(own.metadata_)
    _take_out(model, own, mine, needed_state(merged))
    rest, ngram_prior, fact_prior = model.state_, model.ngram_coef_, model.fact_coef_
    update_model(model, X, y, scam_types)
    spread = rest.spread
    model.ngram_coef_ = half_precision(
        _added(
            model.ngram_coef_, ngram_prior, unpack_mass(rest.ngram_mass),
            unpack_mass(mine.ngram_mass), spread, NGRAM_PRIOR,
        )
    )  # fmt: skip
    model.fact_coef_ = _added(
        model.fact_coef_, fact_prior, rest.fact_mass, mine.fact_mass, FACT_SPREAD * spread,
        1 / own.facts_C,
    )  # fmt: skip
    # What it weighs when it is merged is what this agency has seen, once.
    model.state_ = replace(model.state_, ngram_mass=mine.ngram_mass, fact_mass=mine.fact_mass)
    model.n_messages_ = own.n_messages_
    if model.type_model_ is not None:
        known = own.type_model_
        model.type_model_ = (
            None if known is None else replace(model.type_model_, n_messages=known.n_messages)
        )
    return model


def _take_out(model, own, mine: TrainingState, everything: TrainingState) -> None:
    """Make a merged model what it would be without one of those that it was merged of."""
    spread = everything.spread
    mass, own_mass = unpack_mass(everything.ngram_mass), unpack_mass(mine.ngram_mass)
    model.ngram_coef_, ngram_mass = _others(
        model.ngram_coef_, own.ngram_coef_, mass, own_mass, spread, NGRAM_PRIOR
    )
    model.fact_coef_, fact_mass = _others(
        model.fact_coef_, own.fact_coef_, everything.fact_mass, mine.fact_mass,
        FACT_SPREAD * spread, 1 / own.facts_C,
    )  # fmt: skip
    n_others = max(model.n_messages_ - own.n_messages_, 1)
    share = own.n_messages_ / (n_others + own.n_messages_)
    model.intercept_ = (model.intercept_ - share * own.intercept_) / np.float32(1 - share)
    ngram_intercept = (everything.ngram_intercept - share * mine.ngram_intercept) / np.float32(
        1 - share
    )
    model.n_messages_ = n_others
    model.state_ = TrainingState(pack_mass(ngram_mass), fact_mass, ngram_intercept, spread)


def _others(coef, own_coef, mass, own_mass, spread, prior: float) -> tuple[np.ndarray, np.ndarray]:
    """Weights and masses of the others: a mean of Gaussians with one of them taken out."""
    rest = mass - own_mass
    rest[rest < _LEAST_SHARE * mass] = 0  # masses are rounded, and a difference more so
    total = precisions(mass, spread, prior) * coef
    total = total - precisions(own_mass, spread, prior) * own_coef
    out = total / precisions(rest, spread, prior)
    out[rest == 0] = 0
    return out.astype(np.float32), rest


def _added(coef, prior_coef, rest, own_mass, spread, prior: float) -> np.ndarray:
    """A part of the way from a posterior to what was added to its prior."""
    before, own = precisions(rest, spread, prior), precisions(own_mass, spread, prior)
    added = ((before + own - prior) * coef - before * prior_coef) / own
    return (coef + _DAMPING * (added - coef)).astype(np.float32)
