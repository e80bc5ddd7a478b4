"""What can be in each message of a batch, found without a loop over its characters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from scamclassify.indicators.crypto import LEAST_ADDRESS
from scamclassify.indicators.cue_words import SOME_CUES, SOME_SHORT_CUES
from scamclassify.indicators.view import lowered, plain_signs
from scamclassify.text import prescan as repairs
from scamclassify.text.codepoints import encode_texts

#: What a message can hold, one bit each: a number, a link or address, a name after ``@``,
#: an address of a coin, a word for an app or a code, a disguise.
DIGIT, DOT, AT, CRYPTO, CUE, SUSPICIOUS = (1 << k for k in range(6))
EVERYTHING = (1 << 6) - 1

_TABLE = 0x20000
# The repairs that a view makes.
_MENDED = repairs.ODD | repairs.PAIR | repairs.FULLWIDTH | repairs.LINK | repairs.APART
_BLOCK = 4096


@cache
def _bits() -> np.ndarray:
    bits = np.zeros(_TABLE, dtype=np.uint8)
    for code, plain in plain_signs().items():
        if plain.isdigit():
            bits[code] |= 1
    bits[ord("0") : ord("9") + 1] |= 1
    bits[[ord("."), 0x3002, 0xFF0E, 0xFF61]] |= 2
    bits[[ord("@"), 0xFF20]] |= 4
    bits[np.r_[ord("A") : ord("Z") + 1, ord("a") : ord("z") + 1]] |= 8
    return bits


def prescan(texts: Sequence[str]) -> np.ndarray:
    """Bits of what each message can hold.

    Parameters
    ----------
    texts : sequence of str
        Length n.

    Returns
    -------
    numpy.ndarray of uint8, shape (n,)
        0 where nothing can be found.

    Examples
    --------
    >>> prescan(["see you later", "call 91234567", "a@b.co"]).astype(bool).tolist()
    [False, True, True]
    """
    found = np.zeros(len(texts), dtype=np.uint8)
    for start in range(0, len(texts), _BLOCK):
        part = texts[start : start + _BLOCK]
        found[start : start + _BLOCK] = _prescan_block(part)
    return found


def _prescan_block(texts: Sequence[str]) -> np.ndarray:
    codes, offsets = encode_texts(texts)
    n = len(texts)
    out = np.zeros(n, dtype=np.uint8)
    if len(codes) == 0:
        return out
    bits = np.take(_bits(), np.minimum(codes, _TABLE - 1))
    places = np.flatnonzero(bits & 7)
    rows = np.searchsorted(offsets, places, side="right") - 1
    held = bits[places]
    digits = np.bincount(rows[(held & 1) > 0], minlength=n)
    out[digits > 0] |= DIGIT
    out[_rows_with_runs((bits & 9) > 0, offsets, LEAST_ADDRESS)] |= CRYPTO
    out[rows[(held & 2) > 0]] |= DOT
    out[rows[(held & 4) > 0]] |= AT
    cues = repairs.scan_encoded(codes, offsets)
    out[(cues & _MENDED) > 0] |= SUSPICIOUS | DOT | DIGIT | CRYPTO
    out[_cue_rows(texts)] |= CUE
    return out


def _rows_with_runs(inside: np.ndarray, offsets: np.ndarray, least: int) -> np.ndarray:
    """Messages with a run of so many characters, all of them inside.

    Examples
    --------
    >>> _rows_with_runs(np.array([1, 1, 1, 0, 1], dtype=bool), np.array([0, 1, 5]), 2)
    array([1])
    """
    cut = np.zeros(len(inside) + 1, dtype=np.bool_)
    cut[:-1] |= ~inside
    cut[1:] |= ~inside
    cut[offsets] = True
    cuts = np.flatnonzero(cut)
    return np.searchsorted(offsets, cuts[:-1][np.diff(cuts) >= least], side="right") - 1


def _cue_rows(texts: Sequence[str]) -> np.ndarray:
    """Messages in which an app or a one-time password may be named.

    Each word is sought in all messages at once, which costs a microsecond a message.
    """
    joined = lowered("\n".join(texts))
    starts = np.zeros(len(texts), dtype=np.int64)
    starts[1:] = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts))[:-1] + 1)
    places = []
    for word in SOME_CUES:
        at = joined.find(word)
        while at >= 0:
            places.append(at)
            at = joined.find(word, at + 1)
    for word in SOME_SHORT_CUES:
        at = joined.find(word)
        while at >= 0:
            before, after = joined[at - 1 : at], joined[at + len(word) : at + len(word) + 1]
            if not (
                (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
            ):
                places.append(at)
            at = joined.find(word, at + 1)
    return np.unique(np.searchsorted(starts, np.asarray(places, np.int64), side="right") - 1)
