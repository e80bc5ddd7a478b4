"""Finds, for a whole batch at once, the texts that some repair pass may change.

The answer errs on one side only: where a cue is not reported, the passes that go by it
would leave the text as it is (a test compares both). One compiled loop
(`scamclassify.text.prescan_kernel`) reads every text once, as bytes of a small alphabet
(`scamclassify.text.symbols`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from scamclassify.text import prescan_alphabet as alphabet
from scamclassify.text import symbols as sym
from scamclassify.text.codepoints import encode_texts
from scamclassify.text.dropped_letters import shortened_tables
from scamclassify.text.first_run import tell_of_compilation
from scamclassify.text.leet import AS_LETTER
from scamclassify.text.links import broken_endings
from scamclassify.text.lure_words import latin_lures
from scamclassify.text.number_words import latin_ends, latin_hashes, other_hashes
from scamclassify.text.prescan_alphabet import (
    APART,
    DOUBLED,
    DROPPED,
    EMOJI,
    FULLWIDTH,
    LEET,
    LINK,
    NUMBER,
    ODD,
    PAIR,
    REPEAT,
    SPREAD,
)
from scamclassify.text.prescan_kernel import scan_batch
from scamclassify.text.prescan_words_kernel import mark_words

__all__ = [
    "APART", "DOUBLED", "DROPPED", "EMOJI", "FULLWIDTH", "LEET", "LINK", "NUMBER", "ODD", "PAIR",
    "REPEAT", "SPREAD", "find_cues", "scan_encoded",
]  # fmt: skip


class ScanTables(NamedTuple):
    """What the compiled scan looks up.

    Attributes
    ----------
    symbols : uint8 (0x110000,)
        Symbol of each code point.
    flags : uint8 (256,)
        What each symbol can be part of.
    scripts : uint8 (256,)
        Script of each symbol.
    pairs : bool (65536,)
        Pairs of symbols that some pass may change.
    base : uint8 (256, 256)
        1 where the second of two symbols is a letter that is not stacked under the first.
    ends, digits, other_digits : uint32, uint64, uint64 arrays
        Of the words for digits, see `scamclassify.text.number_words`.
    letters : uint8 (256,)
        The Latin letter for which a symbol may stand in a word of letters and signs.
    lures, endings : bool arrays
        Hashes of the words that are hidden, and of the endings of hosts.
    cells, shortened : uint16, uint32 arrays
        Of the words that lack a vowel, see `scamclassify.text.dropped_letters`.
    """

    symbols: np.ndarray
    flags: np.ndarray
    scripts: np.ndarray
    pairs: np.ndarray
    base: np.ndarray
    ends: np.ndarray
    digits: np.ndarray
    other_digits: np.ndarray
    letters: np.ndarray
    lures: np.ndarray
    endings: np.ndarray
    cells: np.ndarray
    shortened: np.ndarray


@cache
def _flags() -> np.ndarray:
    """What each symbol can be part of, as bits of the alphabet."""
    flags = np.zeros(256, dtype=np.uint8)
    small = list(range(ord("a"), ord("z") + 1))
    flags[small] |= alphabet.THRICE
    flags[[*small, sym.LATIN]] |= alphabet.LETTER | alphabet.WORD
    flags[list(range(ord("0"), ord("9") + 1))] |= alphabet.WORD
    flags[sym.LATIN] |= alphabet.THRICE
    flags[[ord(c) for c in "0134578$@"]] |= alphabet.SIGN
    flags[list(range(sym.TH_LETTER, sym.TA_VIRAMA + 1))] |= alphabet.TWICE
    # Thai, Lao, Khmer and Burmese letters double honestly; only signs and marks must not.
    letters = [sym.TH_LETTER, sym.TH_E, sym.TH_AA, sym.TH_REST, sym.LO_LETTER, sym.LO_AA]
    letters += [sym.KM_LETTER, sym.MY_LETTER, sym.MY_INDEPENDENT, sym.MY_U25, sym.MY_REST]
    digits_and_tamil = [sym.MY_WA, sym.MY_RA, sym.TA_E, sym.TA_AA, sym.TA_VIRAMA]
    flags[letters + digits_and_tamil] &= ~np.uint8(alphabet.TWICE)
    flags[[*letters, sym.JOINING]] |= alphabet.THRICE
    flags[[ord(c) for c in "!?.,;:)(~'\"$%&@^"]] |= alphabet.FOUR
    flags[[sym.OTHER, sym.EMOJI, sym.SYMBOL, sym.CJK, sym.FULLWIDTH]] |= alphabet.FOUR
    # A picture may stand between these.
    flags[[*small, sym.LATIN, sym.SUSPECT, sym.JOINING, sym.HAN, sym.CJK]] |= alphabet.IN_WORDS
    flags[sym.TH_LETTER : sym.TA_VIRAMA + 1] |= alphabet.IN_WORDS
    return flags


@cache
def _scripts() -> np.ndarray:
    """Script of each symbol, where it has rules of its own, and what is looked at by itself."""
    scripts = np.zeros(256, dtype=np.uint8)
    scripts[sym.HAN] = alphabet.IN_HAN
    scripts[sym.TH_LETTER : sym.TH_REST + 1] = alphabet.IN_THAI
    scripts[sym.LO_LETTER : sym.LO_REST + 1] = alphabet.IN_LAO
    scripts[sym.KM_LETTER : sym.KM_COENG + 1] = alphabet.IN_KHMER
    scripts[sym.MY_LETTER : sym.MY_SSA + 1] = alphabet.IN_BURMESE
    scripts[sym.TA_E :] = scripts[sym.JOINING] = alphabet.IN_TAMIL
    scripts[[sym.SUSPECT, sym.EMOJI, sym.FULLWIDTH]] = alphabet.LOOKED_AT
    return scripts


@cache
def _bases() -> np.ndarray:
    """1 where the second of two symbols is a letter of Khmer or Burmese of its own."""
    bases = np.zeros((256, 256), dtype=np.uint8)
    bases[:, sym.KM_LETTER] = 1
    bases[:, [sym.MY_LETTER, sym.MY_U25, sym.MY_INDEPENDENT, sym.MY_SSA]] = 1
    bases[[sym.KM_COENG, sym.MY_VIRAMA], :] = 0  # what follows is stacked under a letter
    return bases


@cache
def _letters() -> np.ndarray:
    """Letters of signs; i and l are one, as 1 is both."""
    letters = np.arange(256, dtype=np.uint8)
    for sign, letter in AS_LETTER.items():
        letters[sym.symbol_table()[ord(sign)]] = ord(letter)
    letters[[ord("1"), ord("i")]] = ord("l")
    return letters


def _joined(words: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Words one behind the other, and where each begins."""
    offsets = np.cumsum([0, *map(len, words)])
    return np.frombuffer("".join(words).encode(), dtype=np.uint8), offsets


