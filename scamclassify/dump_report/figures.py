"""Figures of a report on a scored dump; matplotlib draws every script as it must be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from scamclassify.dump_report.svg import INK
from scamclassify.evaluation.fonts import language_label
from scamclassify.evaluation.plots import (
    BLUE,
    GREEN,
    ORANGE,
    VERMILION,
    new_figure,
    plain_axes,
    text_style,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Colours of the labels; told apart also without colour vision, and on dark pages.
LABEL_COLOURS: dict[str, str] = {
    "ham": BLUE,
    "promo": ORANGE,
    "scam": VERMILION,
    "unsure": "#8A8A8A",
}
#: Most types with a colour of their own; the rest are drawn together.
SERIES = 6
# Okabe and Ito (2008), with hatches for those who see no colours.
_SERIES_STYLE = (
    (VERMILION, ""),
    (BLUE, "//"),
    (ORANGE, ""),
    (GREEN, "\\\\"),
    ("#CC79A7", ""),
    ("#56B4E9", ".."),
    ("#8A8A8A", ""),
)


def _axes(height: float) -> tuple[Figure, Axes]:
    figure = new_figure(height)
    ax = figure.subplots()
    plain_axes(ax)
    ax.spines[["left", "bottom"]].set_color(INK)
    ax.tick_params(colors=INK, labelsize=8)
    return figure, ax


def _ink(size: float = 8.5, **more) -> dict:
    return text_style(size, color=INK, **more)


def _legend(ax: Axes, columns: int) -> None:
    from matplotlib.font_manager import FontProperties

    from scamclassify.evaluation.fonts import font_families

    legend = ax.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=columns,
        frameon=False,
        labelcolor=INK,
        prop=FontProperties(family=list(font_families()), size=8),
        handlelength=1.2,
        columnspacing=1.0,
        borderaxespad=0.1,
    )
    for text in legend.get_texts():
        text.set_parse_math(False)


def language_bars(counts: Mapping[str, Mapping[str, int]]) -> Figure:
    """Messages a language, by label.

    Parameters
    ----------
    counts : mapping of str to mapping of str to int
        Language -> label -> messages; drawn in this order.
    """
    names = list(counts)
    figure, ax = _axes(0.9 + 0.26 * len(names))
    left = np.zeros(len(names))
    labels = [label for label in LABEL_COLOURS if any(counts[name].get(label) for name in names)]
    for label in labels:
        values = np.array([counts[name].get(label, 0) for name in names], dtype=np.float64)
        ax.barh(range(len(names)), values, left=left, color=LABEL_COLOURS[label], height=0.68,
                label=label)  # fmt: skip
        left += values
    ax.set_yticks(range(len(names)), [language_label(name) for name in names], **_ink(8.5))
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xlabel("messages", **_ink(8))
    _thousands(ax, "x")
    _legend(ax, max(len(labels), 1))
    return figure


def type_bars(counts: Mapping[str, int]) -> Figure:
    """Scams a type, in the order of the mapping."""
    names = list(counts)
    figure, ax = _axes(0.6 + 0.26 * len(names))
    values = [counts[name] for name in names]
    ax.barh(range(len(names)), values, color=VERMILION, height=0.68)
    most = max(values, default=1)
    for place, value in enumerate(values):
        ax.text(value + most * 0.015, place, f"{value:,}", va="center", **_ink(8))
    ax.set_yticks(range(len(names)), [name.replace("_", " ") for name in names], **_ink(8.5))
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xlim(0, most * 1.18)
    ax.set_xlabel("messages labelled scam", **_ink(8))
    _thousands(ax, "x")
    return figure


def bars_over_time(
    starts: Sequence[date],
    series: Mapping[str, Sequence[int]],
    period: str,
    colours: Mapping[str, str],
) -> Figure:
    """Stacked bars over time, one colour and hatch a series.

    Parameters
    ----------
    starts : sequence of datetime.date
    series : mapping of str to sequence of int
        At most :data:`SERIES` and one for the rest.
    period : str
    colours : mapping of str to str
        Colours of series that have one everywhere.
    """
    figure, ax = _axes(3.1)
    days = np.array([day.toordinal() for day in starts], dtype=np.float64)
    width = float(np.diff(days).min()) * 0.86 if len(days) > 1 else 0.8
    bottom = np.zeros(len(days))
    for (name, values), (colour, hatch) in zip(series.items(), _SERIES_STYLE, strict=False):
        heights = np.asarray(values, dtype=np.float64)
        if name in colours:
            colour, hatch = colours[name], ""
        ax.bar(days, heights, width, bottom=bottom, color=colour, hatch=hatch,
               edgecolor=(1, 1, 1, 0.45) if hatch else colour, linewidth=0,
               label=name.replace("_", " "))  # fmt: skip
        bottom += heights
    _date_ticks(ax, starts, period)
    ax.set_ylabel(f"messages a {period}", **_ink(8))
    _thousands(ax, "y")
    _legend(ax, 2 if len(series) > 3 else len(series))
    return figure


def _date_ticks(ax: Axes, starts: Sequence[date], period: str) -> None:
    step = max(1, -(-len(starts) // 5))
    shown = starts[::step]
    many_years = starts[0].year != starts[-1].year
    written = {"month": "{day:%b}", "year": "{day.year}"}.get(period, "{day.day} {day:%b}")
    years = many_years and period != "year"
    texts = [written.format(day=day) + (f"\n{day.year}" if years else "") for day in shown]
    ax.set_xticks([day.toordinal() for day in shown], texts, **_ink(8))
    if not many_years:
        ax.set_xlabel(str(starts[0].year), **_ink(8))


def score_histogram(histogram: Mapping[str, np.ndarray]) -> Figure:
    """How the probability of scam is spread, by label; the scale is logarithmic."""
    figure, ax = _axes(2.5)
    bins = len(next(iter(histogram.values())))
    edges = np.arange(bins) / bins
    bottom = np.zeros(bins)
    for label in LABEL_COLOURS:
        if label not in histogram:
            continue
        values = histogram[label].astype(np.float64)
        ax.bar(edges, values, 0.92 / bins, bottom=bottom, align="edge",
               color=LABEL_COLOURS[label], label=label)  # fmt: skip
        bottom += values
    ax.set_yscale("symlog", linthresh=10)
    ax.set_ylim(0, None)
    ax.set_xlim(0, 1)
    ax.set_xlabel("probability of scam", **_ink(8))
    ax.set_ylabel("messages (log scale)", **_ink(8))
    _thousands(ax, "y")
    ax.minorticks_off()
    _legend(ax, len(histogram))
    return figure


def _thousands(ax: Axes, axis: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    found = ax.xaxis if axis == "x" else ax.yaxis
    if axis == "x" or ax.get_yscale() == "linear":
        found.set_major_locator(MaxNLocator(4, integer=True))
    found.set_major_formatter(FuncFormatter(short_number))


def short_number(value: float, _: object = None) -> str:
    """A number in few letters.

    Examples
    --------
    >>> [short_number(x) for x in (950, 12_000, 1_500_000)]
    ['950', '12k', '1.5M']
    """
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.3g}{letter}"
    return f"{value:.3g}"
