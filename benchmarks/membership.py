"""What a model gives away about the messages it was trained on.

    SCAMCLASSIFY_MIRROR=... python benchmarks/membership.py

The messages are dealt out by groups of near-duplicates in three thirds: one trains the model,
one is never seen, one trains a reference model. An attacker who has the model, a message and
its label guesses whether the message was trained on: by its loss (S. Yeom et al., "Privacy
risk in machine learning", 2018, https://arxiv.org/abs/1709.01604) and by how much lower the loss
is than that of the reference model (L. Watson et al., "On the importance of difficulty
calibration in membership inference attacks", 2021, https://arxiv.org/abs/2111.08440). An area under
the curve of 0.5 and a recall of 0.01 at 1 % false positives give nothing away. Writes
``results/membership.json``.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from recording import write_results
from sklearn.metrics import roc_auc_score

from scamclassify import ScamClassifier
from scamclassify.datasets.training_frame import load_training_frame

SEED, MOST = 0, 8000


def losses(model: ScamClassifier, frame: pd.DataFrame) -> np.ndarray:
    """Loss of the true label of each message, before calibration evens scores out."""
    scores = model.decision_function(frame).astype(np.float64)
    column = frame["label"].map({name: k for k, name in enumerate(model.classes_)}).to_numpy()
    return np.logaddexp.reduce(scores, axis=1) - scores[np.arange(len(frame)), column]


def recall_at(member: np.ndarray, guess: np.ndarray, rate: float = 0.01) -> float:
    """Share of members found when a share ``rate`` of the others is taken for members."""
    return float((guess[member] > np.quantile(guess[~member], 1 - rate)).mean())


def main() -> None:
    """Measure and write."""
    whole = load_training_frame(max_per_source=MOST, random_state=SEED, progress=False)
    codes = pd.factorize(whole["group"])[0]
    third = np.random.default_rng(SEED).integers(0, 3, codes.max() + 1)[codes]
    parts = [whole[third == k].reset_index(drop=True) for k in range(3)]
    rows = []
    for name, changes in (("as it is", {}), ("facts alone", {"ngram_share": 0.0})):
        models = [
            ScamClassifier(calibration_folds=0, random_state=SEED, **changes).fit(
                part.drop(columns="scam_type"), part["label"]
            )
            for part in (parts[0], parts[2])
        ]
        both = pd.concat(parts[:2], ignore_index=True)
        member = np.arange(len(both)) < len(parts[0])
        own, reference = (losses(model, both) for model in models)
        for origin in ("collected", "authored"):
            chosen = both["origin"].eq(origin).to_numpy()
            for attack, guess in (("loss", -own), ("loss against a reference", reference - own)):
                row = {
                    "model": name,
                    "messages": origin,
                    "attack": attack,
                    "n_members": int((member & chosen).sum()),
                    "n_others": int((~member & chosen).sum()),
                    "auc": round(float(roc_auc_score(member[chosen], guess[chosen])), 4),
                    "recall at 1 % false positives": round(
                        recall_at(member[chosen], guess[chosen]), 4
                    ),
                }
                rows.append(row)
                print(row, flush=True)
    about = {"seed": SEED, "max_per_source": MOST}
    write_results("membership", whole, {**about, "rows": rows})


if __name__ == "__main__":
    main()
