"""``scamclassify benchmark list``, ``run`` and ``export``."""

from __future__ import annotations

import argparse
from pathlib import Path
from types import SimpleNamespace

from scamclassify.cli.parser import positive

_SUITE = "asean-2026.1"
_RESULTS = "benchmark-results"


def add_suite(parser: argparse.ArgumentParser) -> None:
    """Add ``--suite`` and ``--tasks``."""
    parser.add_argument(
        "--suite", default=_SUITE, metavar="SUITE", help="suite of tasks (default: %(default)s)"
    )
    parser.add_argument(
        "--tasks",
        nargs="+",
        metavar="TASK",
        help="names or patterns such as 'few-shot-*' (default: all of the suite)",
    )


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    add_suite(parser)


def _list(arguments: argparse.Namespace) -> None:
    from scamclassify.benchmark.model import find_model, model_names
    from scamclassify.benchmark.suites import find_tasks

    tasks = find_tasks(arguments.tasks, arguments.suite)
    width = max(len(task.id) for task in tasks)
    print("tasks")
    for task in tasks:
        print(f"  {task.id:{width}}  {task.metric:19}  {task.origin:9}  {task.description}")
    names = model_names()
    width = max(map(len, names))
    print("\nmodels")
    for name in names:
        print(f"  {name:{width}}  {find_model(name).description}")


def _run_arguments(parser: argparse.ArgumentParser) -> None:
    add_suite(parser)
    parser.add_argument(
        "--models",
        nargs="+",
        metavar="MODEL",
        help="names of models, package.module:Class (an estimator), "
        "encoder:package.module:Class, or predictions:FILE (default: all built-in models whose "
        "packages are installed)",
    )
    parser.add_argument(
        "--output",
        default=_RESULTS,
        metavar="DIR",
        help="folder of results; what is there is not run again (default: %(default)s)",
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=1,
        metavar="N",
        help="models fitted at a time; -1 uses all cores (default: %(default)s)",
    )
    parser.add_argument(
        "--sample",
        type=positive,
        metavar="N",
        help="train on at most N messages of a source and test 2 N: a quick look, not "
        "comparable with published figures; give it an --output of its own",
    )
    parser.add_argument("--seed", type=int, default=0, help="default: %(default)s")
    parser.add_argument("--refresh", action="store_true", help="run also what is there")
    parser.add_argument("--quiet", action="store_true", help="show no progress")


def _run(arguments: argparse.Namespace) -> None:
    from scamclassify.benchmark.run import run_benchmark

    results = run_benchmark(
        arguments.models,
        arguments.tasks,
        suite=arguments.suite,
        output=arguments.output,
        sample=arguments.sample,
        seed=arguments.seed,
        n_jobs=arguments.jobs,
        refresh=arguments.refresh,
        progress=not arguments.quiet,
    )
    print(results.to_markdown())


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    add_suite(parser)
    parser.add_argument(
        "-o", "--output", required=True, metavar="FILE", help="a CSV file, also .csv.gz"
    )
    parser.add_argument(
        "--side",
        choices=("both", "train", "test"),
        default="both",
        help="which side of the folds (default: %(default)s)",
    )


def _export(arguments: argparse.Namespace) -> None:
    from scamclassify.benchmark.predictions import write_folds
    from scamclassify.benchmark.suites import find_tasks

    tasks = find_tasks(arguments.tasks, arguments.suite)
    rows = write_folds(tasks, Path(arguments.output), side=arguments.side)
    print(f"written: {arguments.output} ({rows:,} rows, no texts)")


COMMANDS = (
    SimpleNamespace(
        NAME="list",
        HELP="list the tasks of a suite and the models",
        EXAMPLES="scamclassify benchmark list",
        add_arguments=_list_arguments,
        run=_list,
    ),
    SimpleNamespace(
        NAME="run",
        HELP="run models on tasks; only what is missing",
        EXAMPLES="""
        scamclassify benchmark run --models complement_nb --tasks in-domain --output results
        scamclassify benchmark run --models sklearn.linear_model:Perceptron --jobs 2
        scamclassify benchmark run --models predictions:mine.csv --tasks 'few-shot-*'
        """,
        add_arguments=_run_arguments,
        run=_run,
    ),
    SimpleNamespace(
        NAME="export",
        HELP="write the folds as ids, for a model that runs elsewhere",
        EXAMPLES="scamclassify benchmark export --tasks in-domain -o folds.csv.gz",
        add_arguments=_export_arguments,
        run=_export,
    ),
)
