"""Which differences between models are more than chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scamclassify.benchmark.results import Result, Results
from scamclassify.benchmark.scoring import better
from scamclassify.errors import InputFileError, UnknownNameError
from scamclassify.evaluation.bootstrap import percentile_interval

_FEWEST_BLOCKS = 6


@dataclass(frozen=True)
class Comparison:
    """Models beside a baseline.

    Attributes
    ----------
    baseline : str
    tasks : pandas.DataFrame
        One row a task and model: ``difference`` (above 0: better than the baseline), the ends
        of its 95 % interval, ``p`` of the paired bootstrap and ``p_holm``, corrected for the
        models of the task.
    overall : pandas.DataFrame
        One row a model: ``wins`` and ``losses`` over the slices of all tasks, the median
        ``difference``, ``p`` of Wilcoxon's signed ranks and ``p_holm``.
    """

    baseline: str
    tasks: pd.DataFrame
    overall: pd.DataFrame

    def to_markdown(self) -> str:
        """Both tables as Markdown."""
        from scamclassify.benchmark.tables import comparison_table

        return comparison_table(self, "markdown")

    def _repr_html_(self) -> str:
        from scamclassify.benchmark.tables import comparison_table

        return comparison_table(self, "html")


@dataclass(frozen=True)
class Ranks:
    """Mean ranks of models over the slices of all tasks.

    Attributes
    ----------
    ranks : pandas.Series
        Mean rank of each model, the best (1) first.
    n_blocks : int
        Slices that all models have.
    p : float
        Of Friedman's test that all models are alike.
    critical_difference : float
        Mean ranks that differ by less are not told apart (Nemenyi, 5 %).
    """

    ranks: pd.Series
    n_blocks: int
    p: float
    critical_difference: float

    def cliques(self) -> list[list[str]]:
        """Largest sets of models that are not told apart, in order of rank."""
        values, names = self.ranks.to_numpy(), list(self.ranks.index)
        found: list[list[str]] = []
        reach = -1
        for first, value in enumerate(values):
            last = int(np.searchsorted(values, value + self.critical_difference, "right")) - 1
            if last > first and last > reach:
                found.append(names[first : last + 1])
                reach = last
        return found


def holm(p) -> np.ndarray:
    """Holm's step-down correction (*Scandinavian Journal of Statistics* 6, 1979).

    Parameters
    ----------
    p : array-like of float, shape (n,)
        NaN stays and does not count.

    Returns
    -------
    numpy.ndarray of float64, shape (n,)

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03]).tolist()
    [0.03, 0.06, 0.06]
    """
    p = np.asarray(p, dtype=np.float64)
    out = np.full(len(p), np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    factors = np.arange(len(order), 0, -1)
    out[order] = np.minimum(np.maximum.accumulate(p[order] * factors), 1.0)
    return out


def compare(results: Results, baseline: str) -> Comparison:
    """Set every model beside a baseline.

    Within a task the resamples of all models are the same messages, so their differences are
    paired: p is twice the share of resamples on the far side of 0 (Efron and Tibshirani, *An
    Introduction to the Bootstrap*, 1993), corrected by Holm for the models of the task. Over
    all tasks the slices (languages, sources, disguises) are blocks of Wilcoxon's signed-rank
    test (Demšar, *JMLR* 7, 2006). Slices that share training messages are not independent,
    so read that p as a description.

    Parameters
    ----------
    results : Results
    baseline : str
        Name of a model.

    Returns
    -------
    Comparison

    Raises
    ------
    UnknownNameError
        If no result is of the baseline.
    InputFileError
        If results of a task were made on other data or other samples than the baseline's.
    """
    models = list(dict.fromkeys(one.model for one in results))
    if baseline not in models:
        raise UnknownNameError("model with results", baseline, models)
    rows = []
    for task in dict.fromkeys(one.task for one in results):
        of_task = {one.model: one for one in results if one.task == task}
        if baseline not in of_task:
            continue
        base = of_task.pop(baseline)
        found = [_paired(one, base) for one in of_task.values()]
        corrected = holm([row["p"] for row in found])
        rows += [row | {"p_holm": p} for row, p in zip(found, corrected, strict=True)]
    columns = ["task", "model", "difference", "low", "high", "p", "p_holm"]
    return Comparison(
        baseline, pd.DataFrame(rows, columns=columns), _overall(results, baseline, models)
    )


def _paired(one: Result, base: Result) -> dict[str, object]:
    for field in (
        "data_revision",
        "train_sample",
        "test_sample",
        "n_boot",
        "task_digest",
        "folds_digest",
    ):
        if one.content[field] != base.content[field]:
            raise InputFileError(
                f"results of {one.task} cannot be compared: {field} is "
                f"{base.content[field]!r} for {base.model} and {one.content[field]!r} for "
                f"{one.model}; run both again"
            )
    sign = better(one.content["metric"])
    difference = sign * (one.score[0] - base.score[0])
    mine, other = (np.array(side.content["resamples"], dtype=float) for side in (one, base))
    low = high = p = np.nan
    if len(mine) and len(mine) == len(other):
        drawn = sign * (mine - other)
        low, high = percentile_interval(drawn, 0.95)
        tail = min((drawn <= 0).sum(), (drawn >= 0).sum())
        p = min(1.0, 2 * (tail + 1) / (len(drawn) + 1))
    return {
        "task": one.task,
        "model": one.model,
        "difference": difference,
        "low": low,
        "high": high,
        "p": p,
    }


def oriented_blocks(results: Results) -> pd.DataFrame:
    """Figures of all slices, signed so that more is better; speed is not among them."""
    kept = Results([one for one in results if one.content["metric"] != "predict_speed"])
    blocks = kept.blocks()
    signs = {one.task: better(one.content["metric"]) for one in kept}
    if blocks.empty:
        return blocks
    return blocks.mul([signs[task] for task in blocks.index.get_level_values(0)], axis=0)


def _overall(results: Results, baseline: str, models: list[str]) -> pd.DataFrame:
    from scipy.stats import wilcoxon

    blocks = oriented_blocks(results)
    rows = []
    for model in models:
        if model == baseline or model not in blocks or baseline not in blocks:
            continue
        difference = (blocks[model] - blocks[baseline]).dropna().to_numpy()
        p = np.nan
        if len(difference) >= _FEWEST_BLOCKS and np.any(difference):
            p = float(wilcoxon(difference, zero_method="zsplit").pvalue)
        rows.append(
            {
                "model": model,
                "blocks": len(difference),
                "wins": int((difference > 0).sum()),
                "losses": int((difference < 0).sum()),
                "difference": float(np.median(difference)) if len(difference) else np.nan,
                "p": p,
            }
        )
    frame = pd.DataFrame(rows, columns=["model", "blocks", "wins", "losses", "difference", "p"])
    return frame.assign(p_holm=holm(frame["p"]))


def rank_models(results: Results, alpha: float = 0.05) -> Ranks:
    """Mean ranks, Friedman's test and Nemenyi's critical difference (Demšar, *JMLR* 7, 2006).

    Parameters
    ----------
    results : Results
    alpha : float, default=0.05

    Returns
    -------
    Ranks

    Raises
    ------
    InputFileError
        If there are fewer than three models, or fewer than two slices that all of them have.
    """
    from scipy.stats import friedmanchisquare, studentized_range

    blocks = oriented_blocks(results).dropna()
    n, k = blocks.shape if not blocks.empty else (0, 0)
    if k < 3 or n < 2:
        raise InputFileError(
            f"ranks need three models and two slices that all of them have; there are {k} and {n}"
        )
    ranks = blocks.rank(axis=1, ascending=False).mean().sort_values()
    p = float(friedmanchisquare(*(blocks[name] for name in blocks)).pvalue)
    quantile = float(studentized_range.ppf(1 - alpha, k, np.inf)) / np.sqrt(2)
    return Ranks(ranks, n, p, float(quantile * np.sqrt(k * (k + 1) / (6 * n))))
