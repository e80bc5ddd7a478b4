"""False alarms on collected honest messages of sources that were not trained on.

    SCAMCLASSIFY_MIRROR=... python benchmarks/false_alarms.py

The recipe of the default model, with the sources dealt out over folds as its calibration
does: every message is scored by a model that saw neither its source nor its near-duplicates,
with the default model's threshold (``max_fpr`` of its recipe), measured on the same scores
with every source counting the same. Sources that hold honest messages only are reported:
social posts, chat and news. Intervals are 95 %, Wilson.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from scipy.stats import binomtest

import scamclassify
from scamclassify.classifiers.fitting import calibrate, find_classes
from scamclassify.classifiers.training import TrainingSet, out_of_fold_scores
from scamclassify.datasets.training_frame import load_training_frame
from scamclassify.resources import resource_path

RESULTS = Path(__file__).parent / "results" / "false_alarms.json"


def main() -> None:
    """Measure and print."""
    recipe = json.loads(
        (resource_path("models", "default") / "recipe.json").read_text(encoding="utf-8")
    )
    frame = load_training_frame(**recipe["data"] | {"evaluation_only": True, "progress": False})
    labels = frame["label"].to_numpy(object)
    model = scamclassify.ScamClassifier(**recipe["parameters"])
    model.classes_ = find_classes(labels)
    groups = frame["group"].to_numpy(str)
    data = TrainingSet.build(model, frame, frame["text"].tolist(), labels, groups)
    scores, rows = out_of_fold_scores(model, data)
    p = calibrate(model, scores, data.y[rows], data.sources[rows], "held-out sources", "")
    threshold = model.threshold_for(model.max_fpr)
    alarm = p[:, model.classes_.tolist().index("scam")] >= threshold
    part = frame.iloc[rows].assign(alarm=alarm)
    part = part[part["origin"].eq("collected")]
    honest = part.groupby("source")["label"].transform(lambda label: label.eq("ham").all())
    lines = []
    for (language, source), own in part[honest].groupby(["language", "source"]):
        low, high = binomtest(int(own["alarm"].sum()), len(own)).proportion_ci(method="wilson")
        lines.append(
            {
                "language": language,
                "source": source,
                "n": len(own),
                "alarms": int(own["alarm"].sum()),
                "rate": float(own["alarm"].mean()),
                "interval": [float(low), float(high)],
            }
        )
        print(
            f"{language:4} {source:18} {len(own):6} messages, {own['alarm'].sum():4} alarms "
            f"{own['alarm'].mean():.2%} [{low:.2%}, {high:.2%}]"
        )
    result = {
        "revision": frame.attrs["revision"],
        "version": scamclassify.__version__,
        "seed": recipe["parameters"]["random_state"],
        "max_fpr": model.max_fpr,
        "threshold": float(np.float32(threshold)),
        "sources": lines,
    }
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
