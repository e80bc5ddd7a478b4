"""Letters spread out with spaces, dots or dashes: brought together again.

Runs of single letters also occur honestly (initials, answer options, spelled-out
abbreviations), so a run needs four letters, must not be the alphabet, and dotted capitals
stay as they are.
"""

import re
from collections.abc import Iterator

from scamclassify.text.confusables import lookalikes
from scamclassify.text.draft import Draft, Edit
from scamclassify.text.links_in import LinksIn
from scamclassify.text.lure_words import holds_lure

#: Latin letters as ordinary words of the languages here write them.
LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
#: Signs put between the letters; slash, comma and plus make lists and are left out.
SEPARATORS = r".\-_*·•|~^"
# Scripts without capitals: what a word holds, a letter, and the signs that go with it.
_UNITS = (
    (
        "\u0e01-\u0e4e",
        "[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46]",
        "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{0,4}",
    ),
    (
        "\u0e81-\u0edd",
        "[\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd\u0ec0-\u0ec6\u0edc\u0edd]",
        "[\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd]{0,4}",
    ),
    ("\u4e00-\u9fff", "[\u4e00-\u9fff]", ""),
    ("\u1780-\u17d3", "[\u1780-\u17b3]", "(?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1]){0,3}"),
    (
        "\u1000-\u103f",
        "[\u1000-\u102a\u103f]",
        "(?:\u1039[\u1000-\u1021]|[\u102b-\u1038\u103a-\u103e]){0,5}",
    ),
    ("\u0b82-\u0bd7", "[\u0b83-\u0bb9]", "[\u0bbe-\u0bcd\u0bd7]{0,3}"),
)
# Greek, Cyrillic and Armenian letters, which may stand for Latin ones.
_FOREIGN = "\u0370-\u03ff\u0400-\u0481\u048a-\u0556\u0561-\u0587"
# What a word may hold; other scripts may stand beside it.
_WORDS = f"{LATIN}{_FOREIGN}0-9_"
_FIRST = f"[{LATIN}{_FOREIGN}]"
_NEXT = f"[{LATIN}{_FOREIGN}0-9$@]"

_SPACED = re.compile(
    rf"{_FIRST}(?= )(?<![\w'’.&@/]{_FIRST})(?: {{1,3}}{_NEXT}(?![\w'’])){{3,}}(?![.&/@]\w)"
)
_DOTTED = re.compile(
    rf"{_FIRST}([{SEPARATORS}])(?<![{_WORDS}.@/]{_FIRST}[{SEPARATORS}]){_NEXT}(?:\1{_NEXT}){{2,}}"
    rf"(?![{_WORDS}@/]|[.\-_][{_WORDS}])"
)
# The letter comes before the look behind it, so that the engine can skip to letters. Six letters
# may stand within other text.
_UNSPACED = tuple(
    re.compile(
        f"{letter}(?:(?<!{'[' + block + ']'}{letter}){signs}"
        f"([ {SEPARATORS}]){letter}{signs}(?:\\1{letter}{signs}){{2,}}(?![{block}])"
        f"|{signs}([ {SEPARATORS}]){letter}{signs}(?:\\2{letter}{signs}){{4,}})"
    )
    for block, letter, signs in _UNITS
)
# What every match of these holds.
_OTHERS = "".join(block for block, _, _ in _UNITS)
_OTHERS_APART = re.compile(rf"([ {SEPARATORS}])[{_OTHERS}]{{1,11}}\1(?=[{_OTHERS}])")
_GAP = re.compile(" +")
_NO_LETTER = re.compile(f"[ {SEPARATORS}]")
_LONGEST_ABBREVIATION = 5
_ORDERS = """
    abcdefghijklmnopqrstuvwxyz
    กขคงจฉชซ กขฃคฅฆงจฉช
    aiueo aeiou
    ກຂຄງຈສຊຍ
    កខគឃងច
    ကခဂဃငစ
"""


def join_letters(draft: Draft) -> None:
    """Join letters that were spread out; double spaces stay as word boundaries.

    Examples
    --------
    >>> draft = Draft("f r e e  c r e d i t c.l.a.i.m", track=False)
    >>> join_letters(draft)
    >>> draft.text
    'free credit claim'
    """
    text = draft.text
    edits: list[Edit] = []
    runs = 0
    links = LinksIn(text)
    for found in _candidates(text):
        if not _is_word(found) or not _reads_as_latin(found.group(), text):
            continue
        if links.touch(*found.span()):
            continue
        runs += 1
        edits.extend(_joined(text, found))
    draft.apply(sorted(edits), "spaced_letter", runs)


def _candidates(text: str) -> Iterator[re.Match[str]]:
    yield from _SPACED.finditer(text)
    yield from _DOTTED.finditer(text)
    if not text.isascii() and _OTHERS_APART.search(text):
        for pattern in _UNSPACED:
            yield from pattern.finditer(text)


def _is_word(found: re.Match[str]) -> bool:
    """Whether a run of single letters is a spread-out word rather than a list or initials."""
    run = found.group()
    cased = "".join(filter(str.isalpha, run))
    letters = cased.lower()
    if len(set(letters)) < 2 or letters in _ORDERS:
        return False
    if run[0].isascii() and len(cased) < 3:
        return False
    if "\u1000" <= run[0] <= "\u17d3":
        # Khmer and Burmese may be written with spaces between words, some of one letter.
        return holds_lure(_NO_LETTER.sub("", run))
    # B.C.E.L. and the like: dotted capitals are an abbreviation.
    dotted = found.re is _DOTTED and found.group(1) == "." and run.isupper()
    return not dotted or len(letters) > _LONGEST_ABBREVIATION


def _reads_as_latin(run: str, text: str) -> bool:
    """Whether foreign letters of a run, if any, all pass for Latin ones in a Latin text."""
    foreign = not run.isascii() and [char for char in run if "\u0370" <= char <= "\u0587"]
    if not foreign:
        return True
    if not all(char in lookalikes() for char in foreign):
        return False
    return len(foreign) < sum(char.isascii() and char.isalpha() for char in text)


def _joined(text: str, found: re.Match[str]) -> Iterator[Edit]:
    """Take out the separators; of two or three spaces one stays. Letters become Latin."""
    if not found.group().isascii():
        table = lookalikes()
        for i in range(found.start(), found.end()):
            if text[i] in table and "\u0370" <= text[i] <= "\u0587":
                yield i, i + 1, table[text[i]]
    if found.re is _SPACED:
        for gap in _GAP.finditer(text, found.start(), found.end()):
            keep = min(1, len(gap.group()) - 1)
            yield gap.start(), gap.end() - keep, ""
    else:
        separator = next(group for group in found.groups() if group)
        for i in range(found.start(), found.end()):
            if text[i] == separator:
                yield i, i + 1, ""
