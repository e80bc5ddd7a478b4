"""Disguises that change letters: look-alikes, digits for letters, styles, slips of typing.

The tables are written for the attack alone and share nothing with those of text repair.
"""

from __future__ import annotations

import random
import string
import unicodedata

from scamclassify.evaluation.disguise.units import clusters

#: Cyrillic and Greek letters that a reader takes for the Latin one.
LOOKALIKES: dict[str, str] = {
    "a": "аα", "c": "сϲ", "d": "ԁ", "e": "еε", "g": "ɡ", "h": "һ", "i": "іι", "j": "јϳ",
    "k": "кκ", "l": "ӏ", "m": "м", "n": "пη", "o": "оο", "p": "рρ", "q": "ԛ", "r": "г",
    "s": "ѕ", "t": "тτ", "u": "υ", "v": "ѵν", "w": "ԝω", "x": "хχ", "y": "уγ",
    "A": "АΑ", "B": "ВΒ", "C": "СϹ", "E": "ЕΕ", "F": "Ϝ", "H": "НΗ", "I": "ІΙ", "J": "Ј",
    "K": "КΚ", "M": "МΜ", "N": "Ν", "O": "ОΟ", "P": "РΡ", "S": "Ѕ", "T": "ТΤ", "X": "ХΧ",
    "Y": "ҮΥ", "Z": "Ζ",
}  # fmt: skip
LEET: dict[str, str] = {
    "o": "0", "e": "3", "a": "4@", "i": "1", "l": "1", "s": "5$", "t": "7", "b": "8",
}  # fmt: skip


def _alphabet(lower: int, upper: int) -> dict[str, str]:
    table = {char: chr(lower + k) for k, char in enumerate(string.ascii_lowercase)}
    return table | {char: chr(upper + k) for k, char in enumerate(string.ascii_uppercase)}


#: Styles of the Latin alphabet that are complete in Unicode.
STYLES: dict[str, dict[str, str]] = {
    "bold": _alphabet(0x1D41A, 0x1D400),
    "bold italic": _alphabet(0x1D482, 0x1D468),
    "bold script": _alphabet(0x1D4EA, 0x1D4D0),
    "bold fraktur": _alphabet(0x1D586, 0x1D56C),
    "sans bold": _alphabet(0x1D5EE, 0x1D5D4),
    "monospace": _alphabet(0x1D68A, 0x1D670),
    "fullwidth": _alphabet(0xFF41, 0xFF21),
    "circled": _alphabet(0x24D0, 0x24B6),
    "negative squared": _alphabet(0x1F170, 0x1F170),
}


def _ascii_letters(unit: str) -> int:
    return sum(char.isascii() and char.isalpha() for char in unit)


def _each(unit: str, table: dict[str, str], rng: random.Random) -> str:
    """Change about half of the letters that a table knows, and one at least."""
    places = [k for k, char in enumerate(unit) if char in table]
    sure = rng.choice(places)
    letters = list(unit)
    for k in places:
        if k == sure or rng.random() < 0.5:
            letters[k] = rng.choice(table[unit[k]])
    return "".join(letters)


def accepts_lookalike(unit: str) -> bool:
    """Whether a unit has two Latin letters and one that others pass for."""
    return _ascii_letters(unit) > 1 and any(char in LOOKALIKES for char in unit)


def lookalike(unit: str, rng: random.Random) -> str:
    """Put Cyrillic or Greek letters for Latin ones.

    Examples
    --------
    >>> lookalike("claim", random.Random(0)).isascii()
    False
    """
    return _each(unit, LOOKALIKES, rng)


_LEET = LEET | {char.upper(): signs for char, signs in LEET.items()}


def accepts_leet(unit: str) -> bool:
    """Whether a unit has four Latin letters and one that a digit stands for."""
    return _ascii_letters(unit) > 3 and any(char in _LEET for char in unit)


def leet(unit: str, rng: random.Random) -> str:
    """Put digits and signs for letters.

    Examples
    --------
    >>> leet("free", random.Random(1))
    'fr33'
    """
    return _each(unit, _LEET, rng)


def accepts_styled(unit: str) -> bool:
    """Whether a unit has two Latin letters."""
    return _ascii_letters(unit) > 1


def styled(unit: str, rng: random.Random) -> str:
    """Write the Latin letters in one of `STYLES`.

    Examples
    --------
    >>> unicodedata.normalize("NFKC", styled("free", random.Random(0)))
    'free'
    """
    table = STYLES[rng.choice(sorted(STYLES))]
    return "".join(table.get(char, char) for char in unit)


def _is_latin(unit: str) -> bool:
    return unicodedata.name(unit[0], "").startswith("LATIN")


def _slips(unit: str, least: int) -> list[int]:
    """Clusters in which a letter can be dropped or doubled: inner ones, Latin or with marks."""
    parts = clusters(unit)
    if not parts:
        return []  # an earlier disguise left nothing
    if _is_latin(unit):
        return list(range(1, len(parts) - 1)) if len(parts) >= least else []
    if "\u3400" <= unit[0] <= "\u9fff":
        return []  # an ideograph is a word: nobody reads over its loss
    return [k for k, part in enumerate(parts) if len(part) > 1]


def accepts_dropped(unit: str) -> bool:
    """Whether a letter of a unit can be left out: a long word, or a sign above or below."""
    return bool(_slips(unit, 5))


def dropped(unit: str, rng: random.Random) -> str:
    """Leave out an inner letter, a vowel rather than a consonant, or a sign.

    Examples
    --------
    >>> len(dropped("reward", random.Random(0)))
    5
    """
    parts = clusters(unit)
    places = _slips(unit, 5)
    if _is_latin(unit):
        vowels = [k for k in places if unicodedata.normalize("NFD", parts[k])[0] in "aeiouAEIOU"]
        parts[rng.choice(vowels or places)] = ""
    else:
        k = rng.choice(places)
        parts[k] = parts[k][:-1]
        if parts[k][-1] in "\u17d2\u1039":  # a stacking sign goes with its letter
            parts[k] = parts[k][:-1]
    return "".join(parts)


def accepts_doubled(unit: str) -> bool:
    """Whether a letter of a unit can be doubled: a word of four, or letters with signs."""
    return bool(_slips(unit, 4))


def doubled(unit: str, rng: random.Random) -> str:
    """Type one letter twice.

    Examples
    --------
    >>> len(doubled("bonus", random.Random(0)))
    6
    """
    parts = clusters(unit)
    k = rng.choice(_slips(unit, 4))
    parts[k] = parts[k] + parts[k] if _is_latin(unit) else parts[k][0] + parts[k]
    return "".join(parts)
