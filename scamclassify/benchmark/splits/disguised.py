"""Disguise: the same held-out scams, written so that a filter misses them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from scamclassify.benchmark.sampling import first_of, id_order
from scamclassify.benchmark.splits.parts import Parts
from scamclassify.benchmark.task import Fold, Task
from scamclassify.evaluation.disguise import DISGUISES, disguise
from scamclassify.evaluation.splits import GroupedStratifiedKFold


def disguised(frame: pd.DataFrame, task: Task) -> Iterator[Fold]:
    """One grouped 80/20 split; a fold for each disguise, all with the same model.

    A fold tests the held-out scams that its disguise changes, disguised, and the held-out
    honest messages as they are. Options: ``scams`` (30) of a language, ``honest`` (1000).
    """
    parts = Parts(frame, task)
    strata = np.char.add(
        np.char.add(parts.column("origin"), parts.languages), parts.column("label")
    )
    splitter = GroupedStratifiedKFold(5, random_state=task.seed)
    train, test = next(iter(splitter.split(frame, strata, parts.groups)))
    candidates = np.zeros(len(frame), dtype=bool)
    candidates[train] = True
    order = id_order(frame["id"], f"disguise {task.seed}")
    test = test[parts.tested_origin[test]]
    honest = first_of(test[~parts.scam[test]], order, int(task.options.get("honest", 1000)))
    scams = np.concatenate(
        [
            first_of(
                test[parts.scam[test] & (parts.languages[test] == code)],
                order,
                int(task.options.get("scams", 30)),
            )
            for code in task.languages
        ]
    )
    rows = parts.train_rows(candidates, np.concatenate([honest, scams]))
    plain = frame["text"].to_numpy(dtype=object)
    for name in DISGUISES:
        texts = disguise(plain[scams].tolist(), name, random_state=task.seed)
        moved = np.array([a != b for a, b in zip(texts, plain[scams], strict=True)], dtype=bool)
        if not moved.any():
            continue
        changed = [text for text, keep in zip(texts, moved, strict=True) if keep]
        yield Fold(
            name,
            name,
            rows,
            np.concatenate([scams[moved], honest]),
            texts=changed + plain[honest].tolist(),
        )
