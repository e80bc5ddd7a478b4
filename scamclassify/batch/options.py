"""What a run of scoring was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from scamclassify.classifiers.operation import Operation


@dataclass(frozen=True)
class Options:
    """Checked arguments of :func:`~scamclassify.batch.scoring.score_file`.

    Those of ``_CONTENT`` decide what is written; a run can only go on with the same ones.
    """

    target: Path
    quarantine: Path
    model: Any
    text_column: str | None
    columns: list[str] | None
    fields: tuple[str, ...]
    reasons: int
    reason_language: str
    operation: Operation
    redact: bool
    encoding: str | None
    delimiter: str | None
    batch_size: int
    keep_going: bool
    jobs: int
    progress: bool | Literal["always"]
    tee: IO[bytes] | None

    def content(self) -> dict[str, Any]:
        """What decides about the content of the outputs."""
        return {name: getattr(self, name) for name in _CONTENT} | self.operation.chosen()


_CONTENT = (
    "text_column",
    "columns",
    "fields",
    "reasons",
    "reason_language",
    "redact",
    "encoding",
    "delimiter",
    "batch_size",
    "keep_going",
)
