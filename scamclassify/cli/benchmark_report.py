"""``scamclassify benchmark compare``, ``table`` and ``show``."""

from __future__ import annotations

import argparse
from pathlib import Path
from types import SimpleNamespace

from scamclassify.cli.benchmark_run import _RESULTS, add_suite

_FORMATS = ("markdown", "latex", "html")


def _common(parser: argparse.ArgumentParser) -> None:
    add_suite(parser)
    parser.add_argument(
        "--results",
        default=_RESULTS,
        metavar="DIR",
        help="folder that run wrote to (default: %(default)s)",
    )
    parser.add_argument("--models", nargs="+", metavar="MODEL", help="default: all with results")
    parser.add_argument(
        "--format", choices=_FORMATS, default="markdown", help="default: %(default)s"
    )


def _load(arguments: argparse.Namespace):
    from scamclassify.benchmark.results import load_results
    from scamclassify.benchmark.suites import find_tasks

    tasks = [task.id for task in find_tasks(arguments.tasks, arguments.suite)]
    return load_results(arguments.results, tasks, arguments.models)


def _compare_arguments(parser: argparse.ArgumentParser) -> None:
    _common(parser)
    parser.add_argument(
        "--baseline", required=True, metavar="MODEL", help="the model to set the others beside"
    )
    parser.add_argument(
        "--plot", metavar="FILE", help="draw mean ranks and critical differences: .png, .svg, .pdf"
    )


def _compare(arguments: argparse.Namespace) -> None:
    from scamclassify.benchmark.compare import compare
    from scamclassify.benchmark.tables import comparison_table

    results = _load(arguments)
    print(comparison_table(compare(results, arguments.baseline), arguments.format))
    if arguments.plot:
        from scamclassify.benchmark.plots import plot_critical_differences, save_plot

        print(f"written: {save_plot(plot_critical_differences(results), Path(arguments.plot))}")


def _table_arguments(parser: argparse.ArgumentParser) -> None:
    _common(parser)
    parser.add_argument(
        "--by",
        choices=("tasks", "slices", "languages"),
        default="tasks",
        help="columns: one figure a task, or each task in detail (default: %(default)s)",
    )
    parser.add_argument("--intervals", action="store_true", help="with 95 %% intervals")
    parser.add_argument("--plot", metavar="FILE", help="draw them as a heat map: .png, .svg, .pdf")


def _table(arguments: argparse.Namespace) -> None:
    from scamclassify.benchmark.tables import result_tables

    results = _load(arguments)
    print(result_tables(results, arguments.format, by=arguments.by, intervals=arguments.intervals))
    if arguments.plot:
        from scamclassify.benchmark.plots import plot_heat_map, save_plot

        figure = plot_heat_map(results, arguments.by)
        print(f"written: {save_plot(figure, Path(arguments.plot))}")


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=("task", "model"))
    parser.add_argument("name", metavar="NAME")
    parser.add_argument(
        "--suite", default="asean-2026.1", metavar="SUITE", help="default: %(default)s"
    )


def _show(arguments: argparse.Namespace) -> None:
    from scamclassify.benchmark.show import describe_model, describe_task

    if arguments.kind == "task":
        print(describe_task(arguments.name, arguments.suite))
    else:
        print(describe_model(arguments.name))


COMMANDS = (
    SimpleNamespace(
        NAME="compare",
        HELP="set models beside a baseline, with corrected significance",
        EXAMPLES="""
        scamclassify benchmark compare --baseline tfidf_linear_svm
        scamclassify benchmark compare --baseline scamclassify --plot ranks.png
        """,
        add_arguments=_compare_arguments,
        run=_compare,
    ),
    SimpleNamespace(
        NAME="table",
        HELP="print tables of results",
        EXAMPLES="""
        scamclassify benchmark table --format html > table.html
        scamclassify benchmark table --tasks cross-language --by slices --intervals
        scamclassify benchmark table --plot heat.png
        """,
        add_arguments=_table_arguments,
        run=_table,
    ),
    SimpleNamespace(
        NAME="show",
        HELP="print what a task or a model is",
        EXAMPLES="""
        scamclassify benchmark show task cross-language
        scamclassify benchmark show model fasttext
        """,
        add_arguments=_show_arguments,
        run=_show,
    ),
)
