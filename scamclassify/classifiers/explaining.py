"""Explains scores: shares every part of a score out to what earned it."""

from __future__ import annotations

from functools import cache
from unicodedata import category

import numpy as np

from scamclassify.classifiers.calibration import softmax
from scamclassify.classifiers.encoding import encode_texts
from scamclassify.classifiers.explanation import Contribution, Explanation
from scamclassify.classifiers.explanation_words import (
    explanation_words,
    fact_phrase,
    link_findings,
    repair_findings,
)
from scamclassify.classifiers.scoring_weights import packed_weights
from scamclassify.classifiers.typing_scams import PAIR_VALUE
from scamclassify.classifiers.unsure import UNSURE
from scamclassify.errors import UnknownNameError
from scamclassify.features.attribution_kernel import spread_ngram_scores
from scamclassify.features.fact_kernel import share_fact_scores
from scamclassify.features.facts import FactExtractor
from scamclassify.features.link_check import LINK_FLAGS, check_links
from scamclassify.features.ngram_folding import ngram_folding
from scamclassify.features.ngram_score_kernel import CHAR_RANGE, WORD_NGRAMS, unpack_weights
from scamclassify.features.prepared import Prepared, prepare_blocks
from scamclassify.labels import check_language
from scamclassify.text.codepoints import UNSPACED, char_classes
from scamclassify.text.repair import Repaired, repair

Span = tuple[int, int]


class Explainer:
    """Explains the score of one label of a model.

    Parameters
    ----------
    model : ScamClassifier
        Fitted.
    label : str
        One of its classes.
    language : str
        Of reasons and findings.
    """

    def __init__(self, model, label: str, language: str) -> None:
        if label not in model.classes_:
            raise UnknownNameError("label", label, model.classes_.tolist())
        self.model, self.label = model, label
        self.language = check_language(language)
        self.column = model.classes_.tolist().index(label)
        self.extractor = FactExtractor()
        # The very weights that scores are made of, so that explanations add up to them.
        weights = unpack_weights(*packed_weights(model), len(model.classes_))
        self.ngram_weights = (model.scale_ * weights[:, self.column]).astype(np.float32)
        self.fact_weights = self._centred(model.fact_coef_.astype(np.float64))
        shift = model.shift_ + model.prevalence_shift()
        self.baseline = float(self._centred(model.intercept_) + shift[self.column] - shift.mean())
        self.facts = [self._describe(fact) for fact in range(self.extractor.n_facts)]
        self.link_base = self.extractor.n_facts - len(LINK_FLAGS)

    def _centred(self, coef: np.ndarray) -> np.ndarray:
        """Calibrated weights of the label less the mean of all labels."""
        return self.model.scale_ * (coef[..., self.column] - coef.mean(axis=-1))

    def _describe(self, fact: int) -> tuple[str, str, str]:
        """Kind, name and words of a fact."""
        name, matcher = self.extractor.names[fact], self.extractor.matcher
        if fact < matcher.n_concepts:
            return "concept", name, matcher.lexicon.reason(name, self.language)
        kind, colon, rest = name.partition(":")
        if not colon or kind not in ("repair", "link"):
            kind, rest = "signal", name
        return kind, rest, fact_phrase(kind, rest, self.language)

    def explain(self, texts: list[str]) -> list[Explanation]:
        """Explain texts block by block."""
        explanations: list[Explanation] = []
        for rows, block in prepare_blocks(texts, extractor=self.extractor):
            explanations += self._explain_block(texts[rows], block)
        return explanations

    def _explain_block(self, texts: list[str], block: Prepared) -> list[Explanation]:
        model, facts = self.model, block.facts
        earned = np.zeros(len(block.codes))
        spread_ngram_scores(
            block.codes, block.offsets, ngram_folding(), *CHAR_RANGE, WORD_NGRAMS,
            int(model.n_features).bit_length() - 1, self.ngram_weights, earned,
        )  # fmt: skip
        shares = np.zeros(len(facts.indices))
        share_fact_scores(
            facts.indptr, facts.indices, self.extractor.n_facts, self.fact_weights, PAIR_VALUE,
            shares,
        )  # fmt: skip
        encoded = None
        if model.encoder_coef_ is not None:
            coef = self._centred(model.encoder_coef_)
            encoded = encode_texts(model.encoder, block.texts, len(coef)) @ coef
        probabilities = softmax(model.calibrated(block) + model.prevalence_shift())
        predictions = model.label_of(probabilities)
        likely = model.classes_[probabilities.argmax(axis=1)] == "scam"
        types = [None] * len(block)
        if model.type_model_ is not None:
            types = model.type_model_.choose(
                model._types_of(block.facts.indptr, block.facts.indices)
            )[0].tolist()
        phrases = explanation_words(self.language)
        baseline = Contribution("baseline", "baseline", phrases["baseline"], self.baseline)
        bounds, (begins, ends, weights) = _wording(block, earned)
        matches = facts.matches
        starts = np.searchsorted(matches[:, 0], np.arange(len(texts) + 1)).tolist()
        explanations = []
        for row, text in enumerate(texts):
            fixed = block.texts[row]
            done = None if fixed == text else repair(text)
            active = slice(facts.indptr[row], facts.indptr[row + 1])
            parts = self._of_facts(
                facts.indices[active], shares[active], matches[starts[row] : starts[row + 1]], done
            )
            for place in range(bounds[row], bounds[row + 1]):
                start, end = begins[place], ends[place]
                span = (start, end) if done is None else done.span_in_raw(start, end)
                words = fixed[start:end]
                parts.append(Contribution("wording", words, words, weights[place], (span,)))
            if encoded is not None:
                weight = float(encoded[row])
                parts.append(Contribution("encoder", "encoder", phrases["encoder"], weight))
            parts.append(baseline)
            parts.sort(key=_strength)
            findings: tuple[str, ...] = ()
            if (facts.indices[active] >= self.link_base).any():
                findings = link_findings(check_links(fixed), self.language)
            if done is not None:
                findings += repair_findings(done.counts, self.language)
            prediction = str(predictions[row])
            possible = bool(likely[row]) and prediction not in ("scam", UNSURE)
            explanations.append(
                Explanation(
                    text,
                    self.label,
                    prediction,
                    float(probabilities[row, self.column]),
                    float(sum(c.weight for c in parts)),
                    tuple(parts),
                    findings,
                    types[row] if possible or prediction == "scam" else None,
                    self.language,
                    possible,
                )
            )
        return explanations

    def _of_facts(self, active, shares, matches, done: Repaired | None) -> list[Contribution]:
        """A contribution for each active fact: its own weight and half of each of its pairs."""
        concept_of_form = self.extractor.matcher.concept_of_form
        spans: dict[int, list[Span]] = {}
        for _, start, end, form in matches.tolist():
            span = (start, end) if done is None else done.span_in_raw(start, end)
            spans.setdefault(int(concept_of_form[form]), []).append(span)
        found = []
        for fact, weight in zip(active.tolist(), shares.tolist(), strict=True):
            kind, name, reason = self.facts[fact]
            found.append(Contribution(kind, name, reason, weight, tuple(spans.get(fact, ()))))
        return found


