"""Campaigns and their changes as short tables for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from scamclassify.campaigns.compare import CampaignChanges
from scamclassify.campaigns.document import STATUSES, Campaign, CampaignDocument

_ROWS = 15
_EXEMPLAR = 52


def campaign_table(document: CampaignDocument, rows: int = _ROWS) -> str:
    """The largest campaigns of a document, scams first.

    Parameters
    ----------
    document : CampaignDocument
    rows : int, default=15

    Returns
    -------
    str

    Examples
    --------
    >>> print(campaign_table(CampaignDocument("2026-01-02T03:04:05Z", "0.1.0", 9, {}, (
    ...     Campaign(id="c-00000000000000aa", size=4, label="scam", languages={"en": 4},
    ...              exemplars=("Your parcel is held",)),))))
    1 campaign of 4 messages among 9
    campaign            messages  label  type  lang  exemplar
    c-00000000000000aa         4  scam         en    Your parcel is held
    """
    live = [one for one in document.campaigns if one.size]
    members = sum(one.size for one in live)
    plural = "" if len(live) == 1 else "s"
    lines = [
        f"{len(live):,} campaign{plural} of {members:,} messages among {document.n_messages:,}"
    ]
    statuses = [one.status for one in document.campaigns if one.status]
    if statuses:
        counts = (f"{statuses.count(name):,} {name}" for name in STATUSES if name in statuses)
        lines.append("since the earlier dump: " + ", ".join(counts))
    if live:
        shown = sorted(live, key=lambda one: one.label not in ("scam", None))[:rows]
        lines += _aligned(_rows(shown, bool(statuses)))
        if len(live) > len(shown):
            lines.append(f"... and {len(live) - len(shown):,} more")
    return "\n".join(lines)


def _rows(campaigns: Sequence[Campaign], with_status: bool) -> list[list[str]]:
    rows = [
        ["campaign", "messages", *["status"] * with_status, "label", "type", "lang", "exemplar"]
    ]
    for one in campaigns:
        status = [one.status or ""] if with_status else []
        kind, language = (next(iter(values), "") for values in (one.scam_types, one.languages))
        exemplar = next(iter(one.exemplars), "")
        label = one.label or ""
        rows.append([one.id, f"{one.size:,}", *status, label, kind, language, exemplar])
    return rows


def _width(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(
        0 if unicodedata.category(char) in ("Mn", "Me", "Cf")
        else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )  # fmt: skip


def _short(text: str, width: int) -> str:
    text = "".join(char for char in " ".join(text.split()) if char.isprintable())
    if _width(text) <= width:
        return text
    while _width(text) >= width:
        text = text[:-1]
    return text.rstrip() + "…"


def _aligned(rows: list[list[str]]) -> list[str]:
    rows = [[*row[:-1], _short(row[-1], _EXEMPLAR)] for row in rows]
    widths = [max(_width(row[k]) for row in rows) for k in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            " " * (width - _width(cell)) + cell if k == 1 else cell + " " * (width - _width(cell))
            for k, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def change_table(changes: CampaignChanges, rows: int = _ROWS) -> str:
    """What became of campaigns, in counts, words and the largest changes.

    Parameters
    ----------
    changes : CampaignChanges
    rows : int, default=15

    Returns
    -------
    str
    """
    lines = [
        "campaigns: "
        + ", ".join(
            f"{count:,} {name} ({changes.messages[name]:,} messages)"
            for name, count in changes.counts.items()
        )
    ]
    if changes.words:
        lines.append("words that mark the new ones: " + ", ".join(changes.words))
    moved = changes.table[changes.table["status"] != "steady"]
    if len(moved):
        shown = moved.head(rows)
        cells = [["campaign", "before", "now", "status", "label", "exemplar"]]
        for row in shown.to_dict("records"):
            label, exemplar = (
                value if isinstance(value, str) else "" for value in (row["label"], row["exemplar"])
            )
            sizes = f"{row['old_size']:,}", f"{row['new_size']:,}"
            cells.append([row["id"], *sizes, row["status"], label, exemplar])
        lines += _aligned(cells)
        if len(moved) > len(shown):
            lines.append(f"... and {len(moved) - len(shown):,} more")
    return "\n".join(lines)
