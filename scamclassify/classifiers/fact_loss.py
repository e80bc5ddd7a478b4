"""The loss of facts and their pairs that L-BFGS minimises, over several threads."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import TracebackType
from typing import Self

import numpy as np
import scipy.sparse as sp

from scamclassify.classifiers.typing_scams import PAIR_VALUE
from scamclassify.features.fact_kernel import hash_rows, loss_and_gradient, write_pairs

# Parts whose sums are added up in order, however many threads there are: the same digits.
_PARTS = 4


def merge_equal(
    X: sp.csr_matrix, y: np.ndarray, weights: np.ndarray
) -> tuple[sp.csr_matrix, np.ndarray, np.ndarray]:
    """Messages with the same facts and class as one, with the sum of their weights.

    More than half of the collected messages have a twin; their loss is the same.
    """
    keys = np.empty(len(y), dtype=np.uint64)
    hash_rows(X.indptr, X.indices, y, keys)
    _, first, place = np.unique(keys, return_index=True, return_inverse=True)
    return X[first], y[first], np.bincount(place, weights)


class FactLoss:
    """Weighted logistic loss of messages' facts and pairs, to be used in a ``with``.

    Parameters
    ----------
    X : scipy.sparse.csr_matrix, shape (n_messages, n_facts)
        Active facts, sorted.
    used : numpy.ndarray of int, shape (n_used,)
        Facts and pairs that have a weight, in increasing order.
    y : numpy.ndarray of int, shape (n_messages,)
    weights : numpy.ndarray of float64, shape (n_messages,)
    n_jobs : int, default=1
        Threads.
    """

    def __init__(
        self,
        X: sp.csr_matrix,
        used: np.ndarray,
        y: np.ndarray,
        weights: np.ndarray,
        n_jobs: int = 1,
    ) -> None:
        X, y, weights = merge_equal(X, y, weights)
        n_facts = X.shape[1]
        place = np.full(n_facts * (n_facts + 1) // 2, -1, dtype=np.int32)
        place[used] = np.arange(len(used))
        starts, columns = write_pairs(X.indptr, X.indices, n_facts, place)
        n_single = int(np.searchsorted(used, n_facts))
        bounds = np.linspace(0, len(y), _PARTS + 1).astype(int)
        self._parts = [
            partial(
                loss_and_gradient, starts[a : b + 1], columns, n_single, PAIR_VALUE, y[a:b],
                weights[a:b],
            )
            for a, b in itertools.pairwise(bounds)
        ]  # fmt: skip
        self._pool = ThreadPoolExecutor(min(n_jobs, _PARTS)) if n_jobs > 1 else None

    def __call__(self, table: np.ndarray) -> tuple[float, np.ndarray]:
        """Loss and gradient at a table of weights (1 + n_used, n_classes), the bias first."""

        def one(part) -> tuple[float, np.ndarray]:
            gradient = np.zeros_like(table)
            return part(table[1:], table[0], gradient[1:], gradient[0]), gradient

        sums = list((map if self._pool is None else self._pool.map)(one, self._parts))
        gradient = sums[0][1]
        for _, more in sums[1:]:
            gradient += more
        return sum(loss for loss, _ in sums), gradient

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown()
