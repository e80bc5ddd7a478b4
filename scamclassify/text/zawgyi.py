"""Burmese in the Zawgyi encoding: detected, and converted to Unicode.

Zawgyi-One puts glyphs on Unicode's Burmese code points in the order in which they are
drawn. Detection is Google's ``myanmartools`` (a Markov model over code points). The
conversion reads a syllable (signs drawn before the consonant, the consonant, the signs
after it) into slots and writes the slots in the order of the Unicode Standard, chapter
16.3. What each code point is drawn as follows the Zawgyi-One chart, which also underlies
the public ``Zawgyi-my`` transform of CLDR; the outcome was compared with ICU's.
"""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from scamclassify.text.draft import Draft, Edit

if TYPE_CHECKING:
    from myanmartools import ZawgyiDetector

#: Convert at this probability of Zawgyi or above.
THRESHOLD = 0.95

_KINZI = "\u1004\u103a\u1039"

# Slots in the order of Unicode; a syllable's signs are sorted into them.
_SLOTS = ("stack", "y", "r", "w", "h", "e", "i", "u", "ai", "aa", "asat", "anusvara", "dot", "end")

# A sign's slots and what it adds to each.
_SIGNS: dict[str, tuple[tuple[str, str], ...]] = {
    "\u102b": (("aa", "\u102b"),),
    "\u102c": (("aa", "\u102c"),),
    "\u102d": (("i", "\u102d"),),
    "\u102e": (("i", "\u102e"),),
    "\u102f": (("u", "\u102f"),),
    "\u1030": (("u", "\u1030"),),
    "\u1031": (("e", "\u1031"),),
    "\u1032": (("ai", "\u1032"),),
    "\u1033": (("u", "\u102f"),),
    "\u1034": (("u", "\u1030"),),
    "\u1036": (("anusvara", "\u1036"),),
    "\u1037": (("dot", "\u1037"),),
    "\u1038": (("end", "\u1038"),),
    "\u1039": (("asat", "\u103a"),),
    "\u103a": (("y", "\u103b"),),
    "\u103b": (("r", "\u103c"),),
    "\u103c": (("w", "\u103d"),),
    "\u103d": (("h", "\u103e"),),
    "\u103e": (("h", "\u103e"),),
    "\u105a": (("aa", "\u102b"), ("asat", "\u103a")),
    "\u1064": (("kinzi", _KINZI),),
    "\u107d": (("y", "\u103b"),),
    "\u1087": (("h", "\u103e"),),
    "\u1088": (("h", "\u103e"), ("u", "\u102f")),
    "\u1089": (("h", "\u103e"), ("u", "\u1030")),
    "\u108a": (("w", "\u103d"), ("h", "\u103e")),
    "\u108b": (("kinzi", _KINZI), ("i", "\u102d")),
    "\u108c": (("kinzi", _KINZI), ("i", "\u102e")),
    "\u108d": (("kinzi", _KINZI), ("anusvara", "\u1036")),
    "\u108e": (("i", "\u102d"), ("anusvara", "\u1036")),
    "\u1094": (("dot", "\u1037"),),
    "\u1095": (("dot", "\u1037"),),
    "\u1096": (("stack", "\u1039\u1010"), ("w", "\u103d")),
    **{chr(code): (("r", "\u103c"),) for code in range(0x107E, 0x1085)},
    # Consonants written below another one.
    **{
        chr(code): (("stack", "\u1039" + letter),)
        for code, letter in {
            **dict(zip(range(0x1060, 0x1064), "ကခဂဃ", strict=True)),
            **dict(zip(range(0x1065, 0x106A), "စဆဆဇဈ", strict=True)),
            **dict(zip(range(0x106C, 0x106E), "ဋဌ", strict=True)),
            **dict(zip(range(0x1070, 0x107D), "ဏတတထထဒဓနပဖဗဘမ", strict=True)),
            0x1085: "လ",
            0x1093: "ဘ",
        }.items()
    },
}
# Letters, and glyphs that hold a stacked pair.
_LETTERS = {
    "\u106a": "\u1009",
    "\u106b": "\u100a",
    "\u106e": "\u100d\u1039\u100d",
    "\u106f": "\u100d\u1039\u100e",
    "\u1086": "\u103f",
    "\u108f": "\u1014",
    "\u1090": "\u101b",
    "\u1091": "\u100f\u1039\u100d",
    "\u1092": "\u100b\u1039\u100c",
    "\u1097": "\u100b\u1039\u100b",
}
_WA_RA = {"\u1040": "\u101d", "\u1047": "\u101b"}
_LETTER_OR_SIGN = re.compile("[\u1000-\u103f\u105a\u1060-\u1097]")
_SIGN_CLASS = "\u102b-\u103e\u105a\u1060-\u1069\u106c\u106d\u1070-\u1085\u1087-\u108e\u1093-\u1096"
_SYLLABLE = re.compile(
    "(?P<before>[\u1031\u103b\u107e-\u1084]*)"
    "(?P<letter>[\u1000-\u102a\u103f-\u1049\u104e\u106a\u106b\u106e\u106f\u1086\u108f-\u1092\u1097])"
    f"(?P<after>(?:(?![\u1031\u103b\u107e-\u1084])[{_SIGN_CLASS}])*)"
)
#: What Zawgyi text has and Unicode Burmese has not (or hardly): glyph code points, the
#: virama with no consonant to stack, a prescript sign where a syllable begins.
CUE = re.compile(
    "[\u1033\u1034\u105a\u1060-\u1097]|\u1039(?![\u1000-\u1021])"
    "|(?<![\u1000-\u102a\u1037-\u103f\u200b-\u200d])[\u1031\u103b]|[\u102b-\u1036]\u103b"
)


