"""Fills the tables of README.md and of the model card from ``results/`` and the default model.

    python benchmarks/pages.py            # after new results or a new model
    python benchmarks/pages.py --check    # exit code 1 where a page is stale (a test runs this)

A table stands between the comments ``<!-- table NAME -->`` and ``<!-- end of table -->``; the
functions below, one a table, are listed in ``TABLES``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from recording import RESULTS

import scamclassify

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", ROOT / "models" / "default" / "CARD.md")
_TABLE = re.compile(r"(<!-- table ([a-z-]+) -->\n).*?(<!-- end of table -->)", re.DOTALL)
_OURS = {
    "scamclassify": "ScamClassifier",
    "facts_only": "facts alone",
    "concepts_and_shape": "concepts and shape alone",
    "tfidf_linear_svm": "TF-IDF and LinearSVC",
}
_CORPUS = {"scamclassify": "with the written corpus", "scamclassify-corpus": "without"}
_ALONE = {"scamclassify": "ScamClassifier", "facts_only": "facts alone"}
_MEANS = {
    "ap": "**mean**",
    "recall@0.001": "mean recall at 0.1 % false positives",
    "recall@0.01": "mean recall at 1 % false positives",
}


def rows_of(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(row) + " |" for row in (heads, *rows)]
    return "\n".join([lines[0], "|---" * len(heads) + "|", *lines[1:]])


def read(name: str) -> dict:
    """``results/NAME.json``."""
    return json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))


def folds(split: str, models: dict[str, str]) -> str:
    """Average precision of every fold of a split of ``generalisation.py``, and means."""
    results = pd.read_json(RESULTS / "folds.jsonl", lines=True)
    part = results[results["split"].eq(split) & results["model"].isin(models)]
    wide = part.pivot(index="fold", columns="model", values="ap")[list(models)]
    if wide.isna().any(axis=None):
        raise ValueError(f"a fold of the split {split} lacks a model: run generalisation.py")
    rows = [[str(fold), *(f"{v:.3f}" for v in values)] for fold, values in wide.iterrows()]
    means = part.groupby("model")[list(_MEANS)].mean()
    for key, title in _MEANS.items():
        mark = "**" if key == "ap" else ""
        rows.append([title, *(f"{mark}{means.loc[name, key]:.3f}{mark}" for name in models)])
    return rows_of(["held out", *models.values()], rows)


def trained_on() -> str:
    """Messages of the default model by language and label."""
    messages = scamclassify.load_model().metadata_["messages"]
    labels = ("ham", "promo", "scam")
    rows = [
        [language, *(str(int(counts.get(label, 0))) for label in labels)]
        for language, counts in sorted(messages.items())
    ]
    return rows_of(["language", *labels], rows)


def thresholds() -> str:
    """Operating points of the default model up to 1 %."""
    operating = scamclassify.load_model().operating_
    rows = [
        [f"{100 * p.rate:g} %", f"{p.threshold:.3f}", f"{p.recall:.3f}", str(p.false_alarms)]
        for p in operating.points
        if p.rate <= 0.01
    ]
    heads = [
        "false-positive rate", "threshold", "recall of held-out scams",
        f"false alarms of {operating.n_honest:,} honest messages",
    ]  # fmt: skip
    return rows_of(heads, rows)


def calibration() -> str:
    """Expected calibration error of what the library does."""
    way = read("calibration")["ways"][0]
    rows = [[key, f"{value:.3f}"] for key, value in way.items() if isinstance(value, float)]
    return rows_of(["expected calibration error (ece)", ""], rows)


def membership() -> str:
    """How well an attacker tells messages that were trained on from others."""
    rows = [
        [
            row["model"], row["messages"], row["attack"], f"{row['auc']:.3f}",
            f"{100 * row['recall at 1 % false positives']:.1f} %",
        ]
        for row in read("membership")["rows"]
    ]  # fmt: skip
    heads = ["model", "messages", "attack", "area under the curve", "found at 1 % false positives"]
    return rows_of(heads, rows)


def merging() -> str:
    """Average precision of three agencies' models, merged."""
    keys = ("together", "merged", "second round", "best agency alone")
    rows = [
        [row["shared out by"], row["test"], *(f"{row[key]:.3f}" for key in keys)]
        for row in read("merge")["rows"]
    ]
    return rows_of(["messages shared out by", "tested on", *keys], rows)


def false_alarms() -> str:
    """False alarms on honest sources that were not trained on."""
    result = read("false_alarms")
    rows = [
        [
            row["language"], row["source"], f"{row['n']:,}", str(row["alarms"]),
            f"{100 * row['rate']:.2f} % (to {100 * row['interval'][1]:.2f} %)",
        ]
        for row in result["sources"]
    ]  # fmt: skip
    return rows_of(["language", "source", "messages", "false alarms", "rate"], rows)


TABLES = {
    "source": lambda: folds("source", _OURS),
    "language": lambda: folds("language", _OURS),
    "random": lambda: folds("random", _OURS),
    "with-corpus": lambda: folds("source", _CORPUS),
    "corpus-alone": lambda: folds("corpus", _ALONE),
    "trained-on": trained_on,
    "thresholds": thresholds,
    "calibration": calibration,
    "membership": membership,
    "merging": merging,
    "false-alarms": false_alarms,
}


def filled(page: str) -> str:
    """The page with its tables anew."""

    def table(found: re.Match) -> str:
        return found[1] + TABLES[found[2]]() + "\n" + found[3]

    return _TABLE.sub(table, page)


def main() -> int:
    """Fill the pages, or check that they are filled."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    options = parser.parse_args()
    stale = 0
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        new = filled(page)
        if new != page:
            stale += 1
            print(f"{path.relative_to(ROOT)}: {'stale' if options.check else 'filled'}")
            if not options.check:
                path.write_text(new, encoding="utf-8")
    return int(options.check and stale > 0)


if __name__ == "__main__":
    sys.exit(main())
