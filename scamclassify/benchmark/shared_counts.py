"""Counts of n-grams that many fits share: a text is cut into n-grams once, whatever fold it is in.

scikit-learn's vectorizers take most of the time of a fit. Which columns a fit sees, in which
order, and with which values stays exactly as if its vectorizer had read the texts itself.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np
import scipy.sparse as sp
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline

#: Parameters that decide how a text is cut; with all others at these values counts are shared.
_CUT = ("analyzer", "ngram_range", "token_pattern", "lowercase", "strip_accents")
_PLAIN = {
    "input": "content", "encoding": "utf-8", "decode_error": "strict", "preprocessor": None,
    "tokenizer": None, "stop_words": None, "vocabulary": None, "min_df": 1, "max_df": 1.0,
    "max_features": None, "binary": False,
}  # fmt: skip


class SharedCounts:
    """Counts of texts by vectorizers, in a folder that all processes read.

    Parameters
    ----------
    folder : path

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     shared = SharedCounts(folder)
    ...     shared.add(CountVectorizer(), ["a toll is due", "see you", "toll road"])
    ...     counted = shared.install(CountVectorizer())
    ...     print(counted.fit_transform(["see you", "toll road"]).toarray())
    [[0 1 0 1]
     [1 0 1 0]]
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    def add(self, model: Any, texts: Iterable[str]) -> None:
        """Count texts by every vectorizer of a model that is not counted yet."""
        distinct: list[str] | None = None
        for vectorizer in _vectorizers(model):
            path = self._path(vectorizer)
            if path.is_dir():
                continue
            distinct = list(dict.fromkeys(texts)) if distinct is None else distinct
            path.mkdir(parents=True)
            for name, values in _count(vectorizer, distinct).items():
                np.save(path / f"{name}.npy", values)
            keys = b"".join(map(_key, distinct))
            np.save(path / "keys.npy", np.frombuffer(keys, dtype=np.uint8))

    def install(self, model: Any) -> Any:
        """The model with its vectorizers replaced by ones that look counts up.

        Parameters
        ----------
        model : estimator
            Unfitted; pipelines and unions are changed in place.
        """
        if _is_plain(model) and self._path(model).is_dir():
            return LookedUp(model, self._path(model))
        for steps in _steps(model):
            for place, (name, part) in enumerate(steps):
                steps[place] = (name, self.install(part))
        return model

    def _path(self, vectorizer: CountVectorizer) -> Path:
        cut = repr([getattr(vectorizer, name) for name in _CUT])
        return self.folder / hashlib.sha256(cut.encode()).hexdigest()[:16]


