"""Fixtures of the evaluation tests."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scamclassify.evaluation import Report, evaluate_scores
from scamclassify.labels import LANGUAGES


@pytest.fixture(scope="session")
def scored() -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """A frame of 3,000 messages of all languages, scam probabilities and decisions."""
    rng = np.random.default_rng(0)
    n = 3000
    label = rng.choice(["ham", "promo", "scam"], n, p=[0.6, 0.1, 0.3])
    frame = pd.DataFrame(
        {
            "text": [f"private text number {i}" for i in range(n)],
            "label": label,
            "language": rng.choice(list(LANGUAGES), n),
            "source": rng.choice(["first_set", "second_set"], n),
            "origin": rng.choice(["collected", "authored"], n, p=[0.8, 0.2]),
            "group": rng.integers(0, 1500, n),
        }
    )
    frame.attrs["revision"] = "test revision"
    # Rounded, so that many messages share a score.
    scores = np.round(1 / (1 + np.exp(-2 * rng.normal(size=n) - 3 * (label == "scam") + 1.5)), 2)
    predicted = np.where(scores > 0.5, "scam", rng.choice(["ham", "promo"], n))
    return frame, scores, predicted


@pytest.fixture(scope="session")
def report(scored) -> Report:
    """The report of ``scored`` with 20 resamples."""
    frame, scores, predicted = scored
    return evaluate_scores(frame, scores, predicted, n_boot=20, split="made up", model_name="demo")
