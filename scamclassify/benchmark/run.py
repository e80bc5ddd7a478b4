"""Run models on tasks: only what is missing, in parallel, each result kept as it is done."""

from __future__ import annotations

import dataclasses
import platform
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from tqdm import tqdm

from scamclassify import __version__
from scamclassify.benchmark.fitting import Done, Work, fit_and_score
from scamclassify.benchmark.frames import current_revision, task_frame
from scamclassify.benchmark.model import ModelSpec, find_model
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
from scamclassify.benchmark.scoring import score_task
from scamclassify.benchmark.speed import measure_speed
from scamclassify.benchmark.suites import DEFAULT_SUITE, find_tasks
from scamclassify.benchmark.task import Fold, Task, folds_digest
from scamclassify.benchmark.vectors import VectorStore
from scamclassify.errors import InputFileError

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
    for spec in specs:
        missing = [task for task in chosen if (task.id, spec.name) not in kept]
        if isinstance(spec, PredictionFile):
            missing = [task for task in missing if task.id in spec.tasks()]
        if not missing:
            continue
        for task, scored, cost in _run_model(
            spec, missing, seed, n_boot, n_jobs, data_home, progress
        ):
            result = Result(
                {
                    "format": FORMAT,
                    **keys[task.id, spec.name],
                    "metric": task.metric,
                    "revision_as_published": task.revision in (None, _revision(task)),
                    "model_description": spec.description,
                    "model_built": (
                        " ".join(repr(spec.build(seed)).split())
                        if isinstance(spec, ModelSpec)
                        else ""
                    ),
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


def _revision(task: Task) -> str:
    return current_revision(task)


def _key(task: Task, spec: Model, seed: int, n_boot: int) -> dict[str, Any]:
    return {
        "task": task.id,
        "task_digest": task.digest(),
        "model": spec.name,
        "model_digest": spec.digest(seed),
        "data_revision": _revision(task),
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


def _run_model(
    spec: Model, tasks: list[Task], seed: int, n_boot: int, n_jobs, data_home, progress: bool
) -> Iterator[tuple[Task, dict[str, Any], dict[str, Any]]]:
    """Scores and cost of each task, as soon as it is done."""
    judged = [task for task in tasks if task.metric != "predict_speed"]
    frames = {task.id: task_frame(task, data_home=data_home, progress=progress) for task in tasks}
    folds = {task.id: list(task.folds(frames[task.id])) for task in tasks}
    for task in tasks:
        if not folds[task.id]:
            raise InputFileError(f"task {task.id!r} has no fold in this data")
    if isinstance(spec, PredictionFile):
        for task in judged:
            ids = frames[task.id]["id"].to_numpy(dtype=object)
            scores = [
                (spec.of_fold(task, fold, ids[fold.test]), spec.probabilistic)
                for fold in folds[task.id]
            ]
            columns = _columns(frames[task.id])
            scored = score_task(task, folds[task.id], scores, columns, n_boot)
            yield task, _with_digest(scored, frames[task.id], folds[task.id]), {}
        return
    if spec.encoder is not None and tasks:
        needed = (text for task in tasks for text in _all_texts(frames[task.id], folds[task.id]))
        VectorStore(spec.vector_name).add(needed, spec.encoder, progress)
    yield from _judge(spec, judged, frames, folds, seed, n_boot, n_jobs, progress)
    for task in tasks:
        if task.metric == "predict_speed":
            reference = find_model("tfidf_linear_svm")
            fold = folds[task.id][0]
            scored, cost = measure_speed(spec, reference, frames[task.id], fold, seed)
            yield task, _with_digest(scored, frames[task.id], folds[task.id]), cost


def _judge(spec, tasks, frames, folds, seed, n_boot, n_jobs, progress):
    """Fit each model once, for all the folds that share it."""
    plan: dict[tuple[int, str], list[tuple[Task, int]]] = {}
    for task in tasks:
        for number, fold in enumerate(folds[task.id]):
            plan.setdefault((id(frames[task.id]), fold.train_key()), []).append((task, number))
    waiting = {task.id: len({k for k, v in plan.items() if any(t is task for t, _ in v)})
               for task in tasks}  # fmt: skip
    parts: dict[str, list[Done]] = {task.id: [] for task in tasks}
    scores: dict[str, dict[int, tuple[np.ndarray, bool]]] = {task.id: {} for task in tasks}
    predict: dict[str, float] = dict.fromkeys(scores, 0.0)
    works = list(plan.values())
    run = Parallel(n_jobs=n_jobs, return_as="generator_unordered")
    bar = tqdm(total=len(works), desc=spec.name, unit="fit", disable=not progress)
    jobs = (
        delayed(_numbered)(place, _work(spec, seed, entries, frames, folds))
        for place, entries in enumerate(works)
    )
    for place, done in run(jobs):
        bar.update(1)
        for entry, (task, number) in enumerate(works[place]):
            scores[task.id][number] = done.scores[entry]
            predict[task.id] += done.predict_seconds[entry]
        for name in {task.id for task, _ in works[place]}:
            parts[name].append(done)
            waiting[name] -= 1
        for task in tasks:
            if waiting[task.id] == 0:
                waiting[task.id] = -1
                found = [scores[task.id][number] for number in range(len(folds[task.id]))]
                frame = frames[task.id]
                scored = score_task(task, folds[task.id], found, _columns(frame), n_boot)
                cost = {
                    "n_fits": len(parts[task.id]),
                    "fit_seconds": round(sum(one.fit_seconds for one in parts[task.id]), 3),
                    "n_predicted": sum(len(fold.test) for fold in folds[task.id]),
                    "predict_seconds": round(predict[task.id], 3),
                    "peak_memory_mib": round(max(one.peak_mib for one in parts[task.id]), 1),
                }
                yield task, _with_digest(scored, frame, folds[task.id]), cost
    bar.close()


def _with_digest(scored: dict[str, Any], frame: pd.DataFrame, folds: list[Fold]) -> dict[str, Any]:
    return {"folds_digest": folds_digest(folds, frame["id"].to_numpy(dtype=object)), **scored}


def _numbered(place: int, work: Work) -> tuple[int, Done]:
    return place, fit_and_score(work)


def _work(spec, seed, entries: list[tuple[Task, int]], frames, folds) -> Work:
    task, number = entries[0]
    frame, fold = frames[task.id], folds[task.id][number]
    tests = [
        (entry, _test_texts(frames[other.id], folds[other.id][at]))
        for entry, (other, at) in enumerate(entries)
    ]
    train = frame.iloc[fold.train].reset_index(drop=True)
    return Work(spec, seed, f"{task.id}, fold {fold.name}", train, fold.positive, tests)


def _test_texts(frame: pd.DataFrame, fold: Fold) -> list[str]:
    return frame["text"].iloc[fold.test].tolist() if fold.texts is None else fold.texts


def _all_texts(frame: pd.DataFrame, folds: list[Fold]) -> Iterator[str]:
    rows = np.unique(np.concatenate([part for fold in folds for part in (fold.train, fold.test)]))
    yield from frame["text"].iloc[rows]
    for fold in folds:
        yield from fold.texts or ()


def _columns(frame: pd.DataFrame) -> dict[str, np.ndarray]:
    return {
        "scam": frame["label"].eq("scam").to_numpy(),
        "language": frame["language"].to_numpy(dtype=object).astype(str),
        "group": frame["group"].to_numpy(dtype=object).astype(str),
    }
