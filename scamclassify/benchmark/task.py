"""What a benchmark task is: data, split, metric, and where it comes from. Published ones stay."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from scamclassify.benchmark.metrics import METRICS
from scamclassify.errors import UnknownNameError
from scamclassify.labels import ORIGINS, check_language
from scamclassify.plugins import PluginError, Registry

if TYPE_CHECKING:
    import pandas as pd

_ID = re.compile(r"[a-z0-9.-]+/[a-z0-9-]+")


@dataclass(frozen=True, eq=False)
class Fold:
    """One model to fit, and the messages that it is judged on.

    Attributes
    ----------
    name : str
        Unique within the task.
    slice : str
        What the fold's figures are reported under: a language, a source, ...
    train, test : numpy.ndarray of int64
        Rows of the frame.
    positive : numpy.ndarray of bool, shape (n_train,), or None
        What is to be told from the rest; by default the scams. Where it is given the model
        is fitted with the labels scam and ham.
    truth : numpy.ndarray of bool, shape (n_test,), or None
        The same for the test side.
    texts : list of str or None
        Texts of the test side where they are not those of the frame.
    reference : numpy.ndarray of bool, shape (n_test,), or None
        Messages that only set the threshold of a metric that needs one: scams of known sets.
    """

    name: str
    slice: str
    train: np.ndarray
    test: np.ndarray
    positive: np.ndarray | None = None
    truth: np.ndarray | None = None
    texts: list[str] | None = None
    reference: np.ndarray | None = None

    def train_key(self) -> str:
        """Folds with the same key share a fitted model."""
        digest = hashlib.sha256(np.asarray(self.train, dtype=np.int64).tobytes())
        if self.positive is not None:
            digest.update(b"positive" + np.asarray(self.positive, dtype=bool).tobytes())
        return digest.hexdigest()


@dataclass(frozen=True, kw_only=True)
class Task:
    """A task of the benchmark. Once published it is never edited: a change gets a new id.

    Parameters
    ----------
    id : str
        ``suite/name``, in lower-case letters, digits, hyphens and dots.
    description : str
        What is trained on, what is tested, in two sentences at most.
    datasets : tuple of str
        Collected sets out of which it is made.
    corpus : bool
        Whether the written corpus takes part.
    origin : {"collected", "authored"}
        What is tested. A task never mixes the two.
    split : str
        A name of :data:`scamclassify.benchmark.splits.SPLITS`, or ``package.module:function``
        taking ``(frame, task)`` and yielding :class:`Fold`.
    metric : str
        The main figure, a name of :data:`scamclassify.benchmark.metrics.METRICS`.
    languages : tuple of str
        Languages that are tested.
    citation : str
        What to cite for the protocol; the data sets have citations of their own.
    options : mapping of str to JSON value
        Of the split.
    train_sample, test_sample : int
        Most messages of one source on either side. Of the written corpus each language counts
        as a source in training; all of it is tested.
    seed : int
    revision : str or None
        Data revision that the task is published with; None where it is not pinned.
    superseded_by : str or None
        The id of the task to use instead. The only field that may change.

    Raises
    ------
    PluginError, UnknownNameError
        If a field is not as it must be.
    """

    id: str
    description: str
    datasets: tuple[str, ...]
    corpus: bool
    origin: str
    split: str
    metric: str
    languages: tuple[str, ...]
    citation: str
    options: Mapping[str, Any] = field(default_factory=dict)
    train_sample: int = 250
    test_sample: int = 500
    seed: int = 0
    revision: str | None = None
    superseded_by: str | None = None

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise PluginError(f"task id {self.id!r}: suite/name is needed, in a-z, 0-9, - and .")
        for name in ("description", "citation"):
            if not getattr(self, name).strip():
                raise PluginError(f"task {self.id!r}: {name} is empty")
        if self.metric not in METRICS:
            raise UnknownNameError(f"metric of task {self.id!r}", self.metric, METRICS)
        if self.origin not in ORIGINS:
            raise UnknownNameError(f"origin of task {self.id!r}", self.origin, ORIGINS)
        if not self.languages:
            raise PluginError(f"task {self.id!r} tests no language")
        for language in self.languages:
            check_language(language)
        if not self.datasets and not self.corpus:
            raise PluginError(f"task {self.id!r} has neither data sets nor the corpus")
        if min(self.train_sample, self.test_sample) < 1:
            raise PluginError(f"task {self.id!r}: samples must be 1 or more")

    @property
    def suite(self) -> str:
        """The suite that it belongs to."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """Its name within the suite."""
        return self.id.partition("/")[2]

    def definition(self) -> dict[str, Any]:
        """Every field that must not change, as JSON values."""
        kept = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "superseded_by"}
        return json.loads(json.dumps(kept | {"options": dict(self.options)}, sort_keys=True))

    def digest(self) -> str:
        """16 hexadecimal digits over :meth:`definition`."""
        text = json.dumps(self.definition(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def folds(self, frame: pd.DataFrame) -> Iterator[Fold]:
        """The folds over a frame of :func:`scamclassify.benchmark.frames.task_frame`."""
        return split_function(self.split)(frame, self)


def folds_digest(folds: Iterable[Fold], ids: np.ndarray) -> str:
    """16 hexadecimal digits over every message of every fold, and every changed text.

    Splits rest on near-duplicates and disguises on links: where their code changes, a
    definition can stay and its folds differ. This tells.

    Parameters
    ----------
    folds : iterable of Fold
    ids : numpy.ndarray of str
        Id of each message of the frame.

    Returns
    -------
    str
    """
    digest = hashlib.sha256()
    for fold in folds:
        positive = [] if fold.positive is None else np.asarray(fold.positive).astype(int).tolist()
        truth = [] if fold.truth is None else np.asarray(fold.truth).astype(int).tolist()
        reference = [] if fold.reference is None else fold.reference.astype(int).tolist()
        parts = [fold.name, fold.slice, *ids[fold.train], "/", *ids[fold.test], "/"]
        parts += [*map(str, positive), "/", *map(str, truth), "/", *map(str, reference), "/"]
        digest.update("\x1f".join([*parts, *(fold.texts or ())]).encode("utf-8", "surrogatepass"))
        digest.update(b"\x1e")
    return digest.hexdigest()[:16]


def split_function(name: str):
    """The function of a split, by its name or import path.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    from scamclassify.benchmark.splits import SPLITS

    if name in SPLITS:
        return SPLITS[name]
    module, _, attribute = name.partition(":")
    try:
        return getattr(import_module(module), attribute)
    except (ImportError, AttributeError, ValueError):
        raise UnknownNameError("split", name, SPLITS) from None


def _check(task: object) -> None:
    if not isinstance(task, Task):
        raise PluginError(f"a Task is needed, not a {type(task).__name__}")
    split_function(task.split)


#: Tasks that were added; those of the suites are in :mod:`scamclassify.benchmark.suites`.
ADDED_TASKS = Registry("task", "scamclassify.tasks", _check)


def register_task(task: Task, *, replace: bool = False) -> None:
    """Add a task to the benchmark.

    Raises
    ------
    PluginError, UnknownNameError
        If it is not as it must be, or its id is taken.
    """
    from scamclassify.benchmark.suites import suite_names

    if isinstance(task, Task) and task.suite in suite_names():
        raise PluginError(
            f"task {task.id!r}: the suite {task.suite!r} is published and takes no more tasks; "
            "use a suite name of your own"
        )
    ADDED_TASKS.add(getattr(task, "id", ""), task, replace=replace)


def unregister_task(name: str) -> None:
    """Take back :func:`register_task`."""
    ADDED_TASKS.remove(name)
