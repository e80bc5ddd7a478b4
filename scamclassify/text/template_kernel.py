"""Compiled masking: what a message shares with its copies, in one pass over a batch.

Numbers, links, e-mail addresses, handles, reference codes and names after a salutation
become one sign each; space, punctuation and symbols are dropped, because senders vary them.
Disguises are seen through without being repaired: a template is a key and never shown.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.text.template_link_kernel import (
    DROP,
    HANDLE_SIGN,
    KEEP,
    LINK_SIGN,
    close_links,
    hash_codes,
    is_alnum,
    is_among,
    mark_links,
)

#: Signs that stand for a name and for a number.
NAME_SIGN, NUMBER_SIGN = 94, 48
#: Characters of a message that are looked at.
MOST_CHARACTERS = 4096

_SEPARATOR, _LETTER, _SYMBOL = 0, 1, 3  # of scamclassify.text.codepoints.char_classes
_LONGEST_NAME = 20


@njit(cache=True, nogil=True)
def _fold(codes, start, stop, skeleton, folded, raw):
    """Skeletons of a row's code points without those that are dropped; and what they were."""
    n = 0
    top = skeleton.shape[0]
    for i in range(start, min(stop, start + MOST_CHARACTERS)):
        code = codes[i]
        seen = skeleton[code] if code < top else code
        if seen and seen < 0xE0000:  # tags and variation selectors
            folded[n] = seen
            raw[n] = code
            n += 1
    return n


@njit(cache=True, nogil=True)
def _letter(text, i, classes):
    code = text[i]
    return code < classes.shape[0] and classes[code] == _LETTER


@njit(cache=True, nogil=True)
def _word_end(text, i, n, classes):
    while i < n and _letter(text, i, classes):
        i += 1
    return i


@njit(cache=True, nogil=True)
def _is_name(raw, s, e, upper):
    """Whether a word begins with a capital and does not go on in capitals."""
    first = raw[s] < upper.shape[0] and upper[raw[s]]
    return first and not (e > s + 1 and raw[s + 1] < upper.shape[0] and upper[raw[s + 1]])


@njit(cache=True, nogil=True)
def _closes(text, i, n):
    """Whether a salutation ends here: , ! : or a full-width comma."""
    return i < n and (text[i] == 44 or text[i] == 33 or text[i] == 58 or text[i] == 0xFF0C)


@njit(cache=True, nogil=True)
def _mark_names(text, raw, n, classes, upper, salutations, marks):
    i = 0
    before = np.uint64(0)
    while i < n:
        if not _letter(text, i, classes):
            i += 1
            continue
        e = _word_end(text, i, n, classes)
        word = hash_codes(text, i, e)
        pair = (before ^ word) * np.uint64(0x9E3779B97F4A7C15)
        before = word
        i = e
        if not (is_among(word, salutations) or is_among(pair, salutations)):
            continue
        s1 = e
        while s1 < n and (text[s1] == 32 or text[s1] == 46):
            s1 += 1
        e1 = _word_end(text, s1, n, classes)
        if s1 == e or e1 == s1 or e1 - s1 > _LONGEST_NAME or marks[s1] != KEEP:
            continue
        if is_among(hash_codes(text, s1, e1), salutations):
            continue  # "dear Mr": the name is still to come
        s2 = e1
        while s2 < n and text[s2] == 32:
            s2 += 1
        e2 = _word_end(text, s2, n, classes)
        second = s2 > e1 and 0 < e2 - s2 <= _LONGEST_NAME and marks[s2] == KEEP
        stop = -1
        if _closes(text, e1, n):
            stop = e1
        elif second and _closes(text, e2, n):
            stop = e2
        elif _is_name(raw, s1, e1, upper):
            stop = e2 if second and _is_name(raw, s2, e2, upper) else e1
        if stop > 0:
            for k in range(s1, stop):
                marks[k] = DROP
            marks[s1] = NAME_SIGN
            i = stop
            before = np.uint64(0)


@njit(cache=True, nogil=True)
def _is_code(text, s, e):
    """Whether a word of ASCII letters and digits is a reference code: they alternate in it.

    A word with a digit for a letter has fewer digits.
    """
    changes = 0
    digits = int(text[s] <= 57)
    for k in range(s + 1, e):
        changes += (text[k] <= 57) != (text[k - 1] <= 57)
        digits += text[k] <= 57
    return changes >= 2 and e - s >= 5 and 3 * digits >= e - s


