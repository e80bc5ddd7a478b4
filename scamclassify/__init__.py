"""Multilingual online-scam classification for the ASEAN region.

The public names below are loaded when first used, so that ``import scamclassify`` costs
next to nothing and scoring never waits for libraries that only training needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from scamclassify.batch.scoring import score_file
    from scamclassify.benchmark.run import run_benchmark
    from scamclassify.campaigns.find import find_campaigns
    from scamclassify.classifiers.registry import build_model
    from scamclassify.classifiers.scam import ScamClassifier
    from scamclassify.datasets.corpus import load_corpus
    from scamclassify.datasets.registry import list_datasets, load_dataset
    from scamclassify.evaluation.evaluator import evaluate
    from scamclassify.evaluation.report import Report
    from scamclassify.features.ngrams import HashedNgramVectorizer
    from scamclassify.indicators.extract import extract_indicators
    from scamclassify.knowledge.brands import load_brands
    from scamclassify.knowledge.lexicon import load_lexicon
    from scamclassify.persistence.models import load_model, save_model

#: Where each public name lives.
_HOMES = {
    "HashedNgramVectorizer": "features.ngrams",
    "Report": "evaluation.report",
    "ScamClassifier": "classifiers.scam",
    "build_model": "classifiers.registry",
    "evaluate": "evaluation.evaluator",
    "extract_indicators": "indicators.extract",
    "find_campaigns": "campaigns.find",
    "list_datasets": "datasets.registry",
    "load_brands": "knowledge.brands",
    "load_corpus": "datasets.corpus",
    "load_dataset": "datasets.registry",
    "load_lexicon": "knowledge.lexicon",
    "load_model": "persistence.models",
    "run_benchmark": "benchmark.run",
    "save_model": "persistence.models",
    "score_file": "batch.scoring",
}

__all__ = [
    "HashedNgramVectorizer",
    "Report",
    "ScamClassifier",
    "build_model",
    "evaluate",
    "extract_indicators",
    "find_campaigns",
    "list_datasets",
    "load_brands",
    "load_corpus",
    "load_dataset",
    "load_lexicon",
    "load_model",
    "run_benchmark",
    "save_model",
    "score_file",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
