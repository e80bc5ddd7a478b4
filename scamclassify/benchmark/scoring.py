"""From the scores of a task's folds to its figures and their intervals."""

from __future__ import annotations

import warnings
import zlib
from typing import Any

import numpy as np

from scamclassify.benchmark.metrics import METRICS, FoldMetrics, FoldScores
from scamclassify.benchmark.task import Fold, Task
from scamclassify.evaluation.bootstrap import group_numbers, percentile_interval, resample_weights

#: Places that results are kept to: far below any difference that matters.
PLACES = 6
CONFIDENCE = 0.95


def score_task(
    task: Task,
    folds: list[Fold],
    scores: list[tuple[np.ndarray, bool]],
    columns: dict[str, np.ndarray],
    n_boot: int,
) -> dict[str, Any]:
    """Figures of a task: overall, by slice, by fold and by language.

    A fold's figures are averaged within its slice, and those of slices over the task. A
    resample draws groups of near-duplicates, the same ones for every model and for all folds
    of a slice; its figures are averaged in the same way, which makes comparisons paired.

    Parameters
    ----------
    task : Task
    folds : list of Fold
    scores : list of (numpy.ndarray of float64, bool)
        Scores of the test side of each fold, and whether they are probabilities.
    columns : dict of str to numpy.ndarray
        ``scam`` (bool), ``language`` and ``group`` of every message of the frame.
    n_boot : int
        Resamples; 0 leaves the intervals out.

    Returns
    -------
    dict
        ``score``, ``slices``, ``languages`` and ``resamples``; NaN is None.
    """
    groups = group_numbers(columns["group"])
    slices: dict[str, list[int]] = {}
    for place, fold in enumerate(folds):
        slices.setdefault(fold.slice, []).append(place)
    out: dict[str, Any] = {"slices": {}}
    plain, drawn = [], []
    by_language: dict[str, list[np.ndarray]] = {}
    for name, places in slices.items():
        judged = [_judged(folds[place], *scores[place], columns["scam"]) for place in places]
        tests = [np.asarray(folds[place].test) for place in places]
        found = _figures(task, name, judged, tests, groups, n_boot)
        languages = [columns["language"][test] for test in tests]
        main = found[task.metric]
        plain.append(main[0])
        drawn.append(main[1:])
        tested = languages[0] if judged[0].reference is None else languages[0][~judged[0].reference]
        present = sorted(set(tested.tolist()))
        out["slices"][name] = {
            "languages": present,
            "n": len(tested),
            "n_scam": int(judged[0].truth.sum()) if judged[0].reference is None else 0,
            "n_train": int(np.mean([len(folds[place].train) for place in places])),
            "figures": {metric: _interval(values) for metric, values in found.items()},
            "folds": {
                folds[place].name: _rounded(_plain(one)[task.metric])
                for place, one in zip(places, judged, strict=True)
            },
        }
        for code in present:
            if len(present) == 1:
                by_language.setdefault(code, []).append(main)
                continue
            masks = [codes == code for codes in languages]
            some = [one.part(mask) for one, mask in zip(judged, masks, strict=True)]
            kept = [
                test[mask if one.reference is None else mask | one.reference]
                for test, mask, one in zip(tests, masks, judged, strict=True)
            ]
            if all(
                one.reference is not None or 0 < one.truth.sum() < len(one.truth) for one in some
            ):
                part = _figures(task, f"{name}/{code}", some, kept, groups, n_boot)
                by_language.setdefault(code, []).append(part[task.metric])
    total = np.concatenate([[_mean(plain)], _mean_rows(drawn)])
    out["score"] = _interval(total)
    out["languages"] = {
        code: _interval(_mean_rows(values)) for code, values in sorted(by_language.items())
    }
    out["resamples"] = [round(float(v), 4) for v in total[1:]] if not np.isnan(total).any() else []
    return out


def _judged(fold: Fold, scores: np.ndarray, probabilistic: bool, scam: np.ndarray) -> FoldScores:
    truth = scam[fold.test] if fold.truth is None else np.asarray(fold.truth, dtype=bool)
    return FoldScores(truth, np.asarray(scores, dtype=np.float64), probabilistic, fold.reference)


def _plain(judged: FoldScores) -> dict[str, float]:
    found = FoldMetrics(judged).compute(np.ones((1, len(judged.truth))))
    return {name: float(values[0]) for name, values in found.items()}


def _figures(task, name, judged, tests, groups, n_boot) -> dict[str, np.ndarray]:
    """Each figure: first as it is, then under each resample."""
    plain = [_plain(one) for one in judged]
    found = {metric: [_mean([one[metric] for one in plain])] for metric in plain[0]}
    if n_boot:
        union = np.unique(np.concatenate(tests))
        at = [np.searchsorted(union, test) for test in tests]
        seed = zlib.crc32(f"{task.id}/{name}".encode())
        rng = np.random.default_rng([task.seed, seed])
        computers = [FoldMetrics(one) for one in judged]
        for weights in resample_weights(group_numbers(groups[union]), n_boot, rng):
            drawn = [
                one.compute(weights[:, where]) for one, where in zip(computers, at, strict=True)
            ]
            for metric in found:
                found[metric].extend(_mean_rows([one[metric] for one in drawn]))
    return {metric: np.array(values) for metric, values in found.items()}


def _mean(values) -> float:
    values = np.asarray(values, dtype=np.float64)
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else np.nan


def _mean_rows(rows) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # mean of nothing
        return np.nanmean(np.vstack(rows), axis=0)


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), PLACES)


def _interval(values: np.ndarray) -> list[float | None]:
    """Value, low and high."""
    low, high = percentile_interval(np.asarray(values[1:]), CONFIDENCE)
    return [_rounded(values[0]), _rounded(low), _rounded(high)]


def better(metric: str) -> int:
    """1 where more is better, -1 where less is.

    Examples
    --------
    >>> better("calibration_error")
    -1
    """
    return 1 if METRICS[metric][1] else -1
