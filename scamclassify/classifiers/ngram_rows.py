"""N-grams of training messages, block by block: a million messages' are too many to keep."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy

import numpy as np
import scipy.sparse as sp

from scamclassify.features.ngram_score_kernel import CHAR_RANGE, WORD_NGRAMS
from scamclassify.features.ngrams import HashedNgramVectorizer

# Messages a block: small enough that its n-grams stay in the processor's caches.
_BLOCK = 512
# N-grams are kept, not hashed anew in each pass, up to so many characters (25 bytes each).
_KEPT_CHARACTERS = 25_000_000


class NgramRows:
    """Hashed n-grams of messages, as :class:`HashedNgramVectorizer` makes them.

    Parameters
    ----------
    texts : sequence of str
        Repaired.
    n_features : int
        Slots, a power of two.

    Examples
    --------
    >>> rows = NgramRows(["claim your prize", "see you", "free gift"], 2**10)
    >>> [(at.tolist(), X.shape) for at, X in rows[np.array([2, 0])].blocks()]
    [([0, 1], (2, 1024))]
    """

    def __init__(self, texts: Sequence[str], n_features: int) -> None:
        self.n_features = n_features
        self._texts = np.array(texts, dtype=object)
        self._rows = np.arange(len(self._texts))
        self._kept: sp.csr_matrix | None = None
        if sum(map(len, self._texts)) <= _KEPT_CHARACTERS:
            self._kept = self._hash(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, rows: np.ndarray) -> NgramRows:
        """Some of the messages; what was kept is shared."""
        if self._kept is None:
            return NgramRows(self._texts[rows], self.n_features)
        part = copy(self)
        part._rows = self._rows[rows]
        return part

    @property
    def texts(self) -> list[str]:
        """The messages."""
        return self._texts[self._rows].tolist()

    def _hash(self, rows: np.ndarray) -> sp.csr_matrix:
        vectorizer = HashedNgramVectorizer(self.n_features, CHAR_RANGE, WORD_NGRAMS)
        return vectorizer.transform(self._texts[rows])

    def blocks(
        self, order: np.ndarray | None = None, n_jobs: int = 1
    ) -> Iterator[tuple[np.ndarray, sp.csr_matrix]]:
        """The n-grams of all messages.

        Parameters
        ----------
        order : numpy.ndarray of int, optional
            Places of the messages in the order of the pass; by default as they come.
        n_jobs : int, default=1
            With more than one, other threads hash the next blocks while one is worked on.

        Yields
        ------
        places : numpy.ndarray of int
        X : scipy.sparse.csr_matrix of float32, shape (len(places), n_features)
        """
        order = np.arange(len(self)) if order is None else order
        parts = [order[start : start + _BLOCK] for start in range(0, len(order), _BLOCK)]
        if self._kept is not None or n_jobs == 1:
            make = self._hash if self._kept is None else self._kept.__getitem__
            for part in parts:
                yield part, make(self._rows[part])
            return
        # The kernel releases the interpreter's lock.
        with ThreadPoolExecutor(n_jobs - 1) as pool:
            waiting: deque = deque()
            for part in parts:
                waiting.append((part, pool.submit(self._hash, self._rows[part])))
                if len(waiting) > 2 * n_jobs:
                    done, X = waiting.popleft()
                    yield done, X.result()
            for done, X in waiting:
                yield done, X.result()

    def __matmul__(self, coef: np.ndarray) -> np.ndarray:
        """Scores of the messages, float32 array of shape (n_messages, n_classes)."""
        scores = np.empty((len(self), coef.shape[1]), dtype=np.float32)
        for places, X in self.blocks():
            scores[places] = X @ coef
        return scores
