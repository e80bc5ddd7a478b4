"""Compiled exact walks over the trie of `scamclassify.features.form_kernel`, many in step."""

from __future__ import annotations

import numpy as np

from scamclassify.features.form_kernel import (
    AT_ONCE,
    BARE,
    BASE_SHIFT,
    FIRST_SHIFT,
    GLIMPSE,
    LEAF,
    NUMBER,
    PARENT,
    SECOND_SHIFT,
    TAIL,
    TAIL_HEAD,
    TERMINAL,
)
from scamclassify.features.form_prefetch import prefetch
from scamclassify.features.form_skip_kernel import may_skip
from scamclassify.features.form_slip_kernel import (
    DEPTH,
    NEVER,
    SLOT_SHIFT,
    STEPS,
    note_form,
    with_form,
)
from scamclassify.features.form_text_kernel import SYMBOL
from scamclassify.text.uncounted import uncounted

# The next place and one step more.
_STEP = np.int64(1 << STEPS | 1)
_ONE, _TWO = np.uint64(1), np.uint64(2)


@uncounted
def walk_in_step(buffer, begins, n_begins, entries, front, notes, passed):
    """Walk from all places in step as far as forms go on.

    The reads of the trie do not wait for each other, and there is hardly a branch that a
    processor would have to guess. Of each walk there are two numbers: a node and the
    entry where its child by the next symbol would be, and the place of that symbol with the
    steps taken in its lowest bits.

    Parameters
    ----------
    begins : int32
        Places at which symbols stand with which forms begin, sorted.
    front : int64, four times as many as begins, written
        From the middle on: the walks where they came to a leaf, or to a place where no form
        goes on; in what order does not matter. The first half is overwritten.
    notes : int32, two for each place in the buffer, written
        The first and the last form found by the walk from each place, the first is -1 if there
        is none.
    passed : int64, shape (n, N_PASSED), written
        The forms found on the way.

    Returns
    -------
    n_ended, n_passed : int
        How many walks there are and how many forms were found; -1 if there was no room for them.
    """
    walking, middle = np.uint64(0), np.uint64(2 * n_begins)
    ended = middle
    n_passed = 0
    for b in range(np.uint64(n_begins)):
        i = np.uint64(begins[b])
        slot = np.int64(buffer[i] & SYMBOL)
        entry = entries[np.uint64(slot)]
        ahead = entry >> BASE_SHIFT & NUMBER
        ahead += np.int64(buffer[i + _ONE] & SYMBOL)
        prefetch(entries, ahead)
        front[walking] = slot | ahead << SLOT_SHIFT
        front[walking + _ONE] = (np.int64(i) << STEPS) + _STEP
        walking += _TWO
        notes[_TWO * i] = -1
        if entry & (PARENT | LEAF | TERMINAL):
            # No child of the root, as may be with rare characters; or a form of one letter.
            if entry & (PARENT | LEAF):
                walking -= _TWO
            if entry & (PARENT | LEAF) == LEAF:
                front[ended] = slot << SLOT_SHIFT
                front[ended + _ONE] = np.int64(i) << STEPS
                ended += _TWO
            elif entry & PARENT == 0:
                if n_passed == passed.shape[0]:
                    return -1, -1
                note_form(passed, n_passed, notes, i, entry, i, 1)
                n_passed += 1
    while walking > 0:
        on = np.uint64(0)
        for k in range(np.uint64(0), walking, _TWO):
            state, place = front[k], front[k + _ONE]
            slot = state >> SLOT_SHIFT
            entry = entries[np.uint64(slot)]
            other = (entry ^ state) & (PARENT | LEAF | TERMINAL)
            if other == TERMINAL:
                if n_passed == passed.shape[0]:
                    return -1, -1
                j, depth = place >> STEPS, place & DEPTH
                note_form(passed, n_passed, notes, np.uint64(j - depth), entry, j, depth + 1)
                n_passed += 1
                other = 0
            goes = np.uint64(other == 0) << _ONE
            front[ended] = state
            front[ended + _ONE] = place
            ended += goes ^ _TWO
            place += _STEP
            ahead = entry >> BASE_SHIFT & NUMBER
            ahead += np.int64(buffer[np.uint64(place >> STEPS)] & SYMBOL)
            # Of a walk that ends it would be a place of no use.
            prefetch(entries, ahead if other == 0 else 0)
            front[on] = slot | ahead << SLOT_SHIFT
            front[on + _ONE] = place
            on += goes
        walking = on
    return np.int64((ended - middle) >> _ONE), n_passed


