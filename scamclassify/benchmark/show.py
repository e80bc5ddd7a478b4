"""What a task or a model is, for people."""

from __future__ import annotations

import textwrap

from scamclassify.benchmark.frames import current_revision
from scamclassify.benchmark.metrics import METRICS
from scamclassify.benchmark.model import ModelSpec
from scamclassify.benchmark.resolve import resolve_models
from scamclassify.benchmark.suites import DEFAULT_SUITE, find_tasks
from scamclassify.errors import MissingExtraError


def describe_task(name: str, suite: str = DEFAULT_SUITE) -> str:
    """Everything that defines a task.

    Raises
    ------
    UnknownNameError
        With the nearest match.

    Examples
    --------
    >>> print(describe_task("cross-language").splitlines()[0])
    asean-2026.1/cross-language
    """
    blocks = []
    for task in find_tasks(name, suite):
        now = current_revision(task)
        pinned = task.revision or "not pinned"
        if task.revision not in (None, now):
            pinned += f" (the data here is {now}: figures will differ)"
        options = ", ".join(f"{key} {value}" for key, value in task.options.items())
        facts = {
            "metric": f"{task.metric}: {METRICS[task.metric][0]}",
            "tested": f"{task.origin} messages in {', '.join(task.languages)}",
            "data": ", ".join((*task.datasets, *(("the written corpus",) if task.corpus else ()))),
            "revision": pinned,
            "split": f"{task.split}{f' ({options})' if options else ''}, seed {task.seed}",
            "sample": f"at most {task.train_sample} messages of a source trained on, "
            f"{task.test_sample} tested",
            "cite": task.citation,
            "digest": task.digest(),
        }
        if task.superseded_by:
            facts["superseded by"] = task.superseded_by
        blocks.append(_block(task.id, task.description, facts))
    return "\n\n".join(blocks)


def describe_model(name: str) -> str:
    """What a model is, built of, and needs.

    Raises
    ------
    UnknownNameError
        With the nearest match.

    Examples
    --------
    >>> print(describe_model("complement_nb").splitlines()[0])
    complement_nb
    """
    (spec,) = resolve_models(name)
    if not isinstance(spec, ModelSpec):
        tasks = ", ".join(sorted(spec.tasks()))
        return _block(spec.name, spec.description, {"tasks": tasks, "digest": spec.digest(0)})
    facts = {
        "fitted with": "ham, promo and scam" if spec.labels == "all" else "scam and the rest",
        "needs": ", ".join(spec.needs) or "nothing beyond the core",
    }
    try:
        spec.check_installed()
        facts["built as"] = spec.built_as(0)
        facts["digest"] = spec.digest(0)
    except MissingExtraError as error:
        facts["needs"] = str(error)
    return _block(spec.name, spec.description, facts)


def _block(title: str, description: str, facts: dict[str, str]) -> str:
    width = max(map(len, facts)) + 2
    lines = [title, *textwrap.wrap(description, 96)]
    for key, value in facts.items():
        first, *rest = textwrap.wrap(value, 96 - width, break_on_hyphens=False) or [""]
        lines.append(f"  {key:{width}}{first}")
        lines += [f"  {'':{width}}{line}" for line in rest]
    return "\n".join(lines)
