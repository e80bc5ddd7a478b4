"""Training beside fastText on the same messages: seconds, memory, average precision.

    SCAMCLASSIFY_MIRROR=... python benchmarks/training.py
    python benchmarks/training.py --rows 10000 1000000 --no-collected
    python benchmarks/training.py --rows         # collected ones only

Two kinds of messages. Made ones, ten thousand to a million: messages of the written corpus
with other digits, paths of links and names and a word less; those that are tested are made from
near-duplicate groups that no training message was made from. Collected ones: every set in turn
is held out, the others and the corpus are trained on. Average precision is of scam against the
rest.

Every training runs in a process of its own, so that its peak memory is its own. Ours is
``ScamClassifier().fit``, calibration, operating points and all, from a data frame; fastText
trains on a file that lies ready, with subwords 2-5, word 2-grams, 50 dimensions, a learning
rate of 0.5 and 5 epochs (its default) or 10 (as in the suite). Both use as many threads.
Seconds are by the clock and of the processor: on a machine that is busy with other things the
latter say more.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from generalisation import parts_of
from recording import RESULTS, write_results
from sklearn.metrics import average_precision_score

from scamclassify import ScamClassifier
from scamclassify.datasets.training_frame import load_training_frame
from scamclassify.text.near_duplicates import group_near_duplicates

SEED = 0
ROWS = (10_000, 100_000, 1_000_000)
_HELD_OUT, _TESTED = 0.2, 20_000
_EPOCHS = {"fastText, 5 epochs": 5, "fastText, 10 epochs": 10}
MODELS = ("scamclassify", *_EPOCHS)
_DIGIT = re.compile(r"\d")
_PATH = re.compile(r"(\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,})/\S+", re.IGNORECASE)
_NAMES = (
    "Aung Min, Nguyễn Lan, Siti, Budi, Somchai, Maria, Chan, Priya, Sokha, Khamla, João, Ahmad, "
    "Wei Ling, Dewi, Thiha, Phuong, Rizal, Ana, Kumar, Malee"
).split(", ")


def changed(text: str, rng: random.Random) -> str:
    """A message with other digits, paths, perhaps a name, and without one of its words."""
    text = _DIGIT.sub(lambda _: str(rng.randrange(10)), text)
    text = _PATH.sub(lambda match: f"{match[1]}/{rng.getrandbits(32):x}", text)
    words = text.split(" ")
    if len(words) > 6:
        del words[rng.randrange(len(words))]
    if rng.random() < 0.3:
        words.insert(0, rng.choice(_NAMES))
    return " ".join([*words, str(rng.randrange(10**6))])


def made(corpus: pd.DataFrame, n: int, seed: int) -> pd.DataFrame:
    """Text and label of n messages made from those of a corpus."""
    rng = random.Random(seed)
    texts, labels = corpus["text"].tolist(), corpus["label"].tolist()
    rows = [rng.randrange(len(texts)) for _ in range(n)]
    return pd.DataFrame(
        {
            "text": [changed(texts[row], rng) for row in rows],
            "label": [labels[row] for row in rows],
        }
    )


def line(text: str) -> str:
    """A message as fastText wants it."""
    return " ".join(text.split()) or "."


def fit(name: str, folder: Path, jobs: int) -> dict[str, float]:
    """Train on what lies in a folder, test, and say what it took."""
    if name == "scamclassify":
        frame = pd.read_parquet(folder / "train.parquet")
        model = ScamClassifier(random_state=SEED, n_jobs=jobs)
        wall, processor = time.perf_counter(), time.process_time()
        model.fit(frame, frame["label"])
    else:
        import fasttext

        wall, processor = time.perf_counter(), time.process_time()
        model = fasttext.train_supervised(
            str(folder / "train.txt"), minn=2, maxn=5, wordNgrams=2, dim=50, lr=0.5,
            epoch=_EPOCHS[name], bucket=500_000, thread=jobs, seed=SEED, verbose=0,
        )  # fmt: skip
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    peak = int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1])
    test = pd.read_parquet(folder / "test.parquet")
    if name == "scamclassify":
        scores = model.predict_proba(test)[:, -1]
    else:
        labels, values = model.predict([line(text) for text in test["text"]], k=3)
        rows = (dict(zip(*row, strict=True)) for row in zip(labels, values, strict=True))
        scores = np.array([row.get("__label__scam", 0.0) for row in rows])
    return {
        "seconds": round(wall, 1),
        "processor_seconds": round(processor, 1),
        "peak_mib": round(peak / 1024),
        "average_precision": round(average_precision_score(test["label"].eq("scam"), scores), 4),
    }


def compare(train: pd.DataFrame, test: pd.DataFrame, jobs: int) -> dict[str, dict[str, float]]:
    """Every model trained and tested on the same messages, each in a fresh process."""
    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        train.to_parquet(folder / "train.parquet")
        test.to_parquet(folder / "test.parquet")
        with (folder / "train.txt").open("w", encoding="utf-8") as stream:
            for text, label in zip(train["text"], train["label"], strict=True):
                stream.write(f"__label__{label} {line(text)}\n")
        for model in MODELS:
            command = [sys.executable, __file__, "--fit", model, "--folder", name]
            done = subprocess.run(
                [*command, "--jobs", str(jobs)], check=True, stdout=subprocess.PIPE, text=True
            )
            found[model] = json.loads(done.stdout)
            print(
                f"  {model:20} {found[model]['seconds']:8.1f} s, of the processor "
                f"{found[model]['processor_seconds']:8.1f} s, {found[model]['peak_mib']:6,} MiB, "
                f"AP {found[model]['average_precision']:.4f}",
                flush=True,
            )
    return found


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="*", default=list(ROWS))
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--no-collected", action="store_true", help="made messages only")
    parser.add_argument("--fit", choices=MODELS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fit:
        print(json.dumps(fit(options.fit, options.folder, options.jobs)))
        return
    frame = load_training_frame(evaluation_only=True, random_state=SEED, progress=False)
    corpus = frame[frame["origin"].eq("authored")].reset_index(drop=True)
    groups = group_near_duplicates(corpus["text"].tolist())
    apart = np.random.default_rng(SEED).random(groups.max() + 1)[groups] < _HELD_OUT
    test = made(corpus[apart], _TESTED, SEED + 1)
    print("compiling", flush=True)
    compare(made(corpus[~apart], 500, SEED), test[:500], options.jobs)
    curve, folds = [], []
    for n in options.rows:
        print(f"{n:,} made messages", flush=True)
        load = os.getloadavg()[0]
        found = compare(made(corpus[~apart], n, SEED), test, options.jobs)
        curve.append({"messages": n, "load_average": round(load, 1), **found})
    for fold, a, b in () if options.no_collected else parts_of(frame, "source"):
        print(f"{fold} held out, {len(a):,} messages", flush=True)
        found = compare(frame.iloc[a], frame.iloc[b], options.jobs)
        folds.append({"held_out": fold, "messages": len(a), "tested": len(b), **found})
    about = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}",
        "versions": {name: version(name) for name in ("numpy", "numba", "scipy")}
        | {"fasttext": version("fasttext-numpy2-wheel")},
        "seed": SEED,
        "threads": options.jobs,
    }
    # What was not run keeps its figures.
    path = RESULTS / "training.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    parts = {name: known[name] for name in ("made", "collected") if name in known}
    if curve:
        parts["made"] = {**about, "curve": curve}
    if folds:
        mean = {
            model: round(float(np.mean([fold[model]["average_precision"] for fold in folds])), 4)
            for model in MODELS
        }
        print("mean average precision on held-out sets:", mean)
        parts["collected"] = {**about, "mean average precision": mean, "folds": folds}
    write_results("training", frame, parts)


if __name__ == "__main__":
    main()
