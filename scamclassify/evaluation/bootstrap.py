"""Bootstrap intervals that respect groups: near-duplicates are drawn together.

Messages of one campaign are not independent, so whole groups are resampled (the cluster
bootstrap of Davison and Hinkley, *Bootstrap Methods and their Application*, 1997, 3.8).
A resample is a vector of weights, one per message; no model is fitted again.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

#: Weights held in memory at a time; 2 million of 8 bytes are 16 MB.
_BLOCK = 2_000_000


def group_numbers(groups) -> np.ndarray:
    """Number the groups from 0 without gaps, in order of their sorted values.

    Parameters
    ----------
    groups : array-like of shape (n_messages,)

    Returns
    -------
    numpy.ndarray of int64, shape (n_messages,)

    Examples
    --------
    >>> group_numbers(["b", "a", "b"]).tolist()
    [1, 0, 1]
    """
    return np.unique(np.asarray(groups), return_inverse=True)[1].astype(np.int64).ravel()


def resample_weights(
    groups: np.ndarray, n_boot: int, rng: np.random.Generator
) -> Iterator[np.ndarray]:
    """Yield blocks of resamples as weights of the messages.

    Parameters
    ----------
    groups : numpy.ndarray of int64, shape (n_messages,)
        As :func:`group_numbers` gives them.
    n_boot : int
        Number of resamples in all blocks together.
    rng : numpy.random.Generator

    Yields
    ------
    numpy.ndarray of float64, shape (n_resamples_of_the_block, n_messages)
        How often the group of each message was drawn.

    Examples
    --------
    >>> blocks = resample_weights(np.array([0, 0, 1]), 2, np.random.default_rng(0))
    >>> weights = np.concatenate(list(blocks))
    >>> bool((weights[:, 0] == weights[:, 1]).all()), (weights[:, 0] + weights[:, 2]).tolist()
    (True, [2.0, 2.0])
    """
    n_groups = int(groups.max()) + 1
    step = max(1, _BLOCK // max(len(groups), 1))
    for start in range(0, n_boot, step):
        rows = min(step, n_boot - start)
        drawn = rng.integers(n_groups, size=(rows, n_groups))
        drawn += np.arange(rows)[:, None] * n_groups
        counts = np.bincount(drawn.ravel(), minlength=rows * n_groups).astype(np.float64)
        yield counts.reshape(rows, n_groups)[:, groups]


def percentile_interval(samples: np.ndarray, confidence: float) -> tuple[float, float]:
    """Percentile interval of the resamples in which the figure is defined.

    Parameters
    ----------
    samples : numpy.ndarray of float64, shape (n_boot,)
        NaN where a resample did not define the figure.
    confidence : float
        Share of the resamples that the interval covers.

    Returns
    -------
    low, high : float
        NaN if fewer than two resamples define the figure.

    Examples
    --------
    >>> percentile_interval(np.arange(101.0), 0.5)
    (25.0, 75.0)
    """
    samples = samples[~np.isnan(samples)]
    if len(samples) < 2:
        return np.nan, np.nan
    tail = (1 - confidence) / 2
    low, high = np.quantile(samples, [tail, 1 - tail])
    return float(low), float(high)


def certain_rate_interval(rate: float, n: int, confidence: float) -> tuple[float, float]:
    """Exact interval of a rate that is 0 or 1, where every resample repeats it.

    The interval of Clopper and Pearson (*Biometrika* 26, 1934). ``n`` should be the number
    of independent trials, so of groups.

    Examples
    --------
    >>> low, high = certain_rate_interval(0.0, 100, 0.95)
    >>> low, round(high, 4)
    (0.0, 0.0362)
    """
    bound = float(((1 - confidence) / 2) ** (1 / n))
    return (bound, 1.0) if rate == 1 else (0.0, 1 - bound)
