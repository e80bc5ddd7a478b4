"""One trie over many surface forms, walked over whole batches of texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np

from scamclassify.features.form_kernel import (
    MOST_ENTRIES,
    MOST_FORMS,
    MOST_TAILS,
    PARENT,
    build_double_array,
    label_forms,
)
from scamclassify.features.form_match_kernel import match_forms
from scamclassify.features.form_skip_kernel import list_skips
from scamclassify.features.form_text_kernel import DROPPED, OPENS, SPACE, roles_of
from scamclassify.features.form_variant_kernel import (
    SIGN,
    STACKER,
    resolve_variants,
    without_signs,
)
from scamclassify.text.codepoints import (
    SEPARATOR,
    TABLE_SIZE,
    UNSPACED,
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


#: What forms of lures read like where one sign is left out, and is a word or an end of words of
#: its own: each is found, and stands for no form.
_OTHER_WORDS = (
    "மட்டு",
    "ประกา",
    "ดเพิ่มเติม",
    "มเงื่อนไข",
    "มยอดใช้จ่าย",
    "ทเรียน",
    "แรงมา",
    "หาเสีย",
    "ปลากด",
    "มเครดิต",
    "มคลิป",
    "วันละ",
    "เงินกบ",
    "กส่งให้",
    "มาแข่ง",
    "ตัวโปร",
    "คาปรับ",
    "ไม่มีคำ",
    "สมัครด",
    "สมัครส",
    "คุณมีคว",
    "ขอบคุณท่",
    "កមិន",
    "កម្មន",
    "នឹងបទ",
    "លេកោង",
    "ပါပေါ",
    "ပေါပါ",
    "မပေါက်",
    "လေကောင်း",
    "ဘကြီး",
    "လွဲပါ",
    "မှာဆက်",
    "ရုံတင်",
    "ရုံမတက်",
)


@cache
def _sign_kinds() -> np.ndarray:
    """Kind of every code point for :func:`~.form_variant_kernel.without_signs`, uint8."""
    kinds = np.zeros(TABLE_SIZE, dtype=np.uint8)
    for low, high in _MARKED_SCRIPTS:
        for code in range(low, high):
            kinds[code] = SIGN * (unicodedata.category(chr(code))[0] == "M")
    kinds[[0x17D2, 0x1039]] = STACKER
    return kinds


def _ends_unspaced(codes: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Whether forms end with a letter or sign of Thai, Lao, Burmese or Khmer."""
    filled = np.flatnonzero(np.diff(offsets))
    last = np.minimum(codes[offsets[filled + 1] - 1], TABLE_SIZE - 1)
    ends = np.zeros(len(offsets) - 1, dtype=np.bool_)
    ends[filled] = (char_classes()[last] == UNSPACED) & (last < 0x2000)
    return ends


class FormTrie:
    """Find surface forms in texts.

    Text and forms are brought to the same shape: folded as for n-grams but with digits kept,
    every run of separators one space; one between letters of a script that writes none between
    words is passed over. A letter may be typed twice, a vowel left out between two
    consonants or a sign of a script that has signs, as `scamclassify.features.form_slip_kernel`
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
    hidden : numpy.ndarray of bool, shape (n_forms,), optional
        Forms that are found without any one of their signs as well, not only where the walk
        passes over it; by default none.

    Examples
    --------
    >>> trie = FormTrie(["win", "bank negara", "bank"], apart=1)
    >>> codes, offsets = encode_texts(["Win! Bank  Negara", "twin"])
    >>> found, names = trie.find(codes, offsets)
    >>> found.tolist(), names.tolist()
    ([[0, 0, 3, 0]], [[0, 5, 17, 1]])
    """

    def __init__(
        self,
        forms: Sequence[str],
        stem: np.ndarray | None = None,
        apart: int | None = None,
        hidden: np.ndarray | None = None,
    ) -> None:
        n = len(forms)
        stem = np.zeros(n, dtype=np.bool_) if stem is None else stem
        self._apart = n if apart is None else apart
        numbers = np.arange(n, dtype=np.int32)
        codes, offsets = encode_texts(forms)
        # A form ends before a sign; a variant that lacks its last sign does not.
        stem = stem | _ends_unspaced(codes, offsets)
        n_variants = 0
        if hidden is not None:
            more, ends, form_of, closed = without_signs(codes, offsets, hidden, _sign_kinds())
            n_variants = len(form_of)
            words, word_ends = encode_texts(_OTHER_WORDS)
            codes = np.concatenate([codes, words, more])
            sizes = [np.diff(each) for each in (offsets, word_ends, ends)]
            offsets = np.concatenate([[0], np.cumsum(np.concatenate(sizes))])
            silent = np.full(len(_OTHER_WORDS), -1, dtype=np.int32)
            numbers = np.concatenate([numbers, silent, form_of])
            stem = np.concatenate([stem, silent == 0, stem[form_of] & ~closed])
            n = len(numbers)
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
        table[:-1] = np.where(folded == 0, DROPPED, roles_of(kinds) | symbols[inside])
        table[32] = SPACE | symbols[32]
        table[-1] = roles_of(char_classes()[-1:])[0] | np.uint32(len(letters))
        self._table = table
        n_symbols = len(letters) + len(self._rare)
        if n_symbols >= 2**16:
            raise ValueError(f"the forms hold {n_symbols} different characters, 65,535 at most")
        if n > MOST_FORMS:
            raise ValueError(f"{n} forms are too many, {MOST_FORMS:,} at most")
        entries, tails, chain = build_double_array(
            codes, offsets, table, self._rare, n_symbols, stem
        )
        if len(entries) > MOST_ENTRIES or len(tails) > MOST_TAILS:
            raise ValueError(f"{n} forms are too many that begin in different ways")
        target = resolve_variants(numbers, chain, n_variants)
        # The children of the root are the symbols with which forms begin.
        opens = np.zeros(n_symbols + 1, dtype=np.bool_)
        roots = entries[: n_symbols + 1]
        opens[: len(roots)] = (roots & PARENT == 0) & (roots != -1)
        table[:-1] |= np.where((folded > 0) & opens[symbols[inside]], OPENS, np.uint32(0))
        label_forms(entries, tails, chain, numbers, target)
        skips = list_skips(entries, tails, self._signs)
        links = np.column_stack([numbers, chain]).ravel()
        self._trie: tuple[np.ndarray, ...] = (entries, tails, links, skips)

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
