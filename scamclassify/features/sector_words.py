"""Words of the sectors of brands, as arrays that a compiled loop looks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np

from scamclassify.features.name_kernel import SPACE, WORD, holds_word
from scamclassify.text.codepoints import TABLE_SIZE, encode_texts


@cache
def letter_tables() -> tuple[np.ndarray, np.ndarray]:
    """Small letter (uint32) and kinds (uint8, bits of `name_kernel`) of each code point."""
    characters = "".join(map(chr, range(TABLE_SIZE)))
    small = encode_texts([characters.replace("İ", "i").lower()])[0]
    kinds = np.zeros(TABLE_SIZE, dtype=np.uint8)
    for pattern, kind in ((r"\w+", WORD), (r"\s+", SPACE)):
        for run in re.finditer(pattern, characters):
            kinds[run.start() : run.end()] |= kind
    return small, kinds


class SectorWords:
    """Words of sectors: whole in Latin script, anywhere in the scripts without spaces.

    Parameters
    ----------
    sectors : mapping of str to iterable of str

    Attributes
    ----------
    places : dict of str to int
        Number of each sector.
    arrays : tuple of numpy.ndarray
        First word of each sector and the one behind its last; bits of the letters that its
        words begin with, modulo 64; of each word where its letters begin, how many there are
        and whether it must be whole; the letters.

    Examples
    --------
    >>> words = SectorWords({"transport": ["driver", "credit card", "คนขับ"]})
    >>> [words.within("transport", text) for text in ("two Drivers", "screwdriver", "มีคนขับ")]
    [True, False, True]
    """

    def __init__(self, sectors: Mapping[str, Iterable[str]]) -> None:
        lists = [sorted({word.lower() for word in words}) for words in sectors.values()]
        words = [word for some in lists for word in some]
        letters, offsets = encode_texts(words)
        whole = [ord(word[0]) < 0x0E00 and word[0] != "@" for word in words]
        table = np.column_stack([offsets[:-1], np.diff(offsets), np.array(whole, dtype=np.int64)])
        bounds = np.cumsum([0] + [len(some) for some in lists])
        self.places = {sector: place for place, sector in enumerate(sectors)}
        firsts = [sum(1 << bit for bit in {ord(w[0]) % 64 for w in some}) for some in lists]
        self.arrays = bounds, np.array(firsts, dtype=np.uint64), table, letters

    def within(self, sector: str, text: str) -> bool:
        """Whether one of a sector's words stands in a text."""
        codes = encode_texts([text.lower()])[0]
        place = self.places[sector]
        return bool(holds_word(codes, len(codes), place, *self.arrays, letter_tables()[1]))
