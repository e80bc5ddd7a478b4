"""Tables of results in Markdown, LaTeX and HTML."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

import numpy as np

from scamclassify.benchmark.compare import Comparison
from scamclassify.benchmark.metrics import METRICS
from scamclassify.benchmark.results import Results
from scamclassify.benchmark.scoring import better
from scamclassify.benchmark.suites import suite_names, suite_tasks
from scamclassify.errors import UnknownNameError

FORMATS = ("markdown", "latex", "html")
_NONE = "–"

#: A cell is its text and whether it is emphasised.
Cell = tuple[str, bool]


def score_table(results: Results, style: str = "markdown", *, intervals: bool = False) -> str:
    """Main figures: one row a model, one column a task; the best of a column is bold.

    Parameters
    ----------
    results : Results
    style : {"markdown", "latex", "html"}
    intervals : bool, default=False
        With 95 % intervals.

    Returns
    -------
    str

    Raises
    ------
    UnknownNameError
        If there is no such style.
    """
    tasks = list(dict.fromkeys(one.task for one in results))
    models = list(dict.fromkeys(one.model for one in results))
    by_pair = {(one.task, one.model): one for one in results}
    metrics = {one.task: one.content["metric"] for one in results}
    header = ["model", *(_title(task, metrics[task], results) for task in tasks)]
    columns = []
    for task in tasks:
        found = [by_pair.get((task, model)) for model in models]
        triples = [(np.nan,) * 3 if one is None else one.score for one in found]
        columns.append(_column(triples, metrics[task], intervals))
    rows = [[(model, False), *(column[i] for column in columns)] for i, model in enumerate(models)]
    return _render(header, rows, style) + _caption(results, metrics, style)


def task_table(
    results: Results, style: str = "markdown", *, by: str = "slices", intervals: bool = True
) -> str:
    """One task in detail: a row a model, a column a slice (or a language).

    Parameters
    ----------
    results : Results
        Of one task.
    style : {"markdown", "latex", "html"}
    by : {"slices", "languages"}
    intervals : bool, default=True

    Returns
    -------
    str
    """
    if by not in ("slices", "languages"):
        raise UnknownNameError("part of a task", by, ("slices", "languages"))
    first = next(iter(results))
    metric = first.content["metric"]
    names = list(dict.fromkeys(name for one in results for name in one.content[by]))
    models = [one.model for one in results]
    columns = [_column([one.score for one in results], metric, intervals)]
    columns += [
        _column([one.part(by, name) for one in results], metric, intervals) for name in names
    ]
    rows = [[(model, False), *(column[i] for column in columns)] for i, model in enumerate(models)]
    return _render(["model", "all", *names], rows, style) + _caption(
        results, {first.task: metric}, style
    )


def size_table(results: Results, style: str = "markdown") -> str:
    """How much each task rests on: slices, tested messages and scams, training messages.

    Parameters
    ----------
    results : Results
        One model's are enough: all models meet the same messages.
    style : {"markdown", "latex", "html"}

    Returns
    -------
    str
    """
    rows: list[list[Cell]] = []
    for task in dict.fromkeys(one.task for one in results):
        first = next(one for one in results if one.task == task)
        parts = list(first.content["slices"].values())
        scams = [part["n_scam"] for part in parts]
        texts = [
            task.rpartition("/")[2],
            str(len(parts)),
            f"{np.mean([part['n'] for part in parts]):,.0f}",
            f"{np.mean(scams):,.0f}" if any(scams) else _NONE,
            f"{min(scams):,}" if any(scams) else _NONE,
            f"{np.mean([part['n_train'] for part in parts]):,.0f}",
        ]
        rows.append([(text, False) for text in texts])
    header = [
        "task", "slices", "tested in a fold", "scams among them", "fewest scams", "trained on",
    ]  # fmt: skip
    return _render(header, rows, style)


def result_tables(
    results: Results, style: str = "markdown", *, by: str = "tasks", intervals: bool = False
) -> str:
    """One table of all tasks, or a table for each task.

    Parameters
    ----------
    results : Results
    style : {"markdown", "latex", "html"}
    by : {"tasks", "slices", "languages"}
    intervals : bool, default=False

    Returns
    -------
    str
    """
    if by == "tasks":
        return score_table(results, style, intervals=intervals)
    parts = []
    for task in dict.fromkeys(one.task for one in results):
        own = Results([one for one in results if one.task == task])
        if any(one.content[by] for one in own):
            parts += [_heading(task, style), task_table(own, style, by=by, intervals=intervals)]
    return "\n\n".join(parts)


def _heading(text: str, style: str) -> str:
    if style == "html":
        return f"<h2>{html.escape(text)}</h2>"
    return rf"\paragraph{{{_latex(text)}}}" if style == "latex" else f"## {text}"


def comparison_table(comparison: Comparison, style: str = "markdown") -> str:
    """Differences from the baseline; bold where p is below 5 % after correction."""
    rows: list[list[Cell]] = []
    for _, row in comparison.tasks.iterrows():
        sure = bool(row["p_holm"] < 0.05)
        rows.append(
            [
                (row["task"].rpartition("/")[2], False),
                (row["model"], False),
                (_signed(row["difference"]), sure),
                (_between(row["low"], row["high"]), False),
                (_p(row["p_holm"]), False),
            ]
        )
    text = _render(["task", "model", "difference", "95 % interval", "p (Holm)"], rows, style)
    overall: list[list[Cell]] = [
        [
            (row["model"], False),
            (f"{row['wins']} / {row['losses']}", False),
            (_signed(row["difference"]), bool(row["p_holm"] < 0.05)),
            (_p(row["p_holm"]), False),
        ]
        for _, row in comparison.overall.iterrows()
    ]
    heads = ["model", "slices won / lost", "median difference", "p (Wilcoxon, Holm)"]
    note = f"Above 0: better than {comparison.baseline}. Bold: p below 5 % after correction."
    return "\n".join([text, _note(note, style), "", _render(heads, overall, style)])


def _title(task: str, metric: str, results: Results) -> str:
    several = len({one.task.partition("/")[0] for one in results}) > 1
    name = task if several else task.rpartition("/")[2]
    return f"{name} {'↓' if better(metric) < 0 else ''}".strip()


def _column(triples: Sequence[tuple[float, ...]], metric: str, intervals: bool) -> list[Cell]:
    values = np.array([triple[0] for triple in triples])
    shown = [_figure(value, metric) for value in values]
    best = ""
    if len(values) > 1 and not np.isnan(values).all():
        best = shown[int(np.nanargmax(better(metric) * values))]
    cells = []
    for text, (_, low, high) in zip(shown, triples, strict=True):
        full = text
        if intervals and text != _NONE and not np.isnan(low):
            full += f" ({_figure(low, metric)}–{_figure(high, metric)})"
        cells.append((full, text == best and text != _NONE))
    return cells


def _figure(value: float, metric: str) -> str:
    if np.isnan(value):
        return _NONE
    if metric != "predict_speed":
        return f"{value:.3f}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}"


def _signed(value: float) -> str:
    return _NONE if np.isnan(value) else f"{value:+.3f}"


def _between(low: float, high: float) -> str:
    return _NONE if np.isnan(low) else f"{low:+.3f} to {high:+.3f}"


def _p(value: float) -> str:
    if np.isnan(value):
        return _NONE
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def _caption(results: Results, metrics: dict[str, str], style: str) -> str:
    """What a reader must know: data, sample, version, metrics; and results that differ in it."""

    def values(field: str) -> list[str]:
        return sorted({str(one.content[field]) for one in results})

    used = list(dict.fromkeys(metrics.values()))
    lines = [f"{name}: {METRICS[name][0]}." for name in used]
    lines.append(
        f"Data {', '.join(values('data_revision'))}; at most {', '.join(values('train_sample'))} "
        f"messages of a source trained on, {', '.join(values('test_sample'))} tested; seed "
        f"{', '.join(values('seed'))}; scamclassify {', '.join(values('version'))}. Bold: the "
        "best; ↓: less is better."
    )
    if not all(one.content["revision_as_published"] for one in results):
        lines.append("Some results were made on another revision of the data than published.")
    if any(_differs(one.content) for one in results):
        lines.append(
            "Samples are not those of the published tasks: these figures cannot be compared with "
            "published ones."
        )
    return "\n" + _note(" ".join(lines), style)


def _differs(content: dict) -> bool:
    """Whether a result is of a published task under other options."""
    suite = content["task"].partition("/")[0]
    if suite not in suite_names():
        return False
    published = {task.id: task.digest() for task in suite_tasks(suite)}
    return published.get(content["task"], content["task_digest"]) != content["task_digest"]


def _note(text: str, style: str) -> str:
    if style == "html":
        return f"<p>{html.escape(text)}</p>"
    return _latex(text) if style == "latex" else f"\n{text}"


def _render(header: Sequence[str], rows: Sequence[Sequence[Cell]], style: str) -> str:
    if style not in _STYLES:
        raise UnknownNameError("format", style, FORMATS)
    return _STYLES[style](header, rows)


def _markdown_table(header, rows) -> str:
    def line(cells):
        return "| " + " | ".join(cells) + " |"

    body = [line([f"**{text}**" if bold else text for text, bold in row]) for row in rows]
    rule = "|---|" + "---:|" * (len(header) - 1)
    return "\n".join([line(header), rule, *body])


def _latex_table(header, rows) -> str:
    lines = [
        "% needs the package booktabs",
        rf"\begin{{tabular}}{{l{'r' * (len(header) - 1)}}}",
        r"\toprule",
        " & ".join(map(_latex, header)) + r" \\",
        r"\midrule",
    ]
    for row in rows:
        cells = [rf"\textbf{{{_latex(text)}}}" if bold else _latex(text) for text, bold in row]
        lines.append(" & ".join(cells) + r" \\")
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}"])


_LATEX = {
    "\\": r"\textbackslash{}", "_": r"\_", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$",
    "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "–": "--", "↓": r"$\downarrow$", "<": r"$<$", ">": r"$>$",
}  # fmt: skip


def _latex(text: str) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in text)


def _html_table(header, rows) -> str:
    head = "".join(f"<th>{html.escape(name)}</th>" for name in header)
    body = "\n".join(
        "<tr>"
        + "".join(
            f"<td>{'<b>' if bold else ''}{html.escape(text)}{'</b>' if bold else ''}</td>"
            for text, bold in row
        )
        + "</tr>"
        for row in rows
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


_STYLES: dict[str, Callable] = {
    "markdown": _markdown_table,
    "latex": _latex_table,
    "html": _html_table,
}
