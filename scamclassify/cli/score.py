"""``scamclassify score``: score every message of files."""

from __future__ import annotations

import argparse
import sys

from scamclassify.cli.parser import add_model, add_operation, fraction, names, positive

NAME = "score"
HELP = "score every message of files, folders or standard input"
EXAMPLES = """
scamclassify score messages.csv -o scored.csv
scamclassify score dump.jsonl.gz -o scored.parquet --text-column body
scamclassify score dumps/ "more/*.xlsx" -o scored.csv.zst --redact --keep-going
scamclassify score dump.parquet -o scored.parquet --add label,type,reasons,indicators
scamclassify score dump.csv -o scored.csv --max-fpr 0.001 --unsure 0.05
scamclassify score - -o - --columns id --quiet < messages.csv > scored.csv
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "input",
        nargs="+",
        metavar="INPUT",
        help=".csv, .tsv, .jsonl, .json (also .gz, .zst or in a .zip), .parquet, .arrow, "
        ".feather, .xlsx; folders and patterns; - is standard input",
    )
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="OUTPUT",
        help=".csv, .tsv, .jsonl (also .gz, .zst), .parquet or .arrow; - is standard output. "
        "Rows that cannot be scored go to OUTPUT.quarantine.jsonl; OUTPUT.manifest.json says "
        "what was done",
    )
    add_model(parser)
    reading = parser.add_argument_group("reading")
    reading.add_argument(
        "--text-column",
        metavar="NAME",
        help="column to score (default: text, message, body, ..., else what reads like messages)",
    )
    reading.add_argument("--encoding", metavar="NAME", help="of CSV and JSON (default: found)")
    reading.add_argument("--delimiter", metavar="CHAR", help="of CSV (default: found)")
    reading.add_argument(
        "--input-format", metavar="FORMAT", help="of standard input (default: found)"
    )
    reading.add_argument(
        "--keep-going",
        action="store_true",
        help="quarantine a file that is damaged and go on with the next one",
    )
    deciding = parser.add_argument_group("deciding")
    add_operation(deciding)
    deciding.add_argument(
        "--prevalence",
        type=fraction,
        metavar="SHARE",
        help="share of scams to expect: probabilities are re-weighted for it, labels by "
        "--max-fpr stay (default: as the model was made)",
    )
    writing = parser.add_argument_group("writing")
    writing.add_argument(
        "--columns",
        type=names,
        metavar="NAME,...",
        help="columns of the input to keep (default: all)",
    )
    writing.add_argument(
        "--add",
        type=names,
        metavar="FIELD,...",
        help="label, probabilities, type, language, reasons, repairs, indicators, file, or all "
        "(default: the first four, and file where there are several inputs)",
    )
    writing.add_argument(
        "--reasons", type=positive, default=3, metavar="N", help="most reasons (default: 3)"
    )
    writing.add_argument(
        "--reason-language", default="en", metavar="CODE", help="of their words (default: en)"
    )
    writing.add_argument(
        "--redact",
        action="store_true",
        help="take phone numbers, names in salutations, account numbers and codes out of "
        "everything that is written",
    )
    writing.add_argument(
        "--output-format", metavar="FORMAT", help="of standard output (default: as the input)"
    )
    writing.add_argument(
        "--quarantine", metavar="FILE", help="another .jsonl file for rows that cannot be scored"
    )
    writing.add_argument("--overwrite", action="store_true", help="replace existing outputs")
    running = parser.add_argument_group("running")
    running.add_argument(
        "--restart",
        action="store_true",
        help="start anew (default: go on where a run that was interrupted stopped)",
    )
    running.add_argument(
        "--jobs", type=positive, metavar="N", help="processes that score (default: one a core)"
    )
    running.add_argument(
        "--batch-size",
        type=positive,
        default=10_000,
        metavar="N",
        help="rows scored together (default: %(default)s)",
    )
    running.add_argument(
        "--progress", action="store_true", help="show a bar even where there is no terminal"
    )
    running.add_argument("--quiet", action="store_true", help="no bar, no notes, no summary")
    running.add_argument(
        "--json", action="store_true", help="the summary as JSON on standard output"
    )


def run(arguments: argparse.Namespace) -> None:
    """Score."""
    from scamclassify.batch.scoring import score_file

    summary = score_file(
        arguments.input[0] if len(arguments.input) == 1 else arguments.input,
        arguments.output,
        model=arguments.model,
        text_column=arguments.text_column,
        columns=arguments.columns,
        add=arguments.add,
        reasons=arguments.reasons,
        reason_language=arguments.reason_language,
        max_fpr=arguments.max_fpr,
        prevalence=arguments.prevalence,
        unsure_band=arguments.unsure,
        redact=arguments.redact,
        encoding=arguments.encoding,
        delimiter=arguments.delimiter,
        input_format=arguments.input_format,
        output_format=arguments.output_format,
        jobs=arguments.jobs,
        batch_size=arguments.batch_size,
        progress="always" if arguments.progress else not arguments.quiet,
        quarantine=arguments.quarantine,
        overwrite=arguments.overwrite,
        restart=arguments.restart,
        keep_going=arguments.keep_going,
        say=None if arguments.quiet else _say,
    )
    if arguments.json:
        print(summary.to_json(), file=sys.stderr if arguments.output == "-" else sys.stdout)
    if not arguments.quiet:
        print(summary, file=sys.stderr)


def _say(line: str) -> None:
    print(f"scamclassify: {line}", file=sys.stderr)
