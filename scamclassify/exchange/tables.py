"""Campaigns and indicators as CSV and JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from scamclassify.exchange.identifiers import stamp
from scamclassify.exchange.outgoing import Outgoing

#: What can be laid out as a table.
ROWS: tuple[str, ...] = ("indicators", "campaigns")

_INDICATOR_COLUMNS = (
    "field", "value", "is_prefix", "detail", "country", "confidence", "count", "campaigns",
    "scam_types", "first_seen", "last_seen", "tlp", "producer",
)  # fmt: skip
_CAMPAIGN_COLUMNS = (
    "id", "size", "status", "first_seen", "last_seen", "label", "probability", "scam_types",
    "languages", "brands", "disguises", "indicators", "template", "tlp", "producer",
)  # fmt: skip
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _time(when: datetime | None) -> str | None:
    return None if when is None else stamp(when)


def _records(outgoing: Outgoing, rows: str, producer: str, tlp: str) -> Iterator[dict[str, Any]]:
    ending = {"tlp": f"TLP:{tlp.upper()}", "producer": producer}
    if rows == "indicators":
        for one in outgoing.indicators:
            yield {
                "field": one.field,
                "value": one.value,
                "is_prefix": one.cut,
                "detail": one.detail,
                "country": one.country,
                "confidence": round(one.confidence, 6),
                "count": one.count,
                "campaigns": list(one.campaigns),
                "scam_types": list(one.scam_types),
                "first_seen": _time(one.first_seen),
                "last_seen": _time(one.last_seen),
                **ending,
            }
        return
    for campaign in outgoing.campaigns:
        yield {
            "id": campaign.id,
            "size": campaign.size,
            "status": campaign.status,
            "first_seen": _time(campaign.first_seen),
            "last_seen": _time(campaign.last_seen),
            "label": campaign.label,
            "probability": campaign.probability,
            "scam_types": campaign.scam_types,
            "languages": campaign.languages,
            "brands": list(campaign.brands),
            "disguises": campaign.disguises,
            "indicators": [
                {"field": one.field, "value": one.value, "count": one.count}
                for one in campaign.sightings
            ],
            "template": campaign.template,
            **ending,
        }


def _cell(value: Any, plain: bool) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case dict():
            return " | ".join(f"{key}: {inner:g}" for key, inner in value.items())
        case list():
            return " | ".join(
                f"{one['field']}: {one['value']}" if isinstance(one, dict) else str(one)
                for one in value
            )
        case str() if not plain and value.startswith(_FORMULA):
            return f"'{value}"
    return str(value)


def csv_table(outgoing: Outgoing, rows: str, producer: str, tlp: str) -> bytes:
    """Lay out as CSV with a header, in UTF-8; lists are joined by ``" | "``.

    Parameters
    ----------
    outgoing : Outgoing
    rows : {"indicators", "campaigns"}
    producer : str
    tlp : str

    Returns
    -------
    bytes
        Texts that begin like a formula have an apostrophe before them, as spreadsheets
        want it. Values of indicators are as they are: they must be found again.

    Examples
    --------
    >>> from scamclassify.campaigns.document import CampaignDocument
    >>> from scamclassify.exchange.outgoing import select_outgoing
    >>> empty = select_outgoing(CampaignDocument("2026-01-02T03:04:05Z", "0.1.0", 0, {}, ()))
    >>> csv_table(empty, "indicators", "CERT", "amber")[:22]
    b'field,value,is_prefix,'
    """
    columns = _INDICATOR_COLUMNS if rows == "indicators" else _CAMPAIGN_COLUMNS
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for record in _records(outgoing, rows, producer, tlp):
        writer.writerow(_cell(record[name], plain=name == "value") for name in columns)
    return buffer.getvalue().encode("utf-8")


def json_lines(outgoing: Outgoing, rows: str, producer: str, tlp: str) -> bytes:
    """One JSON object a line; parameters as for :func:`csv_table`."""
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    lines = [encode(record) + "\n" for record in _records(outgoing, rows, producer, tlp)]
    return "".join(lines).encode("utf-8")
