"""Ids of campaigns: which clusters are one, and which were there before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scamclassify.campaigns.clustering import Clusters, match_signatures
from scamclassify.campaigns.document import Campaign
from scamclassify.text.minhash_kernel import hash_signatures

# Share of a cluster's messages that must be alike to an earlier campaign, where the
# cluster's medoid is not.
_LEAST_SHARE = 0.25


@dataclass(frozen=True)
class Identified:
    """Campaigns of a dump.

    Attributes
    ----------
    campaign : numpy.ndarray of int64, shape (n_clusters,)
        Campaign of each cluster, -1 for clusters that are none.
    ids : list of str
    medoids : list of int
        Number of the signature that stands for each campaign.
    earlier : list of (Campaign or None)
        What each campaign was in the earlier document.
    merged : list of tuple of str
        Ids of earlier campaigns that have become part of each.
    gone : list of Campaign
        Earlier campaigns without a message.
    """

    campaign: np.ndarray
    ids: list[str]
    medoids: list[int]
    earlier: list[Campaign | None]
    merged: list[tuple[str, ...]]
    gone: list[Campaign]


def identify_campaigns(
    clusters: Clusters,
    signatures: np.ndarray,
    counts: np.ndarray,
    wanted: np.ndarray,
    previous: Sequence[Campaign],
    threshold: float,
) -> Identified:
    """Give clusters the ids of the earlier campaigns that they continue, or new ones.

    Parameters
    ----------
    clusters : Clusters
    signatures : numpy.ndarray of uint32, shape (n, 64)
    counts : numpy.ndarray of int64, shape (n,)
        Messages of each signature.
    wanted : numpy.ndarray of bool, shape (n_clusters,)
        Clusters that are campaigns even if they continue none.
    previous : sequence of Campaign
    threshold : float
        Least similarity to an earlier campaign's signature.

    Returns
    -------
    Identified
        Largest campaign first, then by id.

    Notes
    -----
    A cluster continues an earlier campaign if its medoid, or a quarter of its messages, is
    alike to that one's signature and to no other's more. An earlier campaign that nothing
    continues has become part of the cluster whose medoid is alike to it. Clusters that
    continue the same campaign are one. Of several earlier campaigns in one the first seen
    keeps its id, of those the largest.
    """
    sizes = np.bincount(clusters.labels, weights=counts, minlength=len(clusters.medoids))
    sizes = sizes.astype(np.int64)
    old = [one for one in previous if len(one.signature) == signatures.shape[1]]
    links = _links(clusters, signatures, counts, sizes, old, threshold)
    links += _swallowed(clusters, signatures, wanted, old, links, threshold)
    groups = _groups(links, len(clusters.medoids), wanted)
    hashes = hash_signatures(np.ascontiguousarray(signatures[clusters.medoids]))
    taken = {name for one in previous for name in (one.id, *one.merged)}
    found = []
    for members, olds in groups:
        # Ties go by content, so that the order of rows does not matter.
        lead = max(members, key=lambda c: (sizes[c], -int(hashes[c])))
        ranked = sorted((old[place] for place in olds), key=_age)
        found.append((members, int(sizes[members].sum()), lead, ranked))
    found.sort(key=lambda entry: (-entry[1], int(hashes[entry[2]])))
    campaign = np.full(len(clusters.medoids), -1, dtype=np.int64)
    ids, medoids, earlier, merged = [], [], [], []
    for number, (members, _, lead, ranked) in enumerate(found):
        campaign[members] = number
        medoids.append(int(clusters.medoids[lead]))
        earlier.append(ranked[0] if ranked else None)
        ids.append(ranked[0].id if ranked else _new_id(int(hashes[lead]), taken))
        names = {name for one in ranked for name in (one.id, *one.merged)}
        merged.append(tuple(sorted(names - {ids[-1]})))
    continued = {old[place].id for _, olds in groups for place in olds}
    gone = [one for one in previous if one.id not in continued]
    return Identified(campaign, ids, medoids, earlier, merged, gone)


def _age(campaign: Campaign) -> tuple[bool, str, int, str]:
    return campaign.first_seen is None, campaign.first_seen or "", -campaign.size, campaign.id


def _new_id(value: int, taken: set[str]) -> str:
    while (name := f"c-{value:016x}") in taken:
        value = (value + 1) % 2**64
    taken.add(name)
    return name


def _links(
    clusters: Clusters,
    signatures: np.ndarray,
    counts: np.ndarray,
    sizes: np.ndarray,
    old: list[Campaign],
    threshold: float,
) -> list[tuple[int, int]]:
    """Pairs of a cluster and the place of an earlier campaign that it continues."""
    if not old:
        return []
    earlier = np.array([one.signature for one in old], dtype=np.uint32)
    best = match_signatures(earlier, signatures, threshold)
    rows = np.flatnonzero(best >= 0)
    pairs = clusters.labels[rows] * len(old) + best[rows]
    keys, place = np.unique(pairs, return_inverse=True)
    votes = np.bincount(place, weights=counts[rows], minlength=len(keys))
    is_medoid = np.zeros(len(signatures), dtype=bool)
    is_medoid[clusters.medoids] = True
    by_medoid = np.bincount(place, weights=is_medoid[rows], minlength=len(keys)) > 0
    cluster, campaign = np.divmod(keys, len(old))
    enough = by_medoid | (votes >= _LEAST_SHARE * sizes[cluster])
    return list(zip(cluster[enough].tolist(), campaign[enough].tolist(), strict=True))


def _swallowed(
    clusters: Clusters,
    signatures: np.ndarray,
    wanted: np.ndarray,
    old: list[Campaign],
    links: list[tuple[int, int]],
    threshold: float,
) -> list[tuple[int, int]]:
    """Pairs of a cluster and an earlier campaign that would be gone, but is alike to it."""
    known = np.flatnonzero(wanted)
    known = np.union1d(known, np.array([cluster for cluster, _ in links], dtype=np.int64))
    left = sorted(set(range(len(old))) - {campaign for _, campaign in links})
    if not len(known) or not left:
        return []
    earlier = np.array([old[place].signature for place in left], dtype=np.uint32)
    best = match_signatures(signatures[clusters.medoids[known]], earlier, threshold)
    return [
        (int(known[cluster]), place)
        for place, cluster in zip(left, best.tolist(), strict=True)
        if cluster >= 0
    ]


def _groups(
    links: list[tuple[int, int]], n_clusters: int, wanted: np.ndarray
) -> list[tuple[list[int], list[int]]]:
    """Clusters and earlier campaigns that hang together, then the other wanted clusters."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    groups: dict[int, tuple[list[int], list[int]]] = {}
    linked = sorted({cluster for cluster, _ in links})
    olds = sorted({campaign for _, campaign in links})
    if links:
        first = {cluster: k for k, cluster in enumerate(linked)}
        second = {campaign: len(linked) + k for k, campaign in enumerate(olds)}
        rows = [first[cluster] for cluster, _ in links]
        columns = [second[campaign] for _, campaign in links]
        size = len(linked) + len(olds)
        graph = coo_matrix((np.ones(len(rows)), (rows, columns)), (size, size))
        component = connected_components(graph, directed=False)[1]
        for cluster, k in first.items():
            groups.setdefault(int(component[k]), ([], []))[0].append(cluster)
        for campaign, k in second.items():
            groups.setdefault(int(component[k]), ([], []))[1].append(campaign)
    alone = wanted.copy()
    alone[linked] = False
    return [*groups.values(), *(([int(c)], []) for c in np.flatnonzero(alone))]
