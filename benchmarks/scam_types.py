"""Which scam type a scam is of, in languages and sources that the model has not seen.

    SCAMCLASSIFY_MIRROR=... python benchmarks/scam_types.py

Scams whose type is known: those of the written corpus, and the collected ones of the sets that
carry types. Each language in turn is held out of the written corpus (and of everything else),
then each collected set. Authored and collected messages are reported apart. Beside it: TF-IDF
of words and characters with a linear SVM on the same messages. Writes
``results/scam_types.json``.
"""

from __future__ import annotations

import numpy as np
from recording import write_results
from sklearn.metrics import accuracy_score, f1_score

from scamclassify import ScamClassifier
from scamclassify.classifiers.registry import build_model
from scamclassify.classifiers.scam_types import TYPES
from scamclassify.classifiers.training import TrainingSet
from scamclassify.classifiers.type_training import known_types, train_types
from scamclassify.classifiers.typing_scams import PAIR_VALUE
from scamclassify.datasets.training_frame import load_training_frame
from scamclassify.evaluation.metrics import expected_calibration_error
from scamclassify.features.facts import FactExtractor
from scamclassify.features.prepared import prepare

SEED, MOST = 0, 8000


def main() -> None:
    """Measure and write."""
    whole = load_training_frame(max_per_source=MOST, random_state=SEED, progress=False)
    frame = whole[whole["scam_type"].notna()].reset_index(drop=True)
    labels = frame["label"].to_numpy(object)
    model = ScamClassifier(random_state=SEED)
    model.classes_ = np.array(["ham", "promo", "scam"])
    texts = frame["text"].tolist()
    data = TrainingSet.build(model, frame, texts, labels, frame["group"].to_numpy(str))
    types = known_types(frame, None, labels)
    authored = frame["origin"].eq("authored").to_numpy()
    language = frame["language"].to_numpy(str)
    source = frame["source"].to_numpy(str)
    names = np.array(TYPES)
    n_facts = FactExtractor().n_facts

    def predict(test: np.ndarray, apart: np.ndarray):
        rest = np.flatnonzero(~apart & ~np.isin(data.groups, data.groups[test]))
        known = train_types(model, data.take(rest), types[rest])
        facts = prepare([texts[row] for row in test]).facts
        p = known.probabilities(facts.indptr, facts.indices, n_facts, PAIR_VALUE)
        chosen, probability = known.choose(p)
        # The peer learns from as many messages of a type in a source as the model.
        rng = np.random.default_rng(SEED)
        few = [
            rng.permutation(rest[(source[rest] == s) & (types[rest] == t)])[:400]
            for s in np.unique(source[rest])
            for t in np.unique(types[rest])
        ]
        rows = np.sort(np.concatenate(few))
        peer = build_model("tfidf_linear_svm").fit([texts[r] for r in rows], names[types[rows]])
        return chosen, probability, peer.predict([texts[r] for r in test]), known.threshold

    def figures(rows: np.ndarray, chosen, probability, peer) -> dict[str, float | int]:
        truth = names[types[rows]]
        present = np.unique(truth)
        right = chosen == truth
        return {
            "n": len(rows),
            "n_types": len(present),
            "macro_f1": round(f1_score(truth, chosen, labels=present, average="macro"), 4),
            "accuracy": round(accuracy_score(truth, chosen), 4),
            "calibration_error": round(float(expected_calibration_error(right, probability)), 4),
            "peer_macro_f1": round(f1_score(truth, peer, labels=present, average="macro"), 4),
            "peer_accuracy": round(accuracy_score(truth, peer), 4),
        }

    rows_out, pooled = [], []
    for held in sorted(set(language[authored])):
        test = np.flatnonzero(authored & (language == held))
        chosen, probability, peer, threshold = predict(test, language == held)
        pooled.append((test, chosen, probability, peer))
        row = {"held out": f"language {held}", "origin": "authored", "threshold": threshold}
        rows_out.append(row | figures(test, chosen, probability, peer))
        print(rows_out[-1], flush=True)
    test, chosen, probability, peer = (np.concatenate(part) for part in zip(*pooled, strict=True))
    row = {"held out": "each language in turn", "origin": "authored"}
    rows_out.append(row | figures(test, chosen, probability, peer))
    truth = names[types[test]]
    by_type = dict(zip(
        TYPES,
        f1_score(truth, chosen, labels=TYPES, average=None).round(4).tolist(),
        strict=True,
    ))  # fmt: skip
    print(rows_out[-1], by_type, flush=True)
    for held in sorted(set(source[~authored])):
        test = np.flatnonzero(source == held)
        if len(test) < 100:
            continue
        chosen, probability, peer, threshold = predict(test, source == held)
        row = {"held out": f"source {held}", "origin": "collected", "threshold": threshold}
        rows_out.append(row | figures(test, chosen, probability, peer))
        print(rows_out[-1], flush=True)
    write_results(
        "scam_types",
        whole,
        {
            "seed": SEED,
            "max_per_source": MOST,
            "rows": rows_out,
            "f1 by type, authored, each language in turn": by_type,
        },
    )


if __name__ == "__main__":
    main()
