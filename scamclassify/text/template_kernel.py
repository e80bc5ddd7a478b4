"""Compiled masking: what a message shares with its copies, in one pass over a batch.

Numbers, links, e-mail addresses, handles, reference codes and names after a salutation
become one sign each; space, punctuation and symbols are dropped, because senders vary them.
Disguises are seen through without being repaired: a template is a key and never shown.
"""

from __future__ import annotations

import numpy as np
from numba import njit

#: Signs that stand for what was masked.
LINK_SIGN, HANDLE_SIGN, NAME_SIGN, NUMBER_SIGN = 126, 64, 94, 48
#: Characters of a message that are looked at.
MOST_CHARACTERS = 4096

_SEPARATOR, _LETTER, _SYMBOL = 0, 1, 3  # of scamclassify.text.codepoints.char_classes
_KEEP, _DROP = 0, 1
_LONGEST_NAME = 20


@njit(cache=True, nogil=True)
def _alnum(c):
    return 97 <= c <= 122 or 48 <= c <= 57


@njit(cache=True, nogil=True)
def _visible(c):
    return 33 <= c <= 126


@njit(cache=True, nogil=True)
def _host(c):
    return _alnum(c) or c == 45 or c == 46  # - .


@njit(cache=True, nogil=True)
def _local(c):
    return _host(c) or c == 95 or c == 43  # _ +


@njit(cache=True, nogil=True)
def hash_codes(codes, start, stop):
    """64-bit hash of a stretch of code points."""
    state = np.uint64(0xCBF29CE484222325)
    for i in range(start, stop):
        state = (state ^ np.uint64(codes[i])) * np.uint64(0x9E3779B97F4A7C15)
        state ^= state >> np.uint64(29)
    return state


@njit(cache=True, nogil=True)
def _among(value, ordered):
    place = np.searchsorted(ordered, value)
    return place < ordered.shape[0] and ordered[place] == value


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
def _ending_at(text, i, n, endings):
    """Whether one of some endings of host names stands here, and no more letters."""
    e = i
    while e < n and 97 <= text[e] <= 122:
        e += 1
    if e - i < 2 or (e < n and (_alnum(text[e]) or text[e] == 95)):
        return False
    return _among(hash_codes(text, i, e), endings)


@njit(cache=True, nogil=True)
def _spread_dot(text, i, n, sure, uncommon):
    """Where the text goes on after a dot of a link that was written to hide, else -1.

    ``[.]``, ``(dot)``, a dot with space around it, the word "dot".
    """
    p = i
    if text[p] == 32:
        p += 1
    if p + 1 >= n:
        return -1
    c = text[p]
    if c == 91 or c == 40 or c == 123:  # [ ( {
        p += 1
        if text[p] == 46:
            p += 1
        elif p + 2 < n and text[p] == 100 and text[p + 1] == 111 and text[p + 2] == 116:
            p += 3
        else:
            return -1
        if p >= n or not (text[p] == 93 or text[p] == 41 or text[p] == 125):
            return -1
        p += 1
        if p < n and text[p] == 32:
            p += 1
        return p if p < n and _alnum(text[p]) else -1
    if c == 46:
        p += 1
        before, after = p - 1 > i, text[p] == 32
        p += after
        if (before and after and _ending_at(text, p, n, uncommon)) or (
            (before or after) and _ending_at(text, p, n, sure)
        ):
            return p
        return -1
    if c == 100 and p > i and p + 4 < n and text[p + 1] == 111 and text[p + 2] == 116:
        p += 4
        return p if text[p - 1] == 32 and _ending_at(text, p, n, sure) else -1
    return -1


@njit(cache=True, nogil=True)
def _close_links(text, raw, n, sure, uncommon):
    """Write spread links together; return the new length."""
    m = 0
    i = 0
    host = False  # within or just behind a host name that was spread
    while i < n:
        c = text[i]
        if m and _alnum(text[m - 1]):
            if c == 32 or c == 46 or c == 91 or c == 40 or c == 123:
                p = _spread_dot(text, i, n, sure, uncommon)
                if p > 0:
                    text[m], raw[m] = 46, 46
                    m += 1
                    i = p
                    host = True
                    continue
            if host and (c == 32 or c == 47):
                p = i + (c == 32)
                if p < n and text[p] == 47:  # a slash set apart
                    p += 1
                    p += p < n and text[p] == 32
                    text[m], raw[m] = 47, 47
                    m += 1
                    i = p
                    host = False
                    continue
        host = host and _alnum(c)
        text[m], raw[m] = c, raw[i]
        m += 1
        i += 1
    return m


