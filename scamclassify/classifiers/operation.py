"""How a model is operated where it is deployed, without training it again."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from scamclassify.classifiers.prevalence import Prevalence
from scamclassify.errors import ParameterError


@dataclass(frozen=True)
class Operation:
    """The parameters of a classifier that a deployment may choose; None leaves the model's own.

    Attributes
    ----------
    max_fpr : float or None
        Call a message a scam only above the threshold of this false-positive rate.
    prevalence : float or mapping of str to float, or None
        Share of scam, or of several labels, in the traffic.
    unsure_band : float or (float, float), or None
        The greatest risk outside the band of ``"unsure"``, or its two edges.

    Examples
    --------
    >>> Operation(max_fpr=0.01).chosen()
    {'max_fpr': 0.01}
    """

    max_fpr: float | None = None
    prevalence: Prevalence | None = None
    unsure_band: float | tuple[float, float] | None = None

    def chosen(self) -> dict[str, Any]:
        """What was chosen, by name."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def apply(self, model: Any) -> Any:
        """The model, operated so.

        Parameters
        ----------
        model : fitted classifier

        Returns
        -------
        fitted classifier
            The same object if nothing was chosen, else a copy that shares its weights.

        Raises
        ------
        ParameterError
            If the model cannot be operated so: it knows no such parameter, or the rate or the
            risk was not measured with it.

        Examples
        --------
        >>> from scamclassify import ScamClassifier
        >>> model = ScamClassifier(n_features=2**10, calibration_folds=0, random_state=0)
        >>> model = model.fit(["win a prize", "see you soon"] * 5, ["scam", "ham"] * 5)
        >>> Operation(max_fpr=0.01).apply(model)
        Traceback (most recent call last):
        scamclassify.errors.ParameterError: the model cannot be used with max_fpr=0.01: ...
        """
        chosen = self.chosen()
        if not chosen:
            return model
        said = ", ".join(f"{name}={value!r}" for name, value in chosen.items())
        if not hasattr(model, "label_of"):
            raise ParameterError(
                f"{type(model).__name__} cannot be used with {said}: only a ScamClassifier can"
            )
        model = copy.copy(model)
        if isinstance(chosen.get("prevalence"), Mapping):
            chosen["prevalence"] = dict(chosen["prevalence"])
        model.set_params(**chosen)
        n_classes = len(model.classes_)
        try:  # whatever was not measured shows with the first label
            model.label_of(np.full((1, n_classes), 1 / n_classes, dtype=np.float32))
        except ValueError as error:
            raise ParameterError(f"the model cannot be used with {said}: {error}") from error
        return model


#: Nothing chosen: every parameter is the model's own.
AS_MADE = Operation()
