"""Hashed character n-grams and words of Latin-script text, a batch at a time.

Capitals, digits, punctuation and links are taken out first; diacritics stay, because they
tell languages apart. The n-grams are described in `scamclassify.text.language_kernel`.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np

from scamclassify.text.scripts import SCRIPTS, script_table

#: Slots of the hashed n-grams.
BUCKETS = 1 << 15
_DOWN = 32 - 15
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


def link_letters(codes: np.ndarray) -> np.ndarray:
    """Which ASCII letters belong to links, addresses and handles.

    Parameters
    ----------
    codes : numpy.ndarray of int32, shape (m,)
        Code points of texts, with white space between them and at both ends.

    Returns
    -------
    numpy.ndarray of bool, shape (m,)
    """
    space = (codes == 0x20) | (codes == 0x0A)
    small = codes | 0x20
    letter = (small >= 0x61) & (small <= 0x7A)
    at = np.flatnonzero(codes == 0x2E)
    at = at[letter[at + 1] & letter[at + 2]]
    # Two to four letters between a dot and what is no letter end a domain.
    ends = ~letter[np.minimum(at + 3, len(codes) - 1)]
    ends |= ~letter[np.minimum(at + 4, len(codes) - 1)]
    ends |= ~letter[np.minimum(at + 5, len(codes) - 1)]
    at = at[ends & ~space[at - 1]]
    slashes = np.flatnonzero((codes[:-1] == 0x2F) & (codes[1:] == 0x2F))
    signs = np.flatnonzero(codes == 0x40)
    marked = np.concatenate((at, slashes, signs))
    if not len(marked):
        return np.zeros(len(codes), dtype=bool)
    token = np.cumsum(space)
    linked = np.zeros(int(token[-1]) + 1, dtype=bool)
    linked[token[marked]] = True
    return linked[token] & letter


def hashed_ngrams(
    codes: np.ndarray, starts: np.ndarray, ends: np.ndarray, dropped: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Slots of the n-grams of every text.

    Parameters
    ----------
    codes : numpy.ndarray of int32, shape (m,)
        Code points.
    starts, ends : numpy.ndarray of int64, shape (n,)
        Text ``i`` is ``codes[starts[i]:ends[i]]``.
    dropped : numpy.ndarray of bool, shape (m,)
        Characters to read as blanks.

    Returns
    -------
    slots : numpy.ndarray of int32
    offsets : numpy.ndarray of int64, shape (n + 1,)
        The slots of text ``i`` are ``slots[offsets[i]:offsets[i + 1]]``.
    """
    from scamclassify.text.language_kernel import LONGEST, ngram_slots

    room = LONGEST * (len(codes) + 2 * len(starts))
    slots = np.empty(room, dtype=np.int32)
    offsets = np.zeros(len(starts) + 1, dtype=np.int64)
    used = ngram_slots(codes, starts, ends, small_letters(), dropped, _DOWN, slots, offsets)
    return slots[:used], offsets
