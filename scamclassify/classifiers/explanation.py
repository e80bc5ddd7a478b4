"""What explains the score of a message: contributions that add up to it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from scamclassify.classifiers.explanation_words import explanation_words

#: Kinds of contributions.
KINDS = ("concept", "signal", "repair", "link", "wording", "encoder", "baseline")


@dataclass(frozen=True, slots=True)
class Contribution:
    """One part of a score.

    Attributes
    ----------
    kind : {"concept", "signal", "repair", "link", "wording", "encoder", "baseline"}
        Concepts are what the message says, signals its shape, repair a name in disguise,
        link is how its links and the brands it names go together; wording is the n-grams of
        a stretch of text, encoder an optional encoder's view of the whole message; the
        baseline is there for every text.
    name : str
        Concept, signal, repair or link finding; for wording the stretch of text itself.
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
        The calibrated score of the label, its column of ``decision_function``: the sum of all
        contributions. (With two labels ``decision_function`` has the difference of the two,
        twice the score of the second.)
    contributions : tuple of Contribution
        Largest first, by absolute weight.
    findings : tuple of str
        What a person should know of the brands and links of the message, and of how it was
        disguised.
    scam_type : str or None
        Where the prediction is scam, or ``possible``, and the model knows types.
    language : str
        Language of the reasons and findings.
    possible : bool
        Whether scam is the most probable label, but not probable enough for the threshold that
        makes it the prediction.
    """

    text: str
    label: str
    prediction: str
    probability: float
    score: float
    contributions: tuple[Contribution, ...]
    findings: tuple[str, ...] = ()
    scam_type: str | None = None
    language: str = "en"
    possible: bool = False

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
        """The explanation as JSON; half of a character that is broken off becomes ``?``."""
        text = json.dumps(self.to_dict(), ensure_ascii=False)
        return text.encode("utf-8", "replace").decode("utf-8")

    def to_text(self, n: int = 8) -> str:
        """The explanation for a terminal."""
        words = explanation_words(self.language)
        kinds = {c.kind: words[f"kind.{c.kind}"] for c in self.top(n)}
        lines = [f"{self.headline()}: {self.probability:.3f}"]
        lines += [f"  {c.weight:+6.2f}  {kinds[c.kind]}: {c.reason}" for c in self.top(n)]
        lines += [f"  ! {finding}" for finding in self.findings]
        return "\n".join(lines)

    def headline(self) -> str:
        """Prediction and explained label, in the language of the reasons."""
        words = explanation_words(self.language)
        about = words["probability"].format(label=words[self.label])
        kind = f" ({words[f'type.{self.scam_type}']})" if self.scam_type else ""
        if self.possible:
            return f"{words['possible'].format(kind=kind)}, {about}"
        return f"{words[self.prediction]}{kind}, {about}"

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        from scamclassify.classifiers.explanation_html import explanation_html

        return explanation_html(self)
