"""Plots of a report: matplotlib figures without pyplot, narrow enough for a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scamclassify.errors import UnknownNameError
from scamclassify.evaluation.fonts import font_families, language_label, plain_label
from scamclassify.evaluation.metrics import METRICS, equal_mass_bins
from scamclassify.evaluation.render import KINDS, number, slices

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from scamclassify.evaluation.report import Report

#: Colours that people with colour-vision deficiencies tell apart (Okabe and Ito, 2008).
BLUE, ORANGE, GREEN, VERMILION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
_GREY = "#767676"

#: A phone shows 3.8 inches at about their true size, so letters stay readable.
_WIDTH = 3.8
_COLUMNS = 2
_SIZE = 8.5

#: Keeps a text readable where a curve runs under it.
_BACKING = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1}
_ORIGIN_COLOURS = {"authored": VERMILION}

#: Figures that are near 0 when all is well, so that an axis to 1 would show nothing.
_SMALL = ("false_positive_rate", "calibration_error")


def text_style(size: float = _SIZE, **more) -> dict:
    """Arguments of a text: fonts for every script, no formulas.

    Examples
    --------
    >>> text_style(color="red")["parse_math"]
    False
    """
    # Names come from data: a dollar sign in one must not start a formula.
    return {"family": list(font_families()), "fontsize": size, "parse_math": False, **more}


def _label(by: str, name: str) -> str:
    if by == "overall":
        return "all messages"
    return language_label(name) if by == "language" else plain_label(name)


def new_figure(height: float) -> Figure:
    """An empty figure, as wide as a phone; the height is in inches."""
    from matplotlib.figure import Figure

    return Figure(figsize=(_WIDTH, height), layout="constrained")


def plain_axes(ax: Axes) -> None:
    """Take the upper and the right line off axes."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(labelsize=8)


def _panels(report: Report, by: str, origin: str | None):
    """Small panels, one for each slice that has scam and other messages."""
    origin = report.origins[0] if origin is None else origin
    if origin not in report.origins:
        raise UnknownNameError("origin", origin, report.origins)
    found = [
        (name, rows)
        for there, name, rows in slices(report, by)
        if there == origin and 0 < rows["n_scam"].iloc[0] < rows["n"].iloc[0]
    ]
    if not found:
        raise ValueError(f"no {by} slice of {origin} messages has both scam and other messages")
    columns = min(_COLUMNS, len(found))
    rows_needed = -(-len(found) // columns)
    height = 3.6 if columns == 1 else 0.9 + 1.4 * rows_needed
    figure = new_figure(height)
    axes = figure.subplots(rows_needed, columns, sharex=True, sharey=True, squeeze=False)
    for ax in axes.flat[len(found) :]:
        ax.set_visible(False)
    kept = report.predictions
    for ax, (name, rows) in zip(axes.flat, found, strict=False):
        plain_axes(ax)
        ax.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.05), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
        ax.set_xticklabels(["0", ".5", "1"])
        ax.set_yticklabels(["0", ".5", "1"])
        # The lowest panel of a column bears the ticks, also where the last row is not full.
        ax.tick_params(labelbottom=True)
        part = kept[(kept["origin"] == origin)]
        if by != "overall":
            part = part[part[by] == name]
        ax.set_title(_label(by, name), loc="left", pad=3, **text_style())
        yield figure, ax, name, rows, part


def precision_recall(report: Report, by: str, origin: str | None) -> Figure:
    """Draw precision over recall; see :meth:`Report.plot_precision_recall`."""
    origin = report.origins[0] if origin is None else origin
    for figure, ax, _, rows, part in _panels(report, by, origin):  # noqa: B007
        scam = (part["label"] == "scam").to_numpy()
        scores = part["score"].to_numpy()
        order = np.argsort(-scores, kind="stable")
        ends = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)
        caught = np.cumsum(scam[order])[ends]
        recall = np.append(0.0, caught / caught[-1])
        precision = caught / (ends + 1)
        precision = np.append(precision[0], precision)
        ax.axhline(scam.mean(), color=_GREY, linewidth=0.8, linestyle=":")
        ax.plot(recall, precision, color=BLUE, linewidth=1.4, drawstyle="steps-pre")
        value = rows.loc["average_precision", "value"]
        ax.text(
            0.04,
            0.05,
            f"AP {value:.3f}",
            transform=ax.transAxes,
            bbox=_BACKING,
            **text_style(color=BLUE),
        )
    figure.supxlabel("recall of scam", **text_style())
    figure.supylabel("precision", **text_style())
    figure.suptitle(
        f"Precision and recall, {origin} messages\n(dotted: share of scam)", **text_style(9.5)
    )
    return figure


