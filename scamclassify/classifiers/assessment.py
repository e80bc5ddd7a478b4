"""Everything that a model says about a batch of messages, from one pass over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from scamclassify.classifiers.calibration import softmax
from scamclassify.classifiers.scam_types import select_rows
from scamclassify.classifiers.typing_scams import PAIR_VALUE
from scamclassify.features.fact_kernel import share_fact_scores
from scamclassify.features.facts import FactExtractor
from scamclassify.features.prepared import Prepared, prepare_blocks
from scamclassify.labels import check_language
from scamclassify.text.draft import REPAIR_KINDS


@dataclass(frozen=True)
class Assessment:
    """What a model says about each of n messages.

    Attributes
    ----------
    labels : numpy.ndarray of str, shape (n,)
        As :meth:`ScamClassifier.predict` gives them.
    probabilities : numpy.ndarray of float32, shape (n, n_classes)
        As :meth:`ScamClassifier.predict_proba` gives them.
    classes : numpy.ndarray of str, shape (n_classes,)
        Labels of the columns of ``probabilities``.
    types : numpy.ndarray of object, shape (n,)
        Scam type where the label is scam, else None; all None where the model knows no types.
    type_probabilities : numpy.ndarray of float32, shape (n,)
        Of ``types``; not a number where there is none.
    languages : numpy.ndarray of str, shape (n,)
        Of the repaired texts, ``"und"`` where it cannot be told.
    language_probabilities : numpy.ndarray of float32, shape (n,)
    repairs : numpy.ndarray of int32, shape (n, n_kinds)
        How often each of ``repair_kinds`` was undone.
    reasons : list of list of str, or None
        Ids of the concepts that speak most for scam, strongest first; None where no reasons
        were asked for.
    language : str
        Language of :attr:`reason_phrases`.
    """

    labels: np.ndarray
    probabilities: np.ndarray
    classes: np.ndarray
    types: np.ndarray
    type_probabilities: np.ndarray
    languages: np.ndarray
    language_probabilities: np.ndarray
    repairs: np.ndarray
    reasons: list[list[str]] | None = None
    language: str = "en"
    repair_kinds: tuple[str, ...] = field(default=REPAIR_KINDS, repr=False)

    def __len__(self) -> int:
        return len(self.labels)

    def probability_of(self, label: str) -> np.ndarray | None:
        """Probabilities of a label, shape (n,); None where the model does not know it."""
        classes = self.classes.tolist()
        return self.probabilities[:, classes.index(label)] if label in classes else None

    @cached_property
    def reason_phrases(self) -> list[list[str]] | None:
        """The reasons in words of ``language``."""
        if self.reasons is None:
            return None
        lexicon = FactExtractor().matcher.lexicon
        words = {concept.id: lexicon.reason(concept.id, self.language) for concept in
                 lexicon.concepts}  # fmt: skip
        return [[words[name] for name in row] for row in self.reasons]


def assess_texts(model, texts: Sequence[str], reasons: int, language: str) -> Assessment:
    """Assess texts; see ``ScamClassifier.assess``."""
    if reasons < 0:
        raise ValueError(f"reasons must be 0 or more, got {reasons!r}")
    check_language(language)
    n, n_classes = len(texts), len(model.classes_)
    probabilities = np.empty((n, n_classes), dtype=np.float32)
    labels: list[np.ndarray] = []
    shift = model.prevalence_shift()
    types = np.full(n, None, dtype=object)
    type_probabilities = np.full(n, np.nan, dtype=np.float32)
    languages = np.empty(n, dtype="<U3")
    language_probabilities = np.empty(n, dtype=np.float32)
    repairs = np.empty((n, len(REPAIR_KINDS)), dtype=np.int32)
    found: list[list[str]] | None = [] if reasons else None
    extractor = FactExtractor()
    weights = scam_weights(model) if reasons else None
    for rows, block in prepare_blocks(texts, extractor=extractor):
        base = model.calibrated(block)
        probabilities[rows] = softmax(base + shift)
        labels.append(model.label_of(probabilities[rows]))
        scams = np.flatnonzero(labels[-1] == "scam")
        if model.type_model_ is not None and len(scams):
            of_scams = select_rows(block.facts.indptr, block.facts.indices, scams)
            chosen = model.type_model_.choose(model._types_of(*of_scams))
            types[rows.start + scams], type_probabilities[rows.start + scams] = chosen
        languages[rows] = block.languages
        language_probabilities[rows] = block.language_probabilities
        repairs[rows] = block.repairs
        if found is not None and weights is not None:
            found += concept_reasons(block, extractor, weights, reasons)
    return Assessment(
        labels=np.concatenate(labels) if n else model.label_of(probabilities),
        probabilities=probabilities,
        classes=model.classes_,
        types=types,
        type_probabilities=type_probabilities,
        languages=languages,
        language_probabilities=language_probabilities,
        repairs=repairs,
        reasons=found,
        language=language,
    )


def scam_weights(model) -> np.ndarray:
    """Weight of each fact and pair for scam against the mean of the classes, float32."""
    classes = model.classes_.tolist()
    column = classes.index("scam") if "scam" in classes else len(classes) - 1
    coef = model.fact_coef_
    return (coef[:, column] - coef.mean(axis=1)).astype(np.float32)


def concept_reasons(
    block: Prepared, extractor: FactExtractor, weights: np.ndarray, most: int
) -> list[list[str]]:
    """Ids of the concepts that speak most for a label, for each text of a block.

    A concept earns its own weight and half of each pair that it is part of; what speaks
    against the label is no reason.

    Parameters
    ----------
    block : Prepared
    extractor : FactExtractor
        The one that found the block's facts.
    weights : numpy.ndarray of float32, shape (n_columns,)
    most : int
        Reasons a text.
    """
    indptr, indices = block.facts.indptr, block.facts.indices
    earned = np.zeros(len(indices), dtype=np.float32)
    share_fact_scores(indptr, indices, extractor.n_facts, weights, PAIR_VALUE, earned)
    n_concepts = extractor.matcher.n_concepts
    places = np.flatnonzero((indices < n_concepts) & (earned > 0))
    rows = np.searchsorted(indptr, places, side="right") - 1
    order = np.lexsort((indices[places], -earned[places], rows))
    names = extractor.names
    reasons: list[list[str]] = [[] for _ in range(len(block))]
    for row, fact in zip(rows[order].tolist(), indices[places[order]].tolist(), strict=True):
        if len(reasons[row]) < most:
            reasons[row].append(names[fact])
    return reasons
