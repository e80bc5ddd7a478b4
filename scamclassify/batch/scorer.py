"""A model and what is asked of it, for the texts of a batch."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scamclassify.batch.fields import Added
from scamclassify.classifiers.operation import AS_MADE, Operation
from scamclassify.labels import LABELS

_DIGITS = 6


@dataclass(frozen=True)
class Opinion:
    """What any model says of n texts, known to be missing where it is None."""

    labels: np.ndarray
    probabilities: dict[str, np.ndarray]
    types: Sequence[str | None] | None
    type_probabilities: np.ndarray | None
    languages: np.ndarray
    language_probabilities: np.ndarray
    repairs: np.ndarray | None
    reasons: list[list[str]] | None
    phrases: list[list[str]] | None


class Scorer:
    """A classifier, asked for some fields.

    Parameters
    ----------
    model : str, path or fitted classifier
        One with ``assess`` can give all fields, one with ``predict_proba`` and ``classes_``
        labels and probabilities; the language and the repairs are found beside it.
    fields : sequence of str
        Of :data:`~scamclassify.batch.fields.FIELDS`.
    reasons : int, default=3
        Most reasons a message.
    language : str, default="en"
        Language of the reasons in words.
    operation : Operation, optional
        Threshold, prevalence and unsure band; by default those of the model.

    Raises
    ------
    ParameterError
        If the model cannot be operated so.
    """

    def __init__(
        self,
        model: Any,
        fields: Sequence[str],
        reasons: int = 3,
        language: str = "en",
        operation: Operation = AS_MADE,
    ) -> None:
        if isinstance(model, str | os.PathLike):
            from scamclassify.persistence.models import load_model

            model = load_model(os.fspath(model))
            model.state_ = None  # only learning on needs it
        self._model = operation.apply(model)
        self._classes = [str(name) for name in model.classes_]
        self._fields = set(fields)
        self._reasons = reasons if "reasons" in self._fields else 0
        self._language = language

    def ask(self, texts: Sequence[str]) -> Opinion:
        """Ask the model."""
        from scamclassify.classifiers.scam import ScamClassifier

        if not isinstance(self._model, ScamClassifier):
            texts = list(texts)  # others need not know encoded ones
        if hasattr(self._model, "assess"):
            return self._assessed(texts)
        return self._predicted(texts)

    def _assessed(self, texts: Sequence[str]) -> Opinion:
        said = self._model.assess(texts, reasons=self._reasons, language=self._language)
        return Opinion(
            labels=said.labels,
            probabilities=self._columns(said.probabilities),
            types=said.types,
            type_probabilities=said.type_probabilities,
            languages=said.languages,
            language_probabilities=said.language_probabilities,
            repairs=said.repairs,
            reasons=said.reasons,
            phrases=said.reason_phrases if self._reasons else None,
        )

    def _predicted(self, texts: Sequence[str]) -> Opinion:
        from scamclassify.text.language import identify_batch

        probabilities = np.asarray(self._model.predict_proba(texts))
        if hasattr(self._model, "label_of"):
            labels = self._model.label_of(probabilities)
        else:
            labels = np.asarray(self._classes)[probabilities.argmax(axis=1)]
        languages, language_probabilities = identify_batch(texts)
        repairs = None
        if "repairs" in self._fields:
            from scamclassify.text.repair import repair_batch

            repairs = repair_batch(texts).counts
        return Opinion(
            labels=labels,
            probabilities=self._columns(probabilities),
            types=None,
            type_probabilities=None,
            languages=languages,
            language_probabilities=language_probabilities,
            repairs=repairs,
            reasons=None,
            phrases=None,
        )

    def _columns(self, probabilities: np.ndarray) -> dict[str, np.ndarray]:
        return {name: probabilities[:, place] for place, name in enumerate(self._classes)}

    def added(self, opinion: Opinion, texts: Sequence[str], file: str) -> Added:
        """Values of the added columns; ``texts`` are those that may be quoted from."""
        n = len(texts)
        none: list[Any] = [None] * n
        added: Added = {}
        if "label" in self._fields:
            added["label"] = opinion.labels
        if "probabilities" in self._fields:
            for label in LABELS:
                known = opinion.probabilities.get(label)
                added[f"{label}_probability"] = none if known is None else _rounded(known)
        if "type" in self._fields:
            added["scam_type"] = none if opinion.types is None else opinion.types
            known = opinion.type_probabilities
            added["scam_type_probability"] = none if known is None else _rounded(known)
        if "language" in self._fields:
            added["language"] = opinion.languages
            added["language_probability"] = _rounded(opinion.language_probabilities)
        if "reasons" in self._fields:
            empty: list[list[str]] = [[] for _ in range(n)]
            added["reasons"] = empty if opinion.reasons is None else opinion.reasons
            added["reasons_text"] = empty if opinion.phrases is None else opinion.phrases
        if "repairs" in self._fields:
            added["repairs"] = _counts(opinion.repairs, n)
        if "indicators" in self._fields:
            from scamclassify.batch.indicator_column import indicator_records

            added["indicators"] = indicator_records(list(texts), opinion.languages.tolist())
        if "file" in self._fields:
            added["file"] = [file] * n
        return added


def _rounded(values: np.ndarray) -> np.ndarray:
    return np.round(values.astype(np.float64), _DIGITS)


def _counts(repairs: np.ndarray | None, n: int) -> list[dict[str, int]]:
    from scamclassify.text.draft import REPAIR_KINDS

    counts: list[dict[str, int]] = [{} for _ in range(n)]
    if repairs is not None:
        rows, kinds = np.nonzero(repairs)
        found = repairs[rows, kinds].tolist()
        for row, kind, count in zip(rows.tolist(), kinds.tolist(), found, strict=True):
            counts[row][REPAIR_KINDS[kind]] = count
    return counts
