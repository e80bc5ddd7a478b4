"""Cross-source: every collected set that has scams is held out once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from scamclassify.benchmark.splits.parts import Parts
from scamclassify.benchmark.task import Fold, Task


def cross_source(frame: pd.DataFrame, task: Task) -> Iterator[Fold]:
    """Train on all other sets and the corpus, test on the set that is held out."""
    parts = Parts(frame, task)
    for source in parts.labelled_sources:
        test = np.flatnonzero(parts.sources == source)
        yield Fold(source, source, parts.train_rows(parts.sources != source, test), test)
