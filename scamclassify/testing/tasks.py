"""Are the folds of a task sound?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd

from scamclassify.benchmark.frames import task_frame
from scamclassify.benchmark.task import Fold, Task, _check
from scamclassify.plugins import PluginError


def check_task(task: Task, frame: pd.DataFrame | None = None) -> None:
    """Check a task: its definition, and that no fold leaks, repeats or mixes origins.

    Parameters
    ----------
    task : Task
    frame : pandas.DataFrame, optional
        Messages to make the folds of; by default those of the task, which are loaded.

    Raises
    ------
    PluginError
        At the first thing that is wrong.

    Examples
    --------
    >>> check_task(Task(id="mine/written", description="Grouped folds.", datasets=(),
    ...     corpus=True, origin="authored", split="in_domain", metric="average_precision",
    ...     languages=("tet",), citation="none"))
    """
    _check(task)
    where = f"task {task.id!r}"
    if dataclasses.replace(task).digest() != task.digest():
        raise PluginError(f"{where}: its definition is no plain JSON")
    frame = task_frame(task) if frame is None else frame
    folds, again = list(task.folds(frame)), list(task.folds(frame))
    if not folds:
        raise PluginError(f"{where} has no fold")
    names = [fold.name for fold in folds]
    if len(set(names)) < len(names):
        raise PluginError(f"{where}: two folds share a name")
    groups = frame["group"].to_numpy(dtype=object).astype(str)
    for fold, other in zip(folds, again, strict=True):
        if not np.array_equal(fold.test, other.test) or fold.train_key() != other.train_key():
            raise PluginError(f"{where}, fold {fold.name!r}: made twice, it differs")
        _check_fold(f"{where}, fold {fold.name!r}", task, fold, frame, groups)


def _check_fold(where: str, task: Task, fold: Fold, frame: pd.DataFrame, groups: np.ndarray):
    train, test = np.asarray(fold.train), np.asarray(fold.test)
    if not len(train) or not len(test):
        raise PluginError(f"{where}: a side is empty")
    for side in (train, test):
        if len(np.unique(side)) < len(side):
            raise PluginError(f"{where}: a message occurs twice on one side")
    if np.isin(groups[train], groups[test]).any():
        raise PluginError(f"{where}: near-duplicates of test messages are trained on")
    if set(frame["origin"].iloc[test]) != {task.origin}:
        raise PluginError(f"{where}: messages are tested that are not {task.origin}")
    scam = frame["label"].eq("scam").to_numpy()
    positive = scam[train] if fold.positive is None else fold.positive
    if not 0 < np.asarray(positive).sum() < len(train):
        raise PluginError(f"{where}: the training side has one class only")
    truth = scam[test] if fold.truth is None else np.asarray(fold.truth)
    if not 0 < truth.sum() < len(truth):
        raise PluginError(f"{where}: the test side has one class only")
    if fold.texts is not None and len(fold.texts) != len(test):
        raise PluginError(f"{where}: {len(fold.texts)} texts for {len(test)} messages")
