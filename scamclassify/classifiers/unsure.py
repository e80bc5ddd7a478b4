"""The unsure band: probabilities of scam between which a person should look."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

#: Label of a message within the band.
UNSURE = "unsure"
#: Risks for which bands are measured.
RISKS: tuple[float, ...] = (0.01, 0.02, 0.03, 0.05, 0.06, 0.08, 0.1)
# A band that leaves fewer messages than this, or a smaller share, is not worth having.
_LEAST_MESSAGES, _LEAST_COVERAGE = 20, 0.05


@dataclass(frozen=True)
class UnsureBand:
    """Probabilities of scam, ``low <= p < high``, for which the model abstains.

    Attributes
    ----------
    low, high : float
        Edges, before any ``prevalence``; equal where no band is needed.
    risk : float
        Greatest share of errors that was asked for outside the band.
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

    The model abstains where its probability of being right, the larger of ``p`` and
    ``1 - p``, is below a threshold: the least threshold that keeps the share of errors (scam
    or not) among the other messages under the risk.

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
        Only the risks that can be kept while a twentieth of the messages is answered.

    Notes
    -----
    Selective classification: C. K. Chow, "On optimum recognition error and reject tradeoff",
    1970; Y. Geifman and R. El-Yaniv, "Selective classification for deep neural networks",
    NeurIPS 2017. https://arxiv.org/abs/1705.08500

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> p = rng.random(20000)
    >>> band = measure_unsure_bands(p, rng.random(20000) < p, np.ones(20000))[-1]
    >>> band.risk, round(band.low, 1), round(band.high, 1), round(band.coverage, 1)
    (0.1, 0.2, 0.8, 0.4)
    """
    if len(scores) < _LEAST_MESSAGES:
        return ()
    p = scores.astype(np.float64)
    sure = np.maximum(p, 1 - p)
    order = np.argsort(-sure, kind="stable")
    mass = weights[order].astype(np.float64)
    wrong = ((p >= 0.5) != scam)[order]
    covered = np.cumsum(mass)
    risk = np.cumsum(mass * wrong) / covered
    # A threshold lies between two different values only.
    ends = np.append(np.diff(sure[order]) < 0, True)
    allowed = ends & (covered >= _LEAST_COVERAGE * covered[-1])
    allowed &= np.arange(1, len(p) + 1) >= _LEAST_MESSAGES
    bands = []
    for most in RISKS:
        found = np.flatnonzero(allowed & (risk <= most))
        if not len(found):
            continue
        last = found[-1]
        kept = p[order[: last + 1]]
        below, above = kept[kept < 0.5], kept[kept >= 0.5]
        low = float(np.nextafter(below.max(), 1)) if len(below) else 0.0
        high = float(above.min()) if len(above) else float(np.nextafter(1, 2))
        if last == len(p) - 1:  # everything can be answered
            low = high = 0.5
        bands.append(
            UnsureBand(
                low=low,
                high=high,
                risk=most,
                measured_risk=float(risk[last]),
                coverage=float(covered[last] / covered[-1]),
                n_messages=len(p),
            )
        )
    return tuple(bands)
