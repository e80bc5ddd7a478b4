"""A stateless scikit-learn transformer over hashed character and word n-grams."""

from __future__ import annotations

from numbers import Integral

import numpy as np
import scipy.sparse as sp
from sklearn.base import BaseEstimator, TransformerMixin

from scamclassify.features.ngram_folding import ngram_folding
from scamclassify.features.ngram_kernel import hash_batch
from scamclassify.text.codepoints import encode_texts
from scamclassify.validation import as_texts

_BLOCK = 2048
_WEIGHTINGS = {"count": 0, "log": 1, "binary": 2}


class HashedNgramVectorizer(TransformerMixin, BaseEstimator):
    """Hash character and word n-grams of texts into a sparse matrix.

    The counterpart of :class:`sklearn.feature_extraction.text.HashingVectorizer` for
    thirteen languages: letters are folded (case, Latin diacritics, digits of all scripts)
    and one compiled loop serves the whole batch.
    :mod:`scamclassify.features.ngram_kernel` says exactly what counts as an n-gram.

    Parameters
    ----------
    n_features : int, default=2**18
        Number of columns, a power of two from 2**8 to 2**26.
    char_range : tuple of int, default=(1, 5)
        Shortest and longest character n-gram, at most 16. ``(1, 0)`` takes none.
    word_ngrams : int, default=2
        Longest word n-gram, 0 to 3; 0 takes none.
    weighting : {"count", "binary", "log"}, default="log"
        Value of an n-gram that occurs ``c`` times: ``c``, 1 or ``1 + ln(c)``.
    norm : {"l2", None}, default="l2"
        Whether rows are scaled to unit Euclidean length.

    Notes
    -----
    The method is feature hashing [1]_, without signs: columns stay non-negative, as naive
    Bayes needs. Cost grows linearly with the number of characters.

    References
    ----------
    .. [1] K. Weinberger et al., "Feature hashing for large scale multitask learning",
       ICML 2009. https://arxiv.org/abs/0902.2206

    Examples
    --------
    >>> vectorizer = HashedNgramVectorizer(n_features=2**12)
    >>> X = vectorizer.transform(["Claim your prize", "trúng thưởng", "trung thuong"])
    >>> X.shape
    (3, 4096)
    >>> bool((X[1] != X[2]).nnz == 0)
    True
    """

    def __init__(
        self,
        n_features: int = 2**18,
        char_range: tuple[int, int] = (1, 5),
        word_ngrams: int = 2,
        weighting: str = "log",
        norm: str | None = "l2",
    ) -> None:
        self.n_features = n_features
        self.char_range = char_range
        self.word_ngrams = word_ngrams
        self.weighting = weighting
        self.norm = norm

    def _check_parameters(self) -> int:
        n = self.n_features
        if not isinstance(n, Integral) or n & (n - 1) or not 2**8 <= n <= 2**26:
            raise ValueError(f"n_features must be a power of two from 2**8 to 2**26, got {n!r}")
        low, high = self.char_range
        if low < 1 or not 0 <= high <= 16:
            raise ValueError(f"char_range must lie between 1 and 16, got {self.char_range!r}")
        if not 0 <= self.word_ngrams <= 3:
            raise ValueError(f"word_ngrams must be 0 to 3, got {self.word_ngrams!r}")
        if high < low and not self.word_ngrams:
            raise ValueError("char_range and word_ngrams leave no n-gram at all")
        if self.weighting not in _WEIGHTINGS:
            raise ValueError(
                f"weighting must be one of {sorted(_WEIGHTINGS)}, got {self.weighting!r}"
            )
        if self.norm not in ("l2", None):
            raise ValueError(f"norm must be 'l2' or None, got {self.norm!r}")
        return int(n).bit_length() - 1

    def fit(self, X, y=None):
        """Check the parameters; there is nothing to learn.

        Parameters
        ----------
        X : iterable of str, shape (n_messages,)
        y : ignored

        Returns
        -------
        self
        """
        self._check_parameters()
        return self

    def transform(self, X) -> sp.csr_matrix:
        """Hash texts.

        Parameters
        ----------
        X : iterable of str, shape (n_messages,)
            A list, an array or a pandas Series of texts.

        Returns
        -------
        scipy.sparse.csr_matrix of float32, shape (n_messages, n_features)

        Raises
        ------
        TypeError
            If ``X`` is one string, or holds something that is not a string.
        """
        bits = self._check_parameters()
        texts = as_texts(X)
        low, high = self.char_range
        options = (low, high, self.word_ngrams, bits, _WEIGHTINGS[self.weighting])
        fold = ngram_folding()
        parts = []
        for start in range(0, len(texts), _BLOCK):
            codes, offsets = encode_texts(texts[start : start + _BLOCK])
            parts.append(hash_batch(codes, offsets, fold, *options, self.norm == "l2"))
        if not parts:
            return sp.csr_matrix((0, self.n_features), dtype=np.float32)
        ends = np.cumsum([0] + [part[0][-1] for part in parts[:-1]])
        indptr = np.concatenate(
            [[0]] + [part[0][1:] + end for part, end in zip(parts, ends, strict=True)]
        )
        if indptr[-1] < 2**31:
            indptr = indptr.astype(np.int32)
        indices = np.concatenate([part[1] for part in parts])
        values = np.concatenate([part[2] for part in parts])
        matrix = sp.csr_matrix((len(texts), self.n_features), dtype=np.float32)
        matrix.data, matrix.indices, matrix.indptr = values, indices, indptr
        matrix.has_sorted_indices = False
        return matrix

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        return tags

    def get_feature_names_out(self, input_features=None) -> np.ndarray:
        """Names of the columns: hashing keeps none, so they are numbered."""
        return np.array([f"ngram{i}" for i in range(self.n_features)], dtype=object)
