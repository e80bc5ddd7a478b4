"""Campaigns of a file of messages: files in, a campaign document out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scamclassify.campaigns.clustering import THRESHOLD
from scamclassify.campaigns.compare import CampaignChanges, compare_campaigns
from scamclassify.campaigns.document import load_campaigns
from scamclassify.campaigns.drift import Drift, measure_drift
from scamclassify.campaigns.find import Campaigns, find_campaigns
from scamclassify.campaigns.members import write_members
from scamclassify.campaigns.reading import read_messages
from scamclassify.errors import InputFileError, UnknownNameError

# Of a campaign document, as it is read again.
_SUFFIXES = (".json", ".gz", ".zst", ".zstd")


@dataclass(frozen=True)
class Outcome:
    """What was found in a file.

    Attributes
    ----------
    campaigns : Campaigns
    changes : CampaignChanges or None
    drift : Drift or None
    dropped : int
        Rows without a usable text.
    left_out : int
        Messages with other labels than those asked for.
    """

    campaigns: Campaigns
    changes: CampaignChanges | None
    drift: Drift | None
    dropped: int
    left_out: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values: the document, what was left out and, if asked for, ``changes``."""
        values = self.campaigns.document.to_dict() | {
            "dropped": self.dropped,
            "left_out": self.left_out,
        }
        if self.changes is not None:
            table = self.changes.table.astype(object)
            values["changes"] = {
                "counts": self.changes.counts,
                "messages": self.changes.messages,
                "words": self.changes.words,
                "campaigns": table.where(table.notna(), None).to_dict("records"),
            }
        return values


def campaigns_of_file(
    source: str | Path,
    target: str | Path | None = None,
    *,
    previous: str | Path | None = None,
    compare: str | Path | None = None,
    drift: str | Path | None = None,
    members: str | Path | None = None,
    text_column: str | None = None,
    date_column: str | None = None,
    labels: Collection[str] | None = None,
    min_size: int = 3,
    threshold: float = THRESHOLD,
    model: Any = None,
    overwrite: bool = False,
) -> Outcome:
    """Find the campaigns in a file and write what was asked for.

    Parameters
    ----------
    source : path
        As for :func:`scamclassify.score_file`; best what that wrote.
    target : path, optional
        Campaign document to write.
    previous : path, optional
        Campaign document whose ids go on.
    compare : path, optional
        Campaign document to compare with.
    drift : path, optional
        Earlier messages to measure drift against.
    members : path, optional
        CSV of members to write.
    date_column : str, optional
        Column of dates; by default found by its name.
    labels : collection of str, optional
        Only messages with these labels: of a dump of many millions those that matter.
    text_column, min_size, threshold, model
        As for :func:`scamclassify.find_campaigns`.
    overwrite : bool, default=False

    Returns
    -------
    Outcome

    Raises
    ------
    InputFileError
        If a file cannot be read, or an output is there already.
    UnknownNameError
        If a format, column or model is unknown.
    """
    if target is not None and Path(target).suffix.lower() not in _SUFFIXES:
        kind = Path(target).suffix or Path(target).name
        raise UnknownNameError("format of a campaign document", kind, _SUFFIXES)
    _check_targets([source, previous, compare, drift], [target, members], overwrite)
    # Small files first: a wrong one is told before the work begins.
    earlier = None if previous is None else load_campaigns(previous)
    compared = None if compare is None else load_campaigns(compare)
    frame, entry = read_messages(source, text_column, date_column, labels)
    before = None if drift is None else read_messages(drift, text_column, labels=labels)[0]
    found = find_campaigns(
        frame,
        previous=earlier,
        min_size=min_size,
        threshold=threshold,
        model=model,
        inputs=(entry,),
    )
    if labels is not None:
        parameters = found.document.parameters | {"labels": sorted(labels)}
        found = replace(found, document=replace(found.document, parameters=parameters))
    moved = None
    if before is not None:
        if not len(before) or not len(frame):
            raise InputFileError("drift cannot be measured: one of the files has no message")
        moved = measure_drift(before, frame)
        document = replace(found.document, drift=moved.to_dict())
        found = replace(found, document=document)
    changes = None if compared is None else compare_campaigns(compared, found.document)
    if members is not None:
        write_members(members, frame, found.assignments)
    if target is not None:
        found.document.save(target)
    return Outcome(found, changes, moved, frame.attrs["dropped"], frame.attrs["left_out"])


def _check_targets(
    sources: list[str | Path | None], targets: list[str | Path | None], overwrite: bool
) -> None:
    read = {Path(path).resolve() for path in sources if path is not None}
    written = [Path(path) for path in targets if path is not None]
    if len({path.resolve() for path in written}) < len(written):
        raise InputFileError("the outputs must be different files")
    for path in written:
        if not path.parent.is_dir():
            raise InputFileError(f"cannot write {path.name}: there is no folder {path.parent}")
        if path.is_dir():
            raise InputFileError(f"{path} is a folder")
        if path.exists() and (not overwrite or path.resolve() in read):
            twice = path.resolve() in read
            reason = "is read as well" if twice else "is already there"
            way = "give another name" if twice else "--overwrite (overwrite=True) replaces it"
            raise InputFileError(f"{path} {reason}; {way}")
