"""Few-shot: some labels of a new language on top of the others."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from scamclassify.benchmark.sampling import first_of, id_order
from scamclassify.benchmark.splits.parts import Parts
from scamclassify.benchmark.task import Fold, Task


def few_shot(frame: pd.DataFrame, task: Task) -> Iterator[Fold]:
    """Train on a sample of the other languages and ``labels`` messages of a new one.

    The labels are half scams. They come from one half of the language's groups, the other
    half is tested, so that every draw and every number of labels meets the same test.
    Options: ``labels`` (8), ``draws`` (3), ``pool`` (1000) messages of other languages,
    ``test_most`` (300).
    """
    parts = Parts(frame, task)
    labels = int(task.options.get("labels", 8))
    among = parts.collected & parts.of_labelled_sources
    order = id_order(frame["id"], f"few-shot {task.seed}")
    half = id_order(parts.column("group"), f"halves {task.seed}") % 2 == 0
    for code in parts.languages_with_both(among):
        own = among & (parts.languages == code)
        tested = [np.flatnonzero(own & half & mask) for mask in (parts.scam, ~parts.scam)]
        most = int(task.options.get("test_most", 300))
        test = np.sort(np.concatenate([first_of(rows, order, most // 2) for rows in tested]))
        others = parts.train_rows(parts.languages != code, np.flatnonzero(own))
        others = first_of(others, order, int(task.options.get("pool", 1000)))
        for draw in range(int(task.options.get("draws", 3))):
            shuffled = id_order(frame["id"], f"few-shot {task.seed} draw {draw}")
            drawn = [
                first_of(np.flatnonzero(own & ~half & mask), shuffled, labels // 2)
                for mask in (parts.scam, ~parts.scam)
            ]
            train = np.sort(np.concatenate([others, *drawn]))
            yield Fold(f"{code}-{draw}", code, train, test)
