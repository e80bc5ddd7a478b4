"""Says of a message which brands it names and whether its links are theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from scamclassify.features.brand_names import default_brand_matcher
from scamclassify.features.link_relation import judge_link, split_links
from scamclassify.features.links import HostFacts, Link
from scamclassify.knowledge.brands import Brand
from scamclassify.text.codepoints import encode_texts

#: Columns of :func:`check_links_batch`; each is 0 or 1.
LINK_FLAGS = (
    "link_any",
    "link_several",
    "link_official",
    "link_other_brand",
    "link_lookalike",
    "link_lookalike_named",
    "link_unrelated_with_brand",
    "link_plain",
    "link_shortener",
    "link_messaging",
    "link_filesharing",
    "link_government",
    "link_risky_tld",
    "link_ip",
    "link_punycode",
    "link_disguised",
    "email_address",
    "brand_named",
    "brand_named_no_link",
    "brand_several",
    "brand_finance",
    "brand_agency",
    "brand_telco",
    "brand_courier",
    "brand_shop",
    "brand_platform",
)
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
    "ending": "has the name of {0} under another ending",
    "letters": "imitates {0} with look-alike letters or digits",
    "typo": "is a misspelling of an address of {0}",
    "joined": "joins the name of {0} with other words",
    "subdomain": "puts the name of {0} in front of a foreign domain",
    "path": "puts the name of {0} behind a foreign domain",
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


@lru_cache(maxsize=4096)
def _host_columns(facts: HostFacts) -> tuple[int, ...]:
    """Columns of the flags that hold for a host."""
    held = {
        "link_shortener": facts.is_shortener,
        "link_messaging": facts.is_messaging,
        "link_filesharing": facts.is_filesharing,
        "link_government": facts.is_government,
        "link_risky_tld": facts.risky_tld,
        "link_ip": facts.is_ip,
        "link_punycode": facts.punycode,
    }
    return tuple(_COLUMN[flag] for flag, value in held.items() if value)


def _set_flags(
    row: np.ndarray,
    named: Sequence[int],
    judged: Iterable[tuple[Link, str, int | None]],
    emails: bool,
    sector_columns: np.ndarray,
) -> None:
    count = 0
    for link, relation, brand in judged:
        count += 1
        if relation != "unrelated":
            row[_COLUMN["link_" + relation]] = 1
            if relation == "lookalike" and brand in named:
                row[_COLUMN["link_lookalike_named"]] = 1
        elif named:
            row[_COLUMN["link_unrelated_with_brand"]] = 1
        special = _host_columns(link.facts)
        for column in special:
            row[column] = 1
        if link.disguised:
            row[_COLUMN["link_disguised"]] = 1
        if relation == "unrelated" and not special and not named:
            row[_COLUMN["link_plain"]] = 1
    row[_COLUMN["link_any"]] = count > 0
    row[_COLUMN["link_several"]] = count > 1
    row[_COLUMN["email_address"]] = emails
    row[_COLUMN["brand_named"]] = bool(named)
    row[_COLUMN["brand_several"]] = len(named) > 1
    row[_COLUMN["brand_named_no_link"]] = bool(named) and not count
    for place in named:
        row[sector_columns[place]] = 1


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
    row = np.zeros(len(LINK_FLAGS), dtype=np.int32)
    _set_flags(
        row, named, [(k, relation, b) for k, relation, b, _ in judged], bool(emails),
        _sector_columns(),
    )  # fmt: skip
    verdicts = tuple(
        LinkVerdict(link, relation, None if brand is None else registry.brands[brand], way)
        for link, relation, brand, way in judged
    )
    brands = tuple(registry.brands[place] for place in named)
    findings = tuple(line for verdict in verdicts for line in _findings(verdict, brands))
    flags = dict(zip(LINK_FLAGS, row.tolist(), strict=True))
    return LinkReport(brands, verdicts, tuple(emails), findings, flags)


def _findings(verdict: LinkVerdict, brands: tuple[Brand, ...]) -> Iterable[str]:
    link, brand = verdict.link, verdict.brand
    shown = link.shown_host
    named = " and ".join(b.name for b in brands)
    if verdict.relation == "lookalike" and brand is not None:
        how = _WAYS[verdict.way].format(brand.name)
        yield f"{shown} {how}, but is not an address of {brand.name}."
    elif verdict.relation == "official":
        owner = "a government" if brand is None else brand.name
        yield f"{shown} is an official address of {owner}."
    elif verdict.relation == "other_brand":
        owner = "a government" if brand is None else brand.name
        yield f"The message names {named}, but {shown} belongs to {owner}."
    elif brands:
        yield f"The message names {named}, but {shown} is not known to belong to it."
    if link.is_shortener:
        yield f"{shown} is a link shortener: where it leads cannot be seen."
    if link.is_messaging:
        yield f"{shown} opens a chat or group in a messaging app."
    if link.is_filesharing:
        yield f"Anybody can put files, forms or pages on {shown}."
    if link.is_ip:
        yield f"{shown} is a bare IP address."
    if link.punycode:
        yield f"{shown} holds letters that can pass for others."
    if link.disguised:
        yield f"What stands before the @ of the link is no address; it leads to {shown}."
    if link.risky_tld:
        yield f"The ending of {shown} is among those most used for phishing."


def _rows_with_dots(codes: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Rows that may hold a link: a dot before a letter and behind no space, or a scheme."""
    rows = np.zeros(len(offsets) - 1, dtype=np.bool_)
    if len(codes) < 3:
        return rows
    dots = np.flatnonzero(codes[1:-1] == 0x2E) + 1
    after, before = codes[dots + 1], codes[dots - 1]
    lower = after | 0x20
    # Letters beyond ASCII count on both sides: they may pass for Latin ones.
    likely = ((lower >= 0x61) & (lower <= 0x7A)) | (after > 0x7F)
    likely &= (before > 0x2F) | (before == 0x2D)
    places = dots[likely]
    colons = np.flatnonzero(codes[:-2] == 0x3A)
    schemes = colons[(codes[colons + 1] == 0x2F) & (codes[colons + 2] == 0x2F)]
    rows[np.searchsorted(offsets, places, side="right") - 1] = True
    rows[np.searchsorted(offsets, schemes, side="right") - 1] = True
    return rows


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
    sectors = _sector_columns()
    found = matcher.find(codes, offsets) if names is None else names
    slow = _rows_with_dots(codes, offsets)
    slow[found[matcher.ambiguous[found[:, 3]], 0]] = True
    sure = found[~slow[found[:, 0]]]
    if len(sure):
        rows, places = sure[:, 0], matcher.brand_of_form[sure[:, 3]]
        flags[rows, _COLUMN["brand_named"]] = 1
        flags[rows, _COLUMN["brand_named_no_link"]] = 1
        flags[rows, sectors[places]] = 1
        pairs = np.unique(rows.astype(np.int64) * len(sectors) + places) // len(sectors)
        flags[pairs[1:][pairs[1:] == pairs[:-1]], _COLUMN["brand_several"]] = 1
    bounds = np.searchsorted(found[:, 0], np.arange(len(texts) + 1))
    for row in np.flatnonzero(slow).tolist():
        text = texts[row]
        links, emails, spans = split_links(text)
        matches = found[bounds[row] : bounds[row + 1], 1:]
        named: list[int] = []
        if len(matches):
            named = matcher.named_in(text, matches, spans, bool(links))
        judged = [(link, *judge_link(link, named)[:2]) for link in links]
        _set_flags(flags[row], named, judged, bool(emails), sectors)
    return flags
