"""``scamclassify campaigns``: find the campaigns in a dump, compare dumps."""

from __future__ import annotations

import argparse
import json
import sys

from scamclassify.cli.parser import fraction, names, positive

NAME = "campaigns"
HELP = "find campaigns: near-duplicates under changed names, numbers and links"
EXAMPLES = """
scamclassify campaigns scored.csv -o campaigns.json
scamclassify campaigns scored.parquet -o campaigns.json --labels scam,unsure
scamclassify campaigns today.csv -o today.json --previous yesterday.json --members members.csv
scamclassify campaigns today.parquet -o today.json --compare yesterday.json --drift old.parquet
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "input", metavar="INPUT", help="messages, best as score wrote them: .csv, .jsonl, .parquet"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUTPUT",
        help="campaign document to write: .json (also .gz, .zst); without it only the table is "
        "shown",
    )
    parser.add_argument(
        "--previous",
        metavar="FILE",
        help="campaign document of an earlier dump: campaigns that go on keep their ids",
    )
    parser.add_argument(
        "--compare",
        metavar="FILE",
        help="campaign document of an earlier dump: show new, growing, dying and gone campaigns",
    )
    parser.add_argument(
        "--drift",
        metavar="FILE",
        help="messages of an earlier dump: show how scores, languages, types, length, "
        "disguises and concepts have changed; written to OUTPUT as well",
    )
    parser.add_argument(
        "--members", metavar="FILE", help=".csv (also .gz) to write: campaign, row, id"
    )
    parser.add_argument(
        "--text-column",
        metavar="NAME",
        help="column of the messages (default: text, message, body, content, sms, ...)",
    )
    parser.add_argument(
        "--date-column", metavar="NAME", help="column of dates (default: date, time, sent_at, ...)"
    )
    parser.add_argument(
        "--labels",
        type=names,
        metavar="NAME,...",
        help="only messages with these labels, such as scam,unsure: of a large dump the others "
        "need no memory (default: all)",
    )
    parser.add_argument(
        "--min-size",
        type=positive,
        default=3,
        metavar="N",
        help="least messages of a campaign (default: %(default)s)",
    )
    parser.add_argument(
        "--threshold",
        type=fraction,
        default=0.5,
        metavar="X",
        help="least similarity of two messages of a campaign (default: %(default)s)",
    )
    parser.add_argument(
        "--model",
        metavar="MODEL",
        help="label the members of campaigns with this model where the file has no labels",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace existing outputs")
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object instead of tables"
    )
    parser.add_argument("--quiet", action="store_true", help="print nothing")


def run(arguments: argparse.Namespace) -> None:
    """Find, compare, write, print."""
    from scamclassify.campaigns.files import campaigns_of_file
    from scamclassify.campaigns.table import campaign_table, change_table

    outcome = campaigns_of_file(
        arguments.input,
        arguments.output,
        previous=arguments.previous,
        compare=arguments.compare,
        drift=arguments.drift,
        members=arguments.members,
        text_column=arguments.text_column,
        date_column=arguments.date_column,
        labels=arguments.labels,
        min_size=arguments.min_size,
        threshold=arguments.threshold,
        model=arguments.model,
        overwrite=arguments.overwrite,
    )
    if arguments.quiet:
        return
    if arguments.json:
        print(json.dumps(outcome.to_dict(), ensure_ascii=False))
        return
    print(campaign_table(outcome.campaigns.document))
    if outcome.changes is not None:
        print(change_table(outcome.changes))
    if outcome.drift is not None:
        print(outcome.drift)
    if outcome.left_out:
        print(f"{outcome.left_out:,} messages with other labels left out", file=sys.stderr)
    if outcome.dropped:
        print(f"{outcome.dropped:,} rows without a usable text left out", file=sys.stderr)
