"""Tables of a report for people: summary frames and Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from scamclassify.errors import UnknownNameError
from scamclassify.labels import LANGUAGES, UNDETERMINED

if TYPE_CHECKING:
    from scamclassify.evaluation.report import Report

#: Headline figures and the heads of their columns.
HEADLINES: dict[str, str] = {
    "average_precision": "AP",
    "recall_at_fpr_0.001": "recall at 0.1 % FP",
    "recall_at_fpr_0.005": "recall at 0.5 % FP",
    "recall_at_fpr_0.01": "recall at 1 % FP",
    "precision_at_prevalence_fpr_0.01": "precision* at 1 % FP",
    "precision_at_prevalence": "precision*",
    "recall": "recall",
    "false_positive_rate": "FP rate",
    "f1": "F1",
    "macro_f1": "macro-F1",
    "mcc": "MCC",
    "calibration_error": "calib. error",
}

#: Kinds of slices and the titles of their tables.
KINDS: dict[str, str] = {
    "overall": "All messages",
    "language": "By language",
    "source": "By source",
}

_MISSING = "-"
_SELF_EXPLAINING = ("no scam messages", "no honest messages")


def language_name(code: str) -> str:
    """English name of a language; its code where it has none here."""
    return "undetermined" if code == UNDETERMINED else LANGUAGES.get(code, code)


def number(value: float, metric: str) -> str:
    """Format a figure; shares of false positives need more places.

    Examples
    --------
    >>> number(0.98765, "mcc"), number(0.00123, "false_positive_rate"), number(np.nan, "mcc")
    ('0.988', '0.0012', '-')
    """
    if np.isnan(value):
        return _MISSING
    return f"{value:.4f}" if metric == "false_positive_rate" else f"{value:.3f}"


def interval(low: float, high: float, metric: str) -> str:
    """Format an interval; an empty string where there is none.

    Examples
    --------
    >>> interval(0.9, 0.95, "mcc")
    '[0.900, 0.950]'
    """
    if np.isnan(low) or np.isnan(high):
        return ""
    return f"[{number(low, metric)}, {number(high, metric)}]"


def slices(report: Report, by: str) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield origin, slice and its rows indexed by metric; collected messages come first.

    Raises
    ------
    UnknownNameError
        If ``by`` is no kind of slice.
    """
    if by not in KINDS:
        raise UnknownNameError("kind of slice", by, KINDS)
    rows = report.table[report.table["slice_kind"] == by]
    order = {code: place for place, code in enumerate(LANGUAGES)}
    for origin in report.origins:
        found = rows[rows["origin"] == origin]
        names = sorted(found["slice"].unique(), key=lambda name: (order.get(name, 99), name))
        for name in names:
            yield origin, name, found[found["slice"] == name].set_index("metric")


def summary_table(report: Report, by: str = "language") -> pd.DataFrame:
    """Lay out the headline figures wide; see :meth:`Report.summary`."""
    records = []
    for origin, name, rows in slices(report, by):
        label = language_name(name) if by == "language" else name
        record: dict[str, Any] = {by: label, "origin": origin}
        record["messages"] = int(rows["n"].iloc[0])
        record["scam"] = int(rows["n_scam"].iloc[0])
        for metric, head in HEADLINES.items():
            value, low, high = (float(rows[name][metric]) for name in ("value", "low", "high"))
            text = f"{number(value, metric)} {interval(low, high, metric)}"
            record[head] = text.strip()
        records.append(record)
    columns = [by, "origin", "messages", "scam", *HEADLINES.values()]
    return pd.DataFrame(records, columns=columns).set_index([by, "origin"])


def facts(report: Report) -> list[tuple[str, str]]:
    """What a figure must be read with: pairs of a name and a value."""
    meta = report.metadata
    drawn = f"{meta['n_boot']} resamples of {meta['n_groups']:,} groups of near-duplicates"
    return [
        ("Model", str(meta["model"])),
        ("Score", str(meta["score"])),
        ("Data revision", str(meta["data_revision"])),
        ("Split", str(meta["split"])),
        ("Messages", f"{meta['n_messages']:,}"),
        (
            "Intervals",
            f"{meta['confidence']:.0%}, {drawn}, seed {meta['random_state']}"
            if meta["n_boot"]
            else "none",
        ),
        ("Stated prevalence*", f"{meta['prevalence']:.3%}".replace(".000%", "%")),
        ("scamclassify", str(meta["package_version"])),
        ("Made", str(meta["time"])),
    ]


def explanations(report: Report) -> list[str]:
    """How to read the columns."""
    return [
        "AP: average precision of the scam score. FP: honest messages (ham and promo) called scam.",
        "recall at x % FP: share of the scams found when x % of the honest messages are flagged.",
        "precision*: share of flagged messages that are scam if "
        f"{report.metadata['prevalence']:.3g} of all messages were; the test messages hold more "
        "scam than real traffic.",
        "recall, FP rate, F1, MCC, precision*: at the model's own decision.",
        "macro-F1: mean over the classes that occur in the slice.",
        "calib. error: expected calibration error of the scam probability over up to 10 bins of "
        "like size.",
        "Collected messages were sent by people; authored ones were written for this project. "
        "No figure mixes them.",
    ]


def notes(report: Report, by: str) -> list[tuple[str, str, list[str]]]:
    """What to mind about each slice: its name, origin, and its notes with their figures."""
    out = []
    for origin, name, rows in slices(report, by):
        told: dict[str, list[str]] = {}
        for metric, head in HEADLINES.items():
            for note in filter(None, str(rows.loc[metric, "note"]).split("; ")):
                told.setdefault(note, []).append(head)
        if told:
            label = language_name(name) if by == "language" else name
            lines = [
                note if note in _SELF_EXPLAINING else f"{', '.join(heads)}: {note}"
                for note, heads in told.items()
            ]
            out.append((label, origin, lines))
    return out


def _cell(text: str) -> str:
    """Escape what would break a Markdown table or be taken for markup."""
    text = " ".join(text.split())
    for sign in "\\`*_[]<>|#":
        text = text.replace(
            sign, f"\\{sign}" if sign not in "<>" else {"<": "&lt;", ">": "&gt;"}[sign]
        )
    return text


def markdown(report: Report) -> str:
    """Render a report as Markdown; see :meth:`Report.to_markdown`."""
    lines = ["# Evaluation report", ""]
    lines += [f"- {_cell(name)}: {_cell(value)}" for name, value in facts(report)]
    for by, title in KINDS.items():
        table = summary_table(report, by).reset_index()
        for origin in report.origins:
            part = table[table["origin"] == origin].drop(columns="origin")
            if part.empty:
                continue
            lines += ["", f"## {title}, {origin}", ""]
            lines.append("| " + " | ".join(_cell(str(head)) for head in part.columns) + " |")
            lines.append("|" + " --- |" * len(part.columns))
            for row in part.itertuples(index=False):
                cells = [f"{v:,}" if isinstance(v, int) else _cell(str(v)) for v in row]
                lines.append("| " + " | ".join(cells) + " |")
    lines += ["", "## How to read it", ""]
    lines += [f"- {_cell(text)}" for text in explanations(report)]
    lines += ["", "## Notes", ""]
    for by in KINDS:
        for label, origin, told in notes(report, by):
            lines.append(f"- {_cell(label)}, {origin}: {_cell('; '.join(told))}")
    return "\n".join(lines) + "\n"
