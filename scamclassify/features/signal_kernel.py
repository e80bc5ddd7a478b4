"""Compiled kernel that measures the shape of a batch of texts: what it looks like, not says."""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.text.longest_kernel import longest_text

#: What :func:`measure_batch` counts, a column each.
MEASURES: tuple[str, ...] = (
    "characters",
    "letters",
    "digits",
    "capitals",
    "words",
    "numbers",
    "codes",  # numbers of 4 to 8 digits on their own
    "phones",  # numbers of 8 to 14 digits, separators allowed
    "links",
    "shout",  # exclamation marks
    "questions",
    "emoji",
    "currency",
    "percent",
    "lines",
    "brackets",  # square, lenticular and angle brackets
    "handles",  # @ before a letter
    "commas",
    "plus",  # + before a digit
    "name_numbers",  # Latin names that end in two to four digits, outside links
    "lucky_names",  # those whose digits are a lucky number, as names of gambling sites have
)

#: Numbers that stand for luck in the region, or for a day and night of play.
_LUCKY = (66, 69, 77, 88, 99, 138, 168, 188, 303, 365, 777, 789, 888)

#: Kinds of characters that are looked at one by one, above the measures of those that are just
#: counted.
NOTHING = 0
DIGIT, AT, DOT, COLON = range(len(MEASURES), len(MEASURES) + 4)
(
    _CHARACTERS, _LETTERS, _DIGITS, _CAPITALS, _WORDS, _NUMBERS, _CODES, _PHONES, _LINKS, _SHOUT,
    _QUESTIONS, _EMOJI, _CURRENCY, _PERCENT, _LINES, _BRACKETS, _HANDLES, _COMMAS, _PLUS,
    _NAME_NUMBERS, _LUCKY_NAMES,
) = range(len(MEASURES))  # fmt: skip

# Classes of scamclassify.text.codepoints.char_classes.
_LETTER, _UNSPACED, _SYMBOL, _DIGIT = range(1, 5)
#: Counts from this one on fall into the same bin, which :func:`bin_batch` looks up.
MOST = 255


def signal_kinds(classes: np.ndarray) -> np.ndarray:
    """Kind of each code point, uint8, from its class: a measure that counts it, or what it is."""
    kinds = np.zeros(len(classes), dtype=np.uint8)
    symbols = np.flatnonzero(classes == _SYMBOL)
    kinds[symbols[symbols > 0x2190]] = _EMOJI
    currency = (symbols == 36) | (symbols >= 0x20A0) & (symbols <= 0x20CF)
    currency |= (symbols >= 0xA2) & (symbols <= 0xA5)
    currency |= (symbols == 0xE3F) | (symbols == 0x17DB)  # baht, riel
    kinds[symbols[currency]] = _CURRENCY
    kinds[[ord(char) for char in "?\uff1f"]] = _QUESTIONS
    kinds[ord("%")] = _PERCENT
    kinds[[ord(char) for char in "[<\u3010\u300a"]] = _BRACKETS
    kinds[classes == _DIGIT] = DIGIT
    kinds[[ord(char) for char in "@.:"]] = AT, DOT, COLON
    return kinds


@njit(cache=True, nogil=True)
def _is_link(codes, dot, start, stop, endings):
    """Whether the dot at ``dot`` stands inside a host name with a known ending."""
    before = codes[dot - 1] if dot > start else 32
    if not (97 <= (before | 32) <= 122 or 48 <= before <= 57):
        return False
    state = np.uint64(7)
    i = dot + 1
    while i < stop and i - dot <= 12 and 97 <= (codes[i] | 32) <= 122:
        state = state * np.uint64(31) + np.uint64(codes[i] | 32)
        i += 1
    if i - dot < 3:
        return False
    after = codes[i] if i < stop else 32
    if 48 <= after <= 57 or after == 95:
        return False
    place = np.searchsorted(endings, state)
    return place < endings.shape[0] and endings[place] == state


@njit(cache=True, nogil=True, inline="always")
def _is_lucky(number):
    for lucky in _LUCKY:
        if number == lucky:
            return True
    return False


@njit(cache=True, nogil=True, inline="always")
def _is_latin(code):
    return 97 <= (code | 32) <= 122


@njit(cache=True, nogil=True, inline="always")
def _is_alphanumeric(code):
    return 97 <= (code | 32) <= 122 or 48 <= code <= 57


@njit(cache=True, nogil=True, inline="always")
def _is_blank(code):
    return code == 32 or code == 10 or code == 9


@njit(cache=True, nogil=True, inline="always")
def _mark(codes, start, stop, kinds, marks):
    """Write down the places of characters that have a kind; return how many there are.

    There is no branch in the loop, as a processor would guess most of them wrong.
    """
    last = np.uint32(kinds.shape[0] - 1)
    count = np.uint64(0)
    for i in range(np.uint64(start), np.uint64(stop)):
        marks[count] = i
        count += np.uint64(kinds[min(codes[i], last)] != NOTHING)
    return np.int64(count)


@njit(cache=True, nogil=True, inline="always")
def _ends_name(codes, begin, end, start, stop):
    """Latin letters (3: or more) of a name in front of a short number, 0 where it is none."""
    at = begin - 1
    while at >= start and _is_latin(codes[at]):
        at -= 1
    length = begin - 1 - at
    if length < 2:
        return 0
    if at >= start:
        code = codes[at]
        if 48 <= code <= 57 or code == 64 or code == 35 or code == 95 or code == 47 or code == 46:
            return 0
    if end < stop:
        if _is_latin(codes[end]):
            return 0
        if codes[end] == 46 and end + 1 < stop and _is_alphanumeric(codes[end + 1]):
            return 0
    return min(length, 3)


