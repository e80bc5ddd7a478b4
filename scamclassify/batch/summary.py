"""What scoring a file did."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class ScoreSummary:
    """Counts of a run of :func:`~scamclassify.batch.scoring.score_file`.

    Attributes
    ----------
    source, target : pathlib.Path
        What was read and written.
    quarantine : pathlib.Path or None
        File of the rows that could not be scored; None if there were none.
    rows_read : int
        Equal to ``rows_scored + rows_quarantined``.
    rows_scored, rows_quarantined : int
    counts : dict of str to int
        Label -> rows that got it.
    reasons : dict of str to int
        Reason -> rows quarantined for it.
    text_column : str
        The column that was scored.
    seconds : float
        Time taken.

    Examples
    --------
    >>> summary = ScoreSummary(Path("in.csv"), Path("out.csv"), None, 2, 2, 0,
    ...                        {"ham": 1, "promo": 0, "scam": 1}, {}, "text", 0.5)
    >>> print(summary)
    in.csv: 2 rows read, 2 scored, 0 quarantined in 0.5 s (4 rows/s)
    column 'text': ham 1 (50.0 %), promo 0 (0.0 %), scam 1 (50.0 %)
    written: out.csv
    """

    source: Path
    target: Path
    quarantine: Path | None
    rows_read: int
    rows_scored: int
    rows_quarantined: int
    counts: dict[str, int]
    reasons: dict[str, int] = field(default_factory=dict)
    text_column: str = "text"
    seconds: float = 0.0

    @property
    def rows_per_second(self) -> float:
        """Rows read a second; 0 where no time passed."""
        return self.rows_read / self.seconds if self.seconds else 0.0

    def __str__(self) -> str:
        shares = ", ".join(
            f"{label} {count:,} ({100 * count / max(self.rows_scored, 1):.1f} %)"
            for label, count in self.counts.items()
        )
        lines = [
            f"{self.source.name}: {self.rows_read:,} rows read, {self.rows_scored:,} scored, "
            f"{self.rows_quarantined:,} quarantined in {self.seconds:.1f} s "
            f"({self.rows_per_second:,.0f} rows/s)",
            f"column {self.text_column!r}: {shares}",
            f"written: {self.target}",
        ]
        if self.quarantine is not None:
            reasons = ", ".join(f"{reason}: {count:,}" for reason, count in self.reasons.items())
            lines.append(f"quarantine: {self.quarantine} ({reasons})")
        return "\n".join(lines)
