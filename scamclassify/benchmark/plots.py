"""Plots of results: critical differences of ranks, and a heat map of models and tasks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from scamclassify.atomic import atomic_writer
from scamclassify.benchmark.compare import rank_models
from scamclassify.benchmark.results import Results
from scamclassify.benchmark.scoring import better
from scamclassify.errors import UnknownNameError
from scamclassify.evaluation.fonts import font_families, plain_label

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_INK, _GREY = "#1a1a1a", "#767676"
#: Dark to light in one direction for every kind of colour vision.
_COLOURS = "cividis"
_ENDINGS = (".png", ".svg", ".pdf")


def _text(size: float = 9, **more) -> dict:
    return {"family": list(font_families()), "fontsize": size, "parse_math": False, **more}


def plot_critical_differences(results: Results) -> Figure:
    """Draw mean ranks; a bar joins models that are not told apart (Demšar, *JMLR* 7, 2006).

    Parameters
    ----------
    results : Results
        Of three models or more.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    InputFileError
        If there is too little to rank.
    """
    from matplotlib.figure import Figure

    found = rank_models(results)
    names, values = list(found.ranks.index), found.ranks.to_numpy()
    k, half = len(names), -(-len(names) // 2)
    cliques = found.cliques()
    # Rows under the axis: the bars of cliques, then the names of both sides.
    bar_rows = 0.35 * len(cliques) + 0.4
    depth = bar_rows + half
    figure = Figure(figsize=(8.5, 1.1 + 0.27 * (depth + 2)), layout="constrained")
    ax = figure.subplots()
    margin = 0.55 * (k - 1)
    ax.set_xlim(1 - margin, k + margin)
    ax.set_ylim(-depth - 0.3, 2.4)
    ax.axis("off")
    ax.plot([1, k], [0, 0], color=_INK, linewidth=1.2)
    for tick in range(1, k + 1):
        ax.plot([tick, tick], [0, 0.25], color=_INK, linewidth=1)
        ax.text(tick, 0.4, str(tick), ha="center", va="bottom", **_text(8))
    width = found.critical_difference
    ax.plot([1, 1 + width], [1.7, 1.7], color=_INK, linewidth=1.6)
    for end in (1, 1 + width):
        ax.plot([end, end], [1.55, 1.85], color=_INK, linewidth=1.2)
    label = f"critical difference {width:.2f}"
    ax.text(1 + width + 0.15, 1.7, label, ha="left", va="center", **_text(8))
    for place, (name, value) in enumerate(zip(names, values, strict=True)):
        left = place < half
        row = place if left else k - 1 - place
        y = -(bar_rows + row + 0.3)
        end = 1 - 0.1 * margin if left else k + 0.1 * margin
        ax.plot([value, value, end], [0, y, y], color=_GREY, linewidth=0.8)
        shown = plain_label(name)
        label = f"{shown}  {value:.2f}" if left else f"{value:.2f}  {shown}"
        ax.text(
            end - 0.08 if left else end + 0.08,
            y,
            label,
            ha="right" if left else "left",
            va="center",
            **_text(),
        )
    for place, members in enumerate(cliques):
        y = -0.3 - 0.35 * place
        low, high = found.ranks[members[0]], found.ranks[members[-1]]
        ax.plot([low - 0.06, high + 0.06], [y, y], color=_INK, linewidth=3, solid_capstyle="butt")
    p = "p < 0.001" if found.p < 0.001 else f"p = {found.p:.3f}"
    ax.set_title(
        f"Mean rank over {found.n_blocks} slices (1 is best); Friedman {p}; a bar joins models "
        "that are not told apart",
        loc="left",
        **_text(9.5),
    )
    return figure


def plot_heat_map(results: Results) -> Figure:
    """Draw every model's figure in every task; colour runs from the worst to the best of a task.

    Parameters
    ----------
    results : Results

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib.figure import Figure

    scores = results.scores()
    metrics = {one.task.rpartition("/")[2]: one.content["metric"] for one in results}
    values = scores.to_numpy(dtype=np.float64)
    signs = np.array([better(metrics[name]) for name in scores.columns])
    # Speeds span orders of magnitude.
    spans = np.array([metrics[name] == "predict_speed" for name in scores.columns])
    oriented = np.where(spans, np.log(np.where(spans, values, 1.0)), values * signs)
    low, high = np.nanmin(oriented, axis=0), np.nanmax(oriented, axis=0)
    spread = np.where(high > low, high - low, 1.0)
    share = np.where(high > low, (oriented - low) / spread, 0.5)
    rows, columns = values.shape
    figure = Figure(figsize=(2.4 + 0.62 * columns, 1.9 + 0.33 * rows), layout="constrained")
    ax = figure.subplots()
    ax.set_facecolor("#eeeeee")
    image = ax.imshow(np.ma.masked_invalid(share), cmap=_COLOURS, vmin=0, vmax=1, aspect="auto")
    for (row, column), value in np.ndenumerate(values):
        if np.isnan(value):
            ax.text(column, row, "–", ha="center", va="center", **_text(8, color=_GREY))
            continue
        dark = share[row, column] < 0.55
        if spans[column]:
            text = f"{value:,.0f}" if value >= 10 else f"{value:.2g}"
        else:
            text = f"{value:.2f}".removeprefix("0")
        ax.text(
            column,
            row,
            text,
            ha="center",
            va="center",
            **_text(8, color="white" if dark else "black"),
        )
    arrows = [" ↓" if sign < 0 else "" for sign in signs]
    titles = [plain_label(n) + a for n, a in zip(scores.columns, arrows, strict=True)]
    ax.set_xticks(
        range(columns), titles, rotation=40, ha="right", rotation_mode="anchor", **_text(8)
    )
    ax.set_yticks(range(rows), [plain_label(name) for name in scores.index], **_text(8.5))
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    bar = figure.colorbar(image, ax=ax, ticks=[0, 1], shrink=0.6, pad=0.01)
    bar.ax.set_yticklabels(["worst", "best"], **_text(8))
    bar.outline.set_visible(False)
    ax.set_title("Main figure of each task (↓: less is better)", loc="left", **_text(9.5))
    return figure


def save_plot(figure: Figure, path: Path) -> Path:
    """Write a figure; the ending of the name says the format.

    Raises
    ------
    UnknownNameError
        If the ending is none of .png, .svg, .pdf.
    """
    ending = path.suffix.lower()
    if ending not in _ENDINGS:
        raise UnknownNameError("format of a plot", ending or path.name, _ENDINGS)
    with atomic_writer(path) as stream:
        # Neither date nor version: the same results give the same file.
        metadata = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}.get(ending, {})
        figure.savefig(stream, format=ending[1:], dpi=150, metadata=metadata)
    return path
