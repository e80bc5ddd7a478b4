"""How a classifier comes from probabilities to labels."""

from __future__ import annotations

import numpy as np

from scamclassify.classifiers.decision import decide
from scamclassify.classifiers.operating import OperatingPoints
from scamclassify.classifiers.prevalence import Prevalence, prior_shift, target_priors
from scamclassify.classifiers.unsure import UnsureBand


class DecidingMixin:
    """Labels by operating points, prevalence and the unsure band."""

    classes_: np.ndarray
    priors_: np.ndarray
    operating_: OperatingPoints
    unsure_bands_: tuple[UnsureBand, ...]
    max_fpr: float | None
    prevalence: Prevalence | None
    unsure_band: float | tuple[float, float] | None

    def _check_fitted(self) -> None:
        raise NotImplementedError

    def prevalence_shift(self, prevalence: Prevalence | None = None) -> np.ndarray:
        """What a prevalence adds to the calibrated scores, float32 (n_classes,).

        ``None`` takes the parameter ``prevalence``.
        """
        prevalence = self.prevalence if prevalence is None else prevalence
        if prevalence is None:
            return np.zeros(len(self.classes_), dtype=np.float32)
        target = target_priors(prevalence, self.classes_.tolist(), self.priors_)
        return prior_shift(self.priors_, target)

    def label_of(self, probabilities: np.ndarray) -> np.ndarray:
        """Labels that go with probabilities of :meth:`predict_proba`."""
        base = probabilities
        if self.prevalence is not None:  # thresholds were measured without it
            base = probabilities * np.exp(-self.prevalence_shift())
            base /= base.sum(axis=1, keepdims=True)
        threshold = None if self.max_fpr is None else self.threshold_for(self.max_fpr)
        return decide(self.classes_, probabilities, base, threshold, self._band())

    def _band(self) -> UnsureBand | None:
        wanted = self.unsure_band
        if wanted is None:
            return None
        if isinstance(wanted, tuple | list):
            if len(wanted) != 2 or not 0 <= wanted[0] <= wanted[1]:
                raise ValueError(f"unsure_band must be two growing probabilities, got {wanted!r}")
            return UnsureBand(float(wanted[0]), float(wanted[1]))
        for band in self.unsure_bands_:
            if np.isclose(band.risk, wanted):
                return band
        measured = ", ".join(f"{band.risk:g}" for band in self.unsure_bands_)
        raise ValueError(
            f"no unsure band was measured for a risk of {wanted!r}; measured: {measured or 'none'}"
        )

    @property
    def operating_points_(self) -> dict[float, float]:
        """False-positive rate -> least probability of scam."""
        return {point.rate: point.threshold for point in self.operating_.points}

    def threshold_for(self, fpr: float) -> float:
        """Least probability of scam that kept held-out false positives under a rate.

        Parameters
        ----------
        fpr : float
            Within what the held-out messages could measure; between measured rates the
            threshold is interpolated.

        Returns
        -------
        float
            For probabilities without ``prevalence``; ``operating_`` says what it was
            measured on.

        Raises
        ------
        ValueError
            If the held-out messages could not measure that rate.
        """
        self._check_fitted()
        return self.operating_.threshold(fpr)
