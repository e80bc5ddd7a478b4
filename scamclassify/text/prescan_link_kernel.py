"""Compiled scan for links that are written so that they are none."""

from __future__ import annotations

from numba import njit

from scamclassify.text.prescan_words_kernel import SEED, may_hold, next_hash
from scamclassify.text.uncounted import uncounted

_SPACE, _DOT, _SLASH, _BACKSLASH = 32, 46, 47, 92
_LETTER_P, _LETTER_S, _LETTER_W = 112, 115, 119
# Letters of the longest ending that is looked for, with a few to spare.
_LONGEST_ENDING = 12


@njit(cache=True, nogil=True, inline="always")
def _alnum(symbol):
    """Whether a symbol is an ASCII letter (small in symbols) or digit."""
    return 97 <= symbol <= 122 or 48 <= symbol <= 57


@njit(cache=True, nogil=True, inline="always")
def _in_name(symbol):
    return _alnum(symbol) or symbol == 45 or symbol == 95


@uncounted
def _ending_at(symbols, i, endings):
    """Where the word at ``i`` stops if it may be the ending of a host, else -1."""
    state = SEED
    stop = i
    while stop < i + _LONGEST_ENDING and 97 <= symbols[stop] <= 122:
        state = next_hash(state, symbols[stop])
        stop += 1
    if stop == i or not may_hold(state, endings):
        return -1
    return -1 if _alnum(symbols[stop]) else stop


@uncounted
def broken_at_dot(codes, symbols, i, endings):
    """Whether a dot may be one of a link with a space or brackets beside it."""
    before, after = symbols[i - 1], symbols[i + 1]
    if before == _SPACE and _in_name(symbols[i - 2]):
        if _ending_at(symbols, i + 1 + (after == _SPACE), endings) >= 0:
            return True
    if (after == 41 or after == 93 or after == 125) and (
        before == 40 or before == 91 or before == 123
    ):
        return True
    if after != _SPACE or not 97 <= symbols[i + 2] <= 122:
        return False
    stop = _ending_at(symbols, i + 2, endings)
    if stop < 0:
        return False
    if stop <= i + 6 and symbols[stop] == _SLASH and _alnum(symbols[stop + 1]):
        return True
    a, b, c = symbols[i + 2], symbols[i + 3], symbols[i + 4]
    if (a == 99 and b == 111 and c == 109) or (a == 108 and b == 121):
        return True  # com, ly
    if a == 120 and b == 121 and c == 122:
        return True
    if codes[i + 2] < 97:
        return False
    if before == 118 and symbols[i - 2] == 111 and symbols[i - 3] == 103:
        return True  # gov
    # The end of a name that is no word, behind a hyphen or a slash.
    if _in_name(symbols[stop]):
        return False
    k = i - 1
    while _alnum(symbols[k]):
        k -= 1
    return symbols[k] == 45 or (symbols[k] == _SLASH and symbols[k - 1] == _SLASH)


@uncounted
def said_dot(codes, symbols, i, endings):
    """Whether a word for a dot before an ending ends or begins at a t, or ends at an m.

    "dot", "ponto", "pontu" and "punto", "titik" and "tuldok", "chấm"; "dot" in brackets too.
    """
    last = i
    a, b = symbols[i - 1], symbols[i - 2]
    if symbols[i] == 109:  # m of "chấm"
        if codes[i - 1] != 0x1EA5:
            return False
    elif a == 111 and b == 100:  # dot
        if symbols[i + 1] == 41 or symbols[i + 1] == 93 or symbols[i + 1] == 125:
            return True
    elif a == 110 and symbols[i - 3] == 112:  # p.nt
        if symbols[i + 1] != 111 and symbols[i + 1] != 117:
            return False
        last = i + 1
    elif a == _SPACE:
        c, d = symbols[i + 1], symbols[i + 2]
        if c == 105 and d == 116 and symbols[i + 3] == 105:
            last = i + 4
        elif c == 117 and d == 108 and symbols[i + 3] == 100:
            last = i + 5
        else:
            return False
    else:
        return False
    return symbols[last + 1] == _SPACE and _ending_at(symbols, last + 2, endings) >= 0


@uncounted
def set_apart(symbols, i):
    """Whether a dot stands behind a space and before a word, or "dot" ends at ``i`` as a word."""
    if symbols[i] == _DOT:
        k = i + 1 + (symbols[i + 1] == _SPACE)
        return symbols[i - 1] == _SPACE and _alnum(symbols[k])
    return symbols[i - 1] == 111 and symbols[i - 2] == 100 and symbols[i + 1] == _SPACE


@uncounted
def said_thai_dot(codes, symbols, i):
    """The end of one of the two Thai words for a dot, before a Latin letter."""
    at = i + 1 + (symbols[i + 1] == _SPACE)
    if not 97 <= symbols[at] <= 122:
        return False
    if codes[i] == 0x0E14:
        return codes[i - 1] == 0x0E38 and codes[i - 2] == 0x0E08
    return codes[i - 1] == 0x0E2D and codes[i - 2] == 0x0E14


@uncounted
def broken_at_colon(symbols, i):
    a, b, c = symbols[i + 1], symbols[i + 2], symbols[i + 3]
    if a == _SLASH and (b == _SPACE or (b == _SLASH and c == _SPACE)):
        return True
    if a == _BACKSLASH or (a == _SPACE and (b == _BACKSLASH or b == _SLASH)):
        return True
    if a == _SPACE and b == _SPACE and c == _SLASH:
        return True
    if symbols[i - 1] == _SPACE and (a == _SLASH or a == _BACKSLASH):
        return True
    at = i - 1
    if symbols[at] == _SPACE:
        at -= 1
    if symbols[at] == _LETTER_S:
        at -= 1
    if symbols[at] != _LETTER_P:
        return False
    mask = symbols[at - 1]
    masks = mask == 120 or mask == 42 or mask == 95 or mask == 43
    return masks and symbols[at - 2] == mask


@uncounted
def slash_apart(symbols, i):
    """A slash set apart, soon after a dot."""
    if symbols[i - 1] != _SPACE and symbols[i + 1] != _SPACE:
        return False
    for k in range(3, 8):
        if symbols[i - k] == _DOT:
            return True
    return False
