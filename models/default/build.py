"""Rebuild the default model from its recipe: ``make model``.

With the same data revision and the same versions of the libraries, the file comes out
bit for bit the same. ``--check`` builds into a temporary folder and compares.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import scamclassify
from scamclassify.datasets.training_frame import load_training_frame
from scamclassify.hashing import file_hash

HERE = Path(__file__).parent
LIBRARIES = ("numpy", "scipy", "scikit-learn", "numba")


def build(target: Path) -> Path:
    """Train by ``recipe.json`` and save to ``target``."""
    recipe = json.loads((HERE / "recipe.json").read_text())
    frame = load_training_frame(**recipe["data"])
    model = scamclassify.ScamClassifier(**recipe["parameters"]).fit(frame, frame["label"])
    counts = frame.groupby(["language", "label"]).size().unstack(fill_value=0)
    metadata = {
        "recipe": recipe,
        "revision": frame.attrs["revision"],
        "dropped": frame.attrs["dropped"],
        "messages": {lang: row.to_dict() for lang, row in counts.iterrows()},
        "sources": frame["source"].value_counts().to_dict(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }
    return scamclassify.save_model(model, target, metadata=metadata)


def main() -> int:
    """Build, or check that a build equals the committed file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with the committed file")
    options = parser.parse_args()
    committed = HERE / "model.scam"
    if not options.check:
        print(f"{build(committed)}  sha256 {file_hash(committed)}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        rebuilt = file_hash(build(Path(folder) / "model.scam"))
    same = rebuilt == file_hash(committed)
    print("the rebuilt model is the same, bit for bit" if same else "the rebuilt model differs")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
