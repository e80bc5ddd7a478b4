"""The command line: arguments in, calls of the library, output. No logic of its own.

Modules of this folder import nothing heavy at the top, so that ``--help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from scamclassify import __version__
from scamclassify.cli import (
    benchmark,
    campaigns,
    data,
    evaluate,
    explain,
    export,
    intersect,
    report,
    score,
    train,
)
from scamclassify.cli.parser import Parser, add_command
from scamclassify.errors import ScamClassifyError

_COMMANDS = (data, train, evaluate, benchmark, score, explain, campaigns, export, intersect, report)
_EXAMPLES = """
  scamclassify explain "Your parcel is held, pay http://parcel-fee.top/x"
  scamclassify score messages.csv -o scored.csv
  scamclassify data list
"""
_USER_ERROR = 2
_INTERRUPTED = 130
_BROKEN_PIPE = 141


def build_parser() -> Parser:
    """The parser of all commands.

    Examples
    --------
    >>> build_parser().parse_args(["score", "in.csv", "-o", "out.csv"]).batch_size
    10000
    """
    parser = Parser(
        prog="scamclassify",
        description="Tell honest messages, advertising and scams apart, in thirteen languages.",
        epilog=f"examples:{_EXAMPLES}",
    )
    parser.add_argument("--version", action="version", version=f"scamclassify {__version__}")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", required=True, title="commands"
    )
    for module in _COMMANDS:
        add_command(commands, module)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments; by default those of the process.

    Returns
    -------
    int
        Exit code: 0, 2 after an error that the user can mend (one line on standard error),
        130 after Ctrl-C.

    Examples
    --------
    >>> main(["--version"])
    scamclassify ...
    0
    """
    _allow_any_letter()
    try:
        arguments = build_parser().parse_args(argv)
        arguments.run(arguments)
        sys.stdout.flush()
    except SystemExit as stop:  # of argparse: help, version, wrong arguments
        return stop.code if isinstance(stop.code, int) else _USER_ERROR
    except BrokenPipeError:
        # The reader (head, less) has gone; what is still buffered must not fail at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except (ScamClassifyError, OSError) as error:
        print(f"scamclassify: error: {_one_line(error)}", file=sys.stderr)
        return _USER_ERROR
    return 0


def _one_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}"
    return " ".join(str(error).split()) or type(error).__name__


def _allow_any_letter() -> None:
    """Write letters that a terminal's encoding lacks as escapes rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
