"""A report as one HTML page that needs no other file and reads well on a phone."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from scamclassify.evaluation.fonts import NATIVE_NAMES, names_font
from scamclassify.evaluation.metrics import METRICS
from scamclassify.evaluation.render import (
    HEADLINES,
    KINDS,
    explanations,
    facts,
    interval,
    language_name,
    notes,
    number,
    slices,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from scamclassify.evaluation.report import Report

_STYLE = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0 auto;max-width:84rem;padding:1rem;color:#1a1a1a;background:#fff;
 font:16px/1.5 system-ui,sans-serif}
small[lang]{font-family:names,system-ui,sans-serif;font-size:.8rem;line-height:1.8}
h1{font-size:1.6rem;margin:.5rem 0}h2{font-size:1.2rem;margin:2rem 0 .5rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:0}
dt{color:#555}dd{margin:0;overflow-wrap:anywhere}
.wide{overflow-x:auto;border:1px solid #ddd;border-radius:6px}
table{border-collapse:collapse;font-size:.8rem;font-variant-numeric:tabular-nums;width:100%}
th,td{padding:.3rem .4rem;text-align:right;white-space:nowrap;border-bottom:1px solid #eee}
thead th{background:#f4f6f8;vertical-align:bottom;white-space:normal;min-width:4rem}
th:first-child{position:sticky;left:0;text-align:left;background:#fff;font-weight:600}
thead th:first-child{background:#f4f6f8}
tr:last-child>*{border-bottom:0}
small{color:#555;display:block;font-weight:400;font-size:.68rem}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1rem;
 align-items:start}
figure{margin:0;border:1px solid #ddd;border-radius:6px;padding:.5rem}
img{width:100%;height:auto;display:block}
li{margin:.2rem 0;overflow-wrap:anywhere}
@media(max-width:36rem){dl{grid-template-columns:1fr}dt{font-size:.8rem;margin-top:.3rem}}
@media print{.wide{overflow:visible}}
"""


def font_face() -> str:
    """The languages' own names are drawn also where the reader has no font for them."""
    data = base64.b64encode(names_font()).decode("ascii")
    return f'@font-face{{font-family:names;src:url("data:font/ttf;base64,{data}")}}'


def _picture(figure: Figure, alternative: str) -> str:
    buffer = io.BytesIO()
    # Letters become outlines: the page looks the same without the fonts.
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    return (
        f'<figure><img alt="{escape(alternative)}" src="data:image/svg+xml;base64,{data}"></figure>'
    )


def _heading(by: str, name: str) -> str:
    if by != "language":
        return escape("all" if by == "overall" else name)
    native = NATIVE_NAMES.get(name)
    text = escape(language_name(name))
    if native and native != language_name(name):
        text += f' <small lang="{escape(name)}">{escape(native)}</small>'
    return text


def _unbroken(head: str) -> str:
    """Keep a rate on one line of a narrow column head."""
    return escape(head).replace(" % ", "&nbsp;%&nbsp;")


def _table(report: Report, by: str, origin: str) -> str:
    heads = ["" if by == "overall" else by, *HEADLINES.values()]
    rows = ["<tr>" + "".join(f'<th scope="col">{_unbroken(h)}</th>' for h in heads) + "</tr>"]
    body = []
    for there, name, figures in slices(report, by):
        if there != origin:
            continue
        scam, total = int(figures["n_scam"].iloc[0]), int(figures["n"].iloc[0])
        head = f"{_heading(by, name)}<small>{scam:,} scam of {total:,}</small>"
        cells = []
        for metric in HEADLINES:
            note = str(figures["note"][metric])
            value, low, high = (float(figures[name][metric]) for name in ("value", "low", "high"))
            title = f' title="{escape(note)}"' if note else ""
            cells.append(
                f"<td{title}>{number(value, metric)}"
                f"<small>{interval(low, high, metric)}</small></td>"
            )
        body.append(f'<tr><th scope="row">{head}</th>{"".join(cells)}</tr>')
    if not body:
        return ""
    return (
        f'<div class="wide" tabindex="0"><table><thead>{rows[0]}</thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _plots(report: Report) -> str:
    pictures: list[tuple[Callable[[], Figure], str]] = [
        (partial(report.plot_languages, metric), f"{METRICS[metric]}, by language")
        for metric in ("average_precision", "recall_at_fpr_0.01", "false_positive_rate")
    ]
    for origin in report.origins:
        pictures.append(
            (
                partial(report.plot_precision_recall, origin=origin),
                f"precision over recall by language, {origin} messages",
            )
        )
        if report.metadata["score"].startswith("probability"):
            pictures.append(
                (
                    partial(report.plot_reliability, origin=origin),
                    f"reliability by language, {origin} messages",
                )
            )
    pictures.append((report.plot_confusion, "confusion of the classes"))
    drawn = []
    for draw, alternative in pictures:
        try:
            figure = draw()
        except ValueError as error:
            # A slice without scams has no curve; the page says so instead of failing.
            drawn.append(
                f"<figure>No plot of {escape(alternative)}: {escape(str(error))}.</figure>"
            )
        else:
            drawn.append(_picture(figure, alternative))
    return f'<div class="plots">{"".join(drawn)}</div>'


def html_page(report: Report) -> str:
    """Render a report as HTML; see :meth:`Report.to_html`."""
    pairs = "".join(f"<dt>{escape(n)}</dt><dd>{escape(v)}</dd>" for n, v in facts(report))
    parts = [f"<h1>Evaluation report</h1><dl>{pairs}</dl>"]
    for by, title in KINDS.items():
        for origin in report.origins:
            table = _table(report, by, origin)
            if table:
                parts.append(f"<h2>{title}, {escape(origin)}</h2>{table}")
        if by == "language":
            parts.append(f"<h2>Plots</h2>{_plots(report)}")
    lines = "".join(f"<li>{escape(text)}</li>" for text in explanations(report))
    parts.append(f"<h2>How to read it</h2><ul>{lines}</ul>")
    told = "".join(
        f"<li><b>{escape(label)}</b>, {escape(origin)}: {escape('; '.join(texts))}</li>"
        for by in KINDS
        for label, origin, texts in notes(report, by)
    )
    if told:
        parts.append(f"<h2>Notes</h2><ul>{told}</ul>")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Evaluation report: {escape(str(report.metadata['model']))}</title>"
        f"<style>{font_face()}{_STYLE}</style></head><body>{''.join(parts)}</body></html>\n"
    )
