"""Clusters of signatures, in linear time and the same whatever their order."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from scamclassify.campaigns.cluster_kernel import (
    best_matches,
    join_band,
    members_by_root,
    split_by_medoid,
)
from scamclassify.text.minhash import sorted_bands
from scamclassify.text.minhash_kernel import hash_signatures

#: Least similarity of two messages that are joined.
THRESHOLD = 0.5
# Leaders of joined clusters, and a message and its cluster's medoid, must be this alike.
_GUARD = 0.7
_WINDOW = 3
_SAMPLES = 24
_ROUNDS = 12


@dataclass(frozen=True)
class Clusters:
    """Clusters of signatures.

    Attributes
    ----------
    labels : numpy.ndarray of int64, shape (n,)
        Cluster of each signature.
    medoids : numpy.ndarray of int64, shape (n_clusters,)
        Number of the signature that stands for each cluster.
    """

    labels: np.ndarray
    medoids: np.ndarray


def cluster_signatures(
    signatures: np.ndarray, counts: np.ndarray | None = None, threshold: float = THRESHOLD
) -> Clusters:
    """Cluster MinHash signatures by their estimated Jaccard similarity.

    Parameters
    ----------
    signatures : numpy.ndarray of uint32, shape (n, 64)
        As :func:`~scamclassify.campaigns.signatures.signatures` gives them; best without
        repeats.
    counts : numpy.ndarray of int64, shape (n,), optional
        How many messages have each signature; by default 1.
    threshold : float, default=0.5
        Least similarity of two messages that are joined, from 0 (exclusive) to 1.

    Returns
    -------
    Clusters
        Every signature is in one, if need be alone. The clusters do not depend on the order
        of the rows; their numbers do.

    Raises
    ------
    ValueError
        If the threshold or a shape is wrong.

    Notes
    -----
    Banding (16 bands of 4 values) proposes pairs, in the manner of Indyk and Motwani [1]_;
    within a bucket a row meets only its neighbours under the next value and the bucket's
    first row, so cost is linear. A pair is joined if the estimated similarity reaches the
    threshold and the leaders of both clusters reach 0.7 of it; afterwards every member must
    reach 0.7 of it with its cluster's medoid, or it leaves.

    References
    ----------
    .. [1] P. Indyk and R. Motwani, "Approximate nearest neighbors: towards removing the curse
       of dimensionality", 1998.

    Examples
    --------
    >>> from scamclassify.campaigns.signatures import signatures
    >>> made = signatures(["Your parcel 123 is held, pay at a.com/x", "lunch at noon today?",
    ...                    "Your parcel 77 is held! pay now at b.top/y"])
    >>> labels = cluster_signatures(made).labels
    >>> bool(labels[0] == labels[2]), bool(labels[0] == labels[1])
    (True, False)
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold must lie in (0, 1], got {threshold!r}")
    if signatures.ndim != 2:
        raise ValueError(f"signatures must have two dimensions, got shape {signatures.shape}")
    n, k = signatures.shape
    weights = np.ones(n, dtype=np.int64) if counts is None else np.asarray(counts, dtype=np.int64)
    if weights.shape != (n,):
        raise ValueError(f"{n} signatures but counts of shape {weights.shape} were given")
    if n == 0:
        return Clusters(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    canonical = np.argsort(hash_signatures(signatures), kind="stable")
    ordered = np.ascontiguousarray(signatures[canonical], dtype=np.uint32)
    weights = weights[canonical]
    least, guard = math.ceil(threshold * k), math.ceil(_GUARD * threshold * k)
    parents, leaders = np.arange(n), np.arange(n)
    for order, keys in sorted_bands(ordered):
        join_band(order, keys, ordered, weights, least, guard, _WINDOW, parents, leaders)
    members, bounds = members_by_root(parents)
    labels, medoids = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    n_clusters = split_by_medoid(
        members, bounds, ordered, weights, guard, _SAMPLES, _ROUNDS, labels, medoids
    )
    out = np.empty(n, dtype=np.int64)
    out[canonical] = labels
    return Clusters(out, canonical[medoids[:n_clusters]])


def match_signatures(old: np.ndarray, new: np.ndarray, threshold: float = THRESHOLD) -> np.ndarray:
    """Which of some earlier signatures each new one is most alike to.

    Parameters
    ----------
    old, new : numpy.ndarray of uint32, shapes (m, 64) and (n, 64)
    threshold : float, default=0.5
        Least similarity.

    Returns
    -------
    numpy.ndarray of int64, shape (n,)
        Row of ``old``, or -1.

    Raises
    ------
    ValueError
        If the numbers of values differ.

    Examples
    --------
    >>> from scamclassify.campaigns.signatures import signatures
    >>> made = signatures(["Your parcel 123 is held, pay at a.com/x", "lunch at noon today?"])
    >>> match_signatures(made[:1], made).tolist()
    [0, -1]
    """
    best = np.full(len(new), -1, dtype=np.int64)
    if len(old) == 0 or len(new) == 0:
        return best
    if old.shape[1] != new.shape[1]:
        raise ValueError(
            f"signatures of {old.shape[1]} and of {new.shape[1]} values cannot be compared"
        )
    both = np.ascontiguousarray(np.concatenate([old, new]), dtype=np.uint32)
    shared = np.zeros(len(new), dtype=np.int64)
    least = math.ceil(threshold * both.shape[1])
    for order, keys in sorted_bands(both):
        best_matches(order, keys, len(old), both, least, 4, best, shared)
    return best
