"""Figures of a slice of scored messages, for many weightings of its messages at once.

The messages are sorted once; every figure is then computed for a whole block of bootstrap
weights, and the plain figure is the one whose weights are all 1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

#: Rates of false positives at which recall is reported.
FALSE_POSITIVE_RATES: tuple[float, ...] = (0.001, 0.005, 0.01)

#: Every figure of a report, in order, and what it is.
METRICS: dict[str, str] = {
    "average_precision": "average precision of the scam score",
    "recall_at_fpr_0.001": "recall of scam at 0.1 % false positives",
    "recall_at_fpr_0.005": "recall of scam at 0.5 % false positives",
    "recall_at_fpr_0.01": "recall of scam at 1 % false positives",
    "precision_at_prevalence": "precision at the stated prevalence, default threshold",
    "precision_at_prevalence_fpr_0.01": "precision at the stated prevalence, 1 % false positives",
    "recall": "recall of scam, default threshold",
    "false_positive_rate": "share of honest messages called scam, default threshold",
    "f1": "F1 of scam against the rest, default threshold",
    "macro_f1": "mean F1 of the classes that occur in the slice (two or three)",
    "mcc": "Matthews correlation of scam against the rest, default threshold",
    "calibration_error": "expected calibration error of the scam probability",
}

_MAX_BINS = 10
_MIN_PER_BIN = 20


def equal_mass_bins(probability: np.ndarray) -> np.ndarray:
    """Cut messages into bins of like size by probability; equal values stay together.

    At most 10 bins, fewer where a bin would hold under 20 messages.

    Parameters
    ----------
    probability : numpy.ndarray of float64, shape (n_messages,)

    Returns
    -------
    numpy.ndarray of int64, shape (n_messages,)
        Bin number; a bin may be empty where many messages share a probability.

    Examples
    --------
    >>> equal_mass_bins(np.linspace(0, 1, 60)).tolist()[::10]
    [0, 0, 1, 1, 2, 2]
    """
    n = len(probability)
    n_bins = int(np.clip(n // _MIN_PER_BIN, 1, _MAX_BINS))
    first_rank = np.searchsorted(np.sort(probability), probability, side="left")
    return first_rank * n_bins // n


def expected_calibration_error(scam, probability) -> float:
    r"""Expected calibration error of the scam probability over equal-mass bins.

    .. math:: \sum_b \frac{n_b}{n} \left| \bar y_b - \bar p_b \right|

    with the share of scam :math:`\bar y_b` and the mean probability :math:`\bar p_b` of bin b;
    after Nguyen and O'Connor (EMNLP 2015), who cut bins of like size because most messages
    have a probability near 0 or 1. A sample gives a positive error even of a calibrated model.

    Parameters
    ----------
    scam : array-like of bool, shape (n_messages,)
    probability : array-like of float, shape (n_messages,)

    Returns
    -------
    float

    Examples
    --------
    >>> expected_calibration_error([True, False, False, False], [0.5, 0.5, 0.5, 0.5])
    0.25
    """
    probability = np.asarray(probability, dtype=np.float64)
    gap = np.asarray(scam, dtype=np.float64) - probability
    return float(np.abs(np.bincount(equal_mass_bins(probability), gap)).sum() / len(gap))


def _ratio(numerator: np.ndarray, denominator: np.ndarray, otherwise: float = np.nan) -> np.ndarray:
    """Divide where the denominator is not 0."""
    out = np.full(np.broadcast(numerator, denominator).shape, otherwise)
    return np.divide(numerator, denominator, out=out, where=denominator != 0)


def precision_at(prevalence: float, recall: np.ndarray, fpr: np.ndarray) -> np.ndarray:
    """Precision if ``prevalence`` of the messages were scam (Bayes' rule).

    Examples
    --------
    >>> round(float(precision_at(0.01, np.array(0.9), np.array(0.01))), 3)
    0.476
    """
    caught = prevalence * np.asarray(recall, dtype=np.float64)
    return _ratio(caught, caught + (1 - prevalence) * np.asarray(fpr, dtype=np.float64))


class SliceMetrics:
    """All figures of one slice under any weights of its messages.

    Parameters
    ----------
    truth, predicted : numpy.ndarray of str, shape (n_messages,)
        Labels; everything that is not ``"scam"`` counts as honest in binary figures.
    scores : numpy.ndarray of float64, shape (n_messages,)
        Probability or margin of scam.
    classes : sequence of str
        Classes that the model knows.
    probabilistic : bool
        Whether the scores are probabilities.
    prevalence : float
        Share of scam in the traffic for which precision is computed.

    Examples
    --------
    >>> slice_ = SliceMetrics(np.array(["scam", "ham", "scam"]), np.array(["scam", "ham", "ham"]),
    ...                       np.array([0.9, 0.8, 0.1]), ["ham", "scam"], True, 0.01)
    >>> figures = slice_.compute(np.ones((1, 3)))
    >>> round(float(figures["average_precision"][0]), 4), float(figures["recall"][0])
    (0.8333, 0.5)
    """

    def __init__(
        self,
        truth: np.ndarray,
        predicted: np.ndarray,
        scores: np.ndarray,
        classes: Sequence[str],
        probabilistic: bool,
        prevalence: float,
    ) -> None:
        self.n = len(truth)
        self.order = np.argsort(-scores, kind="stable")
        sorted_scores = scores[self.order]
        # Messages of equal score pass a threshold together: only the last of them counts.
        self.ends = np.append(np.flatnonzero(np.diff(sorted_scores)), self.n - 1)
        self.scam = (truth == "scam")[self.order]
        self.n_scam = int(self.scam.sum())
        self.n_honest = self.n - self.n_scam
        self.probabilistic = probabilistic
        self.prevalence = prevalence
        truth, predicted = truth[self.order], predicted[self.order]
        self.truth_classes = sorted(set(truth.tolist()))
        self.unknown_classes = sorted(set(self.truth_classes) - set(classes))
        columns = [self.scam, predicted == "scam", self.scam & (predicted == "scam")]
        for name in self.truth_classes:
            columns += [truth == name, predicted == name, (truth == name) & (predicted == name)]
        parts = [np.column_stack(columns).astype(np.float64)]
        self._n_counts = len(columns)
        if probabilistic:
            bins = equal_mass_bins(sorted_scores)
            gaps = (self.scam - sorted_scores)[:, None] * (bins[:, None] == np.unique(bins))
            parts.append(gaps)
        # Weights times this matrix give all counts of the slice at once.
        self._sums = np.hstack(parts)

    def compute(self, weights: np.ndarray) -> dict[str, np.ndarray]:
        """Compute every figure of :data:`METRICS`.

        Parameters
        ----------
        weights : numpy.ndarray of float64, shape (n_weightings, n_messages)
            In the order of the messages that were given.

        Returns
        -------
        dict of str to numpy.ndarray of float64, shape (n_weightings,)
            NaN where a figure is not defined.
        """
        weights = weights[:, self.order]
        sums = weights @ self._sums
        total = weights.sum(axis=1)
        out = self._ranking(weights)
        out |= self._decisions(sums, total)
        if self.probabilistic:
            out["calibration_error"] = _ratio(np.abs(sums[:, self._n_counts :]).sum(axis=1), total)
        else:
            out["calibration_error"] = np.full(len(weights), np.nan)
        return {name: out[name] for name in METRICS}

    def _ranking(self, weights: np.ndarray) -> dict[str, np.ndarray]:
        passed = np.cumsum(weights, axis=1)[:, self.ends]
        caught = np.cumsum(weights * self.scam, axis=1)[:, self.ends]
        scam = caught[:, -1]
        honest = passed[:, -1] - scam
        gained = np.diff(caught, axis=1, prepend=0.0)
        area = (gained * _ratio(caught, passed, 0.0)).sum(axis=1)
        undefined = (scam == 0) | (honest == 0)
        out = {"average_precision": np.where(undefined, np.nan, _ratio(area, scam))}
        alarms = passed - caught
        rows = np.arange(len(weights))
        for rate in FALSE_POSITIVE_RATES:
            name = f"recall_at_fpr_{rate:g}"
            if self.n_honest * rate < 1 - 1e-9:
                out[name] = np.full(len(weights), np.nan)
                continue
            last = (alarms <= rate * honest[:, None] + 1e-9).sum(axis=1) - 1
            found = np.where(last >= 0, caught[rows, last], 0.0)
            out[name] = np.where(undefined, np.nan, _ratio(found, scam))
        at_one = out["recall_at_fpr_0.01"]
        # The stated rate, not the one of the sample: it is never flattered by tied scores.
        out["precision_at_prevalence_fpr_0.01"] = precision_at(
            self.prevalence, at_one, np.full(len(weights), 0.01)
        )
        return out

    def _decisions(self, sums: np.ndarray, total: np.ndarray) -> dict[str, np.ndarray]:
        scam, called, hit = sums[:, 0], sums[:, 1], sums[:, 2]
        honest, alarms = total - scam, called - hit
        missed, passed = scam - hit, honest - alarms
        recall, fpr = _ratio(hit, scam), _ratio(alarms, honest)
        both = (scam > 0) & (honest > 0)
        spread = np.sqrt(called * scam * honest * (total - called))
        mcc = _ratio(hit * passed - alarms * missed, spread, 0.0)
        if self.unknown_classes or len(self.truth_classes) < 2:
            macro = np.full(len(sums), np.nan)
        else:
            classes = sums[:, 3 : self._n_counts].reshape(len(sums), -1, 3)
            f1 = _ratio(2 * classes[..., 2], classes[..., 0] + classes[..., 1])
            # A resample may lack a class altogether: the mean is over those it has.
            known = ~np.isnan(f1)
            macro = _ratio(np.where(known, f1, 0.0).sum(axis=1), known.sum(axis=1))
        return {
            "precision_at_prevalence": precision_at(self.prevalence, recall, fpr),
            "recall": recall,
            "false_positive_rate": fpr,
            "f1": np.where(both, _ratio(2 * hit, scam + called), np.nan),
            "macro_f1": macro,
            "mcc": np.where(both, mcc, np.nan),
        }
