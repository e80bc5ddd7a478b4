"""Slips of typing that `scamclassify.features.form_match_kernel` passes over.

Where no form goes on with a letter that stands there once more, it is passed over: "bonnus" is
"bonus". Where none goes on at all between two consonants, a vowel may have been left out:
"crdit" is "credit"; in Thai, Lao, Khmer, Burmese and Tamil a sign above, below or beside a
letter. Short forms are taken as they are, long ones with two vowels or signs left out.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.features.form_kernel import (
    BARE,
    BASE_SHIFT,
    CHAINED,
    FIRST_SHIFT,
    FORM_SHIFT,
    GLIMPSE,
    LEAF,
    NUMBER,
    PARENT,
    STEM,
    TAIL,
    TAIL_HEAD,
    TERMINAL,
)
from scamclassify.features.form_text_kernel import KIND_SHIFT, SYMBOL
from scamclassify.text.uncounted import uncounted

# Classes of scamclassify.text.codepoints.char_classes.
_LETTER, _UNSPACED = 1, 2

#: The symbols 1 to ``VOWELS`` are a, e, i, o and u.
VOWELS = 5
#: Letters that a form has at least where one of them may be typed twice, and for each vowel or
#: sign that may be left out, of which there are so many at most.
SHORTEST_DOUBLED, SHORTEST_DROPPED, MOST_DROPPED = 4, 5, 2
# Steps that a walk in a script without spaces has taken before a sign may be missing.
_BEFORE_SIGN = np.uint8(4)
#: Of a walk there are two numbers: a node and, above, the entry where its child by the next
#: symbol would be; the place of that symbol and, in so many bits below it, the steps taken.
SLOT_SHIFT = 24
STEPS = 20
DEPTH = np.int64((1 << STEPS) - 1)
#: Columns of a form found on the way: its entry, the place of its last letter, its letters, and
#: the next one of its walk or -1.
ENTRY, PLACE, LETTERS, NEXT = range(4)
N_PASSED = 4
#: Marks of :func:`mark_slips` at which a walk ends; only forms that end earlier go on at LATER.
LATER, NEVER = np.uint8(254), np.uint8(255)


@uncounted
def note_form(passed, n_passed, notes, begin, entry, place, letters):
    """Note a form that the walk from a place found, behind those that it found before."""
    passed[n_passed, ENTRY] = entry
    passed[n_passed, PLACE] = place
    passed[n_passed, LETTERS] = letters
    passed[n_passed, NEXT] = -1
    first = np.uint64(begin) << np.uint64(1)
    if notes[first] < 0:
        notes[first] = n_passed
    else:
        passed[notes[first + np.uint64(1)], NEXT] = n_passed
    notes[first + np.uint64(1)] = n_passed


@njit(cache=True, nogil=True, inline="always")
def with_form(entry, tails):
    """The entry of a leaf with the number of its form where other entries have it."""
    at = entry >> BASE_SHIFT & TAIL
    form = np.int64(tails[at + 1]) | np.int64(tails[at + 2]) << 16
    return entry & (STEM | CHAINED) | form << FORM_SHIFT


@njit(cache=True, nogil=True, inline="always")
def is_consonant(value):
    """Whether it is such a letter and none of the five vowels."""
    return value >> KIND_SHIFT == _LETTER and value & SYMBOL > VOWELS


@njit(cache=True, nogil=True, inline="always")
def are_consonants(buffer, j):
    """Whether the letter at ``j`` and the one before it are such."""
    return is_consonant(buffer[j]) and is_consonant(buffer[j - 1])


@njit(cache=True, nogil=True, inline="always")
def is_repeated(buffer, i, j):
    """Whether the letter at ``j`` is the one before it once more, in a walk from ``i`` on.

    Where a form may begin at any letter, it begins at the last of a run.
    """
    kind = buffer[j] >> KIND_SHIFT
    return buffer[j] == buffer[j - 1] and (
        (kind == _LETTER and j > i) or (kind == _UNSPACED and j > i + 1)
    )


@njit(cache=True, nogil=True, inline="always")
def left_out(buffer, i, j, signs):
    """Symbols, from the first to before the last, one of which may be missing before ``j``."""
    before = np.int64(buffer[j - 1] & SYMBOL)
    if VOWELS < before < signs.shape[0]:
        # A walk may begin at any letter of a script without spaces, at words only in Tamil.
        if buffer[j - 1] >> KIND_SHIFT == _LETTER or j >= i + _BEFORE_SIGN:
            return np.int64(signs[before, 0]), np.int64(signs[before, 1])
    elif are_consonants(buffer, j):
        return np.int64(1), np.int64(VOWELS + 1)
    return np.int64(0), np.int64(0)


@njit(cache=True, nogil=True, inline="always")
def may_be_left_out(buffer, i, j, symbol, signs):
    low, high = left_out(buffer, i, j, signs)
    return low <= symbol < high


@uncounted
def push_left_out(buffer, j, node, base, entries, tails, more, extra, missing, low, high, stack):
    """Put on the stack where the walk goes on if one of some symbols is missing before ``j``."""
    top = more
    symbol = np.int64(buffer[j] & SYMBOL)
    for gone in range(low, high):
        slot = base + gone
        entry = entries[slot]
        if entry & PARENT != node or top == stack.shape[0]:
            continue
        last = j
        if entry & LEAF:
            first = tails[(entry >> BASE_SHIFT & TAIL) + TAIL_HEAD]
            if entry & BARE or (symbol ^ entry >> FIRST_SHIFT) & GLIMPSE or first != symbol:
                continue
            last = j - 1
        else:
            child = (entry >> BASE_SHIFT & NUMBER) + symbol
            if entries[child] & PARENT != slot:
                continue
            slot = child
        stack[top, 0] = slot
        stack[top, 1] = last
        stack[top, 2] = extra
        stack[top, 3] = missing + 1
        top += 1
    return top


@uncounted
def push_earlier(buffer, j, node, entries, tails, more, extra, stack):
    """The same for a vowel before the last letter that was read, which began other forms."""
    base = entries[node] >> BASE_SHIFT & NUMBER
    return push_left_out(
        buffer, j, node, base, entries, tails, more, extra, 0, 1, VOWELS + 1, stack
    )


@uncounted
def match_tail(buffer, i, j, tail, missing, gap, signs):
    """Where a tail ends that begins behind ``j``, letters too many, and letters left out.

    The end is -1 where the text does not go on like the tail.
    """
    extra = np.int64(0)
    k = 0
    p = j + 1
    while k < tail.shape[0]:
        value = buffer[p]
        if value & SYMBOL == tail[k]:
            gap = gap and value >> KIND_SHIFT == _LETTER
            k += 1
            p += 1
            continue
        if is_repeated(buffer, i, p):
            extra += 1
            p += 1
            continue
        if (
            not 0 < tail[k] < signs.shape[0] or gap or missing == MOST_DROPPED
            or k + 1 == tail.shape[0]
        ):  # fmt: skip
            return np.int64(-1), extra, missing
        low, high = left_out(buffer, i, p, signs)
        if not low <= tail[k] < high or value & SYMBOL != tail[k + 1]:
            return np.int64(-1), extra, missing
        gap = True
        missing += 1
        k += 1
    return np.int64(p - 1), extra, missing


@uncounted
def mark_slips(buffer, n, marked, slips):
    """Steps after which a walk that fails at a place may go on by passing over a slip.

    1 at a letter that stands there once more and between two consonants, 2 if it is one of a
    script without spaces, 4 behind such a letter of a script that has signs (symbols below
    ``marked``), LATER behind one of such a script with spaces, NEVER elsewhere.
    """
    slips[0] = NEVER
    # No branches and numbers of one width, which lets many places be marked in one go.
    none, vowels, shift = np.uint32(NEVER), np.uint32(VOWELS), KIND_SHIFT
    low, high = np.uint32(_LETTER) << shift | vowels, np.uint32(_LETTER + 1) << shift
    for j in range(n):
        before, value = buffer[j], buffer[j + 1]
        pair = (value > low) & (value < high) & (before > low) & (before < high)
        again = value == before
        symbol = before & SYMBOL
        unspaced = before >> shift == _UNSPACED
        mark = np.uint32(_BEFORE_SIGN) if unspaced else np.uint32(LATER)
        mark = mark if (symbol > vowels) & (symbol < marked) else none
        mark = np.uint32(2) if again & unspaced else mark
        one = pair | (again & (before >> shift == _LETTER))
        slips[j + 1] = np.uint32(1) if one else mark


@uncounted
def follow_slips(
    b, buffer, front, chosen, n_chosen, notes, entries, tails, signs, passed, n_passed, stack
):
    """Go on with walks from ``b`` on that may have come to a slip, and note their forms.

    Parameters
    ----------
    front, chosen : int64, int32
        The walks, and where in ``front`` those are that are chosen.

    Returns
    -------
    b, n_passed : int
        The first walk for whose forms there was no room, or ``n_chosen``, and how many forms
        there are by now.
    """
    while b < n_chosen:
        state, place = front[chosen[b]], front[chosen[b] + 1]
        j = place >> STEPS
        i = j - (place & DEPTH)
        n_before, first, last = n_passed, notes[2 * i], notes[2 * i + 1]
        node, base = state & PARENT, (state >> SLOT_SHIFT) - np.int64(buffer[j] & SYMBOL)
        extra = np.int64(0)  # letters typed twice
        missing = np.int64(0)  # letters left out
        more = 0  # other ways to go on
        while True:
            slot = base + np.int64(buffer[j] & SYMBOL)
            entry = entries[slot]
            if entry & PARENT != node:
                if j > i:
                    if is_repeated(buffer, i, j):
                        extra += 1
                        j += 1
                        continue
                    if missing == 0 or (missing < MOST_DROPPED and j >= i + SHORTEST_DROPPED):
                        if missing == 0 and j > i + 1 and are_consonants(buffer, j - 1):
                            more = push_earlier(
                                buffer, j - 1, entries[node] & PARENT, entries, tails, more,
                                extra, stack,
                            )  # fmt: skip
                        low, high = left_out(buffer, i, j, signs)
                        if low < high:
                            more = push_left_out(
                                buffer, j, node, base, entries, tails, more, extra, missing, low,
                                high, stack,
                            )  # fmt: skip
                if more == 0:
                    break
                more -= 1
                slot, j = stack[more, 0], stack[more, 1]
                extra, missing = stack[more, 2], stack[more, 3]
                entry = entries[slot]
            node = slot
            base = entry >> BASE_SHIFT & NUMBER
            if entry & (LEAF | TERMINAL) == 0:
                j += 1
                continue
            ends = True
            if entry & LEAF and not entry & BARE:
                next_one = entry >> FIRST_SHIFT & GLIMPSE
                ends = bool(
                    np.int64(buffer[j + 1] & GLIMPSE) == next_one
                    or buffer[j + 1] == buffer[j]
                    or (
                        0 < next_one < signs.shape[0] and missing < MOST_DROPPED
                        and may_be_left_out(buffer, i, j + 1, next_one, signs)
                    )
                )  # fmt: skip
                if ends:
                    at = entry >> BASE_SHIFT & TAIL
                    end, again, missing = match_tail(
                        buffer, i, j, tails[at + TAIL_HEAD : at + TAIL_HEAD + tails[at]], missing,
                        missing > 0, signs,
                    )  # fmt: skip
                    extra += again
                    ends = end >= 0
                    j = end if ends else j
                if not ends and j > i and missing == 0 and are_consonants(buffer, j):
                    more = push_earlier(
                        buffer, j, entry & PARENT, entries, tails, more, extra, stack
                    )
            # Short forms are taken as they are: a letter more or less is another word.
            letters = j - i + 1 - extra + missing
            if extra + missing and (
                letters < SHORTEST_DOUBLED or letters < missing * SHORTEST_DROPPED
            ):
                ends = False
            if ends:
                if n_passed == passed.shape[0]:
                    notes[2 * i], notes[2 * i + 1] = first, last
                    if first >= 0:
                        passed[last, NEXT] = -1
                    return b, n_before
                found = with_form(entry, tails) if entry & LEAF else entry
                note_form(passed, n_passed, notes, i, found, j, letters)
                n_passed += 1
            if entry & LEAF:
                if more == 0:
                    break
                # Nothing follows a leaf: the next transition fails, another way is taken.
                base = np.int64(0)
                node = np.int64(-2)
                j = i
                continue
            j += 1
        b += 1
    return b, n_passed
