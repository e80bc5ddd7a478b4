"""A message as the extractors read it: disguises undone, digits of all scripts as ASCII."""

# ruff: noqa: E501 (word lists and patterns are easier to read on one line)

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from scamclassify.features.links import host_facts
from scamclassify.text.compat import compose, unstyle
from scamclassify.text.confusables import replace_lookalikes
from scamclassify.text.draft import Draft
from scamclassify.text.invisible import remove_invisible
from scamclassify.text.links import mend_links
from scamclassify.text.marks import order_marks
from scamclassify.text.zawgyi import convert_zawgyi

# The passes of text repair that cannot change a number or a handle into letters: reading
# of digits as letters, joining of spread letters and shortening are left out.
_PASSES = (
    remove_invisible,
    compose,
    unstyle,
    replace_lookalikes,
    convert_zawgyi,
    order_marks,
    mend_links,
)
_MOST_ROUNDS = 8

# First digit of each script's ten.
_ZEROS = (0x0660, 0x06F0, 0x0966, 0x0BE6, 0x0E50, 0x0ED0, 0x1040, 0x1090, 0x17E0, 0xFF10)
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u301c\uff5e"
# The Burmese letter wa is often typed for the digit zero.
_WA = re.compile(
    "(?<=[\u1040-\u1049])\u101d(?=[\u1040-\u1049]|(?![\u1000-\u109f]))|(?<![\u1000-\u109f])\u101d(?=[\u1040-\u1049])"
)
# A host spread out letter by letter: ``b i t . l y / x``.
_SPREAD_HOST = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Za-z0-9-] ){2,30}\. (?:[A-Za-z0-9] (?:\. )?){1,12}(?:[A-Za-z0-9](?![A-Za-z0-9])|(?=/))"
    r"(?: ?/ ?(?=[A-Za-z0-9]))?"
)
# A full stop of another script before an ending, and a label before a broken host.
_FULL_STOP = re.compile(r"(?<=[A-Za-z0-9])[。．｡](?=(?P<ending>[a-z]{2,12})(?![A-Za-z0-9]))")
_LABEL = re.compile(r"(?<![A-Za-z0-9.-])[A-Za-z0-9-]{2,}( \. ?)(?=[a-z0-9-]+(\.)[a-z]{2,}(?![\w]))")
# A dot written out or spaced on both sides, sure where the label is no word or a path follows.
_WRITTEN_DOT = re.compile(
    r"(?<![A-Za-z0-9.-])(?P<label>[A-Za-z0-9-]{2,})(?P<dot> dot | \. )"
    r"(?P<ending>[a-z]{2,12})(?![A-Za-z0-9-])(?P<path> ?/ ?(?=[A-Za-z0-9]))?",
    re.IGNORECASE,
)
_BROKEN_AT = re.compile(r"(?<=[A-Za-z0-9]) ?[\[({](?:at|@)[\])}] ?(?=[A-Za-z0-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class View:
    """A message and what is read in its place.

    Attributes
    ----------
    raw : str
        As it came.
    text : str
        As it is read.
    lower : str
        ``text`` in small letters, of the same length.
    positions : list of int or None
        Index in ``raw`` of each character of ``text``, then ``len(raw)``; None where they
        are the same.
    """

    raw: str
    text: str
    lower: str
    positions: list[int] | None

    def span_in_raw(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in ``raw``."""
        if self.positions is None:
            return start, end
        # What was removed behind the last character is not part of it.
        return self.positions[start], self.positions[end - 1] + 1


@cache
def plain_signs() -> dict[int, str]:
    """Digits, spaces and dashes of all scripts with the ASCII ones they stand for."""
    table = {zero + k: str(k) for zero in _ZEROS for k in range(10)}
    table.update(dict.fromkeys(map(ord, _SPACES), " "))
    table.update(dict.fromkeys(map(ord, _DASHES), "-"))
    table[ord("\uff1a")] = ":"
    return table


def lowered(text: str) -> str:
    """Text in small letters, of the same length."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _spread_hosts(draft: Draft) -> None:
    edits: list[tuple[int, int, str]] = []
    for found in _SPREAD_HOST.finditer(draft.text):
        start = found.start()
        edits += [(start + k, start + k + 1, "") for k, c in enumerate(found.group()) if c == " "]
    draft.apply(edits, "broken_link")


def _write_dots(draft: Draft) -> None:
    edits = []
    for found in _WRITTEN_DOT.finditer(draft.text):
        sure = found["path"] or any(char in "-0123456789" for char in found["label"][1:])
        if sure and host_facts("x." + found["ending"].lower()).suffix:
            edits.append((*found.span("dot"), "."))
            if found["path"] and found["path"] != "/":
                edits.append((*found.span("path"), "/"))
    draft.apply(edits, "broken_link")


def _mend_hosts(draft: Draft) -> None:
    """Links that text repair leaves, because elsewhere they may be honest prose."""
    stops = [
        f.span() for f in _FULL_STOP.finditer(draft.text) if host_facts("x." + f["ending"]).suffix
    ]
    draft.apply([(*span, ".") for span in stops], "broken_link")
    if " dot " in draft.text.lower() or " . " in draft.text:
        _write_dots(draft)
    if " ." not in draft.text:
        return
    if " . " in draft.text:
        _spread_hosts(draft)
    positions = draft.positions or []
    edits = []
    for found in _LABEL.finditer(draft.text):
        dot = found.start(2)
        if positions[dot + 1] - positions[dot - 1] > 2:  # the next dot was broken as well
            edits.append((*found.span(1), "."))
    draft.apply(edits, "broken_link")


def plain_text(text: str) -> str:
    """Digits, spaces and dashes of a text as ASCII, each in its place.

    Examples
    --------
    >>> plain_text("โทร ๐๘๑–๒๓๔")
    'โทร 081-234'
    """
    if text.isascii():
        return text
    if "\u101d" in text:
        text = _WA.sub("\u1040", text)
    return text.translate(plain_signs())


def make_view(raw: str, suspicious: bool = True) -> View:
    """Read a message.

    Parameters
    ----------
    raw : str
        A message as it came.
    suspicious : bool, default=True
        Whether a disguise may be in it; `scamclassify.text.prescan.find_cues` tells for
        many messages at once.

    Examples
    --------
    >>> view = make_view("โทร ๐๘๑ hxxp://a[.]top")
    >>> view.text
    'โทร 081 http://a.top'
    >>> view.raw[slice(*view.span_in_raw(8, 20))]
    'hxxp://a[.]top'
    """
    positions = None
    text = raw
    if suspicious:
        draft = Draft(raw, track=True)
        for _ in range(_MOST_ROUNDS):
            before = draft.text
            for mend in _PASSES:
                mend(draft)
            _mend_hosts(draft)
            if "at" in draft.text or "@" in draft.text:
                edits = [(*f.span(), "@") for f in _BROKEN_AT.finditer(draft.text)]
                draft.apply(edits, "broken_link")
            if draft.text == before:
                break
        text = draft.text
        if text != raw:
            positions = draft.positions
            assert positions is not None
            assert all(a <= b for a, b in pairwise(positions))
    text = plain_text(text)
    return View(raw, text, lowered(text), positions)
