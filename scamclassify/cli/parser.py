"""The argument parser: one-line errors, nearest matches, examples in every help."""

from __future__ import annotations

import argparse
import sys
from difflib import get_close_matches
from typing import Any, NoReturn

from scamclassify.errors import UnknownNameError


class Parser(argparse.ArgumentParser):
    """``argparse.ArgumentParser`` with this program's manner of errors.

    Examples
    --------
    >>> Parser(prog="scamclassify").parse_args([])
    Namespace()
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        options.setdefault("allow_abbrev", False)
        super().__init__(**options)

    def error(self, message: str) -> NoReturn:
        """Print one line and exit with 2."""
        line = " ".join(message.split())
        print(f"scamclassify: error: {line} (see: {self.prog} --help)", file=sys.stderr)
        raise SystemExit(2)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As the base class, but what is not known is an error of the command it stands in."""
        found, strange = super().parse_known_args(args, namespace)
        for argument in strange:
            options = [o for action in self._actions for o in action.option_strings]
            name = argument.partition("=")[0]
            near = get_close_matches(name, options, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            kind = "option" if argument.startswith("-") else "argument"
            self.error(f"unknown {kind} {argument!r}{hint}")
        return found, strange

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        # argparse lists the choices; the nearest one is of more help.
        if action.choices is not None and value not in action.choices:
            kind = "command" if isinstance(action, argparse._SubParsersAction) else "value"
            error = UnknownNameError(kind, value, map(str, action.choices))
            raise argparse.ArgumentError(action if kind == "value" else None, str(error))


def add_command(commands: Any, module: Any) -> Parser:
    """Add a command from its module: ``NAME``, ``HELP``, ``EXAMPLES``, ``add_arguments``, ``run``.

    A module without ``run`` adds commands of its own in ``add_arguments``.
    """
    parser = commands.add_parser(
        module.NAME,
        help=module.HELP,
        description=module.HELP[0].upper() + module.HELP[1:] + ".",
        epilog="examples:\n" + _indented(module.EXAMPLES),
    )
    module.add_arguments(parser)
    if hasattr(module, "run"):
        parser.set_defaults(run=module.run)
    return parser


def _indented(examples: str) -> str:
    return "\n".join(f"  {line.strip()}" for line in examples.strip().splitlines())


def positive(value: str) -> int:
    """Type of an argument: an integer of at least 1.

    Examples
    --------
    >>> positive("20")
    20
    """
    number = int(value) if value.isascii() and value.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a whole number of at least 1")
    return number


def names(value: str) -> list[str]:
    """Type of an argument: names between commas; one with a comma in it is quoted as in CSV.

    Examples
    --------
    >>> names('id, "a,b"')
    ['id', 'a,b']
    """
    import csv

    return [name.strip() for name in next(csv.reader([value], skipinitialspace=True), [])]


def fraction(value: str) -> float:
    """Type of an argument: a number above 0 and below 1.

    Examples
    --------
    >>> fraction("0.01")
    0.01
    """
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not 0 < number < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number between 0 and 1")
    return number


def risk(value: str) -> float | tuple[float, float]:
    """Type of an argument: a number between 0 and 1, or two with a comma.

    Examples
    --------
    >>> risk("0.05"), risk("0.3,0.7")
    (0.05, (0.3, 0.7))
    """
    edges = [fraction(part) for part in value.split(",")]
    if len(edges) == 1:
        return edges[0]
    if len(edges) != 2 or edges[0] > edges[1]:
        raise argparse.ArgumentTypeError(f"{value!r} is neither a number nor LOW,HIGH")
    return edges[0], edges[1]


def add_operation(parser: Any) -> None:
    """Add ``--max-fpr`` and ``--unsure``."""
    parser.add_argument(
        "--max-fpr",
        type=fraction,
        metavar="RATE",
        help="call a message a scam only where fewer than this share of honest ones were, such "
        "as 0.001 (default: as the model was made)",
    )
    parser.add_argument(
        "--unsure",
        type=risk,
        metavar="RISK",
        help="answer unsure where more than this share would be wrong, such as 0.05, or between "
        "two probabilities LOW,HIGH (default: as the model was made)",
    )


def add_model(parser: argparse.ArgumentParser) -> None:
    """Add ``--model``."""
    parser.add_argument(
        "--model",
        default="default",
        metavar="MODEL",
        help="name of a carried model, or a file that train wrote (default: %(default)s)",
    )
