"""Burmese written in the Zawgyi encoding: the inverse of `scamclassify.text.zawgyi`.

A syllable of Unicode is read into its signs, which are written as Zawgyi's glyphs in the
order in which they are drawn. Of the glyph variants that only avoid collisions (wide and
narrow medials, dots moved aside) the commonest is taken.
"""

from __future__ import annotations

import random
import re

_STACKED = {
    **dict(zip("ကခဂဃ", map(chr, range(0x1060, 0x1064)), strict=True)),
    **{"စ": "\u1065", "ဆ": "\u1066", "ဇ": "\u1068", "ဈ": "\u1069", "ဋ": "\u106c", "ဌ": "\u106d"},
    **{"ဏ": "\u1070", "တ": "\u1071", "ထ": "\u1073", "ဒ": "\u1075", "ဓ": "\u1076", "န": "\u1077"},
    **{"ပ": "\u1078", "ဖ": "\u1079", "ဗ": "\u107a", "ဘ": "\u107b", "မ": "\u107c", "လ": "\u1085"},
}
_PAIRS = {
    "\u100d\u1039\u100d": "\u106e",
    "\u100d\u1039\u100e": "\u106f",
    "\u100f\u1039\u100d": "\u1091",
    "\u100b\u1039\u100c": "\u1092",
    "\u100b\u1039\u100b": "\u1097",
}
_SYLLABLE = re.compile(
    "(?P<kinzi>\u1004\u103a\u1039)?(?P<letter>[\u1000-\u102a\u103f])"
    "(?P<stack>(?:\u1039[\u1000-\u1021])*)(?P<signs>[\u102b-\u1038\u103a-\u103e]*)"
)
# Consonants that are shortened where something is written below them.
_SHORTENED = {"\u1014": "\u108f", "\u101b": "\u1090", "\u100a": "\u106b", "\u1009": "\u106a"}
# The consonants whose form is wide: the medial ra drawn around them is wide as well.
_WIDE = frozenset("ကဃဆညဏတထဘယလသဟအ")
_BURMESE = re.compile("[\u1000-\u1021][\u102b-\u103e]")


def unicode_to_zawgyi(text: str) -> str:
    """Write Unicode Burmese in Zawgyi.

    Examples
    --------
    >>> unicode_to_zawgyi("မြန်မာ"), unicode_to_zawgyi("မင်္ဂလာပါ")
    ('ျမန္မာ', 'မဂၤလာပါ')
    """
    return _SYLLABLE.sub(_drawn, text)


def _drawn(found: re.Match[str]) -> str:
    letter, stack, signs = found["letter"], found["stack"], found["signs"]
    has = {sign: sign in signs for sign in "ါာိီုူေဲံ့း်ျြွှ"}
    before = "\u1031" if has["ေ"] else ""
    if has["ြ"]:
        before += "\u107e" if letter in _WIDE else "\u103b"
    if letter + stack in _PAIRS:
        body = _PAIRS[letter + stack]
    else:
        below = "".join(_STACKED.get(char, "\u1039" + char) for char in stack if char != "\u1039")
        body = _letter(letter, bool(below) or has["ု"] or has["ူ"], has["်"]) + below
    above = ""
    if found["kinzi"]:
        above = "\u108b" if has["ိ"] else "\u108c" if has["ီ"] else "\u108d" if has["ံ"] else "\u1064"
    after = "\u103a" if has["ျ"] else ""
    if has["ွ"]:
        after += "\u108a" if has["ှ"] else "\u103c"
    elif has["ှ"]:
        after += "\u1088" if has["ု"] else "\u1089" if has["ူ"] else "\u103d"
    joined = after[-1:] in ("\u1088", "\u1089")
    if above in ("", "\u1064"):
        if has["ိ"] and has["ံ"]:
            after += "\u108e"
        else:
            after += "".join(sign for sign in "ိီ" if has[sign])
    if not joined:
        # Below another sign the vowel is drawn at the side.
        low = bool(stack) or has["ျ"] or has["ြ"] or has["ွ"]
        after += ("\u1033" if low else "ု") if has["ု"] else ""
        after += ("\u1034" if low else "ူ") if has["ူ"] else ""
    after += "ဲ" if has["ဲ"] else ""
    if has["ံ"] and not has["ိ"] and above != "\u108d":
        after += "ံ"
    if has["ါ"] and has["်"]:
        after += "\u105a"
    else:
        after += "".join(sign for sign in "ါာ" if has[sign]) + ("\u1039" if has["်"] else "")
    if has["့"]:
        after += "\u1095" if has["ု"] or has["ူ"] or has["ွ"] else "\u1094" if letter in "နရ" else "့"
    return before + body + above + after + ("း" if has["း"] else "")


def _letter(letter: str, low: bool, silent: bool) -> str:
    """The glyph of a consonant: shortened where something is below it."""
    if letter == "\u1009" and silent:
        return "\u1025"
    if letter == "\u103f":
        return "\u1086"
    if low and letter in _SHORTENED:
        return _SHORTENED[letter]
    return letter


def zawgyi(text: str, rng: random.Random, strength: float) -> str:
    """Write all Burmese of a text in Zawgyi; other texts stay."""
    return unicode_to_zawgyi(text) if _BURMESE.search(text) else text
