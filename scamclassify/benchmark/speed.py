"""How fast a model scores, beside a named peer in the same run."""

from __future__ import annotations

import time
import warnings
from typing import Any

import pandas as pd
from threadpoolctl import threadpool_limits

from scamclassify.benchmark.fitting import target
from scamclassify.benchmark.memory import PeakMemory
from scamclassify.benchmark.model import ModelSpec
from scamclassify.benchmark.task import Fold
from scamclassify.evaluation.evaluator import scam_scores

_REPEATS = 3
#: Scored once before the clock starts: compiling and loading are not what is asked.
_WARM = 200


def measure_speed(
    spec: ModelSpec, reference: ModelSpec, frame: pd.DataFrame, fold: Fold, seed: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fit and score in CPU seconds; the best of three, beside the reference in the same run.

    Parameters
    ----------
    spec, reference : ModelSpec
    frame : pandas.DataFrame
    fold : Fold
    seed : int

    Returns
    -------
    scored, cost : dict
        As of a result. The score is the ratio of messages a CPU second; it has no interval.
    """
    with warnings.catch_warnings(), threadpool_limits(1):
        warnings.simplefilter("ignore")
        mine = _times(spec, frame, fold, seed)
        other = mine if spec.name == reference.name else _times(reference, frame, fold, seed)
    ratio = round(mine["predict_per_cpu_second"] / other["predict_per_cpu_second"], 3)
    figures = {"predict_speed": [ratio, None, None]}
    slices = {
        fold.slice: {
            "languages": sorted(set(frame["language"].iloc[fold.test])),
            "n": len(fold.test),
            "n_scam": int(frame["label"].iloc[fold.test].eq("scam").sum()),
            "n_train": len(fold.train),
            "figures": figures,
            "folds": {fold.name: ratio},
        }
    }
    scored = {"score": [ratio, None, None], "slices": slices, "languages": {}, "resamples": []}
    cost = {
        **mine,
        "reference": reference.name,
        "reference_predict_per_cpu_second": other["predict_per_cpu_second"],
        "reference_fit_cpu_seconds": other["fit_cpu_seconds"],
    }
    return scored, cost


def _times(spec: ModelSpec, frame: pd.DataFrame, fold: Fold, seed: int) -> dict[str, Any]:
    train = frame.iloc[fold.train].reset_index(drop=True)
    texts = frame["text"].iloc[fold.test].tolist()
    labels = target(spec, train, None)
    model = spec.build(seed)
    if spec.encoder is not None:
        # Vectors that are kept would hide the cost: a few messages are encoded here and now.
        return _encoder_times(spec, model, train, texts, labels)
    with PeakMemory() as memory:
        start, began = time.process_time(), time.perf_counter()
        model.fit(train if spec.takes_frame else train["text"].tolist(), labels)
        fit, wall = time.process_time() - start, time.perf_counter() - began
        scam_scores(model, texts[:_WARM])
        best = min(_once(model, texts) for _ in range(_REPEATS))
    return {
        "fit_cpu_seconds": round(fit, 3),
        "fit_seconds": round(wall, 3),
        "predict_per_cpu_second": round(len(texts) / best),
        "peak_memory_mib": round(memory.mib, 1),
    }


def _once(model: Any, texts: list[str]) -> float:
    start = time.process_time()
    scam_scores(model, texts)
    return max(time.process_time() - start, 1e-6)


def _encoder_times(spec, classifier, train, texts, labels) -> dict[str, Any]:
    with PeakMemory() as memory:
        encoder = spec.encoder()
        few = texts[:_WARM]
        encoder.encode(few[:8])
        start = time.process_time()
        vectors = encoder.encode(few)
        encoding = max(time.process_time() - start, 1e-6)
        start, began = time.process_time(), time.perf_counter()
        known = labels[: len(few)]
        if len(set(known)) > 1:
            classifier.fit(vectors, known)
        fit, wall = time.process_time() - start, time.perf_counter() - began
    return {
        # Every training message has to be encoded too.
        "fit_cpu_seconds": round(fit + encoding * len(train) / len(few), 3),
        "fit_seconds": round(wall, 3),
        "predict_per_cpu_second": round(len(few) / encoding),
        "peak_memory_mib": round(memory.mib, 1),
    }