@cache
def _tables() -> ScanTables:
    tell_of_compilation(scan_batch)
    lures = np.zeros(1 << 17, dtype=np.bool_)
    words, stems = latin_lures()
    text, offsets = _joined(sorted(words | stems))
    mark_words(_letters()[text], offsets, lures)
    endings = np.zeros(1 << 12, dtype=np.bool_)
    mark_words(*_joined(broken_endings()), endings)
    return ScanTables(
        sym.symbol_table(), _flags(), _scripts(), sym.pair_table(), _bases(), latin_ends(),
        latin_hashes(), other_hashes(), _letters(), lures, endings, *shortened_tables(),
    )  # fmt: skip


def find_cues(texts: Sequence[str]) -> np.ndarray:
    """Which cues for repair each text holds.

    Parameters
    ----------
    texts : sequence of str
        Length n.

    Returns
    -------
    numpy.ndarray of uint16, shape (n,)
        Bits of `scamclassify.text.prescan_alphabet`; 0 where no pass can change anything and
        no dot is set apart.

    Examples
    --------
    >>> find_cues(["hello there", "fr\\u200bee", "see you at 10"]).astype(bool).tolist()
    [False, True, False]
    """
    return scan_encoded(*encode_texts(texts))


def scan_encoded(codes: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Cues of an encoded batch, as :func:`find_cues` returns them.

    Parameters
    ----------
    codes, offsets : numpy.ndarray
        As :func:`scamclassify.text.codepoints.encode_texts` returns them.
    """
    cues = np.zeros(len(offsets) - 1, dtype=np.uint16)
    scan_batch(codes, offsets, _tables(), cues)
    return cues
