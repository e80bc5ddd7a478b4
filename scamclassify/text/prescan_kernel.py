"""Compiled scan for cues of repair; what each cue means is in `scamclassify.text.prescan`."""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.text.prescan_leet_kernel import (
    FOUR,
    IN_WORDS,
    LETTER,
    RARE,
    SIGN,
    SUSPECT,
    THRICE,
    TWICE,
    WORD,
    leet_word,
)
from scamclassify.text.prescan_link_kernel import (
    broken_at_colon,
    broken_at_dot,
    said_dot,
    said_thai_dot,
    set_apart,
    slash_apart,
)
from scamclassify.text.prescan_number_kernel import dictated, han_number, is_latin_digit

#: Cues, one bit each.
ODD, PAIR, FULLWIDTH, REPEAT, SPREAD, LEET, LINK, EMOJI, DOUBLED, NUMBER = (
    1 << k for k in range(10)
)
#: A dot set apart or said before any word: nothing for repair, but a host may be there.
APART = 1 << 11
# A long vowel typed twice: honest, unless the text repeats more.
_LONG = 1 << 10
#: Newlines around a text in the buffers; no pattern holds one, so none reaches across.
PAD = 8

# Symbols of scamclassify.text.symbols, whose test compares them.
OTHER, PICTURE, VS16, ZWJ, ZWSP = 128, 131, 133, 134, 135
WIDE, HAN, CJK, JOINING = range(136, 140)
TH_LETTER, TH_AA, TH_ABOVE, TH_TONE, TH_NIK, TH_REST = 140, 143, 145, 146, 148, 149
LO_LETTER, LO_AA, LO_ABOVE, LO_TONE, LO_NIK, LO_REST = 150, 153, 155, 156, 158, 159
KM_LETTER, KM_COENG = 160, 167
MY_LETTER, MY_U25, MY_INDEPENDENT, MY_VIRAMA, MY_SSA = 168, 169, 170, 178, 182
TA_E = 187

_SPACE, _DOT, _SLASH, _COLON = 32, 46, 47, 58
_LETTER_X = 120
# Less than scamclassify.text.repeats looks at, whose word is then this one.
_FAR = 32


@njit(cache=True, nogil=True, inline="always")
def _alnum(symbol):
    return 97 <= symbol <= 122 or 48 <= symbol <= 57


@njit(cache=True, nogil=True, inline="always")
def _has(flags, kind):
    return (flags & kind) != 0


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def _picture_in_word(symbols, flags, i):
    """A letter, at most six pictures from ``i`` on, a letter."""
    if not flags[symbols[i - 1]] & IN_WORDS:
        return False
    for k in range(1, 7):
        symbol = symbols[i + k]
        if flags[symbol] & IN_WORDS:
            return True
        if symbol != PICTURE and symbol != VS16 and symbol != ZWJ:
            return False
    return False


@njit(cache=True, nogil=True)
def _clusters(symbols, start, stop, first, last):
    """Four lone letters of Thai or Lao near each other, each with its marks."""
    recent = np.full(3, -100, np.int64)
    i = start
    while i < stop:
        if symbols[i] < first or symbols[i] > last:
            i += 1
            continue
        begin = i
        letters = 0
        while first <= symbols[i] <= last:
            # Letters and the vowels written before and after them come first in the order.
            letters += symbols[i] < first + 5
            i += 1
        if i - begin > 5 or letters != 1 or symbols[begin] >= first + 5:
            continue
        if begin - recent[0] <= 18:
            return True
        recent[0], recent[1], recent[2] = recent[1], recent[2], begin
    return False


@njit(cache=True, nogil=True)
def _short_runs(symbols, start, stop, first, last, joining, longest, base):
    """Four short runs of a script with one character between them, of one letter each."""
    count = 0
    ended = -2
    i = start
    while i < stop:
        symbol = symbols[i]
        if not (first <= symbol <= last or symbol == joining):
            i += 1
            continue
        begin = i
        letters = 0
        while first <= symbol <= last or symbol == joining:
            letters += base[symbols[i - 1], symbol]
            i += 1
            symbol = symbols[i]
        short = i - begin <= longest and letters == 1
        if joining:
            short = i - begin <= longest
        if begin - ended != 1:
            count = 0
        count = count + 1 if short else 0
        ended = i
        if count == 4:
            return True
    return False


