"""What a link is to the brands that its message names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from scamclassify.features.brand_names import default_brand_matcher
from scamclassify.features.host_table import address_senders
from scamclassify.features.links import Link, find_links
from scamclassify.features.lookalikes import Likeness, default_index, host_likeness

#: What a link can be to the brands.
RELATIONS = ("official", "other_brand", "lookalike", "unrelated")


@cache
def kinship() -> np.ndarray:
    """Whether one brand is part of another: its name begins with the other's.

    Returns
    -------
    numpy.ndarray of bool, shape (n_brands, n_brands)
    """
    brands = default_brand_matcher().registry.brands
    names = sorted((b.name.casefold().replace(" ", ""), place) for place, b in enumerate(brands))
    kin = np.zeros((len(brands), len(brands)), dtype=np.bool_)
    for at, (name, place) in enumerate(names):
        for other, other_place in names[at:]:
            if not other.startswith(name):
                break
            kin[place, other_place] = kin[other_place, place] = True
    return kin


def _belongs(owner: int | None, named: Sequence[int]) -> bool:
    """Whether a link of an owner is in its place in a message that names brands."""
    brands = default_brand_matcher().registry.brands
    # A payment rail or card scheme is a means: links are another party's by nature.
    claims = [place for place in named if brands[place].sector not in ("payment", "card")]
    if not claims or owner in named:
        return True
    return owner is not None and bool(kinship()[owner, claims].any())


def split_links(text: str) -> tuple[list[Link], list[Link], list[tuple[int, int]]]:
    """Links, e-mail addresses, and the spans of both.

    A sender's name that reads like an address (``gov.sg: ...``) is neither.

    Examples
    --------
    >>> links, emails, spans = split_links("gov.sg: see iras.gov.sg or write to a@iras.gov.sg")
    >>> [link.host for link in links], len(emails), spans
    (['iras.gov.sg'], 1, [(12, 23), (36, 49)])
    """
    senders = address_senders()
    found = [link for link in find_links(text) if link.raw.lower() not in senders]
    links = [link for link in found if not link.is_email]
    emails = [link for link in found if link.is_email]
    return links, emails, [(link.start, link.end) for link in found]


def judge_link(link: Link, named: Sequence[int]) -> tuple[str, int | None, str]:
    """What a link is to the brands of its message.

    Parameters
    ----------
    link : Link
    named : sequence of int
        Places in the registry of the brands that the message names.

    Returns
    -------
    relation : str
        One of `RELATIONS`.
    brand : int or None
        Place of the owner, or of the brand that the link looks like.
    way : str
        How it looks like the brand, else empty.

    Examples
    --------
    >>> judge_link(find_links("dbs-verify.top")[0], [])[::2]
    ('lookalike', 'joined')
    """
    registry = default_brand_matcher().registry
    shared = link.is_shortener or link.is_messaging or link.is_filesharing
    if not shared:
        if link.is_government:
            owner = registry.owners.get(link.registrable)
            offices = [p for p in named if registry.brands[p].sector in ("agency", "utility")]
            if offices or _belongs(owner, named):
                return "official", owner if owner is not None else next(iter(offices), None), ""
            return "other_brand", owner, ""
        owner = registry.owners.get(link.registrable)
        if owner is not None:
            return ("official" if _belongs(owner, named) else "other_brand"), owner, ""
    if not (link.is_shortener or link.is_messaging):
        likeness: Likeness | None = host_likeness(link.host, link.shown_host)
        if likeness is not None and (likeness.sure or likeness.brand in named):
            return "lookalike", likeness.brand, likeness.way
        if link.path and not shared:
            likeness = default_index().path(link.path)
            if likeness is not None and (likeness.sure or likeness.brand in named):
                return "lookalike", likeness.brand, likeness.way
    return "unrelated", None, ""
