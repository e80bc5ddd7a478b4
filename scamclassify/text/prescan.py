"""Finds, for a whole batch at once, the texts that some repair pass may change.

The answer errs on one side only: where a cue is not reported, the passes that go by it
would leave the text as it is (a test compares both). All work is on one array of bytes
(`scamclassify.text.symbols`); the rarer a cue, the fewer places are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from scamclassify.text import symbols as sym
from scamclassify.text.prescan_links import broken_links, dot_signs

#: Cues, one bit each.
ODD, PAIR, FULLWIDTH, REPEAT, SPREAD, LEET, LINK, EMOJI = (1 << k for k in range(8))

# What a symbol can be part of, one bit each.
_LETTER, _WORD, _SIGN, _TWICE, _THRICE, _FOUR = (1 << k for k in range(6))
_PAD = 8


@cache
def _flags() -> np.ndarray:
    flags = np.zeros(256, dtype=np.uint8)
    flags[list(range(ord("a"), ord("z") + 1))] |= _LETTER | _WORD | _THRICE
    flags[list(range(ord("0"), ord("9") + 1))] |= _WORD
    flags[sym.LATIN] |= _WORD | _THRICE
    flags[[ord(c) for c in "0134578$@"]] |= _SIGN
    flags[list(range(sym.TH_LETTER, sym.TA_VIRAMA + 1))] |= _TWICE
    # Thai, Lao, Khmer and Burmese letters double honestly; only signs and marks must not.
    letters = [sym.TH_LETTER, sym.TH_E, sym.TH_AA, sym.TH_REST, sym.LO_LETTER, sym.LO_AA]
    letters += [sym.KM_LETTER, sym.MY_LETTER, sym.MY_INDEPENDENT, sym.MY_U25, sym.MY_REST]
    flags[letters] &= ~np.uint8(_TWICE)
    flags[[*letters, sym.JOINING]] |= _THRICE
    flags[[ord(c) for c in "!?.,;:)(~'\"$%&@^"]] |= _FOUR
    flags[[sym.OTHER, sym.EMOJI, sym.SYMBOL, sym.CJK, sym.FULLWIDTH]] |= _FOUR
    return flags


def find_cues(texts: Sequence[str]) -> np.ndarray:
    """Which cues for repair each text holds.

    Parameters
    ----------
    texts : sequence of str
        Length n; a few thousand at a time are fastest.

    Returns
    -------
    numpy.ndarray of uint8, shape (n,)
        0 where no pass can change anything.

    Examples
    --------
    >>> find_cues(["hello there", "fr\\u200bee", "see you at 10"]).astype(bool).tolist()
    [False, True, False]
    """
    cues = np.zeros(len(texts), dtype=np.uint8)
    if not texts:
        return cues
    # A newline around each text belongs to no pattern, so none reaches across.
    joined = "\n" * _PAD + "\n".join(texts) + "\n" * _PAD
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.int32)
    starts = np.full(len(texts), _PAD, dtype=np.int64)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    starts[1:] += np.cumsum(lengths[:-1] + 1)
    symbols = np.take(sym.symbol_table(), codes)
    for cue, places in _places(codes, symbols, joined.isascii()):
        if len(places):
            # The newline behind a text counts as the text's.
            cues[np.searchsorted(starts, places, side="right") - 1] |= cue
    return cues


def _places(
    codes: np.ndarray, symbols: np.ndarray, ascii_only: bool
) -> Iterator[tuple[int, np.ndarray]]:
    """Where some pass may find work, one array of places for each kind of cue."""
    flags = np.take(_flags(), symbols)
    letter = (flags & _LETTER) != 0
    word = (flags & _WORD) != 0
    yield ODD, np.flatnonzero(symbols == sym.SUSPECT)
    yield REPEAT, _repeats(codes, flags)
    sign = (flags & _SIGN) != 0
    lone = word[1:-1] & ~word[:-2] & ~word[2:]
    # A letter of another script, or a sign for a letter, may be one of the run.
    wide = word | sign | (symbols == sym.SUSPECT)
    lone |= wide[1:-1] & ~wide[:-2] & ~wide[2:]
    yield SPREAD, _close(np.flatnonzero(lone) + 1, 12)
    yield LEET, _leet(letter | (symbols == sym.LATIN), letter, word, sign, symbols)
    for places in broken_links(symbols, word):
        yield LINK, places
    if not ascii_only:
        yield from ((PAIR, places) for places in _pairs(symbols))
        yield FULLWIDTH, _fullwidth(symbols)
        han = symbols == sym.HAN
        yield SPREAD, _close(np.flatnonzero(han[1:-1] & ~han[:-2] & ~han[2:]) + 1, 6)
        yield SPREAD, _clusters(symbols, sym.TH_LETTER, sym.TH_REST)
        yield SPREAD, _clusters(symbols, sym.LO_LETTER, sym.LO_REST)
        stacked = symbols[:-1] == sym.KM_COENG
        yield SPREAD, _single(symbols, sym.KM_LETTER, sym.KM_COENG, (sym.KM_LETTER,), stacked)
        letters = (sym.MY_LETTER, sym.MY_U25, sym.MY_INDEPENDENT, sym.MY_SSA)
        stacked = symbols[:-1] == sym.MY_VIRAMA
        yield SPREAD, _single(symbols, sym.MY_LETTER, sym.MY_SSA, letters, stacked)
        yield SPREAD, _short_runs((symbols >= sym.TA_E) | (symbols == sym.JOINING), 4)
        yield EMOJI, _emoji_in_words(symbols)
        yield LINK, dot_signs(codes, word)
        euro = np.flatnonzero(codes[1:] == 0x20AC)
        yield LEET, euro[letter[euro]]


def _repeats(codes: np.ndarray, flags: np.ndarray) -> np.ndarray:
    same = np.flatnonzero(codes[3 : 1 - _PAD] == codes[2:-_PAD]) + 2
    here = flags[same]
    third = codes[same + 2] == codes[same]
    wanted = third & ((here & _THRICE) != 0)
    # "www" of a link is the most common of all, and stays.
    www = (codes[same] == ord("w")) & (codes[same + 3] == ord("."))
    wanted &= ~(www & ((flags[same - 1] & _WORD) == 0))
    wanted |= third & (codes[same + 3] == codes[same]) & ((here & _FOUR) != 0)
    wanted |= (here & _TWICE) != 0
    return same[wanted]


def _close(places: np.ndarray, reach: int) -> np.ndarray:
    """First of every four places that lie within ``reach`` of each other."""
    if len(places) < 4:
        return places[:0]
    return places[:-3][places[3:] - places[:-3] <= reach]


def _leet(
    latin: np.ndarray, letter: np.ndarray, word: np.ndarray, sign: np.ndarray, symbols: np.ndarray
) -> np.ndarray:
    """A sign after a letter and soon a letter again or the end, or one before three letters."""
    at = np.flatnonzero(latin[:-_PAD] & sign[1 : 1 - _PAD])
    within = latin[at + 2]
    within |= sign[at + 2] & latin[at + 3]
    within |= sign[at + 2] & sign[at + 3] & latin[at + 4]
    last = latin[at - 1] & ~word[at + 2] & (latin[at - 2] | sign[at + 2])
    last |= latin[at - 1] & sign[at + 2] & (~word[at + 3] | sign[at + 3])
    doubled = (symbols[at + 1] == symbols[at + 2]) & ~word[at + 3]
    doubled &= (symbols[at + 1] == ord("3")) | (symbols[at + 1] == ord("0"))
    first = np.flatnonzero(sign[:-_PAD] & latin[1 : 1 - _PAD])
    first = first[latin[first + 2] & latin[first + 3]]
    before = word | sign
    first = first[~before[first - 1] | (sign[first - 1] & ~before[first - 2])]
    # "@" begins a name, not a word.
    first = first[(symbols[first] != ord("@")) | sign[first - 1]]
    return np.concatenate((at[within | last | doubled], first))


@cache
def _paired() -> tuple[np.ndarray, np.ndarray]:
    """Symbols to look at as the second of a pair, and those to look at as the first."""
    table = sym.pair_table().reshape(256, 256)
    first = np.zeros(256, dtype=bool)
    first[[sym.MY_VIRAMA, sym.ZWJ, sym.ZWSP]] = True  # with nearly anything behind them
    second = np.asarray(table[~first].any(axis=0))
    return second, first


def _pairs(symbols: np.ndarray) -> Iterator[np.ndarray]:
    second, first = _paired()
    for places in (
        np.flatnonzero(np.take(second, symbols[1:])) + 1,
        np.flatnonzero(np.take(first, symbols)) + 1,
    ):
        index = symbols[places - 1].astype(np.uint16) * np.uint16(256) + symbols[places]
        yield places[sym.pair_table()[index]]


def _fullwidth(symbols: np.ndarray) -> np.ndarray:
    """Full-width punctuation with no Chinese beside it."""
    at = np.flatnonzero(symbols == sym.FULLWIDTH)
    before, after = symbols[at - 1], symbols[at + 1]
    chinese = (before == sym.HAN) | (before == sym.CJK) | (after == sym.HAN) | (after == sym.CJK)
    return at[~chinese]


def _clusters(symbols: np.ndarray, first: int, last: int) -> np.ndarray:
    """Lone letters of Thai or Lao, each with its marks."""
    block = (symbols >= first) & (symbols <= last)
    edges = np.flatnonzero(block[1:] != block[:-1]) + 1
    begin, end = edges[::2], edges[1::2]
    short = end - begin <= 5
    begin, end = begin[short], end[short]
    # Letters and the vowels written before and after them come first in the block's order.
    base = symbols[begin] < first + 5
    for k in range(1, 5):
        base &= ~((begin + k < end) & (symbols[np.minimum(begin + k, end)] < first + 5))
    return _close(begin[base], 18)


def _short_runs(block: np.ndarray, longest: int, base: np.ndarray | None = None) -> np.ndarray:
    """First of every four short runs with one character between them, of one letter each."""
    edges = np.flatnonzero(block[1:] != block[:-1]) + 1
    begin, end = edges[::2], edges[1::2]
    short = end - begin <= longest
    if base is not None:
        letters = np.cumsum(base)
        short &= letters[end - 1] - letters[begin - 1] == 1
    near = begin[1:] - end[:-1] == 1
    if len(begin) < 4:
        return begin[:0]
    found = short[:-3] & short[1:-2] & short[2:-1] & short[3:]
    return begin[:-3][found & near[:-2] & near[1:-1] & near[2:]]


def _single(
    symbols: np.ndarray, first: int, last: int, letters: tuple[int, ...], stacked: np.ndarray
) -> np.ndarray:
    """Lone letters of Khmer or Burmese, each with its signs and what is stacked under it."""
    block = (symbols >= first) & (symbols <= last)
    if not block.any():
        return np.empty(0, dtype=np.int64)
    base = np.zeros(len(symbols), dtype=bool)
    for letter in letters:
        base |= symbols == letter
    base[1:] &= ~stacked
    return _short_runs(block, 11, base)


@cache
def _in_words() -> np.ndarray:
    """Symbols of letters and marks that a picture may stand between."""
    flags = np.zeros(256, dtype=bool)
    flags[list(range(ord("a"), ord("z") + 1))] = True
    flags[[sym.LATIN, sym.SUSPECT, sym.JOINING, sym.HAN, sym.CJK]] = True
    flags[sym.TH_LETTER : sym.TA_VIRAMA + 1] = True
    return flags


def _emoji_in_words(symbols: np.ndarray) -> np.ndarray:
    """A letter, at most six pictures, a letter."""
    at = np.flatnonzero(symbols[1 : 1 - _PAD] == sym.EMOJI)
    letter = _in_words()
    at = at[letter[symbols[at]]]
    going = np.ones(len(at), dtype=bool)
    found = np.zeros(len(at), dtype=bool)
    for k in range(2, 8):
        found |= going & letter[symbols[at + k]]
        going &= np.isin(symbols[at + k], [sym.EMOJI, sym.VS16, sym.ZWJ])
    return at[found]
