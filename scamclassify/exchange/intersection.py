"""Finds the indicators that two hash files share."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from scamclassify.atomic import atomic_writer
from scamclassify.errors import InputFileError, UnknownNameError
from scamclassify.exchange.fields import SHARED_FIELDS
from scamclassify.exchange.hashes import FORMAT, VERSION, Hasher
from scamclassify.exchange.outgoing import select_outgoing
from scamclassify.labels import LABELS

if TYPE_CHECKING:
    from scamclassify.campaigns.document import CampaignDocument

_MOST_LINE = 4096
_HASH_DIGITS = 64


@dataclass(frozen=True)
class SharedHash:
    """An indicator that is in both files.

    Attributes
    ----------
    field, hash : str
    counts, campaigns : tuple of int
        Messages and campaigns, in the first and in the second file.
    value : str or None
        The indicator, where a party looked it up among its own.
    """

    field: str
    hash: str
    counts: tuple[int, int]
    campaigns: tuple[int, int]
    value: str | None = None


@dataclass(frozen=True)
class Header:
    """What a hash file says about itself."""

    producer: str
    created: str
    key_check: str
    entries: int


_Entry = tuple[str, str, int, int]


class HashFile:
    """A hash file, read line by line.

    Parameters
    ----------
    path : path

    Attributes
    ----------
    header : Header
    read : int
        Entries read so far.

    Raises
    ------
    InputFileError
        If it is no hash file; later if a line is damaged or out of order.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        if not self.path.is_file():
            raise InputFileError(f"there is no file {self.path}")
        self.read = 0
        with self.path.open("rb") as stream:
            first = stream.readline(_MOST_LINE)
        try:
            head = json.loads(first)
            if head["format"] != FORMAT:
                raise ValueError
            if head["version"] != VERSION:
                raise InputFileError(
                    f"{self.path.name} is version {head['version']!r} of its format; "
                    f"this package reads version {VERSION}"
                )
            self.header = Header(
                str(head["producer"]), str(head["created"]), head["key_check"], head["entries"]
            )
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            if isinstance(error, InputFileError):
                raise
            raise InputFileError(
                f"{self.path.name} is no hash file; write one with: "
                "scamclassify export campaigns.json -o ours.hashes.jsonl"
            ) from None

    def entries(self) -> Iterator[_Entry]:
        """Yield field, hash, count and campaigns, in order."""
        last = ("", "")
        with self.path.open("rb") as stream:
            stream.readline(_MOST_LINE)
            number = 1
            while line := stream.readline(_MOST_LINE):
                number += 1
                entry = self._entry(line, number)
                if entry[:2] <= last:
                    raise InputFileError(
                        f"{self.path.name}, line {number}: entries are not sorted by field and hash"
                    )
                last = entry[:2]
                self.read += 1
                yield entry
        if self.read != self.header.entries:
            raise InputFileError(
                f"{self.path.name} is not whole: {self.read:,} entries of {self.header.entries!r}"
            )

    def _entry(self, line: bytes, number: int) -> _Entry:
        try:
            values = json.loads(line)
            entry = values["field"], values["hash"], values["count"], values["campaigns"]
            if entry[0] not in SHARED_FIELDS or len(bytes.fromhex(entry[1])) * 2 != _HASH_DIGITS:
                raise ValueError
            if not all(type(n) is int and n >= 0 for n in entry[2:]):
                raise ValueError
        except (ValueError, KeyError, TypeError, RecursionError):
            raise InputFileError(
                f"{self.path.name}, line {number}: not an entry of a hash file"
            ) from None
        return entry


def intersect(first: HashFile, second: HashFile) -> Iterator[SharedHash]:
    """Yield the entries that are in both files, sorted by field and hash.

    Both are read once, side by side: memory does not grow with them.

    Parameters
    ----------
    first, second : HashFile

    Raises
    ------
    InputFileError
        If the files were made with different keys, or one is damaged.
    """
    if first.header.key_check != second.header.key_check:
        raise InputFileError(
            f"{first.path.name} and {second.path.name} were made with different keys, "
            "so they cannot share an entry"
        )
    left_entries, right_entries = first.entries(), second.entries()
    left, right = next(left_entries, None), next(right_entries, None)
    while left is not None or right is not None:
        # To the end of both, so that a file that is cut off is noticed.
        if right is None or (left is not None and left[:2] < right[:2]):
            left = next(left_entries, None)
        elif left is None or right[:2] < left[:2]:
            right = next(right_entries, None)
        else:
            yield SharedHash(left[0], left[1], (left[2], right[2]), (left[3], right[3]))
            left, right = next(left_entries, None), next(right_entries, None)


