"""Compiled kernels of `scamclassify.features.form_trie`: texts as symbols, and the trie.

`scamclassify.features.form_match_kernel` walks it.

The trie is a double array (Aoe 1989): the child of node ``s`` by symbol ``c`` is the entry
``base(s) + c``, and belongs to ``s`` only if the entry says so, which takes one read a
character. As soon as a single form is left on a path, its other symbols lie in a tail. An
entry is ``parent << 32 | leaf << 31 | terminal << 30 | base``; of a leaf, ``base`` is ``bare
<< 29 | number << 8 | the first symbol of the tail``, as far as it fits, so that few tails are
looked at in vain; bare means that there is no tail. An empty entry is -1.
"""

from __future__ import annotations

import numpy as np
from numba import njit

# Classes of scamclassify.text.codepoints.char_classes.
_SEPARATOR, _LETTER, _UNSPACED, _DIGIT = 0, 1, 2, 4
_SPACE = 0x20

#: In a symbol table: the character is dropped.
DROPPED = np.uint32(0xFFFFFFFF)
KIND_SHIFT = np.uint32(16)
SYMBOL = np.uint32(0xFFFF)
LEAF = np.int64(1) << 31
TERMINAL = np.int64(1) << 30
BASE = (np.int64(1) << 30) - 1
BARE = np.int64(1) << 29
LEAF_NUMBER = (np.int64(1) << 21) - 1
GLIMPSE = np.int64(0xFF)


@njit(cache=True, nogil=True)
def normalise_row(codes, start, stop, table, rare, buffer, places, begins):
    """Symbols of one text: folded, runs of separators one space, a separator behind the end.

    A space between two letters of a script that writes none between words is passed over.

    Parameters
    ----------
    table : uint32
        ``kind << 16 | symbol`` of every code point below its length.
    rare : uint32, sorted
        Code points above the table that forms hold; their symbols follow the table's last.
    buffer, places : uint32, int32, written
        Symbols with their kinds, and where each came from.
    begins : int32, written
        Places in the buffer at which a form may begin.

    Returns
    -------
    length, number of begins : int
    """
    n = 0
    found = 0
    top = table.shape[0] - 1
    before = np.uint32(_SEPARATOR)
    spaced = False
    for i in range(start, stop):
        code = codes[i]
        if code < top:
            value = table[code]
            if value == DROPPED:
                continue
        else:
            value = table[top]
            at = np.searchsorted(rare, code)
            if at < rare.shape[0] and rare[at] == code:
                value += np.uint32(at + 1)
            else:
                value &= ~SYMBOL
        kind = value >> KIND_SHIFT
        if kind == _SEPARATOR and before == _SEPARATOR:
            spaced = False
            continue
        if kind == _SEPARATOR:
            spaced = code == _SPACE and before == _UNSPACED
        elif spaced and kind == _UNSPACED and before == _SEPARATOR:
            n -= 1
        buffer[n] = value
        places[n] = i - start
        begins[found] = n
        same = kind == before and (kind == _LETTER or kind == _DIGIT)
        found += 0 if same or kind == _SEPARATOR else 1
        before = kind
        n += 1
    buffer[n] = 0
    places[n] = stop - start
    return n, found


@njit(cache=True, nogil=True)
def _precedes(texts, offsets, a, b):
    """Whether text ``a`` comes strictly before text ``b``."""
    i, j = offsets[a], offsets[b]
    while i < offsets[a + 1] and j < offsets[b + 1]:
        if texts[i] != texts[j]:
            return texts[i] < texts[j]
        i += 1
        j += 1
    return i == offsets[a + 1] and j < offsets[b + 1]


@njit(cache=True, nogil=True)
def _sorted_texts(texts, offsets):
    """Order of the texts, by merging; equal ones stay in their order."""
    n = offsets.shape[0] - 1
    order = np.arange(n)
    other = np.empty(n, np.int64)
    width = 1
    while width < n:
        for low in range(0, n, 2 * width):
            middle, high = min(low + width, n), min(low + 2 * width, n)
            a, b = low, middle
            for k in range(low, high):
                if b == high or (a < middle and not _precedes(texts, offsets, order[b], order[a])):
                    other[k] = order[a]
                    a += 1
                else:
                    other[k] = order[b]
                    b += 1
        order, other = other, order
        width *= 2
    return order


@njit(cache=True, nogil=True)
def _find_base(entries, children, count, low):
    """Least base from ``low`` on at which all children find empty entries."""
    slot = low
    while True:
        if entries[slot] == -1 and slot > children[0]:
            base = slot - children[0]
            free = True
            for k in range(1, count):
                if entries[base + children[k]] != -1:
                    free = False
                    break
            if free:
                return base
        slot += 1


