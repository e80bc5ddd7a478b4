"""Compiled kernel that brings texts to the shape of `scamclassify.features.form_trie`."""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.text.uncounted import uncounted

# Classes of scamclassify.text.codepoints.char_classes, and what else a character may be.
_SEPARATOR, _LETTER, _UNSPACED, _DIGIT = 0, 1, 2, 4
_SPACE, _DROPPED = 5, 7
_KINDS = range(5)

#: A symbol in a table or buffer, and above it the kind of the character.
KIND_SHIFT = np.uint32(16)
SYMBOL = np.uint32(0xFFFF)
_KIND_AND_SYMBOL = np.uint32(0x7FFFF)
# In a table above both: the kind, but the space apart and what is dropped; OPENS.
_ROLE_SHIFT = np.uint32(19)
#: In a table: the character is dropped; it is the space itself; forms begin with it.
DROPPED = np.uint32(_DROPPED << 19)
SPACE = np.uint32(_SPACE << 19)
OPENS = np.uint32(8 << 19)


def roles_of(kinds: np.ndarray) -> np.ndarray:
    """What a table holds above symbols of some kinds, uint32."""
    return kinds.astype(np.uint32) << KIND_SHIFT | kinds.astype(np.uint32) << _ROLE_SHIFT


# What is done at a character depends on its role and on what came before it: a kind, or the
# space behind a letter of a script that writes none, which another such letter passes over.
# For each role nine bits for each state: the next state as the shift to its nine bits, then
_SHIFT, _NINE = np.uint64(0x3F), 9
# a form may begin here, the character is taken, the one before it is passed over.
_BEGINS, _TAKEN, _PASSED = np.uint64(6), np.uint64(7), np.uint64(8)
_AFTER_UNSPACED = 5


def _move(role, state):
    """What is done with a character of a role in a state, and the next state."""
    dropped, space = role & 7 == _DROPPED, role & 7 == _SPACE
    kind = _SEPARATOR if space else role & 7
    before = _SEPARATOR if state == _AFTER_UNSPACED else state
    if dropped or kind not in _KINDS:
        return state * _NINE
    joined = kind == before and kind in (_SEPARATOR, _LETTER, _DIGIT)
    begins = role & 8 and kind != _SEPARATOR and not joined
    taken = not kind == before == _SEPARATOR
    passed = state == _AFTER_UNSPACED and kind == _UNSPACED
    state = _AFTER_UNSPACED if space and before == _UNSPACED else kind
    return state * _NINE | bool(begins) << 6 | taken << 7 | passed << 8


_MOVES = np.array(
    [sum(_move(role, state) << state * _NINE for state in range(6)) for role in range(16)],
    dtype=np.uint64,
)


@njit(cache=True, nogil=True)
def _rare_value(code, value, rare):
    """Value of a code point behind the table, which ends with ``value``."""
    at = np.searchsorted(rare, code)
    if at < rare.shape[0] and rare[at] == code:
        return value + np.uint32(at + 1) | OPENS
    return value & ~SYMBOL


@uncounted
def normalise_texts(codes, offsets, low, high, table, rare, buffer, places, begins, ends):
    """Symbols of some texts: folded, runs of separators one space, a separator behind each.

    A space between two letters of a script that writes none between words is passed over.

    Parameters
    ----------
    low, high : int
        The texts from ``low`` to before ``high`` are taken.
    table : uint32
        Symbol, kind and role of every code point below its length.
    rare : uint32, sorted
        Code points above the table that forms hold; their symbols follow the table's last.
    buffer, places : uint32, int32, written
        Symbols with their kinds, and where in its text each came from.
    begins : int32, written
        Places in the buffer at which a form may begin.
    ends : int64, written
        Where each text ends in the buffer.

    Returns
    -------
    int
        Number of begins.
    """
    top = np.uint32(table.shape[0] - 1)
    one = np.uint64(1)
    # Unsigned, as a number below zero would be a place from the end; no branches, as no
    # processor foresees which characters come next.
    end, begun = np.uint64(0), np.uint64(0)
    for row in range(low, high):
        state = np.uint64(_SEPARATOR)
        text = codes[offsets[row] : offsets[row + 1]]
        length = np.uint64(text.shape[0])
        for i in range(length):
            code = text[i]
            value = table[code] if code < top else _rare_value(code, table[top], rare)
            move = _MOVES[np.uint64(value >> _ROLE_SHIFT)] >> state
            end -= move >> _PASSED & one
            buffer[end] = value & _KIND_AND_SYMBOL
            places[end] = i
            begins[begun] = end
            begun += move >> _BEGINS & one
            end += move >> _TAKEN & one
            state = move & _SHIFT
        buffer[end] = 0
        places[end] = length
        ends[row - low] = end
        end += one
    return np.int64(begun)