class LookedUp(TransformerMixin, BaseEstimator):
    """A vectorizer that looks counts up instead of reading texts.

    Parameters
    ----------
    vectorizer : CountVectorizer or TfidfVectorizer
    path : path
        Of its counts.
    """

    def __init__(self, vectorizer: CountVectorizer, path: Path) -> None:
        self.vectorizer = vectorizer
        self.path = path

    def fit(self, texts: list[str], y: Any = None) -> Self:
        """Choose the columns of texts and weigh them."""
        self.fit_transform(texts)
        return self

    def fit_transform(self, texts: list[str], y: Any = None, **_: Any) -> sp.csr_matrix:
        """The matrix of the texts that are learnt from."""
        rows = self._rows(texts)
        met = np.full(rows.shape[1], -1, dtype=np.int32)
        met[rows.indices[::-1]] = np.arange(rows.nnz, dtype=np.int32)[::-1]
        used = np.flatnonzero(met >= 0)
        self.columns_ = np.full(rows.shape[1], -1, dtype=np.int32)
        self.columns_[used] = np.arange(len(used), dtype=np.int32)
        # scikit-learn keeps a row in the order in which its n-grams were first met in any
        # text; solvers that stop early show it in the fifth digit.
        order = used[np.argsort(met[used])]
        met[order] = np.arange(len(order), dtype=np.int32)
        counts = self._chosen(rows, met, len(used))
        counts.indices = self.columns_[order][counts.indices]
        counts.has_sorted_indices = False
        self.n_columns_ = len(used)
        self.weigher_ = None
        if isinstance(self.vectorizer, TfidfVectorizer):
            names = ("norm", "use_idf", "smooth_idf", "sublinear_tf")
            weigher = TfidfTransformer(**{name: getattr(self.vectorizer, name) for name in names})
            self.weigher_ = weigher.fit(counts)
        return self._weighed(counts)

    def transform(self, texts: list[str]) -> sp.csr_matrix:
        """The matrix of other texts, in the same columns."""
        return self._weighed(self._chosen(self._rows(texts), self.columns_, self.n_columns_))

    def _rows(self, texts: list[str]) -> sp.csr_matrix:
        matrix, places = _load(self.path)
        return matrix[[places[_key(text)] for text in texts]]

    def _chosen(self, rows: sp.csr_matrix, columns: np.ndarray, count: int) -> sp.csr_matrix:
        """Rows in other columns, sorted by them; -1 leaves a column out."""
        columns = columns[rows.indices]
        kept = columns >= 0
        indptr = np.concatenate([[0], np.cumsum(kept)])[rows.indptr].astype(np.int32)
        data = rows.data[kept].astype(self.vectorizer.dtype)
        chosen = sp.csr_matrix((data, columns[kept], indptr), (rows.shape[0], count))
        chosen.sort_indices()
        return chosen

    def _weighed(self, counts: sp.csr_matrix) -> sp.csr_matrix:
        return counts if self.weigher_ is None else self.weigher_.transform(counts, copy=False)


def _count(vectorizer: CountVectorizer, texts: list[str]) -> dict[str, np.ndarray]:
    """Arrays of a CSR matrix: columns in alphabetical order, a row in the order of its text."""
    cut = CountVectorizer(**{name: getattr(vectorizer, name) for name in _CUT}).build_analyzer()
    vocabulary: dict[str, int] = {}
    indices: list[int] = []
    data: list[int] = []
    indptr = [0]
    for text in texts:
        row = Counter(vocabulary.setdefault(part, len(vocabulary)) for part in cut(text))
        indices.extend(row)
        data.extend(row.values())
        indptr.append(len(indices))
    column = np.empty(len(vocabulary), dtype=np.int32)
    column[[vocabulary[part] for part in sorted(vocabulary)]] = np.arange(len(vocabulary))
    return {
        "data": np.array(data, dtype=np.int32),
        "indices": column[np.array(indices, dtype=np.int64)],
        "indptr": np.array(indptr, dtype=np.int32),
    }


@lru_cache(maxsize=4)
def _load(path: Path) -> tuple[sp.csr_matrix, dict[bytes, int]]:
    data, indices, indptr, keys = (
        np.load(path / f"{name}.npy", mmap_mode="r")
        for name in ("data", "indices", "indptr", "keys")
    )
    columns = int(indices.max()) + 1 if len(indices) else 0
    raw = keys.tobytes()
    places = {raw[i : i + 16]: i // 16 for i in range(0, len(raw), 16)}
    return sp.csr_matrix((data, indices, indptr), (len(places), columns)), places


def _key(text: str) -> bytes:
    encoded = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(encoded, digest_size=16).digest()


def _vectorizers(model: Any) -> list[CountVectorizer]:
    if _is_plain(model):
        return [model]
    return [one for steps in _steps(model) for _, part in steps for one in _vectorizers(part)]


def _steps(model: Any) -> list[list[tuple[str, Any]]]:
    if type(model) is Pipeline:
        return [model.steps]
    return [model.transformer_list] if type(model) is FeatureUnion else []


def _is_plain(model: Any) -> bool:
    """Whether a vectorizer counts all n-grams of texts in a way that is known here."""
    if type(model) not in (CountVectorizer, TfidfVectorizer) or callable(model.analyzer):
        return False
    return all(getattr(model, name) == value for name, value in _PLAIN.items())
