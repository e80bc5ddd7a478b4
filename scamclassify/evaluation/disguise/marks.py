"""Disguises of marks: signs typed in another order, split or doubled; diacritics left off."""

from __future__ import annotations

import random
import re
import unicodedata

from scamclassify.evaluation.disguise.units import LATIN

# Pattern and what is drawn alike (or nearly): Thai, Lao, Khmer, Burmese.
_TRICKS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("([\u0e31\u0e34-\u0e39])([\u0e48-\u0e4b])", "\\2\\1"),
        ("([\u0e48-\u0e4b])\u0e33", "\u0e4d\\1\u0e32"),
        ("\u0e33", "\u0e4d\u0e32"),
        ("\u0e41", "\u0e40\u0e40"),
        ("([\u0e31\u0e34-\u0e39\u0e47-\u0e4b])", "\\1\\1"),
        ("([\u0eb1\u0eb4-\u0eb9\u0ebb])([\u0ec8-\u0ecb])", "\\2\\1"),
        ("\u0eb3", "\u0ecd\u0eb2"),
        ("\u0ec1", "\u0ec0\u0ec0"),
        ("([\u0eb1\u0eb4-\u0eb9\u0ebb\u0ec8-\u0ecb])", "\\1\\1"),
        ("\u17be", "\u17c1\u17b8"),
        ("\u17c4", "\u17c1\u17b6"),
        ("([\u17b7-\u17bd])", "\\1\\1"),
        ("\u102d\u102f", "\u102f\u102d"),
        ("([\u102d-\u1030\u103a])", "\\1\\1"),
    )
)
_ANY = re.compile("|".join(pattern.pattern for pattern, _ in _TRICKS))


def accepts_marks(unit: str) -> bool:
    """Whether a unit has a sign to play with."""
    return _ANY.search(unit) is not None


def marks(unit: str, rng: random.Random) -> str:
    """Change the order of signs, split them or double one.

    Examples
    --------
    >>> marks("น้ำ", random.Random(0)) == "น้ำ"
    False
    """
    able = [trick for trick in _TRICKS if trick[0].search(unit)]
    pattern, replacement = rng.choice(able)
    return pattern.sub(replacement, unit)


_MARKED = re.compile(f"[{LATIN}]+")


def diacritics_off(text: str, rng: random.Random, strength: float) -> str:
    """Leave off the diacritics of Latin letters, all of them, as on a plain keyboard.

    Examples
    --------
    >>> diacritics_off("Trúng thưởng, não", random.Random(0), 0.3)
    'Trung thuong, nao'
    """
    return _MARKED.sub(lambda found: _plain(found.group()), text)


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    plain = "".join(char for char in parts if not unicodedata.combining(char))
    return plain.translate({ord("đ"): "d", ord("Đ"): "D"})
