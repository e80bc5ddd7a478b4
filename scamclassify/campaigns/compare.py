"""What became of campaigns between two dumps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from scamclassify.campaigns.clustering import THRESHOLD, match_signatures
from scamclassify.campaigns.document import STATUSES, CampaignDocument, load_campaigns
from scamclassify.campaigns.words import count_words, marking_words

if TYPE_CHECKING:
    import pandas as pd

#: Factor by which a campaign's share of the messages must change ...
FACTOR = 1.5
#: ... and how improbable as much may be if its share is the same.
LEVEL = 0.01


def statuses(
    old_sizes: np.ndarray, new_sizes: np.ndarray, n_old: int, n_new: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Statuses of campaigns from their sizes in two dumps.

    Parameters
    ----------
    old_sizes, new_sizes : numpy.ndarray of int64, shape (n,)
        0 where a campaign was not seen.
    n_old, n_new : int
        Messages of the dumps.

    Returns
    -------
    statuses : numpy.ndarray of str, shape (n,)
        ``new`` (not in the old dump), ``gone`` (not in the new one), ``growing`` or
        ``dying`` (its share of the messages has changed by a factor of 1.5 and by more than
        chance explains), else ``steady``.
    ratios : numpy.ndarray of float64, shape (n,)
        New share over old share; not a number where that was 0.
    p_values : numpy.ndarray of float64, shape (n,)
        Probability of as large a change in that direction if the share is the same.

    Notes
    -----
    Given its size in both dumps together, the new one's is binomial with the new dump's part
    of all messages if the share is the same (the conditional test of two Poisson rates [1]_).

    References
    ----------
    .. [1] J. Przyborowski and H. Wilenski, "Homogeneity of results in testing samples from
       Poisson series", Biometrika 31 (1940).

    Examples
    --------
    >>> statuses(np.array([0, 50, 50, 50, 3]), np.array([9, 0, 200, 52, 6]), 1000, 1000)[0].tolist()
    ['new', 'gone', 'growing', 'steady', 'steady']
    """
    from scipy.stats import binom

    old_sizes, new_sizes = np.asarray(old_sizes), np.asarray(new_sizes)
    part = n_new / max(n_old + n_new, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = (new_sizes / max(n_new, 1)) / (old_sizes / max(n_old, 1))
    ratios = np.where(old_sizes > 0, ratios, np.nan)
    both = old_sizes + new_sizes
    more = ratios > 1
    p_values = np.where(more, binom.sf(new_sizes - 1, both, part), binom.cdf(new_sizes, both, part))
    found = np.full(len(both), "steady", dtype="<U7")
    sure = p_values <= LEVEL
    found[sure & (ratios >= FACTOR)] = "growing"
    found[sure & (ratios <= 1 / FACTOR)] = "dying"
    found[new_sizes == 0] = "gone"
    found[old_sizes == 0] = "new"
    return found, ratios, p_values


@dataclass(frozen=True)
class CampaignChanges:
    """Campaigns of two dumps side by side.

    Attributes
    ----------
    table : pandas.DataFrame
        One row a campaign: ``id, status, old_size, new_size, old_share, new_share, ratio,
        p_value, label, exemplar``; the largest in either dump first.
    counts : dict of str to int
        Campaigns of each status.
    messages : dict of str to int
        Messages of each status, of the new dump; of ``gone`` those of the old one.
    words : list of str
        Words that mark the exemplars of new campaigns beside those of the others.
    """

    table: pd.DataFrame = field(repr=False)
    counts: dict[str, int]
    messages: dict[str, int]
    words: list[str]


def compare_campaigns(
    old: CampaignDocument | str | Path, new: CampaignDocument | str | Path
) -> CampaignChanges:
    """New, growing, steady, dying and gone campaigns between two dumps.

    Parameters
    ----------
    old, new : CampaignDocument or path

    Returns
    -------
    CampaignChanges

    Raises
    ------
    InputFileError
        If a file is no campaign document.

    Notes
    -----
    A campaign of the new document is one of the old if they share an id (merged ones
    included), else if their signatures are at least half alike.

    Examples
    --------
    >>> from scamclassify.campaigns.document import Campaign
    >>> def document(*campaigns):
    ...     return CampaignDocument("2026-01-02T03:04:05Z", "0.1.0", 1000, {}, campaigns)
    >>> changes = compare_campaigns(
    ...     document(Campaign("c-000000000000000a", 20), Campaign("c-000000000000000b", 20)),
    ...     document(Campaign("c-000000000000000a", 90), Campaign("c-000000000000000c", 4)))
    >>> changes.table["id"].str[-1].tolist(), changes.table["status"].tolist()
    (['a', 'b', 'c'], ['growing', 'gone', 'new'])
    """
    import pandas as pd

    old = old if isinstance(old, CampaignDocument) else load_campaigns(old)
    new = new if isinstance(new, CampaignDocument) else load_campaigns(new)
    earlier = [one for one in old.campaigns if one.size]
    later = [one for one in new.campaigns if one.size]
    matched = _match(old, new)
    old_sizes = [sum(earlier[place].size for place in places) for places in matched]
    left = sorted(set(range(len(earlier))).difference(*matched))
    rows = [*later, *(earlier[place] for place in left)]
    old_counts = np.array([*old_sizes, *(earlier[place].size for place in left)], dtype=np.int64)
    new_counts = np.array([*(one.size for one in later), *(0 for _ in left)], dtype=np.int64)
    found, ratios, p_values = statuses(old_counts, new_counts, old.n_messages, new.n_messages)
    table = pd.DataFrame(
        {
            "id": [one.id for one in rows],
            "status": found.tolist(),
            "old_size": old_counts,
            "new_size": new_counts,
            "old_share": old_counts / max(old.n_messages, 1),
            "new_share": new_counts / max(new.n_messages, 1),
            "ratio": ratios,
            "p_value": p_values,
            "label": [one.label for one in rows],
            "exemplar": [next(iter(one.exemplars), None) for one in rows],
        }
    )
    order = np.lexsort((table["id"], -np.maximum(old_counts, new_counts)))
    seen = np.where(found == "gone", old_counts, new_counts)
    return CampaignChanges(
        table=table.iloc[order].reset_index(drop=True),
        counts={status: int((found == status).sum()) for status in STATUSES},
        messages={status: int(seen[found == status].sum()) for status in STATUSES},
        words=_words([(one.exemplars, status) for one, status in zip(rows, found, strict=True)]),
    )


def _match(old: CampaignDocument, new: CampaignDocument) -> list[list[int]]:
    """Places of the earlier campaigns that each later one continues, each of them once."""
    earlier = [one for one in old.campaigns if one.size]
    later = [one for one in new.campaigns if one.size]
    places = {name: k for k, one in enumerate(earlier) for name in (one.id, *one.merged)}
    taken: set[int] = set()
    matched: list[list[int]] = []
    for one in later:
        own = sorted({places[name] for name in (one.id, *one.merged) if name in places} - taken)
        taken.update(own)
        matched.append(own)
    size = max((len(one.signature) for one in (*earlier, *later)), default=0)
    free = [k for k, one in enumerate(earlier) if k not in taken and len(one.signature) == size]
    unknown = [k for k, one in enumerate(later) if not matched[k] and len(one.signature) == size]
    if size and free and unknown:
        best = match_signatures(
            np.array([earlier[k].signature for k in free], dtype=np.uint32),
            np.array([later[k].signature for k in unknown], dtype=np.uint32),
            THRESHOLD,
        )
        for k, place in zip(unknown, best.tolist(), strict=True):
            if place >= 0 and free[place] not in taken:
                matched[k] = [free[place]]
                taken.add(free[place])
    return matched


def _words(rows: list[tuple[tuple[str, ...], str]]) -> list[str]:
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for exemplars, status in rows:
        # One message a campaign: its exemplars are copies of each other.
        (inside if status == "new" else outside).update(count_words(exemplars[:1]))
    # What marks one new campaign among many is of interest as well.
    return marking_words(inside, 1, outside, 12) if inside else []
