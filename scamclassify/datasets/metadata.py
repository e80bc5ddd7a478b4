"""What is known about a data set: its origin, licence, pinned files and defects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from scamclassify.labels import CHANNELS, LABELS, ORIGINS, SCAM_TYPES, check_language

_SHA256 = re.compile(r"[0-9a-f]{64}")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_EMPTY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class DataFile:
    """One pinned file of a data set.

    Parameters
    ----------
    path : str
        Its path inside the repository; it may hold ``:`` and parentheses.
    sha256 : str
        64 lower-case hexadecimal digits. A file without one cannot be described.
    size : int
        Its length in bytes.
    """

    path: str
    sha256: str
    size: int

    def __post_init__(self) -> None:
        parts = self.path.split("/")
        if not self.path or any(part in ("", ".", "..") for part in parts) or "\\" in self.path:
            raise ValueError(f"file path {self.path!r}: a relative path with '/' is needed")
        if not _SHA256.fullmatch(self.sha256):
            raise ValueError(f"file {self.path!r}: sha256 {self.sha256!r} is not 64 hex digits")
        if self.size <= 0:
            raise ValueError(f"file {self.path!r}: size {self.size} is not positive")

    @property
    def local_path(self) -> str:
        """The path under the data home, with names that every file system takes.

        Examples
        --------
        >>> DataFile("raw/FR:Phishing(Bank)", "0" * 64, 1).local_path
        'raw/FR_Phishing_Bank_'
        """
        return "/".join(_UNSAFE.sub("_", part) for part in self.path.split("/"))


@dataclass(frozen=True, kw_only=True)
class DatasetInfo:
    """Metadata of a data set; checked when it is built.

    Parameters
    ----------
    name : str
        The name that :func:`~scamclassify.datasets.load_dataset` takes.
    description : str
        One sentence.
    languages : tuple of str
        Codes out of :data:`scamclassify.labels.LANGUAGES`.
    labels : mapping of str to str
        Label of the source -> one of :data:`scamclassify.labels.LABELS`.
    left_out : mapping of str to str
        Label of the source that has no place among ours -> the reason.
    scam_types : mapping of str to str
        Label of the source -> scam type, where the source tells it.
    counts : mapping of str to int
        Messages of each of our labels that the loader returns by default.
    origin, channel : str
        As in the message frame; ``channel`` may be None.
    period : str
        When the messages were collected, as far as the source tells.
    authors : tuple of str
        Whom to credit.
    licence : str
        The licence, or ``"none stated"``.
    licence_url : str or None
        Where the licence can be read.
    redistributable : bool
        Whether the licence, verified at the source, lets others pass the data on.
    evaluation_only : bool
        Whether the licence keeps the data out of a shipped model.
    citation, homepage : str
        What to cite and where the source lives.
    repository, revision : str
        ``OWNER/REPOSITORY`` on GitHub and the commit (40 hexadecimal digits).
    files : tuple of DataFile
        Every file that is fetched, in the order in which rows are numbered.
    known_defects : tuple of str
        What a user of the data should know.
    reader : int
        Raised when a change of the loader changes the rows it returns.

    Raises
    ------
    ValueError
        If a field is empty or outside the vocabulary; the message names the data set.
    """

    name: str
    description: str
    languages: tuple[str, ...]
    labels: Mapping[str, str]
    counts: Mapping[str, int]
    period: str
    authors: tuple[str, ...]
    licence: str
    citation: str
    homepage: str
    repository: str
    revision: str
    files: tuple[DataFile, ...]
    redistributable: bool
    channel: str | None = "sms"
    origin: str = "collected"
    licence_url: str | None = None
    evaluation_only: bool = False
    known_defects: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    scam_types: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    reader: int = 1

    def __post_init__(self) -> None:
        def need(condition: bool, problem: str) -> None:
            if not condition:
                raise ValueError(f"data set {self.name!r}: {problem}")

        need(re.fullmatch(r"[a-z][a-z0-9_]*", self.name) is not None, "name is no identifier")
        for attribute in ("description", "period", "licence", "citation", "homepage"):
            need(bool(getattr(self, attribute).strip()), f"{attribute} is empty")
        need(bool(self.languages), "no language")
        for language in self.languages:
            check_language(language)
        need(bool(self.labels), "no label")
        need(set(self.labels.values()) <= set(LABELS), f"labels map outside {LABELS}")
        need(not set(self.labels) & set(self.left_out), "a label is both mapped and left out")
        need(set(self.scam_types.values()) <= set(SCAM_TYPES), "unknown scam type")
        need(
            all(self.labels.get(label) == "scam" for label in self.scam_types),
            "a scam type for a label that is not scam",
        )
        need(
            set(self.counts) <= set(LABELS) and all(n > 0 for n in self.counts.values()),
            "counts are not positive numbers of our labels",
        )
        need(self.origin in ORIGINS, f"origin {self.origin!r} is not one of {ORIGINS}")
        need(self.channel is None or self.channel in CHANNELS, f"channel {self.channel!r}")
        need(bool(self.authors), "no author")
        need(self.homepage.startswith("https://"), "homepage is no https address")
        need(
            self.licence_url is None or self.licence_url.startswith("https://"),
            "licence_url is no https address",
        )
        need(
            self.licence_url is not None or not self.redistributable,
            "redistributable without an address of the licence",
        )
        need(re.fullmatch(r"[\w.-]+/[\w.-]+", self.repository) is not None, "repository")
        need(_COMMIT.fullmatch(self.revision) is not None, "revision is not a full commit")
        need(bool(self.files), "no file")
        local = {file.local_path.casefold() for file in self.files}
        need(len(local) == len(self.files), "two files would share a local name")

    @property
    def messages(self) -> int:
        """How many messages the loader returns by default."""
        return sum(self.counts.values())

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)

    def remote_path(self, file: DataFile) -> str:
        """The path of ``file`` under the base address or the mirror, not quoted."""
        return f"{self.repository}/{self.revision}/{file.path}"
