"""Compiled decoder of UTF-8 for many texts that lie one after the other, as Arrow has them."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def decode_utf8(data, bounds, spaces, codes, offsets):
    """Write the code points of all texts; return how many, or -1.

    Parameters
    ----------
    data : uint8 array
    bounds : int array, shape (n + 1,)
        Text ``i`` is ``data[bounds[i]:bounds[i + 1]]``.
    spaces : bool array
        Which code points below its length are white space; none above is.
    codes : uint32 array, as long as the bytes, written
    offsets : int64 array, shape (n + 1,), written

    Notes
    -----
    -1 stands for a text that is not UTF-8 (The Unicode Standard 16.0, table 3-7) or holds
    nothing but white space: such a batch is to be looked at text by text.
    """
    n = np.uint64(0)
    one = np.uint64(1)
    offsets[0] = 0
    for row in range(bounds.shape[0] - 1):
        text = data[bounds[row] : bounds[row + 1]]
        stop = np.uint64(text.shape[0])
        high = np.uint8(0)
        for k in range(stop):  # no branch: many bytes at a time
            high |= text[k]
        seen = False
        if high < 128:
            into = codes[n : n + stop]
            for k in range(stop):
                into[k] = text[k]
            n += stop
            i = np.uint64(0)
            while not seen and i < stop:
                seen = not spaces[text[i]]
                i += one
        else:
            n, seen = _decode_mixed(text, spaces, codes, n)
        if not seen:
            return -1
        offsets[row + 1] = n
    return np.int64(n)


@njit(cache=True, nogil=True)
def _decode_mixed(text, spaces, codes, n):
    """Write the code points of one text; return where they end, and whether all is well."""
    one, two, three, four = np.uint64(1), np.uint64(2), np.uint64(3), np.uint64(4)
    low = np.uint8(0x3F)
    top = spaces.shape[0]
    stop = np.uint64(text.shape[0])
    i = np.uint64(0)
    seen = False
    while i < stop:
        byte = text[i]
        code = np.uint32(byte)
        if byte < 128:
            i += one
        elif 0xE0 <= byte < 0xF0:  # the scripts of the region, most of all
            if i + three > stop:
                return n, False
            second, third = text[i + one], text[i + two]
            code = np.uint32(
                (np.uint32(byte & np.uint8(0x0F)) << np.uint32(12))
                | (np.uint32(second & low) << np.uint32(6))
                | np.uint32(third & low)
            )
            follow = ((second & 0xC0) == 0x80) & ((third & 0xC0) == 0x80)
            if not follow or code < 0x800 or 0xD800 <= code <= 0xDFFF:
                return n, False
            i += three
        elif 0xC2 <= byte < 0xE0:
            if i + two > stop or text[i + one] & 0xC0 != 0x80:
                return n, False
            code = np.uint32(
                (np.uint32(byte & np.uint8(0x1F)) << np.uint32(6)) | np.uint32(text[i + one] & low)
            )
            i += two
        elif 0xF0 <= byte <= 0xF4:
            if i + four > stop:
                return n, False
            code = np.uint32(byte & np.uint8(0x07))
            for k in range(one, four):
                if text[i + k] & 0xC0 != 0x80:
                    return n, False
                code = np.uint32((code << np.uint32(6)) | np.uint32(text[i + k] & low))
            if code < 0x10000 or code > 0x10FFFF:
                return n, False
            i += four
        else:
            return n, False
        codes[n] = code
        n += one
        if not seen:
            seen = code >= top or not spaces[code]
    return n, seen
