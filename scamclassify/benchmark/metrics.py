"""Figures of the scores of one fold, for many weightings of its messages at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scamclassify.evaluation.metrics import SliceMetrics

#: Share of the reference scams that the threshold of ``false_alarm_rate`` finds.
ALARM_RECALL = 0.8

#: Name -> (what it is, whether more is better).
METRICS: dict[str, tuple[str, bool]] = {
    "average_precision": ("average precision of scam against the rest", True),
    "recall_at_fpr_0.001": ("recall of scam at 0.1 % false positives", True),
    "recall_at_fpr_0.005": ("recall of scam at 0.5 % false positives", True),
    "recall_at_fpr_0.01": ("recall of scam at 1 % false positives", True),
    "calibration_error": ("expected calibration error of the scam probability", False),
    "false_alarm_rate": (
        "share of honest messages of unknown sets that are flagged where 80 % of the scams of "
        "known sets are found",
        False,
    ),
    "predict_speed": ("messages scored a CPU second, as a multiple of tfidf_linear_svm's", True),
}

#: Those that are computed from scores of labelled messages.
_OF_SLICE = tuple(METRICS)[:5]


@dataclass(frozen=True, eq=False)
class FoldScores:
    """Scores of the test side of a fold.

    Attributes
    ----------
    truth : numpy.ndarray of bool, shape (n,)
    scores : numpy.ndarray of float64, shape (n,)
    probabilistic : bool
    reference : numpy.ndarray of bool, shape (n,), or None
    """

    truth: np.ndarray
    scores: np.ndarray
    probabilistic: bool
    reference: np.ndarray | None = None

    def part(self, mask: np.ndarray) -> FoldScores:
        """The messages of a mask; those of the reference always stay."""
        keep = mask if self.reference is None else mask | self.reference
        reference = None if self.reference is None else self.reference[keep]
        return FoldScores(self.truth[keep], self.scores[keep], self.probabilistic, reference)


class FoldMetrics:
    """Compute the figures of a fold under any weights of its messages.

    Parameters
    ----------
    fold : FoldScores

    Examples
    --------
    >>> fold = FoldScores(np.array([True, False]), np.array([0.9, 0.1]), True)
    >>> float(FoldMetrics(fold).compute(np.ones((1, 2)))["average_precision"][0])
    1.0
    """

    def __init__(self, fold: FoldScores) -> None:
        self._fold = fold
        self._slice: SliceMetrics | None = None
        if fold.reference is None:
            truth = np.where(fold.truth, "scam", "ham")
            # Decisions are not looked at: a benchmark compares rankings and probabilities.
            self._slice = SliceMetrics(
                truth, truth, fold.scores, ["ham", "scam"], fold.probabilistic, 0.01
            )

    def compute(self, weights: np.ndarray) -> dict[str, np.ndarray]:
        """Figures of :data:`METRICS` that apply.

        Parameters
        ----------
        weights : numpy.ndarray of float64, shape (n_weightings, n)

        Returns
        -------
        dict of str to numpy.ndarray of float64, shape (n_weightings,)
            NaN where a figure is not defined.
        """
        if self._slice is not None:
            found = self._slice.compute(weights)
            return {name: found[name] for name in _OF_SLICE}
        return {"false_alarm_rate": self._alarms(weights)}

    def _alarms(self, weights: np.ndarray) -> np.ndarray:
        fold = self._fold
        assert fold.reference is not None
        known = np.flatnonzero(fold.reference & fold.truth)
        tested = np.flatnonzero(~fold.reference & ~fold.truth)
        if not len(known) or not len(tested):
            return np.full(len(weights), np.nan)
        order = known[np.argsort(-fold.scores[known], kind="stable")]
        cumulated = np.cumsum(weights[:, order], axis=1)
        # The first scam with which enough are found sets the threshold; its equals pass too.
        place = (cumulated >= ALARM_RECALL * cumulated[:, -1:] - 1e-9).argmax(axis=1)
        threshold = fold.scores[order][place]
        flagged = fold.scores[tested][None, :] >= threshold[:, None]
        total = weights[:, tested].sum(axis=1)
        alarms = (weights[:, tested] * flagged).sum(axis=1)
        defined = (total > 0) & (cumulated[:, -1] > 0)
        return np.divide(alarms, total, out=np.full(len(weights), np.nan), where=defined)
