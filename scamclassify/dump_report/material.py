"""Everything a report is made of, gathered before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from scamclassify.dump_report.counting import DumpCounts
from scamclassify.dump_report.provenance import FileFacts, Manifest, QuarantineCounts

if TYPE_CHECKING:
    from scamclassify.campaigns.document import CampaignDocument


@dataclass
class Material:
    """What a report is made of.

    Attributes
    ----------
    name : str
        Of the scored file.
    counts : DumpCounts
    made : str
        When, ISO 8601.
    package_version : str
    files : tuple of FileFacts
        What was read for the report.
    campaigns, previous : CampaignDocument or None
    quarantine : QuarantineCounts or None
    manifest : Manifest or None
    top : int
        Campaigns and indicators that are shown.
    """

    name: str
    counts: DumpCounts
    made: str
    package_version: str
    files: tuple[FileFacts, ...] = ()
    campaigns: CampaignDocument | None = None
    previous: CampaignDocument | None = None
    quarantine: QuarantineCounts | None = None
    manifest: Manifest | None = None
    top: int = 20

    @property
    def n_scam(self) -> int:
        """Messages labelled scam."""
        return self.counts.by("label")["scam"]

    @property
    def n_quarantined(self) -> int | None:
        """Rows in quarantine; None where nothing says."""
        if self.quarantine is not None:
            return self.quarantine.rows
        return self.manifest.rows_quarantined if self.manifest else None

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """First and last day."""
        found = sorted(day for day in self.counts.by("day") if day is not None)
        return (found[0], found[-1]) if found else None

    def notes(self) -> list[str]:
        """What does not fit together."""
        notes = list(self.counts.notes)
        read, scored = self.counts.rows, self.manifest.rows_read if self.manifest else None
        if scored is not None and scored != read + (self.n_quarantined or 0):
            notes.append(
                f"The manifest counts {scored:,} rows, the scored file and the quarantine "
                f"{read + (self.n_quarantined or 0):,}: they are not of the same run."
            )
        if self.campaigns is not None and self.campaigns.n_messages != read:
            notes.append(
                f"The campaigns were found in {self.campaigns.n_messages:,} messages, the scored "
                f"file has {read:,}."
            )
        for reason, count in sorted(self.counts.unreadable.items()):
            if count:
                notes.append(f"{count:,} rows of the scored file were passed over: {reason}.")
        for name, top in sorted(self.counts.indicators.items()):
            if top.error:
                notes.append(
                    f"There are too many different values of {name} to keep all; counts may be "
                    f"too low by {top.error:,}."
                )
        return notes
