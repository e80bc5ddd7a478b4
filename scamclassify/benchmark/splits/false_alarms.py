"""False alarms: honest text of sets that were never trained on."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from scamclassify.benchmark.splits.parts import Parts
from scamclassify.benchmark.task import Fold, Task
from scamclassify.evaluation.splits import GroupedStratifiedKFold


def false_alarms(frame: pd.DataFrame, task: Task) -> Iterator[Fold]:
    """Train on sets with scams and the corpus; test every honest-only set, a fold for each.

    The threshold finds 80 % of the scams in a fifth of the sets with scams, which is held out.
    All folds share one model.
    """
    parts = Parts(frame, task)
    known = np.flatnonzero(parts.collected & parts.of_labelled_sources)
    splitter = GroupedStratifiedKFold(5, random_state=task.seed)
    strata = np.char.add(parts.sources[known], parts.scam[known].astype(str))
    train, held = next(iter(splitter.split(frame.iloc[known], strata, parts.groups[known])))
    candidates = ~parts.collected
    candidates[known[train]] = True
    held = known[held][parts.scam[known[held]]]
    unknown = parts.collected & ~parts.of_labelled_sources
    every = np.concatenate([held, np.flatnonzero(unknown)])
    rows = parts.train_rows(candidates, every)
    for source in sorted(set(parts.sources[unknown])):
        tested = np.flatnonzero(unknown & (parts.sources == source) & ~parts.scam)
        test = np.concatenate([held, tested])
        reference = np.arange(len(test)) < len(held)
        yield Fold(source, source, rows, test, reference=reference)
