"""The parts of a frame that the splits of the suite are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from scamclassify.benchmark.sampling import within_sample
from scamclassify.benchmark.task import Task
from scamclassify.errors import FrameError


@dataclass(frozen=True, eq=False)
class Parts:
    """Columns of the frame of a task as arrays, and which rows may be trained on."""

    frame: pd.DataFrame
    task: Task

    def column(self, name: str) -> np.ndarray:
        """A column as an array of str."""
        return self.frame[name].to_numpy(dtype=object).astype(str)

    @cached_property
    def languages(self) -> np.ndarray:
        """Language of each message."""
        return self.column("language")

    @cached_property
    def sources(self) -> np.ndarray:
        """Source of each message."""
        return self.column("source")

    @cached_property
    def groups(self) -> np.ndarray:
        """Cluster of near-duplicates of each message."""
        return np.unique(self.column("group"), return_inverse=True)[1]

    @cached_property
    def scam(self) -> np.ndarray:
        """Which messages are scams."""
        return self.frame["label"].eq("scam").to_numpy()

    @cached_property
    def collected(self) -> np.ndarray:
        """Which messages were collected."""
        return self.frame["origin"].eq("collected").to_numpy()

    @property
    def tested_languages(self) -> np.ndarray:
        """Which messages are in a language of the task."""
        return np.isin(self.languages, self.task.languages)

    @property
    def tested_origin(self) -> np.ndarray:
        """Which messages have the origin that is tested."""
        return self.collected if self.task.origin == "collected" else ~self.collected

    @cached_property
    def trainable(self) -> np.ndarray:
        """Rows of the training sample."""
        return within_sample(self.frame, self.task.train_sample, f"train {self.task.seed}")

    @cached_property
    def labelled_sources(self) -> tuple[str, ...]:
        """Collected sources that have scams and other messages."""
        table = pd.crosstab(self.sources[self.collected], self.scam[self.collected])
        if table.shape[1] < 2:
            return ()
        return tuple(table.index[(table > 0).all(axis=1)])

    @property
    def of_labelled_sources(self) -> np.ndarray:
        """Messages of :attr:`labelled_sources`."""
        return np.isin(self.sources, self.labelled_sources)

    def languages_with_both(self, rows: np.ndarray) -> list[str]:
        """Languages of the task that have scams and other messages among the rows (mask)."""
        found = []
        for code in self.task.languages:
            scam = self.scam[rows & (self.languages == code)]
            if 0 < scam.sum() < len(scam):
                found.append(code)
        if not found:
            raise FrameError(
                f"task {self.task.id!r}: no language of {', '.join(self.task.languages)} has "
                "scams and other messages in this data"
            )
        return found

    def train_rows(self, candidates: np.ndarray, test: np.ndarray) -> np.ndarray:
        """Rows to train on: candidates (mask) in the sample, without groups of the test rows."""
        rows = np.flatnonzero(candidates & self.trainable)
        return rows[~np.isin(self.groups[rows], self.groups[test])]
