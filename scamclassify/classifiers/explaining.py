"""Explains scores: shares every part of a score out to what earned it."""

from __future__ import annotations

from unicodedata import category

import numpy as np

from scamclassify.classifiers.calibration import softmax
from scamclassify.classifiers.encoding import encode_texts
from scamclassify.classifiers.explanation import Contribution, Explanation
from scamclassify.classifiers.explanation_words import (
    explanation_words,
    fact_phrase,
    link_findings,
)
from scamclassify.classifiers.typing_scams import CHAR_RANGE, PAIR_VALUE, WORD_NGRAMS
from scamclassify.errors import UnknownNameError
from scamclassify.features.attribution_kernel import spread_ngram_scores
from scamclassify.features.fact_kernel import share_fact_scores
from scamclassify.features.facts import FactExtractor
from scamclassify.features.link_check import LINK_FLAGS, check_links
from scamclassify.features.prepared import Prepared, prepare_blocks
from scamclassify.labels import check_language
from scamclassify.text.codepoints import UNSPACED, char_classes, fold_table
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
        self.ngram_weights = self._centred(model.ngram_coef_).astype(np.float32)
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
            block.codes, block.offsets, fold_table(), char_classes(), *CHAR_RANGE, WORD_NGRAMS,
            int(model.n_features).bit_length() - 1, self.ngram_weights, earned,
        )  # fmt: skip
        shares = np.zeros(len(facts.indices))
        share_fact_scores(
            facts.indptr, facts.indices, self.extractor.n_facts, self.fact_weights, PAIR_VALUE,
            shares,
        )  # fmt: skip
        encoded = None
        if model.encoder_coef_ is not None:
            weights = self._centred(model.encoder_coef_)
            encoded = encode_texts(model.encoder, block.texts, len(weights)) @ weights
        probabilities = softmax(model.calibrated(block) + model.prevalence_shift())
        predictions = model.label_of(probabilities)
        types = [None] * len(block)
        if model.type_model_ is not None:
            types = model.type_model_.choose(model._types_of(block))[0].tolist()
        words = explanation_words(self.language)
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
            values = earned[block.offsets[row] : block.offsets[row + 1]]
            parts += _of_wording(fixed, values, done)
            if encoded is not None:
                weight = float(encoded[row])
                parts.append(Contribution("encoder", "encoder", words["encoder"], weight))
            parts.append(Contribution("baseline", "baseline", words["baseline"], self.baseline))
            parts.sort(key=lambda c: -abs(c.weight))
            findings: tuple[str, ...] = ()
            if (facts.indices[active] >= self.link_base).any():
                findings = link_findings(check_links(fixed), self.language)
            prediction = str(predictions[row])
            explanations.append(
                Explanation(
                    text,
                    self.label,
                    prediction,
                    float(probabilities[row, self.column]),
                    float(sum(c.weight for c in parts)),
                    tuple(parts),
                    findings,
                    types[row] if prediction == "scam" else None,
                    self.language,
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


def _of_wording(fixed: str, values: np.ndarray, done: Repaired | None) -> list[Contribution]:
    """A contribution for each stretch of text: what its n-grams earn."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    found = []
    for start, end in _stretches(fixed, values):
        span = (start, end) if done is None else done.span_in_raw(start, end)
        words = fixed[start:end]
        weight = float(total[end] - total[start])
        found.append(Contribution("wording", words, words, weight, (span,)))
    return found


def _stretches(text: str, values: np.ndarray) -> list[Span]:
    """Words of a text; runs of a script without spaces are cut where the sign changes."""
    classes = char_classes()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    unspaced = classes[np.minimum(codes, len(classes) - 1)] == UNSPACED
    positive = values > 0
    cut = np.zeros(len(text) + 1, dtype=bool)
    if len(text) > 1:
        cut[1:-1] = unspaced[1:] & (positive[1:] != positive[:-1])
    # A mark belongs to the letter before it.
    cuts = [at for at in np.flatnonzero(cut).tolist() if category(text[at])[0] != "M"]
    stretches: list[Span] = []
    start, place, next_cut = 0, 0, 0
    for word in text.split():
        start = text.index(word, place)
        place = start + len(word)
        while next_cut < len(cuts) and cuts[next_cut] <= start:
            next_cut += 1
        while next_cut < len(cuts) and cuts[next_cut] < place:
            stretches.append((start, cuts[next_cut]))
            start = cuts[next_cut]
            next_cut += 1
        stretches.append((start, place))
    return stretches


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
