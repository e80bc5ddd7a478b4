"""Sections of a report that come from the scored file: totals, languages, types, time."""

from __future__ import annotations

from scamclassify.dump_report import figures
from scamclassify.dump_report.counting import KNOWN_LABELS
from scamclassify.dump_report.markup import (
    figure,
    items,
    language_cell,
    percent,
    section,
    shown,
    table,
)
from scamclassify.dump_report.material import Material
from scamclassify.dump_report.periods import over_time
from scamclassify.dump_report.svg import inline_svg
from scamclassify.evaluation.render import language_name
from scamclassify.labels import LABELS, SCAM_TYPES


def tiles(material: Material) -> str:
    """The figures that matter most."""
    counts = material.counts
    rows, scam = counts.rows, material.n_scam
    quarantined = material.n_quarantined
    found = [
        ("", f"{rows + (quarantined or 0):,}", "rows read"),
        ("", f"{rows:,}", "messages scored"),
        ("scam", f"{scam:,}", f"labelled scam ({percent(scam, rows)})"),
    ]
    if material.campaigns is not None:
        scams = [one for one in material.campaigns.campaigns if one.label == "scam"]
        total = len(material.campaigns.campaigns)
        found.append(("", f"{total:,}", f"campaigns, {len(scams):,} of scam"))
    if quarantined is not None:
        found.append(("", f"{quarantined:,}", "rows in quarantine"))
    return (
        '<div class="tiles">'
        + "".join(
            f'<div class="tile {kind}"><b>{value}</b><span>{text}</span></div>'
            for kind, value, text in found
        )
        + "</div>"
    )


def totals(material: Material) -> str:
    """By label, and how the probability is spread."""
    counts = material.counts
    by_label = counts.by("label")
    rows = [
        (name, f"{by_label[name]:,}", percent(by_label[name], counts.rows), text)
        for name, text in (
            ("ham", "wanted or neutral"),
            ("promo", "unsolicited, honest advertising"),
            ("scam", "deceives to take money, credentials or control"),
            ("unsure", "in doubt: to be looked at by hand"),
        )
        if by_label[name] or name != "unsure"
    ]
    body = table(("label", "messages", "share", "meaning"), rows, texts=(0, 3), more=(3,))
    if counts.histogram:
        share = sum(int(h[-1]) for h in counts.histogram.values())
        drawing = inline_svg(
            figures.score_histogram(counts.histogram),
            f"Histogram of the probability of scam by label; {share:,} messages are in the "
            "highest of 20 bins.",
        )
        caption = "Probability of scam. Messages between the heaps are those to look at by hand."
        body = f'<div class="pair">{body}{figure(drawing, caption)}</div>'
    return section("totals", "Labels", body)


def languages(material: Material) -> str:
    """By language."""
    found: dict[str, dict[str, int]] = {}
    for (language, label), count in material.counts.by("language", "label").items():
        found.setdefault(language, {})[label] = count
    order = sorted(found, key=lambda code: (-sum(found[code].values()), code))
    rows = []
    for code in order:
        by_label, total = found[code], sum(found[code].values())
        rows.append(
            (
                language_cell(code),
                f"{total:,}",
                *(f"{by_label.get(label, 0):,}" for label in LABELS),
                percent(by_label.get("scam", 0), total),
            )
        )
    body = table(("language", "messages", *LABELS, "scam share"), rows, more=(2, 3))
    if order:
        told = ", ".join(f"{language_name(code)} {sum(found[code].values()):,}" for code in order)
        drawing = inline_svg(
            figures.language_bars({code: found[code] for code in order}),
            f"Bars of messages by language and label: {told}.",
        )
        body = f'<div class="pair">{body}{figure(drawing, "Messages by language and label.")}</div>'
    return section("languages", "Languages", body)


def types(material: Material) -> str:
    """By type of scam."""
    counts = material.counts.by("type", label="scam")
    if "type" not in material.counts.columns:
        body = '<p class="soft">The scored file has no column of types.</p>'
        return section("types", "Types of scam", body)
    untyped = counts.pop("", 0)
    if untyped and not counts:
        body = '<p class="soft">The model that scored these messages gives no types.</p>'
        return section("types", "Types of scam", body)
    order = sorted(counts, key=lambda name: (-counts[name], name))
    rows = [
        (
            name.replace("_", " "),
            f"{counts[name]:,}",
            percent(counts[name], material.n_scam),
            shown(SCAM_TYPES[name]),
        )
        for name in order
    ]
    if untyped:
        rows.append(("no type", f"{untyped:,}", percent(untyped, material.n_scam), ""))
    body = table(("type", "messages", "of scams", "the message ..."), rows, texts=(0, 3), more=(3,))
    if order:
        told = ", ".join(f"{name.replace('_', ' ')} {counts[name]:,}" for name in order)
        drawing = inline_svg(
            figures.type_bars({name: counts[name] for name in order}),
            f"Bars of messages labelled scam by type: {told}.",
        )
        caption = "Messages labelled scam, by type."
        body = f'<div class="pair">{body}{figure(drawing, caption)}</div>'
    return section("types", "Types of scam", body)


def time(material: Material) -> str:
    """Labels and types over time; empty where the dump has no dates."""
    if material.days is None:
        return ""
    counts = material.counts
    first, last = material.days
    undated = counts.by("day")[None]
    drawn = []
    period, starts, series = over_time(counts.by("label", "day"))
    series = {label: series[label] for label in KNOWN_LABELS if label in series}
    drawn.append(_bars(period, starts, series, "Messages by label"))
    by_type = counts.by("type", "day", label="scam")
    if any(name for name, _ in by_type):
        totals = counts.by("type", label="scam")
        named = sorted((n for n in totals if n), key=lambda name: (-totals[name], name))
        kept = named[: figures.SERIES]
        grouped: dict = {}
        for (name, day), count in by_type.items():
            key = (name if name in kept else "other types", day)
            grouped[key] = grouped.get(key, 0) + count
        # Dated as the plot above, so that the two can be laid side by side.
        grouped.setdefault(("other types", first), 0)
        grouped.setdefault(("other types", last), 0)
        period, starts, series = over_time(grouped)
        ordered = {name: series[name] for name in (*kept, "other types") if name in series}
        ordered = {name: values for name, values in ordered.items() if any(values)}
        if ordered:
            drawn.append(_bars(period, starts, ordered, "Messages labelled scam, by type"))
    text = f"From {first} to {last}, by column <code>{shown(counts.columns['day'])}</code>."
    if undated:
        text += f" {undated:,} messages have no date that could be read."
    body = f'<p class="soft">{text}</p><div class="pair">{"".join(drawn)}</div>'
    return section("time", "Over time", body)


def _bars(period: str, starts: list, series: dict, title: str) -> str:
    told = ", ".join(f"{name.replace('_', ' ')} {sum(values):,}" for name, values in series.items())
    totals = [sum(values) for values in zip(*series.values(), strict=True)]
    peak = max(range(len(totals)), key=totals.__getitem__)
    drawing = inline_svg(
        figures.bars_over_time(starts, series, period, figures.LABEL_COLOURS),
        f"{title} a {period} from {starts[0]} to {starts[-1]}: {told}. "
        f"Most in the {period} of {starts[peak]}: {totals[peak]:,}.",
    )
    return figure(drawing, f"{title}, a bar for each {period}.")


def notes(material: Material) -> str:
    """What does not fit together; empty where all does."""
    found = material.notes()
    return f'<div class="warn"><b>Mind</b>{items(map(shown, found))}</div>' if found else ""
