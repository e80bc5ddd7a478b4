"""Compiled reading of texts for language identification: letters, scripts, links taken out."""

import numpy as np
from numba import njit, uint32

LATIN = 1
#: What the entry of a code point holds: its small letter, whether it may be part of a link, its
#: script.
LETTER_BITS = np.uint32(0x1FFFFF)
LINK_BIT = np.uint32(21)
SCRIPT_BIT = np.uint32(24)
# Four neighbours are counted apart, so that none waits for another.
_APART = np.uint64(3)
_MOST_SCRIPTS = np.uint64(16)
COUNTERS = 64


@njit(cache=True, nogil=True, inline="always")
def _ahead(codes, at, stop):
    """The character there, a blank behind the end."""
    return codes[min(at, stop - 1)] if at < stop else uint32(32)


@njit(cache=True, nogil=True, inline="always")
def _is_letter(code):
    return uint32((code | uint32(32)) - uint32(97)) <= uint32(25)


@njit(cache=True, nogil=True)
def _marks_link(codes, i, start, stop):
    """Whether a dot, slash or sign at ``i`` makes the characters around it a link.

    Without branches: no processor foresees what comes after a dot.
    """
    code = codes[i]
    before = codes[max(i - 1, start)] if i > start else uint32(32)
    first, second = _ahead(codes, i + 1, stop), _ahead(codes, i + 2, stop)
    # Two to four letters between a dot and what is no letter end a domain.
    goes_on = (
        _is_letter(_ahead(codes, i + 3, stop))
        & _is_letter(_ahead(codes, i + 4, stop))
        & _is_letter(_ahead(codes, i + 5, stop))
    )
    domain = (
        (before != 32) & (before != 10) & _is_letter(first) & _is_letter(second) & (not goes_on)
    )
    return (code == 64) | ((code == 47) & (first == 47)) | ((code == 46) & domain)


@njit(cache=True, nogil=True)
def _take_out_links(codes, start, stop, marks, buffer):
    """Blank the ASCII letters of the tokens that a mark makes a link; return how many."""
    taken = 0
    end = start
    for mark in marks:
        i = start + mark
        if i < end or not _marks_link(codes, i, start, stop):
            continue
        begin = i
        while begin > start and codes[begin - 1] != 32 and codes[begin - 1] != 10:
            begin -= 1
        end = i
        while end < stop and codes[end] != 32 and codes[end] != 10:
            end += 1
        for k in range(begin, end):
            if _is_letter(codes[k]):
                buffer[k - start] = 0
                taken += 1
    return taken


@njit(cache=True, nogil=True)
def read_row(codes, start, stop, entries, buffer, marks, apart, counts):
    """Write the small letters of one text, 0 for what is none, and count its scripts.

    Parameters
    ----------
    codes : uint32 (m,)
    entries : uint32
        What there is to know of each code point; the last one stands for all above.
    buffer : uint32, written
    marks : int32, as long, written
        Places of what may be part of a link.
    apart : uint32 (COUNTERS,), written
    counts : int64 (n_scripts,), written
        Letters of each script, those of links left out.
    """
    text = codes[start:stop]
    last = np.uint32(entries.shape[0] - 1)
    apart[:] = 0
    n_marks = np.uint64(0)
    # Unsigned numbers throughout: a place that may be negative costs a comparison.
    for k in range(np.uint64(text.shape[0])):
        entry = entries[min(text[k], last)]
        buffer[k] = entry & LETTER_BITS
        marks[n_marks] = k
        n_marks += np.uint64((entry >> LINK_BIT) & np.uint32(1))
        apart[(k & _APART) * _MOST_SCRIPTS + np.uint64(entry >> SCRIPT_BIT)] += np.uint32(1)
    for script in range(counts.shape[0]):
        counts[script] = np.int64(apart[script]) + apart[script + 16]
        counts[script] += np.int64(apart[script + 32]) + apart[script + 48]
    if n_marks:
        counts[LATIN] -= _take_out_links(codes, start, stop, marks[:n_marks], buffer)
