"""One model of several that were trained apart, without any of their messages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scamclassify.classifiers.operating import OperatingPoint, OperatingPoints
from scamclassify.classifiers.scam_types import TypeModel
from scamclassify.classifiers.state import (
    TrainingState,
    half_precision,
    needed_state,
    pack_mass,
    unpack_mass,
)


def merge_models(models: Sequence):
    """Merge models that several agencies trained apart.

    Parameters
    ----------
    models : sequence of ScamClassifier
        Fitted, with the same ``n_features`` and labels, saved with their state. Parameters
        and calibration folds of the first one are kept.

    Returns
    -------
    ScamClassifier
        Its operating points are means of those of the models, by their honest messages:
        measure them anew with ``recalibrate`` where messages that nobody trained on are at
        hand.

    Raises
    ------
    ValueError
        If there are fewer than two models, or they do not go together.

    See Also
    --------
    scamclassify.ScamClassifier.next_round : another round, from the merged model on.

    Notes
    -----
    Each model stands for a diagonal Gaussian over the weights, with the mass of messages
    behind a weight as precision; the product of the Gaussians, divided by the priors that
    it counts too often, has the precision-weighted mean returned here. S. L. Scott et al.,
    "Bayes and big data: the consensus Monte Carlo algorithm", 2016,
    https://doi.org/10.1080/17509983.2016.1167344
    """
    from scamclassify.classifiers.scam import ScamClassifier

    check_together(models)
    first = models[0]
    states = [needed_state(model) for model in models]
    merged = ScamClassifier(**first.get_params())
    merged.classes_ = first.classes_.copy()
    sizes = np.array([model.n_messages_ for model in models], dtype=np.float64)
    share = sizes / sizes.sum()
    spread = np.average([state.spread for state in states], axis=0, weights=sizes)

    ngram_mass = np.array([unpack_mass(state.ngram_mass) for state in states])
    merged.ngram_coef_ = half_precision(
        _precision_mean([m.ngram_coef_ for m in models], ngram_mass, spread, NGRAM_PRIOR)
    )
    fact_mass = np.array([state.fact_mass for state in states])
    merged.fact_coef_ = _precision_mean(
        [m.fact_coef_ for m in models], fact_mass, FACT_SPREAD * spread, 1 / first.facts_C
    )
    merged.intercept_ = np.average([m.intercept_ for m in models], axis=0, weights=share).astype(
        np.float32
    )
    merged.encoder_coef_ = None
    if first.encoder_coef_ is not None:
        merged.encoder_coef_ = np.average(
            [m.encoder_coef_ for m in models], axis=0, weights=share
        ).astype(np.float32)
    merged.state_ = TrainingState(
        pack_mass(ngram_mass.sum(axis=0)),
        fact_mass.sum(axis=0),
        np.average([s.ngram_intercept for s in states], axis=0, weights=share).astype(np.float32),
        spread.astype(np.float32),
    )
    merged.scale_ = float(np.exp(np.average([np.log(m.scale_) for m in models], weights=share)))
    merged.shift_ = np.average([m.shift_ for m in models], axis=0, weights=share).astype(np.float32)
    merged.priors_ = np.average([m.priors_ for m in models], axis=0, weights=share)
    merged.operating_ = _merge_points([m.operating_ for m in models])
    merged.unsure_bands_ = ()
    merged.type_model_ = _merge_types([m.type_model_ for m in models if m.type_model_ is not None])
    merged.n_messages_ = int(sizes.sum())
    merged.metadata_ = {"merged": [dict(model.metadata_) for model in models]}
    return merged


def check_together(models: Sequence) -> None:
    """Refuse models that cannot be merged.

    Raises
    ------
    ValueError
        If there are fewer than two models, one is not fitted, or they do not go together.
    """
    from scamclassify.classifiers.scam import ScamClassifier

    if len(models) < 2:
        raise ValueError("two models or more are needed to merge")
    for model in models:
        if not isinstance(model, ScamClassifier):
            raise ValueError(f"only ScamClassifier models can be merged, not {model!r}")
        model._check_fitted()
    first = models[0]
    for place, model in enumerate(models[1:], 2):
        for name in ("n_features", "facts_C", "ngram_offset", "ngram_share"):
            if getattr(model, name) != getattr(first, name):
                raise ValueError(
                    f"model {place} has {name}={getattr(model, name)!r}, the first one "
                    f"{getattr(first, name)!r}: they cannot be merged"
                )
        if model.classes_.tolist() != first.classes_.tolist():
            raise ValueError(
                f"model {place} knows the labels {', '.join(model.classes_)}, the first one "
                f"{', '.join(first.classes_)}: they cannot be merged"
            )
        if model.fact_coef_.shape != first.fact_coef_.shape:
            raise ValueError(f"model {place} was made with another lexicon")
        if (model.encoder_coef_ is None) != (first.encoder_coef_ is None):
            raise ValueError("either all models have an encoder's block or none")


# Weight decay and early stopping of the n-grams, as a precision; and how much more a unit of
# mass says on facts, whose optimum is reached. Both by benchmarks/merge.py.
NGRAM_PRIOR = 0.01
FACT_SPREAD = 3.0


def precisions(mass: np.ndarray, spread: np.ndarray, prior: float) -> np.ndarray:
    """Precision of each weight, by the mass behind it; shape (n_weights, n_classes)."""
    return prior + mass[:, None] * spread


def _precision_mean(coefs, masses: np.ndarray, spread: np.ndarray, prior: float) -> np.ndarray:
    """Mean of Gaussians with the precisions ``prior + mass * spread``, the prior counted once."""
    total = np.zeros(coefs[0].shape)
    precision = np.zeros(coefs[0].shape)
    for coef, mass in zip(coefs, masses, strict=True):
        own = precisions(mass, spread, prior)
        total += own * coef
        precision += own
    precision -= (len(coefs) - 1) * prior
    return (total / precision).astype(np.float32)


def _merge_points(operating: Sequence[OperatingPoints]) -> OperatingPoints:
    rates = set.intersection(*({point.rate for point in one.points} for one in operating))
    sizes = np.array([max(one.n_honest, 1) for one in operating], dtype=np.float64)
    points = []
    for rate in sorted(rates):
        p = np.clip([one.threshold(rate) for one in operating], 1e-9, 1 - 1e-9)
        logit = np.average(np.log(p / (1 - p)), weights=sizes)
        points.append(OperatingPoint(rate, float(1 / (1 + np.exp(-logit)))))
    sources: dict[str, int] = {}
    for one in operating:
        for name, count in (one.sources or {}).items():
            sources[name] = sources.get(name, 0) + count
    return OperatingPoints(
        tuple(points),
        "mean of the merged models' thresholds; not measured on the merged model",
        sum(one.n_honest for one in operating),
        sum(one.n_scam for one in operating),
        sources,
        "+".join(sorted({one.revision for one in operating if one.revision})),
    )


def _merge_types(models: Sequence[TypeModel]) -> TypeModel | None:
    """Mean of the types' models by their messages; of a type, over the models that know it."""
    if not models:
        return None
    trained = np.unique(np.concatenate([model.trained for model in models]))
    mass = np.zeros(len(trained))
    fact_coef = np.zeros((len(models[0].fact_coef), len(trained)))
    intercept = np.zeros(len(trained))
    for model in models:
        columns = np.searchsorted(trained, model.trained)
        mass[columns] += model.n_messages
        fact_coef[:, columns] += model.n_messages * model.fact_coef
        intercept[columns] += model.n_messages * model.intercept
    sizes = [model.n_messages for model in models]
    return TypeModel(
        (fact_coef / mass).astype(np.float32),
        (intercept / mass).astype(np.float32),
        trained,
        float(np.exp(np.average([np.log(model.scale) for model in models], weights=sizes))),
        float(np.average([model.threshold for model in models], weights=sizes)),
        sum(sizes),
    )
