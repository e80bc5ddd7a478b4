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
    top = spaces.shape[0]
    offsets[0] = 0
    for row in range(bounds.shape[0] - 1):
        i, stop = np.uint64(bounds[row]), np.uint64(bounds[row + 1])
        seen = False
        while i < stop:
            byte = data[i]
            if byte < 128:
                codes[n] = byte
                seen |= not spaces[byte]
                n += one
                i += one
                continue
            if byte < 0xC2 or byte > 0xF4:
                return -1
            length = np.uint64(2 + (byte >= 0xE0) + (byte >= 0xF0))
            if i + length > stop:
                return -1
            code = np.uint32(byte) & np.uint32(0x7F >> length)
            for k in range(one, length):
                more = data[i + k]
                if more & 0xC0 != 0x80:
                    return -1
                code = np.uint32(code << np.uint32(6)) | np.uint32(more & 0x3F)
            if length == 3 and (code < 0x800 or 0xD800 <= code <= 0xDFFF):
                return -1
            if length == 4 and (code < 0x10000 or code > 0x10FFFF):
                return -1
            codes[n] = code
            seen |= code >= top or not spaces[code]
            n += one
            i += length
        if not seen:
            return -1
        offsets[row + 1] = n
    return np.int64(n)
