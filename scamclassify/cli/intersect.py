"""``scamclassify intersect``: what two files of keyed hashes share."""

from __future__ import annotations

import argparse
import sys

NAME = "intersect"
HELP = "find the indicators that two files of keyed hashes share"
EXAMPLES = """
scamclassify intersect ours.hashes.jsonl theirs.hashes.jsonl
scamclassify intersect ours.hashes.jsonl theirs.hashes.jsonl -o shared.csv --overwrite
scamclassify intersect ours.hashes.jsonl theirs.hashes.jsonl --reveal campaigns.json --key-file shared.key -o shared.csv
"""  # noqa: E501


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("first", metavar="OURS", help="what scamclassify export wrote")
    parser.add_argument("second", metavar="THEIRS", help="what another agency wrote with one key")
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUTPUT",
        help="write the shared entries: .csv or .jsonl (default: print them as CSV)",
    )
    parser.add_argument(
        "--reveal",
        metavar="CAMPAIGNS",
        help="your own campaigns, to look up which of your indicators are shared",
    )
    parser.add_argument(
        "--key-file",
        metavar="FILE",
        help="secret key for --reveal (default: the variable SCAMCLASSIFY_KEY)",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace an existing file")
    parser.add_argument("--quiet", action="store_true", help="no summary")


def run(arguments: argparse.Namespace) -> None:
    """Intersect."""
    from scamclassify.exchange.hashes import read_key
    from scamclassify.exchange.intersection import intersect_files, shared_table

    own = None
    if arguments.reveal is not None:
        from scamclassify.campaigns.document import load_campaigns

        own = load_campaigns(arguments.reveal), read_key(arguments.key_file)
    summary, shared = intersect_files(
        arguments.first,
        arguments.second,
        arguments.output,
        own=own,
        overwrite=arguments.overwrite,
    )
    if arguments.output is None:
        print(shared_table(shared, "csv").decode("utf-8"), end="")
    if not arguments.quiet:
        print(summary, file=sys.stderr)
