"""Compiled scan for the cues of repair that only characters beyond ASCII give."""

from __future__ import annotations

import numpy as np

from scamclassify.text.prescan_alphabet import (
    CJK,
    EMOJI,
    FULLWIDTH,
    HAN,
    IN_HAN,
    IN_WORDS,
    LEET,
    LINK,
    LO_AA,
    LO_ABOVE,
    LO_NIK,
    LO_TONE,
    LOOKED_AT,
    NUMBER,
    ODD,
    PAD,
    PAIR,
    PICTURE,
    SIGN,
    SPREAD,
    SUSPECT,
    TH_AA,
    TH_ABOVE,
    TH_NIK,
    TH_TONE,
    VS16,
    WIDE,
    WORD,
    ZWJ,
)
from scamclassify.text.prescan_link_kernel import said_thai_dot
from scamclassify.text.prescan_number_kernel import han_number
from scamclassify.text.prescan_spread_kernel import scan_runs
from scamclassify.text.uncounted import uncounted

_ONE, _PAD = np.uint64(1), np.uint64(PAD)


@uncounted
def _mark(codes, symbols, length, scripts, pairs, events):
    """Mark the places that must be looked at; return the scripts of the text."""
    all_scripts = np.uint8(0)
    for at in range(np.uint64(length + 1)):
        i = at + _PAD
        symbol = symbols[i]
        script = scripts[symbol]
        all_scripts |= script
        pair = pairs[np.uint64(symbols[i - _ONE]) << np.uint64(8) | np.uint64(symbol)]
        # Of ideographs one in three is enough to meet every run of three.
        third = ((script & IN_HAN) != 0) & (at % np.uint64(3) == 0)
        events[at] = pair | ((script & LOOKED_AT) != 0) | third
    # Apart from what tables say, which the vectors of this loop could not look up.
    for at in range(np.uint64(length + 1)):
        i = at + _PAD
        c, before = codes[i], codes[i - _ONE]
        thai_dot = ((c == 0x0E14) & (before == 0x0E38)) | ((c == 0x0E17) & (before == 0x0E2D))
        dot = (c == 0x70B9) | (c == 0x3002) | (c == 0xFF0E) | (c == 0xFF61)
        sign = (c == 0x3007) | (c == 0x96F6) | (c == 0x20AC)
        events[at] |= thai_dot | dot | sign
    return all_scripts


@uncounted
def _has_more(codes, symbols, i):
    """Whether a pair of Thai or Lao marks that is honest as well is not, by its neighbours."""
    before, symbol = symbols[i - 1], symbols[i]
    if before == symbol and (symbol == TH_ABOVE or symbol == LO_ABOVE):
        # Of two different ones only the dot below has a place of its own in NFC.
        return codes[i] == 0x0E3A or codes[i] == 0x0EBA
    if (before == TH_NIK and symbol == TH_TONE) or (before == LO_NIK and symbol == LO_TONE):
        return symbols[i + 1] == TH_AA or symbols[i + 1] == LO_AA
    return True


@uncounted
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


@uncounted
def _look(codes, symbols, i, flags, pairs):
    """Cues of a marked place."""
    cues = 0
    before, symbol = symbols[i - 1], symbols[i]
    if pairs[np.int64(before) << 8 | np.int64(symbol)]:
        doubtful = symbol == TH_ABOVE or symbol == LO_ABOVE or symbol == TH_TONE
        doubtful = doubtful or symbol == LO_TONE
        if not doubtful or _has_more(codes, symbols, i):
            cues |= PAIR
    code = codes[i]
    if symbol == SUSPECT:
        cues |= ODD
    elif symbol == HAN or code == 0x3007:
        if han_number(codes, i):
            cues |= NUMBER
    elif symbol == WIDE:
        a, b = symbols[i - 1], symbols[i + 1]
        if a != HAN and a != CJK and b != HAN and b != CJK:
            cues |= FULLWIDTH
    elif symbol == PICTURE:
        if _picture_in_word(symbols, flags, i):
            cues |= EMOJI
    if code == 0x70B9 or code == 0x3002 or code == 0xFF0E or code == 0xFF61:
        if flags[symbols[i - 1]] & WORD and flags[symbols[i + 1]] & WORD:
            cues |= LINK
    if code == 0x0E14 or code == 0x0E17:
        if said_thai_dot(codes, symbols, i):
            cues |= LINK
    if code == 0x20AC and 97 <= symbols[i - 1] <= 122:
        cues |= LEET
    return cues


@uncounted
def _lone_letters(symbols, start, stop, flags):
    """Four lone letters near each other, with those among them that pass for Latin ones."""
    lone_a = lone_b = lone_c = -100
    for i in range(start, stop):
        here = symbols[i]
        if not (flags[here] & (WORD | SIGN) or here == SUSPECT):
            continue
        near = flags[symbols[i - 1]] | flags[symbols[i + 1]]
        odd = symbols[i - 1] == SUSPECT or symbols[i + 1] == SUSPECT
        lone = flags[here] & WORD and not near & WORD
        if lone or not (near & (WORD | SIGN) or odd):
            if i - lone_a <= 12:
                return True
            lone_a, lone_b, lone_c = lone_b, lone_c, i
    return False


@uncounted
def scan_others(codes, symbols, length, flags, scripts, pairs, base, hashes, events, bounds):
    """Cues that only characters beyond ASCII give.

    Parameters
    ----------
    codes, symbols : uint32, uint8 arrays
        A text with :data:`PAD` newlines around it.
    flags, scripts, pairs, base, hashes : arrays
        Of scamclassify.text.prescan.ScanTables.
    events : bool array, overwritten
        Longer than the text.
    bounds : int32 array, overwritten
        Longer than the text.
    """
    found = _mark(codes, symbols, length, scripts, pairs, events)
    cues = 0
    eights = events.view(np.uint64)
    for k in range((length + 8) // 8):
        if eights[k] == 0:
            continue
        for i in range(8 * k, min(8 * k + 8, length + 1)):
            if events[i]:
                cues |= _look(codes, symbols, PAD + i, flags, pairs)
    if cues & ODD and _lone_letters(symbols, PAD, PAD + length, flags):
        cues |= SPREAD
    if found & (LOOKED_AT - 1):
        cues |= scan_runs(codes, symbols, length, scripts, base, hashes, bounds)
    return cues
