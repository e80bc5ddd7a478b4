"""Explanations as HTML: the original text with its spans marked, and the contributions."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from unicodedata import category

import numpy as np

from scamclassify.classifiers.explanation_words import explanation_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamclassify.classifiers.explanation import Explanation

# Marks differ in more than colour: what speaks for the label is underlined, what speaks
# against it dotted. Colours of Okabe and Ito, which the colour-blind can tell apart.
_STYLE = """
<style>
.sc-x{--for:213,94,0;--against:0,114,178;--ink:#1c1c1e;--soft:#5c5c66;--line:#d8d8de;--back:#fff;
color:var(--ink);background:var(--back);border:1px solid var(--line);border-radius:8px;
padding:.8em 1em;margin:.5em 0;max-width:50em;font:14px/1.5 system-ui,sans-serif}
.sc-x .sc-head{font-weight:600}
.sc-x .sc-text{line-height:1.9;margin:.6em 0;white-space:pre-wrap;overflow-wrap:anywhere}
.sc-x mark{color:inherit;border-radius:3px;padding:.05em 0}
.sc-x mark.sc-for{background:rgba(var(--for),var(--a));border-bottom:2px solid rgb(var(--for))}
.sc-x mark.sc-against{background:rgba(var(--against),var(--a));
border-bottom:2px dotted rgb(var(--against))}
.sc-x table{border-collapse:collapse;margin:0;color:inherit}
.sc-x td{padding:.15em .6em .15em 0;vertical-align:top;border:0;text-align:start;
background:transparent;color:inherit;overflow-wrap:anywhere}
.sc-x td.sc-n{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}
.sc-x td.sc-k{color:var(--soft);white-space:nowrap}
.sc-x .sc-bar{display:inline-block;height:.7em;border-radius:2px}
.sc-x ul{margin:.4em 0 0;padding-inline-start:1.2em}
@media (prefers-color-scheme:dark){.sc-x{--ink:#ececf1;--soft:#a5a5b0;--line:#3a3a42;--back:#1e1e22;
--for:255,140,60;--against:86,180,233}}
</style>
"""


def explanation_html(explanation: Explanation, n: int = 8) -> str:
    """One explanation as a fragment of HTML; nothing of the message is markup in it."""
    return _STYLE + _fragment(explanation, n)


def explanations_page(explanations: Sequence[Explanation], n: int = 8) -> str:
    """A whole page of explanations."""
    body = "\n".join(_fragment(explanation, n) for explanation in explanations)
    language = explanations[0].language if explanations else "en"
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><title>scamclassify</title>'
        f"{_STYLE}</head>\n<body>\n{body}\n</body></html>"
    )


def _fragment(explanation: Explanation, n: int) -> str:
    words = explanation_words(explanation.language)
    top = explanation.top(n)
    most = max((abs(c.weight) for c in top), default=1.0) or 1.0
    rows = []
    for c in top:
        side = "for" if c.weight > 0 else "against"
        width = 5 * abs(c.weight) / most
        rows.append(
            f"<tr><td class='sc-n'>{c.weight:+.2f}</td>"
            f"<td><span class='sc-bar' style='width:{width:.2f}em;"
            f"background:rgb(var(--{side}))'></span></td>"
            f"<td class='sc-k'>{_escape(words['kind.' + c.kind])}</td>"
            f"<td dir='auto'>{_escape(c.reason)}</td></tr>"
        )
    findings = "".join(f"<li>{_escape(line)}</li>" for line in explanation.findings)
    return (
        f"<div class='sc-x' lang='{explanation.language}'>"
        f"<div class='sc-head'>{_escape(explanation.headline())}: "
        f"{explanation.probability:.3f}</div>"
        f"<div class='sc-text' dir='auto' lang=''>{_marked(explanation)}</div>"
        f"<table>{''.join(rows)}</table>" + (f"<ul>{findings}</ul>" if findings else "") + "</div>"
    )


def _escape(text: str) -> str:
    # Half a surrogate pair cannot be sent to a browser.
    return html.escape(text.encode("utf-8", "replace").decode("utf-8"))


def _marked(explanation: Explanation) -> str:
    """The original text, each stretch marked by what its characters earn."""
    text = explanation.text
    if not text:
        return ""
    earned = np.zeros(len(text))
    for c in explanation.contributions:
        length = sum(end - start for start, end in c.spans)
        for start, end in c.spans:
            earned[start:end] += c.weight / max(length, 1)
    most = max(float(np.abs(earned).max()), 1e-9)
    # Five strengths: neighbours that differ by a hair are one mark, not many.
    level = np.rint(5 * earned / most).astype(int)
    for at in range(1, len(text)):  # a mark belongs to the letter before it
        if category(text[at])[0] == "M":
            level[at] = level[at - 1]
    ends = np.append(np.flatnonzero(np.diff(level)) + 1, len(text)).tolist()
    parts, start = [], 0
    for end in ends:
        piece = _escape(text[start:end])
        strength = int(level[start])
        if strength and text[start:end].strip():
            side = "for" if strength > 0 else "against"
            alpha = 0.09 * abs(strength)
            piece = f"<mark class='sc-{side}' style='--a:{alpha:.2f}'>{piece}</mark>"
        parts.append(piece)
        start = end
    return "".join(parts)
