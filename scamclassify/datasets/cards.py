"""Data cards: what is known about a data set, as Markdown."""

from __future__ import annotations

from collections.abc import Mapping

from scamclassify.datasets.external import ExternalDataset
from scamclassify.datasets.metadata import DatasetInfo
from scamclassify.datasets.registry import dataset_info, dataset_names
from scamclassify.labels import LABELS, known_languages


def card(info: DatasetInfo | ExternalDataset) -> str:
    """The data card of a data set.

    Parameters
    ----------
    info : DatasetInfo
        See :func:`~scamclassify.datasets.dataset_info`.

    Returns
    -------
    str
        Markdown that ends in a newline. No message occurs in it.

    Examples
    --------
    >>> print(card(dataset_info("uci_sms")).splitlines()[0])
    ## uci_sms
    """
    if isinstance(info, ExternalDataset):
        return _external_card(info)
    names = known_languages()
    languages = ", ".join(f"{names[code]} ({code})" for code in info.languages)
    counts = ", ".join(
        f"{label} {info.counts[label]:,}" for label in LABELS if label in info.counts
    )
    licence = f"[{info.licence}]({info.licence_url})" if info.licence_url else info.licence
    if info.evaluation_only:
        use = "evaluation only, never in a shipped model"
    elif info.redistributable:
        use = "training and evaluation; may be passed on under its licence"
    else:
        use = "training and evaluation by whoever fetches it; not to be passed on"
    lines = [
        f"## {info.name}",
        "",
        info.description,
        "",
        f"- Languages: {languages}",
        f"- Messages: {info.messages:,} ({counts})",
        f"- Origin: {info.origin}, channel {info.channel or 'none of sms, chat, social'}",
        f"- Collected: {info.period}",
        f"- Authors: {', '.join(info.authors)}",
        f"- Licence: {licence}",
        f"- Use: {use}",
        f"- Source: <{info.homepage}>, fetched from `{info.repository}` at `{info.revision}`",
        f"- Cite: {info.citation}",
        "",
        "| label of the source | ours | scam type |",
        "|---|---|---|",
        *(
            f"| `{name}` | {label} | {info.scam_types.get(name, '')} |"
            for name, label in info.labels.items()
        ),
        *(f"| `{name}` | left out: {reason} | |" for name, reason in info.left_out.items()),
        "",
        *_section("Known defects", info.known_defects),
        "| file | bytes | sha256 |",
        "|---|---|---|",
        *(f"| `{file.path}` | {file.size:,} | `{file.sha256}` |" for file in info.files),
    ]
    return "\n".join(lines) + "\n"


def _external_card(info: ExternalDataset) -> str:
    counts = ", ".join(f"{label} {count:,}" for label, count in info.counts.items())
    lines = [
        f"## {info.name}",
        "",
        info.description or "A data set that was added from outside the package.",
        "",
        f"- Languages: {', '.join(info.languages)}",
        f"- Messages: {info.messages:,} ({counts})",
        f"- Origin: {info.origin}, channel {info.channel or 'none of sms, chat, social'}",
        f"- Licence: {info.licence}",
        f"- Revision: {info.revision}",
        f"- Cite: {info.citation}",
    ]
    return "\n".join(lines) + "\n"


def _section(title: str, points: tuple[str, ...]) -> list[str]:
    return [f"{title}:", "", *(f"- {point}" for point in points), ""] if points else []


def all_cards(infos: Mapping[str, DatasetInfo] | None = None) -> str:
    """The cards of all data sets under one heading; ``data/cards/datasets.md`` holds it.

    Parameters
    ----------
    infos : mapping of str to DatasetInfo, optional
        By default the whole registry.

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> all_cards().startswith("# Data sets")
    True
    """
    chosen: Mapping[str, DatasetInfo | ExternalDataset]
    chosen = infos or {name: dataset_info(name) for name in dataset_names(added=False)}
    head = (
        "# Data sets\n\n"
        "Written by `scamclassify.datasets.all_cards()` from the metadata in the code. The project "
        "holds no message of these sets: the user fetches them.\n"
    )
    return "\n".join([head, *(card(info) for info in chosen.values())])
