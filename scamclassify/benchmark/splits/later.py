"""Later in time: trained on the past, tested on what came after."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from scamclassify.benchmark.splits.parts import Parts
from scamclassify.benchmark.task import Fold, Task
from scamclassify.errors import FrameError


def later(frame: pd.DataFrame, task: Task) -> Iterator[Fold]:
    """Train on the earlier dated messages of all sets, test the later ones of each set.

    A set is cut between two of its dates, where the later share comes nearest to
    ``test_share`` (0.25): many sets know the month only. The written corpus is left out: it
    was written after them.
    """
    parts = Parts(frame, task)
    share = float(task.options.get("test_share", 0.25))
    dates = pd.to_datetime(frame["date"]).to_numpy()
    dated = parts.collected & ~np.isnat(dates)
    after = np.zeros(len(frame), dtype=bool)
    for source in sorted(set(parts.sources[dated])):
        rows = np.flatnonzero(dated & (parts.sources == source))
        moments, counts = np.unique(dates[rows], return_counts=True)
        if len(moments) > 1:
            later_share = counts[::-1].cumsum()[::-1][1:] / counts.sum()
            cut = moments[1 + int(np.abs(later_share - share).argmin())]
            after[rows] = dates[rows] >= cut
    test = np.flatnonzero(after)
    train = parts.train_rows(dated & ~after, test)
    found = False
    for source in parts.labelled_sources:
        rows = test[parts.sources[test] == source]
        if 0 < parts.scam[rows].sum() < len(rows):
            found = True
            yield Fold(source, source, train, rows)
    if not found:
        raise FrameError(f"task {task.id!r}: no dated set has scams and other messages")
