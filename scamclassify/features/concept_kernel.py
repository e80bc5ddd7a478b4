"""Compiled kernel that finds the forms of the concept lexicon in a whole batch of texts.

Text and forms are brought to the same shape: folded as for n-grams but with digits
kept, every run of separators one space. A trie over the forms is then walked from each
place where a form may begin: the start of a word in scripts with spaces, every
character in Thai, Lao, Khmer, Burmese and Chinese.
"""

from __future__ import annotations

import numpy as np
from numba import njit

# Classes of scamclassify.text.codepoints.char_classes.
_SEPARATOR, _LETTER, _DIGIT = 0, 1, 4
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@njit(cache=True, nogil=True)
def normalise_row(codes, start, stop, fold, classes, buffer, kinds, places):
    """Fold one text, collapse its separators; keep where each character came from."""
    n = 1
    buffer[0] = 32
    kinds[0] = _SEPARATOR
    places[0] = 0
    top = fold.shape[0]
    for i in range(start, stop):
        code = codes[i]
        if code < top:
            code = fold[code]
            if code == 0:
                continue
        kind = classes[min(code, top - 1)]
        if kind == _SEPARATOR:
            if kinds[n - 1] == _SEPARATOR:
                continue
            code = np.uint32(32)
        buffer[n] = code
        kinds[n] = kind
        places[n] = i - start
        n += 1
    if kinds[n - 1] != _SEPARATOR:
        buffer[n] = 32
        kinds[n] = _SEPARATOR
        places[n] = stop - start
        n += 1
    return n


@njit(cache=True, nogil=True, inline="always")
def find_edge(keys, node, code):
    """Place of an edge in the open-addressed edge table, or where it would be, and its key."""
    key = (np.int64(node) << 21) | np.int64(code)
    mask = keys.shape[0] - 1
    probe = np.int64((np.uint64(key) * _MULTIPLIER) >> np.uint64(24)) & mask
    while keys[probe] != -1 and keys[probe] != key:
        probe = (probe + 1) & mask
    return probe, key


@njit(cache=True, nogil=True)
def build_trie(codes, offsets, fold, classes, size):
    """Build the trie of all forms.

    Returns
    -------
    keys, nodes : the edge table: ``node << 21 | code`` and the node it leads to
    first : int32 array, first form that ends at a node, or -1
    following : int32 array, the next form that ends at the same node, or -1
    """
    forms = offsets.shape[0] - 1
    keys = np.full(size, -1, np.int64)
    nodes = np.zeros(size, np.int32)
    total = codes.shape[0] + 2 * forms + 1
    first = np.full(total, -1, np.int32)
    following = np.full(forms, -1, np.int32)
    longest = 0
    for form in range(forms):
        longest = max(longest, offsets[form + 1] - offsets[form])
    buffer = np.empty(longest + 2, np.uint32)
    kinds = np.empty(longest + 2, np.uint8)
    places = np.empty(longest + 2, np.int32)
    count = 1
    for form in range(forms):
        n = normalise_row(
            codes, offsets[form], offsets[form + 1], fold, classes, buffer, kinds, places
        )
        node = 0
        for i in range(1, n - 1):
            probe, key = find_edge(keys, node, buffer[i])
            if keys[probe] == -1:
                keys[probe] = key
                nodes[probe] = count
                count += 1
            node = nodes[probe]
        if node > 0:
            following[form] = first[node]
            first[node] = form
    return keys, nodes, first[:count].copy(), following


@njit(cache=True, nogil=True)
def match_batch(codes, offsets, fold, classes, keys, nodes, first, following, stem):
    """Find every form in every text.

    Returns
    -------
    found : int32 array, shape (n_matches, 4)
        Row, start and end (exclusive) in the text's characters, form.
    """
    rows = offsets.shape[0] - 1
    longest = 0
    for row in range(rows):
        longest = max(longest, offsets[row + 1] - offsets[row])
    buffer = np.empty(longest + 2, np.uint32)
    kinds = np.empty(longest + 2, np.uint8)
    places = np.empty(longest + 2, np.int32)
    found = np.empty((16 * rows + 64, 4), np.int32)
    count = 0
    for row in range(rows):
        n = normalise_row(
            codes, offsets[row], offsets[row + 1], fold, classes, buffer, kinds, places
        )
        for i in range(1, n - 1):
            kind = kinds[i]
            if kind == _SEPARATOR or ((kind == _LETTER or kind == _DIGIT) and kinds[i - 1] == kind):
                continue
            node = 0
            for j in range(i, n - 1):
                probe, _ = find_edge(keys, node, buffer[j])
                if keys[probe] == -1:
                    break
                node = nodes[probe]
                form = first[node]
                if form == -1:
                    continue
                last = kinds[j]
                inside = (last == _LETTER or last == _DIGIT) and kinds[j + 1] == last
                while form != -1:
                    if not inside or stem[form]:
                        if count == found.shape[0]:
                            larger = np.empty((2 * count, 4), np.int32)
                            larger[:count] = found
                            found = larger
                        found[count, 0] = row
                        found[count, 1] = places[i]
                        found[count, 2] = places[j] + 1
                        found[count, 3] = form
                        count += 1
                    form = following[form]
    return found[:count].copy()
