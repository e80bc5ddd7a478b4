"""Checks the parameters of a ScamClassifier when it is fitted."""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any, NamedTuple

from scamclassify.errors import ParameterError

_ANY = float("inf")


class _Range(NamedTuple):
    """Numbers that are allowed; ``inside`` leaves out the ends themselves."""

    kind: Any
    low: float
    high: float
    inside: bool = False

    def holds(self, value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, self.kind):
            return False
        if self.inside:
            return self.low < value < self.high
        return self.low <= value <= self.high and value < _ANY

    def __str__(self) -> str:
        kind = "a whole number" if self.kind is Integral else "a number"
        if self.high == _ANY:
            return f"{kind} above {self.low:g}" if self.inside else f"{kind} from {self.low:g} on"
        if self.inside:
            return f"{kind} between {self.low:g} and {self.high:g}"
        return f"{kind} from {self.low:g} to {self.high:g}"


_RANGES = {
    "facts_C": _Range(Real, 0, _ANY, inside=True),
    "link_dropout": _Range(Real, 0, 1),
    "brand_dropout": _Range(Real, 0, 1),
    "repair_dropout": _Range(Real, 0, 1),
    "ngram_epochs": _Range(Integral, 0, _ANY),
    "ngram_rate": _Range(Real, 0, _ANY, inside=True),
    "ngram_l2": _Range(Real, 0, _ANY),
    "ngram_offset": _Range(Real, 0, _ANY),
    "ngram_share": _Range(Real, 0, _ANY),
    "calibration_folds": _Range(Integral, 0, _ANY),
}
_FPR = _Range(Real, 0, 1, inside=True)
_LEAST_FEATURES, _MOST_FEATURES = 8, 26


def check_parameters(model: Any) -> None:
    """Refuse parameters that cannot be used.

    Parameters
    ----------
    model : ScamClassifier
        Not fitted yet; nothing of it is changed.

    Raises
    ------
    ParameterError
        With the parameter, its value and what is allowed.

    Examples
    --------
    >>> from scamclassify import ScamClassifier
    >>> check_parameters(ScamClassifier(facts_C=-1))
    Traceback (most recent call last):
    scamclassify.errors.ParameterError: facts_C must be a number above 0, got -1
    """
    n = model.n_features
    powers = {2**k for k in range(_LEAST_FEATURES, _MOST_FEATURES + 1)}
    if isinstance(n, bool) or not isinstance(n, Integral) or n not in powers:
        raise ParameterError(
            f"n_features must be a power of two from 2**{_LEAST_FEATURES} to "
            f"2**{_MOST_FEATURES}, got {n!r}"
        )
    for name, allowed in _RANGES.items():
        value = getattr(model, name)
        if not allowed.holds(value):
            raise ParameterError(f"{name} must be {allowed}, got {value!r}")
    if model.calibration_folds == 1:
        raise ParameterError("calibration_folds must be 0, or 2 and more, got 1")
    if model.max_fpr is not None and not _FPR.holds(model.max_fpr):
        raise ParameterError(f"max_fpr must be {_FPR}, or None, got {model.max_fpr!r}")
