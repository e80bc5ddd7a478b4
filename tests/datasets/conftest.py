"""Fixtures of the data set tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from dataset_helpers import FileServer

from scamclassify.datasets import dataset_names, load_dataset


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    """A running :class:`FileServer` that ``SCAMCLASSIFY_MIRROR`` points at."""
    running = FileServer()
    monkeypatch.setenv("SCAMCLASSIFY_MIRROR", running.address)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield running
    running.close()


@pytest.fixture(scope="session")
def real_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data home for the real files; skips where the mirror is not at hand."""
    if not os.environ.get("SCAMCLASSIFY_MIRROR"):
        pytest.skip("SCAMCLASSIFY_MIRROR is not set: the real files are not at hand")
    return tmp_path_factory.mktemp("data_home")


@pytest.fixture(scope="session")
def real_frames(real_home: Path) -> dict[str, pd.DataFrame]:
    """Every data set, read from the mirror."""
    return {name: load_dataset(name, data_home=real_home) for name in dataset_names()}
