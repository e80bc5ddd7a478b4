"""Compiled exact walks over the trie of `scamclassify.features.form_kernel`, many in step."""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.features.form_kernel import (
    AT_ONCE,
    BARE,
    BASE_BITS,
    BASE_SHIFT,
    FIRST_SHIFT,
    GLIMPSE,
    LEAF,
    PARENT,
    SECOND_SHIFT,
    SYMBOL,
    TAIL,
    TAIL_HEAD,
    TERMINAL,
)
from scamclassify.features.form_slip_kernel import (
    DEPTH,
    ENDS,
    FIRST,
    HOW,
    LAST,
    NEVER,
    SLIP_NEXT,
    STATE,
    TAIL_NEXT,
    may_skip,
    note_form,
)


@njit(cache=True, nogil=True)
def walk_in_step(buffer, begins, n_begins, entries, walks, going, states, passed):
    """Walk from all places in step as far as forms go on.

    The reads of the trie do not wait for each other, and there is hardly a branch that a
    processor would have to guess.

    Parameters
    ----------
    begins : int32
    walks : int64, shape (as many as begins, N_COLUMNS), written
        Where each walk came to a leaf, or to a place where no form goes on.
    going, states : int64, as many as begins, overwritten
    passed : int64, shape (n, N_PASSED), written
        The forms found on the way.

    Returns
    -------
    int
        How many forms were found on the way, -1 if there was no room for them.
    """
    for b in range(n_begins):
        going[b] = b
        states[b] = 0
        walks[b, FIRST] = -1
        walks[b, LAST] = -1
    walking = np.uint64(n_begins)
    depth = 0
    n_passed = 0
    while walking > 0:
        on = np.uint64(0)
        for k in range(walking):
            walk, state = np.uint64(going[k]), states[k]
            j = np.uint64(begins[walk] + depth)
            slot = (state >> BASE_SHIFT) + np.int64(buffer[j] & SYMBOL)
            entry = entries[np.uint64(slot)]
            goes = (entry ^ state) & (PARENT | LEAF) == 0
            walks[walk, STATE] = state
            walks[walk, DEPTH] = depth
            states[on] = slot | entry & BASE_BITS
            going[on] = walk
            on += np.uint64(goes)
            if goes & (entry & TERMINAL != 0):
                if n_passed == passed.shape[0]:
                    return -1
                note_form(passed, n_passed, walks, walk, entry, j, depth + 1)
                n_passed += 1
        walking = on
        depth += 1
    return n_passed


@njit(cache=True, nogil=True)
def choose_walks(buffer, begins, n_begins, entries, slips, skips, walks):
    """Keep the walks that found forms or may go on, in order; return how many there are.

    Parameters
    ----------
    begins, walks : int32, changed
        What is kept moves to the front.
    slips : uint8
        From :func:`scamclassify.features.form_slip_kernel.mark_slips`.
    skips : uint8
        From :func:`scamclassify.features.form_slip_kernel.list_skips`.
    """
    some = np.uint64(0)
    for b in range(np.uint64(n_begins)):
        state, depth, first = walks[b, STATE], walks[b, DEPTH], walks[b, FIRST]
        j = np.uint64(begins[b] + depth)
        entry = entries[np.uint64((state >> BASE_SHIFT) + np.int64(buffer[j] & SYMBOL))]
        leaf = (entry ^ state) & PARENT == 0
        begins[some] = begins[b]
        walks[some, STATE] = state
        walks[some, DEPTH] = depth
        walks[some, FIRST] = first
        walks[some, LAST] = walks[b, LAST]
        walks[some, HOW] = leaf
        some += np.uint64(leaf | (slips[j] <= depth) | (first >= 0))
    left = np.uint64(0)
    for b in range(some):
        depth, node = walks[b, DEPTH], walks[b, STATE] & PARENT
        base = walks[b, STATE] >> BASE_SHIFT
        leaf, on_the_way = walks[b, HOW] != 0, walks[b, FIRST] >= 0
        j = np.uint64(begins[b] + depth)
        one, two, back = j + np.uint64(1), j + np.uint64(2), j - np.uint64(depth > 0)
        value = buffer[j]
        symbol = np.int64(value & SYMBOL)
        entry = entries[base + symbol]
        skipped = may_skip(node, symbol, skips)
        first, second = entry >> FIRST_SHIFT & GLIMPSE, entry >> SECOND_SHIFT & GLIMPSE
        after = np.int64(buffer[one] & GLIMPSE)
        is_first = after == first
        is_second = (second == 0) | (np.int64(buffer[two] & GLIMPSE) == second)
        tail = (entry & BARE != 0) | (is_first & is_second)
        # Where the tail does not begin like the text, is it for a slip?
        within = (slips[one] != NEVER) & (
            (buffer[one] == value) | (second == 0) | (after == second)
        )
        within |= is_first & (slips[two] != NEVER)
        within |= (slips[j] == 1) & (depth > 0) & skipped
        # Else one letter too many, one left out here, or a vowel before the last.
        slip = (slips[j] <= depth) | (on_the_way & (slips[j] != NEVER))
        before = np.int64(buffer[back] & SYMBOL)
        earlier = (depth > 1) & (slips[back] == 1) & (slip | on_the_way)
        earlier &= may_skip(entries[node] & PARENT, before, skips)
        behind = (slip & ((value == buffer[back]) | skipped)) | earlier
        how = SLIP_NEXT * ((leaf & within) | ((not leaf) & behind))
        how = TAIL_NEXT if leaf & tail else how
        begins[left] = begins[b]
        walks[left, STATE] = walks[b, STATE]
        walks[left, DEPTH] = depth
        walks[left, FIRST] = walks[b, FIRST]
        walks[left, LAST] = walks[b, LAST]
        walks[left, HOW] = how
        left += np.uint64((how != ENDS) | on_the_way)
    return np.int64(left)


@njit(cache=True, nogil=True)
def match_tails(buffer, begins, n_begins, entries, tails, slips, walks, passed, n_passed):
    """Note the forms whose tails are in the text; return how many forms there are by now.

    Where another letter stands that may be a slip, the walk is left to it.
    """
    for b in range(np.uint64(n_begins)):
        if walks[b, HOW] != TAIL_NEXT:
            continue
        j = np.uint64(begins[b] + walks[b, DEPTH])
        slot = (walks[b, STATE] >> BASE_SHIFT) + np.int64(buffer[j] & SYMBOL)
        entry = entries[np.uint64(slot)]
        at = np.uint64(entry >> BASE_SHIFT & TAIL)
        k, p = at + np.uint64(TAIL_HEAD), j + np.uint64(1)
        length = np.uint64(tails[at])
        other = False
        for q in range(np.uint64(AT_ONCE)):
            other |= (q < length) & (buffer[p + q] & SYMBOL != tails[k + q])
        if other | (length > AT_ONCE):
            same = np.uint64(0)
            while same < length and buffer[p + same] & SYMBOL == tails[k + same]:
                same += np.uint64(1)
            if same < length:
                slip = (slips[p + same] != NEVER) | ((walks[b, DEPTH] > 0) & (slips[j] == 1))
                walks[b, HOW] = SLIP_NEXT if slip else ENDS
                continue
        letters = walks[b, DEPTH] + 1 + np.int64(length)
        note_form(passed, n_passed, walks, b, entry, j + length, letters)
        n_passed += 1
    return n_passed
