"""Weights as scoring wants them, made from those of a model and kept beside it."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from scamclassify.features.ngram_score_kernel import pack_weights

#: Columns of weights that are added at once where there are more than three classes.
LANES = 16
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


def weights_in_lanes(types) -> np.ndarray:
    """Weights of the facts of a ``TypeModel``, in :data:`LANES` columns, float32."""
    kept = _KEPT.get(types)
    if kept is None:
        coef = types.fact_coef
        kept = _KEPT[types] = np.zeros((len(coef), LANES), dtype=np.float32)
        kept[:, : coef.shape[1]] = coef
    return kept
