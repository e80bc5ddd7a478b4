"""Training messages made ready once, for fits on all or on parts of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from joblib import Parallel, delayed, effective_n_jobs

from scamclassify.classifiers.encoding import encode_texts
from scamclassify.classifiers.ngram_rows import NgramRows
from scamclassify.features.facts import FactExtractor
from scamclassify.features.prepared import BLOCK, prepare
from scamclassify.text.near_duplicates import group_near_duplicates


@dataclass(frozen=True)
class TrainingSet:
    """Features, classes, languages, sources and groups of training messages.

    ``groups`` is None where none were given: those of near-duplicates are then found among
    the messages that need them (:meth:`found_groups`).
    """

    ngrams: NgramRows
    facts: sp.csr_matrix
    y: np.ndarray
    languages: np.ndarray
    sources: np.ndarray
    groups: np.ndarray | None
    vectors: np.ndarray | None = None

    @classmethod
    def build(cls, model, X, texts: list[str], labels: np.ndarray, groups) -> TrainingSet:
        """Prepare messages; ``X`` is asked for the columns language and source."""
        groups = None if groups is None else np.asarray(groups)
        if groups is not None and groups.shape != (len(texts),):
            raise ValueError(f"{len(texts)} texts but groups of shape {groups.shape} were given")
        columns = getattr(X, "columns", ())
        extractor = FactExtractor()
        blocks = Parallel(n_jobs=effective_n_jobs(model.n_jobs), prefer="threads")(
            delayed(_prepare)(texts[start : start + BLOCK], extractor, "language" not in columns)
            for start in range(0, len(texts), BLOCK)
        )
        repaired = [text for block in blocks for text in block[0]]
        counts, indices, languages = (
            np.concatenate([block[part] for block in blocks]) for part in (1, 2, 3)
        )
        indptr = np.concatenate([[0], np.cumsum(counts)])
        facts = sp.csr_matrix(
            (np.ones(len(indices), np.float32), indices, indptr), (len(texts), extractor.n_facts)
        )
        if "language" in columns:
            languages = X["language"].fillna("und").to_numpy(dtype=str)
        if "source" in columns:
            sources = X["source"].fillna("").to_numpy(dtype=str)
        else:
            sources = np.full(len(texts), "")
        y = np.searchsorted(model.classes_, labels.astype(str))
        vectors = None
        if model.encoder is not None:
            vectors = encode_texts(model.encoder, repaired)
        ngrams = NgramRows(repaired, model.n_features)
        return cls(ngrams, facts, y, languages, sources, groups, vectors)

    def take(self, rows: np.ndarray) -> TrainingSet:
        """Some of the messages."""
        return TrainingSet(
            self.ngrams[rows], self.facts[rows], self.y[rows], self.languages[rows],
            self.sources[rows], None if self.groups is None else self.groups[rows],
            None if self.vectors is None else self.vectors[rows],
        )  # fmt: skip

    def found_groups(self) -> np.ndarray:
        """The groups that were given, else those of near-duplicates; shape (n_messages,)."""
        return group_near_duplicates(self.ngrams.texts) if self.groups is None else self.groups


def _prepare(texts: list[str], extractor: FactExtractor, identify: bool):
    """Repaired texts, number of facts of each, the facts, and languages where asked for."""
    block = prepare(texts, extractor)
    languages = block.languages.astype(str) if identify else np.empty(0, dtype=str)
    return block.texts, np.diff(block.facts.indptr), block.facts.indices, languages
