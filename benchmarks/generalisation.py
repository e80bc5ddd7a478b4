"""Accuracy on sources and languages that a model has not seen, beside named peers.

    SCAMCLASSIFY_MIRROR=... python benchmarks/generalisation.py            # everything
    python benchmarks/generalisation.py --models scamclassify --splits source

Scam against the rest. Collected messages only are tested; where a model's name ends in
``+corpus`` (and for ours unless it says ``-corpus``), the written corpus is among the training
messages, less those of a held-out language. Every fold's result is kept in
``benchmarks/results/folds.jsonl`` and not computed again; remove the file to start anew.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score

import scamclassify
from scamclassify.benchmark.model import find_model
from scamclassify.classifiers.fitting import find_classes
from scamclassify.classifiers.scam import ScamClassifier
from scamclassify.classifiers.training import (
    TrainingSet,
    fact_scores,
    hide_facts,
    train_facts,
    train_ngrams,
)
from scamclassify.datasets.training_frame import load_training_frame
from scamclassify.evaluation.evaluator import scam_scores
from scamclassify.evaluation.splits import (
    GroupedStratifiedKFold,
    LaterInTime,
    LeaveOneLanguageOut,
    LeaveOneSourceOut,
)
from scamclassify.features.facts import FactExtractor

RESULTS = Path(__file__).parent / "results"
FOLDS = RESULTS / "folds.jsonl"
SEED = 0
SPLITS = ("random", "source", "language", "time", "corpus")


def recall_at(y: np.ndarray, scores: np.ndarray, fpr: float) -> float:
    """Recall at the threshold that at most a share ``fpr`` of the honest messages exceed."""
    honest = np.sort(scores[~y])[::-1]
    return float((scores[y] > honest[int(fpr * len(honest))]).mean())


def peer(name: str):
    """A function that trains a model of the suite on the rows and scores the others."""

    def run(frame, train_rows, test_rows):
        texts = frame["text"].to_numpy(object)
        labels = np.where(frame["label"] == "scam", "scam", "rest")
        model = find_model(name).build(SEED).fit(texts[train_rows], labels[train_rows])
        scores, _ = scam_scores(model, texts[test_rows])
        return scores

    return run


class Ours:
    """ScamClassifier; features are made once for all folds, as they learn nothing."""

    def __init__(self) -> None:
        self.prepared: dict[int, tuple] = {}
        self.fitted: dict[bytes, tuple] = {}

    def _prepare(self, frame) -> tuple:
        """The model, and its data of the whole frame."""
        if id(frame) not in self.prepared:
            model = ScamClassifier(random_state=SEED, calibration_folds=0)
            labels = frame["label"].to_numpy(object)
            model.classes_ = find_classes(labels)
            data = TrainingSet.build(
                model, frame, frame["text"].tolist(), labels, frame["group"].to_numpy(str)
            )
            self.prepared[id(frame)] = model, data
        return self.prepared[id(frame)]

    def _fit(self, frame, rows):
        """The data, and the weights of n-grams and facts fitted on the rows."""
        model, data = self._prepare(frame)
        key = rows.tobytes()
        if key not in self.fitted:
            weights, bias = train_facts(model, data, rows)
            known = fact_scores(data.facts[rows], weights, bias)
            self.fitted = {key: (train_ngrams(model, data, rows, known), (weights, bias))}
        return data, *self.fitted[key]

    @staticmethod
    def _margin(scores):
        return scores[:, 2] - np.logaddexp(scores[:, 0], scores[:, 1])

    def both(self, frame, train_rows, test_rows):
        """The whole model."""
        data, (ngrams, bias), (facts, fact_bias) = self._fit(frame, train_rows)
        scores = data.ngrams[test_rows] @ ngrams + fact_scores(data.facts[test_rows], facts)
        return self._margin(scores + bias + fact_bias)

    def facts(self, frame, train_rows, test_rows):
        """The facts alone: concepts, shape, repairs, brands and links, and their pairs."""
        data, _, (facts, fact_bias) = self._fit(frame, train_rows)
        return self._margin(fact_scores(data.facts[test_rows], facts) + fact_bias)

    def concepts(self, frame, train_rows, test_rows):
        """Concepts and shape, and their pairs: what the lexicon carries by itself."""
        model, data = self._prepare(frame)
        others = [name.startswith(("repair:", "link:")) for name in FactExtractor().names]
        facts = hide_facts(data.facts, [(np.array(others), 1.0)], SEED)
        data = replace(data, facts=facts)
        weights, bias = train_facts(model, data, train_rows)
        return self._margin(fact_scores(facts[test_rows], weights) + bias)


OURS = Ours()
REFERENCE = peer("tfidf_linear_svm")
MODELS: dict[str, tuple[Callable, bool]] = {
    "scamclassify": (OURS.both, True),
    "facts_only": (OURS.facts, True),
    "concepts_and_shape": (OURS.concepts, True),
    "scamclassify-corpus": (OURS.both, False),
    "facts_only-corpus": (OURS.facts, False),
    "tfidf_linear_svm": (REFERENCE, False),
    "tfidf_linear_svm+corpus": (REFERENCE, True),
    "tfidf_naive_bayes+corpus": (peer("tfidf_complement_nb"), True),
    "fasttext+corpus": (peer("fasttext"), True),
}


def parts_of(frame: pd.DataFrame, split: str):
    """Name, training rows and test rows of every fold of a split of collected messages."""
    groups = frame["group"].to_numpy()
    collected = frame["origin"].eq("collected").to_numpy()
    if split == "random":
        own = np.flatnonzero(collected)
        part = frame.iloc[own]
        for k, (a, b) in enumerate(GroupedStratifiedKFold(5).split(part, None, groups[own])):
            yield f"fold {k}", own[a], own[b]
        return
    if split == "corpus":  # train on what we wrote, test on what was collected
        for language, rows in frame[collected].groupby("language").indices.items():
            test = np.flatnonzero(collected)[rows]
            if frame["label"].iloc[test].eq("scam").any():
                yield language, np.flatnonzero(~collected), test
        return
    if split == "time":
        for a, b in LaterInTime().split(frame, groups=groups):
            for source in sorted(set(frame["source"].iloc[b])):
                test = b[frame["source"].iloc[b] == source]
                if 0 < frame["label"].iloc[test].eq("scam").sum() < len(test):
                    yield source, a, test
        return
    splitter = (LeaveOneSourceOut if split == "source" else LeaveOneLanguageOut)(both_classes=True)
    column = frame["source" if split == "source" else "language"]
    scams = frame["label"].eq("scam") & frame["origin"].eq("collected")
    names = splitter.values(frame)
    for name, (a, b) in zip(names, splitter.split(frame, groups=groups), strict=True):
        test = b[collected[b]]
        if name != "corpus" and scams[column.eq(name)].any() and len(test):
            yield name, a, test


def run(models: list[str], splits: list[str], max_per_source: int) -> pd.DataFrame:
    """Compute what is missing and return every fold's result."""
    frame = load_training_frame(
        max_per_source=max_per_source, evaluation_only=True, random_state=SEED, progress=False
    )
    collected = frame["origin"].eq("collected").to_numpy()
    stamp = {
        "revision": frame.attrs["revision"],
        "version": scamclassify.__version__,
        "seed": SEED,
        "max_per_source": max_per_source,
    }
    done = [json.loads(line) for line in FOLDS.open()] if FOLDS.exists() else []
    done = [row for row in done if all(row[key] == value for key, value in stamp.items())]
    known = {(row["model"], row["split"], row["fold"]) for row in done}
    RESULTS.mkdir(exist_ok=True)
    y = frame["label"].eq("scam").to_numpy()
    for split in splits:
        for fold, train_rows, test_rows in parts_of(frame, split):
            for name in models:
                if (name, split, fold) in known:
                    continue
                function, with_corpus = MODELS[name]
                if split == "corpus" and not with_corpus:
                    continue
                with_corpus = with_corpus and split != "random"
                rows = train_rows if with_corpus else train_rows[collected[train_rows]]
                start = time.perf_counter()
                scores = np.asarray(function(frame, rows, test_rows), dtype=float)
                truth = y[test_rows]
                row = {
                    **stamp,
                    "model": name,
                    "split": split,
                    "fold": fold,
                    "n_train": len(rows),
                    "n_test": len(test_rows),
                    "n_scam": int(truth.sum()),
                    "ap": float(average_precision_score(truth, scores)),
                    **{f"recall@{r}": recall_at(truth, scores, r) for r in (0.001, 0.005, 0.01)},
                    "seconds": round(time.perf_counter() - start, 1),
                }
                done.append(row)
                with FOLDS.open("a") as stream:
                    stream.write(json.dumps(row) + "\n")
                print(f"{split:9} {fold:16} {name:26} AP {row['ap']:.3f}", flush=True)
    return pd.DataFrame(done)


