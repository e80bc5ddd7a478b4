"""Samples that depend on the messages alone: the same ids give the same sample everywhere."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd


def id_order(ids, salt: str) -> np.ndarray:
    """A random-looking order of messages that depends on their ids and a salt only.

    Parameters
    ----------
    ids : iterable of str, length n
    salt : str
        Another salt gives another order.

    Returns
    -------
    numpy.ndarray of uint64, shape (n,)
        Sort by it.

    Examples
    --------
    >>> a, b = id_order(["x-1", "x-2"], "seed 0")
    >>> bool(a < b)
    False
    """
    salted = salt.encode() + b"\x00"
    digests = b"".join(
        hashlib.blake2b(salted + str(one).encode("utf-8", "surrogatepass"), digest_size=8).digest()
        for one in ids
    )
    return np.frombuffer(digests, dtype="<u8")


def within_sample(
    frame: pd.DataFrame, most: int, salt: str, *, whole_corpus: bool = False
) -> np.ndarray:
    """At most so many messages of each source: scams first, up to half of the places.

    Parameters
    ----------
    frame : pandas.DataFrame
        With ``id``, ``label``, ``language``, ``source`` and ``origin``.
    most : int
    salt : str
    whole_corpus : bool, default=False
        Whether all authored messages are in; else each language of them is a source.

    Returns
    -------
    numpy.ndarray of bool, shape (n_messages,)
        A larger sample with the same salt contains a smaller one's scams and its others,
        as far as their numbers grow.

    Examples
    --------
    >>> frame = pd.DataFrame({"id": list("abcd"), "label": ["ham", "ham", "ham", "scam"],
    ...                       "language": "en", "source": "s", "origin": "collected"})
    >>> within_sample(frame, 2, "0").sum(), within_sample(frame, 2, "0")[3]
    (np.int64(2), np.True_)
    """
    order = id_order(frame["id"], salt)
    scam = frame["label"].eq("scam").to_numpy()
    authored = frame["origin"].eq("authored").to_numpy()
    names = frame["source"].to_numpy(dtype=object).astype(str)
    names = np.where(authored, "\x00" + frame["language"].to_numpy(dtype=object).astype(str), names)
    chosen = authored & whole_corpus
    sampled = np.flatnonzero(~chosen)
    for name in sorted(set(names[sampled])):
        rows = sampled[names[sampled] == name]
        scams, others = rows[scam[rows]], rows[~scam[rows]]
        n_scam = min(len(scams), max(most // 2, most - len(others)))
        for part, count in ((scams, n_scam), (others, most - n_scam)):
            chosen[part[np.argsort(order[part], kind="stable")][:count]] = True
    return chosen


def first_of(rows: np.ndarray, order: np.ndarray, count: int) -> np.ndarray:
    """The first ``count`` of rows in an order, as sorted row numbers."""
    return np.sort(rows[np.argsort(order[rows], kind="stable")][:count])