_COLUMNS = (
    "field", "hash", "value", "count_first", "count_second", "campaigns_first",
    "campaigns_second",
)  # fmt: skip


def shared_table(shared: list[SharedHash], kind: str) -> bytes:
    """Lay out shared entries.

    Parameters
    ----------
    shared : list of SharedHash
    kind : {"csv", "jsonl"}

    Returns
    -------
    bytes
        UTF-8.

    Examples
    --------
    >>> shared_table([SharedHash("phone", "ab", (3, 4), (1, 2))], "csv").decode().splitlines()[1]
    'phone,ab,,3,4,1,2'
    """
    rows = [(one.field, one.hash, one.value, *one.counts, *one.campaigns) for one in shared]
    if kind == "jsonl":
        lines = [
            json.dumps(dict(zip(_COLUMNS, row, strict=True)), ensure_ascii=False) for row in rows
        ]
        return "".join(line + "\n" for line in lines).encode("utf-8")
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8")


@dataclass(frozen=True)
class IntersectionSummary:
    """What an intersection found; printed by the command line.

    Attributes
    ----------
    names : tuple of str
        Producers of the two files.
    entries : tuple of int
        Entries of each.
    shared : dict of str to int
        Field -> entries in both.

    Examples
    --------
    >>> print(IntersectionSummary(("A", "B"), (10, 4), {"phone": 2}))
    A: 10 entries, B: 4 entries
    2 shared (20.0 % of A, 50.0 % of B): phone 2
    """

    names: tuple[str, str]
    entries: tuple[int, int]
    shared: dict[str, int]

    @classmethod
    def of(cls, first: HashFile, second: HashFile, shared: list[SharedHash]) -> IntersectionSummary:
        """Count."""
        counts = Counter(one.field for one in shared)
        return cls(
            (first.header.producer, second.header.producer),
            (first.read, second.read),
            dict(sorted(counts.items())),
        )

    def __str__(self) -> str:
        total = sum(self.shared.values())
        heads = (f"{n}: {e:,} entries" for n, e in zip(self.names, self.entries, strict=True))
        shares = (
            f"{100 * total / max(e, 1):.1f} % of {n}"
            for n, e in zip(self.names, self.entries, strict=True)
        )
        fields = ", ".join(f"{name} {count:,}" for name, count in self.shared.items())
        return (
            ", ".join(heads)
            + f"\n{total:,} shared ({', '.join(shares)})"
            + (f": {fields}" if fields else "")
        )


def intersect_files(
    first: str | Path,
    second: str | Path,
    target: str | Path | None = None,
    *,
    own: tuple[CampaignDocument, bytes] | None = None,
    overwrite: bool = False,
) -> tuple[IntersectionSummary, list[SharedHash]]:
    """Find what two hash files share, and write it.

    Parameters
    ----------
    first, second : path
        Hash files made with one key.
    target : path, optional
        .csv or .jsonl; by default nothing is written.
    own : tuple of CampaignDocument and bytes, optional
        A party's own campaigns and the key, to look up its own indicators by their hashes.
    overwrite : bool, default=False
        Whether an existing target is replaced; else it is an error.

    Returns
    -------
    summary : IntersectionSummary
    shared : list of SharedHash
        Only what both have is kept in memory.

    Raises
    ------
    InputFileError
        If a file is no hash file, is damaged or was made with another key, or the target is
        there already.
    UnknownNameError
        If the target is neither .csv nor .jsonl.
    """
    path = None if target is None else Path(target)
    if path is not None:
        if path.suffix.lower() not in (".csv", ".jsonl"):
            raise UnknownNameError("format", path.suffix or path.name, (".csv", ".jsonl"))
        if not path.parent.is_dir():
            raise InputFileError(f"cannot write {path.name}: there is no folder {path.parent}")
        if path.exists() and not overwrite:
            raise InputFileError(
                f"{path} is already there; --overwrite (overwrite=True) replaces it"
            )
    left, right = HashFile(first), HashFile(second)
    values: dict[str, str] = {}
    if own is not None:
        document, key = own
        hasher = Hasher(key)
        if hasher.check != left.header.key_check:
            raise InputFileError(f"{left.path.name} was made with another key than the one given")
        # All that was found: which of it went into the file, the file says.
        found = select_outgoing(document, labels=LABELS, min_count=1, min_confidence=0.0)
        values = {hasher.hash(one.field, one.value): one.value for one in found.indicators}
    shared = [replace(one, value=values.get(one.hash)) for one in intersect(left, right)]
    if path is not None:
        content = shared_table(shared, path.suffix.lower().removeprefix("."))
        with atomic_writer(path) as stream:
            stream.write(content)
    return IntersectionSummary.of(left, right, shared), shared
