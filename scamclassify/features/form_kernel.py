"""Compiled kernels of `scamclassify.features.form_trie` that build the trie.

`scamclassify.features.form_match_kernel` walks it.

The trie is a double array (Aoe 1989): the child of node ``s`` by symbol ``c`` is the entry
``base(s) + c``, and belongs to ``s`` only if the entry says so, which takes one read a
character. As soon as a single form is left on a path, its other symbols lie in a tail. An
entry is, from the lowest bit on,

- 20 bits: its parent;
- ``LEAF``, ``TERMINAL``: a single form is left, or a form ends here and others go on;
- ``STEM``, ``CHAINED``: of the form that ends here, whether it may end inside a word, and
  whether others read the same;
- of a node that is no leaf its base and the number of the form that ends here, 20 bits each;
- of a leaf 21 bits for where its tail is described, ``BARE`` where nothing is in it, and the
  lowest 9 bits of its first and of its second symbol, so that few tails are looked at in vain.

A tail is described by its length, the form's number in two halves, and its symbols. An empty
entry is -1. What is read together lies together, and the entries of 90,000 forms in a core's cache.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from scamclassify.features.form_text_kernel import KIND_SHIFT, SYMBOL, normalise_texts
from scamclassify.text.longest_kernel import longest_text
from scamclassify.text.uncounted import uncounted

PARENT = (np.int64(1) << 20) - 1
LEAF, TERMINAL = np.int64(1) << 20, np.int64(1) << 21
STEM, CHAINED = np.int64(1) << 22, np.int64(1) << 23
NUMBER = (np.int64(1) << 20) - 1
BASE_SHIFT, FORM_SHIFT = 24, 44
TAIL = (np.int64(1) << 21) - 1
BARE = np.int64(1) << 45
GLIMPSE = np.int64(0x1FF)
FIRST_SHIFT, SECOND_SHIFT = 46, 55
#: What comes in a tail before its symbols.
TAIL_HEAD = 3
#: Symbols of a tail that are compared in one go; as many can be read behind the last tail.
AT_ONCE = 8
#: Entries, forms and tails that fit.
MOST_ENTRIES, MOST_FORMS, MOST_TAILS = PARENT, NUMBER, TAIL


@uncounted
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
    tails : uint16 array
    chain : int32 array: twice the form before that reads the same, or -2, and one more for a
        stem, which may end inside a word
    """
    forms = offsets.shape[0] - 1
    texts = np.empty(codes.shape[0] + forms, np.uint16)
    bounds = np.zeros(forms + 1, np.int64)
    longest = longest_text(offsets)
    buffer = np.empty(longest + 2, np.uint32)
    places = np.empty(longest + 2, np.int32)
    begins = np.empty(longest + 2, np.int32)
    ends = np.empty(1, np.int64)
    for form in range(forms):
        normalise_texts(codes, offsets, form, form + 1, table, rare, buffer, places, begins, ends)
        n = ends[0]
        if n and buffer[n - 1] >> KIND_SHIFT == 0:
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
    tails = np.zeros(bounds[forms] + TAIL_HEAD * count + AT_ONCE, np.uint16)
    n_tails = 0
    entries[0] = PARENT  # taken; no node is its parent
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
            form = heads[k]
            entries[node] |= TERMINAL | form << FORM_SHIFT
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
            queue_more = np.empty((wider.shape[0], 4), np.int64)
            queue_more[: queue.shape[0]] = queue
            queue = queue_more
        entries[node] |= base << BASE_SHIFT
        for c in range(n_children):
            slot = base + children[c]
            entries[slot] = node
            if bounds_of[c + 1] - bounds_of[c] == 1:
                form = heads[bounds_of[c]]
                begin = bounds[form] + depth + 1
                length = bounds[form + 1] - begin
                seen = BARE if length == 0 else np.int64(texts[begin] & GLIMPSE) << FIRST_SHIFT
                if length > 1:
                    seen |= np.int64(texts[begin + 1] & GLIMPSE) << SECOND_SHIFT
                entries[slot] |= LEAF | n_tails << BASE_SHIFT | seen
                tails[n_tails] = length
                tails[n_tails + 1] = form & 0xFFFF
                tails[n_tails + 2] = form >> 16
                for i in range(length):
                    tails[n_tails + TAIL_HEAD + i] = texts[begin + i]
                n_tails += TAIL_HEAD + length
            else:
                queue[tail] = (slot, bounds_of[c], bounds_of[c + 1], depth + 1)
                tail += 1
    return entries[:highest].copy(), tails[: n_tails + AT_ONCE].copy(), chain


@njit(cache=True, nogil=True)
def label_forms(entries, tails, chain, numbers, target):
    """Write into entries and tails what is to be found where a form ends.

    Parameters
    ----------
    entries, tails, chain : arrays
        What :func:`build_double_array` returned; the first two are changed.
    numbers : int32 array
        The number under which each form is reported, or -1.
    target : int32 array
        The form that is found in place of each form.
    """
    for slot in range(entries.shape[0]):
        entry = entries[slot]
        if entry == -1 or entry & (LEAF | TERMINAL) == 0:
            continue
        at = entry >> BASE_SHIFT & TAIL
        form = entry >> FORM_SHIFT & NUMBER
        if entry & LEAF:
            form = np.int64(tails[at + 1]) | np.int64(tails[at + 2]) << 16
        form = np.int64(target[form])
        link = np.int64(chain[form])
        # The number of a form that stands alone, or else the form, which leads to the others.
        number = form if link >= 0 else np.int64(numbers[form]) & NUMBER
        entry |= STEM if link & 1 else np.int64(0)
        entry |= CHAINED if link >= 0 else np.int64(0)
        if entry & LEAF:
            tails[at + 1] = number & 0xFFFF
            tails[at + 2] = number >> 16
        else:
            entry = entry & ~(NUMBER << FORM_SHIFT) | number << FORM_SHIFT
        entries[slot] = entry
