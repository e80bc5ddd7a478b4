"""Finds the words that say what the number beside them is."""

# ruff: noqa: E501 (word lists and patterns are easier to read on one line)

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from scamclassify.indicators.cue_words import APPS, RAILS, SHORT_BANKS, WORDS
from scamclassify.knowledge.brands import load_brands

_LETTER = "a-zà-öø-ɏḁ-ỿ0-9_"

#: Country of each payment rail.
RAIL_COUNTRY = {rail: country for rail, (country, _, _) in RAILS.items()}

_KINDS = ("identity", "ref", "account", "otp", "phone", "number")
# Name of each group of the pattern -> kind and what it names.
_GROUPS: dict[str, tuple[str, str]] = {
    **{f"rail{k}": ("rail", rail) for k, rail in enumerate(RAILS)},
    **{f"app{k}": ("app", app) for k, app in enumerate(APPS)},
    **{kind: (kind, "") for kind in _KINDS},
}


class Cue(NamedTuple):
    """A word that says what a number beside it is.

    ``kind`` is ``rail``, ``app``, ``bank``, ``identity``, ``ref``, ``account``, ``otp``,
    ``phone`` or ``number`` (which may be any); ``name`` the rail, the app or the bank's id; ``country`` the rail's or bank's.
    """

    kind: str
    start: int
    end: int
    name: str
    country: str | None


def alternatives(pattern: str) -> list[str]:
    """Split a pattern at the bars outside of its brackets.

    Examples
    --------
    >>> alternatives("a(?:b|c)|d[|]")
    ['a(?:b|c)', 'd[|]']
    """
    parts, depth, last = [], 0, 0
    for i, char in enumerate(pattern):
        depth += (char in "([") - (char in ")]")
        if char == "|" and depth == 0:
            parts.append(pattern[last:i])
            last = i + 1
    return [*parts, pattern[last:]]


def first_characters(pattern: str) -> set[str]:
    """Characters that what one alternative matches can begin with.

    Examples
    --------
    >>> sorted(first_characters("(?:new |my )?number")), first_characters(r"\\+v")
    (['m', 'n'], {'+'})
    """
    if pattern.startswith(("(?:", "[")):
        closing = _closing(pattern)
        inside, rest = pattern[:closing], pattern[closing + 1 :]
        if inside[0] == "[":
            found = set(inside[1:])
        else:
            found = set().union(*(first_characters(part) for part in alternatives(inside[3:])))
        return found | first_characters(rest[1:]) if rest.startswith("?") else found
    if pattern.startswith("\\"):
        return {pattern[1]}
    optional = pattern[1:2] == "?"
    return {pattern[0]} | (first_characters(pattern[2:]) if optional else set())


def _closing(pattern: str) -> int:
    depth = 0
    for i, char in enumerate(pattern):
        depth += (char in "([") - (char in ")]")
        if depth == 0:
            return i
    raise ValueError(f"unbalanced pattern {pattern!r}")


@cache
def _by_first_character() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """Where a cue can begin, and for each character the cues that begin with it.

    One pattern of a thousand words tries them all at every place; a table of small
    patterns is twenty times faster. The special kinds come first, so that "promo code" is
    no code and "LINE ID" no identity.
    """
    sources = [
        *((f"rail{k}", *words[1:]) for k, words in enumerate(RAILS.values())),
        *((f"app{k}", *words) for k, words in enumerate(APPS.values())),
        *((kind, *WORDS[kind]) for kind in _KINDS),
    ]
    table: dict[str, list[str]] = {}
    firsts: tuple[set[str], set[str]] = (set(), set())
    for group, *both in sources:
        for place, words in enumerate(both):
            found: dict[str, list[str]] = {}
            for word in alternatives(words) if words else ():
                for char in first_characters(word):
                    found.setdefault(char, []).append(word)
            for char, several in found.items():
                end = f"(?![{_LETTER[:-4]}])" if place == 0 else ""  # digits may follow
                table.setdefault(char, []).append(f"(?P<{group}>(?:{'|'.join(several)}){end})")
            firsts[place].update(found)
    latin, other = (re.escape("".join(sorted(chars))) for chars in firsts)
    start = re.compile(rf"(?<![{_LETTER}])[{latin}]|[{other}]")
    return start, {char: re.compile("|".join(parts)) for char, parts in table.items()}


@cache
def _banks() -> tuple[dict[str, list[tuple[str, str, str | None]]], re.Pattern[str]]:
    """Names of banks by their first two characters, longest first, and where they begin."""
    names: dict[str, tuple[str, str | None]] = {}
    for brand in load_brands().brands:
        if brand.sector != "bank":
            continue
        country = brand.countries[0] if len(brand.countries) == 1 else None
        country = None if country == "*" else country
        for spelling in brand.spellings:
            names.setdefault(spelling.lower(), (brand.id, country))
    for word, name in SHORT_BANKS.items():
        names.setdefault(word, (name, "VN"))
    table: dict[str, list[tuple[str, str, str | None]]] = {}
    for name in sorted(names, key=len, reverse=True):
        table.setdefault(name[:2], []).append((name, *names[name]))
    latin = re.escape("".join(sorted({name[0] for name in names if name[0] < "\u0e00"})))
    other = re.escape("".join(sorted({name[0] for name in names if name[0] >= "\u0e00"})))
    return table, re.compile(rf"(?<![{_LETTER}])[{latin}]|[{other}]")


_LETTERS = re.compile(f"[{_LETTER[:-4]}]")


def _bank_cues(lower: str) -> Iterator[Cue]:
    table, start = _banks()
    done = 0
    for found in start.finditer(lower):
        place = found.start()
        if place < done:
            continue
        for name, bank, country in table.get(lower[place : place + 2], ()):
            end = place + len(name)
            if lower.startswith(name, place) and (
                name[0] >= "\u0e00" or not _LETTERS.match(lower, end)
            ):
                yield Cue("bank", place, end, bank, country)
                done = end
                break


def find_cues(lower: str, banks: bool = True) -> list[Cue]:
    """Cues of a message in small letters, by place; bank names may lie over others.

    Examples
    --------
    >>> [(cue.kind, cue.name) for cue in find_cues("rek bca 123, promo code x, gcash")]
    [('account', ''), ('bank', 'bca'), ('ref', ''), ('rail', 'GCash')]
    """
    start, table = _by_first_character()
    cues = list(_bank_cues(lower)) if banks else []
    done = 0
    for begin in start.finditer(lower):
        if begin.start() < done:
            continue
        found = table[begin.group()].match(lower, begin.start())
        if found:
            kind, name = _GROUPS[str(found.lastgroup)]
            cues.append(Cue(kind, *found.span(), name, RAIL_COUNTRY.get(name)))
            done = found.end()
    cues.sort(key=lambda cue: (cue.start, cue.end))
    return cues
