"""Compiled walk over the trie of `scamclassify.features.form_kernel`, slips of typing allowed.

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
    BASE,
    GLIMPSE,
    KIND_SHIFT,
    LEAF,
    LEAF_NUMBER,
    SYMBOL,
    TERMINAL,
    normalise_row,
)

# Classes of scamclassify.text.codepoints.char_classes.
_LETTER, _UNSPACED, _DIGIT = 1, 2, 4

#: The symbols 1 to ``VOWELS`` are a, e, i, o and u.
VOWELS = 5
#: Letters that a form has at least where one of them may be typed twice, and for each vowel or
#: sign that may be left out, of which there are so many at most.
SHORTEST_DOUBLED, SHORTEST_DROPPED, MOST_DROPPED = 4, 5, 2
# Steps that a walk in a script without spaces has taken before a sign may be missing.
_BEFORE_SIGN = np.uint8(4)
_NEVER = np.uint8(255)


@njit(cache=True, nogil=True, inline="always")
def _is_letter(value):
    """Whether a symbol with its kind is a letter of a script with spaces."""
    return value >> KIND_SHIFT == _LETTER


@njit(cache=True, nogil=True, inline="always")
def _is_consonant(value):
    """Whether it is such a letter and none of the five vowels."""
    return value >> KIND_SHIFT == _LETTER and value & SYMBOL > VOWELS


@njit(cache=True, nogil=True, inline="always")
def _are_consonants(buffer, j):
    """Whether the letter at ``j`` and the one before it are such."""
    return _is_consonant(buffer[j]) and _is_consonant(buffer[j - 1])


@njit(cache=True, nogil=True, inline="always")
def _is_repeated(buffer, i, j):
    """Whether the letter at ``j`` is the one before it once more, in a walk from ``i`` on.

    Where a form may begin at any letter, it begins at the last of a run.
    """
    kind = buffer[j] >> KIND_SHIFT
    return buffer[j] == buffer[j - 1] and (
        (kind == _LETTER and j > i) or (kind == _UNSPACED and j > i + 1)
    )


@njit(cache=True, nogil=True)
def _carries(value, after, signs):
    """Whether a letter or sign of a script with signs is followed by a sign of it."""
    symbol = np.int64(value & SYMBOL)
    if symbol >= signs.shape[0]:
        return False
    return np.int64(signs[symbol, 0]) <= np.int64(after & SYMBOL) < np.int64(signs[symbol, 1])


@njit(cache=True, nogil=True, inline="always")
def _left_out(buffer, i, j, signs):
    """Symbols, from the first to before the last, one of which may be missing before ``j``."""
    before = np.int64(buffer[j - 1] & SYMBOL)
    if VOWELS < before < signs.shape[0]:
        # A walk may begin at any letter of a script without spaces, at words only in Tamil.
        if buffer[j - 1] >> KIND_SHIFT == _LETTER or j >= i + _BEFORE_SIGN:
            return np.int64(signs[before, 0]), np.int64(signs[before, 1])
    elif _are_consonants(buffer, j):
        return np.int64(1), np.int64(VOWELS + 1)
    return np.int64(0), np.int64(0)


@njit(cache=True, nogil=True, inline="always")
def _may_be_left_out(buffer, i, j, symbol, signs):
    low, high = _left_out(buffer, i, j, signs)
    return low <= symbol < high


@njit(cache=True, nogil=True)
def _push_left_out(
    buffer, j, node, base, entries, leaves, tails, more, extra, missing, low, high, stack
):
    """Put on the stack where the walk goes on if one of some symbols is missing before ``j``."""
    top = more
    symbol = np.int64(buffer[j] & SYMBOL)
    for left_out in range(low, high):
        slot = base + left_out
        entry = entries[slot]
        if entry >> 32 != node or top == stack.shape[0]:
            continue
        last = j
        if entry & LEAF:
            leaf = entry >> 8 & LEAF_NUMBER
            if entry & BARE or (symbol ^ entry) & GLIMPSE or tails[leaves[leaf, 0]] != symbol:
                continue
            last = j - 1
        else:
            child = (entry & BASE) + symbol
            if entries[child] >> 32 != slot:
                continue
            slot = child
        stack[top, 0] = slot
        stack[top, 1] = last
        stack[top, 2] = extra
        stack[top, 3] = missing + 1
        top += 1
    return top


@njit(cache=True, nogil=True)
def _push_earlier(buffer, j, node, entries, leaves, tails, more, extra, stack):
    """The same for a vowel before the last letter that was read, which began other forms."""
    base = entries[node] & BASE if node else np.int64(0)
    return _push_left_out(
        buffer, j, node, base, entries, leaves, tails, more, extra, 0, 1, VOWELS + 1, stack
    )


@njit(cache=True, nogil=True)
def _match_tail(buffer, i, j, tail, missing, gap, signs):
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
        if _is_repeated(buffer, i, p):
            extra += 1
            p += 1
            continue
        if (
            not 0 < tail[k] < signs.shape[0] or gap or missing == MOST_DROPPED
            or k + 1 == tail.shape[0]
        ):  # fmt: skip
            return np.int64(-1), extra, missing
        low, high = _left_out(buffer, i, p, signs)
        if not low <= tail[k] < high or value & SYMBOL != tail[k + 1]:
            return np.int64(-1), extra, missing
        gap = True
        missing += 1
        k += 1
    return np.int64(p - 1), extra, missing


@njit(cache=True, nogil=True)
def _mark_slips(buffer, n, marked, slips):
    """Steps after which a walk that fails at a place may go on by passing over a slip.

    1 at a letter that stands there once more and between two consonants, 2 if it is one of a
    script without spaces, 4 behind such a letter of a script that has signs (symbols below
    ``marked``), 255 elsewhere.
    """
    slips[0] = _NEVER
    for j in range(1, n + 1):
        value, before = buffer[j], buffer[j - 1]
        kind = value >> KIND_SHIFT
        letters = (kind == _LETTER) & (before >> KIND_SHIFT == _LETTER)
        pair = letters & (value & SYMBOL > VOWELS) & (before & SYMBOL > VOWELS)
        again = value == before
        one = pair | (again & (kind == _LETTER))
        two = again & (kind == _UNSPACED)
        some = (before >> KIND_SHIFT == _UNSPACED) & (before & SYMBOL < marked)
        slips[j] = 1 if one else 2 if two else _BEFORE_SIGN if some else _NEVER


@njit(cache=True, nogil=True)
def _walk_in_step(buffer, begins, n_begins, entries, slips, walks, going, kept):
    """Walk from all places in step, until a form may end, a slip may be passed over, or no more.

    The reads of the trie do not wait for each other, and there is no branch that a processor
    would have to guess. Few places are left, from which :func:`_match_row` goes on.

    Parameters
    ----------
    begins : int32, overwritten with the places that are left
    slips : uint8
        From :func:`_mark_slips`.
    walks : int64, shape (as many as begins, 3), written
        For each place that is left how many steps were taken, the entry and the base reached.
    going : int64, kept : bool, as many as begins, overwritten

    Returns
    -------
    int
        How many places are left.
    """
    for b in range(n_begins):
        going[b] = b
        walks[b, 1] = 0
        walks[b, 2] = 0
    walking = np.uint64(n_begins)
    depth = 0
    while walking > 0:
        on = np.uint64(0)
        for k in range(walking):
            walk = np.uint64(going[k])
            node, base = walks[walk, 1], walks[walk, 2]
            j = np.uint64(begins[walk] + depth)
            slot = base + np.int64(buffer[j] & SYMBOL)
            entry = entries[np.uint64(slot)]
            child = entry >> 32 == node
            ends = child & (entry & (LEAF | TERMINAL) != 0)
            goes = child & (not ends)
            kept[walk] = ends | ((not child) & (slips[j] <= depth))
            walks[walk, 0] = depth
            walks[walk, 1] = slot if goes else node
            walks[walk, 2] = entry & BASE if goes else base
            going[on] = walk
            on += np.uint64(goes)
        walking = on
        depth += 1
    left = 0
    for b in range(n_begins):
        begins[left] = begins[b]
        walks[left, 0] = walks[b, 0]
        walks[left, 1] = walks[b, 1]
        walks[left, 2] = walks[b, 2]
        left += kept[b]
    return left


@njit(cache=True, nogil=True)
def _match_row(
    row, buffer, places, begins, n_begins, walks, entries, first, leaves, tails, chain, numbers,
    apart, signs, found, count, longest, n_longest, stack,
):  # fmt: skip
    """Write the matches of one text; counts by now, or -1 where there is not enough room."""
    reached = np.int64(0)
    for b in range(n_begins):
        i = np.int64(begins[b])
        j = i + walks[b, 0]
        node = walks[b, 1]
        base = walks[b, 2]
        best = np.int64(-1)
        best_end = np.int64(0)
        extra = np.int64(0)  # letters typed twice
        missing = np.int64(0)  # letters left out
        more = 0  # other ways to go on
        while True:
            slot = base + np.int64(buffer[j] & SYMBOL)
            entry = entries[slot]
            if entry >> 32 != node:
                if j > i:
                    if _is_repeated(buffer, i, j):
                        extra += 1
                        j += 1
                        continue
                    if missing == 0 or (missing < MOST_DROPPED and j >= i + SHORTEST_DROPPED):
                        if missing == 0 and j > i + 1 and _are_consonants(buffer, j - 1):
                            more = _push_earlier(
                                buffer, j - 1, entries[node] >> 32, entries, leaves, tails, more,
                                extra, stack,
                            )  # fmt: skip
                        low, high = _left_out(buffer, i, j, signs)
                        if low < high:
                            more = _push_left_out(
                                buffer, j, node, base, entries, leaves, tails, more, extra,
                                missing, low, high, stack,
                            )  # fmt: skip
                if more == 0:
                    break
                more -= 1
                slot, j = stack[more, 0], stack[more, 1]
                extra, missing = stack[more, 2], stack[more, 3]
                entry = entries[slot]
            node = slot
            base = entry & BASE
            if entry & (LEAF | TERMINAL) == 0:
                j += 1
                continue
            form = np.int64(-1)
            if entry & LEAF:
                leaf = base >> 8 & LEAF_NUMBER
                last = j
                if not base & BARE:
                    if (np.int64(buffer[j + 1]) ^ base) & GLIMPSE and not (
                        buffer[j + 1] == buffer[j]
                        or (
                            0 < base & GLIMPSE < signs.shape[0] and missing < MOST_DROPPED
                            and _may_be_left_out(buffer, i, j + 1, base & GLIMPSE, signs)
                        )
                    ):  # fmt: skip
                        last = np.int64(-1)
                    else:
                        at = leaves[leaf, 0]
                        last, again, missing = _match_tail(
                            buffer, i, j, tails[at : at + leaves[leaf, 1]], missing, missing > 0,
                            signs,
                        )  # fmt: skip
                        extra += again
                if last >= 0:
                    j = last
                    form = leaves[leaf, 2]
                elif j > i and missing == 0 and _are_consonants(buffer, j):
                    more = _push_earlier(
                        buffer, j, entry >> 32, entries, leaves, tails, more, extra, stack
                    )
            else:
                form = first[node]
            if form != -1 and extra + missing:
                # Short forms are taken as they are: a letter more or less is another word.
                letters = j - i + 1 - extra + missing
                if letters < SHORTEST_DOUBLED or letters < missing * SHORTEST_DROPPED:
                    form = np.int64(-1)
            kind = buffer[j] >> KIND_SHIFT
            inside = kind == buffer[j + 1] >> KIND_SHIFT and (
                kind == _LETTER or kind == _DIGIT or _carries(buffer[j], buffer[j + 1], signs)
            )
            end = j
            if inside and buffer[j + 1] == buffer[j] and kind == _LETTER:
                # The last letter typed again and again.
                p = j + 1
                while buffer[p + 1] == buffer[j]:
                    p += 1
                letters = j - i + 1 - extra + missing
                if buffer[p + 1] >> KIND_SHIFT != _LETTER and letters >= SHORTEST_DOUBLED:
                    end = p
                    inside = False
            while form != -1:
                link = chain[form]
                number = numbers[form]
                if not inside or link & 1:
                    if number >= apart:
                        if places[end] + 1 > best_end:
                            best = np.int64(number)
                            best_end = np.int64(places[end] + 1)
                    elif number >= 0:
                        if count == found.shape[0]:
                            return -1, n_longest
                        found[count, 0] = row
                        found[count, 1] = places[i]
                        found[count, 2] = places[end] + 1
                        found[count, 3] = number
                        count += 1
                form = link >> 1
            if entry & LEAF:
                if more == 0:
                    break
                # Nothing follows a leaf: the next transition fails, and another way is taken.
                base = np.int64(0)
                node = np.int64(-2)
                j = i
                continue
            j += 1
        if best >= 0 and best_end > reached:
            if n_longest == longest.shape[0]:
                return -1, n_longest
            longest[n_longest, 0] = row
            longest[n_longest, 1] = places[i]
            longest[n_longest, 2] = best_end
            longest[n_longest, 3] = best
            n_longest += 1
            reached = best_end
    return count, n_longest


@njit(cache=True, nogil=True)
def _with_room(found, count):
    """The first ``count`` matches in an array twice as long."""
    larger = np.empty((2 * found.shape[0], found.shape[1]), np.int32)
    larger[:count] = found[:count]
    return larger


@njit(cache=True, nogil=True)
def match_forms(
    codes, offsets, table, rare, entries, first, leaves, tails, chain, numbers, apart, signs
):
    """Find every form in every text.

    Parameters
    ----------
    numbers : int32 array
        The number under which each form of the trie is reported; -1 for those that never are.
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
    most = 0
    for row in range(rows):
        most = max(most, offsets[row + 1] - offsets[row])
    buffer = np.empty(most + 2, np.uint32)
    places = np.empty(most + 2, np.int32)
    begins = np.empty(most + 2, np.int32)
    stack = np.empty((16, 4), np.int64)
    slips = np.empty(most + 2, np.uint8)
    walks = np.empty((most + 2, 3), np.int64)
    going = np.empty(most + 2, np.int64)
    kept = np.empty(most + 2, np.bool_)
    found = np.empty((8 * rows + 64, 4), np.int32)
    longest = np.empty((2 * rows + 64, 4), np.int32)
    count = 0
    n_longest = 0
    for row in range(rows):
        n, n_begins = normalise_row(
            codes, offsets[row], offsets[row + 1], table, rare, buffer, places, begins
        )
        _mark_slips(buffer, n, np.uint32(signs.shape[0]), slips)
        n_begins = _walk_in_step(buffer, begins, n_begins, entries, slips, walks, going, kept)
        while True:
            now, n_now = _match_row(
                row, buffer, places, begins, n_begins, walks, entries, first, leaves, tails, chain,
                numbers, apart, signs, found, count, longest, n_longest, stack,
            )  # fmt: skip
            if now >= 0:
                break
            found = _with_room(found, count)
            longest = _with_room(longest, n_longest)
        count, n_longest = now, n_now
    return found[:count].copy(), longest[:n_longest].copy()
