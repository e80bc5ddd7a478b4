"""Compiled scan for links that are written so that they are none."""

from __future__ import annotations

from numba import njit

_SPACE, _DOT, _SLASH, _BACKSLASH = 32, 46, 47, 92
_LETTER_P, _LETTER_S, _LETTER_W = 112, 115, 119
# Letters of the longest ending of scamclassify.text.links, whose test compares them.
_LONGEST_ENDING = 7


@njit(cache=True, nogil=True, inline="always")
def _alnum(symbol):
    """Whether a symbol is an ASCII letter (small in symbols) or digit."""
    return 97 <= symbol <= 122 or 48 <= symbol <= 57


@njit(cache=True, nogil=True)
def _like_ending(symbols, i):
    """Whether as many letters stand here as the ending of a host has, and no more of it."""
    stop = i
    while stop < i + _LONGEST_ENDING and 97 <= symbols[stop] <= 122:
        stop += 1
    c, d = symbols[stop], symbols[stop + 1]
    if stop - i < 2 or _alnum(c) or c == 45 or c == 95:
        return False
    return c != _DOT or not (_alnum(d) or d == 95)


@njit(cache=True, nogil=True)
def broken_at_dot(symbols, i):
    before, after = symbols[i - 1], symbols[i + 1]
    if before == _SPACE:
        if _alnum(after) or (after == _SPACE and _alnum(symbols[i + 2])):
            return True
    if (after == 41 or after == 93 or after == 125) and (
        before == 40 or before == 91 or before == 123
    ):
        return True
    if after != _SPACE:
        return False
    a, b, c, d = symbols[i + 2], symbols[i + 3], symbols[i + 4], symbols[i + 5]
    if a == 99 and b == 111 and c == 109 and not _alnum(d):
        return True
    if a == 108 and b == 121 and not _alnum(c):
        return True
    if a == 120 and b == 121 and c == 122 and not _alnum(d):
        return True
    if before == _LETTER_W and symbols[i - 2] == _LETTER_W and symbols[i - 3] == _LETTER_W:
        if _alnum(a):
            return True
    if 97 <= a <= 122:
        if before == 118 and symbols[i - 2] == 111 and symbols[i - 3] == 103:
            return True  # gov
        # The end of a name that is no word, behind a hyphen or a slash.
        k = i - 1
        while _alnum(symbols[k]):
            k -= 1
        if symbols[k] == 45 or (symbols[k] == _SLASH and symbols[k - 1] == _SLASH):
            if _like_ending(symbols, i + 2):
                return True
    letters = 0
    while letters < 5 and 97 <= symbols[i + 2 + letters] <= 122:
        letters += 1
    if not 2 <= letters <= 4 or symbols[i + 2 + letters] != _SLASH:
        return False
    return _alnum(symbols[i + 3 + letters])


@njit(cache=True, nogil=True)
def said_dot(symbols, i):
    """A t that begins "titik" or "tuldok", or stands in "ponto", "pontu" or "punto"."""
    a, b = symbols[i + 1], symbols[i + 2]
    if symbols[i - 1] == 110 and symbols[i - 3] == 112:  # p.nt
        return b == _SPACE and (a == 111 or a == 117)
    if symbols[i - 1] != _SPACE:
        return False
    return (a == 105 and b == 116 and symbols[i + 3] == 105) or (
        a == 117 and b == 108 and symbols[i + 3] == 100
    )


@njit(cache=True, nogil=True)
def said_thai_dot(codes, symbols, i):
    """The end of one of the two Thai words for a dot, before a Latin letter."""
    at = i + 1 + (symbols[i + 1] == _SPACE)
    if not 97 <= symbols[at] <= 122:
        return False
    if codes[i] == 0x0E14:
        return codes[i - 1] == 0x0E38 and codes[i - 2] == 0x0E08
    return codes[i - 1] == 0x0E2D and codes[i - 2] == 0x0E14


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def slash_apart(symbols, i):
    """A slash set apart, soon after a dot."""
    if symbols[i - 1] != _SPACE and symbols[i + 1] != _SPACE:
        return False
    for k in range(3, 8):
        if symbols[i - k] == _DOT:
            return True
    return False
