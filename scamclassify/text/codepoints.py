"""Batches of texts as one array of code points, and the folding that features share.

Everything that looks at characters does so on the array that :func:`encode_texts`
makes, so that one compiled loop serves a whole batch.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np

from scamclassify.text.encoded import EncodedTexts

#: Classes of :func:`char_classes`.
SEPARATOR, LETTER, UNSPACED, SYMBOL, DIGIT = range(5)

#: Code points at or above this one are looked up as if they were this one.
TABLE_SIZE = 0x20000

# Letters without a decomposition that readers take for a plain Latin letter.
_PLAIN = {"đ": "d", "ð": "d", "ı": "i", "ł": "l", "ø": "o", "ħ": "h", "ŧ": "t", "ſ": "s"}

# Scripts written without spaces between words, as ranges of code points.
_UNSPACED_RANGES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x19E0, 0x19FF),  # Khmer symbols
    (0xA9E0, 0xA9FF),  # Myanmar extended
    (0xAA60, 0xAA7F),
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
)


def encode_texts(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Concatenate texts into one array of code points.

    Parameters
    ----------
    texts : sequence of str
        Length n. Lone surrogates are allowed. Encoded texts are given back as they are.

    Returns
    -------
    codes : numpy.ndarray of uint32, shape (total characters,)
    offsets : numpy.ndarray of int64, shape (n + 1,)
        Text ``i`` is ``codes[offsets[i]:offsets[i + 1]]``.

    Examples
    --------
    >>> codes, offsets = encode_texts(["ab", "", "ก"])
    >>> codes.tolist(), offsets.tolist()
    ([97, 98, 3585], [0, 2, 2, 3])
    """
    if isinstance(texts, EncodedTexts):
        return texts.arrays
    offsets = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)), out=offsets[1:])
    raw = "".join(texts).encode("utf-32-le", "surrogatepass")
    return np.frombuffer(raw, dtype=np.uint32), offsets


def _fold_character(char: str) -> str:
    """One character as features see it; the empty string drops it."""
    if char.isspace():
        return " "
    if char.isdecimal():
        return str(unicodedata.digit(char))
    lowered = char.lower()
    char = lowered if len(lowered) == 1 else char
    char = _PLAIN.get(char, char)
    base = unicodedata.normalize("NFD", char)[0]
    if base != char and "LATIN" in unicodedata.name(base, ""):
        return _PLAIN.get(base, base)
    if 0x300 <= ord(char) <= 0x36F:
        return ""
    return char


@cache
def fold_table() -> np.ndarray:
    """Table that folds code points: case off, Latin diacritics off, digits to ASCII.

    Vietnamese with and without diacritics meets in one space this way.

    Returns
    -------
    numpy.ndarray of uint32, shape (TABLE_SIZE,)
        0 means that the character is dropped.

    Examples
    --------
    >>> table = fold_table()
    >>> "".join(chr(table[ord(c)]) for c in "TRÚNG thưởng ๓")
    'trung thuong 3'
    """
    table = np.arange(TABLE_SIZE, dtype=np.uint32)
    for start, stop in (
        (0x0000, 0x1CFF),
        (0x1D00, 0x2190),
        (0x2C00, 0x2E00),
        (0x3000, 0x3001),
        (0xA620, 0xABFF),
        (0xFB00, 0xFB07),
        (0xFF00, 0xFF60),
        (0x10400, 0x104FF),
        (0x1D7CE, 0x1D800),
    ):
        for code in range(start, stop):
            folded = _fold_character(chr(code))
            table[code] = ord(folded) if folded else 0
    # Where repair keeps them they shape letters or part words: the message is the same
    # without them.
    table[0x200B:0x200E] = 0
    table.setflags(write=False)
    return table


@cache
def char_classes() -> np.ndarray:
    """Class of each code point for finding words.

    Returns
    -------
    numpy.ndarray of uint8, shape (TABLE_SIZE,)
        ``SEPARATOR``, ``LETTER`` (a script with spaces), ``UNSPACED``, ``SYMBOL``
        (emoji, currency) or ``DIGIT``.
    """
    by_category = {"L": LETTER, "M": LETTER, "N": LETTER}
    table = np.zeros(TABLE_SIZE, dtype=np.uint8)
    for code in range(TABLE_SIZE):
        category = unicodedata.category(chr(code))
        if category in ("Sc", "So"):
            table[code] = SYMBOL
        elif category == "Nd":
            table[code] = DIGIT
        else:
            table[code] = by_category.get(category[0], SEPARATOR)
    for start, stop in _UNSPACED_RANGES:
        part = table[start : stop + 1]
        part[part == LETTER] = UNSPACED
    table[0xFE0F] = table[0x200D] = SEPARATOR
    table[-1] = UNSPACED  # rarer ideographs and whatever lies above the table
    table.setflags(write=False)
    return table
