"""Write the pages of the commands, docs/cli/*.md, from the parsers of the command line.

python docs/build_cli.py           write them
python docs/build_cli.py --check   only say whether they are fresh (exit code 1 if not)
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "cli"
sys.path.insert(0, str(FOLDER.parent.parent))

from scamclassify.cli import build_parser  # noqa: E402

_NOTE = "<!-- Written by docs/build_cli.py from the parser; do not edit. -->"


def _subparsers(parser: argparse.ArgumentParser) -> argparse._SubParsersAction | None:
    found = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    return found[0] if found else None


def commands(parser: argparse.ArgumentParser | None = None) -> Iterator[tuple[str, ...]]:
    """Every command and command of a command, as the words one types."""
    actions = _subparsers(parser or build_parser())
    for name, child in actions.choices.items() if actions else ():
        yield (name,)
        for rest in commands(child):
            yield (name, *rest)


def _escaped(text: str) -> str:
    """Text for a cell of a table."""
    for letter in "\\|*_<>[]$":
        text = text.replace(letter, "\\" + letter)
    return text


def _name(action: argparse.Action) -> str:
    metavar = action.metavar
    if metavar is None:
        metavar = "{" + ",".join(map(str, action.choices)) + "}" if action.choices else None
    if not action.option_strings:
        value = str(metavar or action.dest)
        return f"`{value}` ..." if action.nargs in ("+", "*") else f"`{value}`"
    value = str(metavar or action.dest.upper())
    if action.nargs == 0:
        value = ""
    elif action.nargs in ("+", "*"):
        value += " ..."
    return ", ".join(f"`{f'{option} {value}'.strip()}`" for option in action.option_strings)


def _help(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    words = (action.help or "") % (
        {**vars(action), "prog": parser.prog} if "%(" in (action.help or "") else ()
    )
    return _escaped(" ".join(words.split())) + (" (required)" if action.required else "")


def _options(parser: argparse.ArgumentParser) -> list[str]:
    lines = []
    for group in parser._action_groups:
        shown = [
            action
            for action in group._group_actions
            if action.help != argparse.SUPPRESS
            and not isinstance(action, argparse._SubParsersAction | argparse._HelpAction)
        ]
        if shown:
            title = group.title or "options"
            lines += [
                f"**{title[0].upper()}{title[1:]}**",
                "",
                "| argument | meaning |",
                "|---|---|",
            ]
            for action in shown:
                positional = not action.option_strings
                words = _help(parser, action)
                if positional:
                    words = words.removesuffix(" (required)")
                lines.append(f"| {_name(action).replace('|', chr(92) + '|')} | {words} |")
            lines.append("")
    return lines


def _section(parser: argparse.ArgumentParser, level: int) -> list[str]:
    lines = [f"{'#' * level} `{parser.prog}`", "", _escaped(parser.description or ""), ""]
    # Without argparse's own line breaks, which differ between versions of Python.
    if _subparsers(parser) is None:
        lines += _options(parser)
    if parser.epilog:
        examples = [line.strip() for line in parser.epilog.strip().splitlines()[1:]]
        lines += ["Examples:", "", "```shell", *[line for line in examples if line], "```", ""]
    children = _subparsers(parser)
    for child in children.choices.values() if children else ():
        lines += _section(child, level + 1)
    return lines


def pages() -> dict[str, str]:
    """File name -> text of every page, with an index."""
    parser = build_parser()
    actions = _subparsers(parser)
    assert actions is not None
    made = {
        f"{name}.md": "\n".join([_NOTE, "", *_section(child, 1)]).rstrip() + "\n"
        for name, child in actions.choices.items()
    }
    index = [_NOTE, "", "# Reference of the commands", ""]
    index += ["| command | what it does |", "|---|---|"]
    index += [
        f"| [`{choice.dest}`]({choice.dest}.md) | {_escaped(choice.help or '')} |"
        for choice in actions._choices_actions
    ]
    index += ["", "`scamclassify COMMAND --help` says the same in a terminal. A command that was"]
    index += ["given something wrong says so in one line on standard error and exits with code 2."]
    names = [name.removesuffix(".md") for name in made]
    index += ["", "```{toctree}", ":hidden:", "", *names, "```"]
    return made | {"index.md": "\n".join(index) + "\n"}


def stale() -> list[str]:
    """Names of pages that are missing, out of date, or of no command."""
    made = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    return sorted(name for name in made.keys() | there.keys() if made.get(name) != there.get(name))


def main(argv: list[str] | None = None) -> int:
    """Write the pages, or check them."""
    options = argparse.ArgumentParser(description="Write docs/cli/*.md from the parsers.")
    options.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale")
    if options.parse_args(argv).check:
        names = stale()
        for name in names:
            print(f"docs/cli/{name} is stale: run python docs/build_cli.py", file=sys.stderr)
        return 1 if names else 0
    FOLDER.mkdir(exist_ok=True)
    made = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
