"""Writes what may leave of a campaign document, in the format that is asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scamclassify.atomic import atomic_writer
from scamclassify.errors import InputFileError, UnknownNameError
from scamclassify.exchange.fields import SHARED_FIELDS
from scamclassify.exchange.markings import check_tlp
from scamclassify.exchange.outgoing import Outgoing, select_outgoing
from scamclassify.exchange.tables import ROWS, csv_table, json_lines

if TYPE_CHECKING:
    from scamclassify.campaigns.document import CampaignDocument

#: Formats, and the endings of names that mean them; the longest ending decides.
FORMATS: dict[str, tuple[str, ...]] = {
    "stix": (".stix.json", ".stix", ".json"),
    "misp": (".misp.json", ".misp"),
    "csv": (".csv",),
    "jsonl": (".jsonl", ".ndjson"),
    "hashes": (".hashes.jsonl", ".hashes"),
}
_MOST_PRODUCER = 200


@dataclass(frozen=True)
class ExportSummary:
    """What was written.

    Attributes
    ----------
    path : pathlib.Path
    format : str
    campaigns, indicators, templates : int
    left_out : dict of str to int
        Reason -> what stayed.
    checked : int or None
        Objects that the validation looked at.

    Examples
    --------
    >>> print(ExportSummary(Path("a.csv"), "csv", 2, 9, 4, {"campaigns labelled ham": 3}, None))
    2 campaigns, 9 indicators, 4 redacted templates of messages
    left out: campaigns labelled ham 3
    written: a.csv
    """

    path: Path
    format: str
    campaigns: int
    indicators: int
    templates: int
    left_out: dict[str, int]
    checked: int | None

    def __str__(self) -> str:
        lines = [
            f"{_number(self.campaigns, 'campaign')}, {_number(self.indicators, 'indicator')}, "
            f"{_number(self.templates, 'redacted template')} of messages"
        ]
        if self.left_out:
            told = ", ".join(f"{reason} {count:,}" for reason, count in self.left_out.items())
            lines.append(f"left out: {told}")
        if self.checked is not None:
            lines.append(f"valid STIX 2.1: {self.checked:,} objects checked")
        lines.append(f"written: {self.path}")
        return "\n".join(lines)


def _number(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def export_format(path: str | Path, given: str | None = None) -> str:
    """Format of an export: the one that was asked for, or the one its name means.

    Raises
    ------
    UnknownNameError
        If it is none.

    Examples
    --------
    >>> export_format("week12.misp.json"), export_format("week12.json")
    ('misp', 'stix')
    """
    if given is not None:
        if given not in FORMATS:
            raise UnknownNameError("export format", given, FORMATS)
        return given
    name = Path(path).name.lower()
    endings = {ending: kind for kind, found in FORMATS.items() for ending in found}
    for ending in sorted(endings, key=len, reverse=True):
        if name.endswith(ending):
            return endings[ending]
    raise UnknownNameError("export format", Path(path).suffix or name, endings)


def export_campaigns(
    document: CampaignDocument,
    path: str | Path,
    *,
    producer: str,
    format: str | None = None,
    rows: str = "indicators",
    tlp: str = "amber",
    key: bytes | None = None,
    validate: bool = False,
    labels: Collection[str] = ("scam",),
    min_count: int = 2,
    min_confidence: float = 0.5,
    messages: bool = True,
    fields: Collection[str] = SHARED_FIELDS,
    overwrite: bool = False,
) -> ExportSummary:
    """Write what may leave of a campaign document.

    Parameters
    ----------
    document : CampaignDocument
        From :func:`scamclassify.campaigns.load_campaigns`.
    path : path
        File to write; its folder must exist.
    producer : str
        Name of the agency that shares; it is in every export.
    format : {"stix", "misp", "csv", "jsonl", "hashes"}, optional
        By default what the name ends in means.
    rows : {"indicators", "campaigns"}, default="indicators"
        Rows of csv and jsonl.
    tlp : str, default="amber"
        TLP 2.0 level.
    key : bytes, optional
        For ``hashes``, from :func:`~scamclassify.exchange.hashes.read_key`.
    validate : bool, default=False
        Check STIX with the stix2 library before the file appears.
    labels, min_count, min_confidence, messages, fields
        See :func:`~scamclassify.exchange.outgoing.select_outgoing`.
    overwrite : bool, default=False
        Whether an existing file is replaced; else it is an error.

    Returns
    -------
    ExportSummary

    Raises
    ------
    UnknownNameError
        If format, rows, level, label or field is none.
    InputFileError
        If the file is there already, its folder is not, or a key is missing.
    InvalidStixError
        If the check fails.
    MissingExtraError
        If a library of the extra ``exchange`` is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from scamclassify.campaigns.document import Campaign, CampaignDocument, CampaignIndicator
    >>> found = (CampaignIndicator("domain", "parcel-fee.top", 30, 0.95),)
    >>> campaign = Campaign("c-00000000000000aa", 40, label="scam", indicators=found)
    >>> document = CampaignDocument("2026-01-02T03:04:05Z", "0.1.0", 99, {}, (campaign,))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     summary = export_campaigns(document, Path(folder, "out.stix.json"), producer="CERT")
    >>> summary.format, summary.campaigns, summary.indicators
    ('stix', 1, 1)
    """
    path = Path(path)
    kind = export_format(path, format)
    tlp = check_tlp(tlp)
    if rows not in ROWS:
        raise UnknownNameError("kind of rows", rows, ROWS)
    producer = " ".join(producer.split())
    if not producer or len(producer) > _MOST_PRODUCER:
        raise InputFileError(f"the producer must have a name of 1 to {_MOST_PRODUCER} letters")
    if kind == "hashes" and key is None:
        raise InputFileError("keyed hashes need a key: see scamclassify export --help")
    if not path.parent.is_dir():
        raise InputFileError(f"cannot write {path.name}: there is no folder {path.parent}")
    if path.is_dir():
        raise InputFileError(f"{path} is a folder")
    if path.exists() and not overwrite:
        raise InputFileError(f"{path} is already there; --overwrite (overwrite=True) replaces it")
    outgoing = select_outgoing(
        document,
        labels=labels,
        min_count=min_count,
        min_confidence=min_confidence,
        messages=messages,
        fields=fields,
    )
    content = _content(outgoing, kind, producer, tlp, rows, key)
    checked = None
    if validate and kind == "stix":
        from scamclassify.exchange.stix_validation import validate_stix

        checked = validate_stix(content)
    with atomic_writer(path) as stream:
        stream.write(content)
    # What is in no table or hash file was not shared.
    texts = kind in ("stix", "misp") or (kind != "hashes" and rows == "campaigns")
    return ExportSummary(
        path=path,
        format=kind,
        campaigns=len(outgoing.campaigns),
        indicators=len(outgoing.indicators),
        templates=sum(bool(one.template) for one in outgoing.campaigns) if texts else 0,
        left_out=outgoing.left_out,
        checked=checked,
    )


def _content(
    outgoing: Outgoing, kind: str, producer: str, tlp: str, rows: str, key: bytes | None
) -> bytes:
    if kind == "stix":
        from scamclassify.exchange.stix_bundle import stix_bundle

        return stix_bundle(outgoing, producer, tlp)
    if kind == "misp":
        from scamclassify.exchange.misp import misp_events

        return misp_events(outgoing, producer, tlp)
    if kind == "hashes":
        from scamclassify.exchange.hashes import hash_lines

        return hash_lines(outgoing, key or b"", producer)
    return (csv_table if kind == "csv" else json_lines)(outgoing, rows, producer, tlp)