def table(results: pd.DataFrame, models: list[str], splits: list[str]) -> str:
    """Markdown tables: average precision of every fold, and the means."""
    lines = []
    for split in splits:
        part = results[(results["split"] == split) & results["model"].isin(models)]
        if part.empty:
            continue
        wide = part.pivot(index="fold", columns="model", values="ap")
        wide = wide[[name for name in models if name in wide]]
        means = part.groupby("model")[["ap", "recall@0.001", "recall@0.01"]].mean()
        lines += [f"\n## {split}\n", "| fold | " + " | ".join(wide.columns) + " |"]
        lines += ["|---" * (len(wide.columns) + 1) + "|"]
        for fold, row in wide.iterrows():
            lines.append(f"| {fold} | " + " | ".join(f"{v:.3f}" for v in row) + " |")
        for key, title in (
            ("ap", "mean AP"),
            ("recall@0.001", "mean recall at 0.1 % false positives"),
            ("recall@0.01", "mean recall at 1 % false positives"),
        ):
            values = " | ".join(f"**{means.loc[m, key]:.3f}**" for m in wide.columns)
            lines.append(f"| {title} | {values} |")
    return "\n".join(lines)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", nargs="+", default=list(MODELS), choices=list(MODELS))
    parser.add_argument("--splits", nargs="+", default=list(SPLITS), choices=SPLITS)
    parser.add_argument("--max-per-source", type=int, default=8000)
    options = parser.parse_args()
    results = run(options.models, options.splits, options.max_per_source)
    first = results.iloc[-1]
    text = (
        "# Generalisation: scam against the rest, collected messages\n\n"
        f"Data {first['revision']}, at most {first['max_per_source']} messages a set, seed "
        f"{first['seed']}, scamclassify {first['version']}. Rebuild: "
        "`python benchmarks/generalisation.py`.\n" + table(results, options.models, options.splits)
    )
    print(text)
    (RESULTS / "generalisation.md").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
