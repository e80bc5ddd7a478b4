"""Compiled twin of `scamclassify.features.links.find_links` for batches of texts.

No link holds white space, so a link is looked for in runs of other characters, and only in
those with a dot that can be a host's. Runs that hold letters which may pass for Latin ones
are left to the patterns of ``find_links`` (``UNREAD``); all others are read here, by the
same rules, as a test makes sure.
"""

from __future__ import annotations

import numpy as np
from numba import njit

#: Columns of :func:`read_links`.
ROW, START, STOP, HOST_START, HOST_END, KIND, HOST, PATH_BRAND = range(8)
N_COLUMNS = 8
#: Bits of ``KIND``.
EMAIL, DISGUISED, SCHEME, BARE, PATH_SURE, UNREAD = (1 << k for k in range(6))
#: Bits of the values of a :func:`word_table`, above the place of the brand plus one.
UNSURE, LURE = 1 << 20, 1 << 21
_BRAND = (1 << 20) - 1

# What an ASCII character can be part of.
_WORD, _ALNUM, _HOST_CHAR, _MAIL_CHAR, _PATH_CHAR, _SPACE, _TRAIL = (1 << k for k in range(7))
_STRIDE = 16
_HASH_SEED = np.uint64(0xCBF29CE484222325)
_HASH_PRIME = np.uint64(0x100000001B3)


def _character_table() -> np.ndarray:
    table = np.zeros(128, dtype=np.uint8)
    for code in range(128):
        char = chr(code)
        word = char.isalnum() or char == "_"
        table[code] = (
            _WORD * word
            | _ALNUM * char.isalnum()
            | _HOST_CHAR * (char.isalnum() or char in ".-")
            | _MAIL_CHAR * (word or char in ".+-")
            | _PATH_CHAR * (char in "!=?]_~" or "#" <= char <= ";" or "?" <= char <= "["
                            or "a" <= char <= "z")
            | _SPACE * (char in " \t\n\r\f\v")
            | _TRAIL * (char in ".,;:!?'\")]}>-_~*")
        )  # fmt: skip
    return table


_CHARACTERS = _character_table()


@njit(cache=True, nogil=True, inline="always")
def _is(code, kind):
    return code < 128 and (_CHARACTERS[code] & kind) != 0


@njit(cache=True, nogil=True, inline="always")
def _small(code):
    return code | 32 if 65 <= code <= 90 else code


@njit(cache=True, nogil=True, inline="always")
def hash_more(state, code):
    """Hash after one more small letter or digit (FNV-1a, Fowler, Noll and Vo)."""
    return (state ^ np.uint64(code)) * _HASH_PRIME


@njit(cache=True, nogil=True)
def look_up(keys, values, key):
    """Value of a key in an open-addressed table, or 0."""
    mask = keys.shape[0] - 1
    probe = np.int64(key >> np.uint64(20)) & mask
    while values[probe] != 0:
        if keys[probe] == key:
            return values[probe]
        probe = (probe + 1) & mask
    return values[probe]


@njit(cache=True, nogil=True)
def _known_ending(codes, start, stop, endings):
    """Whether a label is one of the endings of bare domains (at most eight letters, packed)."""
    if stop - start > 8:
        return False
    packed = np.uint64(0)
    for i in range(start, stop):
        packed = packed << np.uint64(8) | np.uint64(_small(codes[i]))
    place = np.searchsorted(endings, packed)
    return place < endings.shape[0] and endings[place] == packed


@njit(cache=True, nogil=True)
def _scheme_end(codes, p, stop):
    """Where ``http://`` or ``https://`` at ``p`` ends, or ``p``."""
    if p + 7 > stop or _small(codes[p]) != 104 or _small(codes[p + 1]) != 116:
        return p
    if _small(codes[p + 2]) != 116 or _small(codes[p + 3]) != 112:
        return p
    at = p + 4
    if _small(codes[at]) == 115:
        at += 1
    if at + 3 <= stop and codes[at] == 58 and codes[at + 1] == 47 and codes[at + 2] == 47:
        return at + 3
    return p


@njit(cache=True, nogil=True, inline="always")
def _is_www(codes, p, stop):
    if p + 4 > stop or codes[p + 3] != 46:
        return False
    return _small(codes[p]) == 119 and _small(codes[p + 1]) == 119 and _small(codes[p + 2]) == 119


