"""What scikit-learn asks of an estimator, without importing scikit-learn.

Importing ``sklearn.base`` takes longer than scoring ten thousand messages, so the default
classifier does not inherit from it: it implements the same protocol by itself, as
scikit-learn's developer guide allows, and imports scikit-learn only to be trained.
Source: https://scikit-learn.org/stable/developers/develop.html
"""

from __future__ import annotations

import inspect
from typing import Any, Self


class TextClassifier:
    """Parameters, representation and tags of a classifier of raw texts."""

    _estimator_type = "classifier"

    @classmethod
    def _parameter_names(cls) -> list[str]:
        return [name for name in inspect.signature(cls.__init__).parameters if name != "self"]

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Parameters of the estimator, by name; ``deep`` is accepted for compatibility."""
        return {name: getattr(self, name) for name in self._parameter_names()}

    def set_params(self, **params: Any) -> Self:
        """Set parameters.

        Raises
        ------
        ValueError
            If there is no such parameter.
        """
        known = self._parameter_names()
        for name, value in params.items():
            if name not in known:
                raise ValueError(
                    f"Invalid parameter {name!r} for estimator {self}. "
                    f"Valid parameters are: {known!r}."
                )
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        defaults = inspect.signature(type(self).__init__).parameters
        changed = ", ".join(
            f"{name}={value!r}"
            for name, value in self.get_params().items()
            if value is not defaults[name].default and value != defaults[name].default
        )
        return f"{type(self).__name__}({changed})"

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "classes_")

    def __sklearn_tags__(self):
        from sklearn.utils import ClassifierTags, InputTags, Tags, TargetTags

        return Tags(
            estimator_type="classifier",
            target_tags=TargetTags(required=True),
            classifier_tags=ClassifierTags(),
            input_tags=InputTags(two_d_array=False, string=True),
        )

    def score(self, X, y, sample_weight=None) -> float:
        """Share of messages whose label is predicted, as for scikit-learn's classifiers."""
        from sklearn.metrics import accuracy_score

        return float(accuracy_score(y, self.predict(X), sample_weight=sample_weight))

    def predict(self, X):
        """Labels of messages; subclasses implement it."""
        raise NotImplementedError
