"""Says of a message which brands it names and whether its links are theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from scamclassify.features.brand_names import default_brand_matcher
from scamclassify.features.host_table import (
    NATURE,
    SENDER,
    SUFFIX,
    HostTable,
    address_senders,
    word_table,
)
from scamclassify.features.link_flag_kernel import (
    LINK_FLAGS,
    MEANS,
    OFFICE,
    judge_names,
    set_flags,
)
from scamclassify.features.link_kernel import (
    BARE,
    DISGUISED,
    EMAIL,
    HOST,
    HOST_END,
    HOST_START,
    KIND,
    PATH_SURE,
    ROW,
    SCHEME,
    START,
    STOP,
    UNREAD,
    read_links,
)
from scamclassify.features.link_relation import judge_link, kinship, split_links
from scamclassify.features.links import Link, find_links
from scamclassify.features.lookalikes import default_index
from scamclassify.knowledge.brands import Brand
from scamclassify.text.codepoints import encode_texts
from scamclassify.text.links import ENDINGS

_COLUMN = {flag: place for place, flag in enumerate(LINK_FLAGS)}
_SECTOR_FLAGS = {
    "brand_finance": "bank wallet payment card crypto insurer lender broker",
    "brand_agency": "agency",
    "brand_telco": "telco utility",
    "brand_courier": "courier",
    "brand_shop": "shop food transport airline travel",
    "brand_platform": "platform messaging media technology",
}
_FLAG_OF_SECTOR = {
    sector: flag for flag, sectors in _SECTOR_FLAGS.items() for sector in sectors.split()
}

_WAYS = {
    "ending": "has the name of {brand} under another ending",
    "letters": "imitates {brand} with look-alike letters or digits",
    "typo": "is a misspelling of an address of {brand}",
    "joined": "joins the name of {brand} with other words",
    "subdomain": "puts the name of {brand} in front of a foreign domain",
    "path": "puts the name of {brand} behind a foreign domain",
}
# English sentences of the findings, by their keys.
_SENTENCES = {
    **{way: f"{{host}} {how}, but is not an address of {{brand}}." for way, how in _WAYS.items()},
    "official": "{host} is an official address of {brand}.",
    "official_government": "{host} is an official address of a government.",
    "other_brand": "The message names {named}, but {host} belongs to {brand}.",
    "other_government": "The message names {named}, but {host} belongs to a government.",
    "unknown": "The message names {named}, but {host} is not known to belong to it.",
    "shortener": "{host} is a link shortener: where it leads cannot be seen.",
    "messaging": "{host} opens a chat or group in a messaging app.",
    "filesharing": "Anybody can put files, forms or pages on {host}.",
    "ip": "{host} is a bare IP address.",
    "punycode": "{host} holds letters that can pass for others.",
    "disguised": "What stands before the @ of the link is no address; it leads to {host}.",
    "risky_tld": "The ending of {host} is among those most used for phishing.",
}


@dataclass(frozen=True, slots=True)
class LinkVerdict:
    """A link and what it is to the brands.

    Attributes
    ----------
    link : Link
    relation : {"official", "other_brand", "lookalike", "unrelated"}
        An official link where no brand is named is ``"official"``. Hosts where anybody can
        put anything (messaging, file sharing, shorteners) are never official.
    brand : Brand or None
        The owner, or the brand that it looks like.
    way : str
        How it looks like the brand, as in `Likeness`; else empty.
    """

    link: Link
    relation: str
    brand: Brand | None
    way: str


@dataclass(frozen=True)
class LinkReport:
    """Brands and links of one message.

    Attributes
    ----------
    brands : tuple of Brand
        Named in the text outside links, in order.
    links : tuple of LinkVerdict
        Links, e-mail addresses excluded.
    emails : tuple of Link
        E-mail addresses.
    findings : tuple of str
        What a person should know, in English.
    flags : dict of str to int
        Value of each of `LINK_FLAGS`.
    """

    brands: tuple[Brand, ...]
    links: tuple[LinkVerdict, ...]
    emails: tuple[Link, ...]
    findings: tuple[str, ...]
    flags: dict[str, int]


@cache
def _sector_columns() -> np.ndarray:
    """Column of the sector flag of each brand, int32."""
    brands = default_brand_matcher().registry.brands
    return np.array([_COLUMN[_FLAG_OF_SECTOR[b.sector]] for b in brands], dtype=np.int32)


def check_links(text: str) -> LinkReport:
    """Which brands a message names, and whether its links belong to them.

    Parameters
    ----------
    text : str
        A message, best after text repair.

    Returns
    -------
    LinkReport

    Examples
    --------
    >>> report = check_links("DBS: your account is locked. Verify at dbs-secure-login.com/id")
    >>> [brand.id for brand in report.brands], report.links[0].relation, report.links[0].way
    (['dbs'], 'lookalike', 'joined')
    >>> report.findings
    ('dbs-secure-login.com joins the name of DBS with other words, but is not an address of DBS.',)
    >>> check_links("Track it at https://www.singpost.com/track").links[0].relation
    'official'
    """
    matcher = default_brand_matcher()
    registry = matcher.registry
    links, emails, spans = split_links(text)
    matches = matcher.find(*encode_texts([text]))
    named = matcher.named_in(text, matches[:, 1:], spans, bool(links))
    judged = [(link, *judge_link(link, named)) for link in links]
    verdicts = tuple(
        LinkVerdict(link, relation, None if brand is None else registry.brands[brand], way)
        for link, relation, brand, way in judged
    )
    brands = tuple(registry.brands[place] for place in named)
    findings = tuple(line for verdict in verdicts for line in _findings(verdict, brands))
    flags = dict(zip(LINK_FLAGS, check_links_batch([text])[0].tolist(), strict=True))
    return LinkReport(brands, verdicts, tuple(emails), findings, flags)


def finding_keys(verdict: LinkVerdict, named: bool) -> Iterator[str]:
    """What a person should know of a link, as keys of sentences.

    Parameters
    ----------
    verdict : LinkVerdict
    named : bool
        Whether the message names a brand.

    Examples
    --------
    >>> [*finding_keys(check_links("see https://bit.ly/x").links[0], named=True)]
    ['unknown', 'shortener']
    """
    link, brand = verdict.link, verdict.brand
    if verdict.relation == "lookalike" and brand is not None:
        yield verdict.way
    elif verdict.relation == "official":
        yield "official_government" if brand is None else "official"
    elif verdict.relation == "other_brand":
        yield "other_government" if brand is None else "other_brand"
    elif named and not link.is_platform_shortener:
        yield "unknown"
    kinds = {
        "shortener": link.is_shortener,
        "messaging": link.is_messaging,
        "filesharing": link.is_filesharing,
        "ip": link.is_ip,
        "punycode": link.punycode,
        "disguised": link.disguised,
        "risky_tld": link.risky_tld,
    }
    yield from (key for key, holds in kinds.items() if holds)


def _findings(verdict: LinkVerdict, brands: tuple[Brand, ...]) -> Iterator[str]:
    host, named = verdict.link.shown_host, " and ".join(brand.name for brand in brands)
    owner = "" if verdict.brand is None else verdict.brand.name
    for key in finding_keys(verdict, bool(brands)):
        yield _SENTENCES[key].format(host=host, named=named, brand=owner)


@cache
def _natures() -> np.ndarray:
    """Whether a brand is an office, or a means of payment, uint8."""
    kinds = {"agency": OFFICE, "utility": OFFICE, "payment": MEANS, "card": MEANS}
    brands = default_brand_matcher().registry.brands
    return np.array([kinds.get(brand.sector, 0) for brand in brands], dtype=np.uint8)


@cache
def _endings() -> np.ndarray:
    packed = [int.from_bytes(ending.encode(), "big") for ending in ENDINGS.split("|")]
    return np.array(sorted(packed), dtype=np.uint64)


class _Hosts:
    """The table of hosts in use."""

    table = HostTable(_COLUMN)

    @classmethod
    def current(cls) -> HostTable:
        if cls.table.full:
            cls.table = HostTable(_COLUMN)
        return cls.table


def _find_links(
    texts: Sequence[str], codes: np.ndarray, offsets: np.ndarray, hosts: HostTable
) -> np.ndarray:
    """Links of a batch with their hosts, as `link_kernel.read_links` lays them out."""
    table, records, letters = hosts.table, hosts.records, hosts.letters
    links = read_links(codes, offsets, _endings(), *word_table(), table, records, letters)
    more = []
    for place in np.flatnonzero(links[:, HOST] < 0).tolist():
        link = links[place]
        text = texts[link[ROW]]
        if link[KIND] & UNREAD:
            more += _read_by_patterns(text, link, hosts)
        else:
            host = text[link[HOST_START] : link[HOST_END]].lower()
            link[HOST] = hosts.place(host, host)
    if not len(links):
        return links
    nature = hosts.records[links[:, HOST], NATURE]
    kind = links[:, KIND]
    real = (kind & SCHEME != 0) | (nature & SUFFIX != 0)
    # A sender's name that reads like an address is none.
    real &= (kind & BARE == 0) | (nature & SENDER == 0)
    links = links[real & (kind & UNREAD == 0)]
    if more:
        links = np.vstack([links, np.array(more, dtype=np.int32)])
        links = links[np.argsort(links[:, ROW], kind="stable")]
    return links


def _read_by_patterns(text: str, run: np.ndarray, hosts: HostTable) -> list[tuple[int, ...]]:
    """Links of a run of characters that the compiled loop leaves alone."""
    start = int(run[START])
    found: list[tuple[int, ...]] = []
    for link in find_links(text[start : run[STOP]]):
        if link.raw.lower() in address_senders():
            continue
        likeness = default_index().path(link.path) if link.path else None
        kind = EMAIL * link.is_email | DISGUISED * link.disguised
        kind |= PATH_SURE * bool(likeness and likeness.sure)
        found.append(
            (
                int(run[ROW]), start + link.start, start + link.end, 0, 0, kind,
                hosts.place(link.host, link.shown_host), likeness.brand if likeness else -1,
            )
        )  # fmt: skip
    return found


def check_links_batch(
    texts: Sequence[str],
    encoded: tuple[np.ndarray, np.ndarray] | None = None,
    names: np.ndarray | None = None,
) -> np.ndarray:
    """Flags of a batch, as features of a model.

    Parameters
    ----------
    texts : sequence of str
        Repaired texts.
    encoded : tuple of numpy.ndarray, optional
        What ``encode_texts(texts)`` returned, where it is at hand.
    names : numpy.ndarray, optional
        What ``BrandMatcher.find`` returned for them, where it is at hand.

    Returns
    -------
    numpy.ndarray of int32, shape (n_texts, len(LINK_FLAGS))
        0 or 1; row by row what ``check_links(text).flags`` says.

    Examples
    --------
    >>> flags = check_links_batch(["see you at 7", "Maybank: sahkan di maybank2u-my.top"])
    >>> [LINK_FLAGS[i] for i in flags[1].nonzero()[0]][:3]
    ['link_any', 'link_lookalike', 'link_lookalike_named']
    """
    matcher = default_brand_matcher()
    codes, offsets = encode_texts(texts) if encoded is None else encoded
    flags = np.zeros((len(texts), len(LINK_FLAGS)), dtype=np.int32)
    if not len(texts):
        return flags
    found = matcher.find(codes, offsets) if names is None else names
    hosts = _Hosts.current()
    links = _find_links(texts, codes, offsets, hosts)
    fates = np.empty(len(found), dtype=np.uint8)
    judge_names(found, matcher.ambiguous, links, fates)
    matcher.settle(codes, offsets, found, fates)
    set_flags(
        found, fates, matcher.brand_of_form, links, hosts.records, _sector_columns(), _natures(),
        kinship(), flags,
    )  # fmt: skip
    return flags
