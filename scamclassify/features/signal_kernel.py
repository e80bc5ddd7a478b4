"""Compiled kernel that measures the shape of a batch of texts: what it looks like, not says."""

from __future__ import annotations

import numpy as np
from numba import njit

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

# Classes of scamclassify.text.codepoints.char_classes.
_LETTER, _SYMBOL, _DIGIT = 1, 3, 4


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
def _is_alphanumeric(code):
    return 97 <= (code | 32) <= 122 or 48 <= code <= 57


@njit(cache=True, nogil=True)
def measure_batch(codes, offsets, classes, endings, out):
    """Fill ``out`` (float32, rows by MEASURES) with the measures of every text.

    Parameters
    ----------
    codes, offsets : arrays
        As :func:`scamclassify.text.codepoints.encode_texts` returns them.
    classes : uint8 array
        As :func:`scamclassify.text.codepoints.char_classes` returns it.
    endings : sorted uint64 array
        Hashes of the last labels of host names, see :func:`ending_hash`.
    """
    top = classes.shape[0] - 1
    last = np.uint32(top)
    for row in range(offsets.shape[0] - 1):
        start, stop = offsets[row], offsets[row + 1]
        line = out[row]
        line[0] = stop - start
        end = np.uint64(stop)
        # What is counted most often is counted apart from the memory of the others.
        letters = digits = capitals = words = 0
        previous = np.int64(0)
        run = 0  # digits of the current number
        spread = 0  # digits of the current number, separators passed over
        gap = 0
        in_link = False
        latin = 0  # letters of the Latin name that just ended or goes on
        number = np.int64(0)  # value of the digits behind it
        i = start - 1
        while i < stop:
            i += 1
            code = np.int64(codes[i]) if i < stop else np.int64(32)
            kind = classes[min(code, top)] if i < stop else 0
            letter = 97 <= (code | 32) <= 122
            if kind == _DIGIT:
                digits += 1
                number = (number if run else 0) * 10 + (code - 48) if run < 9 else number
                run += 1
                spread += 1
                gap = 0
                if previous == 43:
                    line[18] += 1
            else:
                if run:
                    line[5] += 1
                    if 4 <= run <= 8:
                        line[6] += 1
                    if latin > 1 and 2 <= run <= 4 and not in_link and not letter:
                        host = code == 46 and i + 1 < stop and _is_alphanumeric(codes[i + 1])
                        if not host:
                            line[19] += latin > 2
                            line[20] += _is_lucky(number)
                    run = 0
                    latin = 0
                if spread:
                    gap += 1
                    joins = code == 32 or code == 45 or code == 46 or code == 40 or code == 41
                    if not joins or gap > 2 or i == stop:
                        if 8 <= spread <= 14:
                            line[7] += 1
                        spread = 0
                if kind == 1 or kind == 2:
                    letters += 1
                    capitals += int(65 <= code <= 90)
                    if previous == 64:
                        line[16] += 1
                elif kind == _SYMBOL:
                    local = code == 0xE3F or code == 0x17DB  # baht, riel
                    if code == 36 or 0x20A0 <= code <= 0x20CF or 0xA2 <= code <= 0xA5 or local:
                        line[12] += 1
                    elif code > 0x2190:
                        line[11] += 1
                elif code == 33 or code == 0xFF01:
                    line[9] += 1
                elif code == 63 or code == 0xFF1F:
                    line[10] += 1
                elif code == 37:
                    line[13] += 1
                elif code == 10:
                    line[14] += 1
                elif code == 91 or code == 0x3010 or code == 60 or code == 0x300A:
                    line[15] += 1
                elif code == 44 or code == 0xFF0C or code == 0x3001:
                    line[17] += 1
                elif code == 46 and not in_link and i < stop:
                    if _is_link(codes, i, start, stop, endings):
                        line[8] += 1
                        in_link = True
                elif code == 58 and not in_link and i + 2 < stop:
                    in_link = codes[i + 1] == 47 and codes[i + 2] == 47
                    line[8] += in_link
                if not letter:
                    latin = 0
                elif latin:
                    latin += 1
                else:
                    inside = _is_alphanumeric(previous) or previous == 64 or previous == 35
                    inside |= previous == 95 or previous == 47 or previous == 46
                    latin = 0 if inside else 1
            blank = code == 32 or code == 10 or code == 9
            if blank:
                in_link = False
                words += int(previous != 32)
            previous = np.int64(32) if blank else code
            if kind != 1 and kind != 2:
                continue
            # The letters behind a letter, without the questions that none of them raises.
            other = i if not letter else np.int64(-1)  # the last that is not Latin
            at = np.uint64(i + 1)
            while at < end:
                following = codes[at]
                kind = classes[min(following, last)]
                if kind != 1 and kind != 2:
                    break
                capitals += following - np.uint32(65) <= np.uint32(25)
                small = (following | np.uint32(32)) - np.uint32(97) <= np.uint32(25)
                other = other if small else np.int64(at)
                at += np.uint64(1)
            more = np.int64(at) - 1 - i
            if more:
                i += more
                letters += more
                previous = np.int64(codes[i])
                if other >= 0:
                    latin = i - other
                elif latin:
                    latin += more
        line[1], line[2], line[3], line[4] = letters, digits, capitals, words
        if line[0] and previous == 32 and codes[stop - 1] == 32:
            line[4] = max(line[4], 1)


@njit(cache=True, nogil=True)
def bin_batch(measures, columns, over_size, edges, bounds, out):
    """Fill ``out`` (int32, rows by signals) with the column that each signal falls into.

    Parameters
    ----------
    measures : float32 array, rows by MEASURES
    columns : int array, shape (n_signals,)
        The measure of each signal.
    over_size : bool array, shape (n_signals,)
        Whether the signal is its share of the characters.
    edges : float32 array
        Lower edges of the bins but the first, signal by signal.
    bounds : int array, shape (n_signals + 1,)
        Edges of signal ``s`` are ``edges[bounds[s]:bounds[s + 1]]``.
    """
    for row in range(measures.shape[0]):
        size = measures[row, 0] + np.float32(1)
        for s in range(columns.shape[0]):
            value = measures[row, columns[s]]
            if over_size[s]:
                value /= size
            place = bounds[s] + s
            for k in range(bounds[s], bounds[s + 1]):
                place += value >= edges[k]
            out[row, s] = place


def ending_hash(ending: str) -> int:
    """Hash of the last label of a host name, as the kernel computes it."""
    state = 7
    for char in ending.lower():
        state = (state * 31 + ord(char)) % 2**64
    return state
