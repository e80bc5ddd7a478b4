"""``scamclassify explain``: why a message got its score."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from pathlib import Path

from scamclassify.cli.parser import add_model, positive
from scamclassify.errors import InputFileError

NAME = "explain"
HELP = "say why messages got their scores"
EXAMPLES = """
scamclassify explain "You won! Claim at http://prize.top"
scamclassify explain --language th --top 3 "คุณได้รับรางวัล กดลิงก์"
scamclassify explain --input messages.txt --format json > reasons.jsonl
scamclassify explain --input - --format html < messages.txt > reasons.html
"""
_FORMATS = ("text", "json", "html")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("texts", nargs="*", metavar="TEXT", help="messages")
    parser.add_argument(
        "--input", metavar="FILE", help="a text file with one message a line; - is standard input"
    )
    add_model(parser)
    parser.add_argument(
        "--label", default="scam", help="the label to explain (default: %(default)s)"
    )
    parser.add_argument(
        "--language", default="en", help="language of the reasons (default: %(default)s)"
    )
    parser.add_argument(
        "--format",
        choices=_FORMATS,
        default="text",
        help="json prints one object a line, html a page (default: %(default)s)",
    )
    parser.add_argument(
        "--top", type=positive, metavar="N", help="only the N largest contributions"
    )
    parser.set_defaults(error=parser.error)


def run(arguments: argparse.Namespace) -> None:
    """Explain and print."""
    if bool(arguments.texts) == (arguments.input is not None):
        arguments.error("give messages, or a file with --input")
    # Bytes of another encoding on the command line cannot be printed again.
    texts = [text.encode("utf-8", "replace").decode("utf-8") for text in arguments.texts]
    if arguments.input is not None:
        texts = _read(arguments.input)
    from scamclassify.persistence.models import load_model

    model = load_model(arguments.model)
    explanations = model.explain(texts, arguments.label, arguments.language)
    if arguments.format == "html":
        from scamclassify.classifiers.explanation_html import explanations_page

        print(explanations_page(explanations, arguments.top or 8))
        return
    for explanation in explanations:
        if arguments.format == "text":
            print(explanation.to_text(arguments.top or 8))
            continue
        if arguments.top:
            contributions = explanation.top(arguments.top)
            explanation = dataclasses.replace(explanation, contributions=contributions)
        print(explanation.to_json())


def _read(name: str) -> list[str]:
    raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputFileError(f"{name}, line {line}: not UTF-8") from None
    # Not splitlines: a message may hold other line separators.
    lines = [line.rstrip("\r") for line in content.split("\n")]
    texts = [line for line in lines if line.strip()]
    if not texts:
        raise InputFileError(f"{name} holds no message")
    return texts