@njit(cache=True, nogil=True)
def _lone_han(symbols, start, stop):
    recent = np.full(3, -100, np.int64)
    for i in range(start, stop):
        if symbols[i] == HAN and symbols[i - 1] != HAN and symbols[i + 1] != HAN:
            if i - recent[0] <= 6:
                return True
            recent[0], recent[1], recent[2] = recent[1], recent[2], i
    return False


@njit(cache=True, nogil=True)
def _scan_row(codes, symbols, start, stop, tables):
    """Cues of one text, which lies in the buffers with newlines around it."""
    flags = tables.flags
    cues = 0
    seen = 0
    lone_a = lone_b = lone_c = -100
    word = run = 0  # where the word began; words for digits in a row
    before = flags[10]
    here = flags[symbols[start]]
    for i in range(start, stop):
        symbol = symbols[i]
        after = flags[symbols[i + 1]]
        if codes[i] == codes[i + 1]:
            cues |= _repeated(codes, flags, symbols, i)
        if here & (WORD | SIGN) and not before & WORD:
            # A letter of another script, or a sign for a letter, may be one of the run.
            lone = here & WORD and not after & WORD
            wide = not (before & (WORD | SIGN) or after & (WORD | SIGN))
            wide = wide and symbols[i - 1] != SUSPECT and symbols[i + 1] != SUSPECT
            if lone or wide:
                if i - lone_a <= 12:
                    cues |= SPREAD
                lone_a, lone_b, lone_c = lone_b, lone_c, i
        if here & WORD:
            if not before & WORD:
                word = i
            if not after & WORD:
                first = symbols[word]
                if 97 <= first <= 122 and 97 <= symbol <= 122 and (
                    tables.ends[26 * np.int64(first) + np.int64(symbol) - 2619]
                    >> min(i - word + 1, 31)
                ) & 1 and is_latin_digit(symbols, word, i, tables.digits):  # fmt: skip
                    run = run + 1 if symbols[word - 1] == _SPACE else 1
                    if run == 3:
                        cues |= NUMBER
                else:
                    run = 0
        elif symbol != _SPACE:
            run = 0
        if here & SIGN and (before & LETTER or after & LETTER):
            if cues & LEET == 0 and leet_word(symbols, flags, tables.letters, tables.lures, i):
                cues |= LEET
        if here & RARE:
            if symbol == _DOT:
                if broken_at_dot(codes, symbols, i, tables.endings):
                    cues |= LINK
                cues |= APART if set_apart(symbols, i) else 0
            elif symbol == _COLON:
                if broken_at_colon(symbols, i):
                    cues |= LINK
            elif symbol == _SLASH:
                if slash_apart(symbols, i):
                    cues |= LINK
            elif symbol == 116 or symbol == 109:
                if said_dot(codes, symbols, i, tables.endings):
                    cues |= LINK
                cues |= APART if set_apart(symbols, i) else 0
            else:
                seen = 1
        before, here = here, after
    if not seen:
        return cues
    if cues & _LONG:
        cues ^= _LONG
        if cues & REPEAT:
            cues |= DOUBLED
    return cues | _scan_others(codes, symbols, start, stop, tables)


@njit(cache=True, nogil=True, inline="always")
def _needs_more(symbol):
    return symbol == TH_ABOVE or symbol == LO_ABOVE or symbol == TH_TONE or symbol == LO_TONE


@njit(cache=True, nogil=True)
def _has_more(codes, symbols, i):
    """Whether a pair of Thai or Lao marks that is honest as well is not, by its neighbours."""
    before, symbol = symbols[i - 1], symbols[i]
    if before == symbol and (symbol == TH_ABOVE or symbol == LO_ABOVE):
        # Of two different ones only the dot below has a place of its own in NFC.
        return codes[i] == 0x0E3A or codes[i] == 0x0EBA
    if (before == TH_NIK and symbol == TH_TONE) or (before == LO_NIK and symbol == LO_TONE):
        return symbols[i + 1] == TH_AA or symbols[i + 1] == LO_AA
    return True


