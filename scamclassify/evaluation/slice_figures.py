"""The figures of one slice with their intervals and the notes that keep them honest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from scamclassify.evaluation.bootstrap import (
    certain_rate_interval,
    percentile_interval,
    resample_weights,
)
from scamclassify.evaluation.metrics import METRICS, SliceMetrics, precision_at
from scamclassify.labels import LABELS

_FEW_ALARMS = 5
_FEW_GROUPS = 10


def slice_figures(
    figures: SliceMetrics,
    groups: np.ndarray,
    n_boot: int,
    rng: np.random.Generator,
    confidence: float,
) -> Iterator[dict[str, Any]]:
    """Yield one row per figure of a slice: value, interval, counts and what to mind.

    Parameters
    ----------
    figures : SliceMetrics
        Of the ``n`` messages of the slice.
    groups : numpy.ndarray of int64, shape (n,)
        As :func:`~scamclassify.evaluation.bootstrap.group_numbers` gives them.
    n_boot : int
        Resamples; 0 leaves the intervals out.
    rng : numpy.random.Generator
    confidence : float
        Share of the resamples that an interval covers.

    Yields
    ------
    dict
        With the keys ``metric, value, low, high, n, n_scam, note``.

    Notes
    -----
    A figure that every resample repeats (no scam missed, no false alarm) has no bootstrap
    interval worth the name: a rate then gets the exact interval of its number of groups, any
    other figure none. The interval of the calibration error is shifted by the mean excess of
    the resamples over the value.

    Examples
    --------
    >>> label = np.array(["scam", "ham"] * 30)
    >>> figures = SliceMetrics(label, label, (label == "scam") * 1.0, ["ham", "scam"], True, 0.01)
    >>> rows = slice_figures(figures, np.arange(60), 50, np.random.default_rng(0), 0.95)
    >>> [(row["value"], round(row["low"], 3)) for row in rows if row["metric"] == "recall"]
    [(1.0, 0.884)]
    """
    values = {k: float(v[0]) for k, v in figures.compute(np.ones((1, figures.n))).items()}
    n_groups = int(groups.max()) + 1
    scam = np.empty(figures.n, dtype=bool)
    scam[figures.order] = figures.scam
    scam_groups, honest_groups = len(np.unique(groups[scam])), len(np.unique(groups[~scam]))
    samples: dict[str, np.ndarray] = {}
    if n_boot and n_groups > 1:
        blocks = [figures.compute(w) for w in resample_weights(groups, n_boot, rng)]
        samples = {name: np.concatenate([block[name] for block in blocks]) for name in METRICS}
    for name, value in values.items():
        low = high = np.nan
        notes = _notes(name, value, figures)
        if samples and not np.isnan(value):
            drawn = samples[name]
            if name == "calibration_error":
                # Resampling adds noise to every bin, which an absolute gap turns into bias.
                drawn = np.maximum(drawn - np.nanmean(drawn) + value, 0.0)
            low, high = percentile_interval(drawn, confidence)
            lost = int(np.isnan(drawn).sum())
            if lost > n_boot // 20:
                notes.append(f"not defined in {lost} of {n_boot} resamples")
            fewest = min(count for count in (scam_groups, honest_groups) if count)
            if fewest < _FEW_GROUPS:
                notes.append(f"rests on {fewest} groups of one class: read it with care")
            if np.isclose(low, high, rtol=1e-9, atol=1e-12):
                low, high, note = _certain(
                    name, value, scam_groups, honest_groups, figures, values, confidence
                )
                notes.append(note)
        elif n_boot and not np.isnan(value):
            notes.append("no interval: all messages are of one group")
        yield {
            "metric": name,
            "value": value,
            "low": low,
            "high": high,
            "n": figures.n,
            "n_scam": figures.n_scam,
            "note": "; ".join(notes),
        }


def _certain(name, value, scam_groups, honest_groups, figures, values, confidence):
    """Interval and note of a figure that every resample repeats."""
    recall_like = name == "recall" or name.startswith("recall_at")
    if recall_like and value in (0.0, 1.0) and scam_groups:
        low, high = certain_rate_interval(value, scam_groups, confidence)
        return low, high, f"the same in every resample: exact interval of {scam_groups} groups"
    if name == "precision_at_prevalence_fpr_0.01" and values["recall_at_fpr_0.01"] in (0.0, 1.0):
        bounds = certain_rate_interval(values["recall_at_fpr_0.01"], scam_groups, confidence)
        ends = precision_at(figures.prevalence, np.array(bounds), np.array([0.01, 0.01]))
        return float(ends[0]), float(ends[1]), "follows from the exact interval of the recall"
    note = f"the same in every resample: exact interval of {honest_groups} groups"
    if name == "false_positive_rate" and value in (0.0, 1.0):
        low, high = certain_rate_interval(value, honest_groups, confidence)
        return low, high, note
    if name == "precision_at_prevalence" and value == 1.0:
        worst = certain_rate_interval(0.0, honest_groups, confidence)[1]
        least = precision_at(figures.prevalence, np.array(values["recall"]), np.array(worst))
        return float(least), 1.0, note + ", no false positive being seen"
    return np.nan, np.nan, "the same in every resample: no interval"


def _notes(name: str, value: float, figures: SliceMetrics) -> list[str]:
    """Why a figure is missing, or what to mind."""
    if name == "calibration_error" and not figures.probabilistic:
        return ["the model gives no probabilities"]
    if name == "macro_f1":
        if figures.unknown_classes:
            return [f"the model does not know: {', '.join(figures.unknown_classes)}"]
        if len(figures.truth_classes) == 1:
            return [f"all messages are {figures.truth_classes[0]}"]
        if len(figures.truth_classes) < len(LABELS):
            return [f"over {', '.join(figures.truth_classes)} only"]
        return []
    needs_scam = name not in ("false_positive_rate", "calibration_error")
    needs_honest = name not in ("recall", "calibration_error")
    if needs_scam and not figures.n_scam:
        return ["no scam messages"]
    if needs_honest and not figures.n_honest:
        return ["no honest messages"]
    if "fpr_" in name:
        rate = float(name.rpartition("_")[2])
        allowed = int(figures.n_honest * rate + 1e-9)
        if not allowed:
            needed = round(1 / rate)
            return [f"needs {needed} honest messages, there are {figures.n_honest}"]
        if allowed < _FEW_ALARMS:
            return [f"only {allowed} of {figures.n_honest} honest messages may be flagged"]
    if name == "precision_at_prevalence" and np.isnan(value):
        return ["no message was called scam"]
    return []