@njit(cache=True, nogil=True)
def _link_end(codes, p, start, stop, endings):
    """Where the link that begins at ``p`` ends, or ``p`` (the pattern ``text.links.LINK``)."""
    scheme = _scheme_end(codes, p, stop)
    if scheme == p and _is_www(codes, p, stop):
        scheme = p + 4
    if p < scheme < stop:
        return stop
    code = codes[p]
    before = codes[p - 1] if p > start else np.uint32(32)
    if _is(code, _ALNUM) and not (
        _is(before, _WORD) or before == 46 or before == 64 or before == 45
    ):
        at = p + 1
        while at < stop and (_is(codes[at], _WORD) or codes[at] == 45):
            at += 1
        end = p
        while at < stop and codes[at] == 46:
            label = at + 1
            at = label
            while at < stop and (_is(codes[at], _WORD) or codes[at] == 45):
                at += 1
            if at == label:
                break
            goes_on = at + 1 < stop and codes[at] == 46 and _is(codes[at + 1], _WORD)
            if not goes_on and _known_ending(codes, label, at, endings):
                end = at
        if end > p:
            if end < stop and (codes[end] == 47 or codes[end] == 63 or codes[end] == 58):
                return stop
            return end
    if _is(code, _MAIL_CHAR) and not _is(before, _MAIL_CHAR):
        at = p
        while at < stop and _is(codes[at], _MAIL_CHAR):
            at += 1
        if at < stop and codes[at] == 64:
            label = at + 1
            at = label
            while at < stop and (_is(codes[at], _WORD) or codes[at] == 45):
                at += 1
            if at > label and at < stop and codes[at] == 46:
                label = at + 1
                at = label
                while at < stop and (_is(codes[at], _WORD) or codes[at] == 45 or codes[at] == 46):
                    at += 1
                if at > label:
                    return at
    return p


@njit(cache=True, nogil=True, inline="always")
def _passes_for_latin(code):
    """Letters that a host may hold or that are read as Latin ones, and their other cases."""
    if code < 0xC0:
        return False
    if code < 0x590:
        return code < 0x300 or code >= 0x370
    if code < 0x1E00:
        return False
    return (
        code < 0x1F00 or 0x2100 <= code < 0x2150 or 0x2C60 <= code < 0x2C80
        or 0xA720 <= code < 0xA800
    )  # fmt: skip


@njit(cache=True, nogil=True)
def _path_brand(codes, start, stop, keys, values):
    """Place plus one of the brand that a path names, and whether a lure stands beside it."""
    brand = np.int64(0)
    named = np.uint64(0)
    # A token that equals the brand's is no other, so lures are kept as hashes: two suffice.
    first_lure = np.uint64(0)
    second_lure = np.uint64(0)
    state = _HASH_SEED
    length = 0
    for i in range(start, stop + 1):
        code = _small(codes[i]) if i < stop else np.uint32(32)
        if i < stop and _is(code, _ALNUM):
            state = hash_more(state, code)
            length += 1
            continue
        if length:
            value = look_up(keys, values, state)
            if brand == 0 and value & _BRAND and length >= 3:
                brand = value
                named = state
            if value & LURE:
                if first_lure == 0:
                    first_lure = state
                elif state != first_lure:
                    second_lure = state
        state = _HASH_SEED
        length = 0
    if brand == 0:
        return np.int64(0), False
    lure = (first_lure != 0 and first_lure != named) or second_lure != 0
    return brand & _BRAND, lure and brand & UNSURE == 0


@njit(cache=True, nogil=True)
def _take_apart(codes, p, end, link):
    """Fill a link's columns from its span; 1: done, 0: no link, -1: left to the patterns."""
    at = _scheme_end(codes, p, end)
    scheme = at > p
    while scheme and at < end and codes[at] == 47:
        at += 1
    authority = at
    while authority < end:
        code = codes[authority]
        if code == 47 or code == 63 or code == 35:
            break
        authority += 1
    user = -1
    for i in range(at, authority):
        if codes[i] == 64:
            user = i
    email = user >= 0 and not scheme and not _is_www(codes, p, end)
    if user >= 0:
        at = user + 1
    stop = at
    while stop < end and _is(codes[stop], _HOST_CHAR):
        stop += 1
    if stop == at:
        return -1
    while stop > at and (codes[stop - 1] == 46 or codes[stop - 1] == 45):
        stop -= 1
    start = at
    while start < stop and codes[start] == 46:
        start += 1
    dotted = False
    for i in range(start, stop):
        if codes[i] == 46:
            dotted = True
    if not dotted:
        return 0
    while start < stop and (codes[start] == 46 or codes[start] == 45):
        start += 1
    rest = stop
    if not email:
        if rest < end and codes[rest] == 58:
            digits = rest + 1
            while digits < end and 48 <= codes[digits] <= 57:
                digits += 1
            if 2 <= digits - rest <= 6:
                rest = digits
        if rest < end and (codes[rest] == 47 or codes[rest] == 63 or codes[rest] == 35):
            rest += 1
            while rest < end and _is(codes[rest], _PATH_CHAR):
                rest += 1
        while rest > stop and _is(codes[rest - 1], _TRAIL):
            rest -= 1
    link[START] = p
    link[STOP] = rest
    link[HOST_START] = start
    link[HOST_END] = stop
    link[KIND] = (
        EMAIL * email | DISGUISED * (user >= 0 and not email) | SCHEME * scheme
        | BARE * (start == p and rest == stop)
    )  # fmt: skip
    return 1


