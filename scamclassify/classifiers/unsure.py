"""The unsure band: probabilities of scam between which a person should look."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

#: Label of a message within the band.
UNSURE = "unsure"
#: Risks for which bands are measured.
RISKS: tuple[float, ...] = (0.01, 0.02, 0.05, 0.1)
# Fewer held-out messages than this beyond an edge say too little.
_LEAST_MESSAGES = 20


@dataclass(frozen=True)
class UnsureBand:
    """Probabilities of scam, ``low <= p < high``, for which the model abstains.

    Attributes
    ----------
    low, high : float
        Edges, before any ``prevalence``; equal where no band is needed.
    risk : float
        Greatest share of errors that was asked for, below the band and above it.
    measured_risk : float
        Share of errors among held-out messages outside the band.
    coverage : float
        Share of held-out messages outside the band.
    n_messages : int
        Held-out messages that it was measured on.
    """

    low: float
    high: float
    risk: float = float("nan")
    measured_risk: float = float("nan")
    coverage: float = float("nan")
    n_messages: int = 0

    def holds(self, probability: np.ndarray) -> np.ndarray:
        """Which probabilities lie within the band, bool array."""
        return (probability >= self.low) & (probability < self.high)

    def to_dict(self) -> dict[str, float | int | None]:
        """As plain JSON values."""
        return {key: None if value != value else value for key, value in asdict(self).items()}


def measure_unsure_bands(
    scores: np.ndarray, scam: np.ndarray, weights: np.ndarray
) -> tuple[UnsureBand, ...]:
    """Choose a band for each of :data:`RISKS` on messages that were not trained on.

    The upper edge is the least probability above which at most that share of messages is
    honest, the lower edge the greatest below which at most that share is scam.

    Parameters
    ----------
    scores : numpy.ndarray, shape (n,)
        Probability of scam.
    scam : numpy.ndarray of bool, shape (n,)
    weights : numpy.ndarray, shape (n,)
        Mass of each message, so that no large source decides.

    Returns
    -------
    tuple of UnsureBand

    Notes
    -----
    Selective classification: Y. Geifman and R. El-Yaniv, "Selective classification for deep
    neural networks", NeurIPS 2017. https://arxiv.org/abs/1705.08500

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> p = rng.random(20000)
    >>> band = measure_unsure_bands(p, rng.random(20000) < p, np.ones(20000))[-1]
    >>> band.risk, round(band.low, 1), round(band.high, 1), round(band.coverage, 1)
    (0.1, 0.2, 0.8, 0.4)
    """
    if len(scores) < 2 * _LEAST_MESSAGES or not scam.any() or scam.all():
        return ()
    order = np.argsort(scores, kind="stable")
    p, mass = scores[order].astype(np.float64), weights[order].astype(np.float64)
    wrong_below = np.cumsum(mass * scam[order]) / np.cumsum(mass)
    wrong_above = (np.cumsum((mass * ~scam[order])[::-1]) / np.cumsum(mass[::-1]))[::-1]
    # An edge lies between two different values only.
    ends = np.append(p[1:] > p[:-1], True)
    begins = np.append(True, p[1:] > p[:-1])
    enough = np.arange(1, len(p) + 1) >= _LEAST_MESSAGES
    bands = []
    for risk in RISKS:
        below = np.flatnonzero((wrong_below <= risk) & ends & enough)
        above = np.flatnonzero((wrong_above <= risk) & begins & enough[::-1])
        low = float(np.nextafter(p[below[-1]], 2)) if len(below) else 0.0
        high = float(p[above[0]]) if len(above) else float(np.nextafter(1, 2))
        if high < low:  # every message can be told at this risk
            low = high = (low + high) / 2
        band = UnsureBand(low, high)
        kept = ~band.holds(p)
        wrong = (p >= high) != scam[order]
        covered = float(mass[kept].sum())
        bands.append(
            UnsureBand(
                low,
                high,
                risk,
                float(mass[kept & wrong].sum() / covered) if covered else float("nan"),
                covered / float(mass.sum()),
                len(p),
            )
        )
    return tuple(bands)
