"""Compiled rules that say whether a name that is an ordinary word as well means the brand.

`scamclassify.features.brand_names.BrandMatcher` says what the rules are.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.features.link_flag_kernel import ASK, ASK_BESIDE_LINK, NO, YES

#: Bits of the kinds of a character.
WORD, SPACE = 1, 2
#: Columns of a table of forms: where its letters begin, how many there are, place of its sector
#: or -1, and its bits.
LETTERS, LENGTH, SECTOR, NATURE = range(4)
#: Bits of a form: it holds more than letters, digits and spaces; it is in mixed case.
SIGNED, MIXED = 1, 2

# How far from an ambiguous name a word of its sector may stand, in characters; one that is
# not written as the registry has it ("grab") needs the word right beside it ("grab driver").
_NEAR, _BESIDE = 40, 12
# A capital I with a dot, the only letter that is two in small.
_DOTTED_I = 0x130
# No character behind the planes of letters is one of a word.
_BEHIND_LETTERS = 0xE0000


def _codes(characters: str) -> tuple[int, ...]:
    return tuple(map(ord, characters))


_BEFORE_HEADER = _codes("[【(\n")
_BEHIND_HEADER = _codes(":]】)")
_SENTENCE_END = _codes(".!?\n。！？:;\"'“(-")


@njit(cache=True, nogil=True, inline="always")
def _is_one_of(code, some):
    for one in some:
        if code == one:
            return True
    return False


@njit(cache=True, nogil=True, inline="always")
def _is_word(code, kinds):
    if code < kinds.shape[0]:
        return kinds[code] & WORD != 0
    return code < _BEHIND_LETTERS


@njit(cache=True, nogil=True)
def _copy_small(codes, start, stop, small, window, n):
    """Add characters in small letters to a window; return its length."""
    for i in range(start, stop):
        code = codes[i]
        window[n] = small[code] if code < small.shape[0] else code
        n += 1
        if code == _DOTTED_I:
            window[n] = 0x307
            n += 1
    return n


@njit(cache=True, nogil=True)
def holds_word(window, n, sector, bounds, firsts, words, letters, kinds):
    """Whether a word of a sector stands in a window in small letters.

    Parameters
    ----------
    window : uint32 array, shape (at least n + 3,)
    bounds, firsts, words, letters : arrays
        Those of `scamclassify.features.sector_words.SectorWords`.
    kinds : uint8 array
    """
    first = firsts[sector]
    for p in range(n):
        code = window[p]
        if first >> np.uint64(code & 63) & np.uint64(1) == 0:
            continue
        inside = p > 0 and _is_word(window[p - 1], kinds)
        for w in range(bounds[sector], bounds[sector + 1]):
            begin, length, whole = words[w, 0], words[w, 1], words[w, 2]
            if letters[begin] != code or (inside and whole) or p + length > n:
                continue
            k = 1
            while k < length and letters[begin + k] == window[p + k]:
                k += 1
            if k < length:
                continue
            at = p + length
            if not whole or at == n or not _is_word(window[at], kinds):
                return True
            # The endings "s" and "nya".
            if window[at] == 115:
                at += 1
            elif at + 3 <= n and window[at] == 110 and window[at + 1] == 121:
                at += 3 if window[at + 2] == 97 else 0
            if at > p + length and (at == n or not _is_word(window[at], kinds)):
                return True
    return False


@njit(cache=True, nogil=True)
def _counts(codes, first, last, start, end, form, beside, sectors, tables, spelling, window):
    """Whether the name at ``start`` of the text from ``first`` to ``last`` is the brand."""
    small, kinds = tables
    same = end - start == form[LENGTH]
    for i in range(start, end):
        same = same and codes[i] == spelling[form[LETTERS] + i - start]
    if same and (beside or form[NATURE] & SIGNED):
        return True
    if form[SECTOR] >= 0:
        reach = _NEAR if same else _BESIDE
        n = _copy_small(codes, max(first, start - reach), start, small, window, 0)
        window[n] = 32
        n = _copy_small(codes, end, min(last, end + reach), small, window, n + 1)
        bounds, firsts, words, letters = sectors
        if holds_word(window, n, form[SECTOR], bounds, firsts, words, letters, kinds):
            return True
    if not same:
        return False
    while start > first and codes[start - 1] == 32:
        start -= 1
    before = codes[start - 1] if start > first else np.uint32(0)
    if start == first or _is_one_of(before, _BEFORE_HEADER):
        at = end
        while at < last and codes[at] < kinds.shape[0] and kinds[codes[at]] & SPACE:
            at += 1
        if at < last and _is_one_of(codes[at], _BEHIND_HEADER):
            return True
    return form[NATURE] & MIXED != 0 and start > first and not _is_one_of(before, _SENTENCE_END)


@njit(cache=True, nogil=True)
def settle_names(names, fates, codes, offsets, forms, spelling, sectors, tables):
    """Say YES or NO to the names that were to be asked about.

    Parameters
    ----------
    names : int32 array, shape (n, 4)
    fates : uint8 array, shape (n,), changed
    codes, offsets : arrays
        As :func:`scamclassify.text.codepoints.encode_texts` returns them.
    forms, spelling : int32, uint32 arrays
        Table of forms, and their letters.
    sectors : tuple of arrays
        Those of `scamclassify.features.sector_words.SectorWords`.
    tables : tuple of uint32, uint8 arrays
        Small letter and kinds of each code point.
    """
    window = np.empty(4 * _NEAR + 4, np.uint32)
    for k in range(names.shape[0]):
        if fates[k] < ASK:
            continue
        first, last = offsets[names[k, 0]], offsets[names[k, 0] + 1]
        counts = _counts(
            codes, first, last, first + names[k, 1], first + names[k, 2], forms[names[k, 3]],
            fates[k] == ASK_BESIDE_LINK, sectors, tables, spelling, window,
        )  # fmt: skip
        fates[k] = YES if counts else NO