@njit(cache=True, nogil=True)
def _measure(codes, start, stop, kinds, classes, endings, marks, line):
    """Fill ``line`` with the measures of one text that signals are made of."""
    line[:] = 0
    last = np.uint32(kinds.shape[0] - 1)
    line[_CHARACTERS] = stop - start
    count = _mark(codes, start, stop, kinds, marks)
    spread = np.int64(0)  # digits of the current number, separators passed over
    number_end = start
    link = np.int64(-1)  # within the link that goes on, if one does
    m = np.int64(0)
    while m < count:
        at = np.int64(marks[m])
        kind = kinds[min(codes[at], last)]
        m += 1
        if kind < DIGIT:
            line[kind] += 1
            continue
        if kind == AT:
            if at + 1 < stop:
                follows = classes[min(codes[at + 1], last)]
                line[_HANDLES] += follows == _LETTER or follows == _UNSPACED
            continue
        if link >= 0:
            while link < at and not _is_blank(codes[link]):
                link += 1
            link = at if link == at else np.int64(-1)
        if kind == DOT:
            if link < 0 and _is_link(codes, at, start, stop, endings):
                line[_LINKS] += 1
                link = at
            continue
        if kind == COLON:
            if link < 0 and at + 2 < stop and codes[at + 1] == 47 and codes[at + 2] == 47:
                line[_LINKS] += 1
                link = at
            continue
        end = at + 1
        while end < stop and kinds[min(codes[end], last)] == DIGIT:
            end += 1
        run = end - at
        m += run - 1
        line[_DIGITS] += run
        line[_NUMBERS] += 1
        line[_CODES] += 4 <= run <= 8
        line[_PLUS] += at > start and codes[at - 1] == 43
        joined = at - number_end <= 2
        for i in range(max(number_end, at - 2), at):
            code = codes[i]
            joined &= code == 32 or code == 45 or code == 46 or code == 40 or code == 41
        if not joined:
            line[_PHONES] += 8 <= spread <= 14
            spread = np.int64(0)
        spread += run
        number_end = end
        if 2 <= run <= 4 and link < 0:
            length = _ends_name(codes, at, end, start, stop)
            if length:
                number = np.int64(0)
                for i in range(at, end):
                    number = number * 10 + (np.int64(codes[i]) - 48)
                line[_NAME_NUMBERS] += length > 2
                line[_LUCKY_NAMES] += _is_lucky(number)
    line[_PHONES] += 8 <= spread <= 14


@njit(cache=True, nogil=True)
def measure_batch(codes, offsets, kinds, classes, endings, out):
    """Fill ``out`` (float32, rows by MEASURES) with the measures of every text.

    Parameters
    ----------
    codes, offsets : arrays
        As :func:`scamclassify.text.codepoints.encode_texts` returns them.
    kinds : uint8 array
        As :func:`signal_kinds` returns it.
    classes : uint8 array
        As :func:`scamclassify.text.codepoints.char_classes` returns it.
    endings : sorted uint64 array
        Hashes of the last labels of host names, see :func:`ending_hash`.
    """
    marks = np.empty(longest_text(offsets) + 1, np.uint64)
    line = np.empty(out.shape[1], np.int64)
    last = np.uint32(classes.shape[0] - 1)
    for row in range(offsets.shape[0] - 1):
        start, stop = offsets[row], offsets[row + 1]
        _measure(codes, start, stop, kinds, classes, endings, marks, line)
        # What no signal is made of.
        inside = True
        for i in range(start, stop):
            code = codes[i]
            kind = classes[min(code, last)]
            line[_LETTERS] += kind == _LETTER or kind == _UNSPACED
            line[_CAPITALS] += 65 <= code <= 90
            line[_SHOUT] += code == 33 or code == 0xFF01
            line[_LINES] += code == 10
            line[_COMMAS] += code == 44 or code == 0xFF0C or code == 0x3001
            line[_WORDS] += inside and _is_blank(code)
            inside = not _is_blank(code)
        line[_WORDS] += inside
        out[row] = line


@njit(cache=True, nogil=True)
def bin_batch(codes, offsets, kinds, classes, endings, columns, places, shares, edges, out):
    """Fill ``out`` (int32, rows by signals) with the column that each signal falls into.

    Parameters
    ----------
    codes, offsets, kinds, classes, endings : arrays
        As for :func:`measure_batch`.
    columns : int array, shape (n_signals,)
        The measure of each signal.
    places : int32 array, shape (n_signals, MOST + 1)
        Column that each count falls into; for a share, the first column of its signal.
    shares : int array
        Numbers of the signals that are a share of the characters.
    edges : float32 array, shape (len(shares), n_edges)
        Lower edges of their bins but the first.
    """
    marks = np.empty(longest_text(offsets) + 1, np.uint64)
    line = np.empty(len(MEASURES), np.int64)
    for row in range(offsets.shape[0] - 1):
        start, stop = offsets[row], offsets[row + 1]
        _measure(codes, start, stop, kinds, classes, endings, marks, line)
        for s in range(columns.shape[0]):
            out[row, s] = places[s, min(line[columns[s]], MOST)]
        size = np.float32(line[_CHARACTERS]) + np.float32(1)
        for k in range(shares.shape[0]):
            s = shares[k]
            value = np.float32(line[columns[s]]) / size
            place = places[s, 0]
            for edge in edges[k]:
                place += value >= edge
            out[row, s] = place


def ending_hash(ending: str) -> int:
    """Hash of the last label of a host name, as the kernel computes it."""
    state = 7
    for char in ending.lower():
        state = (state * 31 + ord(char)) % 2**64
    return state
