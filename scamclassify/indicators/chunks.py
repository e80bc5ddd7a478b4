"""Runs of digits in a message, in groups as they are written."""

# ruff: noqa: E501 (word lists and patterns are easier to read on one line)

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scamclassify.indicators.fields import Claim
from scamclassify.indicators.view import View

_GROUP = re.compile(r"\d+")
# What may stand between two groups of one number.
_BETWEEN = re.compile(r"[ .\-]|[ .\-]?\(|\)[ .\-]?| - |\) ?-")
_OPENING = re.compile(r"(?:\(\+|\+\(|\+|\()\s?$")
_MOST_GROUPS = 16

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
# Confidence, signs one of which must be there, pattern.
_NOTHING: tuple[tuple[float, tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (confidence, tuple(signs.split(" ")), re.compile(pattern))
    for confidence, signs, pattern in (
        (
            0.94,
            "- / .",
            rf"(?<![\d.+/-])(?:{_DAY}(?P<a>[-/.]){_MONTH}(?P=a)(?:(?:19|2[05])\d\d|\d\d)"
            rf"|{_MONTH}(?P<b>[-/]){_DAY}(?P=b)(?:19|2[05])\d\d)(?![\d-]|[./]\d)",
        ),
        (
            0.94,
            "- / .",
            rf"(?<![\d.+/-])(?:19|2[05])\d\d(?P<c>[-/.]){_MONTH}(?P=c){_DAY}(?![\d-]|[./]\d)",
        ),
        (
            0.94,
            ": h",
            r"(?<![\d.:+-])(?:[01]?\d|2[0-4]) ?[:h] ?[0-5]\d(?: ?[:m] ?[0-5]\d)?(?!\d|[.:]\d)",
        ),
        (
            0.8,
            ".",
            r"(?<![\d.:+-])(?:[01]?\d|2[0-3])[.][0-5]\d"
            r"(?=\s?(?:-|น\.|wib|wita|wit\b|am\b|pm\b|hrs?\b|โมง|ໂມງ))",
        ),
        (0.95, ".", r"(?<![\d.])-?\d{1,3}\.\d{4,} ?, ?-?\d{1,3}\.\d{4,}(?!\d)"),
        (0.94, "% per", r"(?<![\d.])\d+(?:[.,]\d+)? ?(?:%|percent\b|persen\b|peratus\b)"),
        (
            0.9,
            "v ios android phiên 版本 เวอร์ชัน",
            r"(?<=v)\d+(?:\.\d+){1,3}|(?<=version )\d+(?:\.\d+){1,3}|(?<=ios )\d+(?:\.\d+){1,3}"
            r"|(?<=android )\d+(?:\.\d+)*|(?<=phiên bản )\d+(?:\.\d+)+|(?<=versi )\d+(?:\.\d+)+"
            r"|(?<=versão )\d+(?:\.\d+)+|(?<=เวอร์ชัน )\d+(?:\.\d+)+|(?<=版本)\d+(?:\.\d+)+",
        ),
        (
            0.9,
            "- / to",
            r"(?<![\d.])(?:19|20|25)\d\d ?(?:-|/|to) ?(?:19|20|25)\d\d(?!\d|[-.]\d)",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Groups of digits that may be one number.

    Attributes
    ----------
    spans : tuple of (int, int)
        Place of each group.
    start, end : int
        Place of the whole, an opening ``+`` or bracket included.
    digits : str
        All digits.
    plus : bool
        Whether ``+`` stands before it.
    """

    spans: tuple[tuple[int, int], ...]
    start: int
    end: int
    digits: str
    plus: bool


def claim_nothing(view: View, starts: Sequence[int]) -> Iterator[Claim]:
    """Dates, times, coordinates, percentages and versions: numbers that are no indicator.

    ``starts`` are the `number_starts` of the message in small letters.
    """
    lower = view.lower
    for confidence, signs, pattern in _NOTHING:
        for sign in signs:
            if sign in lower:
                break
        else:
            continue
        for found in matches_at(pattern, lower, starts):
            yield Claim("", *found.span(), "", confidence)


def number_starts(text: str) -> list[int]:
    """Where runs of digits begin, and where a minus stands before one.

    Examples
    --------
    >>> number_starts("7 or -12")
    [0, 5, 6]
    """
    starts = []
    for found in _GROUP.finditer(text):
        start = found.start()
        if start and text[start - 1] == "-":
            starts.append(start - 1)
        starts.append(start)
    return starts


def matches_at(
    pattern: re.Pattern[str], text: str, starts: Sequence[int]
) -> Iterator[re.Match[str]]:
    """Matches from left to right that do not overlap, as ``finditer`` gives them.

    Only at places where one can begin: a search would try every character.
    """
    done = 0
    for start in starts:
        if start >= done and (found := pattern.match(text, start)):
            done = found.end()
            yield found


def find_chunks(view: View, taken: Sequence[tuple[int, int]]) -> list[Chunk]:
    """Runs of digits outside of places that are taken.

    Parameters
    ----------
    view : View
    taken : sequence of (int, int)
        Places of links, amounts, dates.

    Examples
    --------
    >>> from scamclassify.indicators.view import make_view
    >>> [chunk.digits for chunk in find_chunks(make_view("call (02) 123-4567, 99"), [])]
    ['021234567', '99']
    """
    text = view.text
    groups = [
        found.span()
        for found in _GROUP.finditer(text)
        if not (taken and any(start < found.end() and found.start() < end for start, end in taken))
        and not _in_word(text, *found.span())
    ]
    chunks: list[Chunk] = []
    run: list[tuple[int, int]] = []
    for group in groups:
        if run and (len(run) >= _MOST_GROUPS or not _BETWEEN.fullmatch(text, run[-1][1], group[0])):
            chunks.append(make_chunk(text, run))
            run = []
        run.append(group)
    if run:
        chunks.append(make_chunk(text, run))
    return chunks


def make_chunk(text: str, spans: Sequence[tuple[int, int]]) -> Chunk:
    """A chunk of groups, with what opens it."""
    start, end = spans[0][0], spans[-1][1]
    opening = _OPENING.search(text, max(0, start - 3), start)
    plus = False
    if opening is not None:
        plus = "+" in opening.group()
        closed = ")" in text[start:end]
        if plus or closed:
            begin = opening.start()
            start = begin if closed or "(" not in opening.group() else start - 1
    digits = "".join(text[a:b] for a, b in spans)
    return Chunk(tuple(spans), start, end, digits, plus)


def windows(text: str, chunk: Chunk) -> Iterator[Chunk]:
    """Contiguous parts of a chunk, those that begin first first, longest first."""
    n = len(chunk.spans)
    for first in range(n):
        for last in range(n, first, -1):
            if first == 0 and last == n:
                yield chunk
            else:
                yield make_chunk(text, chunk.spans[first:last])


def group_sizes(chunk: Chunk) -> tuple[int, ...]:
    """Number of digits in each group."""
    return tuple(b - a for a, b in chunk.spans)


def separators(text: str, chunk: Chunk) -> set[str]:
    """What stands between the groups."""
    return {text[a[1] : b[0]] for a, b in pairwise(chunk.spans)}


_WORD_BEFORE = re.compile(r"([A-Za-z]+)$")
# Words that numbers are written straight behind.
_STUCK = frozenset(
    "wa tel telp hp hub call ph sdt dt zalo viber stk tk id qq line whatsapp otp tac code acc no lh phone hotline rek".split()
)


def _in_word(text: str, start: int, end: int) -> bool:
    """Whether digits are part of a word such as ``TH0123X``, ``INV-2024`` or ``#123``."""
    before = text[start - 1 : start]
    if before and (before in "#_@=&*" or (before in "-/" and text[start - 2 : start - 1] in "#_*")):
        return True
    if before.isascii() and before.isalpha():
        word = _WORD_BEFORE.search(text, max(0, start - 10), start)
        if word is None or word.group(1).lower() not in _STUCK:
            return True
    if before == "-" and (word := _WORD_BEFORE.search(text, max(0, start - 10), start - 1)):
        return word.group(1).isupper() and word.group(1).lower() not in _STUCK
    after = text[end : end + 1]
    if end - start < 7 and (
        (before == "," and text[start - 2 : start - 1].isdigit())
        or (after == "," and text[end + 1 : end + 2].isdigit())
    ):
        return True  # a part of "3,000"
    return after in ("_", "*") or (
        after.isascii() and after.isalpha() and text[end : end + 2].isalnum() and end - start < 9
    )