@njit(cache=True, nogil=True)
def _trimmed(text, begin, end):
    """End of a link without the punctuation of the sentence around it."""
    while end > begin:
        c = text[end - 1]
        # . , ; : ! ? ) ] } > " '
        if (
            c == 46 or c == 44 or c == 59 or c == 58 or c == 33 or c == 63 or c == 41
            or c == 93 or c == 125 or c == 62 or c == 34 or c == 39
        ):  # fmt: skip
            end -= 1
        else:
            break
    return end


@njit(cache=True, nogil=True)
def _link_at(text, p, begin, end, endings):
    """Start, end and sign of a link, address or handle whose tell-tale sign is at ``p``.

    ``begin`` and ``end`` bound the run of visible ASCII characters around it. The end is
    -1 where there is none.
    """
    c = text[p]
    s = p
    if c == 58:  # ://
        if p + 3 >= end or text[p + 1] != 47 or text[p + 2] != 47:
            return s, -1, 0
        while s > begin and 97 <= text[s - 1] <= 122:
            s -= 1
        return s, _trimmed(text, p + 3, end), LINK_SIGN
    if c == 119:  # www.
        if (
            p + 4 >= end or text[p + 1] != 119 or text[p + 2] != 119 or text[p + 3] != 46
            or not _alnum(text[p + 4]) or (p > begin and _alnum(text[p - 1]))
        ):  # fmt: skip
            return s, -1, 0
        return s, _trimmed(text, p + 4, end), LINK_SIGN
    if c == 64:  # @
        e = p + 1
        while e < end and _local(text[e]):
            e += 1
        while e > p + 1 and not _alnum(text[e - 1]):
            e -= 1
        if e == p + 1:
            return s, -1, 0
        while s > begin and _local(text[s - 1]):
            s -= 1
        return s, e, (LINK_SIGN if s < p else HANDLE_SIGN)
    # a dot: the last one of a host name
    if p == begin or not _alnum(text[p - 1]):
        return s, -1, 0
    e = p + 1
    while e < end and 97 <= text[e] <= 122:
        e += 1
    if e - p < 3 or not _among(hash_codes(text, p + 1, e), endings):
        return s, -1, 0
    if e < end and (
        _alnum(text[e]) or text[e] == 45 or text[e] == 95
        or (text[e] == 46 and e + 1 < end and _alnum(text[e + 1]))
    ):  # fmt: skip
        return s, -1, 0
    while s > begin and _host(text[s - 1]):
        s -= 1
    if e < end and (text[e] == 47 or text[e] == 63 or text[e] == 58 or text[e] == 35):
        e = max(e, _trimmed(text, e, end))
    return s, e, LINK_SIGN


@njit(cache=True, nogil=True)
def _mark_links(text, n, endings, marks):
    i = 0
    while i < n:
        if not _visible(text[i]):
            i += 1
            continue
        begin = i
        end = i + 1
        while end < n and _visible(text[end]):
            end += 1
        p = begin
        while p < end:
            c = text[p]
            if c == 46 or c == 58 or c == 64 or c == 119:
                s, e, sign = _link_at(text, p, begin, end, endings)
                if e > p:
                    for k in range(s, e):
                        marks[k] = _DROP
                    marks[s] = sign
                    begin = e
                    p = e
                    continue
            p += 1
        i = end


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
        if not (_among(word, salutations) or _among(pair, salutations)):
            continue
        s1 = e
        while s1 < n and (text[s1] == 32 or text[s1] == 46):
            s1 += 1
        e1 = _word_end(text, s1, n, classes)
        if s1 == e or e1 == s1 or e1 - s1 > _LONGEST_NAME or marks[s1] != _KEEP:
            continue
        if _among(hash_codes(text, s1, e1), salutations):
            continue  # "dear Mr": the name is still to come
        s2 = e1
        while s2 < n and text[s2] == 32:
            s2 += 1
        e2 = _word_end(text, s2, n, classes)
        second = s2 > e1 and 0 < e2 - s2 <= _LONGEST_NAME and marks[s2] == _KEEP
        stop = -1
        if _closes(text, e1, n):
            stop = e1
        elif second and _closes(text, e2, n):
            stop = e2
        elif _is_name(raw, s1, e1, upper):
            stop = e2 if second and _is_name(raw, s2, e2, upper) else e1
        if stop > 0:
            for k in range(s1, stop):
                marks[k] = _DROP
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
        if marks[i] == _DROP:
            i += 1
            continue
        step = 1
        if marks[i] != _KEEP:
            code = np.uint32(marks[i])
        elif _alnum(code) and (i == 0 or not _alnum(text[i - 1]) or marks[i - 1] != _KEEP):
            e = i
            while e < n and _alnum(text[e]) and marks[e] == _KEEP:
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
    n = _close_links(text, raw, n, sure, uncommon)
    marks[:n] = _KEEP
    _mark_links(text, n, endings, marks)
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
