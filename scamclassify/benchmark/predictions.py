"""Models that ran elsewhere: the folds go out as ids, scores come back by id. No text moves."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from scamclassify.atomic import atomic_writer
from scamclassify.benchmark.frames import task_frame
from scamclassify.benchmark.task import Fold, Task
from scamclassify.errors import InputFileError
from scamclassify.hashing import file_hash

COLUMNS = ("task", "fold", "id", "score")
FOLD_COLUMNS = ("task", "fold", "slice", "side", "id", "target")


@dataclass(frozen=True)
class PredictionFile:
    """Scores of scam that a model gave elsewhere.

    Attributes
    ----------
    name : str
        Name of the file without its ending.
    digest_ : str
        16 hexadecimal digits over the file.
    scores : dict
        (task, fold) -> scores by id.
    probabilistic : bool
        Whether all scores lie between 0 and 1.
    """

    name: str
    digest_: str
    scores: dict[tuple[str, str], pd.Series] = field(repr=False)
    probabilistic: bool

    @classmethod
    def read(cls, path: Path) -> PredictionFile:
        """Read a CSV file (also ``.gz``, ``.zst``) with the columns task, fold, id, score.

        Raises
        ------
        InputFileError
            If it cannot be used; the message names the row.
        """
        try:
            table = pd.read_csv(path, dtype={"task": str, "fold": str, "id": str})
        except (OSError, ValueError) as error:
            raise InputFileError(f"cannot read predictions from {path}: {error}") from None
        missing = [name for name in COLUMNS if name not in table]
        if missing:
            raise InputFileError(
                f"{path} lacks the column(s) {', '.join(missing)}; needed: {', '.join(COLUMNS)}"
            )
        scores = pd.to_numeric(table["score"], errors="coerce").to_numpy(dtype=np.float64)
        bad = ~np.isfinite(scores)
        if bad.any():
            row = int(bad.argmax())
            raise InputFileError(
                f"{path}, row {row + 2}: score {table['score'].iloc[row]!r} is not a finite number"
            )
        twice = table.duplicated(["task", "fold", "id"]).to_numpy()
        if twice.any():
            row = int(twice.argmax())
            raise InputFileError(f"{path}, row {row + 2}: a second score of the same id and fold")
        table = table.assign(score=scores)
        groups = {
            (str(task), str(fold)): part.set_index("id")["score"]
            for (task, fold), part in table.groupby(["task", "fold"], sort=False)
        }
        digest = file_hash(path)[:16]
        within = bool(((scores >= 0) & (scores <= 1)).all())
        return cls(path.name.partition(".")[0], digest, groups, within)

    @property
    def description(self) -> str:
        """One line."""
        return "predictions made elsewhere"

    def digest(self, seed: int) -> str:
        """What tells this file from another."""
        return self.digest_

    def tasks(self) -> set[str]:
        """Ids of the tasks that it has scores for."""
        return {task for task, _ in self.scores}

    def of_fold(self, task: Task, fold: Fold, ids: np.ndarray) -> np.ndarray:
        """Scores of the test side of a fold, in its order.

        Raises
        ------
        InputFileError
            If the fold or some of its messages are missing.
        """
        kept = self.scores.get((task.id, fold.name))
        if kept is None:
            raise InputFileError(f"{self.name}: no scores for fold {fold.name!r} of {task.id!r}")
        found = kept.reindex(ids).to_numpy()
        lacking = int(np.isnan(found).sum())
        if lacking:
            first = ids[int(np.isnan(found).argmax())]
            raise InputFileError(
                f"{self.name}: fold {fold.name!r} of {task.id!r} lacks {lacking} of {len(ids)} "
                f"messages, the first is {first!r}"
            )
        return found


def export_folds(
    tasks: Iterable[Task], *, side: str = "both", progress: bool = False
) -> Iterator[pd.DataFrame]:
    """The folds of tasks as ids, for a model that runs elsewhere.

    Parameters
    ----------
    tasks : iterable of Task
    side : {"both", "train", "test"}, default="both"
    progress : bool, default=False

    Yields
    ------
    pandas.DataFrame
        One for each fold, with the columns task, fold, slice, side, id and target (1 for what
        is to be told from the rest; empty on the test side). No text is in it: look the ids
        up in the data sets. The texts of ``disguise`` are in :attr:`Fold.texts`.
    """
    for task in tasks:
        frame = task_frame(task, progress=progress)
        ids = frame["id"].to_numpy(dtype=object)
        scam = frame["label"].eq("scam").to_numpy()
        for fold in task.folds(frame):
            positive = scam[fold.train] if fold.positive is None else fold.positive
            parts = []
            if side in ("both", "train"):
                parts.append(("train", ids[fold.train], positive.astype(int).astype(object)))
            if side in ("both", "test"):
                parts.append(("test", ids[fold.test], np.full(len(fold.test), "", dtype=object)))
            for name, rows, target in parts:
                yield pd.DataFrame(
                    {
                        "task": task.id,
                        "fold": fold.name,
                        "slice": fold.slice,
                        "side": name,
                        "id": rows,
                        "target": target,
                    },
                    columns=list(FOLD_COLUMNS),
                )


def write_folds(tasks: Iterable[Task], path: Path, *, side: str = "both") -> int:
    """Write :func:`export_folds` to a CSV file, compressed where its name ends in ``.gz``.

    Returns
    -------
    int
        Number of rows.
    """
    rows = 0
    with atomic_writer(path) as raw:
        # A fixed time stamp: the same folds give the same bytes.
        packed = gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) if path.suffix == ".gz" else None
        stream = io.TextIOWrapper(packed or raw, encoding="utf-8", newline="")
        for number, part in enumerate(export_folds(tasks, side=side)):
            part.to_csv(stream, index=False, header=number == 0, lineterminator="\n")
            rows += len(part)
        stream.flush()
        stream.detach()
        if packed is not None:
            packed.close()
    return rows
