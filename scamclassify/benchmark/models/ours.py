"""The classifier of this library, and what its facts do alone."""

from __future__ import annotations

from scamclassify.benchmark.model import ModelSpec
from scamclassify.classifiers.scam import ScamClassifier


def _whole(seed: int) -> ScamClassifier:
    return ScamClassifier(random_state=seed)


def _facts(seed: int) -> ScamClassifier:
    return ScamClassifier(ngram_epochs=0, random_state=seed)


def _revision() -> str:
    from scamclassify.knowledge.brands import load_brands
    from scamclassify.knowledge.lexicon import load_lexicon

    return f"lexicon {load_lexicon().revision}, brands {load_brands().revision}"


SPECS = (
    ModelSpec(
        "facts_only",
        _facts,
        "ScamClassifier without n-grams: concepts, shape, repairs, brands and links",
        labels="all",
        takes_frame=True,
        revision=_revision,
    ),
    ModelSpec(
        "scamclassify",
        _whole,
        "ScamClassifier, the default of this library",
        labels="all",
        takes_frame=True,
        revision=_revision,
    ),
)
