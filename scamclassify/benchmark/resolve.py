"""Models by name, import path, object or file of predictions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from scamclassify.benchmark.model import ModelSpec, find_model, model_names
from scamclassify.benchmark.predictions import PredictionFile
from scamclassify.errors import UnknownNameError
from scamclassify.plugins import PluginError

_ENCODER, _PREDICTIONS = "encoder:", "predictions:"
Model = ModelSpec | PredictionFile


def resolve_models(models: Any = None) -> list[Model]:
    """Turn what a user names into models of the benchmark.

    Parameters
    ----------
    models : optional
        By default every built-in model whose packages are installed. Else a name or an
        iterable of names, or a mapping from names to estimators. A name is that of a
        registered model, ``package.module:Object`` (an estimator, its class or a function that
        returns one), ``encoder:package.module:Object`` (an object with ``encode``, its class or
        a function), or ``predictions:FILE``.

    Returns
    -------
    list of ModelSpec or PredictionFile

    Raises
    ------
    UnknownNameError
        With the nearest match.
    PluginError
        If what an import path names cannot be a model.

    Examples
    --------
    >>> resolve_models("sklearn.naive_bayes:ComplementNB")[0].name
    'sklearn.naive_bayes.ComplementNB'
    """
    if models is None:
        from scamclassify.benchmark.models import BUILT_IN

        return [find_model(name) for name in BUILT_IN if _installed(find_model(name))]
    if isinstance(models, Mapping):
        return [from_object(value, name) for name, value in models.items()]
    if isinstance(models, str | ModelSpec | PredictionFile):
        models = [models]
    if not isinstance(models, Iterable):
        raise PluginError(f"names of models are needed, not a {type(models).__name__}")
    found = [one if isinstance(one, Model) else _by_name(one) for one in models]
    names = [one.name for one in found]
    for name in names:
        if names.count(name) > 1:
            raise PluginError(f"two models are called {name!r}")
    return found


def _installed(spec: ModelSpec) -> bool:
    try:
        spec.check_installed()
    except ImportError:
        return False
    return True


def _by_name(name: object) -> Model:
    if not isinstance(name, str):
        raise PluginError(
            f"a name of a model is needed, not a {type(name).__name__}; give estimators as "
            "{name: estimator}"
        )
    if name.startswith(_PREDICTIONS):
        return PredictionFile.read(Path(name.removeprefix(_PREDICTIONS)))
    if name.startswith(_ENCODER):
        path = name.removeprefix(_ENCODER)
        return encoder_spec(_import(path), path.replace(":", "."))
    if ":" in name:
        return from_object(_import(name), name.replace(":", "."))
    return find_model(name)


def _import(path: str) -> Any:
    module, _, attribute = path.partition(":")
    try:
        found: Any = import_module(module)
        for part in attribute.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError, ValueError) as error:
        raise UnknownNameError(f"model ({error})", path, model_names()) from None
    return found


def from_object(value: Any, name: str) -> ModelSpec:
    """A model of the benchmark out of an estimator, its class or a function that returns one.

    An estimator of texts is taken as it is. One of matrices gets hashed n-grams before it.
    Numbers of draws: an unfitted copy is made for each fold, with ``random_state`` set where
    the estimator has it.

    Raises
    ------
    PluginError
        If it has no ``fit``.
    """
    from sklearn.base import clone

    if isinstance(value, ModelSpec):
        return value
    prototype = value
    if not hasattr(value, "fit") or isinstance(value, type):
        try:
            prototype = value()
        except TypeError as error:
            raise PluginError(
                f"model {name!r} cannot be built without arguments: {error}"
            ) from None
    if not hasattr(prototype, "fit"):
        raise PluginError(f"model {name!r}: {type(prototype).__name__} has no method fit")
    if not hasattr(prototype, "get_params"):
        return ModelSpec(name, lambda seed: value(), f"{type(prototype).__name__}")
    model = prototype if _takes_text(prototype) else _on_ngrams(prototype)

    def build(seed: int) -> Any:
        fresh = clone(model)
        keys = [
            key for key in fresh.get_params(deep=True) if key.rpartition("__")[2] == "random_state"
        ]
        return fresh.set_params(**dict.fromkeys(keys, seed))

    return ModelSpec(name, build, f"{type(prototype).__name__} of {type(prototype).__module__}")


def _takes_text(estimator: Any) -> bool:
    from sklearn.utils import get_tags

    if hasattr(estimator, "steps"):
        return True
    try:
        return bool(get_tags(estimator).input_tags.string)
    except Exception:  # an estimator without tags
        return False


def _on_ngrams(estimator: Any) -> Any:
    from sklearn.pipeline import Pipeline

    from scamclassify.features.ngrams import HashedNgramVectorizer

    return Pipeline(
        [("ngrams", HashedNgramVectorizer(n_features=2**18)), ("classifier", estimator)]
    )


def encoder_spec(encoder: Any, name: str) -> ModelSpec:
    """A model out of an encoder: logistic regression on its vectors.

    Raises
    ------
    PluginError
        If it has no ``encode``.
    """
    from scamclassify.benchmark.models.sentence_vectors import logistic_on_vectors

    def make() -> Any:
        made = encoder() if isinstance(encoder, type) or not hasattr(encoder, "encode") else encoder
        if not hasattr(made, "encode"):
            raise PluginError(f"encoder {name!r}: {type(made).__name__} has no method encode")
        return made

    return ModelSpec(
        name,
        logistic_on_vectors,
        f"logistic regression on the vectors of {name}",
        encoder=make,
        vector_name=name,
    )
