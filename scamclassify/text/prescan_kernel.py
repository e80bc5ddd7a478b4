"""Compiled scan for cues of repair; what each cue means is in `scamclassify.text.prescan`.

A first loop, without branches, marks the few places of a text that must be looked at; only at
those are the questions asked.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.text.longest_kernel import longest_text
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
_NOTHING, _AGAIN, _LONE, _SIGN, _RARE = (np.uint8(k) for k in (0, 1, 2, 4, 8))
_TWICE, _WORD, _IS_SIGN, _IS_LETTER = (np.uint8(kind) for kind in (TWICE, WORD, SIGN, LETTER))
_WORD_OR_SIGN = np.uint8(WORD | SIGN)
# Places are marked so many at a time.
_VECTOR = np.uint64(32)

_ONE, _TWO, _THREE, _PAD = (np.uint64(k) for k in (1, 2, 3, PAD))
_SPACE, _DOT, _SLASH, _COLON = 32, 46, 47, 58
_LETTER_X = 120
# Less than scamclassify.text.repeats looks at, whose word is then this one.
_FAR = 32


@njit(cache=True, nogil=True, inline="always")
def _in_vectors(length):
    """The length of a text with what is marked behind it."""
    return (length + _VECTOR - _ONE) & ~(_VECTOR - _ONE)


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
def _mark(codes, symbols, kinds, length, same, events):
    """Mark the places that must be looked at, and some behind the text.

    Vectors of bytes: a variable of another width, such as a sum, or an operation that numba
    widens would make them vectors of a few numbers, which takes five times as long.
    """
    places = _in_vectors(np.uint64(length))
    for at in range(places + _ONE):
        i = at + _PAD
        same[at] = codes[i] == codes[i + _ONE]
    for at in range(places):
        i = at + _PAD
        s = symbols[i]
        here, before, after = kinds[i], kinds[i - _ONE], kinds[i + _ONE]
        a, aa, aaa = symbols[i - _ONE], symbols[i - _TWO], symbols[i - _THREE]
        b, bb = symbols[i + _ONE], symbols[i + _TWO]
        near = np.uint8(before | after)
        twice = (np.uint8(here & _TWICE) != 0) | (s == TH_AA) | (s == LO_AA)
        again = (same[at] != 0) & (twice | (same[at + _ONE] != 0))
        single = (np.uint8(here & _WORD) != 0) & (np.uint8(after & _WORD) == 0)
        single |= np.uint8(near & _WORD_OR_SIGN) == 0
        begins = (np.uint8(here & _WORD_OR_SIGN) != 0) & (np.uint8(before & _WORD) == 0)
        sign = (np.uint8(here & _IS_SIGN) != 0) & (np.uint8(near & _IS_LETTER) != 0)
        slash = (a == _SPACE) | (b == _SPACE)
        dot = slash | (b == 41) | (b == 93) | (b == 125)
        rare = (s == _DOT) & dot | (s == _COLON) | (s == _SLASH) & slash
        # dot, ponto, pontu, punto, titik, tuldok, chấm
        said = ((a == 111) & (aa == 100)) | ((a == 110) & (aaa == 112))
        said |= (a == _SPACE) & ((b == 105) & (bb == 116) | (b == 117) & (bb == 108))
        rare |= (s == 116) & said | (s == 109) & (a == LATIN)
        events[at] = (
            (_AGAIN if again else _NOTHING) | (_LONE if begins & single else _NOTHING)
            | (_SIGN if sign else _NOTHING) | (_RARE if rare else _NOTHING)
        )  # fmt: skip


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
    codes, symbols, kinds, length, others, flags, scripts, pairs, base, ends, digits, other_digits,
    letters, lures, endings, cells, shortened, same, events, bounds,
):  # fmt: skip
    """Cues of one text, which lies in the buffers with newlines around it.

    ``others`` says whether any of its symbols lies beyond ASCII and Latin.
    """
    cues = 0
    lone_a = lone_b = lone_c = -100
    _mark(codes, symbols, kinds, length, same, events)
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
    size = np.int64(_in_vectors(np.uint64(longest_text(offsets)))) + 2 * PAD
    symbols = np.full(size, 10, np.uint8)
    padded = np.full(size, 10, np.uint32)
    kinds = np.full(size, flags[10], np.uint8)
    same = np.empty(size, np.uint8)
    events = np.empty(size, np.uint8)
    bounds = np.empty(size, np.int32)
    for row in range(rows):
        first = offsets[row]
        length = offsets[row + 1] - first
        highest = np.uint8(0)
        for i in range(length):
            code = codes[first + i]
            symbol = symbol_of[code]
            highest = max(highest, symbol)
            padded[PAD + i] = code
            symbols[PAD + i] = symbol
            kinds[PAD + i] = flags[symbol]
        for i in range(PAD + length, np.int64(_in_vectors(np.uint64(length))) + 2 * PAD):
            padded[i] = 10
            symbols[i] = 10
            kinds[i] = flags[10]
        cues[row] = _scan_row(
            padded, symbols, kinds, length, highest >= SUSPECT, flags, scripts, pairs, base, ends,
            digits, other_digits, letters, lures, endings, cells, shortened, same, events, bounds,
        )  # fmt: skip
