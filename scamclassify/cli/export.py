"""``scamclassify export``: hand campaigns to another agency."""

from __future__ import annotations

import argparse
import sys

from scamclassify.cli.parser import positive

NAME = "export"
HELP = "write campaigns as STIX, MISP, CSV, JSON Lines or keyed hashes for another agency"
EXAMPLES = """
scamclassify export campaigns.json -o week12.stix.json --producer "National CERT" --validate
scamclassify export campaigns.json -o week12.misp.json --producer "National CERT" --tlp green
scamclassify export campaigns.json -o indicators.csv --producer "National CERT"
scamclassify export campaigns.json -o campaigns.jsonl --rows campaigns --producer "National CERT"
scamclassify export campaigns.json -o ours.hashes.jsonl --key-file shared.key --producer "National CERT"
"""  # noqa: E501
_FORMATS = ("stix", "misp", "csv", "jsonl", "hashes")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("input", metavar="CAMPAIGNS", help="what scamclassify campaigns wrote")
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="OUTPUT",
        help="file to write; .stix.json or .json, .misp.json, .csv, .jsonl, .hashes.jsonl",
    )
    parser.add_argument(
        "--producer", required=True, metavar="NAME", help="who shares; it is in every export"
    )
    parser.add_argument(
        "--format", choices=_FORMATS, help="whatever the name of OUTPUT ends in means"
    )
    parser.add_argument(
        "--tlp",
        choices=("clear", "green", "amber", "amber+strict", "red"),
        default="amber",
        help="who may see it: level of the Traffic Light Protocol 2.0 (default: %(default)s)",
    )
    parser.add_argument(
        "--rows",
        choices=("indicators", "campaigns"),
        default="indicators",
        help="rows of CSV and JSON Lines (default: %(default)s)",
    )
    parser.add_argument(
        "--label",
        nargs="+",
        choices=("ham", "promo", "scam"),
        default=["scam"],
        help="campaigns to share (default: scam)",
    )
    parser.add_argument(
        "--min-count",
        type=positive,
        default=2,
        metavar="N",
        help="share an indicator only if N messages hold it: what one message holds may be "
        "about its reader (default: %(default)s)",
    )
    parser.add_argument(
        "--no-messages", action="store_true", help="leave out the templates of the messages"
    )
    parser.add_argument(
        "--validate", action="store_true", help="check STIX with the stix2 library before writing"
    )
    parser.add_argument(
        "--key-file",
        metavar="FILE",
        help="secret key of keyed hashes (default: the variable SCAMCLASSIFY_KEY); whoever holds "
        "it can try values, and all phone numbers of a country take minutes",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace an existing file")
    parser.add_argument("--quiet", action="store_true", help="no summary")


def run(arguments: argparse.Namespace) -> None:
    """Export."""
    from scamclassify.campaigns.document import load_campaigns
    from scamclassify.exchange.export import export_campaigns, export_format
    from scamclassify.exchange.hashes import read_key

    kind = export_format(arguments.output, arguments.format)
    summary = export_campaigns(
        load_campaigns(arguments.input),
        arguments.output,
        producer=arguments.producer,
        format=kind,
        rows=arguments.rows,
        tlp=arguments.tlp,
        key=read_key(arguments.key_file) if kind == "hashes" else None,
        validate=arguments.validate,
        labels=arguments.label,
        min_count=arguments.min_count,
        messages=not arguments.no_messages,
        overwrite=arguments.overwrite,
    )
    if not arguments.quiet:
        print(summary, file=sys.stderr)
