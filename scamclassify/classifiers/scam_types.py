"""Which of the fifteen scam types a scam is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scamclassify.classifiers.calibration import softmax
from scamclassify.classifiers.ngram_weights import weights_in_lanes
from scamclassify.features.fact_kernel import add_fact_scores
from scamclassify.features.ngram_score_kernel import LANES, add_ngram_scores
from scamclassify.features.prepared import Prepared
from scamclassify.labels import SCAM_TYPES
from scamclassify.text.codepoints import char_classes, fold_table
from scamclassify.text.encoded import EncodedTexts

#: The types, in the order of every column of type probabilities.
TYPES: tuple[str, ...] = tuple(SCAM_TYPES)
#: The answer where no type is likely enough.
OTHER = "other_scam"
#: Slots of the types' n-grams are the first bits of those of the classes.
TYPE_BITS = 15


@dataclass(frozen=True, eq=False)
class TypeModel:
    """A multinomial model over scam types: facts, pairs of facts and hashed n-grams.

    Attributes
    ----------
    fact_coef : numpy.ndarray of float32, shape (n_fact_columns, n_trained)
    ngram_coef : numpy.ndarray of float32, shape (2 ** n_bits, n_trained)
    intercept : numpy.ndarray of float32, shape (n_trained,)
    trained : numpy.ndarray of int64, shape (n_trained,)
        Places of the trained types in :data:`TYPES`.
    scale : float
        Calibration, fitted on held-out languages or sources.
    threshold : float
        Below this probability the type is ``other_scam``; chosen on the same messages.
    n_messages : int
        Number of scams with a type that it was trained on.
    """

    fact_coef: np.ndarray
    ngram_coef: np.ndarray
    intercept: np.ndarray
    trained: np.ndarray
    scale: float = 1.0
    threshold: float = 0.0
    n_messages: int = 0

    def probabilities(
        self, block: Prepared, n_facts: int, options: tuple[int, int, int], pair_value: float
    ) -> np.ndarray:
        """Probabilities of the types, given that the messages are scams.

        Parameters
        ----------
        block : Prepared
        n_facts : int
        options : tuple of int
            Shortest and longest character n-gram, longest word n-gram.
        pair_value : float

        Returns
        -------
        numpy.ndarray of float32, shape (n_messages, 15)
            Columns in the order of :data:`TYPES`; 0 for types that were not trained.
        """
        ngram_coef, fact_coef = weights_in_lanes(self)
        scores = np.zeros((len(block), LANES), dtype=np.float32)
        bits = len(self.ngram_coef).bit_length() - 1
        add_ngram_scores(
            block.codes, block.offsets, fold_table(), char_classes(), *options, bits, ngram_coef,
            scores,
        )  # fmt: skip
        facts = block.facts
        add_fact_scores(facts.indptr, facts.indices, n_facts, fact_coef, pair_value, scores)
        return self.spread(scores[:, : len(self.trained)] + self.intercept)

    def spread(self, scores: np.ndarray) -> np.ndarray:
        """Probabilities of all fifteen types from scores of the trained ones."""
        out = np.zeros((len(scores), len(TYPES)), dtype=np.float32)
        out[:, self.trained] = softmax(np.float32(self.scale) * scores)
        return out

    def choose(self, probabilities: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Types and their probabilities; ``other_scam`` where none is likely enough.

        Parameters
        ----------
        probabilities : numpy.ndarray of float32, shape (n, 15)

        Returns
        -------
        types : numpy.ndarray of object, shape (n,)
        chosen : numpy.ndarray of float32, shape (n,)
            Probability of the chosen type; where it was not likely enough, that of
            ``other_scam`` with all that remains open, so one less that of the likeliest.
        """
        best = probabilities.argmax(axis=1)
        top = probabilities[np.arange(len(best)), best]
        other = TYPES.index(OTHER)
        weak = (top < self.threshold) & (best != other)
        chosen = np.where(weak, 1 - top, top).astype(np.float32)
        return np.array(TYPES, dtype=object)[np.where(weak, other, best)], chosen


def select_rows(block: Prepared, rows: np.ndarray) -> Prepared:
    """The given rows of a block, without preparing them again.

    Examples
    --------
    >>> from scamclassify.features.prepared import prepare
    >>> select_rows(prepare(["one", "two", "three"]), np.array([0, 2])).texts
    ['one', 'three']
    """
    from scamclassify.features.facts import ActiveFacts

    facts = block.facts

    def gather(values, bounds):
        starts, sizes = bounds[rows], bounds[rows + 1] - bounds[rows]
        ends = np.concatenate([[0], np.cumsum(sizes)])
        places = np.repeat(starts - ends[:-1], sizes) + np.arange(ends[-1])
        return values[places], ends.astype(bounds.dtype)

    codes, offsets = gather(block.codes, block.offsets)
    indices, indptr = gather(facts.indices, facts.indptr)
    bounds = np.searchsorted(facts.matches[:, 0], np.arange(len(block) + 1))
    matches, kept = gather(facts.matches, bounds)
    matches[:, 0] = np.repeat(np.arange(len(rows)), np.diff(kept))
    texts: Sequence[str] = EncodedTexts(codes, offsets)
    if not isinstance(block.texts, EncodedTexts):
        texts = [block.texts[row] for row in rows.tolist()]
    return Prepared(
        texts, block.repairs[rows], codes, offsets, ActiveFacts(indptr, indices, matches)
    )
