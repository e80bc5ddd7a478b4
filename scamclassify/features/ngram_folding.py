"""What n-grams are made of: each code point folded, with what the kernels ask about it."""

from __future__ import annotations

from functools import cache

import numpy as np

from scamclassify.features.ngram_kernel import REPEATS, WORD
from scamclassify.text.codepoints import DIGIT, LETTER, UNSPACED, char_classes, fold_table


@cache
def ngram_folding() -> np.ndarray:
    """Table for :func:`scamclassify.features.ngram_kernel.fold_row`.

    Returns
    -------
    numpy.ndarray of uint32, shape (TABLE_SIZE,)
        0 where a character is dropped, else the folded character (every digit ``0``), with
        the bit ``WORD`` if words are made of it and ``REPEATS`` if of several in a row one is
        kept: spaces and letters, but no ideographs, signs and digits, nor the letters above
        U+2000, which are rare.

    Examples
    --------
    >>> table = ngram_folding()
    >>> [hex(table[ord(char)]) for char in "Ế 7!"]
    ['0xc0000065', '0x80000020', '0x40000030', '0x21']
    """
    folded = fold_table().copy()
    folded[(folded >= ord("0")) & (folded <= ord("9"))] = ord("0")
    small = (folded >= ord("a")) & (folded <= ord("z"))
    repeats = (folded == ord(" ")) | small | ((folded >= 0xC0) & (folded < 0x2000))
    classes = char_classes()
    word = np.isin(classes[np.minimum(folded, len(classes) - 1)], (LETTER, UNSPACED, DIGIT))
    table = folded | np.where(repeats, REPEATS, 0) | np.where(word, WORD, 0)
    table = np.where(folded == 0, 0, table).astype(np.uint32)
    table.setflags(write=False)
    return table
