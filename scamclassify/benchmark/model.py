"""What the benchmark knows of a model: how to build it, what it needs, how it is told apart."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

from scamclassify.errors import MissingExtraError
from scamclassify.plugins import PluginError, Registry

_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


@dataclass(frozen=True)
class ModelSpec:
    """A model of the benchmark.

    Parameters
    ----------
    name : str
        Letters, digits, hyphens and underscores.
    build : callable
        ``build(seed)`` returns a new, unfitted classifier of raw texts, as scikit-learn has
        them: ``fit(texts, labels)``, ``classes_`` and ``predict_proba`` or
        ``decision_function``.
    description : str
        One line.
    labels : {"binary", "all"}, default="binary"
        Whether it is fitted with scam against ham, or with ham, promo and scam.
    takes_frame : bool, default=False
        Whether ``fit`` gets the message frame instead of a list of texts.
    needs : tuple of str
        Packages beyond those of the core: their versions are part of a result.
    extra : str, default="benchmark"
        The extra that installs them.
    revision : callable, optional
        Returns a text that changes when the model does though its parameters do not.
    encoder : callable, optional
        ``encoder()`` returns an object with ``encode(list of str) -> array``; ``build`` then
        gets vectors instead of texts. They are kept on disk.
    vector_name : str
        Name under which the vectors are kept; needed with ``encoder``.

    Examples
    --------
    >>> from scamclassify import build_model
    >>> spec = ModelSpec("mine", lambda seed: build_model("nb_svm", random_state=seed), "NB-SVM")
    >>> len(spec.digest(0))
    16
    """

    name: str
    build: Callable[[int], Any]
    description: str = ""
    labels: str = "binary"
    takes_frame: bool = False
    needs: tuple[str, ...] = ()
    extra: str = "benchmark"
    revision: Callable[[], str] | None = None
    encoder: Callable[[], Any] | None = None
    vector_name: str = ""

    def check_installed(self) -> None:
        """Raise :class:`MissingExtraError` if a package that it needs is not there."""
        for package in self.needs:
            if find_spec(package) is None:
                raise MissingExtraError(package, self.extra, f"the model {self.name!r}")

    def parameters(self, seed: int) -> dict[str, str]:
        """Every parameter of the built estimator as text."""
        estimator = self.build(seed)
        found = {"estimator": type(estimator).__name__}
        get_params = getattr(estimator, "get_params", None)
        for key, value in sorted((get_params(deep=True) if get_params else {}).items()):
            nested = hasattr(value, "get_params") or key in ("steps", "transformer_list")
            found[key] = type(value).__name__ if nested else _ADDRESS.sub("", repr(value))
        return found

    def built_as(self, seed: int) -> str:
        """How the unfitted estimator prints, on one line and the same in every process."""
        return _ADDRESS.sub("", " ".join(repr(self.build(seed)).split()))

    def digest(self, seed: int) -> str:
        """16 hexadecimal digits over name, parameters and revision."""
        parts = [self.name, self.labels, str(self.takes_frame), self.vector_name]
        parts += [f"{key}={value}" for key, value in self.parameters(seed).items()]
        if self.revision is not None:
            parts.append(self.revision())
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def versions(self) -> dict[str, str]:
        """Versions of the packages that it needs beyond the core."""
        return {package: _version(package) for package in self.needs}


#: Module -> distribution, where the names differ.
_DISTRIBUTIONS = {"fasttext": "fasttext-numpy2-wheel"}


def _version(package: str) -> str:
    for name in (package, _DISTRIBUTIONS.get(package, package)):
        try:
            return version(name)
        except PackageNotFoundError:
            continue
    return "unknown"


def check_spec(spec: object) -> None:
    """Raise :class:`PluginError` for a spec that cannot be one.

    Raises
    ------
    PluginError
    """
    if not isinstance(spec, ModelSpec):
        raise PluginError(f"a ModelSpec is needed, not a {type(spec).__name__}")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", spec.name):
        raise PluginError(f"model {spec.name!r}: letters, digits, - . and _ are needed")
    if not callable(spec.build):
        raise PluginError(f"model {spec.name!r}: build must be a function of a seed")
    if spec.labels not in ("binary", "all"):
        raise PluginError(f"model {spec.name!r}: labels must be 'binary' or 'all'")
    if spec.encoder is not None and not spec.vector_name:
        raise PluginError(f"model {spec.name!r}: an encoder needs a vector_name")


MODELS = Registry("model", "scamclassify.models", check_spec)


def register_model(spec: ModelSpec, *, replace: bool = False) -> None:
    """Add a model to the benchmark.

    Raises
    ------
    PluginError
        If it is not as it must be, or the name is taken.
    """
    MODELS.add(getattr(spec, "name", ""), spec, replace=replace)


def unregister_model(name: str) -> None:
    """Take back :func:`register_model`."""
    MODELS.remove(name)


def model_names() -> tuple[str, ...]:
    """Names of all models, those of this package first.

    Examples
    --------
    >>> "tfidf_linear_svm" in model_names()
    True
    """
    import scamclassify.benchmark.models  # noqa: F401  registers them

    return MODELS.names()


def find_model(name: str) -> ModelSpec:
    """A model by its name.

    Raises
    ------
    UnknownNameError
        With the nearest match.
    """
    import scamclassify.benchmark.models  # noqa: F401

    return MODELS[name]


def texts_of(frame_or_texts: Any) -> Sequence[str]:
    """The texts of a frame, or texts as they are."""
    if hasattr(frame_or_texts, "columns"):
        return frame_or_texts["text"].tolist()
    return frame_or_texts
