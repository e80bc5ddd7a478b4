"""The suite asean-2026.1: run what is missing, then write its tables and plots.

SCAMCLASSIFY_MIRROR=... python benchmarks/suite.py --jobs 2      # make benchmark
python benchmarks/suite.py --refresh --models scamclassify       # one model anew
python benchmarks/suite.py --tables                              # tables and plots alone
"""

from __future__ import annotations

import argparse
from pathlib import Path

from scamclassify.benchmark import Results, compare, load_results, rank_models, run_benchmark
from scamclassify.benchmark.models import BUILT_IN
from scamclassify.benchmark.plots import (
    plot_critical_differences,
    plot_heat_map,
    save_plot,
)
from scamclassify.benchmark.suites import DEFAULT_SUITE, suite_tasks
from scamclassify.benchmark.tables import comparison_table, score_table, size_table, task_table

RESULTS = Path(__file__).parent / "results" / DEFAULT_SUITE
BASELINE = "tfidf_linear_svm"
DETAILED = ("in-domain", "cross-source", "cross-language", "cross-language-authored")


def page(results: Results) -> str:
    """All tables as one Markdown page."""
    ranks = rank_models(results)
    order = ", ".join(f"{name} {value:.2f}" for name, value in ranks.ranks.items())
    comparison = compare(results, BASELINE)
    tables = comparison_table(comparison).split("\n\n")
    parts = [
        f"# Suite {DEFAULT_SUITE}",
        "Rebuild: `make benchmark` (or `python benchmarks/suite.py`). What the tasks are: "
        "`scamclassify benchmark show task NAME`. One JSON file for each task and model stands in "
        "the folders beside this page. Collected and written messages are never in one figure: "
        "tasks that end in `authored` and the two on scam types test written messages, all others "
        "collected ones.",
        "## Main figure of each task",
        score_table(results),
        "![Heat map](heat_map.png)",
        "## What the figures rest on",
        "The suite compares models on small samples, so that all of it runs on a laptop: at most "
        "250 messages of a source are trained on and 500 tested (of the written corpus 250 of a "
        "language, and all). It does not show the best that a model can do; "
        "[generalisation](../generalisation.md) trains on up to 8,000 of a source. Where a slice "
        "has few scams its interval is wide: `later` rests on 7 and 56 of them, and the "
        "[notes](../../NOTES.md#why-the-linear-svm-is-ahead-on-the-task-later) look into it.",
        size_table(Results([one for one in results if one.model == BASELINE])),
        "## Ranks",
        f"Mean rank over {ranks.n_blocks} slices that all models have (1 is best): {order}. "
        f"Friedman p {'< 0.001' if ranks.p < 0.001 else f'= {ranks.p:.3f}'}; mean ranks that "
        f"differ by less than {ranks.critical_difference:.2f} are not told apart (Nemenyi, 5 %). "
        "Slices of one task share training messages, so the test is more sure of itself than it "
        "should be.",
        "![Critical differences](critical_differences.png)",
        f"## Beside {BASELINE}, over all slices",
        tables[-1],
        "Corrected by Holm for the number of models. Task by task: `scamclassify benchmark compare "
        f"--results benchmarks/results/{DEFAULT_SUITE} --baseline {BASELINE}`.",
    ]
    for name in DETAILED:
        own = Results([one for one in results if one.task == f"{DEFAULT_SUITE}/{name}"])
        parts += [f"## {name}", task_table(own, intervals=False)]
    return "\n\n".join(parts) + "\n"


def write(results: Results) -> None:
    """Write the page and the plots."""
    (RESULTS / "README.md").write_text(page(results), encoding="utf-8")
    save_plot(plot_critical_differences(results), RESULTS / "critical_differences.png")
    save_plot(plot_heat_map(results), RESULTS / "heat_map.png")


def main() -> None:
    """Run and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", nargs="+", help="default: all whose packages are installed")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--refresh", action="store_true", help="run also what is there")
    parser.add_argument("--tables", action="store_true", help="run nothing")
    options = parser.parse_args()
    if not options.tables:
        run_benchmark(options.models, output=RESULTS, n_jobs=options.jobs, refresh=options.refresh)
    write(load_results(RESULTS, [task.id for task in suite_tasks()], BUILT_IN))


if __name__ == "__main__":
    main()
