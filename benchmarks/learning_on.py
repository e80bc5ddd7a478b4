"""Does ``partial_fit`` learn a new source, and does it forget the old ones?

    SCAMCLASSIFY_MIRROR=... python benchmarks/learning_on.py

A model is trained without one source, learns on from half of that source's messages, and is
tested on the other half and on a fifth of the old messages that it never saw. Beside it: the
model of before, and one trained on everything again. Scam against the rest, average precision,
collected messages. Writes ``results/learning_on.json``.
"""

from __future__ import annotations

import copy

import numpy as np
import pandas as pd
from merge import MOST, SEED, fit, precision
from recording import write_results

from scamclassify.datasets.training_frame import load_training_frame

NEW = ("thai_sms", "ph_sms", "mishra_soni")


def main() -> None:
    """Measure and write."""
    whole = load_training_frame(max_per_source=MOST, random_state=SEED, progress=False)
    codes = pd.factorize(whole["group"])[0]
    draw = np.random.default_rng(SEED).random(codes.max() + 1)[codes]
    collected = whole["origin"].eq("collected").to_numpy()
    rows = []
    for name in NEW:
        new = whole["source"].eq(name).to_numpy()
        apart = whole["group"].isin(set(whole["group"][new])).to_numpy()
        old = whole[~new & ~apart & (draw >= 0.2)].reset_index(drop=True)
        old_test = whole[~new & ~apart & (draw < 0.2) & collected]
        fresh = whole[new & (draw >= 0.5)].reset_index(drop=True)
        new_test = whole[new & (draw < 0.5)]
        before = fit(old)
        after = copy.deepcopy(before).partial_fit(fresh, fresh["label"])
        again = fit(pd.concat([old, fresh], ignore_index=True))
        row: dict[str, object] = {"new source": name, "n_old": len(old), "n_new": len(fresh)}
        for kind, part in (("old", old_test), ("new", new_test)):
            for way, model in (("before", before), ("after", after), ("trained again", again)):
                row[f"{kind} {way}"] = round(precision(model, part), 4)
        rows.append(row)
        print(row, flush=True)
    about = {"seed": SEED, "max_per_source": MOST}
    write_results("learning_on", whole, {**about, "rows": rows})


if __name__ == "__main__":
    main()