@cache
def _detector() -> "ZawgyiDetector":
    # Imported here: only Burmese texts pay for it.
    import warnings

    with warnings.catch_warnings():
        # myanmartools opens its model by an importlib call that Python 3.11 deprecates.
        warnings.simplefilter("ignore", DeprecationWarning)
        from myanmartools import ZawgyiDetector

        return ZawgyiDetector()


def zawgyi_probability(text: str) -> float:
    """Probability that a text is in Zawgyi; 0 where there is no Burmese.

    Examples
    --------
    >>> zawgyi_probability("မြန်မာ") < 0.05 < 0.95 < zawgyi_probability("ျမန္မာစာ")
    True
    """
    return max(0.0, _detector().get_zawgyi_probability(text))


def zawgyi_to_unicode(text: str) -> str:
    """Convert Zawgyi to Unicode, whatever the text is.

    Examples
    --------
    >>> zawgyi_to_unicode("ျမန္မာ")
    'မြန်မာ'
    """
    return _SYLLABLE.sub(_converted, text)


def convert_zawgyi(draft: Draft) -> None:
    """Convert the text if it is in Zawgyi.

    Examples
    --------
    >>> draft = Draft("မဂၤလာပါခင္ဗ်ာ", track=False)
    >>> convert_zawgyi(draft)
    >>> draft.text
    'မင်္ဂလာပါခင်ဗျာ'
    """
    text = draft.text
    if text.isascii() or CUE.search(text) is None or zawgyi_probability(text) < THRESHOLD:
        return
    edits: list[Edit] = []
    for found in _SYLLABLE.finditer(text):
        new = _converted(found)
        if new != found.group():
            edits.append((*found.span(), new))
    # What still looks like Zawgyi afterwards was not: leave it as it came.
    if edits and zawgyi_probability(zawgyi_to_unicode(text)) < THRESHOLD:
        draft.apply(edits, "zawgyi")


def _converted(found: re.Match[str]) -> str:
    """One syllable in Unicode's order."""
    slots = dict.fromkeys(_SLOTS, "")
    slots["kinzi"] = ""
    signs = found["before"] + found["after"]
    for sign in signs:
        for slot, value in _SIGNS.get(sign, ()):
            if value not in slots[slot]:  # a sign typed twice is drawn once
                slots[slot] += value
    letter = _letter(found, slots)
    if slots["asat"] and (not slots["aa"] or "\u1039\u103a" in signs):
        # On the consonant itself, before what else it carries.
        letter += slots["asat"]
        slots["asat"] = ""
    word = slots["kinzi"] + letter + "".join(slots[name] for name in _SLOTS)
    return unicodedata.normalize("NFC", word)


def _letter(found: re.Match[str], slots: dict[str, str]) -> str:
    """The letter, with the look-alikes that Zawgyi typists use resolved."""
    char = found["letter"]
    if char in _WA_RA:
        # The digits 0 and 7 are typed for wa and ra: so they are beside letters.
        text, start, end = found.string, found.start(), found.end()
        beside = (text[start - 1] if start else "") + text[end : end + 1]
        if end - start > 1 or _LETTER_OR_SIGN.search(beside):
            return _WA_RA[char]
    if char == "\u1025" and slots["asat"]:
        return "\u1009"
    if char == "\u1005" and slots["y"]:
        slots["y"] = ""
        return "\u1008"
    return _LETTERS.get(char, char)
