"""Save and load ScamClassifier models."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from scamclassify.classifiers.operating import OperatingPoints
from scamclassify.classifiers.scam import ScamClassifier
from scamclassify.errors import ModelFormatError
from scamclassify.features.facts import FactExtractor
from scamclassify.labels import LABELS
from scamclassify.persistence.container import read_container, write_container
from scamclassify.persistence.finding import find_model
from scamclassify.persistence.packing import (
    checked,
    checked_columns,
    pack_state,
    pack_types,
    place_facts,
    unpack_band,
    unpack_state,
    unpack_types,
)

_KIND = "ScamClassifier"
#: Options that say how a model is trained and used.
_PARAMETERS = tuple(ScamClassifier().get_params())


def save_model(
    model: ScamClassifier,
    path: str | Path,
    *,
    metadata: dict[str, Any] | None = None,
    state: bool = True,
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
    state : bool, default=True
        Whether to keep what ``partial_fit`` and ``merge`` need, about a byte a weight.

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
    A loaded model gives the same answers bit for bit. The file holds no training text, and
    no encoder: a model with one is loaded without it, and ``set_params(encoder=...)`` puts it
    back.

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
    used = np.flatnonzero(model.fact_coef_.any(axis=1))
    arrays = {
        "ngram_coef": model.ngram_coef_.astype("<f2"),
        "fact_columns": used.astype("<i4"),
        "fact_coef": model.fact_coef_[used].astype("<f4"),
        "intercept": model.intercept_.astype("<f4"),
        "shift": model.shift_.astype("<f4"),
    }
    if model.encoder_coef_ is not None:
        arrays["encoder_coef"] = model.encoder_coef_.astype("<f4")
    prevalence = model.prevalence
    manifest = {
        "kind": _KIND,
        "version": __version__,
        "parameters": {
            **model.get_params(),
            "encoder": None,
            "prevalence": dict(prevalence) if isinstance(prevalence, Mapping) else prevalence,
        },
        "classes": model.classes_.tolist(),
        "facts": list(FactExtractor().names),
        "lexicon": FactExtractor().matcher.lexicon.revision,
        "scale": float(model.scale_),
        "priors": model.priors_.tolist(),
        "operating": model.operating_.to_dict(),
        "unsure_bands": [band.to_dict() for band in model.unsure_bands_],
        "types": pack_types(model.type_model_, arrays),
        "has_state": pack_state(model.state_ if state else None, arrays),
        "n_messages": int(model.n_messages_),
        "metadata": model.metadata_ if metadata is None else metadata,
    }
    path = Path(path)
    write_container(path, manifest, arrays)
    return path


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
    path = find_model(name_or_path)
    manifest, arrays = read_container(path)
    try:
        return _build(manifest, arrays)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, ModelFormatError):
            raise ModelFormatError(f"{path}: {error}") from None
        raise ModelFormatError(f"{path}: the manifest is not complete: {error!r}") from None


def _build(manifest: dict[str, Any], arrays: dict[str, np.ndarray]) -> ScamClassifier:
    def check(condition: bool, what: str) -> None:
        if not condition:
            raise ModelFormatError(what)

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
    names = manifest["facts"]
    model = ScamClassifier(**parameters)
    n_features = model.n_features
    check(
        isinstance(n_features, int)
        and 2**8 <= n_features <= 2**26
        and not n_features & (n_features - 1),
        f"n_features is {n_features!r}",
    )
    if isinstance(model.unsure_band, list):
        model.unsure_band = (model.unsure_band[0], model.unsure_band[1])
    model.classes_ = np.array(classes)
    model.ngram_coef_ = checked("ngram_coef", arrays["ngram_coef"], (n_features, n_classes)).astype(
        np.float32
    )
    columns = checked_columns("fact_columns", arrays["fact_columns"], len(names))
    fact_coef = checked("fact_coef", arrays["fact_coef"], (len(columns), n_classes))
    model.fact_coef_ = place_facts(columns, fact_coef.astype(np.float32), names)
    model.encoder_coef_ = None
    if "encoder_coef" in arrays:
        coef = arrays["encoder_coef"]
        model.encoder_coef_ = checked("encoder_coef", coef, (len(coef), n_classes))
    model.intercept_ = checked("intercept", arrays["intercept"], (n_classes,)).astype(np.float32)
    model.shift_ = checked("shift", arrays["shift"], (n_classes,)).astype(np.float32)
    model.scale_ = float(manifest["scale"])
    model.priors_ = np.array(manifest["priors"], dtype=np.float64)
    check(
        model.priors_.shape == (n_classes,) and bool((model.priors_ > 0).all()),
        "the priors are no shares of the labels",
    )
    model.operating_ = OperatingPoints.from_dict(manifest["operating"])
    model.unsure_bands_ = tuple(unpack_band(values) for values in manifest["unsure_bands"])
    model.type_model_ = unpack_types(manifest["types"], arrays, names)
    model.state_ = unpack_state(bool(manifest["has_state"]), arrays, model, names)
    model.n_messages_ = int(manifest["n_messages"])
    model.metadata_ = dict(manifest["metadata"])
    return model
