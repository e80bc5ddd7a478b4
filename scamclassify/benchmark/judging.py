"""Judge models on tasks: every training set is fitted once a model, whatever tasks share it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from tqdm import tqdm

from scamclassify.benchmark.fitting import Done, Work, fit_and_score
from scamclassify.benchmark.model import ModelSpec, find_model
from scamclassify.benchmark.predictions import PredictionFile
from scamclassify.benchmark.resolve import Model
from scamclassify.benchmark.scoring import score_task
from scamclassify.benchmark.shared_counts import SharedCounts
from scamclassify.benchmark.speed import measure_speed
from scamclassify.benchmark.task import Fold, Task, folds_digest
from scamclassify.benchmark.vectors import VectorStore
from scamclassify.errors import InputFileError

#: A model judged on a task: its figures, and what they cost.
Judged = tuple[Model, Task, dict[str, Any], dict[str, Any]]
#: Fewer fits than these gain nothing from counts that are shared.
_FEWEST_FITS = 3


@dataclass(frozen=True, eq=False)
class Judge:
    """The messages and folds of the tasks, loaded when they are first asked for.

    Parameters
    ----------
    load : callable
        Returns the frame of a task.
    seed : int
        Of the models.
    n_boot : int
    n_jobs : int or None
    progress : bool
    """

    load: Callable[[Task], pd.DataFrame]
    seed: int
    n_boot: int
    n_jobs: int | None
    progress: bool
    _frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    _folds: dict[str, list[Fold]] = field(default_factory=dict)

    def run(self, wanted: Iterable[tuple[Model, list[Task]]]) -> Iterator[Judged]:
        """Judge each model on its tasks; speed comes last, when nothing else runs.

        Yields
        ------
        model, task, scored, cost

        Raises
        ------
        InputFileError
            If a task has no fold in this data.
        """
        pairs = [(spec, task) for spec, tasks in wanted for task in tasks]
        for _, task in pairs:
            self._prepare(task)
        fitted: list[tuple[ModelSpec, Task]] = []
        fast: list[tuple[ModelSpec, Task]] = []
        for spec, task in pairs:
            if not isinstance(spec, PredictionFile):
                (fast if task.metric == "predict_speed" else fitted).append((spec, task))
            elif task.metric != "predict_speed":
                yield spec, task, self._from_file(spec, task), {}
        self._encode(fitted)
        yield from self._fit(fitted)
        reference = find_model("tfidf_linear_svm")
        for spec, task in fast:
            frame, folds = self._frames[task.id], self._folds[task.id]
            scored, cost = measure_speed(spec, reference, frame, folds[0], self.seed)
            yield spec, task, self._with_digest(task, scored), cost

    def _prepare(self, task: Task) -> None:
        if task.id not in self._frames:
            frame = self.load(task)
            folds = list(task.folds(frame))
            if not folds:
                raise InputFileError(f"task {task.id!r} has no fold in this data")
            self._frames[task.id], self._folds[task.id] = frame, folds

    def _from_file(self, spec: PredictionFile, task: Task) -> dict[str, Any]:
        ids = self._frames[task.id]["id"].to_numpy(dtype=object)
        folds = self._folds[task.id]
        scores = [(spec.of_fold(task, fold, ids[fold.test]), spec.probabilistic) for fold in folds]
        return self._scored(task, scores)

    def _encode(self, pairs: list[tuple[ModelSpec, Task]]) -> None:
        encoders = {spec.name: spec for spec, _ in pairs if spec.encoder is not None}
        for name, spec in encoders.items():
            tasks = [task for other, task in pairs if other.name == name]
            VectorStore(spec.vector_name).add(self._texts(tasks), spec.encoder, self.progress)

    def _texts(self, tasks: Iterable[Task]) -> Iterator[str]:
        for task in tasks:
            frame, folds = self._frames[task.id], self._folds[task.id]
            sides = [side for fold in folds for side in (fold.train, fold.test)]
            yield from frame["text"].iloc[np.unique(np.concatenate(sides))]
            for fold in folds:
                yield from fold.texts or ()

    def _fit(self, pairs: list[tuple[ModelSpec, Task]]) -> Iterator[Judged]:
        plan: dict[tuple[str, int, str], list[tuple[ModelSpec, Task, int]]] = {}
        for spec, task in pairs:
            for number, fold in enumerate(self._folds[task.id]):
                key = spec.name, id(self._frames[task.id]), fold.train_key()
                plan.setdefault(key, []).append((spec, task, number))
        works = list(plan.values())
        open_tasks = {
            (spec.name, task.id): _Open(spec, task, len(self._folds[task.id]))
            for spec, task in pairs
        }
        with tempfile.TemporaryDirectory() as folder:
            counts = Path(folder) if len(works) >= _FEWEST_FITS else None
            run = Parallel(n_jobs=self.n_jobs, return_as="generator_unordered")
            jobs = self._jobs(works, counts)
            with tqdm(total=len(works), unit="fit", disable=not self.progress) as bar:
                for place, done in run(jobs):
                    bar.set_description(works[place][0][0].name)
                    bar.update(1)
                    for pair in {(spec.name, task.id) for spec, task, _ in works[place]}:
                        open_tasks[pair].parts.append(done)
                    for entry, (spec, task, number) in enumerate(works[place]):
                        one = open_tasks[spec.name, task.id]
                        one.scores[number] = done.scores[entry]
                        one.predict_seconds.append(done.predict_seconds[entry])
                        if len(one.scores) == one.n_folds:
                            del open_tasks[spec.name, task.id]
                            yield spec, task, self._scored(task, one.in_order()), self._cost(one)

    def _jobs(self, works, counts: Path | None):
        shared = None if counts is None else SharedCounts(counts)
        ready: set[str] = set()
        every = {task.id: task for entries in works for _, task, _ in entries}
        for place, entries in enumerate(works):
            spec = entries[0][0]
            if shared is not None and spec.name not in ready and spec.encoder is None:
                ready.add(spec.name)
                shared.add(spec.build(self.seed), self._texts(every.values()))
            yield delayed(_numbered)(place, self._work(entries, counts))

    def _work(self, entries: list[tuple[ModelSpec, Task, int]], counts: Path | None) -> Work:
        spec, task, number = entries[0]
        frame, fold = self._frames[task.id], self._folds[task.id][number]
        tests = [(entry, self._tested(other, at)) for entry, (_, other, at) in enumerate(entries)]
        train = frame.iloc[fold.train].reset_index(drop=True)
        where = f"{task.id}, fold {fold.name}"
        return Work(spec, self.seed, where, train, fold.positive, tests, counts)

    def _tested(self, task: Task, number: int) -> list[str]:
        fold = self._folds[task.id][number]
        if fold.texts is not None:
            return fold.texts
        return self._frames[task.id]["text"].iloc[fold.test].tolist()

    def _cost(self, one: _Open) -> dict[str, Any]:
        fit = np.sum([part.fit_seconds for part in one.parts], axis=0)
        predict = np.sum(one.predict_seconds, axis=0)
        return {
            "n_fits": len(one.parts),
            "fit_seconds": round(float(fit[0]), 3),
            "fit_cpu_seconds": round(float(fit[1]), 3),
            "n_predicted": sum(len(fold.test) for fold in self._folds[one.task.id]),
            "predict_seconds": round(float(predict[0]), 3),
            "predict_cpu_seconds": round(float(predict[1]), 3),
            "peak_memory_mib": round(max(part.peak_mib for part in one.parts), 1),
        }

    def _scored(self, task: Task, scores: list[tuple[np.ndarray, bool]]) -> dict[str, Any]:
        frame = self._frames[task.id]
        columns = {
            "scam": frame["label"].eq("scam").to_numpy(),
            "language": frame["language"].to_numpy(dtype=object).astype(str),
            "group": frame["group"].to_numpy(dtype=object).astype(str),
        }
        scored = score_task(task, self._folds[task.id], scores, columns, self.n_boot)
        return self._with_digest(task, scored)

    def _with_digest(self, task: Task, scored: dict[str, Any]) -> dict[str, Any]:
        ids = self._frames[task.id]["id"].to_numpy(dtype=object)
        return {"folds_digest": folds_digest(self._folds[task.id], ids), **scored}


@dataclass(eq=False)
class _Open:
    """A model and a task of which some folds are still to be scored."""

    spec: ModelSpec
    task: Task
    n_folds: int
    scores: dict[int, tuple[np.ndarray, bool]] = field(default_factory=dict)
    parts: list[Done] = field(default_factory=list)
    predict_seconds: list[tuple[float, float]] = field(default_factory=list)

    def in_order(self) -> list[tuple[np.ndarray, bool]]:
        return [self.scores[number] for number in range(self.n_folds)]


def _numbered(place: int, work: Work) -> tuple[int, Done]:
    return place, fit_and_score(work)
