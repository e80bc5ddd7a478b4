"""What scoring did."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class ScoreSummary:
    """Counts of a run of :func:`~scamclassify.batch.scoring.score_file`.

    Attributes
    ----------
    sources : tuple of str
        Names of the inputs.
    target : pathlib.Path
        What was written; ``-`` for standard output.
    quarantine : pathlib.Path or None
        File of the rows that could not be scored; None if there were none.
    rows_read : int
        Equal to ``rows_scored + rows_quarantined``. The rest of a damaged file counts as
        one row.
    rows_scored, rows_quarantined : int
    counts : dict of str to int
        Label -> rows that got it.
    reasons : dict of str to int
        Reason -> rows quarantined for it.
    text_column : str
        The column that was scored; several are joined by a comma.
    seconds : float
        Time taken by this run.
    types, languages : dict of str to int
        Scam type and language -> rows that got it.
    manifest : pathlib.Path or None
        What the run was, in a file.
    rows_resumed : int
        Rows that an earlier run, which was interrupted, had done.
    notes : tuple of str
        What was guessed, found or passed over.

    Examples
    --------
    >>> summary = ScoreSummary(("in.csv",), Path("out.csv"), None, 2, 2, 0,
    ...                        {"ham": 1, "promo": 0, "scam": 1}, {}, "text", 0.5)
    >>> print(summary)
    in.csv: 2 rows read, 2 scored, 0 quarantined in 0.5 s (4 rows/s)
    column 'text': ham 1 (50.0 %), promo 0 (0.0 %), scam 1 (50.0 %)
    written: out.csv
    """

    sources: tuple[str, ...]
    target: Path
    quarantine: Path | None
    rows_read: int
    rows_scored: int
    rows_quarantined: int
    counts: dict[str, int]
    reasons: dict[str, int] = field(default_factory=dict)
    text_column: str = "text"
    seconds: float = 0.0
    types: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    manifest: Path | None = None
    rows_resumed: int = 0
    notes: tuple[str, ...] = ()

    @property
    def rows_per_second(self) -> float:
        """Rows read a second by this run; 0 where no time passed."""
        return (self.rows_read - self.rows_resumed) / self.seconds if self.seconds else 0.0

    def to_json(self) -> str:
        """All of it as a JSON object on one line."""
        values: dict[str, Any] = {
            name: str(value) if isinstance(value, Path) else value
            for name, value in vars(self).items()
        }
        values["seconds"] = round(self.seconds, 3)
        values["rows_per_second"] = round(self.rows_per_second, 1)
        return json.dumps(values, ensure_ascii=False)

    def __str__(self) -> str:
        shares = ", ".join(
            f"{label} {count:,} ({100 * count / max(self.rows_scored, 1):.1f} %)"
            for label, count in self.counts.items()
        )
        name = self.sources[0] if len(self.sources) == 1 else f"{len(self.sources):,} files"
        lines = [
            f"{name}: {self.rows_read:,} rows read, {self.rows_scored:,} scored, "
            f"{self.rows_quarantined:,} quarantined in {self.seconds:.1f} s "
            f"({self.rows_per_second:,.0f} rows/s)",
            f"column {self.text_column!r}: {shares}",
            f"written: {self.target}",
        ]
        if self.rows_resumed:
            lines.insert(1, f"{self.rows_resumed:,} of the rows were done by an interrupted run")
        if self.quarantine is not None:
            reasons = ", ".join(f"{reason}: {count:,}" for reason, count in self.reasons.items())
            lines.append(f"quarantine: {self.quarantine} ({reasons})")
        return "\n".join(lines)
