"""Sections of a report that come from the campaign document."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scamclassify.dump_report.markup import (
    defanged,
    items,
    section,
    shown,
    table,
)
from scamclassify.dump_report.material import Material
from scamclassify.dump_report.svg import sparkline
from scamclassify.evaluation.render import language_name
from scamclassify.exchange.fields import SHARED_FIELDS, is_official, known_hosts
from scamclassify.indicators.redact import redact_texts
from scamclassify.knowledge.brands import load_brands

if TYPE_CHECKING:
    from scamclassify.campaigns.document import Campaign, CampaignDocument

_SHOWN_INDICATORS = 6
_SHOWN_WORDS = 8
_SHOWN_CHANGES = 15
_FIELD_TITLES = {
    "link": "Links",
    "domain": "Domains",
    "phone": "Phone numbers",
    "email": "E-mail addresses",
    "handle": "Messaging handles",
    "bank_account": "Bank accounts",
    "payment_id": "Payment ids",
    "crypto_address": "Crypto addresses",
}
_PLURALS = {1: "1 message"}


def _messages(count: int) -> str:
    return _PLURALS.get(count, f"{count:,} messages")


def campaigns(material: Material) -> str:
    """The largest campaigns, those of scam first."""
    document = material.campaigns
    if document is None:
        return ""
    live = [one for one in document.campaigns if one.status != "gone"]
    order = sorted(live, key=lambda one: (one.label != "scam", -one.size, one.id))
    chosen = order[: material.top]
    statuses = Counter(one.status for one in document.campaigns if one.status)
    inside = sum(one.size for one in live)
    text = (
        f"{len(live):,} campaigns (messages that are near-duplicates) hold {inside:,} of "
        f"{document.n_messages:,} messages."
    )
    if statuses:
        told = ", ".join(
            f"{statuses[name]:,} {name}"
            for name in ("new", "growing", "steady", "dying", "gone")
            if statuses[name]
        )
        text += f" Beside the dump before: {told}."
    if len(order) > len(chosen):
        text += f" The {len(chosen)} largest are shown, scams first."
    cards = "".join(map(_card, chosen))
    body = f'<p class="soft">{text}</p><div class="cards">{cards}</div>'
    return section("campaigns", "Campaigns", body)


def _card(one: Campaign) -> str:
    kind = next(iter(one.scam_types), None)
    title = (kind or one.label or "not scored").replace("_", " ")
    badge = ""
    if one.status:
        badge = f' <span class="badge {shown(one.status)}">{shown(one.status)}</span>'
    parts = [f"<h3>{shown(title[:1].upper() + title[1:])}{badge}</h3>"]
    facts = [_messages(one.size)]
    facts.append(", ".join(f"{language_name(c)} {n:,}" for c, n in list(one.languages.items())[:3]))
    if one.first_seen:
        first, last = one.first_seen[:10], (one.last_seen or one.first_seen)[:10]
        facts.append(first if first == last else f"{first} – {last}")
    if one.probability is not None:
        facts.append(f"scam {one.probability:.2f}")
    told = " · ".join(f'<span class="nb">{shown(fact)}</span>' for fact in facts if fact)
    parts.append(f'<p class="soft">{told}</p>')
    if len(one.daily) > 1:
        told = f"Messages a day, most {max(one.daily.values()):,}"
        parts.append(sparkline(list(one.daily.values())[-60:], told))
    language = next(iter(one.languages), None)
    lang = f' lang="{shown(language)}"' if language else ""
    parts += [
        f'<blockquote dir="auto"{lang}>{shown(text)}</blockquote>'
        for text in dict.fromkeys(redact_texts(one.exemplars))
    ]
    found = [item for item in one.indicators if item.field in SHARED_FIELDS]
    if found:
        lines = [
            f"<code>{shown(defanged(item.field, item.value))}</code> "
            f'<span class="soft">{_messages(item.count)}</span>'
            for item in found[:_SHOWN_INDICATORS]
        ]
        if len(found) > _SHOWN_INDICATORS:
            lines.append(f"and {len(found) - _SHOWN_INDICATORS} more")
        parts.append(items(lines))
    rest = []
    if one.brands:
        rest.append("names " + ", ".join(_brand(name) for name in one.brands[:_SHOWN_WORDS]))
    if one.disguises:
        told = ", ".join(f"{k.replace('_', ' ')} {n:,}" for k, n in list(one.disguises.items())[:4])
        rest.append(f"disguises: {told}")
    if one.words:
        rest.append("words: " + ", ".join(redact_texts(one.words[:_SHOWN_WORDS])))
    told = "".join(f"{shown(text)} · " for text in rest)
    parts.append(f'<p class="soft">{told}<span class="nb">{shown(one.id)}</span></p>')
    return f'<article id="{shown(one.id)}">{"".join(parts)}</article>'


def _brand(name: str) -> str:
    registry = load_brands()
    return registry.brand(name).name if name in registry.index else name


def changes(material: Material) -> str:
    """What became of the campaigns of an earlier document."""
    now, before = material.campaigns, material.previous
    if now is None or before is None:
        return ""
    sizes = {one.id: one.size for one in before.campaigns}
    for one in now.campaigns:
        for merged in one.merged:
            sizes[one.id] = sizes.get(one.id, 0) + sizes.pop(merged, 0)
    there = {one.id: one for one in now.campaigns if one.status != "gone"}
    rows = []
    for one in there.values():
        old = sizes.get(one.id, 0)
        rows.append((abs(one.size - old), one, old, one.size))
    gone = [one for one in before.campaigns if one.id in sizes and one.id not in there]
    rows += [(one.size, one, one.size, 0) for one in gone]
    rows = sorted((row for row in rows if row[0]), key=lambda row: (-row[0], row[1].id))
    new = sum(one.id not in sizes for one in there.values())
    body = (
        f'<p class="soft">Before: {len(before.campaigns):,} campaigns in {before.n_messages:,} '
        f"messages ({shown(before.created[:10])}). Now: {len(there):,}. New: {new:,}. "
        f"Gone: {len(gone):,}.</p>"
    )
    if rows:
        body += table(
            ("campaign", "type", "before", "now", "change"),
            [
                (
                    f'<span class="nb">{shown(one.id)}</span>',
                    shown(next(iter(one.scam_types), one.label or "").replace("_", " ")),
                    f"{old:,}",
                    f"{size:,}",
                    f"{size - old:+,}",
                )
                for _, one, old, size in rows[:_SHOWN_CHANGES]
            ],
            texts=(0, 1),
        )
    return section("changes", "What has changed", body)


def indicators(material: Material) -> str:
    """The most common indicators, of the scored file or else of the campaigns of scam."""
    found: dict[str, list[tuple[str, int]]] = {}
    if material.counts.indicators:
        where = "in messages labelled scam"
        for name, top in material.counts.indicators.items():
            if name in SHARED_FIELDS:
                found[name] = top.most_common(material.top)
    elif material.campaigns is not None:
        where = "in campaigns of scam"
        found = _of_campaigns(material.campaigns, material.top)
    if not any(found.values()):
        return ""
    tables = [
        f"<div><h3>{_FIELD_TITLES[name]}</h3>"
        + table(
            ("value", "messages"),
            [
                (
                    f"<code>{shown(defanged(name, value))}</code>{_standing(name, value)}",
                    f"{count:,}",
                )
                for value, count in found[name]
            ],
        )
        + "</div>"
        for name in SHARED_FIELDS
        if found.get(name)
    ]
    note = (
        f"Most common {where}. Written so that nothing becomes a link. An address or number in a "
        "scam is not always the scammer's: true addresses of banks and numbers of victims occur."
    )
    return section(
        "indicators",
        "Indicators",
        f'<p class="soft">{note}</p><div class="pair">{"".join(tables)}</div>',
    )


def _standing(name: str, value: str) -> str:
    """What is known of an address that nobody should block."""
    if is_official(name, value):
        return " <small>true address of a brand or state</small>"
    if name == "domain" and value in known_hosts():
        return " <small>many share it</small>"
    return ""


def _of_campaigns(document: CampaignDocument, top: int) -> dict[str, list[tuple[str, int]]]:
    totals: dict[str, Counter[str]] = {}
    for one in document.campaigns:
        if one.label == "scam":
            for item in one.indicators:
                if item.field in SHARED_FIELDS and item.value:
                    totals.setdefault(item.field, Counter())[item.value] += item.count
    return {
        name: sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:top]
        for name, counts in totals.items()
    }