def _strength(contribution: Contribution) -> float:
    return -abs(contribution.weight)


@cache
def _spaces_and_marks() -> tuple[np.ndarray, np.ndarray]:
    """Which code points are white space, and which are marks on the letter before them."""
    size = len(char_classes())
    spaces = np.fromiter((chr(code).isspace() for code in range(size)), dtype=bool, count=size)
    marks = np.fromiter((category(chr(code))[0] == "M" for code in range(size)), bool, size)
    return spaces, marks


def _wording(block: Prepared, earned: np.ndarray) -> tuple[list[int], list[list]]:
    """Stretches of text and what their n-grams earn, for all texts of a block.

    A stretch is a word; runs of a script without spaces are cut where the sign changes, but
    never before a mark.

    Parameters
    ----------
    block : Prepared
    earned : numpy.ndarray of float64, shape (len(block.codes),)

    Returns
    -------
    bounds : list of int, length n + 1
        The stretches of text ``i`` are those from ``bounds[i]`` to ``bounds[i + 1]``.
    columns : list of lists
        Start and end in the repaired text, and weight, of each stretch.
    """
    offsets, classes = block.offsets, char_classes()
    spaces, marks = _spaces_and_marks()
    codes = np.minimum(block.codes, len(classes) - 1)
    space, positive = spaces[codes], earned > 0
    first = np.zeros(len(codes) + 1, dtype=bool)
    first[offsets] = True
    begins = first[:-1].copy()
    begins[1:] |= space[:-1]
    begins[1:] |= (
        (classes[codes[1:]] == UNSPACED) & (positive[1:] != positive[:-1]) & ~(marks[codes[1:]])
    )
    begins &= ~space
    stops = first[1:].copy()
    stops[:-1] |= space[1:] | begins[1:]
    stops &= ~space
    starts, ends = np.flatnonzero(begins), np.flatnonzero(stops) + 1
    rows = np.searchsorted(offsets, starts, side="right") - 1
    total = np.concatenate([[0.0], np.cumsum(earned)])
    bounds = np.searchsorted(rows, np.arange(len(block) + 1))
    columns = (starts - offsets[rows], ends - offsets[rows], total[ends] - total[starts])
    return bounds.tolist(), [column.tolist() for column in columns]


def explain_texts(model, texts: list[str], label: str, language: str) -> list[Explanation]:
    """Explain the score of ``label`` for every text; see ``ScamClassifier.explain``."""
    return Explainer(model, label, language).explain(texts)


def explanation_table(explanations: list[Explanation], n: int):
    """The ``n`` largest contributions of each explanation as a table; see ``explain_frame``."""
    import pandas as pd

    rows = [
        (
            row,
            explanation.prediction,
            explanation.probability,
            rank,
            c.kind,
            c.name,
            c.reason,
            c.weight,
            list(c.spans),
        )
        for row, explanation in enumerate(explanations)
        for rank, c in enumerate(explanation.top(n), 1)
    ]
    columns = ["row", "prediction", "probability", "rank", "kind", "name", "reason", "weight",
               "spans"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)
