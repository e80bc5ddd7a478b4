"""Save and load ScamClassifier models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from scamclassify.classifiers.scam import ScamClassifier
from scamclassify.errors import ModelFormatError, UnknownNameError
from scamclassify.features.facts import FactExtractor
from scamclassify.labels import LABELS
from scamclassify.persistence.container import read_container, write_container
from scamclassify.resources import resource_path

_KIND = "ScamClassifier"
_SUFFIX = ".scam"
#: Options that say how a model is trained and used.
_PARAMETERS = tuple(ScamClassifier().get_params())


def save_model(
    model: ScamClassifier, path: str | Path, *, metadata: dict[str, Any] | None = None
) -> Path:
    """Save a fitted model.

    Parameters
    ----------
    model : ScamClassifier
        Fitted.
    path : path
        File to write; it appears only when it is whole.
    metadata : dict, optional
        Plain JSON values to keep with it: data revision, recipe, notes.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    TypeError
        If ``model`` is something else.
    sklearn.exceptions.NotFittedError
        If it is not fitted.

    Notes
    -----
    N-gram weights are kept in half precision. The model holds no training text.

    Examples
    --------
    >>> import tempfile
    >>> model = ScamClassifier(n_features=2**10, random_state=0)
    >>> model = model.fit(["win a prize", "see you soon"], ["scam", "ham"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = save_model(model, folder + "/small.scam")
    ...     load_model(path).predict(["win a prize"]).tolist()
    ['scam']
    """
    from scamclassify import __version__

    if not isinstance(model, ScamClassifier):
        raise TypeError(
            f"only a ScamClassifier can be saved in this format, not {type(model).__name__}; "
            "for other scikit-learn estimators see the package skops"
        )
    model._check_fitted()
    manifest = {
        "kind": _KIND,
        "version": __version__,
        "parameters": model.get_params(),
        "classes": model.classes_.tolist(),
        "facts": list(FactExtractor().names),
        "lexicon": FactExtractor().matcher.lexicon.revision,
        "scale": float(model.scale_),
        "operating_points": {str(rate): value for rate, value in model.operating_points_.items()},
        "n_messages": int(model.n_messages_),
        "metadata": metadata or {},
    }
    used = np.flatnonzero(model.fact_coef_.any(axis=1)).astype(np.int32)
    arrays = {
        "ngram_coef": model.ngram_coef_.astype("<f2"),
        "fact_columns": used.astype("<i4"),
        "fact_coef": model.fact_coef_[used].astype("<f4"),
        "intercept": model.intercept_.astype("<f4"),
        "shift": model.shift_.astype("<f4"),
    }
    path = Path(path)
    write_container(path, manifest, arrays)
    return path


def _resolve(name_or_path: str | Path) -> Path:
    path = Path(name_or_path)
    if path.is_file():
        return path
    if isinstance(name_or_path, str) and name_or_path.isidentifier():
        folder = resource_path("models")
        known = [entry.parent.name for entry in folder.glob(f"*/model{_SUFFIX}")]
        if name_or_path not in known:
            raise UnknownNameError("model", name_or_path, known)
        return folder / name_or_path / f"model{_SUFFIX}"
    raise ModelFormatError(f"there is no model file {path}")


def load_model(name_or_path: str | Path = "default") -> ScamClassifier:
    """Load a model.

    Parameters
    ----------
    name_or_path : str or path, default="default"
        Name of a model that the package carries, or a file that :func:`save_model` wrote.

    Returns
    -------
    ScamClassifier
        Fitted; ``metadata_`` holds what was saved with it.

    Raises
    ------
    ModelFormatError
        If the file is truncated, foreign, changed or of another protocol. Nothing in it is
        ever executed.
    UnknownNameError
        If no model of that name is carried.

    Examples
    --------
    >>> model = load_model()
    >>> model.predict(["Your parcel is held. Pay the customs fee at http://parcel-fee.top/x"])
    array(['scam'], dtype='<U5')
    """
    path = _resolve(name_or_path)
    manifest, arrays = read_container(path)
    try:
        return _build(manifest, arrays, path)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, ModelFormatError):
            raise
        raise ModelFormatError(f"{path}: the manifest is not complete: {error!r}") from None


def _build(manifest: dict[str, Any], arrays: dict[str, np.ndarray], path: Path) -> ScamClassifier:
    def check(condition: bool, what: str) -> None:
        if not condition:
            raise ModelFormatError(f"{path}: {what}")

    check(manifest["kind"] == _KIND, f"holds a {manifest['kind']!r}, not a {_KIND}")
    parameters = manifest["parameters"]
    unknown = sorted(set(parameters) - set(_PARAMETERS))
    check(not unknown, f"unknown parameters {unknown}")
    classes = manifest["classes"]
    check(
        len(classes) >= 2 and [label for label in LABELS if label in classes] == classes,
        f"labels {classes!r} are not of {LABELS!r}",
    )
    n_classes = len(classes)
    extractor = FactExtractor()
    names = manifest["facts"]
    n_saved = len(names)
    model = ScamClassifier(**parameters)
    n_features = model.n_features
    check(
        isinstance(n_features, int)
        and 2**8 <= n_features <= 2**26
        and not n_features & (n_features - 1),
        f"n_features is {n_features!r}",
    )
    shapes = {
        "ngram_coef": (n_features, n_classes),
        "fact_coef": (len(arrays["fact_columns"]), n_classes),
        "intercept": (n_classes,),
        "shift": (n_classes,),
    }
    for name, shape in shapes.items():
        check(arrays[name].shape == shape, f"the array {name} has the shape {arrays[name].shape}")
        check(bool(np.isfinite(arrays[name]).all()), f"the array {name} holds no finite numbers")
    columns = arrays["fact_columns"]
    check(
        columns.ndim == 1
        and (
            not len(columns)
            or (columns.min() >= 0 and columns.max() < n_saved * (n_saved + 1) // 2)
        ),
        "the array fact_columns points outside",
    )
    model.classes_ = np.array(classes)
    model.ngram_coef_ = arrays["ngram_coef"].astype(np.float32)
    model.fact_coef_ = _place_facts(
        columns.astype(np.int64), arrays["fact_coef"].astype(np.float32), names, extractor
    )
    model.intercept_ = arrays["intercept"].astype(np.float32)
    model.scale_ = float(manifest["scale"])
    model.shift_ = arrays["shift"].astype(np.float32)
    model.operating_points_ = {
        float(rate): float(value) for rate, value in manifest["operating_points"].items()
    }
    model.n_messages_ = int(manifest["n_messages"])
    model.metadata_ = dict(manifest["metadata"])
    return model


def _place_facts(columns, values, names, extractor: FactExtractor) -> np.ndarray:
    """Weights in the columns of today's facts; facts that are gone are left out."""
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
