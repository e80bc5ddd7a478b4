"""Messages a second beside named peers, in one run on one core, as ratios.

    python benchmarks/speed.py

The messages are those of the written corpus, all thirteen languages, repeated with
changing numbers, also in the paths of links. Rates are by processor time, the best of some
repeats; the process and its threads are pinned to one core. Peers get the messages as they
want them (fastText one line each) before the clock runs.

fastText stands in twice, both times with subwords of 2 to 5 letters: in the sizes that it has
unless told otherwise (vectors of 100 numbers, 2,000,000 buckets), which is what is meant by its
name, and in half and a quarter of them, in which `training.py` and the published benchmark
train it.

Training, campaigns and files have benchmarks of their own, which take minutes; what those
recorded last is printed with the command that records it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
from recorded import recorded
from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

import scamclassify
from scamclassify.features.concepts import default_matcher
from scamclassify.features.prepared import prepare
from scamclassify.text.codepoints import encode_texts
from scamclassify.text.language import identify_batch
from scamclassify.text.near_duplicates import group_near_duplicates
from scamclassify.text.repair import repair_batch

RESULTS = Path(__file__).parent / "results" / "speed.json"
_LINK = re.compile(r"(https?://)")
_PATH = re.compile(r"(https?://[\w.-]+)")
#: What the project wants: ratio to a peer, or messages a second.
MARKS = {
    "scoring over fastText predict": 10,
    "scoring over fastText predict, small": None,
    "scoring over sklearn TF-IDF pipeline": 30,
    "n-gram hashing over sklearn HashingVectorizer": 20,
    "concept matcher, messages a second": 150_000,
}


def rate(function, texts: list, repeats: int) -> float:
    """Best messages a second of some repeats, after one call to warm up."""
    function(texts[:200])
    best = min(_seconds(function, texts) for _ in range(repeats))
    return len(texts) / best


def _seconds(function, texts) -> float:
    start = time.process_time()
    function(texts)
    return time.process_time() - start


def cold_answer() -> tuple[float, float]:
    """Seconds from the start of Python to the first probability, kernels compiled before.

    Returns
    -------
    wall, processor : float
        By the clock, and of the processor: the first where nothing else runs.
    """
    code = "import scamclassify as s; s.load_model().predict_proba(['Claim your prize now'])"
    walls, times = [], []
    for _ in range(4):
        start, used = time.perf_counter(), os.times()
        subprocess.run([sys.executable, "-c", code], check=True)
        after = os.times()
        walls.append(time.perf_counter() - start)
        times.append(
            after.children_user + after.children_system - used.children_user - used.children_system
        )
    return min(walls), min(times)


def resident_megabytes() -> float:
    """Memory of a process that has loaded the model and scored a batch."""
    code = (
        "import scamclassify as s; m = s.load_model();"
        "m.predict_proba(['Claim your prize now'] * 5000);"
        "print(open('/proc/self/status').read())"
    )
    if not Path("/proc/self/status").is_file():
        return float("nan")
    # The peak of the child alone: getrusage also counts what its parent held before.
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return int(re.search(r"VmHWM:\s+(\d+) kB", done.stdout)[1]) / 1024


def fasttext_predict(texts, labels, **sizes):
    """fastText with subwords 2-5, trained on the same messages, in its own sizes or others."""
    import fasttext

    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as stream:
        stream.writelines(
            f"__label__{y} {' '.join(x.split())}\n" for x, y in zip(texts, labels, strict=True)
        )
        stream.flush()
        model = fasttext.train_supervised(
            stream.name, minn=2, maxn=5, epoch=5, thread=1, verbose=0, **sizes
        )
    return lambda batch: model.predict(batch, k=3)


def changed(texts: list[str], copies: int) -> list[str]:
    """Copies of messages with other numbers at the end and in the paths of their links."""
    return [
        _PATH.sub(rf"\g<1>/{i}{k}", text) + f" {i}"
        for i in range(copies)
        for k, text in enumerate(texts)
    ]


def measure(repeats: int) -> tuple[dict[str, float], list[str]]:
    """Messages a second of everything, and the messages."""
    frame = scamclassify.load_corpus()
    base, labels = frame["text"].tolist(), frame["label"].tolist()
    texts = changed(base, 4)
    few = texts[: len(base)]
    lines = [" ".join(text.split()) for text in few]
    # Hosts that nobody has seen: what a stream of nothing but new links would cost at worst.
    new_hosts = [_LINK.sub(rf"\g<1>h{k}.", text) for k, text in enumerate(few)]
    tfidf = make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 5), max_features=300_000),
        LogisticRegression(max_iter=200),
    ).fit(base, labels)
    model = scamclassify.load_model()
    matcher = default_matcher()
    vectorizer = scamclassify.HashedNgramVectorizer(char_range=(1, 5), word_ngrams=0)
    sklearn_hashing = HashingVectorizer(analyzer="char_wb", ngram_range=(1, 5))

    def with_language(batch):
        for start in range(0, len(batch), 4096):
            block = prepare(batch[start : start + 4096])
            _ = block.languages
            model.calibrated(block)

    def find_forms(batch):
        for start in range(0, len(batch), 4096):
            matcher.find(*encode_texts(batch[start : start + 4096]))

    model.predict_proba(few)
    speeds = {
        "ScamClassifier.predict_proba": rate(model.predict_proba, texts, repeats),
        "the same, with languages": rate(with_language, texts, repeats),
        "the same, with types and repairs (assess)": rate(model.assess, texts, repeats),
        "predict_proba, every host new": len(few) / _seconds(model.predict_proba, new_hosts),
        "fastText predict": rate(fasttext_predict(base, labels), lines, repeats),
        "fastText predict, small": rate(
            fasttext_predict(base, labels, dim=50, bucket=500_000), lines, repeats
        ),
        "sklearn TF-IDF pipeline": rate(tfidf.predict_proba, few, 2),
        "HashedNgramVectorizer": rate(vectorizer.transform, texts, repeats),
        "sklearn HashingVectorizer": rate(sklearn_hashing.transform, few, 2),
        "concept matcher": rate(find_forms, texts, repeats),
        "text repair": rate(repair_batch, texts, repeats),
        "language identification": rate(identify_batch, texts, repeats),
        "near-duplicate grouping": rate(group_near_duplicates, texts, 1),
    }
    return speeds, texts


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--core", type=int, default=0, help="the core to run on")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {options.core})
    speeds, texts = measure(options.repeats)
    whole = speeds["ScamClassifier.predict_proba"]
    figures = {
        "scoring over fastText predict": whole / speeds["fastText predict"],
        "scoring over fastText predict, small": whole / speeds["fastText predict, small"],
        "scoring over sklearn TF-IDF pipeline": whole / speeds["sklearn TF-IDF pipeline"],
        "n-gram hashing over sklearn HashingVectorizer": speeds["HashedNgramVectorizer"]
        / speeds["sklearn HashingVectorizer"],
        "concept matcher, messages a second": speeds["concept matcher"],
    }
    forms = len(default_matcher().lexicon.forms)
    (cold, cold_processor), memory = cold_answer(), resident_megabytes()
    names = ("numpy", "numba", "scikit-learn", "fasttext-numpy2-wheel")
    about = {
        "machine": f"{platform.machine()}, {_processor()}, Python {platform.python_version()}",
        "versions": {name: version(name) for name in names},
        "messages": len(texts),
        "characters_a_message": round(float(np.mean([len(text) for text in texts])), 1),
        "concept_forms": forms,
    }
    print(f"{about['machine']}; " + ", ".join(f"{k} {v}" for k, v in about["versions"].items()))
    print(f"{len(texts):,} messages, mean {about['characters_a_message']} characters, one core")
    for name, value in speeds.items():
        print(f"  {name:48} {value:12,.0f} messages/s")
    for name, value in figures.items():
        wanted = f"   wanted {MARKS[name]:,}" if MARKS[name] else ""
        print(f"  {name:48} {value:12,.1f}{wanted}")
    print(
        f"  cold start to first probability {cold:.2f} s ({cold_processor:.2f} s of the "
        f"processor), memory {memory:.0f} MiB"
    )
    source = ""
    for command, name, value, wanted in recorded():
        if command != source:
            print(f"Recorded by {command}")
            source = command
        print(f"  {name:56} {value:12,}   wanted {wanted}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(
        json.dumps(
            {
                **about,
                "messages_per_second": {k: round(v) for k, v in speeds.items()},
                "figures": {k: round(v, 1) for k, v in figures.items()},
                "wanted": {name: mark for name, mark in MARKS.items() if mark},
                "cold_start_seconds": round(cold, 2),
                "cold_start_processor_seconds": round(cold_processor, 2),
                "memory_mib": round(memory),
            },
            indent=1,
        )
        + "\n"
    )


def _processor() -> str:
    """Name of the processor, where the system tells."""
    path = Path("/proc/cpuinfo")
    if path.is_file():
        for line in path.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"


if __name__ == "__main__":
    main()
