"""Sections of a report on what lies behind it: drift, quarantine, method, limits, files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scamclassify.dump_report.markup import items, pairs, percent, section, shown, table
from scamclassify.dump_report.material import Material
from scamclassify.dump_report.provenance import FileFacts

_SHOWN_CHANGES = 3

_METHOD = (
    "Each message was repaired (look-alike and styled letters, hidden characters, broken links), "
    "its language identified, and scored by a linear model over facts that do not depend on the "
    "language and over character n-grams. The label is the model's decision at a threshold that "
    "keeps false alarms on honest messages rare; the probability is calibrated on sources that the "
    "model was not trained on.",
    "A campaign is a group of messages that are near-duplicates once names, numbers and links are "
    "masked. Its id stays when new messages join it.",
    "Drift compares a dump with an earlier one by the population stability index: below 0.1 "
    "little has changed, from 0.25 on the dump is of another kind and the model should be checked.",
)
_LIMITS = (
    "A label is a reason to look, not evidence against a sender or of a loss. Some honest messages "
    "are called scam and some scams are missed; how many depends on language and source, see the "
    "model card.",
    "Messages labelled scam are not scams reported: a dump is not a sample of all traffic, so "
    "shares here do not carry over to the public.",
    "Example messages are redacted by rules. Names without a salutation before them may remain: "
    "handle this page as you handle the messages.",
    "Malay and Indonesian are hard to tell apart, as are short messages of any languages that "
    "share a script.",
)


def drift(material: Material) -> str:
    """Beside an earlier dump: warnings in plain words, and each feature; empty where unknown."""
    found = (material.campaigns.drift if material.campaigns else None) or {}
    warnings = drift_warnings(found)
    rows = list(_features(found))
    if not warnings and not rows:
        return ""
    if warnings:
        body = f'<div class="warn">{items(map(shown, warnings))}</div>'
    else:
        body = "<p>Nothing has changed so much that the model should be checked.</p>"
    if rows:
        heads = ("feature", "stability index", "change", "where most (share before → now)")
        body += table(heads, rows, texts=(0, 2, 3))
    return section("drift", "Drift", body)


def drift_warnings(found: dict[str, Any]) -> list[str]:
    """The warnings of a drift."""
    texts = found.get("warnings", [])
    return [str(text) for text in texts] if isinstance(texts, list | tuple) else []


def _features(found: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Rows of the table, as far as the document has them in the shape that this one knows."""
    features = found.get("features", [])
    for one in features if isinstance(features, list) else []:
        try:
            name, index, band = str(one["name"]), float(one["psi"]), str(one["band"])
            changes = [
                f"{change['value']} {100 * float(change['old']):.1f} % → "
                f"{100 * float(change['new']):.1f} %"
                for change in one.get("changes", [])[:_SHOWN_CHANGES]
            ]
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
        yield shown(name), f"{index:.3f}", shown(band), shown("; ".join(changes))


def quarantine(material: Material) -> str:
    """Rows that could not be scored, by reason and file."""
    counts = material.quarantine
    if counts is None:
        if material.n_quarantined is None:
            return ""
        text = f"{material.n_quarantined:,} rows could not be scored."
        return section("quarantine", "Quarantine", f"<p>{text}</p>")
    total = counts.rows + material.counts.rows
    body = (
        f'<p class="soft">{counts.rows:,} rows ({percent(counts.rows, total)}) could not be '
        "scored and were kept aside, with file and row.</p>"
    )
    if counts.rows:
        rows = sorted(counts.reasons.items(), key=lambda item: (-item[1], item[0]))
        body += table(("reason", "rows"), [(shown(name), f"{count:,}") for name, count in rows])
    if len(counts.files) > 1:
        rows = sorted(counts.files.items(), key=lambda item: (-item[1], item[0]))[: material.top]
        body += "<h3>Files</h3>" + table(
            ("file", "rows"), [(shown(name), f"{count:,}") for name, count in rows]
        )
    return section("quarantine", "Quarantine", body)


def method(material: Material) -> str:
    """How the figures came about, and what they do not say."""
    body = "".join(f"<p>{text}</p>" for text in _METHOD)
    body += "<h3>Limits</h3>" + items(_LIMITS)
    return section("method", "Method and limits", body)


def sources(material: Material) -> str:
    """Model, versions, options and files."""
    manifest, document = material.manifest, material.campaigns
    rows: list[tuple[str, str]] = []
    model: dict[str, Any] = {}
    if manifest is not None:
        model = dict(manifest.model)
    elif document is not None and document.model:
        model = document.model
    for name, value in model.items():
        rows.append((f"model {shown(str(name).replace('_', ' '))}", f"<code>{shown(value)}</code>"))
    if not model:
        rows.append(("model", "not recorded: there is no manifest beside the scored file"))
    versions = {"this report": material.package_version}
    if manifest is not None and manifest.version:
        versions["scoring"] = manifest.version
    if document is not None:
        versions["campaigns"] = document.package_version
    told = ", ".join(f"{name} {version}" for name, version in versions.items())
    rows.append(("scamclassify", shown(told)))
    if manifest is not None and manifest.finished:
        rows.append(("scored", shown(manifest.finished)))
    if document is not None:
        rows.append(("campaigns found", shown(document.created)))
        told = ", ".join(f"{name} {value}" for name, value in document.parameters.items())
        if told:
            rows.append(("parameters of campaigns", shown(told)))
    if manifest is not None and manifest.options:
        told = ", ".join(f"{name} {value}" for name, value in manifest.options.items())
        rows.append(("options of scoring", shown(told)))
    rows.append(("report made", shown(material.made)))
    columns = ", ".join(f"{part}: {name}" for part, name in material.counts.columns.items())
    rows.append(("columns read", shown(columns)))
    files = list(manifest.inputs) if manifest else []
    if not files and document is not None:
        files = [
            FileFacts(str(one.get("name", "")), "input of campaigns", None,
                      one.get("sha256"), one.get("rows"))
            for one in document.inputs
        ]  # fmt: skip
    files += material.files
    body = pairs(rows) + table(
        ("file", "what", "rows", "bytes", "SHA-256"),
        [
            (
                shown(one.name),
                shown(one.role),
                "" if one.rows is None else f"{one.rows:,}",
                "" if one.size is None else f"{one.size:,}",
                f"<code>{shown(one.sha256 or '')}</code>",
            )
            for one in files
        ],
        texts=(0, 1, 4),
    )
    return section("sources", "Model, versions, files", body)
