"""Signals: the shape of a message, cut into bins, as facts beside the concepts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np

from scamclassify.features.signal_kernel import (
    MEASURES,
    MOST,
    bin_batch,
    ending_hash,
    measure_batch,
    signal_kinds,
)
from scamclassify.text.codepoints import char_classes, encode_texts

# Last labels of host names that messages of the region hold; ``text.links`` parses exactly.
_ENDINGS = (
    "com net org info biz io co me app dev xyz top vip shop site online live club icu win bet "
    "link click asia pro cfd life tv fun store world today cyou sbs lol page bond ly gl gd cc ws "
    "pw to be us uk in gov edu mobi name tech space website cloud group fit work loan casino "
    "poker games download zip mov sg my id th vn ph mm kh la tl bn cn hk tw pt eu jp kr au ru"
).split()

#: For each signal: how it is made from the measures, and the edges of its bins.
SIGNALS: dict[str, tuple[float, ...]] = {
    "length": (15, 35, 70, 110, 160, 250),
    "digit_share": (0.0001, 0.03, 0.08, 0.2),
    "links": (1, 2),
    "phones": (1, 2),
    "questions": (1, 2),
    "emoji": (1, 3),
    "numbers": (1, 2, 4, 8),
    "codes": (1, 2),
    "currency": (1,),
    "percent": (1,),
    "brackets": (1,),
    "handles": (1,),
    "plus": (1,),
    "name_numbers": (1,),
    "lucky_names": (1,),
}


@cache
def _ending_hashes() -> np.ndarray:
    hashes = np.array(sorted({ending_hash(ending) for ending in _ENDINGS}), dtype=np.uint64)
    hashes.setflags(write=False)
    return hashes


@cache
def _tables() -> tuple[np.ndarray, ...]:
    """Kinds and classes of characters and endings of hosts, as the kernels take them."""
    return signal_kinds(char_classes()), char_classes(), _ending_hashes()


@cache
def signal_names() -> tuple[str, ...]:
    """Names of the columns of :func:`signal_bins`, such as ``"links=1"``.

    Examples
    --------
    >>> signal_names()[:2]
    ('length<15', 'length=15..35')
    """
    names = []
    for signal, edges in SIGNALS.items():
        names.append(f"{signal}<{edges[0]:g}" if edges[0] > 1 else f"{signal}=0")
        names += [f"{signal}={low:g}..{high:g}" for low, high in pairwise(edges)]
        names.append(f"{signal}>={edges[-1]:g}")
    return tuple(names)


def measure(codes: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Measure an encoded batch.

    Parameters
    ----------
    codes, offsets : numpy.ndarray
        As :func:`scamclassify.text.codepoints.encode_texts` returns them.

    Returns
    -------
    numpy.ndarray of float32, shape (n_texts, len(MEASURES))
        Columns as in ``scamclassify.features.signal_kernel.MEASURES``.
    """
    out = np.zeros((len(offsets) - 1, len(MEASURES)), dtype=np.float32)
    measure_batch(codes, offsets, *_tables(), out)
    return out


def signal_bins(codes: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Column that each signal of each text falls into.

    Returns
    -------
    numpy.ndarray of int32, shape (n_texts, len(SIGNALS))
        Values index :func:`signal_names`.
    """
    bins = np.empty((len(offsets) - 1, len(SIGNALS)), dtype=np.int32)
    bin_batch(codes, offsets, *_tables(), *_bins(), bins)
    return bins


@cache
def _bins() -> tuple[np.ndarray, ...]:
    """The signals as :func:`bin_batch` takes them."""
    of = {"length": "characters", "digit_share": "digits"}
    columns = np.array([MEASURES.index(of.get(signal, signal)) for signal in SIGNALS])
    shares = [s for s, signal in enumerate(SIGNALS) if signal.endswith("_share")]
    counts = np.arange(MOST + 1)
    places = np.empty((len(SIGNALS), MOST + 1), dtype=np.int32)
    first = 0
    for s, edges in enumerate(SIGNALS.values()):
        places[s] = first if s in shares else first + np.searchsorted(edges, counts, "right")
        first += len(edges) + 1
    all_edges = [*SIGNALS.values()]
    share_edges = np.array([all_edges[s] for s in shares], dtype=np.float32)
    return columns, places, np.array(shares), share_edges


def describe_signals(texts: Sequence[str]) -> list[dict[str, int]]:
    """Measures of texts under their names, for people.

    Examples
    --------
    >>> signals = describe_signals(["Pay 50 now at bit.ly/x1!"])[0]
    >>> signals["links"], signals["shout"], signals["numbers"]
    (1, 1, 2)
    """
    table = measure(*encode_texts(texts)).astype(int)
    return [dict(zip(MEASURES, row.tolist(), strict=True)) for row in table]
