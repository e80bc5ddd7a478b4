"""Disguises that put something between the letters of a word."""

from __future__ import annotations

import random

from scamclassify.evaluation.disguise.units import clusters

#: Zero-width space, non-joiner, word joiner, byte order mark, soft hyphen.
INVISIBLE = "\u200b\u200c\u2060\ufeff\u00ad"
SEPARATORS = (" ", " ", " ", ".", "-", "*", "_")
PICTURES = ("🎁", "💰", "🔥", "✅", "⭐", "💎", "❤️", "👉🏻")


def accepts_insertion(unit: str) -> bool:
    """Whether a unit has two letters to put something between."""
    return len(clusters(unit)) > 1


def zero_width(unit: str, rng: random.Random) -> str:
    r"""Put one to three invisible characters between letters.

    Examples
    --------
    >>> zero_width("free", random.Random(0)).translate(dict.fromkeys(map(ord, INVISIBLE)))
    'free'
    """
    parts = clusters(unit)
    places = rng.sample(range(1, len(parts)), min(rng.randint(1, 3), len(parts) - 1))
    for k in places:
        parts[k] = rng.choice(INVISIBLE) + parts[k]
    return "".join(parts)


def accepts_spacing(unit: str) -> bool:
    """Whether a unit has four letters: fewer, spaced out, are hard to read."""
    return len(clusters(unit)) > 3


def spacing(unit: str, rng: random.Random) -> str:
    """Set the letters apart by spaces or signs.

    Examples
    --------
    >>> spacing("free", random.Random(1))
    ' f r e e '
    """
    separator = rng.choice(SEPARATORS)
    spread = separator.join(clusters(unit))
    # A wider gap tells where the word ends, in scripts that have gaps at all.
    if separator == " " and (unit[0] < "\u0370" or "\u0b82" <= unit[0] <= "\u0bd7"):
        return f" {spread} "
    return spread


def emoji(unit: str, rng: random.Random) -> str:
    """Put a picture between two letters.

    Examples
    --------
    >>> emoji("free", random.Random(0))[0]
    'f'
    """
    parts = clusters(unit)
    k = rng.randint(1, len(parts) - 1)
    return "".join(parts[:k]) + rng.choice(PICTURES) + "".join(parts[k:])
