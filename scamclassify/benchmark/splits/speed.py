"""Speed: a sample to fit on and a sample to score, both of every language."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from scamclassify.benchmark.sampling import first_of, id_order
from scamclassify.benchmark.splits.parts import Parts
from scamclassify.benchmark.task import Fold, Task


def speed(frame: pd.DataFrame, task: Task) -> Iterator[Fold]:
    """One fold. Options: ``train`` (2000) and ``test`` (2000) messages."""
    parts = Parts(frame, task)
    order = id_order(frame["id"], f"speed {task.seed}")
    rows = np.flatnonzero(parts.tested_origin)
    test = first_of(rows, order, min(int(task.options.get("test", 2000)), len(rows) // 2))
    rest = rows[~np.isin(parts.groups[rows], parts.groups[test])]
    train = first_of(rest, order, int(task.options.get("train", 2000)))
    yield Fold("speed", "all", train, test)
