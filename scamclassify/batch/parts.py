"""Pieces of a source on their way to be scored, and rows that cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from scamclassify.batch.rows import Rows

#: A part ends early when its rows are this large, so that memory is bounded.
MOST_PART_BYTES = 16 << 20
_MOST_RAW = 2000


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be scored.

    Attributes
    ----------
    row : int or None
        Its number among the rows of the file, from 1; headers do not count. None where it
        stands for the rest of a damaged file.
    line : int or None
        Line of the file that it begins on, from 1, in formats that have lines.
    reason : str
        The kind of defect, the same words for the same kind.
    detail : str
        More about this one.
    raw : str
        Its content, truncated.
    """

    row: int | None
    line: int | None
    reason: str
    detail: str
    raw: str


@dataclass
class Batch:
    """Some rows of a file.

    Attributes
    ----------
    rows : Rows
        Those that can be scored.
    texts : sequence of str
        Their texts, as code points where they came in Arrow columns.
    bad : list of BadRow
        The others.
    as_sent : bool
        Whether ``rows`` are the Arrow columns of the part, all of them and unchanged.
    """

    rows: Rows
    texts: Sequence[str]
    bad: list[BadRow] = field(default_factory=list)
    as_sent: bool = False

    @property
    def n_rows(self) -> int:
        """Rows of both kinds."""
        return len(self.texts) + len(self.bad)

    def batch(self) -> Batch:
        """It is one already."""
        return self


class Part(Protocol):
    """Some rows of a file, perhaps not parsed yet: that is left to whoever scores them."""

    @property
    def n_rows(self) -> int:
        """Number of rows, good and bad."""
        ...

    def batch(self) -> Batch:
        """The rows, parsed and checked."""
        ...


def shorten(raw: bytes | str) -> str:
    """The content of a row as text to keep: undecodable bytes as escapes, cut at 2,000.

    Examples
    --------
    >>> shorten(b"caf\\xe9")
    'caf\\\\xe9'
    """
    if isinstance(raw, str):
        raw = raw[:_MOST_RAW].encode("utf-8", "backslashreplace")
    return raw[: 4 * _MOST_RAW].decode("utf-8", "backslashreplace")[:_MOST_RAW]


def check_text(text: Any) -> tuple[str, str] | None:
    """Why a value cannot be scored, as reason and detail; None if it can.

    Examples
    --------
    >>> check_text("hello"), check_text("  "), check_text(5)
    (None, ('empty text', ''), ('text is not a string', 'int found'))
    """
    if isinstance(text, str):
        return None if text.strip() else ("empty text", "")
    if text is None:
        return "text missing", ""
    return "text is not a string", f"{type(text).__name__} found"
