"""Models trained apart by three agencies and merged, against one trained on all their messages.

    SCAMCLASSIFY_MIRROR=... python benchmarks/merge.py

Scam against the rest, average precision on collected messages: a fifth of the groups of
near-duplicates, which no agency has, and two sources that no agency has. The agencies share
the messages out by groups at random, by source, or by language. After a first merge each learns
on from the merged model with its own messages, and the models are merged again (``next_round``).
Writes ``results/merge.json``.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from recording import write_results
from sklearn.metrics import average_precision_score

from scamclassify import ScamClassifier
from scamclassify.classifiers.merging import merge_models
from scamclassify.datasets.training_frame import load_training_frame

SEED, AGENCIES, MOST = 0, 3, 3000
UNSEEN = ("ph_sms", "thai_sms")


def shares(frame: pd.DataFrame, way: str) -> np.ndarray:
    """Agency of each message."""
    rng = np.random.default_rng(SEED)
    if way == "groups":
        codes = pd.factorize(frame["group"])[0]
        return rng.integers(0, AGENCIES, codes.max() + 1)[codes]
    # Large and small ones are dealt out in turn; every agency has the written corpus' third.
    names = frame[way].value_counts().index
    agency = frame[way].map({name: place % AGENCIES for place, name in enumerate(names)})
    authored = frame["origin"].eq("authored").to_numpy()
    if way == "source":
        agency = agency.mask(authored, pd.Series(rng.integers(0, AGENCIES, len(frame))).values)
    return agency.to_numpy()


def fit(frame: pd.DataFrame) -> ScamClassifier:
    """A model without calibration, whose ranking is what is compared."""
    model = ScamClassifier(calibration_folds=0, random_state=SEED)
    return model.fit(frame.drop(columns="scam_type"), frame["label"])


def precision(model: ScamClassifier, frame: pd.DataFrame) -> float:
    """Average precision of scam against the rest."""
    scores = model.decision_function(frame)
    margin = scores[:, 2] - np.logaddexp(scores[:, 0], scores[:, 1])
    return float(average_precision_score(frame["label"].eq("scam"), margin))


def main() -> None:
    """Measure and write."""
    whole = load_training_frame(max_per_source=MOST, random_state=SEED, progress=False)
    codes = pd.factorize(whole["group"])[0]
    held = np.random.default_rng(SEED).random(codes.max() + 1)[codes] < 0.2
    unseen = whole["source"].isin(UNSEEN).to_numpy()
    collected = whole["origin"].eq("collected").to_numpy()
    tests = {"unseen messages": whole[held & ~unseen & collected]}
    tests |= {f"unseen source {name}": whole[whole["source"].eq(name)] for name in UNSEEN}
    frame = whole[~held & ~unseen & ~whole["group"].isin(whole["group"][unseen])]
    frame = frame.reset_index(drop=True)
    together = fit(frame)
    rows = [
        {"way": "together", "test": name, "together": precision(together, part)}
        for name, part in tests.items()
    ]
    joint = {row["test"]: row.pop("together") for row in rows}
    rows = []
    for way in ("groups", "source", "language"):
        agency = shares(frame, way)
        shared = [frame[agency == k].reset_index(drop=True) for k in range(AGENCIES)]
        parts = [fit(part) for part in shared]
        merged = merge_models(parts)
        again = merge_models(
            [
                own.next_round(merged, part.drop(columns="scam_type"), part["label"])
                for own, part in zip(parts, shared, strict=True)
            ]
        )
        for name, part in tests.items():
            row = {
                "shared out by": way,
                "test": name,
                "together": round(joint[name], 4),
                "merged": round(precision(merged, part), 4),
                "second round": round(precision(again, part), 4),
                "best agency alone": round(max(precision(one, part) for one in parts), 4),
            }
            rows.append(row)
            print(row, flush=True)
    about = {"seed": SEED, "max_per_source": MOST, "n_train": len(frame)}
    write_results("merge", whole, {**about, "rows": rows})


if __name__ == "__main__":
    main()
