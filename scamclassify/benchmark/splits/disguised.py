"""Disguise: the same held-out scams, written so that a filter misses them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from scamclassify.benchmark.sampling import first_of, id_order
from scamclassify.benchmark.splits.parts import Parts
from scamclassify.benchmark.splits.published_digits import PUBLISHED_DIGITS
from scamclassify.benchmark.task import Fold, Task
from scamclassify.evaluation.disguise import find_disguise
from scamclassify.evaluation.disguise.units import recorded_concepts
from scamclassify.evaluation.splits import GroupedStratifiedKFold

#: The disguises of the task as it was published: later ones need a new task.
PUBLISHED = (
    "lookalike", "zero_width", "spacing", "leet", "dropped", "doubled", "diacritics_off", "marks",
    "zawgyi", "styled", "emoji", "broken_links", "digits_as_words",
)  # fmt: skip


def recorded_spans(task: Task, ids, texts) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Where concepts were in the messages of a published task when it was published.

    A disguise is put on words that carry a concept first, and the lexicon grows; without the
    record the task would change with it. It holds ids and places, no text.

    Parameters
    ----------
    task : Task
    ids, texts : sequence of str

    Returns
    -------
    mapping of str to tuple of (int, int)
        Text -> spans; empty where there is no record.
    """
    name = task.id.replace("-", "_").replace(".", "_").replace("/", "_")
    path = Path(__file__).parent.parent / "suites" / f"{name}_concepts.json"
    if not path.is_file():
        return {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {
        text: tuple((start, end) for start, end in kept[one])
        for one, text in zip(ids, texts, strict=True)
        if one in kept
    }


def disguised(frame: pd.DataFrame, task: Task) -> Iterator[Fold]:
    """One grouped 80/20 split; a fold for each disguise, all with the same model.

    A fold tests the held-out scams that its disguise changes, disguised, and the held-out
    honest messages as they are. Options: ``scams`` (30) of a language, ``honest`` (1000),
    ``names`` of the disguises (those of the published task).
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
    ids = frame["id"].to_numpy(dtype=object)
    recorded = recorded_spans(task, ids[scams], plain[scams])
    chosen = [find_disguise(name) for name in task.options.get("names", ())]
    if not chosen:
        today = {name: find_disguise(name) for name in PUBLISHED}
        chosen = list((today | {PUBLISHED_DIGITS.name: PUBLISHED_DIGITS}).values())
    for one in chosen:
        name = one.name
        with recorded_concepts(recorded):
            texts = [one.apply(text, random_state=task.seed) for text in plain[scams]]
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
