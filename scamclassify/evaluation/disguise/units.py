"""Where a disguise is put: words, or pieces of text in scripts that write no spaces.

A disguise is put on the words that carry a concept of the lexicon first, as a sender who
wants to pass a filter would, then on others. Links keep their letters: a changed link
leads nowhere.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

from scamclassify.features.concepts import default_matcher
from scamclassify.text.links import link_spans

#: Latin letters as the languages here write them, and the marks that combine with them.
LATIN = "A-Za-zÀ-ÖØ-öø-ɏ\u0300-\u036fḀ-ỿ"
_UNSPACED = (
    "[\u0e01-\u0e3a\u0e40-\u0e4e]+",
    "[\u0e81-\u0ecd\u0edc\u0edd]+",
    "[\u1780-\u17d3]+",
    "[\u1000-\u103f\u1050-\u109d]+",
    "[\u3400-\u4dbf\u4e00-\u9fff]+",
)
_RUN = re.compile(f"(?P<spaced>[{LATIN}]+|[\u0b82-\u0bd7]+)|" + "|".join(_UNSPACED))
#: Signs that stack the letter behind them: Khmer coeng, Burmese virama.
_STACKERS = "\u17d2\u1039"
# Letters of a piece of a text without spaces.
_PIECE = 4
_Spans = tuple[tuple[int, int], ...]
_RECORDED: ContextVar[Mapping[str, _Spans] | None] = ContextVar("recorded", default=None)


@dataclass(frozen=True)
class Unit:
    """A word or a piece, ``text[start:end]``; ``key`` where it carries a concept."""

    start: int
    end: int
    key: bool


def clusters(text: str) -> list[str]:
    """Cut a text into letters, each with the marks that belong to it.

    Examples
    --------
    >>> clusters("ទ្រព្យ"), clusters("กู้")
    (['ទ្រ', 'ព្យ'], ['กู้'])
    """
    found: list[str] = []
    for char in text:
        if found and (unicodedata.category(char)[0] == "M" or found[-1][-1] in _STACKERS):
            found[-1] += char
        else:
            found.append(char)
    return found


@contextmanager
def recorded_concepts(spans: Mapping[str, _Spans]) -> Iterator[None]:
    """Take where concepts are from a record, not from the lexicon, which grows.

    Parameters
    ----------
    spans : mapping of str to tuple of (int, int)
        Text -> where concepts are in it. Texts that are not in it are looked up as always.
    """
    token = _RECORDED.set(spans)
    try:
        yield
    finally:
        _RECORDED.reset(token)


def find_units(text: str) -> tuple[Unit, ...]:
    """Words and pieces of a text, links left out.

    Examples
    --------
    >>> [text[u.start:u.end] for text in ["Claim at bit.ly/x now"] for u in find_units(text)]
    ['Claim', 'at', 'now']
    """
    recorded = _RECORDED.get() or {}
    return _units(text, recorded[text] if text in recorded else concept_spans(text))


# A suite of disguises asks for the same texts again and again.
@lru_cache(maxsize=2**14)
def _units(text: str, keys: _Spans) -> tuple[Unit, ...]:
    links = link_spans(text)
    units: list[Unit] = []
    for run in _RUN.finditer(text):
        start, end = run.span()
        if any(first < end and start < last for first, last in links):
            continue
        if run["spaced"]:
            units.append(Unit(start, end, any(a < end and start < b for a, b in keys)))
        else:
            units.extend(_pieces(text, start, end, keys))
    return tuple(units)


@lru_cache(maxsize=2**14)
def concept_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where concepts are, overlapping ones merged.

    Examples
    --------
    >>> concept_spans("You won a prize")
    ((0, 9), (10, 15))
    """
    spans: list[tuple[int, int]] = []
    for start, end in sorted((m.start, m.end) for m in default_matcher().matches(text)):
        if spans and start < spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return tuple(spans)


def _pieces(text: str, start: int, end: int, keys: _Spans) -> list[Unit]:
    """Cut a run without spaces: concepts are pieces, the rest is cut at every few letters."""
    pieces: list[Unit] = []
    first = place = start
    count = 0
    key = None
    for letter in clusters(text[start:end]):
        now = next((k for k, (a, b) in enumerate(keys) if a <= place < b), None)
        if place > first and (now != key or (now is None and count == _PIECE)):
            pieces.append(Unit(first, place, key is not None))
            first, count = place, 0
        key = now
        place += len(letter)
        count += 1
    if place > first:
        pieces.append(Unit(first, place, key is not None))
    return pieces


def change_units(
    text: str,
    accepts: Callable[[str], bool],
    change: Callable[[str, random.Random], str],
    rng: random.Random,
    strength: float,
) -> str:
    """Change a share of the units, those that carry a concept first.

    Parameters
    ----------
    text : str
    accepts : callable
        Whether a unit can be changed.
    change : callable
        Gives the changed unit.
    rng : random.Random
    strength : float
        Share of the units that can be changed; at least one is.

    Returns
    -------
    str
    """
    able = [unit for unit in find_units(text) if accepts(text[unit.start : unit.end])]
    rng.shuffle(able)
    able.sort(key=lambda unit: not unit.key)
    chosen = able[: max(1, round(strength * len(able)))]
    pieces: list[str] = []
    done = 0
    for unit in sorted(chosen, key=lambda unit: unit.start):
        pieces += text[done : unit.start], change(text[unit.start : unit.end], rng)
        done = unit.end
    return "".join(pieces) + text[done:]
