"""Tiny tasks out of the written corpus, and results on them."""

from __future__ import annotations

import pytest

from scamclassify.benchmark import Task, run_benchmark
from scamclassify.benchmark.task import ADDED_TASKS

FIELDS = {
    "description": "A tiny task.",
    "datasets": (),
    "corpus": True,
    "origin": "authored",
    "split": "in_domain",
    "metric": "average_precision",
    "languages": ("en", "th"),
    "citation": "none",
    "train_sample": 120,
    "options": {"n_splits": 2},
}


@pytest.fixture(scope="session")
def tiny() -> Task:
    """In-domain on written English and Thai."""
    return Task(id="tiny/in-domain", **FIELDS)


@pytest.fixture(scope="session")
def suite(tiny):
    """Registers a suite ``tiny`` of three tasks."""
    across = Task(id="tiny/across", **FIELDS | {"split": "leave_language_out", "options": {}})
    kinds = Task(id="tiny/kinds", **FIELDS | {"split": "told_apart", "options": {}})
    for task in (tiny, across, kinds):
        ADDED_TASKS.add(task.id, task, replace=True)
    yield "tiny"
    for task in (tiny, across, kinds):
        ADDED_TASKS.remove(task.id)


@pytest.fixture(scope="session")
def folder(suite, tmp_path_factory):
    """A folder with the results of three models on the suite ``tiny``."""
    folder = tmp_path_factory.mktemp("results")
    run_benchmark(
        ["complement_nb", "hashed_logistic", "prior"],
        suite=suite,
        output=folder,
        n_boot=60,
        progress=False,
    )
    return folder
