"""The suite ``asean-2026.1``. Published: add nothing, change nothing, supersede instead.

``asean_2026_1.json`` beside this file holds every definition with its digest; a test compares.
"""

from __future__ import annotations

from typing import Any

from scamclassify.benchmark.task import Task
from scamclassify.labels import LANGUAGES

SUITE = "asean-2026.1"
#: What the definitions were published with.
REVISION = "8cae7ae9e407fb6a+corpus-dcbdc7b24e4aa1de"

_DATASETS = (
    "burmese_comments",
    "fbs_zh",
    "indonesian_sms",
    "judol_id",
    "khmer_news",
    "malay_tweets",
    "mishra_soni",
    "nus_sms_en",
    "nus_sms_zh",
    "ph_sms",
    "tamil_comments",
    "thai_sms",
    "uci_sms",
    "vietnamese_sms",
    "wisesight_th",
)
#: Languages with collected scams, and all of them.
_COLLECTED = ("en", "id", "th", "vi", "tl", "zh")
_ALL = tuple(LANGUAGES)
_HONEST_ONLY = ("en", "km", "ms", "my", "ta", "th", "zh")

_GROUPS = (
    "Near-duplicates on both sides of a split: Kaufman, S. et al. (2012). Leakage in data mining. "
    "ACM TKDD 6(4). https://doi.org/10.1145/2382577.2382579"
)
_DOMAINS = (
    "Held-out domains: Koh, P. W. et al. (2021). WILDS: a benchmark of in-the-wild distribution "
    "shifts. ICML. https://proceedings.mlr.press/v139/koh21a.html"
)
_ZERO_SHOT = (
    "Zero-shot transfer: Hu, J. et al. (2020). XTREME: a massively multilingual multi-task "
    "benchmark. ICML. https://proceedings.mlr.press/v119/hu20b.html"
)
_TIME = (
    "Temporal bias: Pendlebury, F. et al. (2019). TESSERACT. USENIX Security. "
    "https://www.usenix.org/conference/usenixsecurity19/presentation/pendlebury"
)
_DISGUISE = (
    "Visual perturbations: Eger, S. et al. (2019). Text processing like humans do. NAACL. "
    "https://aclanthology.org/N19-1165/"
)
_FEW = (
    "Few-shot transfer: Lauscher, A. et al. (2020). From zero to hero. EMNLP. "
    "https://aclanthology.org/2020.emnlp-main.363/"
)
_CALIBRATION = (
    "Equal-mass bins: Nguyen, K. and O'Connor, B. (2015). Posterior calibration and exploratory "
    "analysis. EMNLP. https://aclanthology.org/D15-1182/"
)
_COST = (
    "Cost beside accuracy: Schwartz, R. et al. (2020). Green AI. Communications of the ACM 63(12). "
    "https://doi.org/10.1145/3381831"
)
_AP = "average_precision"


def _task(name: str, split: str, description: str, citation: str, **fields: Any) -> Task:
    defaults: dict[str, Any] = {
        "datasets": _DATASETS,
        "corpus": True,
        "origin": "collected",
        "metric": _AP,
        "languages": _COLLECTED,
        "train_sample": 250,
        "test_sample": 500,
        "revision": REVISION,
    }
    return Task(
        id=f"{SUITE}/{name}",
        split=split,
        description=description,
        citation=citation,
        **(defaults | fields),
    )


def _few_shot(labels: int) -> Task:
    return _task(
        f"few-shot-{labels}",
        "few_shot",
        f"Train on 1,000 messages of other languages and {labels} labels of a new one, three "
        "draws; test collected messages of it.",
        _FEW,
        options={"labels": labels, "draws": 3, "pool": 1000, "test_most": 300},
    )


#: Every task, in the order of tables.
TASKS: tuple[Task, ...] = (
    _task(
        "in-domain",
        "in_domain",
        "Grouped folds within the collected sets of each language that have scams.",
        _GROUPS,
        options={"n_splits": 3},
    ),
    _task(
        "in-domain-authored",
        "in_domain",
        "Grouped folds within the written messages of each language.",
        _GROUPS,
        origin="authored",
        languages=_ALL,
        options={"n_splits": 3},
    ),
    _task(
        "cross-source",
        "cross_source",
        "Train on all other sets and the corpus, test on a collected set that is held out.",
        _DOMAINS,
    ),
    _task(
        "cross-language",
        "leave_language_out",
        "Train on all other languages, collected and written; test collected messages of the "
        "language held out.",
        _ZERO_SHOT,
    ),
    _task(
        "cross-language-authored",
        "leave_language_out",
        "Train on all other languages, collected and written; test written messages of the "
        "language held out.",
        _ZERO_SHOT,
        origin="authored",
        languages=_ALL,
    ),
    _task(
        "language-pairs",
        "language_pairs",
        "Train on collected messages of one language, test those of another; every ordered pair.",
        _ZERO_SHOT,
        options={"test_most": 300},
    ),
    _task(
        "later",
        "later",
        "Train on the earlier three quarters of the dated messages, test the later quarter of "
        "each set that has scams.",
        _TIME,
        languages=("th", "tl"),
        options={"test_share": 0.25},
    ),
    _task(
        "disguise",
        "disguised",
        "Held-out scams in each of thirteen disguises against honest messages as they are.",
        _DISGUISE,
        metric="recall_at_fpr_0.01",
        options={"scams": 30, "honest": 1000},
    ),
    _few_shot(8),
    _few_shot(32),
    _few_shot(128),
    _task(
        "false-alarms",
        "false_alarms",
        "Honest messages of sets that were never trained on, where 80 % of the held-out scams "
        "of other sets are found.",
        _DOMAINS,
        metric="false_alarm_rate",
        languages=_HONEST_ONLY,
    ),
    _task(
        "calibration",
        "cross_source",
        "Whether probabilities hold on a collected set that is held out.",
        _CALIBRATION,
        metric="calibration_error",
    ),
    _task(
        "scam-type-found",
        "found_by_type",
        "Train on collected messages, test written scams of each type against all written "
        "honest messages.",
        _DOMAINS,
        origin="authored",
        languages=_ALL,
    ),
    _task(
        "scam-type",
        "told_apart",
        "Tell each type of written scams from all other types; grouped split.",
        _GROUPS,
        origin="authored",
        languages=_ALL,
    ),
    _task(
        "speed",
        "speed",
        "Messages scored a CPU second after training on 2,000, as a multiple of "
        "tfidf_linear_svm's in the same run.",
        _COST,
        metric="predict_speed",
        languages=_COLLECTED,
        options={"train": 2000, "test": 2000},
    ),
)
