"""Fit a model once and score everything that is judged with it."""

from __future__ import annotations

import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from scamclassify.benchmark.memory import PeakMemory
from scamclassify.benchmark.model import ModelSpec
from scamclassify.benchmark.shared_counts import SharedCounts
from scamclassify.benchmark.vectors import OnVectors, VectorStore
from scamclassify.errors import ScamClassifyError
from scamclassify.evaluation.evaluator import scam_scores


class ModelError(ScamClassifyError, RuntimeError):
    """A model could not be fitted or scored; the message says where."""


@dataclass(frozen=True)
class Work:
    """One model to fit, the texts to score with it, and where counts of them may be."""

    spec: ModelSpec
    seed: int
    where: str
    train: pd.DataFrame
    positive: np.ndarray | None
    tests: list[tuple[int, list[str]]]
    counts: Path | None = None


@dataclass(frozen=True)
class Done:
    """Scores by number of fold, and what they cost; time is wall clock, then CPU."""

    scores: dict[int, tuple[np.ndarray, bool]]
    fit_seconds: tuple[float, float]
    predict_seconds: dict[int, tuple[float, float]]
    peak_mib: float


def fit_and_score(work: Work) -> Done:
    """Do the work.

    Returns
    -------
    Done

    Raises
    ------
    ModelError
        Whatever the model raised, with the place where it did.
    """
    try:
        # One thread: fits run side by side, and sums have one order on every machine.
        with warnings.catch_warnings(), threadpool_limits(1):
            # A solver that stops early is part of what is measured.
            warnings.simplefilter("ignore")
            return _fit_and_score(work)
    except ScamClassifyError:
        raise
    except Exception as error:
        raise ModelError(
            f"the model {work.spec.name!r} failed in {work.where}: {type(error).__name__}: {error}"
        ) from error


def _fit_and_score(work: Work) -> Done:
    spec = work.spec
    model = spec.build(work.seed)
    if spec.encoder is not None:
        model = OnVectors(model, VectorStore(spec.vector_name))
    if work.counts is not None:
        model = SharedCounts(work.counts).install(model)
    labels = target(spec, work.train, work.positive)
    texts: Any = work.train["text"].tolist()
    if spec.takes_frame:
        # No task asks for types by their names: those of the frame are not learnt.
        texts = work.train.drop(columns="scam_type")
    scores: dict[int, tuple[np.ndarray, bool]] = {}
    predict: dict[int, tuple[float, float]] = {}
    with PeakMemory() as memory:
        clock = _Clock()
        model.fit(texts, labels)
        fit = clock.read()
        for number, test in work.tests:
            clock = _Clock()
            values, probabilistic = scam_scores(model, test)
            predict[number] = clock.read()
            if values.shape != (len(test),) or not np.isfinite(values).all():
                raise ValueError(f"{len(test)} finite scores are needed, one for each message")
            scores[number] = values, probabilistic
    return Done(scores, fit, predict, memory.mib)


class _Clock:
    """Seconds since it was made. CPU time does not grow with what else the machine does."""

    def __init__(self) -> None:
        self._start = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """Wall clock and CPU seconds."""
        return time.perf_counter() - self._start[0], time.process_time() - self._start[1]


def target(spec: ModelSpec, train: pd.DataFrame, positive: np.ndarray | None) -> np.ndarray:
    """Labels that a model is fitted with, as an array of str."""
    if positive is None:
        if spec.labels == "all":
            return train["label"].to_numpy(dtype=object).astype(str)
        positive = train["label"].eq("scam").to_numpy()
    return np.where(positive, "scam", "ham")
