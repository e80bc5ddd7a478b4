"""Words of explanations in the thirteen languages."""

from __future__ import annotations

from functools import cache

from scamclassify.errors import InputFileError
from scamclassify.features.link_check import LinkReport, finding_keys
from scamclassify.features.signals import SIGNALS
from scamclassify.labels import check_language
from scamclassify.resources import resource_path

_SHARES = ("digit_share",)
# What honest people's keyboards and habits do as well: no disguise.
_TYPING = (
    "compatibility", "repeated_letter", "repeated_mark", "mark_order", "zawgyi", "number_word",
    "dropped_letter",
)  # fmt: skip


@cache
def explanation_words(language: str) -> dict[str, str]:
    """Phrases of a language by key, as ``data/explanations/<language>.tsv`` has them.

    Raises
    ------
    UnknownNameError
        If the language is unknown.
    InputFileError
        If a line of the file does not have two fields.

    Examples
    --------
    >>> explanation_words("id")["scam"], explanation_words("zh")["kind.link"]
    ('penipuan', '链接与品牌')
    """
    path = resource_path("data", "explanations") / f"{check_language(language)}.tsv"
    words: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        fields = line.split("\t")
        if len(fields) != 2 or fields[0] in words:
            raise InputFileError(f"{path.name}, line {number}: a new key, a tab, a phrase")
        words[fields[0]] = fields[1]
    return words


@cache
def signal_phrase(name: str, language: str) -> str:
    """A bin of a signal, in words.

    Examples
    --------
    >>> signal_phrase("length=35..70", "en"), signal_phrase("digit_share>=0.2", "en")
    ('characters: 35–69', 'share of digits: ≥ 20 %')
    >>> signal_phrase("links=1..2", "ms"), signal_phrase("emoji=0", "en")
    ('pautan: 1', 'emoji: 0')
    """
    signal = next(key for key in SIGNALS if name.startswith((f"{key}<", f"{key}=", f"{key}>")))
    value = name.removeprefix(signal)
    share = signal in _SHARES

    def number(text: str, less: int = 0) -> str:
        if share:
            return f"{float(text) * 100:.0f}"
        return str(int(float(text)) - less)

    if value.startswith("<"):
        words = "0" if share else f"< {number(value[1:])}"
    elif value.startswith(">="):
        words = f"≥ {number(value[2:])}"
    elif ".." in value:
        low, high = value[1:].split("..")
        first, last = number(low), number(high, less=1)
        words = first if first == last else f"{first}–{last}"
    else:
        words = number(value[1:])
    return f"{explanation_words(language)['signal.' + signal]}: {words}" + (" %" if share else "")


@cache
def fact_phrase(kind: str, name: str, language: str) -> str:
    """A fact that is no concept, in words; ``kind`` is signal, repair or link."""
    if kind == "signal":
        return signal_phrase(name, language)
    return explanation_words(language).get(f"{kind}.{name}", name.replace("_", " "))


def link_findings(report: LinkReport, language: str = "en") -> tuple[str, ...]:
    """What a person should know of the brands and links of a message.

    Parameters
    ----------
    report : LinkReport
        What :func:`scamclassify.features.link_check.check_links` returned.
    language : str, default="en"

    Returns
    -------
    tuple of str
        In English ``report.findings``.

    Examples
    --------
    >>> from scamclassify.features.link_check import check_links
    >>> link_findings(check_links("DBS: verify at dbs-login.top"), "ms")[0]
    'dbs-login.top menggabungkan nama DBS dengan perkataan lain, tetapi bukan alamat DBS.'
    """
    words = explanation_words(language)
    named = (" and " if language == "en" else ", ").join(brand.name for brand in report.brands)
    return tuple(
        words[f"finding.{key}"].format(
            host=verdict.link.shown_host,
            named=named,
            brand="" if verdict.brand is None else verdict.brand.name,
        )
        for verdict in report.links
        for key in finding_keys(verdict, bool(report.brands))
    )


def repair_findings(counts: dict[str, int], language: str = "en") -> tuple[str, ...]:
    """How a message was disguised, in a line; nothing where it was only typed carelessly.

    Parameters
    ----------
    counts : dict of str to int
        Of :class:`scamclassify.text.repair.Repaired`.
    language : str, default="en"

    Returns
    -------
    tuple of str
        One line or none.

    Examples
    --------
    >>> repair_findings({"styled_letter": 4, "zero_width": 1, "repeated_mark": 2})
    ('disguise: styled letters, invisible characters',)
    """
    words = explanation_words(language)
    found = [words[f"repair.{kind}"] for kind in counts if kind not in _TYPING]
    return (f"{words['kind.repair']}: {', '.join(found)}",) if found else ()
