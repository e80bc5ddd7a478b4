"""Which of the fifteen scam types a scam is of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scamclassify.classifiers.calibration import softmax
from scamclassify.classifiers.scoring_weights import LANES, weights_in_lanes
from scamclassify.features.fact_kernel import add_fact_scores
from scamclassify.labels import SCAM_TYPES

#: The types, in the order of every column of type probabilities.
TYPES: tuple[str, ...] = tuple(SCAM_TYPES)
#: The answer where no type is likely enough.
OTHER = "other_scam"


@dataclass(frozen=True, eq=False)
class TypeModel:
    """A multinomial model over scam types: facts and pairs of facts.

    Attributes
    ----------
    fact_coef : numpy.ndarray of float32, shape (n_fact_columns, n_trained)
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
    intercept: np.ndarray
    trained: np.ndarray
    scale: float = 1.0
    threshold: float = 0.0
    n_messages: int = 0

    def probabilities(
        self, indptr: np.ndarray, indices: np.ndarray, n_facts: int, pair_value: float
    ) -> np.ndarray:
        """Probabilities of the types, given that the messages are scams.

        Parameters
        ----------
        indptr, indices : numpy.ndarray
            Of :class:`~scamclassify.features.facts.ActiveFacts`, or :func:`select_rows`.
        n_facts : int
        pair_value : float

        Returns
        -------
        numpy.ndarray of float32, shape (n_messages, 15)
            Columns in the order of :data:`TYPES`; 0 for types that were not trained.
        """
        scores = np.zeros((len(indptr) - 1, LANES), dtype=np.float32)
        add_fact_scores(indptr, indices, n_facts, weights_in_lanes(self), pair_value, scores)
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


def select_rows(
    indptr: np.ndarray, indices: np.ndarray, rows: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Active facts of the given messages.

    Examples
    --------
    >>> indptr, indices = select_rows(np.array([0, 2, 3, 5]), np.arange(5), np.array([0, 2]))
    >>> indptr.tolist(), indices.tolist()
    ([0, 2, 4], [0, 1, 3, 4])
    """
    starts, sizes = indptr[rows], indptr[rows + 1] - indptr[rows]
    ends = np.concatenate([[0], np.cumsum(sizes)])
    places = np.repeat(starts - ends[:-1], sizes) + np.arange(ends[-1])
    return ends, indices[places]
