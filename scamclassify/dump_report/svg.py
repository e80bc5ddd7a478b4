"""Figures as SVG inside the page: their lines and letters take the colours of the page."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: What figures are drawn with where the page shall choose the colour.
INK = "#010203"
_SPARK = (120, 24)
_LEAST_SLOTS = 14


def inline_svg(figure: Figure, alternative: str) -> str:
    """A matplotlib figure as an SVG element; letters become outlines.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Drawn in :data:`INK` where the page shall choose the colour.
    alternative : str
        What it shows, for those who do not see it.

    Returns
    -------
    str
        The same for the same figure, byte for byte.
    """
    import matplotlib as mpl

    buffer = io.BytesIO()
    # Identifiers inside come from a salt that is random by default.
    with mpl.rc_context({"svg.hashsalt": "scamclassify", "svg.fonttype": "path"}):
        figure.savefig(
            buffer,
            format="svg",
            transparent=True,
            metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
        )
    text = buffer.getvalue().decode("utf-8")
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, count=1, flags=re.DOTALL)
    text = text.replace(INK, "currentColor")
    # The width is that of the page, the height follows.
    text = re.sub(r'^<svg([^>]*?) width="[^"]*"', r"<svg\1", text)
    text = re.sub(r'^<svg([^>]*?) height="[^"]*"', r"<svg\1", text)
    label = escape(alternative, quote=True)
    return text.replace("<svg", f'<svg role="img" aria-label="{label}"', 1).strip()


def sparkline(values: Sequence[int], alternative: str) -> str:
    """Bars of a few numbers, as high as a line of text.

    Examples
    --------
    >>> sparkline([1, 3], "messages a day").count("<rect")
    2
    """
    width, height = _SPARK
    most = max(values, default=0) or 1
    # A few bars are not drawn as slabs.
    step = width / max(len(values), _LEAST_SLOTS)
    bars = []
    for place, value in enumerate(values):
        tall = max(height * value / most, 1.0) if value else 0.0
        bars.append(
            f'<rect x="{place * step:.1f}" y="{height - tall:.1f}" '
            f'width="{max(step * 0.85, 0.5):.1f}" height="{tall:.1f}"/>'
        )
    return (
        f'<svg class="spark" role="img" aria-label="{escape(alternative, quote=True)}" '
        f'viewBox="0 0 {width} {height}" preserveAspectRatio="none">{"".join(bars)}</svg>'
    )
