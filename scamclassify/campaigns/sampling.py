"""Which messages of each campaign are looked at closely: the same ones in any order of rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Sample:
    """Distinct messages of campaigns.

    Attributes
    ----------
    rows : numpy.ndarray of int64, shape (m,)
        One row of each distinct text, sorted by campaign, then by the text's hash.
    campaigns : numpy.ndarray of int64, shape (m,)
    copies : numpy.ndarray of int64, shape (m,)
        Messages of the campaign with this text.
    scale : numpy.ndarray of float64, shape (n_campaigns,)
        Messages of each campaign for one in the sample; 1 where all of them are.
    """

    rows: np.ndarray
    campaigns: np.ndarray
    copies: np.ndarray
    scale: np.ndarray

    def smaller(self, budget: int, n_campaigns: int) -> Sample:
        """A part of it with at most ``budget`` texts, at least one a campaign."""
        keep = _first_of_each(self.campaigns, budget, n_campaigns)
        return _sample(
            self.rows[keep], self.campaigns[keep], self.copies[keep],
            np.bincount(self.campaigns, self.copies, n_campaigns) * self.scale,
        )  # fmt: skip


def sample_members(campaigns: np.ndarray, hashes: np.ndarray, budget: int) -> Sample:
    """Choose distinct messages of every campaign.

    Parameters
    ----------
    campaigns : numpy.ndarray of int64, shape (n,)
        Campaign of each message, -1 for none.
    hashes : numpy.ndarray of uint64, shape (n,)
        Of the texts.
    budget : int
        Most texts in all; each campaign gets the same number, at least one, while it has
        as many.

    Returns
    -------
    Sample

    Examples
    --------
    >>> sample = sample_members(np.array([0, 0, -1, 0]), np.array([5, 5, 1, 2], np.uint64), 9)
    >>> sample.rows.tolist(), sample.copies.tolist()
    ([3, 0], [1, 2])
    """
    rows = np.flatnonzero(campaigns >= 0)
    rows = rows[np.lexsort((hashes[rows], campaigns[rows]))]
    codes, texts = campaigns[rows], hashes[rows]
    n_campaigns = int(campaigns.max(initial=-1)) + 1
    sizes = np.bincount(codes, minlength=n_campaigns)
    first = np.ones(len(rows), dtype=bool)
    first[1:] = (codes[1:] != codes[:-1]) | (texts[1:] != texts[:-1])
    copies = np.diff(np.append(np.flatnonzero(first), len(rows)))
    rows, codes = rows[first], codes[first]
    keep = _first_of_each(codes, budget, n_campaigns)
    return _sample(rows[keep], codes[keep], copies[keep], sizes)


def _sample(rows: np.ndarray, codes: np.ndarray, copies: np.ndarray, sizes: np.ndarray) -> Sample:
    seen = np.bincount(codes, copies, len(sizes))
    return Sample(rows, codes, copies, sizes / np.maximum(seen, 1))


def _first_of_each(codes: np.ndarray, budget: int, n_campaigns: int) -> np.ndarray:
    """Mask of the first k rows of each campaign, k as large as the budget allows."""
    counts = np.bincount(codes, minlength=n_campaigns)
    low, high = 1, max(1, int(counts.max(initial=1)))
    while low < high:
        middle = (low + high + 1) // 2
        if np.minimum(counts, middle).sum() <= budget:
            low = middle
        else:
            high = middle - 1
    starts = np.cumsum(counts) - counts
    return np.arange(len(codes)) - starts[codes] < low
