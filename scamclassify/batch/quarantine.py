"""Rows that cannot be scored, kept with the reason."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scamclassify.batch.formats import FileFormat
from scamclassify.batch.outputs import PendingFile

_MOST_RAW = 2000


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be scored.

    Attributes
    ----------
    row : int
        Its number among the rows of the file, from 1; headers do not count.
    line : int or None
        Line of the file that it begins on, from 1, in formats that have lines.
    reason : str
        The kind of defect, the same words for the same kind.
    detail : str
        More about this one.
    raw : str
        Its content, truncated.
    """

    row: int
    line: int | None
    reason: str
    detail: str
    raw: str


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


class QuarantineFile:
    """A JSON Lines file of bad rows; it is not made where there are none.

    Parameters
    ----------
    path : pathlib.Path
    file_format : FileFormat
        Of ``path``.
    source : str
        Name of the file that the rows come from.
    """

    def __init__(self, path: Path, file_format: FileFormat, source: str) -> None:
        self.path = path
        self._format = file_format
        self._source = source
        self._pending: PendingFile | None = None
        self.reasons: Counter[str] = Counter()

    @property
    def n_rows(self) -> int:
        """Number of rows written."""
        return self.reasons.total()

    def write(self, rows: Iterable[BadRow]) -> None:
        """Add rows."""
        for row in rows:
            if self._pending is None:
                self._pending = PendingFile(self.path, self._format.compression)
            values = {
                "file": self._source,
                "row": row.row,
                "line": row.line,
                "reason": row.reason,
                "detail": row.detail,
                "raw": row.raw,
            }
            line = json.dumps(values, ensure_ascii=False) + "\n"
            self._pending.stream.write(line.encode("utf-8", "backslashreplace"))
            self.reasons[row.reason] += 1

    def close(self) -> None:
        """Finish the file without letting it appear."""
        if self._pending is not None:
            self._pending.close()

    def commit(self) -> Path | None:
        """Let the file appear; without rows, remove that of an earlier run."""
        if self._pending is None:
            self.path.unlink(missing_ok=True)
            return None
        self._pending.commit()
        return self.path

    def discard(self) -> None:
        """Remove what was written."""
        if self._pending is not None:
            self._pending.discard()
