"""Compiled scan for words whose letters are digits and signs; see `scamclassify.text.leet`."""

from __future__ import annotations

from numba import njit

from scamclassify.text.prescan_alphabet import LATIN, LETTER, SIGN, SUSPECT, SYMBOL, WORD
from scamclassify.text.prescan_words_kernel import SEED, may_hold, next_hash
from scamclassify.text.uncounted import uncounted

_ZERO, _THREE, _EIGHT, _DOT = 48, 51, 56, 46
_SHORTEST, _LONGEST, _SHORTEST_STEM = 4, 20, 5


@njit(cache=True, nogil=True, inline="always")
def _joins_token(symbol, flags):
    """Whether a character at the end of a word of letters and signs makes it none."""
    if flags[symbol] & (WORD | SIGN):
        return True
    return (
        symbol == 95 or symbol == 47 or symbol == 35 or symbol == 38 or symbol == 61
        or symbol == 43 or symbol == 45
    )  # fmt: skip


@uncounted
def _spells_lure(symbols, start, stop, last, letter_of, lures):
    """Whether the word, or its start up to its last sign and beyond, may be one of a lure."""
    state = SEED
    for k in range(start, stop):
        symbol = symbols[k]
        if symbol == LATIN:
            return True
        state = next_hash(state, letter_of[symbol])
        length = k + 1 - start
        whole = k + 1 == stop
        if whole or (length >= _SHORTEST_STEM and k >= last):
            if may_hold(state, lures):
                return True
    return False


@uncounted
def _may_be_said(symbols, flags, start, stop):
    """Whether signs stand between letters as where a word that can be said hides them."""
    if flags[symbols[start]] & SIGN or flags[symbols[stop - 1]] & SIGN:
        return False
    if flags[symbols[stop - 2]] & SIGN:
        return False  # a single letter behind a digit
    for k in range(start, stop):
        symbol = symbols[k]
        if symbol == _EIGHT:
            return False
        if flags[symbol] & SIGN and flags[symbols[k + 1]] & SIGN:
            if symbols[k + 1] != symbol or not (symbol == _ZERO or symbol == _THREE):
                return False
    return True


@uncounted
def leet_word(symbols, flags, letter_of, lures, i):
    """Whether a word around the sign at ``i`` may be one whose letters are signs.

    Of what `scamclassify.text.leet` asks of such a word, nearly all. Where letters of other
    scripts or currency signs are near it may be.

    Parameters
    ----------
    letter_of : uint8 (256,)
        The letter for which each symbol may stand; i is taken for l, as 1 is both.
    lures : bool (2 ** k,)
        From `prescan_words_kernel.mark_words`: words of lures and stems of them, in such letters.
    """
    start = i
    while flags[symbols[start - 1]] & (LETTER | SIGN):
        start -= 1
    stop = i + 1
    while flags[symbols[stop]] & (LETTER | SIGN):
        stop += 1
    before, after = symbols[start - 1], symbols[stop]
    if before == SUSPECT or after == SUSPECT or before == SYMBOL or after == SYMBOL:
        return True
    letters = dollars = ats = 0
    for k in range(start, stop):
        letters += (flags[symbols[k]] & SIGN) == 0
        dollars += symbols[k] == 36
        ats += symbols[k] == 64
    # One letter and an amount; a handle, whose at-sign no word begins with nor follows.
    if letters < 2 or (ats == 1 and dollars == 0 and symbols[start] == 64):
        return False
    if dollars + ats:
        return True
    letters = 0
    signs = 0
    run = 0
    lead = 0
    last = start
    for k in range(start, stop):
        symbol = symbols[k]
        if flags[symbol] & SIGN:
            run += 1
            if run == 4:
                return False
            signs += 1
            lead += letters == 0
            last = k
        else:
            letters += 1
            run = 0
    length = stop - start
    if length < _SHORTEST or length > _LONGEST or letters < 2 or signs > max(3, length // 2):
        return False
    if _joins_token(before, flags) or before == _DOT or before == 39:
        return False
    if _joins_token(after, flags):
        return False
    if after == _DOT and (flags[symbols[stop + 1]] & WORD or symbols[stop + 1] == 95):
        return False
    # Numbers before one or two letters are amounts and ordinals.
    if lead == signs and letters < 3:
        return False
    if _may_be_said(symbols, flags, start, stop):
        return True
    return _spells_lure(symbols, start, stop, last, letter_of, lures)