@njit(cache=True, nogil=True)
def _scan_others(codes, symbols, start, stop, tables):
    """Cues that only characters beyond ASCII give."""
    flags, pairs, base = tables.flags, tables.pairs, tables.base
    cues = 0
    han = thai = lao = khmer = burmese = tamil = 0
    lone_a = lone_b = lone_c = -100
    previous = np.uint8(10)
    for i in range(start, stop + 1):
        symbol = symbols[i]
        if (symbol >= 128 or previous >= 128) and pairs[np.int64(previous) << 8 | symbol]:
            if _needs_more(symbol):
                cues |= PAIR if _has_more(codes, symbols, i) else 0
            else:
                cues |= PAIR
        previous = symbol
        if symbol < 128:
            continue
        if symbol == SUSPECT:
            cues |= ODD
            near = flags[symbols[i - 1]] | flags[symbols[i + 1]]
            lone = not near & (WORD | SIGN)
            if lone and symbols[i - 1] != SUSPECT and symbols[i + 1] != SUSPECT:
                lone_a = i
        elif symbol == HAN:
            han = 1
            # One in three is enough to meet every run of three.
            if i % 3 == 0 and han_number(codes, i):
                cues |= NUMBER
        elif symbol == CJK and codes[i] == 0x3007:
            if han_number(codes, i):
                cues |= NUMBER
        elif TH_LETTER <= symbol <= TH_REST:
            thai = 1
        elif LO_LETTER <= symbol <= LO_REST:
            lao = 1
        elif KM_LETTER <= symbol <= KM_COENG:
            khmer = 1
        elif MY_LETTER <= symbol <= MY_SSA:
            burmese = 1
        elif symbol >= TA_E or symbol == JOINING:
            tamil = 1
        elif symbol == WIDE:
            a, b = symbols[i - 1], symbols[i + 1]
            if a != HAN and a != CJK and b != HAN and b != CJK:
                cues |= FULLWIDTH
        elif symbol == PICTURE:
            if _picture_in_word(symbols, flags, i):
                cues |= EMOJI
        code = codes[i]
        if code == 0x70B9 or code == 0x3002 or code == 0xFF0E or code == 0xFF61:
            if flags[symbols[i - 1]] & WORD and flags[symbols[i + 1]] & WORD:
                cues |= LINK
        if code == 0x0E14 or code == 0x0E17:
            if said_thai_dot(codes, symbols, i):
                cues |= LINK
        if code == 0x20AC and 97 <= symbols[i - 1] <= 122:
            cues |= LEET
    if cues & ODD and lone_a >= 0:
        # Lone letters once more, with those of other scripts among them.
        lone_a = -100
        for i in range(start, stop):
            here = symbols[i]
            if not (flags[here] & (WORD | SIGN) or here == SUSPECT):
                continue
            near = flags[symbols[i - 1]] | flags[symbols[i + 1]]
            odd = symbols[i - 1] == SUSPECT or symbols[i + 1] == SUSPECT
            lone = flags[here] & WORD and not near & WORD
            if lone or not (near & (WORD | SIGN) or odd):
                if i - lone_a <= 12:
                    cues |= SPREAD
                lone_a, lone_b, lone_c = lone_b, lone_c, i
    if thai or lao or khmer or burmese or tamil:
        if dictated(codes, start, stop, tables.other_digits):
            cues |= NUMBER
    if han and _lone_han(symbols, start, stop):
        cues |= SPREAD
    if thai and _clusters(symbols, start, stop, TH_LETTER, TH_REST):
        cues |= SPREAD
    if lao and _clusters(symbols, start, stop, LO_LETTER, LO_REST):
        cues |= SPREAD
    if khmer and _short_runs(symbols, start, stop, KM_LETTER, KM_COENG, 0, 11, base):
        cues |= SPREAD
    if burmese and _short_runs(symbols, start, stop, MY_LETTER, MY_SSA, 0, 11, base):
        cues |= SPREAD
    if tamil and _short_runs(symbols, start, stop, TA_E, 255, JOINING, 4, base):
        cues |= SPREAD
    return cues


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
    rows = offsets.shape[0] - 1
    most = 0
    for row in range(rows):
        most = max(most, offsets[row + 1] - offsets[row])
    symbols = np.full(most + 2 * PAD, 10, np.uint8)
    padded = np.full(most + 2 * PAD, 10, np.uint32)
    for row in range(rows):
        first = offsets[row]
        length = offsets[row + 1] - first
        for i in range(length):
            code = codes[first + i]
            padded[PAD + i] = code
            symbols[PAD + i] = tables.symbols[code]
        for i in range(PAD + length, length + 2 * PAD):
            padded[i] = 10
            symbols[i] = 10
        cues[row] = _scan_row(padded, symbols, PAD, PAD + length, tables)
