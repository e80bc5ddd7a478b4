"""Weights as scoring wants them, made from those of a model and kept beside it."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from scamclassify.features.ngram_score_kernel import in_lanes, pack_weights, short_lanes

# Beside the models and not in them: they are copied, pickled and saved without it.
_KEPT: WeakKeyDictionary = WeakKeyDictionary()


def packed_weights(model) -> tuple[np.ndarray, float]:
    """Packed weights of a model's n-grams, made anew when ``ngram_coef_`` is another array.

    Parameters
    ----------
    model : ScamClassifier
        Fitted. Its ``ngram_coef_`` can be replaced but no longer changed in place, which
        would go unseen.

    Returns
    -------
    tuple
        For :func:`scamclassify.features.ngram_score_kernel.add_packed_scores`.
    """
    coef = model.ngram_coef_
    kept = _KEPT.get(model)
    if kept is None or kept[0] is not coef:
        coef.setflags(write=False)
        kept = _KEPT[model] = coef, pack_weights(coef)
    return kept[1]


def weights_in_lanes(types) -> tuple[tuple[np.ndarray, np.float32], np.ndarray]:
    """Weights of n-grams, rounded, and of facts of a ``TypeModel``, as wide as kernels add."""
    kept = _KEPT.get(types)
    if kept is None:
        kept = _KEPT[types] = short_lanes(types.ngram_coef), in_lanes(types.fact_coef)
    return kept
