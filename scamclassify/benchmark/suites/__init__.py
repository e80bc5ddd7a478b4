"""Suites of tasks: the published ones, frozen, and those that others add."""

from __future__ import annotations

import json
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from scamclassify.benchmark.suites import asean_2026_1
from scamclassify.benchmark.task import ADDED_TASKS, Task
from scamclassify.errors import UnknownNameError

#: The suite that is meant where none is named.
DEFAULT_SUITE = asean_2026_1.SUITE

_SUITES = {module.SUITE: module for module in (asean_2026_1,)}


def suite_names() -> tuple[str, ...]:
    """Names of the published suites.

    Examples
    --------
    >>> suite_names()
    ('asean-2026.1',)
    """
    return tuple(_SUITES)


def suite_tasks(suite: str = DEFAULT_SUITE) -> tuple[Task, ...]:
    """Tasks of a suite, in the order of its tables.

    Raises
    ------
    UnknownNameError
        If there is none of that name.

    Examples
    --------
    >>> [task.name for task in suite_tasks()][:3]
    ['in-domain', 'in-domain-authored', 'cross-source']
    """
    if suite in _SUITES:
        return _SUITES[suite].TASKS
    added = tuple(ADDED_TASKS[name] for name in ADDED_TASKS.names())
    found = tuple(task for task in added if task.suite == suite)
    if not found:
        raise UnknownNameError("suite", suite, {*_SUITES, *(task.suite for task in added)})
    return found


def find_tasks(names: str | Iterable[str] | None = None, suite: str = DEFAULT_SUITE) -> list[Task]:
    """Tasks by name.

    Parameters
    ----------
    names : str or iterable of str, optional
        Names within the suite, full ids, or patterns such as ``few-shot-*``; by default all
        of the suite that are not superseded.
    suite : str

    Returns
    -------
    list of Task

    Raises
    ------
    UnknownNameError
        If nothing matches a name.

    Examples
    --------
    >>> [task.name for task in find_tasks("few-shot-*")]
    ['few-shot-8', 'few-shot-32', 'few-shot-128']
    """
    tasks = suite_tasks(suite)
    if names is None:
        return [task for task in tasks if task.superseded_by is None]
    found: dict[str, Task] = {}
    for name in [names] if isinstance(names, str) else names:
        if "/" in name:
            owner = suite_tasks(name.partition("/")[0])
            matching = [task for task in owner if fnmatchcase(task.id, name)]
            known = [task.id for task in owner]
        else:
            matching = [task for task in tasks if fnmatchcase(task.name, name)]
            known = [task.name for task in tasks]
        if not matching:
            raise UnknownNameError("task", name, known)
        found |= {task.id: task for task in matching}
    return list(found.values())


def frozen_definitions(suite: str = DEFAULT_SUITE) -> dict[str, Any]:
    """The definitions as they were published: task id -> digest, definition, digest of folds."""
    if suite not in _SUITES:
        raise UnknownNameError("suite", suite, _SUITES)
    return json.loads(_frozen_path(suite).read_text(encoding="utf-8"))


def definitions(suite: str = DEFAULT_SUITE) -> dict[str, Any]:
    """The definitions as the code has them, in the form of :func:`frozen_definitions`.

    Without ``folds``, the digest of the folds, which only the data can tell.
    """
    return {
        task.id: {"digest": task.digest(), "definition": task.definition()}
        for task in suite_tasks(suite)
    }


def freeze(suite: str, folds: dict[str, str]) -> None:
    """Write the definitions of a suite beside its code: once, on the day it is published.

    Parameters
    ----------
    suite : str
    folds : dict of str to str
        Task id -> :func:`~scamclassify.benchmark.task.folds_digest`.
    """
    content = {name: {**kept, "folds": folds[name]} for name, kept in definitions(suite).items()}
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    _frozen_path(suite).write_text(text, encoding="utf-8")


def _frozen_path(suite: str) -> Path:
    return Path(__file__).with_name(suite.replace("-", "_").replace(".", "_") + ".json")
