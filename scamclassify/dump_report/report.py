"""Makes a report on a scored dump: files in, one page out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scamclassify import __version__
from scamclassify.atomic import atomic_writer
from scamclassify.dump_report.counting import count_scored
from scamclassify.dump_report.material import Material
from scamclassify.dump_report.page import report_page
from scamclassify.dump_report.provenance import (
    FileFacts,
    count_quarantine,
    file_facts,
    read_manifest,
)
from scamclassify.errors import InputFileError, UnknownNameError

_SUFFIXES = (".html", ".htm")


@dataclass(frozen=True)
class DumpReportSummary:
    """What a report says, in a line; printed by the command line.

    Attributes
    ----------
    path : pathlib.Path
    rows, scam : int
    campaigns, quarantined : int or None

    Examples
    --------
    >>> print(DumpReportSummary(Path("report.html"), 1000, 40, 3, None))
    1,000 messages, 40 labelled scam, 3 campaigns
    written: report.html
    """

    path: Path
    rows: int
    scam: int
    campaigns: int | None
    quarantined: int | None

    def __str__(self) -> str:
        told = f"{self.rows:,} messages, {self.scam:,} labelled scam"
        if self.campaigns is not None:
            told += f", {self.campaigns:,} campaigns"
        if self.quarantined is not None:
            told += f", {self.quarantined:,} rows in quarantine"
        return f"{told}\nwritten: {self.path}"


def report_dump(
    scored: str | Path,
    target: str | Path,
    *,
    campaigns: str | Path | None = None,
    previous: str | Path | None = None,
    quarantine: str | Path | None = None,
    date_column: str | None = None,
    top: int = 20,
    overwrite: bool = False,
    made: datetime | None = None,
    advance: Callable[[int], object] | None = None,
) -> DumpReportSummary:
    """Make a report on a scored dump.

    Parameters
    ----------
    scored : path
        What :func:`scamclassify.score_file` wrote. A manifest and a quarantine of the same
        name beside it are read as well.
    target : path
        ``.html``; one page without scripts, that fetches nothing.
    campaigns : path, optional
        Campaign document of the same messages.
    previous : path, optional
        An earlier campaign document, to say what has changed since.
    quarantine : path, optional
        By default ``SCORED.quarantine.jsonl`` where that is.
    date_column : str, optional
        By default the first column with a usual name of a date.
    top : int, default=20
        Campaigns and indicators that are shown.
    overwrite : bool, default=False
        Whether an existing target is replaced; else it is an error.
    made : datetime, optional
        Time that the page states; by default now.
    advance : callable, optional
        Told the number of rows of each batch, for a progress bar.

    Returns
    -------
    DumpReportSummary

    Raises
    ------
    InputFileError
        If a file is missing, damaged or of another kind, or the target is there already.
    UnknownNameError
        If the target is no .html, or there is no such column.

    Notes
    -----
    The scored file is read in batches: memory does not grow with it.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "scored.csv")
    ...     _ = path.write_text("text,label,scam_probability\\nhi,ham,0.01\\npay,scam,0.98\\n")
    ...     summary = report_dump(path, Path(folder, "report.html"))
    >>> summary.rows, summary.scam
    (2, 1)
    """
    scored, target = Path(scored), Path(target)
    _check(scored, target, overwrite)
    if top < 1:
        raise ValueError(f"top must be 1 or more, got {top!r}")
    if campaigns is None and previous is not None:
        raise InputFileError("earlier campaigns can only be compared with those of this dump")
    documents = {}
    files: list[FileFacts] = []
    for name, path, role in (
        ("now", campaigns, "campaigns"),
        ("before", previous, "earlier campaigns"),
    ):
        if path is not None:
            from scamclassify.campaigns.document import load_campaigns

            documents[name] = load_campaigns(path)
            found = len(documents[name].campaigns)
            files.append(file_facts(Path(path), role, found))
    aside = None
    beside = scored.with_name(scored.name + ".quarantine.jsonl")
    if quarantine is None and beside.is_file():
        quarantine = beside
    if quarantine is not None:
        aside = count_quarantine(Path(quarantine))
        files.append(file_facts(Path(quarantine), "quarantine", aside.rows))
    counts = count_scored(scored, date_column, advance)
    files.insert(0, file_facts(scored, "scored messages", counts.rows))
    when = made or datetime.now(UTC)
    material = Material(
        name=scored.name,
        counts=counts,
        made=when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        package_version=__version__,
        files=tuple(files),
        campaigns=documents.get("now"),
        previous=documents.get("before"),
        quarantine=aside,
        manifest=read_manifest(scored),
        top=top,
    )
    content = report_page(material).encode("utf-8")
    with atomic_writer(target) as stream:
        stream.write(content)
    return DumpReportSummary(
        path=target,
        rows=counts.rows,
        scam=material.n_scam,
        campaigns=len(documents["now"].campaigns) if "now" in documents else None,
        quarantined=material.n_quarantined,
    )


def _check(scored: Path, target: Path, overwrite: bool) -> None:
    if target.suffix.lower() not in _SUFFIXES:
        raise UnknownNameError("report format", target.suffix or target.name, _SUFFIXES)
    if not target.parent.is_dir():
        raise InputFileError(f"cannot write {target.name}: there is no folder {target.parent}")
    if target.is_dir():
        raise InputFileError(f"{target} is a folder")
    if target.exists() and not overwrite:
        raise InputFileError(f"{target} is already there; --overwrite (overwrite=True) replaces it")
    if not scored.is_file():
        raise InputFileError(f"there is no file {scored}")
