"""What a model remembers of its training, so that it can learn on and be merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scamclassify.features.fact_kernel import add_column_mass

if TYPE_CHECKING:
    import scipy.sparse as sp

# Masses are kept as eighths of their binary logarithm in one byte: 9 % apart, from 2**-16 up.
_STEPS, _LEAST = 8, -16


@dataclass(frozen=True)
class TrainingState:
    """How much evidence is behind each weight, without any message.

    Attributes
    ----------
    ngram_mass : numpy.ndarray of uint8, shape (n_features,)
        Sum of weighted squared values of each slot, packed (:func:`pack_mass`).
    fact_mass : numpy.ndarray of float32, shape (n_fact_columns,)
        The same of facts and pairs.
    ngram_intercept : numpy.ndarray of float32, shape (n_classes,)
        The part of the intercept that was trained with the n-grams.
    spread : numpy.ndarray of float32, shape (n_classes,)
        Mean of ``p * (1 - p)``, p the probability of the class: what a unit of mass adds to
        the curvature of the loss.
    """

    ngram_mass: np.ndarray
    fact_mass: np.ndarray
    ngram_intercept: np.ndarray
    spread: np.ndarray


def half_precision(coef: np.ndarray) -> np.ndarray:
    """Values that a model file holds exactly, still float32."""
    return coef.astype(np.float16).astype(np.float32)


def pack_mass(mass: np.ndarray) -> np.ndarray:
    """Masses in a byte each; 0 stays 0.

    Examples
    --------
    >>> unpack_mass(pack_mass(np.array([0.0, 0.5, 1000.0]))).round(2).tolist()
    [0.0, 0.5, 1024.0]
    """
    with np.errstate(divide="ignore"):
        level = np.rint((np.log2(mass) - _LEAST) * _STEPS) + 1
    return np.where(mass > 0, np.clip(level, 1, 255), 0).astype(np.uint8)


def unpack_mass(packed: np.ndarray) -> np.ndarray:
    """The inverse of :func:`pack_mass`, float32."""
    levels = np.exp2((np.arange(256) - 1) / _STEPS + _LEAST).astype(np.float32)
    levels[0] = 0
    return levels[packed]


def column_masses(facts: sp.csr_matrix, weights: np.ndarray, pair_value: float) -> np.ndarray:
    """Weighted sum of squares of every fact and pair, float32 (n_fact_columns,)."""
    n_facts = facts.shape[1]
    out = np.zeros(n_facts * (n_facts + 1) // 2, dtype=np.float32)
    weights = weights.astype(np.float32)
    add_column_mass(facts.indptr, facts.indices, n_facts, weights, pair_value, out)
    return out


def needed_state(model) -> TrainingState:
    """The state of a fitted model.

    Raises
    ------
    ValueError
        If it was saved without.
    """
    if model.state_ is None:
        raise ValueError(
            "this model was saved without its training state, so it can neither learn on nor be "
            "merged: save it with save_model(model, path, state=True)"
        )
    return model.state_
