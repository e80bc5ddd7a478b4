"""The messages of a task, loaded once for all tasks that share them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd

from scamclassify.benchmark.sampling import within_sample
from scamclassify.benchmark.task import Task
from scamclassify.datasets.corpus import corpus_revision
from scamclassify.datasets.registry import data_revision
from scamclassify.datasets.training_frame import load_training_frame


def current_revision(task: Task) -> str:
    """Revision of the data of a task as it is now; nothing is loaded for it."""
    parts = [data_revision(task.datasets)] if task.datasets else []
    if task.corpus:
        parts.append(f"corpus-{corpus_revision()}")
    return "+".join(parts)


def task_frame(task: Task, *, data_home: str | Path | None = None, progress: bool = False):
    """The messages of a task, in the order of their ids.

    Parameters
    ----------
    task : Task
    data_home : path, optional
        As of :func:`scamclassify.load_dataset`.
    progress : bool, default=False

    Returns
    -------
    pandas.DataFrame
        A message frame without repeats, at most ``task.test_sample`` messages a source.
        ``attrs["revision"]`` is :func:`current_revision`.

    Raises
    ------
    FetchError
        If a set cannot be fetched.
    """
    return _frame(
        task.datasets, task.corpus, task.test_sample, task.seed, data_home, progress,
        current_revision(task),
    )  # fmt: skip


@lru_cache(maxsize=2)
def _frame(datasets, corpus, most, seed, data_home, progress, revision) -> pd.DataFrame:
    frame = load_training_frame(
        datasets,
        corpus=corpus,
        collected=bool(datasets),
        evaluation_only=True,
        max_per_source=None,
        data_home=data_home,
        progress=progress,
    )
    # Repeats and groups are found among all messages, so that a larger sample has the same.
    frame = frame[within_sample(frame, most, f"test {seed}", whole_corpus=True)]
    frame = frame.sort_values("id", kind="stable").reset_index(drop=True)
    frame.attrs["revision"] = revision
    return frame
