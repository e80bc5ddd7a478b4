"""Repeated letters and punctuation, and marks piled on letters.

Numbers, masks (``xxxx1234``, ``****``), lines of dashes, roman numerals and links stay.
"""

import re

from scamclassify.text.draft import Draft, Edit
from scamclassify.text.links_in import LinksIn
from scamclassify.text.scripts import EMOJI

#: Combining marks for letters of any script: no language here leaves one after NFC.
STACKED_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20e2\u20e4-\u20f0"
#: Letters of the scripts written without spaces, where a run may cross a word boundary.
_UNSPACED = "\u0e01-\u0e2f\u0e81-\u0eae\u1000-\u102a\u1780-\u17b3"
_LETTERS = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\u0b83-\u0bb9"
#: Punctuation that is shortened to three; signs of masks and of lines are left out.
_PUNCTUATION = "!?.,;:)(~'\"$%&@^฿₫₱₭៛¥€£。！？，、～…ๆໆ"

_STACKED = re.compile(f"[{STACKED_MARKS}]+")
# The look ahead passes over most places before any set is asked.
_REPEATED = re.compile(
    rf"(?=(.)\1\1)(?:([{_LETTERS}])\2{{2,}}"
    rf"|([{_UNSPACED}])\3{{4,}}|([{_UNSPACED}])\4{{2,}}(?![{_UNSPACED}\u0e2f-\u0eff\u102b-\u109f\u17b4-\u17dd])"
    rf"|([{_PUNCTUATION}{EMOJI}])\5{{3,}})"
)
_ROMAN = re.compile("(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$")
_WORD_END = re.compile(r"[A-Za-z0-9]+\Z")
_WORD_START = re.compile("[A-Za-z0-9]+")
_LONGEST = 40


def drop_stacked_marks(draft: Draft) -> None:
    """Remove combining marks that composition has left over.

    Examples
    --------
    >>> draft = Draft("f̶r̶e̶e̶", track=False)
    >>> drop_stacked_marks(draft)
    >>> draft.text
    'free'
    """
    if draft.text.isascii():
        return
    edits = [(*found.span(), "") for found in _STACKED.finditer(draft.text)]
    draft.apply(edits, "combining_mark")


def shorten_repeats(draft: Draft) -> None:
    """Leave two of a repeated letter and three of a repeated sign.

    Examples
    --------
    >>> draft = Draft("freeeee!!!!!! 1000000 xxxx1234 ครับบบบ 55555", track=False)
    >>> shorten_repeats(draft)
    >>> draft.text
    'free!!! 1000000 xxxx1234 ครับบ 55555'
    """
    text = draft.text
    letters: list[Edit] = []
    marks: list[Edit] = []
    links = LinksIn(text)
    for found in _REPEATED.finditer(text):
        if found.group(2) and _stays(text, found):
            continue
        start, end = found.span()
        if links.touch(start, end):
            continue
        if found.group(5):
            marks.append((start + 3, end, ""))
        else:
            letters.append((start + 2, end, ""))
    draft.apply(letters + marks if not (letters and marks) else sorted(letters + marks), None)
    draft.count("repeated_letter", len(letters))
    draft.count("repeated_mark", len(marks))


def _stays(text: str, found: re.Match[str]) -> bool:
    """Whether a run of Latin letters is as it should be."""
    char = found.group(1)
    start, end = found.span()
    # A bounded look around keeps the pass linear on a hostile text without spaces.
    before = _WORD_END.search(text, max(0, start - _LONGEST), start)
    after = _WORD_START.match(text, end, min(len(text), end + _LONGEST))
    token = text[before.start() if before else start : after.end() if after else end]
    if char in "xX" and (not token.strip("xX") or any(c.isdigit() for c in token)):
        return True  # masked: xxx-xxx-1234, TH0147XXXX
    if len(token) == 3 or (len(token) == 4 and token.isupper()):
        return True  # www, SSS, AAA, CCCD
    if char == "a" and len(found.group()) == 3 and end < len(text) and text[end].isalpha():
        return True  # Filipino: maaari, naaalala
    return len(token) < 16 and _ROMAN.match(token) is not None
