"""Compiled search for the forms of `scamclassify.features.form_kernel` in batches of texts.

Walks begin wherever a form may, those of several texts in step; the few that get somewhere
are finished one by one, slips of typing allowed as `scamclassify.features.form_slip_kernel`
says.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.features.form_kernel import (
    AT_ONCE,
    CHAINED,
    FORM_SHIFT,
    NUMBER,
    STEM,
)
from scamclassify.features.form_prefetch import prefetch
from scamclassify.features.form_slip_kernel import (
    ENTRY,
    LETTERS,
    N_PASSED,
    NEVER,
    NEXT,
    PLACE,
    SHORTEST_DOUBLED,
    follow_slips,
    mark_slips,
)
from scamclassify.features.form_text_kernel import KIND_SHIFT, SYMBOL, normalise_texts
from scamclassify.features.form_walk_kernel import choose_walks, match_tails, walk_in_step
from scamclassify.text.longest_kernel import longest_text
from scamclassify.text.uncounted import uncounted

# Classes of scamclassify.text.codepoints.char_classes.
_LETTER, _DIGIT = 1, 4
# Characters and texts that are walked over together, unless a text is longer.
_GROUP, _TEXTS = 1024, 64
# Characters that come into the cache together.
_LINE = 16


@uncounted
def _write_matches(
    row, buffer, places, ends, order, n_walks, notes, passed, links, apart, signs,
    found, count, longest, n_longest,
):  # fmt: skip
    """Write the forms that walks found and that may end where they do.

    ``ends`` says where each text from ``row`` on ends in the buffer.

    Returns
    -------
    count, n_longest : int
        Matches by now; ``count`` is -1 where there is not enough room.
    """
    first_row = row
    reached = np.int64(0)
    for b in range(n_walks):
        i = np.int64(order[b])
        while i >= ends[row - first_row]:
            row += 1
            reached = np.int64(0)
        best = np.int64(-1)
        best_end = np.int64(0)
        step = np.int64(notes[2 * i])
        while step >= 0:
            entry, j = passed[step, ENTRY], passed[step, PLACE]
            kind = buffer[j] >> KIND_SHIFT
            symbol = np.int64(buffer[j] & SYMBOL)
            symbol = symbol if symbol < signs.shape[0] else np.int64(0)
            after = np.int64(buffer[j + 1] & SYMBOL)
            # A letter or sign of a script with signs, and a sign of it.
            carries = (signs[symbol, 0] <= after) & (after < signs[symbol, 1])
            joined = (kind == _LETTER) | (kind == _DIGIT) | carries
            inside = joined & (kind == buffer[j + 1] >> KIND_SHIFT)
            end = j
            if (
                inside
                & (buffer[j + 1] == buffer[j])
                & (kind == _LETTER)
                & (passed[step, LETTERS] >= SHORTEST_DOUBLED)
            ):
                # The last letter typed again and again.
                p = j + 1
                while buffer[p + 1] == buffer[j]:
                    p += 1
                if buffer[p + 1] >> KIND_SHIFT != _LETTER:
                    end = p
                    inside = False
            step = passed[step, NEXT]
            form = entry >> FORM_SHIFT & NUMBER
            number = form if form < NUMBER else np.int64(-1)
            link = np.int64(-1 if entry & STEM else -2)
            if entry & CHAINED:
                number, link = np.int64(links[2 * form]), np.int64(links[2 * form + 1])
            while True:
                if not inside or link & 1:
                    if number >= apart:
                        if places[end] + 1 > best_end:
                            best = number
                            best_end = np.int64(places[end] + 1)
                    elif number >= 0:
                        if count == found.shape[0]:
                            return np.int64(-1), n_longest
                        found[count, 0] = row
                        found[count, 1] = places[i]
                        found[count, 2] = places[end] + 1
                        found[count, 3] = number
                        count += 1
                form = link >> 1
                if form < 0:
                    break
                number, link = np.int64(links[2 * form]), np.int64(links[2 * form + 1])
        if best >= 0 and best_end > reached:
            if n_longest == longest.shape[0]:
                return np.int64(-1), n_longest
            longest[n_longest, 0] = row
            longest[n_longest, 1] = places[i]
            longest[n_longest, 2] = best_end
            longest[n_longest, 3] = best
            n_longest += 1
            reached = best_end
    return count, n_longest


@uncounted
def _keep_chosen(begins, n_begins, chosen):
    """Keep the places that are chosen, which none is any more; return how many there are."""
    n = np.uint64(0)
    for b in range(np.uint64(n_begins)):
        i = np.uint64(begins[b])
        begins[n] = i
        n += np.uint64(chosen[i])
        chosen[i] = False
    return np.int64(n)


@njit(cache=True, nogil=True)
def _with_room(found, count, room):
    """The first ``count`` rows in an array twice as long, and with so much room."""
    larger = np.empty((2 * found.shape[0] + room, found.shape[1]), found.dtype)
    larger[:count] = found[:count]
    return larger


@uncounted
def _group_end(offsets, row):
    """The row behind those that are walked over together with a row."""
    stop = row + 1
    most = min(offsets.shape[0] - 1, row + _TEXTS)
    while stop < most and offsets[stop + 1] - offsets[row] <= _GROUP:
        stop += 1
    return stop


@njit(cache=True, nogil=True)
def match_forms(codes, offsets, table, rare, entries, tails, links, skips, apart, signs):
    """Find every form in every text.

    Parameters
    ----------
    links : int32 array, two for each form of the trie
        The number under which it is reported, -1 for those that never are, and what
        :func:`scamclassify.features.form_kernel.build_double_array` says of its chain.
    skips : uint8 array
        From :func:`scamclassify.features.form_skip_kernel.list_skips`.
    apart : int
        Forms from this number on are reported on their own, none within another of them.
    signs : int32 array, shape (n_marked, 2)
        Of each symbol from ``VOWELS + 1`` on the first sign of its script and the one behind the
        last; those of scripts without signs are not in it.

    Returns
    -------
    found, longest : int32 arrays, shape (n_matches, 4)
        Row, start and end (exclusive) in the text's characters, form; the second those of the
        forms from ``apart`` on.
    """
    rows = offsets.shape[0] - 1
    size = max(_GROUP, longest_text(offsets))
    size += _TEXTS + AT_ONCE + 2
    buffer = np.zeros(size, np.uint32)
    places = np.empty(size, np.int32)
    begins = np.empty(size, np.int32)
    slips = np.full(size, NEVER, np.uint8)
    ends = np.empty(_TEXTS, np.int64)
    front = np.empty(4 * size + 2, np.int64)
    lists = np.empty((2, size), np.int32)
    notes = np.empty(2 * size, np.int32)
    chosen = np.zeros(size, np.bool_)
    passed = np.empty((2 * size, N_PASSED), np.int64)
    stack = np.empty((16, 4), np.int64)
    found = np.empty((8 * rows + 64, 4), np.int32)
    longest = np.empty((2 * rows + 64, 4), np.int32)
    count = 0
    n_longest = 0
    row = 0
    while row < rows:
        stop = _group_end(offsets, row)
        n_begins = normalise_texts(
            codes, offsets, row, stop, table, rare, buffer, places, begins, ends
        )
        # The next texts, while these are walked over.
        for ahead in range(offsets[stop], min(offsets[stop] + _GROUP, offsets[rows]), _LINE):
            prefetch(codes, ahead)
        mark_slips(buffer, ends[stop - row - 1], np.uint32(signs.shape[0]), slips)
        while True:
            n_ended, n = walk_in_step(buffer, begins, n_begins, entries, front, notes, passed)
            if n >= 0:
                break
            passed = _with_room(passed, 0, 0)
        n_tails, n_slips = choose_walks(
            buffer, slips, n_begins, front, n_ended, entries, tails, skips, notes, chosen, lists
        )
        if n + n_tails > passed.shape[0]:
            passed = _with_room(passed, n, n_tails)
        n_slips, n = match_tails(
            buffer, front, n_tails, n_slips, lists, entries, tails, slips, notes, passed, n
        )
        b = 0
        while True:
            b, n = follow_slips(
                b, buffer, front, lists[1], n_slips, notes, entries, tails, signs, passed, n, stack
            )
            if b == n_slips:
                break
            passed = _with_room(passed, n, 0)
        n_walks = _keep_chosen(begins, n_begins, chosen)
        while True:
            now, n_now = _write_matches(
                row, buffer, places, ends, begins, n_walks, notes, passed, links,
                apart, signs, found, count, longest, n_longest,
            )  # fmt: skip
            if now >= 0:
                break
            found = _with_room(found, count, 0)
            longest = _with_room(longest, n_longest, 0)
        count, n_longest, row = now, n_now, stop
    return found[:count].copy(), longest[:n_longest].copy()
