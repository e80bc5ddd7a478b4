"""Compiled kernels for forms with one sign left out: "กู้เงิน" without its tone mark.

The walk over the trie cannot try at every letter whether a sign is missing there. So forms in
scripts whose letters carry signs are put into the trie without each of their signs as well.
"""

from __future__ import annotations

import numpy as np
from numba import njit

#: What a code point is: a sign above, below or beside a letter; one that stacks the next letter.
SIGN, STACKER = 1, 2
#: Letters and signs that a form has at least of which a sign may be left out.
SHORTEST_SIGNED = 6
_SPACE = 0x20


@njit(cache=True, nogil=True)
def _length_left_out(codes, i, stop, kinds):
    """How many characters go with the one at ``i`` if it is left out; 0 if it never is."""
    code = codes[i]
    if code >= kinds.shape[0]:
        return 0
    if kinds[code] == SIGN:
        return 1
    # The letter that is stacked goes with the sign that stacks it.
    return 2 if kinds[code] == STACKER and i + 1 < stop else 0


@njit(cache=True, nogil=True)
def without_signs(codes, offsets, chosen, kinds):
    """Write the chosen forms without each of their signs.

    Parameters
    ----------
    codes, offsets : arrays
        The forms, as :func:`scamclassify.text.codepoints.encode_texts` returns them.
    chosen : bool array, shape (n_forms,)
    kinds : uint8 array
        ``SIGN`` or ``STACKER`` by code point; 0 for the rest, as for those behind the end.

    Returns
    -------
    codes, offsets : arrays
        The variants, encoded alike.
    form_of : int32 array, shape (n_variants,)
        The form of which each is one.
    closed : bool array, shape (n_variants,)
        Whether the last sign is missing: such a variant is the start of its form, and must not
        be found where another sign follows.
    """
    n = 0
    size = 0
    for form in range(offsets.shape[0] - 1):
        if not chosen[form]:
            continue
        start, stop = offsets[form], offsets[form + 1]
        for i in range(start + 1, stop):
            n += _length_left_out(codes, i, stop, kinds) > 0
            size += (stop - start) * (_length_left_out(codes, i, stop, kinds) > 0)
    out = np.empty(size, codes.dtype)
    bounds = np.zeros(n + 1, np.int64)
    form_of = np.empty(n, np.int32)
    closed = np.empty(n, np.bool_)
    n = 0
    end = 0
    for form in range(offsets.shape[0] - 1):
        start, stop = offsets[form], offsets[form + 1]
        letters = 0
        for i in range(start, stop):
            letters += codes[i] != _SPACE
        if not chosen[form] or letters < SHORTEST_SIGNED:
            continue
        for i in range(start + 1, stop):
            length = _length_left_out(codes, i, stop, kinds)
            if length == 0:
                continue
            for k in range(start, stop):
                if not i <= k < i + length:
                    out[end] = codes[k]
                    end += 1
            form_of[n] = form
            closed[n] = i + length == stop
            n += 1
            bounds[n] = end
    return out[:end], bounds[: n + 1], form_of[:n], closed[:n]


@njit(cache=True, nogil=True)
def resolve_variants(numbers, chain, n_variants):
    """For each form what is to be found where a text reads like it.

    A variant that reads like a form stands back behind it, and one of two of the same form.

    Parameters
    ----------
    numbers : int32 array
        The number of each form and, last, for each variant that of its form.
    chain : int32 array, overwritten
        As :func:`scamclassify.features.form_kernel.build_double_array` returns it.
    n_variants : int

    Returns
    -------
    int32 array
        Each form itself, but what comes before it for variants.
    """
    n = numbers.shape[0]
    n_forms = n - n_variants
    target = np.arange(n).astype(np.int32)
    for k in range(n_forms, n):
        if chain[k] < 0:
            continue
        before = chain[k] >> 1
        if target[before] < n_forms:
            target[k] = target[before]
        elif numbers[before] == numbers[k]:
            chain[k] = (chain[before] >> 1 << 1) | (chain[k] & 1)
    return target