@njit(cache=True, nogil=True)
def build_double_array(codes, offsets, table, rare, n_symbols, stem):
    """Build the trie of all forms.

    Returns
    -------
    entries : int64 array
    first : int32 array, first form that ends at an entry, or -1
    leaves : int32 array, shape (n_leaves, 3): start and length of the tail, first form
    tails : uint16 array
    chain : int32 array: twice the form before that reads the same, or -2, and one more for a
        stem, which may end inside a word
    """
    forms = offsets.shape[0] - 1
    texts = np.empty(codes.shape[0] + forms, np.uint16)
    bounds = np.zeros(forms + 1, np.int64)
    longest = 0
    for form in range(forms):
        longest = max(longest, offsets[form + 1] - offsets[form])
    buffer = np.empty(longest + 2, np.uint32)
    places = np.empty(longest + 2, np.int32)
    begins = np.empty(longest + 2, np.int32)
    for form in range(forms):
        n, _ = normalise_row(
            codes, offsets[form], offsets[form + 1], table, rare, buffer, places, begins
        )
        if n and buffer[n - 1] >> KIND_SHIFT == _SEPARATOR:
            n -= 1
        end = bounds[form]
        for i in range(n):
            texts[end] = buffer[i] & SYMBOL
            end += 1
        bounds[form + 1] = end
    order = _sorted_texts(texts, bounds)
    # Forms that read the same make one chain, the last of them first.
    chain = np.empty(forms, np.int32)
    for form in range(forms):
        chain[form] = -2 + stem[form]
    heads = np.empty(forms, np.int64)
    count = 0
    for k in range(forms):
        form = order[k]
        if bounds[form + 1] == bounds[form]:
            continue
        if count and not _precedes(texts, bounds, heads[count - 1], form):
            chain[form] = 2 * heads[count - 1] + stem[form]
            heads[count - 1] = form
        else:
            heads[count] = form
            count += 1
    size = 4 * count + 4 * n_symbols + 1024
    entries = np.full(size, -1, np.int64)
    first = np.full(size, -1, np.int32)
    leaves = np.empty((count, 3), np.int32)
    tails = np.empty(bounds[forms], np.uint16)
    n_leaves = 0
    n_tails = 0
    entries[0] = np.int64(1) << 62  # taken; no node is its parent
    # Nodes to expand: entry, first and last head below it, depth; children in one place.
    queue = np.empty((size, 4), np.int64)
    queue[0] = (0, 0, count, 0)
    head, tail = 0, min(count, 1)
    single = 1
    several = 1
    highest = n_symbols + 1
    children = np.empty(n_symbols + 1, np.int64)
    bounds_of = np.empty(n_symbols + 2, np.int64)
    while head < tail:
        node, low, high, depth = queue[head]
        head += 1
        n_children = 0
        k = low
        if bounds[heads[k]] + depth == bounds[heads[k] + 1]:
            first[node] = heads[k]
            k += 1
        while k < high:
            symbol = texts[bounds[heads[k]] + depth]
            if n_children == 0 or children[n_children - 1] != symbol:
                children[n_children] = symbol
                bounds_of[n_children] = k
                n_children += 1
            k += 1
        bounds_of[n_children] = high
        if n_children == 0:
            continue
        while entries[single] != -1:
            single += 1
        if node == 0:
            base = 0
        elif n_children == 1:
            base = _find_base(entries, children, 1, max(single, children[0] + 1))
        else:
            several = max(several, single)
            base = _find_base(entries, children, n_children, max(several, children[0] + 1))
            if base + children[0] > several + 256:
                several += 64
        highest = max(highest, base + n_symbols + 1)
        if highest + n_symbols + 2 >= entries.shape[0]:
            wider = np.full(2 * entries.shape[0], -1, np.int64)
            wider[: entries.shape[0]] = entries
            entries = wider
            longer = np.full(wider.shape[0], -1, np.int32)
            longer[: first.shape[0]] = first
            first = longer
            queue_more = np.empty((wider.shape[0], 4), np.int64)
            queue_more[: queue.shape[0]] = queue
            queue = queue_more
        if node > 0:
            entries[node] |= base
        if first[node] != -1:
            entries[node] |= TERMINAL
        for c in range(n_children):
            slot = base + children[c]
            entries[slot] = np.int64(node) << 32
            if bounds_of[c + 1] - bounds_of[c] == 1:
                form = heads[bounds_of[c]]
                begin = bounds[form] + depth + 1
                length = bounds[form + 1] - begin
                glimpse = BARE if length == 0 else np.int64(texts[begin]) & GLIMPSE
                entries[slot] |= LEAF | np.int64(n_leaves) << 8 | glimpse
                leaves[n_leaves, 0] = n_tails
                leaves[n_leaves, 1] = length
                leaves[n_leaves, 2] = form
                for i in range(length):
                    tails[n_tails + i] = texts[begin + i]
                n_tails += length
                n_leaves += 1
            else:
                queue[tail] = (slot, bounds_of[c], bounds_of[c + 1], depth + 1)
                tail += 1
    return (
        entries[:highest].copy(),
        first[:highest].copy(),
        leaves[:n_leaves].copy(),
        tails[:n_tails].copy(),
        chain,
    )
