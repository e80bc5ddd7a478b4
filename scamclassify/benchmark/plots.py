"""Plots of results: critical differences of ranks, and a heat map of models and tasks."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from scamclassify.atomic import atomic_writer
from scamclassify.benchmark.compare import rank_models
from scamclassify.benchmark.metrics import METRICS
from scamclassify.benchmark.results import Results
from scamclassify.benchmark.scoring import better
from scamclassify.errors import InputFileError, UnknownNameError
from scamclassify.evaluation.fonts import font_families, language_label, plain_label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

_INK, _GREY = "#1a1a1a", "#767676"
#: Dark to light in one direction for every kind of colour vision.
_COLOURS = "cividis"
_ENDINGS = (".png", ".svg", ".pdf")
_PARTS = ("tasks", "slices", "languages")
#: Colours of Okabe and Ito (2008), and shapes, so that either alone tells models apart.
_MARKS = (
    ("#0072B2", "o"), ("#E69F00", "s"), ("#009E73", "^"), ("#D55E00", "D"), ("#CC79A7", "v"),
    ("#56B4E9", "P"),
)  # fmt: skip


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


def plot_heat_map(results: Results, by: str = "tasks") -> Figure:
    """Draw every model's figure in every task; colour runs from the worst to the best of a task.

    Parameters
    ----------
    results : Results
        Of one task, where its parts are asked for.
    by : {"tasks", "slices", "languages"}
        Columns: the main figure of each task, or the parts of one task.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    UnknownNameError, InputFileError
        If there is no such part, or parts of several tasks are asked for.
    """
    from matplotlib.figure import Figure

    table = figure_table(results, by)
    scores, metrics = table["value"].unstack("part"), table.attrs["metrics"]
    scores = scores.loc[table.attrs["models"], table.attrs["parts"]]
    values = scores.to_numpy(dtype=np.float64)
    signs = np.array([better(metrics[name]) for name in scores.columns])
    # Speeds span orders of magnitude.
    spans = np.array([metrics[name] == "predict_speed" for name in scores.columns])
    oriented = np.where(spans, np.log(np.where(spans, values, 1.0)), values * signs)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a part that no model has
        low, high = np.nanmin(oriented, axis=0), np.nanmax(oriented, axis=0)
    spread = np.where(high > low, high - low, 1.0)
    share = np.where(high > low, (oriented - low) / spread, np.where(np.isnan(values), np.nan, 0.5))
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
    labels = [_part_label(n, by) for n in scores.columns]
    if by == "tasks":
        arrows = [" ↓" if sign < 0 else "" for sign in signs]
        labels = [label + arrow for label, arrow in zip(labels, arrows, strict=True)]
    ax.set_xticks(
        range(columns), labels, rotation=40, ha="right", rotation_mode="anchor", **_text(8)
    )
    ax.set_yticks(range(rows), [plain_label(name) for name in scores.index], **_text(8.5))
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    bar = figure.colorbar(image, ax=ax, ticks=[0, 1], shrink=0.6, pad=0.01)
    bar.ax.set_yticklabels(["worst", "best"], **_text(8))
    bar.outline.set_visible(False)
    ax.set_title(_title(table, by), loc="left", **_text(9.5))
    return figure


def plot_scores(results: Results, by: str = "tasks") -> Figure:
    """Draw figures with their 95 % intervals: a row a task or a part of one, a mark a model.

    Parameters
    ----------
    results : Results
        Of at most six models, and of one task where its parts are asked for.
    by : {"tasks", "slices", "languages"}

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    UnknownNameError, InputFileError
        If there is no such part, parts of several tasks are asked for, or models are too many
        to be told apart.
    """
    from matplotlib.figure import Figure

    table = figure_table(results, by)
    models, parts = table.attrs["models"], table.attrs["parts"]
    if len(models) > len(_MARKS):
        raise InputFileError(
            f"{len(models)} models cannot be told apart in one plot; choose {len(_MARKS)} at most"
        )
    if "predict_speed" in table.attrs["metrics"].values():
        raise InputFileError("speeds are ratios without interval; plot_heat_map shows them")
    step = 0.7 / len(models)
    height = 1.3 + len(parts) * max(0.3, 0.13 * len(models))
    figure = Figure(figsize=(6.2, height), layout="constrained")
    ax = figure.subplots()
    for place, (model, (colour, marker)) in enumerate(zip(models, _MARKS, strict=False)):
        rows = table.xs(model, level="model").reindex(parts)
        y = np.arange(len(parts)) + (place - (len(models) - 1) / 2) * step
        ax.hlines(y, rows["low"], rows["high"], color=colour, linewidth=1.4, alpha=0.7)
        ax.plot(
            rows["value"], y, marker, color=colour, markersize=6, markeredgecolor="black",
            markeredgewidth=0.5, label=plain_label(model),
        )  # fmt: skip
    for edge in np.arange(0.5, len(parts) - 1):
        ax.axhline(edge, color="#dddddd", linewidth=0.6)
    signs = {name: better(table.attrs["metrics"][name]) for name in parts}
    ax.set_yticks(
        range(len(parts)),
        [_part_label(name, by) + (" ↓" if signs[name] < 0 else "") for name in parts],
        **_text(),
    )
    ax.set(xlim=(-0.02, 1.02), ylim=(len(parts) - 0.5, -0.5))
    ax.tick_params(axis="x", labelsize=8)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right"]].set_visible(False)
    used = list(dict.fromkeys(table.attrs["metrics"][name] for name in parts))
    ax.set_xlabel(
        " / ".join(METRICS[name][0] for name in used) if len(used) == 1 else "main figure",
        **_text(8.5),
    )
    ax.set_title(_title(table, by) + ", 95 % intervals", loc="left", **_text(9.5))
    legend = figure.legend(
        loc="outside lower center",
        ncols=min(3, len(models)),
        frameon=False,
        prop={"size": 8, "family": list(font_families())},
    )
    for text in legend.get_texts():
        text.set_parse_math(False)
    return figure


def figure_table(results: Results, by: str = "tasks") -> pd.DataFrame:
    """Figures as one table: a row a model and part, the columns value, low, high.

    Parameters
    ----------
    results : Results
    by : {"tasks", "slices", "languages"}

    Returns
    -------
    pandas.DataFrame
        Indexed by ``model`` and ``part``. ``attrs`` holds ``models``, ``parts``, ``metrics``
        (part -> name) and ``task`` (its name, where there is one only).

    Raises
    ------
    UnknownNameError, InputFileError
        If there is no such part, no result, or parts of several tasks are asked for.
    """
    import pandas as pd

    if by not in _PARTS:
        raise UnknownNameError("part of a task", by, _PARTS)
    tasks = list(dict.fromkeys(one.task for one in results))
    if not tasks:
        raise InputFileError("there is no result to draw")
    if by != "tasks" and len(tasks) > 1:
        raise InputFileError(
            f"{by} are drawn of one task; choose one of the {len(tasks)} with results: "
            f"{', '.join(tasks)}"
        )
    rows: dict[tuple[str, str], tuple[float, float, float]] = {}
    metrics: dict[str, str] = {}
    for one in results:
        metric = one.content["metric"]
        if by == "tasks":
            found = {one.task.rpartition("/")[2]: one.score}
        else:
            found = {name: one.part(by, name) for name in one.content[by]}
        rows |= {(one.model, name): triple for name, triple in found.items()}
        metrics |= dict.fromkeys(found, metric)
    if not rows:
        raise InputFileError(f"{tasks[0]} has no {by}")
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["value", "low", "high"])
    table.index = pd.MultiIndex.from_tuples(table.index, names=["model", "part"])
    table.attrs = {
        "models": list(dict.fromkeys(model for model, _ in rows)),
        "parts": list(metrics),
        "metrics": metrics,
        "task": tasks[0].rpartition("/")[2] if len(tasks) == 1 else None,
    }
    return table.astype(float)


def _part_label(name: str, by: str) -> str:
    return language_label(name) if by == "languages" else plain_label(name)


def _title(table: pd.DataFrame, by: str) -> str:
    if by == "tasks":
        return "Main figure of each task (↓: less is better)"
    metrics = table.attrs["metrics"]
    metric = next(iter(metrics.values()))
    less = ", less is better" if better(metric) < 0 else ""
    return f"{plain_label(table.attrs['task'])}: {metric.replace('_', ' ')} by {by[:-1]}{less}"


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
