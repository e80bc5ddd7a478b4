"""Compiled kernels that say what links and named brands are to each other, as flags.

The rules are those of `scamclassify.features.link_relation.judge_link`.
"""

from __future__ import annotations

import numpy as np
from numba import njit

#: Columns of `scamclassify.features.link_check.check_links_batch`; each is 0 or 1.
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
    "link_host_digits",
    "link_host_hyphen",
    "link_host_deep",
    "link_host_long",
    "link_host_consonants",
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
(
    _ANY, _SEVERAL, _OFFICIAL, _OTHER_BRAND, _LOOKALIKE, _LOOKALIKE_NAMED, _UNRELATED, _PLAIN,
) = range(8)  # fmt: skip
_FIRST_OF_HOST, _FIRST_OF_SHAPE, _BEHIND_HOST = 8, 15, 20
_DISGUISED, _EMAIL, _NAMED, _NAMED_NO_LINK, _BRANDS = range(20, 25)
_KNOWN = (1 << (_FIRST_OF_SHAPE - _FIRST_OF_HOST)) - 1

# Columns of links and records as in link_kernel and host_table, whose test compares them.
ROW, START, STOP, KIND, HOST, PATH_BRAND = 0, 1, 2, 5, 6, 7
_IS_EMAIL, _IS_DISGUISED, _PATH_SURE = 1, 2, 16
FLAGS, OWNER, LIKE, NATURE = 2, 3, 4, 5
_SHARED, _HIDDEN, _GOVERNMENT, _LIKE_SURE = 1, 2, 4, 32
#: What a brand's sector means for links: its own flag is elsewhere.
OFFICE, MEANS = 1, 2
#: Fate of a name: it does not count, counts, or counts only if its surroundings say so.
NO, YES, ASK, ASK_BESIDE_LINK = range(4)


@njit(cache=True, nogil=True)
def judge_names(names, ambiguous, links, fates):
    """Fate of each name: those within links do not count, ambiguous ones are asked about.

    Parameters
    ----------
    names : int32 array, shape (n, 4), by rows
    ambiguous : bool array, by form
    links : int32 array, by rows
    fates : uint8 array, shape (n,), written
    """
    first = 0
    for k in range(names.shape[0]):
        row = names[k, 0]
        while first < links.shape[0] and links[first, ROW] < row:
            first += 1
        fate = ASK if ambiguous[names[k, 3]] else YES
        at = first
        while at < links.shape[0] and links[at, ROW] == row:
            if names[k, 1] < links[at, STOP] and names[k, 2] > links[at, START]:
                fate = NO
                break
            if fate == ASK and not links[at, KIND] & _IS_EMAIL:
                fate = ASK_BESIDE_LINK
            at += 1
        fates[k] = fate


@njit(cache=True, nogil=True)
def _in_place(owner, named, count, natures, kin):
    """Whether a link of an owner is in its place in a message that names brands."""
    claims = False
    for k in range(count):
        place = named[k]
        if place == owner:
            return True
        if not natures[place] & MEANS:
            claims = True
            if owner >= 0 and kin[owner, place]:
                return True
    return not claims


@njit(cache=True, nogil=True)
def _relation(record, link, named, count, natures, kin):
    """Column of the relation of a link, and whether it is a lookalike of a named brand."""
    nature, owner = record[NATURE], record[OWNER]
    shared = (nature & _SHARED) != 0
    if not shared and nature & _GOVERNMENT:
        for k in range(count):
            if natures[named[k]] & OFFICE:
                return _OFFICIAL, False
        return (_OFFICIAL if _in_place(owner, named, count, natures, kin) else _OTHER_BRAND), False
    if not shared and owner >= 0:
        return (_OFFICIAL if _in_place(owner, named, count, natures, kin) else _OTHER_BRAND), False
    if nature & _HIDDEN:
        return -1, False
    like, path = record[LIKE], link[PATH_BRAND]
    like_named = False
    path_named = False
    for k in range(count):
        like_named |= named[k] == like
        path_named |= named[k] == path
    if like >= 0 and (like_named or nature & _LIKE_SURE):
        return _LOOKALIKE, like_named
    if path >= 0 and not shared and (path_named or link[KIND] & _PATH_SURE):
        return _LOOKALIKE, path_named
    return -1, False


@njit(cache=True, nogil=True)
def set_flags(names, fates, brand_of_form, links, records, sectors, natures, kin, flags):
    """Set the flags of every text that holds a link or names a brand.

    Parameters
    ----------
    names, fates
        As for :func:`judge_names`; fates are NO or YES by now.
    brand_of_form : int32 array
    links : int32 array
        HOST is the number of a record in all of them.
    records : int64 array
    sectors, natures : int32, uint8 arrays
        Column of the sector's flag, and OFFICE or MEANS, of each brand.
    kin : bool array, shape (n_brands, n_brands)
        Whether one brand is part of the other.
    flags : int32 array, shape (n_texts, len(LINK_FLAGS)), written
    """
    named = np.empty(names.shape[0] + 1, np.int32)
    name = 0
    link = 0
    while name < names.shape[0] or link < links.shape[0]:
        row = np.int32(2**31 - 1)
        if name < names.shape[0]:
            row = names[name, 0]
        if link < links.shape[0] and links[link, ROW] < row:
            row = links[link, ROW]
        line = flags[row]
        count = 0
        while name < names.shape[0] and names[name, 0] == row:
            if fates[name] == YES:
                brand = brand_of_form[names[name, 3]]
                new = True
                for k in range(count):
                    new &= named[k] != brand
                if new:
                    named[count] = brand
                    count += 1
                    line[sectors[brand]] = 1
            name += 1
        n_links = 0
        while link < links.shape[0] and links[link, ROW] == row:
            one = links[link]
            link += 1
            if one[KIND] & _IS_EMAIL:
                line[_EMAIL] = 1
                continue
            n_links += 1
            record = records[one[HOST]]
            relation, like_named = _relation(record, one, named, count, natures, kin)
            own = record[FLAGS]
            known = own >> _FIRST_OF_HOST & _KNOWN
            if relation >= 0:
                line[relation] = 1
                if like_named:
                    line[_LOOKALIKE_NAMED] = 1
            elif record[NATURE] & _HIDDEN and known == 0:
                pass  # The shortener of a platform, which says nothing.
            elif count:
                line[_UNRELATED] = 1
            elif known == 0:
                line[_PLAIN] = 1
            for k in range(_FIRST_OF_HOST, _BEHIND_HOST):
                if own >> k & 1:
                    line[k] = 1
            if one[KIND] & _IS_DISGUISED:
                line[_DISGUISED] = 1
        line[_ANY] = n_links > 0
        line[_SEVERAL] = n_links > 1
        line[_NAMED] = count > 0
        line[_NAMED_NO_LINK] = count > 0 and n_links == 0
        line[_BRANDS] = count > 1
