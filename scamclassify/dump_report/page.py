"""A report on a scored dump as one HTML page that needs nothing else."""

from __future__ import annotations

import re

from scamclassify.dump_report import background, campaign_cards, overview
from scamclassify.dump_report.markup import items, shown
from scamclassify.dump_report.material import Material
from scamclassify.dump_report.style import STYLE
from scamclassify.evaluation.page import font_face

#: Nothing is fetched, nothing runs, nothing is sent.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def report_page(material: Material) -> str:
    """Render a report.

    Parameters
    ----------
    material : Material

    Returns
    -------
    str
        HTML; the same for the same material.
    """
    parts = [
        overview.totals(material),
        overview.types(material),
        overview.languages(material),
        overview.time(material),
        campaign_cards.campaigns(material),
        campaign_cards.changes(material),
        campaign_cards.indicators(material),
        background.drift(material),
        background.quarantine(material),
        background.method(material),
        background.sources(material),
    ]
    content = "".join(parts)
    anchors = re.findall(r'<section id="([a-z]+)"><h2>([^<]+)</h2>', content)
    links = "".join(f'<a href="#{name}">{title}</a>' for name, title in anchors)
    title = f"Scored messages: {material.name}"
    when = ""
    if material.days is not None:
        when = f"{material.days[0]} to {material.days[1]} · "
    warnings = background.drift_warnings(
        (material.campaigns.drift if material.campaigns else None) or {}
    )
    drifted = ""
    if warnings:
        drifted = f'<div class="warn"><b>Drift</b>{items(map(shown, warnings))}</div>'
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">'
        # A number of a scammer must not become a button that calls it.
        '<meta name="format-detection" content="telephone=no,email=no,address=no,date=no">'
        f"<title>{shown(title)}</title><style>{font_face()}{STYLE}</style></head><body>"
        f"<header><h1>{shown(title)}</h1>"
        f'<p class="soft">{shown(when)}made {shown(material.made)} with scamclassify '
        f"{shown(material.package_version)}</p></header>"
        f"{overview.tiles(material)}{drifted}{overview.notes(material)}"
        f'<nav aria-label="Sections">{links}</nav><main>{content}</main></body></html>\n'
    )
