"""Explanations of ScamClassifier: contributions that add up to the score."""

from __future__ import annotations

import html
import json
from dataclasses import asdict, dataclass

import numpy as np

from scamclassify.classifiers.calibration import softmax
from scamclassify.classifiers.typing_scams import CHAR_RANGE, PAIR_VALUE, WORD_NGRAMS
from scamclassify.errors import UnknownNameError
from scamclassify.features.attribution_kernel import spread_ngram_scores
from scamclassify.features.fact_kernel import share_fact_scores
from scamclassify.features.facts import FactExtractor
from scamclassify.features.prepared import prepare_blocks
from scamclassify.labels import check_language
from scamclassify.text.codepoints import UNSPACED, char_classes, fold_table
from scamclassify.text.repair import repair


@dataclass(frozen=True)
class Contribution:
    """One part of a score.

    Attributes
    ----------
    kind : {"concept", "signal", "repair", "link", "wording", "baseline"}
        Concepts are what the message says, signals its shape, repairs what was disguised,
        link is how its links and the brands it names go together; wording is the n-grams of
        a stretch of text; the baseline is there for every text.
    name : str
        Concept, signal or repair; for wording the stretch of text itself.
    reason : str
        In words.
    weight : float
        Positive for the explained label, negative against it.
    spans : tuple of (int, int)
        Places in the original text, end exclusive; empty where there are none.
    """

    kind: str
    name: str
    reason: str
    weight: float
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Explanation:
    """Why a message got its score.

    Attributes
    ----------
    text : str
        The original text.
    label : str
        The label that is explained.
    prediction : str
        The label that the model predicts.
    probability : float
        Of the explained label.
    score : float
        The calibrated score of the label: the sum of all contributions.
    contributions : tuple of Contribution
        Largest first, by absolute weight.
    """

    text: str
    label: str
    prediction: str
    probability: float
    score: float
    contributions: tuple[Contribution, ...]

    def top(self, n: int = 5) -> tuple[Contribution, ...]:
        """The ``n`` largest contributions besides the baseline."""
        return tuple(c for c in self.contributions if c.kind != "baseline")[:n]

    def reasons(self, n: int = 3) -> tuple[str, ...]:
        """Reason phrases of the concepts that speak most for the label."""
        return tuple(c.reason for c in self.contributions if c.kind == "concept" and c.weight > 0)[
            :n
        ]

    def to_dict(self) -> dict:
        """The explanation as plain values."""
        return asdict(self)

    def to_json(self) -> str:
        """The explanation as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def to_text(self, n: int = 8) -> str:
        """The explanation for a terminal."""
        lines = [f"{self.prediction}: probability of {self.label} {self.probability:.3f}"]
        lines += [f"  {c.weight:+6.2f}  {c.kind:<8} {c.reason}" for c in self.top(n)]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        weights = np.zeros(len(self.text) + 1)
        for c in self.contributions:
            length = sum(end - start for start, end in c.spans)
            for start, end in c.spans:
                weights[start:end] += c.weight / max(length, 1)
        top = max(float(np.abs(weights).max()), 1e-9)
        parts = []
        start = 0
        for end in range(1, len(self.text) + 1):
            if end == len(self.text) or weights[end] != weights[start]:
                piece = html.escape(self.text[start:end]).replace("\n", "<br>")
                strength = abs(weights[start]) / top
                colour = "213,94,0" if weights[start] > 0 else "0,114,178"
                if strength > 0.05:
                    piece = (
                        f'<span style="background:rgba({colour},{0.65 * strength:.2f})">'
                        f"{piece}</span>"
                    )
                parts.append(piece)
                start = end
        rows = "".join(
            f"<tr><td style='text-align:right'>{c.weight:+.2f}</td><td>{c.kind}</td>"
            f"<td>{html.escape(c.reason)}</td></tr>"
            for c in self.top(8)
        )
        return (
            f"<div><b>{html.escape(self.prediction)}</b>, probability of "
            f"{html.escape(self.label)} {self.probability:.3f}"
            f"<p style='line-height:1.7' dir='auto'>{''.join(parts)}</p>"
            f"<table>{rows}</table></div>"
        )


def _stretches(text: str, values: np.ndarray) -> list[tuple[int, int]]:
    """Words of a text; runs of a script without spaces are cut where the sign changes."""
    classes = char_classes()
    stretches = []
    start = None
    for i, char in enumerate(text):
        if char.isspace():
            if start is not None:
                stretches.append((start, i))
            start = None
        elif start is None:
            start = i
        elif classes[min(ord(char), len(classes) - 1)] == UNSPACED and (
            (values[i] > 0) != (values[i - 1] > 0)
        ):
            stretches.append((start, i))
            start = i
    if start is not None:
        stretches.append((start, len(text)))
    return stretches


def explain_texts(model, texts: list[str], label: str, language: str) -> list[Explanation]:
    """Explain the score of ``label`` for every text; see ``ScamClassifier.explain``."""
    if label not in model.classes_:
        raise UnknownNameError("label", label, model.classes_.tolist())
    check_language(language)
    column = model.classes_.tolist().index(label)

    def centred(coef: np.ndarray) -> np.ndarray:
        return model.scale_ * (coef[..., column] - coef.mean(axis=-1))

    ngram_weights = centred(model.ngram_coef_).astype(np.float32)
    fact_weights = centred(model.fact_coef_)
    baseline = float(centred(model.intercept_) + model.shift_[column] - model.shift_.mean())
    extractor = FactExtractor()
    explanations: list[Explanation] = []
    for rows, block in prepare_blocks(texts, extractor=extractor):
        explanations += _explain_block(
            model, texts[rows], block, extractor, label, language,
            (ngram_weights, fact_weights, baseline),
        )  # fmt: skip
    return explanations


def _explain_block(model, texts, block, extractor, label, language, weights) -> list[Explanation]:
    ngram_weights, fact_weights, baseline = weights
    column = model.classes_.tolist().index(label)
    codes, offsets, facts = block.codes, block.offsets, block.facts
    earned = np.zeros(len(codes), dtype=np.float32)
    spread_ngram_scores(
        codes, offsets, fold_table(), char_classes(), *CHAR_RANGE, WORD_NGRAMS,
        int(model.n_features).bit_length() - 1, ngram_weights, earned,
    )  # fmt: skip
    shares = np.zeros(len(facts.indices))
    share_fact_scores(
        facts.indptr, facts.indices, extractor.n_facts, fact_weights, PAIR_VALUE, shares
    )
    probabilities = softmax(model.calibrated(block))
    predictions = model.label_of(probabilities)
    starts = np.searchsorted(facts.matches[:, 0], np.arange(len(texts) + 1))
    explanations = []
    for row, text in enumerate(texts):
        fixed = block.texts[row]
        positions = None if fixed == text else repair(text)
        matches = facts.matches[starts[row] : starts[row + 1]]
        active = slice(facts.indptr[row], facts.indptr[row + 1])
        contributions = _fact_contributions(
            extractor, facts.indices[active], matches, shares[active], positions, language
        )
        values = earned[offsets[row] : offsets[row + 1]]
        for start, end in _stretches(fixed, values):
            span = positions.span_in_raw(start, end) if positions else (start, end)
            words = fixed[start:end]
            contributions.append(
                Contribution("wording", words, words, float(values[start:end].sum()), (span,))
            )
        contributions.append(Contribution("baseline", "baseline", "baseline", baseline))
        contributions.sort(key=lambda c: -abs(c.weight))
        explanations.append(
            Explanation(
                text,
                label,
                str(predictions[row]),
                float(probabilities[row, column]),
                float(sum(c.weight for c in contributions)),
                tuple(contributions),
            )
        )
    return explanations


def _fact_contributions(extractor, active, matches, total, positions, language):
    """A contribution for each active fact: its own weight and half of each of its pairs."""
    matcher = extractor.matcher
    spans: dict[int, list[tuple[int, int]]] = {}
    for _, start, end, form in matches.tolist():
        span = positions.span_in_raw(start, end) if positions else (start, end)
        spans.setdefault(int(matcher.concept_of_form[form]), []).append(span)
    found = []
    for fact, weight in zip(active.tolist(), total.tolist(), strict=True):
        name = extractor.names[fact]
        if fact < matcher.n_concepts:
            kind, reason = "concept", matcher.lexicon.reason(name, language)
        elif name.startswith("repair:"):
            kind, name = "repair", name.removeprefix("repair:")
            reason = f"disguise undone: {name.replace('_', ' ')}"
        elif name.startswith("link:"):
            kind, name = "link", name.removeprefix("link:")
            reason = f"brands and links: {name.replace('_', ' ')}"
        else:
            kind, reason = "signal", name.replace("_", " ")
        found.append(Contribution(kind, name, reason, weight, tuple(spans.get(fact, ()))))
    return found
