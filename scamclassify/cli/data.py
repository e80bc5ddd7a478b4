"""``scamclassify data``: list, show and fetch the data sets."""

from __future__ import annotations

import argparse
from types import SimpleNamespace

from scamclassify.cli.parser import add_command

NAME = "data"
HELP = "list, show and fetch the data sets"
EXAMPLES = """
scamclassify data list
scamclassify data show uci_sms
scamclassify data fetch --all
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the commands list, show and fetch."""
    commands = parser.add_subparsers(
        dest="data_command", metavar="COMMAND", required=True, title="commands"
    )
    for module in (_LIST, _SHOW, _FETCH):
        add_command(commands, module)


def _no_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def _list(arguments: argparse.Namespace) -> None:
    from scamclassify.datasets.registry import list_datasets

    table = list_datasets()
    columns = ["name", "languages", "labels", "messages", "licence", "evaluation_only"]
    print(table[columns].to_string(index=False))


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="a data set, or: corpus, lexicon, brands")


def _show(arguments: argparse.Namespace) -> None:
    from scamclassify.cli.carried import describe

    print(describe(arguments.name))


def _fetch_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help="data sets")
    parser.add_argument("--all", action="store_true", help="fetch all data sets")
    parser.set_defaults(error=parser.error)


def _fetch(arguments: argparse.Namespace) -> None:
    if bool(arguments.names) == arguments.all:
        arguments.error("name the data sets to fetch, or give --all")
    from scamclassify.datasets.external import ExternalDataset
    from scamclassify.datasets.fetch import fetch_dataset
    from scamclassify.datasets.registry import dataset_info, dataset_names

    infos = [dataset_info(name) for name in arguments.names or dataset_names()]
    for info in infos:
        if isinstance(info, ExternalDataset):
            print(f"{info.name}: comes with the package that adds it, nothing to fetch")
            continue
        files = fetch_dataset(info)
        size = sum(path.stat().st_size for path in files.values())
        print(f"{info.name}: {len(files)} file(s), {size:,} bytes, sha256 checked", flush=True)


_LIST = SimpleNamespace(
    NAME="list",
    HELP="print a table of all data sets; nothing is fetched",
    EXAMPLES="scamclassify data list",
    add_arguments=_no_arguments,
    run=_list,
)
_SHOW = SimpleNamespace(
    NAME="show",
    HELP="print the card of a data set, or what the package carries",
    EXAMPLES="""
    scamclassify data show thai_sms
    scamclassify data show corpus
    scamclassify data show lexicon
    """,
    add_arguments=_show_arguments,
    run=_show,
)
_FETCH = SimpleNamespace(
    NAME="fetch",
    HELP="fetch data sets into the data home and check them",
    EXAMPLES="""
    scamclassify data fetch uci_sms thai_sms
    SCAMCLASSIFY_DATA=/srv/data scamclassify data fetch --all
    SCAMCLASSIFY_MIRROR=/mnt/mirror scamclassify data fetch --all
    """,
    add_arguments=_fetch_arguments,
    run=_fetch,
)
