"""Cross-language: a language is tested that no training message was written in."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from scamclassify.benchmark.sampling import first_of, id_order
from scamclassify.benchmark.splits.parts import Parts
from scamclassify.benchmark.task import Fold, Task


def leave_language_out(frame: pd.DataFrame, task: Task) -> Iterator[Fold]:
    """Train on every other language, collected and written; test on the one held out."""
    parts = Parts(frame, task)
    for code in parts.languages_with_both(parts.tested_origin):
        test = np.flatnonzero(parts.tested_origin & (parts.languages == code))
        yield Fold(code, code, parts.train_rows(parts.languages != code, test), test)


def language_pairs(frame: pd.DataFrame, task: Task) -> Iterator[Fold]:
    """Train on the collected sets of one language, test on those of another; every ordered pair.

    Options: ``test_most`` (300), most messages that are tested of a language.
    """
    parts = Parts(frame, task)
    among = parts.collected & parts.of_labelled_sources
    codes = parts.languages_with_both(among)
    order = id_order(frame["id"], f"pairs {task.seed}")
    most = int(task.options.get("test_most", 300))
    tests = {}
    for code in codes:
        rows = among & (parts.languages == code)
        halves = [np.flatnonzero(rows & parts.scam), np.flatnonzero(rows & ~parts.scam)]
        n_scam = min(len(halves[0]), most // 2)
        chosen = first_of(halves[0], order, n_scam), first_of(halves[1], order, most - n_scam)
        tests[code] = np.sort(np.concatenate(chosen))
    every = np.concatenate(list(tests.values()))
    for source in codes:
        # One model a language: what it must not have seen is the same for all targets.
        others = every[parts.languages[every] != source]
        train = parts.train_rows(among & (parts.languages == source), others)
        for target in codes:
            if target != source:
                yield Fold(f"{source}-{target}", f"{source}-{target}", train, tests[target])
