"""In-domain: grouped folds within one language. The easy case that most papers report."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from scamclassify.benchmark.splits.parts import Parts
from scamclassify.benchmark.task import Fold, Task
from scamclassify.evaluation.splits import GroupedStratifiedKFold


def in_domain(frame: pd.DataFrame, task: Task) -> Iterator[Fold]:
    """Grouped folds of each language; a fold for each language and part.

    Of collected messages only sets with scams and other messages take part: where the honest
    messages come from another set, a model can tell the sets apart instead.

    Options: ``n_splits`` (3).
    """
    parts = Parts(frame, task)
    among = parts.tested_origin.copy()
    if task.origin == "collected":
        among &= parts.of_labelled_sources
    folds = int(task.options.get("n_splits", 3))
    for code in parts.languages_with_both(among):
        rows = np.flatnonzero(among & (parts.languages == code))
        splitter = GroupedStratifiedKFold(folds, random_state=task.seed)
        pieces = splitter.split(frame.iloc[rows], parts.scam[rows], parts.groups[rows])
        for number, (train, test) in enumerate(pieces):
            mask = np.zeros(len(frame), dtype=bool)
            mask[rows[train]] = True
            yield Fold(f"{code}-{number}", code, parts.train_rows(mask, rows[test]), rows[test])
