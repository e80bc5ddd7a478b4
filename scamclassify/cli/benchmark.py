"""``scamclassify benchmark``: run models on the tasks of a suite, compare, show and export."""

from __future__ import annotations

import argparse

from scamclassify.cli import benchmark_report, benchmark_run
from scamclassify.cli.parser import add_command

NAME = "benchmark"
HELP = "compare models on the tasks of a suite"
EXAMPLES = """
scamclassify benchmark list
scamclassify benchmark run --models complement_nb scamclassify --output results
scamclassify benchmark compare --results results --baseline tfidf_linear_svm
scamclassify benchmark table --results results --format latex
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the commands."""
    commands = parser.add_subparsers(
        dest="benchmark_command", metavar="COMMAND", required=True, title="commands"
    )
    for module in (*benchmark_run.COMMANDS, *benchmark_report.COMMANDS):
        add_command(commands, module)
