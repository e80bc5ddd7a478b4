"""``scamclassify evaluate``: figures of a model per language and source."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scamclassify.cli.parser import add_model, add_operation, fraction
from scamclassify.errors import InputFileError, UnknownNameError

NAME = "evaluate"
HELP = "evaluate a model on labelled messages and print figures per language"
EXAMPLES = """
scamclassify evaluate --data uci_sms thai_sms --report report.html
scamclassify evaluate --model mine.scam --input held_out.csv --report report.md
scamclassify evaluate --model mine.scam --input held_out.csv --max-fpr 0.001
scamclassify evaluate --report report.json --report report.html
"""
_CORPUS = "corpus"
_REPORTS = (".html", ".md", ".json", ".csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_model(parser)
    add_operation(parser)
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "--data",
        nargs="+",
        default=[_CORPUS],
        metavar="NAME",
        help="data sets, or corpus for the carried messages (default: corpus)",
    )
    source.add_argument(
        "--input", metavar="FILE", help="a labelled file of your own: CSV, JSON Lines or Parquet"
    )
    parser.add_argument("--text-column", metavar="NAME", help="column of texts in --input")
    parser.add_argument("--label-column", metavar="NAME", help="column of labels in --input")
    parser.add_argument(
        "--report",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="write a report: .html, .md, .json or .csv; may be repeated",
    )
    parser.add_argument(
        "--prevalence",
        type=fraction,
        default=0.01,
        help="share of scam for which precision is stated (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> None:
    """Evaluate, print and write."""
    # Before the work, not after it.
    for path in arguments.report:
        if path.suffix.lower() not in _REPORTS:
            raise UnknownNameError("report format", path.suffix or path.name, _REPORTS)
        if not path.parent.is_dir():
            raise InputFileError(f"cannot write {path.name}: there is no folder {path.parent}")
    from scamclassify.classifiers.operation import Operation
    from scamclassify.evaluation.evaluator import evaluate
    from scamclassify.persistence.models import load_model

    operation = Operation(arguments.max_fpr, None, arguments.unsure)
    model = operation.apply(load_model(arguments.model))
    frame = _load(arguments)
    for reason, count in frame.attrs["dropped"].items():
        print(f"left out, {reason}: {count:,}", file=sys.stderr)
    seen = sorted(set(frame["source"]) & set(model.metadata_.get("sources", ())))
    if seen:
        print(
            f"note: the model was trained on {', '.join(seen)}; "
            "on messages it knows the figures are too good",
            file=sys.stderr,
        )
    report = evaluate(
        model, frame, prevalence=arguments.prevalence, model_name=str(arguments.model)
    )
    print(report.summary().to_string())
    for path in arguments.report:
        print(f"written: {report.save(path)}")


def _load(arguments: argparse.Namespace):
    if arguments.input is not None:
        from scamclassify.batch.labelled import load_labelled_file

        return load_labelled_file(
            arguments.input,
            text_column=arguments.text_column,
            label_column=arguments.label_column,
        )
    from scamclassify.datasets.training_frame import load_training_frame

    collected = [name for name in arguments.data if name != _CORPUS]
    return load_training_frame(
        collected,
        corpus=_CORPUS in arguments.data,
        collected=bool(collected),
        evaluation_only=True,
        max_per_source=None,
    )
