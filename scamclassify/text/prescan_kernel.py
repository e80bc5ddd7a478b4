"""Compiled scan for cues of repair; what each cue means is in `scamclassify.text.prescan`.

A first loop, without branches, marks the few places of a text that must be looked at; only at
those are the questions asked.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.text.prescan_alphabet import (
    APART,
    DOUBLED,
    DROPPED,
    FOUR,
    LATIN,
    LEET,
    LETTER,
    LINK,
    LO_AA,
    NUMBER,
    PAD,
    REPEAT,
    SIGN,
    SPREAD,
    SUSPECT,
    TH_AA,
    THRICE,
    TWICE,
    WORD,
)
from scamclassify.text.prescan_dropped_kernel import holds_shortened
from scamclassify.text.prescan_leet_kernel import leet_word
from scamclassify.text.prescan_link_kernel import (
    broken_at_colon,
    broken_at_dot,
    said_dot,
    set_apart,
    slash_apart,
)
from scamclassify.text.prescan_number_kernel import dictated_in_latin, word_bounds
from scamclassify.text.prescan_others_kernel import scan_others
from scamclassify.text.uncounted import uncounted

# A long vowel typed twice: honest, unless the text repeats more.
_LONG = 1 << 10
# Why a place must be looked at.
_AGAIN, _LONE, _SIGN, _RARE = (np.uint8(1 << k) for k in range(4))

_ONE, _TWO, _THREE, _PAD = (np.uint64(k) for k in (1, 2, 3, PAD))
_SPACE, _DOT, _SLASH, _COLON = 32, 46, 47, 58
_LETTER_X = 120
# Less than scamclassify.text.repeats looks at, whose word is then this one.
_FAR = 32


@njit(cache=True, nogil=True, inline="always")
def _alnum(symbol):
    return 97 <= symbol <= 122 or 48 <= symbol <= 57


@uncounted
def _repeated(codes, flags, symbols, i):
    """Cue of a character that stands again behind itself, more often than words need."""
    kind = flags[symbols[i]]
    if kind & TWICE:
        return DOUBLED
    code = codes[i]
    if symbols[i] == TH_AA or symbols[i] == LO_AA:
        return _LONG | (REPEAT if codes[i + 2] == code else 0)
    if codes[i + 2] != code:
        return 0
    if kind & FOUR and codes[i + 3] == code:
        return REPEAT
    if not kind & THRICE:
        return 0
    return 0 if code < 128 and _short_or_masked(code, symbols, i) else REPEAT


@uncounted
def _short_or_masked(code, symbols, i):
    """Whether three letters are all of a word, or stand for what is not shown.

    As `scamclassify.text.repeats` has it: "www", "AAA", "xxxx1234".
    """
    x = digits = 0
    first = i
    while _alnum(symbols[first - 1]) and i - first < _FAR:
        first -= 1
    last = i
    while _alnum(symbols[last]) and last - i < _FAR:
        x += symbols[last] == _LETTER_X
        digits += symbols[last] < 97
        last += 1
    for k in range(first, i):
        x += symbols[k] == _LETTER_X
        digits += symbols[k] < 97
    length = last - first
    if length >= _FAR:
        return False
    return length == 3 or (symbols[i] == _LETTER_X and (digits > 0 or x == length))


@uncounted
def _mark(codes, symbols, kinds, length, events):
    """Mark the places that must be looked at; return whether any lies beyond ASCII."""
    others = np.uint8(0)
    for at in range(np.uint64(length)):
        i = at + _PAD
        s, code = symbols[i], codes[i]
        here, before, after = kinds[i], kinds[i - _ONE], kinds[i + _ONE]
        a, aa, aaa = symbols[i - _ONE], symbols[i - _TWO], symbols[i - _THREE]
        b, bb = symbols[i + _ONE], symbols[i + _TWO]
        others |= np.uint8(s >= SUSPECT)
        twice = ((here & TWICE) != 0) | (s == TH_AA) | (s == LO_AA)
        again = (code == codes[i + _ONE]) & (twice | (code == codes[i + _TWO]))
        single = ((here & WORD) != 0) & ((after & WORD) == 0)
        single |= ((before | after) & (WORD | SIGN)) == 0
        lone = ((here & (WORD | SIGN)) != 0) & ((before & WORD) == 0) & single
        sign = ((here & SIGN) != 0) & (((before | after) & LETTER) != 0)
        dot = (a == _SPACE) | (b == _SPACE) | (b == 41) | (b == 93) | (b == 125)
        slash = (a == _SPACE) | (b == _SPACE)
        rare = (s == _DOT) & dot | (s == _COLON) | (s == _SLASH) & slash
        # dot, ponto, pontu, punto, titik, tuldok, chấm
        said = ((a == 111) & (aa == 100)) | ((a == 110) & (aaa == 112))
        said |= (a == _SPACE) & ((b == 105) & (bb == 116) | (b == 117) & (bb == 108))
        rare |= (s == 116) & said | (s == 109) & (a == LATIN)
        events[at] = (
            np.uint8(again) * _AGAIN | np.uint8(lone) * _LONE | np.uint8(sign) * _SIGN
            | np.uint8(rare) * _RARE
        )  # fmt: skip
    return others != 0


@uncounted
def _scan_rare(codes, symbols, i, endings):
    """Cues of signs and of words for signs that may be parts of a link."""
    symbol = symbols[i]
    if symbol == _COLON:
        return LINK if broken_at_colon(symbols, i) else 0
    if symbol == _SLASH:
        return LINK if slash_apart(symbols, i) else 0
    cues = APART if set_apart(symbols, i) else 0
    if symbol == _DOT:
        return cues | (LINK if broken_at_dot(codes, symbols, i, endings) else 0)
    return cues | (LINK if said_dot(codes, symbols, i, endings) else 0)


@uncounted
def _scan_row(
    codes, symbols, kinds, length, flags, scripts, pairs, base, ends, digits, other_digits,
    letters, lures, endings, cells, shortened, events, bounds,
):  # fmt: skip
    """Cues of one text, which lies in the buffers with newlines around it."""
    cues = 0
    lone_a = lone_b = lone_c = -100
    others = _mark(codes, symbols, kinds, length, events)
    eights = events.view(np.uint64)
    for k in range((length + 7) // 8):
        if eights[k] == 0:
            continue
        for at in range(8 * k, min(8 * k + 8, length)):
            event = events[at]
            if event == 0:
                continue
            i = PAD + at
            if event & _AGAIN:
                cues |= _repeated(codes, flags, symbols, i)
            if event & _LONE:
                # A letter of another script, or a sign for a letter, may be one of the run.
                odd = symbols[i - 1] == SUSPECT or symbols[i + 1] == SUSPECT
                if not odd or (kinds[i] & WORD and not kinds[i + 1] & WORD):
                    if i - lone_a <= 12:
                        cues |= SPREAD
                    lone_a, lone_b, lone_c = lone_b, lone_c, i
            if event & _SIGN and cues & LEET == 0:
                if leet_word(symbols, flags, letters, lures, i):
                    cues |= LEET
            if event & _RARE:
                cues |= _scan_rare(codes, symbols, i, endings)
    count = word_bounds(kinds, length, bounds)
    if dictated_in_latin(symbols, count, ends, digits, bounds):
        cues |= NUMBER
    if holds_shortened(symbols, codes, bounds, count, cells, shortened):
        cues |= DROPPED
    if not others:
        return cues
    if cues & _LONG:
        cues ^= _LONG
        if cues & REPEAT:
            cues |= DOUBLED
    return cues | scan_others(
        codes, symbols, length, flags, scripts, pairs, base, other_digits, events, bounds
    )


@njit(cache=True, nogil=True)
def scan_batch(codes, offsets, tables, cues):
    """Write the cues of every text.

    Parameters
    ----------
    codes, offsets : arrays
        As :func:`scamclassify.text.codepoints.encode_texts` returns them.
    tables : scamclassify.text.prescan.ScanTables
    cues : uint16 (n,), written
    """
    # One by one, because a tuple that is handed on counts the references of all its arrays.
    (
        symbol_of, flags, scripts, pairs, base, ends, digits, other_digits, letters, lures, endings,
        cells, shortened,
    ) = tables  # fmt: skip
    rows = offsets.shape[0] - 1
    most = 0
    for row in range(rows):
        most = max(most, offsets[row + 1] - offsets[row])
    size = (most + 2 * PAD + 8) // 8 * 8
    symbols = np.full(size, 10, np.uint8)
    padded = np.full(size, 10, np.uint32)
    kinds = np.full(size, flags[10], np.uint8)
    events = np.zeros(size, np.uint8)
    bounds = np.empty(size, np.int32)
    for row in range(rows):
        first = offsets[row]
        length = offsets[row + 1] - first
        for i in range(length):
            code = codes[first + i]
            symbol = symbol_of[code]
            padded[PAD + i] = code
            symbols[PAD + i] = symbol
            kinds[PAD + i] = flags[symbol]
        for i in range(PAD + length, length + 2 * PAD):
            padded[i] = 10
            symbols[i] = 10
            kinds[i] = flags[10]
        for i in range(length, length + PAD):
            events[i] = 0
        cues[row] = _scan_row(
            padded, symbols, kinds, length, flags, scripts, pairs, base, ends, digits,
            other_digits, letters, lures, endings, cells, shortened, events, bounds,
        )  # fmt: skip
