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
scamclassify report scored.csv --campaigns campaigns.json -o report.html --export week.stix.json --producer "National CERT"
"""  # noqa: E501


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
    parser.add_argument(
        "--export",
        metavar="FILE",
        help="also write what another agency may have of --campaigns, as scamclassify export "
        "does with its defaults",
    )
    parser.add_argument("--producer", metavar="NAME", help="who shares, for --export")
    parser.add_argument("--overwrite", action="store_true", help="replace existing files")
    parser.add_argument("--quiet", action="store_true", help="no bar, no summary")
    parser.set_defaults(error=parser.error)


def run(arguments: argparse.Namespace) -> None:
    """Make a report."""
    if arguments.export is not None and None in (arguments.campaigns, arguments.producer):
        arguments.error("--export needs --campaigns and --producer")
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
    summaries: list[object] = [summary]
    if arguments.export is not None:
        from scamclassify.campaigns.document import load_campaigns
        from scamclassify.exchange.export import export_campaigns

        summaries.append(
            export_campaigns(
                load_campaigns(arguments.campaigns),
                arguments.export,
                producer=arguments.producer,
                overwrite=arguments.overwrite,
            )
        )
    if not arguments.quiet:
        print(*summaries, sep="\n", file=sys.stderr)
