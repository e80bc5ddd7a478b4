"""Hashed character n-grams and words of Latin-script text, a batch at a time.

Capitals, digits, punctuation and links are taken out first; diacritics stay, because they
tell languages apart. The n-grams are described in `scamclassify.text.language_kernel`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np

from scamclassify.text.codepoints import encode_texts
from scamclassify.text.scripts import SCRIPTS, script_table

#: Slots of the hashed n-grams.
BUCKETS = 1 << 15
#: Bits of a hash that a slot leaves out.
DOWN = 32 - 15
_APOSTROPHES = (0x27, 0x2019, 0x02BC, 0x60)
_LATIN = SCRIPTS.index("latin")


@cache
def small_letters() -> np.ndarray:
    """Latin letters as small ones, the apostrophe, and 0 for everything else."""
    scripts = script_table()
    table = np.zeros(0x10000, dtype=np.uint32)
    for code in np.flatnonzero(scripts[:0x10000] == _LATIN).tolist():
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        table[code] = ord(plain[0])
    table[list(_APOSTROPHES)] = 0x27
    table.setflags(write=False)
    return table


@cache
def letter_entries() -> np.ndarray:
    """What the kernel looks up of a code point: its small letter, its script, uint32.

    The last entry stands for all code points above it, which are no letters.
    """
    from scamclassify.text.letter_kernel import LINK_BIT, SCRIPT_BIT

    scripts = script_table()
    size = int(np.flatnonzero(scripts)[-1]) + 2
    table = scripts[:size].astype(np.uint32) << SCRIPT_BIT
    letters = small_letters()
    table[: len(letters)] |= letters
    table[[ord(sign) for sign in "./@"]] |= 1 << LINK_BIT
    table.setflags(write=False)
    return table


def hashed_ngrams(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Slots of the n-grams of every text.

    Parameters
    ----------
    texts : sequence of str
        Length n.

    Returns
    -------
    slots : numpy.ndarray of int32
    bounds : numpy.ndarray of int64, shape (n + 1,)
        The slots of text ``i`` are ``slots[bounds[i]:bounds[i + 1]]``.
    """
    from scamclassify.text.language_kernel import SLOTS_A_LETTER, ngram_slots

    codes, offsets = encode_texts(texts)
    slots = np.empty(SLOTS_A_LETTER * (len(codes) + 2 * len(texts)), dtype=np.int32)
    bounds = np.zeros(len(texts) + 1, dtype=np.int64)
    used = ngram_slots(codes, offsets, letter_entries(), DOWN, slots, bounds)
    return slots[:used], bounds
