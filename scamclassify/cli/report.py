"""``scamclassify report``: one page on a scored dump."""

from __future__ import annotations

import argparse
import sys

from scamclassify.cli.parser import positive

NAME = "report"
HELP = "make one HTML page on a scored file: totals, types, campaigns, indicators"
EXAMPLES = """
scamclassify report scored.csv -o report.html
scamclassify report scored.parquet --campaigns campaigns.json -o report.html --overwrite
scamclassify report scored.csv --campaigns today.json --previous yesterday.json -o report.html
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "input", metavar="SCORED", help="what scamclassify score wrote: .csv, .jsonl or .parquet"
    )
    parser.add_argument(
        "-o", "--output", required=True, metavar="OUTPUT", help="page to write, .html"
    )
    parser.add_argument(
        "--campaigns", metavar="FILE", help="what scamclassify campaigns wrote for these messages"
    )
    parser.add_argument(
        "--previous", metavar="FILE", help="earlier campaigns, to say what has changed since"
    )
    parser.add_argument(
        "--quarantine",
        metavar="FILE",
        help="rows that could not be scored (default: SCORED.quarantine.jsonl if it is there)",
    )
    parser.add_argument(
        "--date-column", metavar="NAME", help="column of dates (default: date, time, sent_at, ...)"
    )
    parser.add_argument(
        "--top",
        type=positive,
        default=20,
        metavar="N",
        help="campaigns and indicators to show (default: %(default)s)",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace an existing page")
    parser.add_argument("--quiet", action="store_true", help="no bar, no summary")


def run(arguments: argparse.Namespace) -> None:
    """Make a report."""
    from tqdm import tqdm

    from scamclassify.dump_report.report import report_dump

    # None: silent where standard error is no terminal.
    hidden = True if arguments.quiet else None
    with tqdm(unit=" rows", unit_scale=True, disable=hidden) as bar:
        summary = report_dump(
            arguments.input,
            arguments.output,
            campaigns=arguments.campaigns,
            previous=arguments.previous,
            quarantine=arguments.quarantine,
            date_column=arguments.date_column,
            top=arguments.top,
            overwrite=arguments.overwrite,
            advance=bar.update,
        )
    if not arguments.quiet:
        print(summary, file=sys.stderr)
