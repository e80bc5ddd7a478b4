"""Templates: messages with their names, numbers, links and spacing taken out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np

from scamclassify.text.codepoints import TABLE_SIZE, char_classes, encode_texts, fold_table
from scamclassify.text.compat import compatibility_table
from scamclassify.text.confusables import lookalikes
from scamclassify.text.invisible import BIDI, BLANKS, CONTROLS, IGNORABLE, JOINERS, VARIATIONS
from scamclassify.text.links import _SURE, _UNCOMMON, ENDINGS
from scamclassify.text.repeats import STACKED_MARKS
from scamclassify.text.styled import styled_digits, styled_letters
from scamclassify.text.template_kernel import mask_batch
from scamclassify.text.template_link_kernel import hash_codes

# Words that a name follows, folded; two words where the last alone is too common.
_SALUTATIONS = (
    "dear|hi|hello|hey|mr|mrs|ms|miss|mdm|yth|bpk|bapak|ibu|sdr|sdri|kak|kakak|encik|puan|tuan|"
    "kinh gui|chao|anh chi|mahal na|caro|cara|prezado|prezada|sr|sra|senhor|senhora|sir|madam|"
    "maun|mana|senor|senora|hai|halo|salam"
)


def _hashed(word: str) -> np.uint64:
    codes = np.array([ord(c) for c in word], dtype=np.uint32)
    return hash_codes(codes, 0, len(codes))


@cache
def skeleton_table() -> np.ndarray:
    """Table that takes a code point to the letter that it passes for, folded.

    Styled, compatible and look-alike letters become the plain one everywhere, also where
    repair would leave them: what matters is that copies of a message meet. Invisible
    characters and piled-up marks are dropped.

    Returns
    -------
    numpy.ndarray of uint32, shape (TABLE_SIZE,)
        0 means that the character is dropped.

    Examples
    --------
    >>> table = skeleton_table()
    >>> "".join(chr(table[ord(c)]) for c in "РауРⓐⓛ𝟙" if table[ord(c)])
    'paypal1'
    """
    table = fold_table().copy()
    plain = {char: new for char, (_, new) in compatibility_table().items()}
    plain |= styled_letters() | styled_digits() | lookalikes()
    for char, new in plain.items():
        if len(new) == 1 and ord(char) < TABLE_SIZE:
            table[ord(char)] = fold_table()[ord(new)] if ord(new) < TABLE_SIZE else ord(new)
    for code in range(0xFF01, 0xFF5F):  # full-width ASCII
        table[code] = fold_table()[code - 0xFEE0]
    unseen = re.compile(f"[{BIDI}{JOINERS}{VARIATIONS}{CONTROLS}{IGNORABLE}\xad{STACKED_MARKS}]")
    for code in range(TABLE_SIZE):
        char = chr(code)
        if unseen.match(char) and not char.isspace():
            table[code] = 0
    for char in BLANKS:
        table[ord(char)] = 32
    table.setflags(write=False)
    return table


def _hashes(words: Iterable[str]) -> np.ndarray:
    return np.array(sorted({int(_hashed(word)) for word in words}), dtype=np.uint64)


@cache
def _tables() -> tuple[np.ndarray, ...]:
    """What the kernel looks things up in, in the order of its arguments."""
    upper = np.array([chr(code).isupper() for code in range(TABLE_SIZE)], dtype=np.bool_)
    salutations = []
    for entry in _SALUTATIONS.split("|"):
        first, _, second = entry.partition(" ")
        if second:
            with np.errstate(over="ignore"):
                pair = (_hashed(first) ^ _hashed(second)) * np.uint64(0x9E3779B97F4A7C15)
            salutations.append(pair)
        else:
            salutations.append(_hashed(first))
    sure = _SURE.split("|")
    return (
        skeleton_table(),
        char_classes(),
        upper,
        _hashes(ENDINGS.split("|")),
        _hashes(sure),
        _hashes([*sure, *_UNCOMMON.split("|")]),
        np.array(sorted(salutations), dtype=np.uint64),
    )


def encode_templates(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Templates of texts as one array of code points.

    Parameters
    ----------
    texts : sequence of str
        Length n, repaired or not; of each the first 4,096 characters count.

    Returns
    -------
    templates : numpy.ndarray of uint32
    starts : numpy.ndarray of int64, shape (n + 1,)
        Template ``i`` is ``templates[starts[i]:starts[i + 1]]``.
    exact : numpy.ndarray of uint64, shape (n,)
        A hash of each template: equal where the templates are.
    """
    return mask_encoded(*encode_texts(texts))


def mask_encoded(
    codes: np.ndarray, offsets: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same for texts that :func:`~scamclassify.text.codepoints.encode_texts` encoded."""
    return mask_batch(codes, offsets, *_tables())


def templates_of(texts: Sequence[str]) -> list[str]:
    """Templates of texts, readable.

    A link or e-mail address becomes ``~``, a handle ``@``, a name after a salutation ``^``,
    a number or reference code ``0``. Case, Latin diacritics, space, punctuation and emoji
    are dropped, letters repeated more than twice shortened; look-alike, styled and invisible
    characters and links written apart are seen through.

    Parameters
    ----------
    texts : sequence of str

    Returns
    -------
    list of str

    Examples
    --------
    >>> templates_of(["Dear John, pay RM 1,500.00 at https://a.example/x9 now!"])
    ['dear^payrm0at~now']
    >>> templates_of(["Рay n\u200bow: bit . ly / x9 or a[.]com", "pay now: t.me/x or b.com"])
    ['paynow~or~', 'paynow~or~']
    """
    templates, starts, _ = encode_templates(texts)
    raw = templates.tobytes()
    ends = (starts * 4).tolist()
    return [raw[a:b].decode("utf-32-le", "surrogatepass") for a, b in itertools.pairwise(ends)]
