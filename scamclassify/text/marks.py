"""Vowel signs and tone marks of Thai, Lao, Khmer and Burmese in one order.

The same syllable can be typed in several orders that look alike. The Thai rules are those
of PyThaiNLP's ``normalize`` (two sara e for sara ae, nikhahit and sara aa for sara am,
tone marks after vowel signs); Lao follows them; Khmer and Burmese follow the order of the
Unicode Standard, chapters 16.3 and 16.4, and Unicode Technical Note 11.
"""

import re

from scamclassify.text.draft import Draft, Edit

# Rules of each script in the order in which they are tried: a set, what follows one of it, and
# what both become; the first group is the character of the set.
_RULES: tuple[tuple[tuple[str, str, str], ...], ...] = (
    (  # Thai
        ("\u0e40", "\u0e40", "\u0e41"),
        ("\u0e4d", "([\u0e48-\u0e4b])\u0e32", "\\2\u0e33"),
        ("\u0e48-\u0e4b", "\u0e4d\u0e32", "\\1\u0e33"),
        ("\u0e4d", "\u0e32", "\u0e33"),
        ("\u0e33", "([\u0e48-\u0e4b])", "\\2\u0e33"),
        ("\u0e48-\u0e4c", "([\u0e31\u0e34-\u0e3a\u0e47])", "\\2\\1"),
    ),
    (  # Lao
        ("\u0ec0", "\u0ec0", "\u0ec1"),
        ("\u0ecd", "([\u0ec8-\u0ecb])\u0eb2", "\\2\u0eb3"),
        ("\u0ec8-\u0ecb", "\u0ecd\u0eb2", "\\1\u0eb3"),
        ("\u0ecd", "\u0eb2", "\u0eb3"),
        ("\u0eb3", "([\u0ec8-\u0ecb])", "\\2\u0eb3"),
        ("\u0ec8-\u0ecc", "([\u0eb1\u0eb4-\u0eb9\u0ebb\u0ebc\u0ecd])", "\\2\\1"),
    ),
    (  # Khmer
        ("\u17c1", "\u17b8", "\u17be"),
        ("\u17c1", "\u17b6", "\u17c4"),
        ("\u17b6-\u17c5", "([\u17c9\u17ca])", "\\2\\1"),
    ),
    (  # Burmese; the digits 0 and 7 are typed for the letters wa and ra
        ("\u1036", "([\u102f\u1030])", "\\2\u1036"),
        ("\u102f\u1030", "([\u102d\u102e\u1032])", "\\2\\1"),
        ("\u1031", "([\u103b-\u103e])", "\\2\u1031"),
        ("\u1040", "(?=[\u102b-\u1032\u1036\u103a-\u103e])", "\u101d"),
        ("\u1047", "(?=[\u102b-\u1032\u1036\u103a-\u103e])", "\u101b"),
        ("\u1025", "(?=\u1037?\u103a)", "\u1009"),
    ),
)


def _any_rule(rules: tuple[tuple[str, str, str], ...]) -> re.Pattern[str]:
    """Where any rule of a script has something to do; it begins with a set, which is quick."""
    several = "|".join(f"(?<=[{first}]){then}" for first, then, _ in rules)
    return re.compile(f"[{''.join(first for first, _, _ in rules)}](?:{several})")


# For each script where any rule has something to do, and pattern and replacement of each rule.
_ORDER = tuple(
    (
        _any_rule(rules),
        tuple((re.compile(f"([{first}]){then}"), new) for first, then, new in rules),
    )
    for rules in _RULES
)
_DOUBLED = re.compile(
    "([\u0e30-\u0e3a\u0e45\u0e47-\u0e4e\u0eb0-\u0ebc\u0ec8-\u0ecd\u17b6-\u17d1"
    "\u102b-\u1032\u1036-\u1038\u103a-\u103e])\\1+"
)
# Of several tone marks the last one typed is meant.
_TONES = re.compile("[\u0e48-\u0e4b]+(?=[\u0e48-\u0e4b])|[\u0ec8-\u0ecb]+(?=[\u0ec8-\u0ecb])")
_ANY = re.compile("[\u0e30-\u0e4e\u0eb0-\u0ecd\u17b6-\u17d1\u1025-\u1047]")


def order_marks(draft: Draft) -> None:
    """Put vowel signs and tone marks in their order and drop doubled ones.

    Examples
    --------
    >>> draft = Draft("เเจกนํ้า จ้าาาา", track=False)
    >>> order_marks(draft)
    >>> draft.text
    'แจกน้ำ จ้า'
    """
    if draft.text.isascii() or _ANY.search(draft.text) is None:
        return
    doubled: list[Edit] = [
        (found.start() + 1, found.end(), "") for found in _DOUBLED.finditer(draft.text)
    ]
    draft.apply(doubled, "repeated_mark")
    draft.apply([(*found.span(), "") for found in _TONES.finditer(draft.text)], "repeated_mark")
    for any_rule, rules in _ORDER:
        if any_rule.search(draft.text) is None:
            continue
        for pattern, replacement in rules:
            places = pattern.finditer(draft.text)
            edits = [(*found.span(), found.expand(replacement)) for found in places]
            draft.apply(edits, "mark_order")