def reliability(report: Report, by: str, origin: str | None) -> Figure:
    """Draw calibration; see :meth:`Report.plot_reliability`."""
    if not report.metadata["score"].startswith("probability"):
        raise ValueError("the model gave decision margins, so there is no reliability to draw")
    origin = report.origins[0] if origin is None else origin
    for figure, ax, _, rows, part in _panels(report, by, origin):  # noqa: B007
        scores = part["score"].to_numpy().astype(np.float64)
        table = pd.DataFrame({"p": scores, "y": (part["label"] == "scam").to_numpy()})
        means = table.groupby(equal_mass_bins(scores)).agg(p=("p", "mean"), y=("y", "mean"))
        ax.plot([0, 1], [0, 1], color=_GREY, linewidth=0.8, linestyle=":")
        ax.plot(means["p"], means["y"], color=BLUE, linewidth=1, marker="o", markersize=3)
        value = rows.loc["calibration_error", "value"]
        ax.text(
            0.96,
            0.05,
            f"error {value:.3f}",
            transform=ax.transAxes,
            ha="right",
            bbox=_BACKING,
            **text_style(color=BLUE),
        )
    figure.supxlabel("mean predicted probability of scam", **text_style())
    figure.supylabel("share of scam", **text_style())
    figure.suptitle(
        f"Reliability, {origin} messages\n(bins of like size; dotted: perfect)", **text_style(9.5)
    )
    return figure


def confusion(report: Report) -> Figure:
    """Draw confusion matrices; see :meth:`Report.plot_confusion`."""
    kept = report.predictions
    columns = list(report.metadata["classes"])
    origins = report.origins
    figure = new_figure(0.7 + 2.3 * len(origins))
    axes = figure.subplots(len(origins), 1, squeeze=False)
    for ax, origin in zip(axes.flat, origins, strict=True):
        part = kept[kept["origin"] == origin]
        truths = [name for name in part["label"].cat.categories if (part["label"] == name).any()]
        table = pd.crosstab(part["label"].astype(str), part["predicted"].astype(str))
        counts = table.reindex(index=truths, columns=columns, fill_value=0).to_numpy()
        shares = counts / counts.sum(axis=1, keepdims=True)
        ax.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
        for (row, column), share in np.ndenumerate(shares):
            ax.text(
                column,
                row,
                f"{counts[row, column]:,}\n{share:.1%}",
                ha="center",
                va="center",
                **text_style(color="white" if share > 0.55 else "black"),
            )
        ax.set_xticks(range(len(columns)), columns, **text_style())
        ax.set_yticks(range(len(truths)), truths, **text_style())
        ax.tick_params(length=0)
        ax.spines[:].set_visible(False)
        ax.set_xlabel("predicted", **text_style())
        ax.set_ylabel("true", **text_style())
        ax.set_title(f"{origin} messages", loc="left", **text_style())
    figure.suptitle("Confusion: messages and share of the true class", **text_style(9.5))
    return figure


def bars(report: Report, metric: str, by: str) -> Figure:
    """Draw one figure for each slice; see :meth:`Report.plot_languages`."""
    if metric not in METRICS:
        raise UnknownNameError("metric", metric, METRICS)
    found: dict[str, list] = {}
    for origin, name, rows in slices(report, by):
        row = rows.loc[metric]
        if not np.isnan(row["value"]):
            found.setdefault(origin, []).append((name, row))
    if not found:
        raise ValueError(f"{metric} is missing for every {KINDS[by].lower().removeprefix('by ')}")
    lengths = [len(rows) for rows in found.values()]
    figure = new_figure(1.0 + sum(0.55 + 0.27 * length for length in lengths))
    axes = figure.subplots(
        len(found), 1, squeeze=False, sharex=True, height_ratios=[n + 1.2 for n in lengths]
    )
    every = [row for rows in found.values() for _, row in rows]
    reach = max(float(np.nanmax([row["value"], row["high"]])) for row in every)
    reach = max(reach, 0.01) if metric in _SMALL else 1.0
    floor = min(0.0, *(float(np.nanmin([row["value"], row["low"]])) for row in every))
    alarms = metric == "false_positive_rate"
    for ax, (origin, entries) in zip(axes.flat, found.items(), strict=True):
        plain_axes(ax)
        colour = _ORIGIN_COLOURS.get(origin, BLUE)
        for place, (_, row) in enumerate(entries):
            ax.barh(place, row["value"], color=colour, alpha=0.55, height=0.66)
            if not np.isnan(row["low"]):
                ax.plot([row["low"], row["high"]], [place, place], color="black", linewidth=1.2)
            count = row["n"] - row["n_scam"] if alarms else row["n_scam"]
            label = f"{number(row['value'], metric)}  ({count:,})"
            ax.text(reach * 1.03, place, label, va="center", **text_style(8))
        names = [_label(by, name) for name, _ in entries]
        ax.set_yticks(range(len(entries)), names, **text_style(9))
        ax.set_ylim(len(entries) - 0.4, -0.6)
        ax.set_title(f"{origin} messages", loc="left", **text_style(color=colour))
    axes.flat[0].set_xlim(floor, reach)
    counted = "honest messages" if alarms else "scams"
    percent = f"{report.metadata['confidence']:.0%}"
    title = METRICS[metric].replace(", ", ",\n")
    axes.flat[-1].set_xlabel(
        f"line: {percent} interval; in brackets: number of {counted}", **text_style(8)
    )
    figure.suptitle(title[0].upper() + title[1:], **text_style(9.5))
    return figure
