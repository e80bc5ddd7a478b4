"""Operating points: thresholds by false-positive rate, and what they were measured on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np

#: False-positive rates at which thresholds are measured.
OPERATING_RATES: tuple[float, ...] = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05)
# A rate is measured where so many false alarms can be expected among the honest messages.
_LEAST_ALARMS = 5


@dataclass(frozen=True)
class OperatingPoint:
    """A threshold and what it did on messages that were not trained on.

    Attributes
    ----------
    rate : float
        False-positive rate asked for, the mean over sources.
    threshold : float
        Least probability of scam, before any ``prevalence``.
    recall : float
        Share of scams found, the mean over sources with scams; not a number if unknown.
    false_alarms : int
        Honest messages at or above the threshold; -1 if unknown.
    """

    rate: float
    threshold: float
    recall: float = float("nan")
    false_alarms: int = -1


@dataclass(frozen=True)
class OperatingPoints:
    """Thresholds by false-positive rate with the data they were measured on.

    Attributes
    ----------
    points : tuple of OperatingPoint
        By increasing rate.
    how : str
        Which messages they were measured on, in words.
    n_honest, n_scam : int
        How many of them.
    sources : dict of str to int
        Honest messages of each source.
    revision : str
        Of the data; empty where it was not said.

    Examples
    --------
    >>> points = OperatingPoints((OperatingPoint(0.001, 0.99), OperatingPoint(0.01, 0.9)))
    >>> points.threshold(0.001), round(points.threshold(0.003), 3)
    (0.99, 0.969)
    >>> points.threshold(0.0001)
    Traceback (most recent call last):
    ValueError: no threshold was measured for a false-positive rate of 0.0001: held-out messages ...
    """

    points: tuple[OperatingPoint, ...] = ()
    how: str = ""
    n_honest: int = 0
    n_scam: int = 0
    sources: Mapping[str, int] | None = None
    revision: str = ""

    def threshold(self, fpr: float) -> float:
        """Least probability of scam for a false-positive rate.

        Between measured rates the logit of the threshold is interpolated over the logarithm
        of the rate.

        Raises
        ------
        ValueError
            If the rate is outside what the held-out messages could measure.
        """
        if isinstance(fpr, bool) or not isinstance(fpr, int | float | np.number) or not fpr > 0:
            raise ValueError(f"a false-positive rate must be a number above 0, got {fpr!r}")
        for point in self.points:
            if np.isclose(point.rate, fpr, rtol=1e-9):
                return point.threshold
        if not self.points or not self.points[0].rate < fpr < self.points[-1].rate:
            raise ValueError(
                f"no threshold was measured for a false-positive rate of {fpr:g}: {self._range()}"
            )
        rates = np.log([point.rate for point in self.points])
        p = np.clip([point.threshold for point in self.points], 1e-9, 1 - 1e-9)
        logit = float(np.interp(np.log(fpr), rates, np.log(p / (1 - p))))
        return 1 / (1 + float(np.exp(-logit)))

    def _range(self) -> str:
        if not self.points:
            return "the model was trained on too few honest messages, or without calibration folds"
        low, high = self.points[0].rate, self.points[-1].rate
        return f"held-out messages ({self.n_honest:,} honest ones) measured {low:g} to {high:g}"

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values."""
        values = asdict(self)
        values["points"] = [
            {key: None if value != value else value for key, value in point.items()}
            for point in values["points"]
        ]
        values["sources"] = dict(self.sources or {})
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The inverse of :meth:`to_dict`."""
        points = tuple(
            OperatingPoint(
                float(point["rate"]),
                float(point["threshold"]),
                float("nan") if point["recall"] is None else float(point["recall"]),
                int(point["false_alarms"]),
            )
            for point in values["points"]
        )
        sources = {str(name): int(count) for name, count in values["sources"].items()}
        return cls(
            points, str(values["how"]), int(values["n_honest"]), int(values["n_scam"]), sources,
            str(values["revision"]),
        )  # fmt: skip


def measure_operating_points(
    scores: np.ndarray, scam: np.ndarray, sources: np.ndarray, *, how: str = "", revision: str = ""
) -> OperatingPoints:
    """Measure thresholds on messages that were not trained on.

    Every source of honest messages counts the same, so that no large set decides.

    Parameters
    ----------
    scores : numpy.ndarray of float32, shape (n,)
        Probability of scam.
    scam : numpy.ndarray of bool, shape (n,)
    sources : numpy.ndarray of str, shape (n,)
    how, revision : str
        Kept with the thresholds.

    Returns
    -------
    OperatingPoints
        Only the rates that so many messages can resolve.

    Examples
    --------
    >>> scores = np.linspace(0, 1, 10001, dtype=np.float32)
    >>> points = measure_operating_points(scores, scores > 2, np.full(10001, "sms"))
    >>> round(points.threshold(0.01), 3), points.points[0].false_alarms
    (0.99, 10)
    """
    honest = ~scam
    names, counts = np.unique(sources[honest].astype(str), return_counts=True)
    points = []
    if honest.any():
        values, own = scores[honest], sources[honest].astype(str)
        _, place, size = np.unique(own, return_inverse=True, return_counts=True)
        order = np.argsort(-values, kind="stable")
        share = np.cumsum((1 / size[place] / len(size))[order])
        for rate in OPERATING_RATES:
            if len(values) * rate < _LEAST_ALARMS:
                continue
            allowed = int(np.searchsorted(share, rate * (1 + 1e-9), side="right"))
            # Just above the first honest message that is one too many.
            last = values[order][min(allowed, len(values) - 1)]
            threshold = np.nextafter(last, np.float32(2), dtype=np.float32)
            found = scores >= threshold
            recalls = [found[scam & (sources == name)].mean() for name in np.unique(sources[scam])]
            points.append(
                OperatingPoint(
                    rate,
                    float(threshold),
                    float(np.mean(recalls)) if recalls else float("nan"),
                    int((found & honest).sum()),
                )
            )
    return OperatingPoints(
        tuple(points), how, int(honest.sum()), int(scam.sum()),
        dict(zip(names.tolist(), counts.tolist(), strict=True)), revision,
    )  # fmt: skip
