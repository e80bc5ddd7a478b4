"""Compiled scan for letters that are spread out and digits in words, in scripts but Latin."""

from __future__ import annotations

import numpy as np

from scamclassify.text.prescan_alphabet import (
    IN_HAN,
    IN_LAO,
    IN_TAMIL,
    IN_THAI,
    LO_LETTER,
    LOOKED_AT,
    NUMBER,
    PAD,
    SPREAD,
    TH_LETTER,
)
from scamclassify.text.prescan_number_kernel import is_digit_word
from scamclassify.text.uncounted import uncounted

_SPACE = 32
_ONE = np.uint64(1)
# Letters and the vowels written before and after them come first among Thai and Lao symbols.
_LETTERS = 5
# Longest runs that are looked at: units of Thai and Lao, of Khmer and Burmese, of Tamil, words.
_UNIT, _STACK, _TAMIL, _WORD = 5, 11, 4, 12
# How near four lone letters stand, from the first to the last.
_NEAR, _NEAR_HAN = 18, 6


@uncounted
def _find_runs(symbols, length, scripts, bounds):
    """Write where the script of a text changes; return how often it does."""
    count = np.uint64(0)
    for i in range(np.uint64(PAD), np.uint64(PAD + length + 1)):
        bounds[count] = i
        changes = (scripts[symbols[i]] ^ scripts[symbols[i - _ONE]]) & (LOOKED_AT - 1)
        count += np.uint64(changes != 0)
    return np.int64(count)


@uncounted
def _is_unit(symbols, begin, stop, first):
    """Whether a run of Thai or Lao is one letter and its marks."""
    letters = 0
    for i in range(begin, stop):
        letters += symbols[i] < first + _LETTERS
    return letters == 1 and symbols[begin] < first + _LETTERS


@uncounted
def scan_runs(codes, symbols, length, scripts, base, hashes, bounds):
    """Cues of runs of letters of one script: four spread letters, three words for digits.

    Parameters
    ----------
    codes, symbols : uint32, uint8 arrays
        A text with :data:`PAD` newlines around it.
    scripts, base, hashes : uint8, uint8, uint64 arrays
        Of scamclassify.text.prescan.ScanTables.
    bounds : int32 array, overwritten
        Longer than the text.
    """
    cues = 0
    count = _find_runs(symbols, length, scripts, bounds)
    a = b = c = han_a = han_b = han_c = np.int64(-100)  # where the latest lone letters stand
    digits = short = 0  # words for digits, short runs with one character between them
    ended = np.int64(-2)
    for k in range(count - 1):
        begin, stop = np.int64(bounds[k]), np.int64(bounds[k + 1])
        script = scripts[symbols[begin]] & (LOOKED_AT - 1)
        if script == 0:
            continue
        beside = begin - ended == 1
        ended = stop
        size = stop - begin
        if size > _WORD or script == IN_HAN:
            digits = short = 0
            if size == 1:
                cues |= SPREAD if begin - han_a <= _NEAR_HAN else 0
                han_a, han_b, han_c = han_b, han_c, begin
            continue
        spaced = beside and symbols[begin - 1] == _SPACE
        digit = is_digit_word(codes, begin, stop, hashes)
        digits = 0 if not digit else digits + 1 if spaced else 1
        cues |= NUMBER if digits == 2 else 0
        if script == IN_THAI or script == IN_LAO:
            first = TH_LETTER if script == IN_THAI else LO_LETTER
            if size <= _UNIT and _is_unit(symbols, begin, stop, first):
                cues |= SPREAD if begin - a <= _NEAR else 0
                a, b, c = b, c, begin
            continue
        if script == IN_TAMIL:
            alone = size <= _TAMIL
        else:
            letters = 0
            for i in range(begin, stop):
                letters += base[symbols[i - 1], symbols[i]]
            alone = (size <= _STACK) & (np.int64(letters) == 1)
        short = 0 if not alone else short + 1 if beside else 1
        cues |= SPREAD if short == 4 else 0
    return cues
