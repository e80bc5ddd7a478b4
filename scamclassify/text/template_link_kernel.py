"""Compiled search for links, addresses and handles in templates, written apart or not."""

from __future__ import annotations

import numpy as np
from numba import njit

#: Signs that stand for a link or e-mail address, and for a handle.
LINK_SIGN, HANDLE_SIGN = 126, 64
#: Marks of characters that stay, and that go; any other mark is a sign in their place.
KEEP, DROP = 0, 1


@njit(cache=True, nogil=True)
def is_alnum(c):
    """Whether a folded code point is an ASCII letter or digit."""
    return 97 <= c <= 122 or 48 <= c <= 57


@njit(cache=True, nogil=True)
def _visible(c):
    return 33 <= c <= 126


@njit(cache=True, nogil=True)
def _host(c):
    return is_alnum(c) or c == 45 or c == 46  # - .


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
def is_among(value, ordered):
    """Whether a value is in a sorted array."""
    place = np.searchsorted(ordered, value)
    return place < ordered.shape[0] and ordered[place] == value


@njit(cache=True, nogil=True)
def _ending_at(text, i, n, endings):
    """Whether one of some endings of host names stands here, and no more letters."""
    e = i
    while e < n and 97 <= text[e] <= 122:
        e += 1
    if e - i < 2 or (e < n and (is_alnum(text[e]) or text[e] == 95)):
        return False
    return is_among(hash_codes(text, i, e), endings)


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
        return p if p < n and is_alnum(text[p]) else -1
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
def close_links(text, raw, n, sure, uncommon):
    """Write spread links together; return the new length."""
    m = 0
    i = 0
    host = False  # within or just behind a host name that was spread
    while i < n:
        c = text[i]
        if m and is_alnum(text[m - 1]):
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
        host = host and is_alnum(c)
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
            or not is_alnum(text[p + 4]) or (p > begin and is_alnum(text[p - 1]))
        ):  # fmt: skip
            return s, -1, 0
        return s, _trimmed(text, p + 4, end), LINK_SIGN
    if c == 64:  # @
        e = p + 1
        while e < end and _local(text[e]):
            e += 1
        while e > p + 1 and not is_alnum(text[e - 1]):
            e -= 1
        if e == p + 1:
            return s, -1, 0
        while s > begin and _local(text[s - 1]):
            s -= 1
        return s, e, (LINK_SIGN if s < p else HANDLE_SIGN)
    # a dot: the last one of a host name
    if p == begin or not is_alnum(text[p - 1]):
        return s, -1, 0
    e = p + 1
    while e < end and 97 <= text[e] <= 122:
        e += 1
    if e - p < 3 or not is_among(hash_codes(text, p + 1, e), endings):
        return s, -1, 0
    if e < end and (
        is_alnum(text[e]) or text[e] == 45 or text[e] == 95
        or (text[e] == 46 and e + 1 < end and is_alnum(text[e + 1]))
    ):  # fmt: skip
        return s, -1, 0
    while s > begin and _host(text[s - 1]):
        s -= 1
    if e < end and (text[e] == 47 or text[e] == 63 or text[e] == 58 or text[e] == 35):
        e = max(e, _trimmed(text, e, end))
    return s, e, LINK_SIGN


@njit(cache=True, nogil=True)
def mark_links(text, n, endings, marks):
    """Mark links and handles: a sign at their start, the rest dropped."""
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
                        marks[k] = DROP
                    marks[s] = sign
                    begin = e
                    p = e
                    continue
            p += 1
        i = end