@njit(cache=True, nogil=True)
def find_host(codes, start, stop, table, records, letters):
    """Number of the record of a host, or -1; see `scamclassify.features.host_table`."""
    state = _HASH_SEED
    for i in range(start, stop):
        state = hash_more(state, _small(codes[i]))
    mask = table.shape[0] - 1
    probe = np.int64(state >> np.uint64(20)) & mask
    while table[probe] >= 0:
        record = table[probe]
        # Another thread may have added a record since these arrays were taken.
        if record >= records.shape[0]:
            return -1
        begin = records[record, 0]
        if records[record, 1] == stop - start and begin + stop - start <= letters.shape[0]:
            same = True
            for i in range(stop - start):
                if letters[begin + i] != _small(codes[start + i]):
                    same = False
                    break
            if same:
                return record
        probe = (probe + 1) & mask
    return -1


@njit(cache=True, nogil=True)
def _read_run(
    codes, first, start, stop, row, endings, keys, values, table, records, letters, links, count
):
    """Write the links of one run of characters; return how many links there are by now."""
    before_run = count
    unread = False
    for i in range(start, stop):
        if _passes_for_latin(codes[i]):
            unread = True
            break
    p = start
    while p < stop and not unread:
        end = _link_end(codes, p, start, stop, endings)
        if end == p:
            p += 1
            continue
        link = links[count]
        done = _take_apart(codes, p, end, link)
        p = end
        if done == -1:
            unread = True
        elif done == 1:
            link[ROW] = row
            link[HOST] = find_host(codes, link[HOST_START], link[HOST_END], table, records, letters)
            brand, sure = _path_brand(codes, link[HOST_END], link[STOP], keys, values)
            link[PATH_BRAND] = brand - 1
            link[KIND] |= PATH_SURE * sure
            for k in range(START, HOST_END + 1):
                link[k] -= first
            count += 1
    if unread:
        count = before_run
        link = links[count]
        link[:] = -1
        link[ROW] = row
        link[START] = start - first
        link[STOP] = stop - first
        link[KIND] = UNREAD
        count += 1
    return count


@njit(cache=True, nogil=True)
def _next_sign(codes, at, stop):
    """Next dot with what can be a host's letter beside it, or colon with a slash behind it.

    A function of its own, because a loop that also enlarges an array counts references.
    """
    while at < stop:
        # Many at once where there is neither.
        while at + _STRIDE <= stop:
            part = codes[at : at + _STRIDE]
            signs = 0
            for k in range(_STRIDE):
                signs |= (part[k] == 46) | (part[k] == 58)
            if signs:
                break
            at += _STRIDE
        if at == stop:
            break
        code = codes[at]
        if code == 46:
            before = codes[at - 1] if at > 0 else np.uint32(32)
            after = codes[at + 1] if at + 1 < stop else np.uint32(32)
            small = after | 32
            inside = before > 127 and not _is(after, _SPACE)
            if 97 <= small <= 122 or after > 127 or inside or before | 32 == 119:
                break
        elif code == 58 and at + 1 < stop and codes[at + 1] == 47:
            break
        at += 1
    return at


@njit(cache=True, nogil=True)
def read_links(codes, offsets, endings, keys, values, table, records, letters):
    """Find the links of every text.

    Parameters
    ----------
    codes, offsets : arrays
        As :func:`scamclassify.text.codepoints.encode_texts` returns them.
    endings : uint64 array, sorted
        Endings of bare domains, their letters packed.
    keys, values : uint64, int64 arrays
        Table of brand words and lures, by hash.
    table, records, letters : arrays
        The known hosts.

    Returns
    -------
    int32 array, shape (n_links, N_COLUMNS)
        In order of the texts; START and the like count characters of the text. A run that
        must be read by the patterns has UNREAD in KIND. HOST is -1 for a host not known.
    """
    rows = offsets.shape[0] - 1
    links = np.empty((rows // 2 + 64, N_COLUMNS), np.int32)
    count = 0
    row = 0
    at = offsets[0]
    total = offsets[rows]
    while True:
        at = _next_sign(codes, at, total)
        if at == total:
            break
        while at >= offsets[row + 1]:
            row += 1
        first, last = offsets[row], offsets[row + 1]
        start = at
        while start > first and not _is(codes[start - 1], _SPACE):
            start -= 1
        stop = at + 1
        while stop < last and not _is(codes[stop], _SPACE):
            stop += 1
        at = stop
        # A link takes four characters at least.
        if count + (stop - start) // 4 + 2 >= links.shape[0]:
            larger = np.empty((2 * links.shape[0] + stop - start, N_COLUMNS), np.int32)
            larger[:count] = links[:count]
            links = larger
        count = _read_run(
            codes, first, start, stop, row, endings, keys, values, table, records, letters, links,
            count,
        )  # fmt: skip
    return links[:count].copy()
