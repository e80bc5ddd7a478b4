"""Data sets from outside the package: a function that returns messages, and what is known of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import pandas as pd

from scamclassify.errors import FrameError
from scamclassify.frame import FRAME_COLUMNS, validate_frame
from scamclassify.labels import CHANNELS, LABELS, ORIGINS, check_language
from scamclassify.plugins import PluginError, Registry

_REQUIRED = ("text", "label")


@dataclass(frozen=True)
class ExternalDataset:
    """A data set that a package or a notebook adds.

    Parameters
    ----------
    name : str
        Lower-case letters, digits and underscores.
    load : callable
        Returns a data frame with the columns ``text`` and ``label`` (ham, promo, scam); the
        other columns of a message frame are filled in where they are missing.
    languages : tuple of str
        Codes; messages without a column ``language`` are in the first one.
    licence, citation : str
        What others must know before they use it; ``"none stated"`` is an answer.
    description : str
        One sentence.
    origin : {"collected", "authored"}, default="collected"
    channel : {"sms", "chat", "social"} or None, default="sms"

    Examples
    --------
    >>> notes = ExternalDataset("notes", lambda: pd.DataFrame({"text": ["win a prize", "hi"],
    ...     "label": ["scam", "ham"]}), ("en",), licence="CC0", citation="none")
    >>> notes.frame()[["id", "language", "source", "origin"]].iloc[0].tolist()
    ['notes-1', 'en', 'notes', 'collected']
    >>> dict(notes.counts), len(notes.revision)
    ({'ham': 1, 'scam': 1}, 16)
    """

    name: str
    load: Callable[[], pd.DataFrame]
    languages: tuple[str, ...]
    licence: str
    citation: str
    description: str = ""
    origin: str = "collected"
    channel: str | None = "sms"
    #: Sets from outside never enter the model that this package ships.
    evaluation_only: bool = True
    redistributable: bool = False
    _kept: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    def frame(self) -> pd.DataFrame:
        """The messages as a message frame; the function is called once.

        Raises
        ------
        FrameError
            If a column is missing or a value is not allowed.
        """
        if "frame" not in self._kept:
            self._kept["frame"] = self._complete(self.load())
        return self._kept["frame"].copy()

    def _complete(self, found: pd.DataFrame) -> pd.DataFrame:
        if not isinstance(found, pd.DataFrame):
            raise FrameError(
                f"data set {self.name!r}: its function returned a {type(found).__name__}, "
                "a pandas.DataFrame is needed"
            )
        missing = [column for column in _REQUIRED if column not in found]
        if missing:
            raise FrameError(f"data set {self.name!r} lacks the column(s) {', '.join(missing)}")
        if found.empty:
            raise FrameError(f"data set {self.name!r} has no message")
        frame = found.reset_index(drop=True)
        nothing = pd.Series([None] * len(frame), dtype=object)
        defaults: dict[str, Any] = {
            "id": self.name + "-" + pd.Series(range(1, len(frame) + 1)).astype(str),
            "scam_type": nothing,
            "language": self.languages[0],
            "channel": pd.Series([self.channel] * len(frame), dtype=object),
            "group": nothing,
            "date": pd.Series(pd.NaT, index=frame.index),
        }
        for column, value in defaults.items():
            if column not in frame:
                frame[column] = value
        frame["source"], frame["origin"] = self.name, self.origin
        frame["date"] = pd.to_datetime(frame["date"]).astype("datetime64[ns]")
        try:
            return validate_frame(frame[list(FRAME_COLUMNS)])
        except FrameError as error:
            raise FrameError(f"data set {self.name!r}: {error}") from None

    @property
    def counts(self) -> Mapping[str, int]:
        """Messages of each label that occurs."""
        found = self.frame()["label"].value_counts()
        return MappingProxyType({label: int(found[label]) for label in LABELS if label in found})

    @property
    def messages(self) -> int:
        """How many messages there are."""
        return len(self.frame())

    @property
    def revision(self) -> str:
        """16 hexadecimal digits over ids, texts, labels and languages."""
        frame = self.frame()
        digest = hashlib.sha256()
        for row in zip(*(frame[name] for name in ("id", "text", "label", "language")), strict=True):
            digest.update(("\x1f".join(map(str, row)) + "\x1e").encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:16]


def _check(dataset: object) -> None:
    if not isinstance(dataset, ExternalDataset):
        raise PluginError(f"an ExternalDataset is needed, not a {type(dataset).__name__}")
    where = f"data set {dataset.name!r}"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", dataset.name):
        raise PluginError(f"{where}: a name of lower-case letters, digits and _ is needed")
    if not dataset.languages or isinstance(dataset.languages, str):
        raise PluginError(f"{where}: languages must be a tuple of codes, such as ('en',)")
    for language in dataset.languages:
        check_language(language)
    for attribute in ("licence", "citation"):
        if not getattr(dataset, attribute).strip():
            raise PluginError(f"{where}: {attribute} is empty; say 'none stated' if there is none")
    if dataset.origin not in ORIGINS:
        raise PluginError(f"{where}: origin must be one of {', '.join(ORIGINS)}")
    if dataset.channel is not None and dataset.channel not in CHANNELS:
        raise PluginError(f"{where}: channel must be None or one of {', '.join(CHANNELS)}")


EXTERNAL = Registry("data set", "scamclassify.datasets", _check)


def register_dataset(dataset: ExternalDataset, *, replace: bool = False) -> None:
    """Add a data set, so that ``load_dataset`` and the benchmark find it by its name.

    Parameters
    ----------
    dataset : ExternalDataset
    replace : bool, default=False
        Whether it may take the place of one registered before.

    Raises
    ------
    PluginError
        If it is not as it must be, or the name is taken.
    UnknownNameError
        If its language is not known; see :func:`scamclassify.labels.register_language`.
    """
    from scamclassify.datasets.registry import dataset_names

    if getattr(dataset, "name", None) in dataset_names(added=False):
        raise PluginError(f"this package carries a data set {dataset.name!r}; use another name")
    EXTERNAL.add(getattr(dataset, "name", ""), dataset, replace=replace)


def unregister_dataset(name: str) -> None:
    """Take back :func:`register_dataset`."""
    EXTERNAL.remove(name)
