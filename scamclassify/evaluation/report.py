"""What an evaluation found: figures with intervals, and what the plots need."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from scamclassify.atomic import atomic_writer
from scamclassify.errors import UnknownNameError
from scamclassify.evaluation import report_json
from scamclassify.evaluation.metrics import METRICS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_FORMATS = (".json", ".md", ".html", ".csv")


@dataclass(frozen=True, eq=False, repr=False)
class Report:
    """Figures of an evaluation; made by :func:`~scamclassify.evaluation.evaluator.evaluate`.

    Parameters
    ----------
    table : pandas.DataFrame
        One row per slice and metric, with the columns ``slice_kind, slice, origin, metric,
        value, low, high, n, n_scam, note``. The kind is ``overall``, ``language`` or
        ``source``; no slice mixes origins.
    metadata : dict
        Model, data revision, split, seed, prevalence, package version, time.
    predictions : pandas.DataFrame
        One row per message: ``score`` (float32) and the categories ``label``, ``predicted``,
        ``language``, ``source``, ``origin``. No texts.

    Examples
    --------
    >>> from scamclassify.evaluation.evaluator import evaluate_scores
    >>> frame = pd.DataFrame({"label": ["scam", "ham"], "language": ["th", "th"]})
    >>> report = evaluate_scores(frame, [0.9, 0.2], ["scam", "ham"], groups=[0, 1], n_boot=0)
    >>> Report.from_json(report.to_json()).value("f1", language="th")
    1.0
    """

    table: pd.DataFrame
    metadata: dict[str, Any]
    predictions: pd.DataFrame

    @property
    def origins(self) -> list[str]:
        """Origins that occur, collected messages first."""
        return sorted(self.table["origin"].unique(), reverse=True, key=lambda o: o != "authored")

    def value(
        self,
        metric: str,
        *,
        language: str | None = None,
        source: str | None = None,
        origin: str | None = None,
    ) -> float:
        """Return one figure; overall, or of one language or source.

        Parameters
        ----------
        metric : str
            One of :data:`~scamclassify.evaluation.metrics.METRICS`.
        language, source : str, optional
            At most one of them.
        origin : str, optional
            May be left out where the report has one origin only.

        Raises
        ------
        UnknownNameError
            If there is no such metric, slice or origin.
        """
        if metric not in METRICS:
            raise UnknownNameError("metric", metric, METRICS)
        if language is not None and source is not None:
            raise ValueError("give a language or a source, not both: slices do not cross them")
        kind = "language" if language else "source" if source else "overall"
        name = language or source or "all"
        rows = self.table[(self.table["slice_kind"] == kind) & (self.table["metric"] == metric)]
        if name not in set(rows["slice"]):
            raise UnknownNameError(kind, name, rows["slice"].unique())
        rows = rows[rows["slice"] == name]
        if origin is None and len(rows) > 1:
            raise ValueError(f"say which origin: {', '.join(rows['origin'])}")
        if origin is not None and origin not in set(rows["origin"]):
            raise UnknownNameError("origin", origin, rows["origin"])
        if origin is not None:
            rows = rows[rows["origin"] == origin]
        return float(rows["value"].iloc[0])

    def summary(self, by: str = "language") -> pd.DataFrame:
        """Lay the headline figures out wide, as text with intervals.

        Parameters
        ----------
        by : {"language", "source", "overall"}, default="language"

        Returns
        -------
        pandas.DataFrame
            Indexed by slice and origin; "-" where a figure is missing.
        """
        from scamclassify.evaluation.render import summary_table

        return summary_table(self, by)

    def __repr__(self) -> str:
        n, scam = len(self.predictions), int((self.predictions["label"] == "scam").sum())
        return f"<Report on {self.metadata.get('model', 'a model')}: {n:,} messages, {scam:,} scam>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(repr(self)[1:-1])}</p>{self.summary().to_html()}"

    def to_frame(self) -> pd.DataFrame:
        """Return a copy of the tidy table."""
        return self.table.copy()

    def to_markdown(self) -> str:
        """Render as Markdown: metadata, tables, notes."""
        from scamclassify.evaluation.render import markdown

        return markdown(self)

    def to_html(self) -> str:
        """Render as one self-contained HTML page with plots."""
        from scamclassify.evaluation.page import html_page

        return html_page(self)

    def to_json(self) -> str:
        """Render as JSON, from which :meth:`from_json` makes the same report."""
        return report_json.dump(self.table, self.metadata, self.predictions)

    @classmethod
    def from_json(cls, text: str) -> Report:
        """Make a report from the text that :meth:`to_json` gave.

        Raises
        ------
        InputFileError
            If the text is not a report, is damaged or of an unknown version.
        """
        return cls(*report_json.load(text))

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the report in the format of the suffix: .json, .md, .html or .csv (the table).

        The file is written beside its target and then renamed: it is whole or not there.

        Parameters
        ----------
        path : path-like
            Its folder must exist.

        Returns
        -------
        pathlib.Path

        Raises
        ------
        UnknownNameError
            If the suffix is none of the four.
        """
        path = Path(path)
        suffix = path.suffix.lower()
        if suffix not in _FORMATS:
            raise UnknownNameError("report format", suffix or path.name, _FORMATS)
        render = {
            ".json": self.to_json,
            ".md": self.to_markdown,
            ".html": self.to_html,
            ".csv": lambda: self.table.to_csv(index=False),
        }[suffix]
        content = render().encode("utf-8")
        with atomic_writer(path) as stream:
            stream.write(content)
        return path

    def plot_precision_recall(self, by: str = "language", origin: str | None = None) -> Figure:
        """Draw precision over recall, a small panel for each slice.

        Parameters
        ----------
        by : {"language", "source", "overall"}, default="language"
        origin : str, optional
            By default the first of :attr:`origins`.

        Returns
        -------
        matplotlib.figure.Figure
        """
        from scamclassify.evaluation import plots

        return plots.precision_recall(self, by, origin)

    def plot_reliability(self, by: str = "language", origin: str | None = None) -> Figure:
        """Draw the share of scam over the predicted probability; parameters as above.

        Raises
        ------
        ValueError
            If the model gave no probabilities.
        """
        from scamclassify.evaluation import plots

        return plots.reliability(self, by, origin)

    def plot_confusion(self) -> Figure:
        """Draw how often each class was taken for which, a panel for each origin."""
        from scamclassify.evaluation import plots

        return plots.confusion(self)

    def plot_languages(self, metric: str = "average_precision", by: str = "language") -> Figure:
        """Draw one figure as bars with intervals, collected and authored messages apart.

        Parameters
        ----------
        metric : str, default="average_precision"
            One of :data:`~scamclassify.evaluation.metrics.METRICS`.
        by : {"language", "source"}, default="language"
        """
        from scamclassify.evaluation import plots

        return plots.bars(self, metric, by)
