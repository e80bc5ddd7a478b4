"""One trie over many surface forms, walked over whole batches of texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np

from scamclassify.features.form_kernel import DROPPED, build_double_array
from scamclassify.features.form_match_kernel import match_forms
from scamclassify.text.codepoints import (
    SEPARATOR,
    TABLE_SIZE,
    char_classes,
    encode_texts,
    fold_table,
)

# Tamil, Thai, Lao, Burmese, Khmer.
_MARKED_SCRIPTS = (
    (0xB80, 0xC00),
    (0xE00, 0xE80),
    (0xE80, 0xF00),
    (0x1000, 0x10A0),
    (0x1780, 0x1800),
)


@cache
def _folded_kinds() -> tuple[np.ndarray, np.ndarray]:
    """Folded code (0: dropped, a separator: the space) and class of every code point."""
    folded = fold_table()
    kinds = char_classes()[np.minimum(folded, TABLE_SIZE - 1)].astype(np.uint32)
    spaces = (kinds == SEPARATOR) & (folded > 0)
    return np.where(spaces, np.uint32(32), folded), kinds


def _signs_of(letters: np.ndarray, n_before: int) -> tuple[np.ndarray, np.ndarray]:
    """Letters of the scripts whose letters carry signs, script by script, signs first.

    Returns
    -------
    marked : numpy.ndarray, shape (n_marked,)
    signs : numpy.ndarray of int32, shape (n_before + 1 + n_marked, 2)
        Where the signs of the script of each symbol begin and end, if ``marked`` are the symbols
        from ``n_before + 1`` on.
    """
    marked: list[int] = []
    signs = [(0, 0)] * (n_before + 1)
    for low, high in _MARKED_SCRIPTS:
        found = [letter for letter in letters.tolist() if low <= letter < high]
        found.sort(key=lambda letter: unicodedata.category(chr(letter))[0] != "M")
        n_signs = sum(unicodedata.category(chr(letter))[0] == "M" for letter in found)
        begin = len(signs)
        signs += [(begin, begin + n_signs)] * len(found)
        marked += found
    return np.array(marked, dtype=letters.dtype), np.array(signs, dtype=np.int32)


class FormTrie:
    """Find surface forms in texts.

    Text and forms are brought to the same shape: folded as for n-grams but with digits kept,
    every run of separators one space; one between letters of a script that writes none between
    words is passed over. A letter may be typed twice, a vowel left out between two
    consonants or a sign of a script that has signs, as `scamclassify.features.form_match_kernel`
    says. Forms may begin at the start of a word in scripts with spaces, and at every character in
    Thai, Lao, Khmer, Burmese and Chinese.

    Parameters
    ----------
    forms : sequence of str
    stem : numpy.ndarray of bool, shape (n_forms,), optional
        Whether a form may end inside a word; by default none may.
    apart : int, optional
        Forms from this number on are names, of which the longest counts: none is reported
        within another. By default there are no names.

    Examples
    --------
    >>> trie = FormTrie(["win", "bank negara", "bank"], apart=1)
    >>> codes, offsets = encode_texts(["Win! Bank  Negara", "twin"])
    >>> found, names = trie.find(codes, offsets)
    >>> found.tolist(), names.tolist()
    ([[0, 0, 3, 0]], [[0, 5, 17, 1]])
    """

    def __init__(
        self, forms: Sequence[str], stem: np.ndarray | None = None, apart: int | None = None
    ) -> None:
        n = len(forms)
        stem = np.zeros(n, dtype=np.bool_) if stem is None else stem
        self._apart = n if apart is None else apart
        codes, offsets = encode_texts(forms)
        folded, kinds = _folded_kinds()
        used = folded[codes[codes < TABLE_SIZE]]
        letters, counts = np.unique(used[used > 0], return_counts=True)
        self._rare = np.unique(codes[codes >= TABLE_SIZE]).astype(np.uint32)
        # The most common letters lie nearest to each other.
        letters = letters[np.argsort(-counts, kind="stable")]
        vowels = np.array([ord(char) for char in "aeiou"], dtype=letters.dtype)
        marked, self._signs = _signs_of(letters, len(vowels))
        first = np.concatenate([vowels, marked])
        letters = np.concatenate([first, letters[~np.isin(letters, first)]])
        symbols = np.zeros(TABLE_SIZE, dtype=np.uint32)
        symbols[letters] = np.arange(1, len(letters) + 1)
        table = np.empty(TABLE_SIZE + 1, dtype=np.uint32)
        inside = np.minimum(folded, TABLE_SIZE - 1)
        table[:-1] = np.where(folded == 0, DROPPED, kinds << 16 | symbols[inside])
        table[-1] = np.uint32(char_classes()[-1]) << 16 | np.uint32(len(letters))
        self._table = table
        n_symbols = len(letters) + len(self._rare)
        if n_symbols >= 2**16:
            raise ValueError(f"the forms hold {n_symbols} different characters, 65,535 at most")
        if n >= 2**21:
            raise ValueError(f"{n} forms are too many, 2,097,151 at most")
        self._trie: tuple[np.ndarray, ...] = build_double_array(
            codes, offsets, table, self._rare, n_symbols, stem
        )

    def find(self, codes: np.ndarray, offsets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Find all forms in an encoded batch.

        Parameters
        ----------
        codes, offsets : numpy.ndarray
            As :func:`scamclassify.text.codepoints.encode_texts` returns them.

        Returns
        -------
        found : numpy.ndarray of int32, shape (n_found, 4)
            Row, start, end (exclusive), number of the form; by row and start.
        names : numpy.ndarray of int32, shape (n_names, 4)
            The same for the forms from ``apart`` on.
        """
        return match_forms(
            codes, offsets, self._table, self._rare, *self._trie, self._apart, self._signs
        )