@uncounted
def choose_walks(
    buffer, slips, n_begins, front, n_ended, entries, tails, skips, notes, chosen, lists
):
    """Choose the walks that may go on, with a tail that begins like the text or with a slip.

    Parameters
    ----------
    slips : uint8
        From :func:`scamclassify.features.form_slip_kernel.mark_slips`.
    front : int64
        From :func:`walk_in_step`; the first half is overwritten.
    skips : uint8
        From :func:`scamclassify.features.form_skip_kernel.list_skips`.
    chosen : bool, changed
        True where a walk begins that goes on or has found a form.
    lists : int32, shape (2, n), written
        Where in ``front`` the walks are that go on with a tail, and those with a slip.

    Returns
    -------
    n_tails, n_slips : int
        How many there are.
    """
    middle, half = np.uint64(2 * n_begins), np.uint64(n_begins)
    leaves, others = np.uint64(0), half
    for e in range(middle, middle + np.uint64(2 * n_ended), _TWO):
        state, place = front[e], front[e + _ONE]
        j, depth = np.uint64(place >> STEPS), place & DEPTH
        entry = entries[np.uint64(state >> SLOT_SHIFT)]
        leaf = np.uint64((entry ^ state) & PARENT == 0)
        some = (slips[j] <= depth) | (notes[_TWO * (j - np.uint64(depth))] >= 0)
        front[leaves] = e
        leaves += leaf
        front[others] = e
        others += np.uint64(some) & (leaf ^ _ONE)
    n_tails, n_slips = np.uint64(0), np.uint64(0)
    for at in range(leaves):
        walk = np.uint64(front[at])
        state, depth = front[walk], front[walk + _ONE] & DEPTH
        j = np.uint64(front[walk + _ONE] >> STEPS)
        i = j - np.uint64(depth)
        one, two = j + _ONE, j + _TWO
        value = buffer[j]
        symbol = np.int64(value & SYMBOL)
        entry = entries[np.uint64(state >> SLOT_SHIFT)]
        first, second = entry >> FIRST_SHIFT & GLIMPSE, entry >> SECOND_SHIFT & GLIMPSE
        after = np.int64(buffer[one] & GLIMPSE)
        is_first = after == first
        is_second = (second == 0) | (np.int64(buffer[two] & GLIMPSE) == second)
        tail = (entry & BARE != 0) | (is_first & is_second)
        # Where the tail does not begin like the text, is it for a slip?
        slip = (slips[one] != NEVER) & ((buffer[one] == value) | (second == 0) | (after == second))
        slip |= is_first & (slips[two] != NEVER)
        if (slips[j] == 1) & (depth > 0):
            slip |= may_skip(state & PARENT, symbol, skips)
        chosen[i] = tail | slip | (notes[_TWO * i] >= 0)
        lists[0, n_tails] = walk
        prefetch(tails, entry >> BASE_SHIFT & TAIL)
        n_tails += np.uint64(tail)
        lists[1, n_slips] = walk
        n_slips += np.uint64(slip & (tail ^ True))
    for at in range(half, others):
        walk = np.uint64(front[at])
        node, depth = front[walk] & PARENT, front[walk + _ONE] & DEPTH
        j = np.uint64(front[walk + _ONE] >> STEPS)
        i = j - np.uint64(depth)
        on_the_way = notes[_TWO * i] >= 0
        # One letter too many, one left out here, or a vowel before the last.
        here = (slips[j] <= depth) | (on_the_way & (slips[j] != NEVER))
        before = buffer[j - _ONE]
        slip = here & ((buffer[j] == before) | may_skip(node, np.int64(buffer[j] & SYMBOL), skips))
        if (depth > 1) & (slips[j - _ONE] == 1) & (here | on_the_way):
            above = entries[np.uint64(node)] & PARENT
            slip |= may_skip(above, np.int64(before & SYMBOL), skips)
        chosen[i] = slip | on_the_way
        lists[1, n_slips] = walk
        n_slips += np.uint64(slip)
    return np.int64(n_tails), np.int64(n_slips)


@uncounted
def match_tails(
    buffer, front, n_tails, n_slips, lists, entries, tails, slips, notes, passed, n_passed
):
    """Note the forms whose tails are in the text.

    Where another letter stands that may be a slip, the walk is left to it.

    Returns
    -------
    n_slips, n_passed : int
        How many walks go on with a slip, and how many forms there are by now.
    """
    for at in range(np.uint64(n_tails)):
        e = np.uint64(lists[0, at])
        depth, j = front[e + _ONE] & DEPTH, np.uint64(front[e + _ONE] >> STEPS)
        entry = entries[np.uint64(front[e] >> SLOT_SHIFT)]
        tail = np.uint64(entry >> BASE_SHIFT & TAIL)
        k, p = tail + np.uint64(TAIL_HEAD), j + _ONE
        length = np.uint64(tails[tail])
        other = False
        for q in range(np.uint64(AT_ONCE)):
            other |= (q < length) & (buffer[p + q] & SYMBOL != tails[k + q])
        if other | (length > AT_ONCE):
            same = np.uint64(0)
            while same < length and buffer[p + same] & SYMBOL == tails[k + same]:
                same += _ONE
            if same < length:
                lists[1, np.uint64(n_slips)] = e
                n_slips += (slips[p + same] != NEVER) | ((depth > 0) & (slips[j] == 1))
                continue
        letters = depth + 1 + np.int64(length)
        found = with_form(entry, tails)
        note_form(passed, n_passed, notes, j - np.uint64(depth), found, j + length, letters)
        n_passed += 1
    return n_slips, n_passed
