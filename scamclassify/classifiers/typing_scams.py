"""How a classifier says which scam type a message is of."""

from __future__ import annotations

import numpy as np

from scamclassify.classifiers.scam_types import TYPES, TypeModel
from scamclassify.features.facts import FactExtractor
from scamclassify.features.prepared import prepare_blocks
from scamclassify.validation import as_texts

#: Value of a pair of facts; a fact on its own has the value 1.
PAIR_VALUE = 0.5


class TypingMixin:
    """Probabilities of the fifteen scam types."""

    #: The fifteen scam types, in the order of the columns of their probabilities.
    types_: tuple[str, ...] = TYPES
    type_model_: TypeModel | None

    def _check_fitted(self) -> None:
        raise NotImplementedError

    def _known_types(self) -> TypeModel:
        if self.type_model_ is None:
            raise ValueError(
                "this model knows no scam types: it was trained on messages without them "
                "(the column scam_type of a message frame, or fit(..., scam_types=...))"
            )
        return self.type_model_

    def _types_of(self, indptr: np.ndarray, indices: np.ndarray) -> np.ndarray:
        n_facts = FactExtractor().n_facts
        return self._known_types().probabilities(indptr, indices, n_facts, PAIR_VALUE)

    def predict_type_proba(self, X) -> np.ndarray:
        """Probabilities of the scam types, given that each message is a scam.

        Parameters
        ----------
        X : iterable of str, or pandas.DataFrame with a column ``text``

        Returns
        -------
        numpy.ndarray of float32, shape (n_messages, 15)
            Columns in the order of ``types_``.

        Raises
        ------
        ValueError
            If the model was trained without types.
        """
        self._check_fitted()
        self._known_types()
        texts = as_texts(X)
        out = np.zeros((len(texts), len(TYPES)), dtype=np.float32)
        for rows, block in prepare_blocks(texts):
            out[rows] = self._types_of(block.facts.indptr, block.facts.indices)
        return out

    def predict_type(self, X) -> np.ndarray:
        """Scam type of each message, as if it were a scam; ``other_scam`` when unsure.

        Returns
        -------
        numpy.ndarray of object, shape (n_messages,)
        """
        probabilities = self.predict_type_proba(X)
        return self._known_types().choose(probabilities)[0]