@njit(cache=True, nogil=True)
def _write(text, n, classes, marks, out):
    """Write what is left; return its length, 0 where no letter is among it."""
    m = 0
    i = 0
    letters = 0
    while i < n:
        code = text[i]
        if marks[i] == DROP:
            i += 1
            continue
        step = 1
        if marks[i] != KEEP:
            code = np.uint32(marks[i])
        elif is_alnum(code) and (i == 0 or not is_alnum(text[i - 1]) or marks[i - 1] != KEEP):
            e = i
            while e < n and is_alnum(text[e]) and marks[e] == KEEP:
                e += 1
            if _is_code(text, i, e):
                code = np.uint32(NUMBER_SIGN)
                step = e - i
            elif code <= 57:
                code = np.uint32(NUMBER_SIGN)
        elif 48 <= code <= 57:
            code = np.uint32(NUMBER_SIGN)
        elif code < classes.shape[0] and (classes[code] == _SEPARATOR or classes[code] == _SYMBOL):
            i += 1
            continue
        i += step
        sign = code == NUMBER_SIGN or code == LINK_SIGN or code == HANDLE_SIGN or code == NAME_SIGN
        if m and out[m - 1] == code and (sign or (m > 1 and out[m - 2] == code)):
            continue
        letters += not sign
        out[m] = code
        m += 1
    return m if letters else 0


@njit(cache=True, nogil=True)
def mask_row(
    codes, start, stop, skeleton, classes, upper, endings, sure, uncommon, salutations, work,
    marks, out,
):  # fmt: skip
    """Template of one text.

    Parameters
    ----------
    codes : numpy.ndarray of uint32
        The batch's code points; the text is ``codes[start:stop]``.
    skeleton : numpy.ndarray of uint32
        What each code point passes for, folded; 0 drops it.
    classes : numpy.ndarray of uint8
        Table of ``scamclassify.text.codepoints``.
    upper : numpy.ndarray of bool
        Whether a code point is a capital.
    endings, sure, uncommon, salutations : numpy.ndarray of uint64
        Sorted hashes (:func:`hash_codes`): endings of host names, those that make one after
        a dot with space on one side and on both, and the words that names follow.
    work : numpy.ndarray of uint32, shape (2, longest)
    marks : numpy.ndarray of uint8, shape (longest,)
    out : numpy.ndarray of uint32, shape (longest,)

    Returns
    -------
    int
        Length of the template in ``out``. A text in which no letter is left is its own
        template, space aside: numbers alone say nothing of where they come from.
    """
    text, raw = work[0], work[1]
    n = _fold(codes, start, stop, skeleton, text, raw)
    n = close_links(text, raw, n, sure, uncommon)
    marks[:n] = KEEP
    mark_links(text, n, endings, marks)
    _mark_names(text, raw, n, classes, upper, salutations, marks)
    m = _write(text, n, classes, marks, out)
    if m == 0:
        for i in range(n):
            if text[i] != 32:
                out[m] = text[i]
                m += 1
    return m


@njit(cache=True, nogil=True)
def mask_batch(codes, offsets, skeleton, classes, upper, endings, sure, uncommon, salutations):
    """Templates of a batch.

    Parameters
    ----------
    codes, offsets : numpy.ndarray
        As ``scamclassify.text.codepoints.encode_texts`` returns them; the rest as for
        :func:`mask_row`.

    Returns
    -------
    templates : numpy.ndarray of uint32
    starts : numpy.ndarray of int64, shape (n + 1,)
        Template ``i`` is ``templates[starts[i]:starts[i + 1]]``.
    exact : numpy.ndarray of uint64, shape (n,)
        Hash of each template.
    """
    rows = offsets.shape[0] - 1
    longest = 1
    for row in range(rows):
        longest = max(longest, min(MOST_CHARACTERS, offsets[row + 1] - offsets[row]))
    work = np.empty((2, longest), np.uint32)
    marks = np.empty(longest, np.uint8)
    out = np.empty(codes.shape[0] + longest, np.uint32)
    starts = np.zeros(rows + 1, np.int64)
    exact = np.empty(rows, np.uint64)
    for row in range(rows):
        at = starts[row]
        m = mask_row(
            codes, offsets[row], offsets[row + 1], skeleton, classes, upper, endings, sure,
            uncommon, salutations, work, marks, out[at : at + longest],
        )  # fmt: skip
        starts[row + 1] = at + m
        exact[row] = hash_codes(out, at, at + m)
    return out[: starts[rows]].copy(), starts, exact
