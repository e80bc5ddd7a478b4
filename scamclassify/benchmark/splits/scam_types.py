"""Scam types: which kinds are found, and which kinds are told apart."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from scamclassify.benchmark.splits.parts import Parts
from scamclassify.benchmark.task import Fold, Task
from scamclassify.evaluation.splits import GroupedStratifiedKFold
from scamclassify.labels import SCAM_TYPES


def found_by_type(frame: pd.DataFrame, task: Task) -> Iterator[Fold]:
    """Train on collected messages, test the scams of each type written for the corpus.

    Each fold has the scams of one type and all honest messages of the corpus.
    """
    parts = Parts(frame, task)
    kinds = parts.column("scam_type")
    test = np.flatnonzero(parts.tested_origin & parts.tested_languages)
    train = parts.train_rows(~parts.tested_origin, test)
    for kind in SCAM_TYPES:
        rows = test[~parts.scam[test] | (kinds[test] == kind)]
        if (kinds[rows] == kind).any():
            yield Fold(kind, kind, train, rows)


def told_apart(frame: pd.DataFrame, task: Task) -> Iterator[Fold]:
    """Tell one scam type from all others, among scams: grouped two thirds against one third."""
    parts = Parts(frame, task)
    kinds = parts.column("scam_type")
    among = parts.tested_origin & parts.tested_languages & parts.scam
    rows = np.flatnonzero(among & np.isin(kinds, list(SCAM_TYPES)))
    splitter = GroupedStratifiedKFold(3, random_state=task.seed)
    train, test = next(iter(splitter.split(frame.iloc[rows], kinds[rows], parts.groups[rows])))
    train, test = rows[train], rows[test]
    for kind in SCAM_TYPES:
        truth, positive = kinds[test] == kind, kinds[train] == kind
        if 0 < truth.sum() < len(truth) and 0 < positive.sum() < len(positive):
            yield Fold(kind, kind, train, test, positive=positive, truth=truth)
