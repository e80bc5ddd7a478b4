"""Which messages are trained on where there are more than are of use."""

from __future__ import annotations

import numpy as np


def sample_evenly(cells: np.ndarray, most: int, random_state: int | None) -> np.ndarray:
    """Choose messages so that the largest cells are cut first, to one common size.

    Parameters
    ----------
    cells : numpy.ndarray of int, shape (n,)
        Cell of each message, from 0: its source, or its source and label.
    most : int
        Messages that may be chosen.
    random_state : int, optional
        Seed.

    Returns
    -------
    numpy.ndarray of int64, shape (m,)
        In increasing order; all where there are no more than ``most``.

    Examples
    --------
    >>> np.array([0, 0, 0, 0, 1, 1])[sample_evenly(np.array([0, 0, 0, 0, 1, 1]), 4, 0)].tolist()
    [0, 0, 1, 1]
    """
    n = len(cells)
    if n <= most:
        return np.arange(n)
    sizes = np.bincount(cells)
    # The size to which cells are cut: what the smaller ones leave is shared by the larger.
    ordered = np.sort(sizes)
    before = np.concatenate([[0], np.cumsum(ordered)[:-1]])
    levels = (most - before) // np.arange(len(ordered), 0, -1)
    level = max(int(levels[np.argmax(levels < ordered)]), 1)
    shuffled = np.random.default_rng(random_state).permutation(n)
    shuffled = shuffled[np.argsort(cells[shuffled], kind="stable")]
    place = np.arange(n) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.sort(shuffled[place < level])
