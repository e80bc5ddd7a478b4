"""The parts of a ScamClassifier as plain JSON values and arrays, and back."""

from __future__ import annotations

from typing import Any

import numpy as np

from scamclassify.classifiers.scam import ScamClassifier
from scamclassify.classifiers.scam_types import TYPES, TypeModel
from scamclassify.classifiers.state import TrainingState
from scamclassify.classifiers.unsure import UnsureBand
from scamclassify.errors import ModelFormatError
from scamclassify.features.facts import FactExtractor

Arrays = dict[str, np.ndarray]


def pack_types(types: TypeModel | None, arrays: Arrays) -> dict[str, Any] | None:
    """Values of a model of scam types; its arrays are added to ``arrays``."""
    if types is None:
        return None
    used = np.flatnonzero(types.fact_coef.any(axis=1))
    arrays["type_fact_columns"] = used.astype("<i4")
    arrays["type_fact_coef"] = types.fact_coef[used].astype("<f2")
    arrays["type_intercept"] = types.intercept.astype("<f4")
    return {
        "trained": [TYPES[place] for place in types.trained.tolist()],
        "scale": float(types.scale),
        "threshold": float(types.threshold),
        "n_messages": int(types.n_messages),
    }


def unpack_types(values: dict[str, Any] | None, arrays: Arrays, names) -> TypeModel | None:
    """The inverse of :func:`pack_types`; ``names`` are the facts of the file."""
    if values is None:
        return None
    trained = np.array([TYPES.index(name) for name in values["trained"]], dtype=np.int64)
    n = len(trained)
    if n < 2 or (np.diff(trained) < 1).any():
        raise ModelFormatError("the model of scam types is not whole")
    columns = checked_columns("type_fact_columns", arrays["type_fact_columns"], len(names))
    fact_coef = checked("type_fact_coef", arrays["type_fact_coef"], (len(columns), n))
    intercept = checked("type_intercept", arrays["type_intercept"], (n,))
    return TypeModel(
        place_facts(columns, fact_coef.astype(np.float32), names),
        intercept.astype(np.float32),
        trained,
        float(values["scale"]),
        float(values["threshold"]),
        int(values["n_messages"]),
    )


def pack_state(state: TrainingState | None, arrays: Arrays) -> bool:
    """Whether there is a state; its arrays are added to ``arrays``."""
    if state is None:
        return False
    used = np.flatnonzero(state.fact_mass)
    arrays["state_ngram_mass"] = state.ngram_mass
    arrays["state_fact_columns"] = used.astype("<i4")
    arrays["state_fact_mass"] = state.fact_mass[used].astype("<f4")
    arrays["state_ngram_intercept"] = state.ngram_intercept.astype("<f4")
    arrays["state_spread"] = state.spread.astype("<f4")
    return True


def unpack_state(present: bool, arrays: Arrays, model: ScamClassifier, names):
    """The inverse of :func:`pack_state`."""
    if not present:
        return None
    n_classes = len(model.classes_)
    mass = checked("state_ngram_mass", arrays["state_ngram_mass"], (model.n_features,))
    columns = checked_columns("state_fact_columns", arrays["state_fact_columns"], len(names))
    fact_mass = checked("state_fact_mass", arrays["state_fact_mass"], (len(columns),))
    intercept = checked("state_ngram_intercept", arrays["state_ngram_intercept"], (n_classes,))
    spread = checked("state_spread", arrays["state_spread"], (n_classes,))
    if mass.dtype != np.uint8 or (fact_mass < 0).any() or (spread < 0).any():
        raise ModelFormatError("the training state is not whole")
    return TrainingState(
        mass,
        place_facts(columns, fact_mass.astype(np.float32)[:, None], names)[:, 0],
        intercept.astype(np.float32),
        spread.astype(np.float32),
    )


def unpack_band(values: dict[str, Any]) -> UnsureBand:
    """A band of its JSON values."""
    numbers = {
        key: float("nan") if value is None else float(value)
        for key, value in values.items()
        if key != "n_messages"
    }
    return UnsureBand(**numbers, n_messages=int(values["n_messages"]))


def checked(name: str, array: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """The array, if it has the shape and finite numbers only."""
    if array.shape != shape:
        raise ModelFormatError(f"the array {name} has the shape {array.shape}")
    if not np.isfinite(array).all():
        raise ModelFormatError(f"the array {name} holds no finite numbers")
    return array


def checked_columns(name: str, columns: np.ndarray, n_facts: int) -> np.ndarray:
    """Columns of facts and pairs, int64, if they lie within those of the file."""
    most = n_facts * (n_facts + 1) // 2
    inside = not len(columns) or (columns.min() >= 0 and columns.max() < most)
    if columns.ndim != 1 or not inside:
        raise ModelFormatError(f"the array {name} points outside")
    return columns.astype(np.int64)


def place_facts(columns: np.ndarray, values: np.ndarray, names) -> np.ndarray:
    """Values of the facts and pairs of a file in the columns of today's.

    Parameters
    ----------
    columns : numpy.ndarray of int64, shape (n,)
    values : numpy.ndarray of float32, shape (n, k)
    names : list of str
        Facts of the file; facts that are gone are left out.

    Returns
    -------
    numpy.ndarray of float32, shape (n_columns, k)
    """
    extractor = FactExtractor()
    placed = np.zeros((extractor.n_columns, values.shape[1]), dtype=np.float32)
    if tuple(names) == extractor.names:
        placed[columns] = values
        return placed
    today = {name: place for place, name in enumerate(extractor.names)}
    n_saved, n_today = len(names), extractor.n_facts
    moved = np.array([today.get(name, -1) for name in names], dtype=np.int64)
    low, high = np.triu_indices(n_saved, 1)
    single = columns < n_saved
    targets = np.full(len(columns), -1, dtype=np.int64)
    targets[single] = moved[columns[single]]
    pair = columns[~single] - n_saved
    a, b = moved[low[pair]], moved[high[pair]]
    first, second = np.minimum(a, b), np.maximum(a, b)
    slot = n_today + first * (2 * n_today - first - 1) // 2 + (second - first - 1)
    targets[~single] = np.where(first >= 0, slot, -1)
    kept = targets >= 0
    placed[targets[kept]] = values[kept]
    return placed
