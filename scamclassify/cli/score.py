"""``scamclassify score``: score every message of a file."""

from __future__ import annotations

import argparse
import sys

from scamclassify.cli.parser import add_model, positive

NAME = "score"
HELP = "score every message of a CSV, JSON Lines or Parquet file"
EXAMPLES = """
scamclassify score messages.csv -o scored.csv
scamclassify score dump.jsonl.gz -o scored.parquet --text-column body
scamclassify score dump.parquet -o scored.csv.zst --quiet --overwrite
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "input", metavar="INPUT", help=".csv, .tsv, .jsonl (also .gz, .zst) or .parquet"
    )
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="OUTPUT",
        help="file to write, in the format of its suffix; rows that cannot be scored go to "
        "OUTPUT.quarantine.jsonl",
    )
    add_model(parser)
    parser.add_argument(
        "--text-column",
        metavar="NAME",
        help="column to score (default: text, message, body, content, sms, ...)",
    )
    parser.add_argument(
        "--quarantine", metavar="FILE", help="another .jsonl file for rows that cannot be scored"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace existing outputs")
    parser.add_argument(
        "--batch-size",
        type=positive,
        default=20_000,
        metavar="N",
        help="rows scored together (default: %(default)s)",
    )
    parser.add_argument(
        "--progress", action="store_true", help="show a bar even where there is no terminal"
    )
    parser.add_argument("--quiet", action="store_true", help="no bar, no summary")


def run(arguments: argparse.Namespace) -> None:
    """Score."""
    from scamclassify.batch.scoring import score_file

    summary = score_file(
        arguments.input,
        arguments.output,
        model=arguments.model,
        text_column=arguments.text_column,
        batch_size=arguments.batch_size,
        progress="always" if arguments.progress else not arguments.quiet,
        quarantine=arguments.quarantine,
        overwrite=arguments.overwrite,
    )
    if not arguments.quiet:
        print(summary, file=sys.stderr)
