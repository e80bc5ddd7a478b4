"""Results: one JSON file for each task and model, and all of them as a table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from scamclassify.atomic import atomic_writer
from scamclassify.errors import InputFileError

if TYPE_CHECKING:
    import pandas as pd

#: Raised when the meaning of a field changes.
FORMAT = 1
_NUMBERS = re.compile(r"\[\n[-+.,0-9eEnul\s]*\]")
#: What two results must share to be the same: anything else is run again.
KEY = ("task", "task_digest", "model", "model_digest", "data_revision", "seed", "train_sample",
       "test_sample", "n_boot", "version")  # fmt: skip


@dataclass(frozen=True, repr=False)
class Result:
    """What a model did in a task.

    Attributes
    ----------
    content : dict
        The JSON object; its fields are described in ``docs/benchmark.md``.
    """

    content: dict[str, Any]

    def __repr__(self) -> str:
        return f"<Result {self.task} {self.model}: {self.score[0]:.3f}>"

    @property
    def task(self) -> str:
        """Id of the task."""
        return self.content["task"]

    @property
    def model(self) -> str:
        """Name of the model."""
        return self.content["model"]

    @property
    def score(self) -> tuple[float, float, float]:
        """Main figure and the ends of its interval; NaN where it is not defined."""
        value, low, high = (np.nan if v is None else v for v in self.content["score"])
        return value, low, high

    def part(self, by: str, name: str) -> tuple[float, float, float]:
        """Main figure of a slice or a language, and the ends of its interval; NaN where none is.

        Parameters
        ----------
        by : {"slices", "languages"}
        name : str
        """
        found = self.content[by].get(name)
        triple = [None] * 3
        if found is not None:
            triple = found["figures"][self.content["metric"]] if by == "slices" else found
        value, low, high = (np.nan if v is None else v for v in triple)
        return value, low, high

    def matches(self, key: dict[str, Any]) -> bool:
        """Whether it was made with exactly this key."""
        return all(self.content.get(name) == key[name] for name in KEY)

    def to_json(self) -> str:
        """The JSON text: lists of numbers on one line each."""
        text = json.dumps(self.content, indent=1, ensure_ascii=False, allow_nan=False)
        return _NUMBERS.sub(lambda found: " ".join(found[0].split()), text) + "\n"


@dataclass(frozen=True, repr=False)
class Results:
    """Results of many tasks and models.

    Examples
    --------
    >>> Results([])
    <Results: 0, of 0 models on 0 tasks>
    """

    results: Sequence[Result] = field(default_factory=tuple)

    def __repr__(self) -> str:
        models, tasks = {one.model for one in self}, {one.task for one in self}
        return f"<Results: {len(self)}, of {len(models)} models on {len(tasks)} tasks>"

    def __iter__(self) -> Iterator[Result]:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)

    def to_frame(self) -> pd.DataFrame:
        """One row a task and model.

        Returns
        -------
        pandas.DataFrame
            With the columns task, model, metric, value, low, high, fit_seconds,
            predict_seconds, peak_memory_mib, data_revision, version.
        """
        import pandas as pd

        columns = ["task", "model", "metric", "value", "low", "high", "fit_seconds",
                   "predict_seconds", "peak_memory_mib", "data_revision", "version"]  # fmt: skip
        rows = []
        for one in self:
            cost = one.content["cost"]
            rows.append(
                [one.task, one.model, one.content["metric"], *one.score]
                + [cost.get(name) for name in columns[6:9]]
                + [one.content["data_revision"], one.content["version"]]
            )
        return pd.DataFrame(rows, columns=columns)

    def select(self, tasks: Any = None, models: Any = None) -> Results:
        """The results of some tasks and models, in their order here.

        Parameters
        ----------
        tasks, models : str or iterable of str, optional
            Names of tasks (or ids) and of models; by default all.

        Returns
        -------
        Results
        """
        tasks = [tasks] if isinstance(tasks, str) else tasks
        models = [models] if isinstance(models, str) else models
        return Results(
            [
                one
                for one in self
                if (tasks is None or one.task in tasks or one.task.rpartition("/")[2] in tasks)
                and (models is None or one.model in models)
            ]
        )

    def scores(self) -> pd.DataFrame:
        """Main figures: one row a model, one column a task (its name)."""
        frame = self.to_frame()
        frame["task"] = frame["task"].str.rpartition("/")[2]
        wide = frame.pivot(index="model", columns="task", values="value")
        return wide.reindex(
            index=list(dict.fromkeys(frame["model"])), columns=list(dict.fromkeys(frame["task"]))
        )

    def to_markdown(self) -> str:
        """The table of main figures as Markdown."""
        from scamclassify.benchmark.tables import score_table

        return score_table(self, "markdown")

    def _repr_html_(self) -> str:
        from scamclassify.benchmark.tables import score_table

        return score_table(self, "html")

    def blocks(self) -> pd.DataFrame:
        """Figures of every slice: one row a task and slice, one column a model.

        They are what models are ranked over. A slice that not every model has is NaN there.
        """
        import pandas as pd

        rows = {}
        for one in self:
            metric = one.content["metric"]
            for name, part in one.content["slices"].items():
                value = part["figures"][metric][0]
                rows[one.task, name, one.model] = np.nan if value is None else value
        series = pd.Series(rows, dtype=float)
        if series.empty:
            return pd.DataFrame()
        wide = series.unstack()
        return wide[list(dict.fromkeys(one.model for one in self))]


def result_path(folder: Path, task: str, model: str) -> Path:
    """Where the result of a task and model is kept."""
    return folder / task.rpartition("/")[2] / f"{model}.json"


def write_result(folder: Path, result: Result) -> Path:
    """Keep a result; it appears whole or not at all."""
    path = result_path(folder, result.task, result.model)
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_writer(path) as stream:
        stream.write(result.to_json().encode("utf-8"))
    return path


def read_result(path: Path) -> Result:
    """Read a result.

    Raises
    ------
    InputFileError
        If the file is not one.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputFileError(f"{path} is no result of the benchmark: {error}") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise InputFileError(f"{path} is no result of the benchmark in format {FORMAT}")
    return Result(content)


def load_results(
    folder: str | Path, tasks: Iterable[str] | None = None, models: Iterable[str] | None = None
) -> Results:
    """Read the results of a folder.

    Parameters
    ----------
    folder : path
        That ``run`` wrote to.
    tasks, models : iterable of str, optional
        Ids of tasks and names of models, in the order wanted; by default all there are.

    Returns
    -------
    Results

    Raises
    ------
    InputFileError
        If the folder holds no result.
    """
    folder = Path(folder)
    found = [read_result(path) for path in sorted(folder.glob("*/*.json"))]
    if not found:
        raise InputFileError(
            f"{folder} holds no result; make some with: scamclassify benchmark run "
            f"--output {folder}"
        )
    for wanted, key in ((tasks, "task"), (models, "model")):
        if wanted is not None:
            order = list(wanted)
            by_name: dict[str, list[Result]] = {name: [] for name in order}
            for one in found:
                by_name.get(one.content[key], []).append(one)
            found = [one for name in order for one in by_name[name]]
    return Results(found)
