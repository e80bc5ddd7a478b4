"""Run models on tasks: only what is missing, in parallel, each result kept as it is done."""

from __future__ import annotations

import dataclasses
import platform
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scamclassify import __version__
from scamclassify.benchmark.frames import current_revision, task_frame
from scamclassify.benchmark.judging import Judge
from scamclassify.benchmark.model import ModelSpec
from scamclassify.benchmark.predictions import PredictionFile
from scamclassify.benchmark.resolve import Model, resolve_models
from scamclassify.benchmark.results import (
    FORMAT,
    Result,
    Results,
    read_result,
    result_path,
    write_result,
)
from scamclassify.benchmark.suites import DEFAULT_SUITE, find_tasks
from scamclassify.benchmark.task import Task

#: Resamples of a result: enough for twelve comparisons at 5 % after Holm's correction.
N_BOOT = 500
_CORE = ("numpy", "scipy", "scikit-learn", "pandas", "numba")


def run_benchmark(
    models: Any = None,
    tasks: str | Iterable[str] | None = None,
    *,
    suite: str = DEFAULT_SUITE,
    output: str | Path | None = None,
    sample: int | None = None,
    seed: int = 0,
    n_boot: int = N_BOOT,
    n_jobs: int | None = 1,
    refresh: bool = False,
    data_home: str | Path | None = None,
    progress: bool = True,
) -> Results:
    """Run models on the tasks of a suite.

    Parameters
    ----------
    models : optional
        A name, an iterable of names, or a mapping from names to estimators; see
        :func:`~scamclassify.benchmark.resolve.resolve_models`. By default every built-in model
        whose packages are installed.
    tasks : str or iterable of str, optional
        Names, ids or patterns; by default all of the suite.
    suite : str, default="asean-2026.1"
    output : path, optional
        Folder of results: what is there already is not run again, what is new is kept there.
    sample : int, optional
        Most messages of a source that are trained on, instead of the task's own; twice as many
        are tested. Such figures are not comparable with published ones.
    seed : int, default=0
        Seed of the models; splits have the task's own.
    n_boot : int, default=500
        Resamples of the intervals.
    n_jobs : int, default=1
        Models fitted at a time; -1 uses all cores.
    refresh : bool, default=False
        Run also what is there.
    data_home : path, optional
        As of :func:`scamclassify.load_dataset`.
    progress : bool, default=True
        Show a bar on standard error.

    Returns
    -------
    Results
        Those of the asked tasks and models, in that order.

    Raises
    ------
    UnknownNameError
        With the nearest match, for a model, task or suite.
    MissingExtraError
        If a model needs a package that is not installed.
    FetchError
        If a data set cannot be fetched.
    ModelError
        If a model fails; results that were done before are kept.

    Examples
    --------
    >>> results = run_benchmark("complement_nb", "scam-type", n_boot=0, progress=False,
    ...                         output="results")  # doctest: +SKIP
    >>> results.to_frame()[["task", "model", "value"]]  # doctest: +SKIP
    """
    if n_boot < 0:
        raise ValueError(f"n_boot must be 0 or more, got {n_boot!r}")
    chosen = [_sampled(task, sample) for task in find_tasks(tasks, suite)]
    specs = resolve_models(models)
    for spec in specs:
        if isinstance(spec, ModelSpec):
            spec.check_installed()
    folder = None if output is None else Path(output)
    keys = {
        (task.id, spec.name): _key(task, spec, seed, n_boot) for task in chosen for spec in specs
    }
    kept: dict[tuple[str, str], Result] = {}
    if folder is not None and not refresh:
        for pair, key in keys.items():
            path = result_path(folder, *pair)
            if path.is_file() and (found := read_result(path)).matches(key):
                kept[pair] = found
    wanted = []
    for spec in specs:
        missing = [task for task in chosen if (task.id, spec.name) not in kept]
        if isinstance(spec, PredictionFile):
            missing = [task for task in missing if task.id in spec.tasks()]
        wanted.append((spec, missing))

    def load(task: Task) -> Any:
        return task_frame(task, data_home=data_home, progress=progress)

    judge = Judge(load, seed, n_boot, n_jobs, progress)
    for spec, task, scored, cost in judge.run(wanted):
        built = spec.built_as(seed) if isinstance(spec, ModelSpec) else ""
        result = Result(
            {
                "format": FORMAT,
                **keys[task.id, spec.name],
                "metric": task.metric,
                "revision_as_published": task.revision in (None, current_revision(task)),
                "model_description": spec.description,
                "model_built": built,
                "versions": _versions(spec),
                "cost": cost,
                **scored,
            }
        )
        kept[task.id, spec.name] = result
        if folder is not None:
            write_result(folder, result)
    pairs = [(task.id, spec.name) for task in chosen for spec in specs]
    return Results([kept[pair] for pair in pairs if pair in kept])


def _sampled(task: Task, sample: int | None) -> Task:
    if sample is None:
        return task
    if sample < 1:
        raise ValueError(f"sample must be 1 or more, got {sample!r}")
    # The id stays: a result notes its sample, and tables tell it from the published one.
    return dataclasses.replace(
        task,
        train_sample=sample,
        test_sample=2 * sample,
    )


def _key(task: Task, spec: Model, seed: int, n_boot: int) -> dict[str, Any]:
    return {
        "task": task.id,
        "task_digest": task.digest(),
        "model": spec.name,
        "model_digest": spec.digest(seed),
        "data_revision": current_revision(task),
        "seed": seed,
        "train_sample": task.train_sample,
        "test_sample": task.test_sample,
        "n_boot": n_boot,
        "version": __version__,
    }


def _versions(spec: Model) -> dict[str, str]:
    from importlib.metadata import version

    found = {"python": platform.python_version(), **{name: version(name) for name in _CORE}}
    return found | (spec.versions() if isinstance(spec, ModelSpec) else {})
