"""Signatures of messages: what campaigns are made from, on one machine or many."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from scamclassify.text.codepoints import encode_texts
from scamclassify.text.minhash import N_VALUES, sign_templates
from scamclassify.text.minhash_kernel import hash_texts
from scamclassify.text.repair import repair_batch
from scamclassify.text.template import mask_encoded

# Small enough that a block's arrays stay in the processor's cache.
_BLOCK = 8192
_MOST_THREADS = 8


@dataclass(frozen=True)
class SignedTexts:
    """Distinct templates of texts, in an order that does not depend on that of the texts.

    Attributes
    ----------
    template : numpy.ndarray of int64, shape (n,)
        Which template each text has.
    exact : numpy.ndarray of uint64, shape (m,)
        Hash of each template, ascending.
    lengths : numpy.ndarray of int32, shape (m,)
        Characters of each template.
    counts : numpy.ndarray of int64, shape (m,)
        Texts of each template.
    signatures : numpy.ndarray of uint32, shape (m, N_VALUES)
    hashes : numpy.ndarray of uint64, shape (n,)
        Hash of each text as it came.
    """

    template: np.ndarray
    exact: np.ndarray
    lengths: np.ndarray
    counts: np.ndarray
    signatures: np.ndarray
    hashes: np.ndarray


def signatures(texts: Sequence[str]) -> np.ndarray:
    """MinHash signatures of messages under repair and masking.

    Two messages share a value with the probability of the Jaccard similarity of their
    templates' character 4-grams. The values depend on the text alone, so that parts of a
    dump can be signed on different machines and days.

    Parameters
    ----------
    texts : sequence of str
        Length n.

    Returns
    -------
    numpy.ndarray of uint32, shape (n, 64)

    Examples
    --------
    >>> one, other = signatures(["Pay R M 5 at a.com/1", "pay RM70 at b . com / 2"])
    >>> bool((one == other).all())
    True
    """
    signed = sign_texts(texts)
    return signed.signatures[signed.template]


def sign_texts(texts: Sequence[str]) -> SignedTexts:
    """Signatures of the distinct templates of messages.

    Parameters
    ----------
    texts : sequence of str
        Length n.

    Returns
    -------
    SignedTexts

    Examples
    --------
    >>> signed = sign_texts(["Pay 5 at a.com/1", "hello there", "pay 70 at b.com/2"])
    >>> signed.counts[signed.template].tolist()
    [2, 1, 2]
    """
    with ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1)) as pool:
        blocks = (texts[start : start + _BLOCK] for start in range(0, len(texts), _BLOCK))
        done = list(pool.map(_sign_block, blocks))
    if not done:
        empty = np.zeros(0, dtype=np.int64)
        return SignedTexts(
            empty, empty.astype(np.uint64), empty.astype(np.int32), empty,
            np.zeros((0, N_VALUES), dtype=np.uint32), empty.astype(np.uint64),
        )  # fmt: skip
    found, lengths, signed, places, hashes = (list(part) for part in zip(*done, strict=True))
    exact, first, where = np.unique(np.concatenate(found), return_index=True, return_inverse=True)
    sizes = np.cumsum([0, *map(len, found)])
    template = np.concatenate(
        [where[low + place] for low, place in zip(sizes[:-1], places, strict=True)]
    )
    out = np.empty((len(exact), N_VALUES), dtype=np.uint32)
    # Block by block, each freed in turn: the signatures are the bulk of the memory.
    rank = np.full(sizes[-1], -1, dtype=np.int64)
    rank[first] = np.arange(len(exact))
    for number in range(len(signed)):
        target = rank[sizes[number] : sizes[number + 1]]
        out[target[target >= 0]] = signed[number][target >= 0]
        signed[number] = None
    return SignedTexts(
        template=template,
        exact=exact,
        lengths=np.concatenate(lengths)[first],
        counts=np.bincount(template, minlength=len(exact)),
        signatures=out,
        hashes=np.concatenate(hashes),
    )


def _rows_with_burmese(codes: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    places = np.flatnonzero((codes >= 0x1000) & (codes <= 0x109F))
    return np.unique(np.searchsorted(offsets, places, side="right") - 1)


def _repaired(texts: list[str], rows: np.ndarray) -> list[str]:
    return list(repair_batch([texts[row] for row in rows.tolist()]).texts)


def _sign_block(texts: Sequence[str]) -> tuple[np.ndarray, ...]:
    """Hashes, lengths, signatures of a block's distinct templates; place and hash of each text."""
    encoded = encode_texts(texts)
    hashes = hash_texts(*encoded)
    # The one disguise that a template does not see through is another encoding of Burmese.
    burmese = _rows_with_burmese(*encoded)
    if len(burmese):
        texts = list(texts)
        for row, text in zip(burmese.tolist(), _repaired(texts, burmese), strict=True):
            texts[row] = text
        encoded = encode_texts(texts)
    codes, starts, exact = mask_encoded(*encoded)
    found, first, place = np.unique(exact, return_index=True, return_inverse=True)
    lengths = (starts[first + 1] - starts[first]).astype(np.int32)
    return found, lengths, sign_templates(codes, starts, first), place, hashes
