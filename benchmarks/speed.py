"""Messages a second beside named peers, in one run, as ratios.

    python benchmarks/speed.py

The messages are those of the written corpus, all thirteen languages, repeated with
changing numbers so that no cache helps. One core: run under ``taskset -c 0`` to be strict.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

import scamclassify
from scamclassify.features.concepts import default_matcher
from scamclassify.text.language import identify_batch
from scamclassify.text.near_duplicates import group_near_duplicates
from scamclassify.text.repair import repair_batch

RESULTS = Path(__file__).parent / "results" / "speed.json"


def rate(function, texts, repeats: int = 3) -> float:
    """Best messages a second of some repeats, after one call to warm up."""
    function(texts[:200])
    best = min(_seconds(function, texts) for _ in range(repeats))
    return len(texts) / best


def _seconds(function, texts) -> float:
    start = time.perf_counter()
    function(texts)
    return time.perf_counter() - start


def cold_answer() -> float:
    """Seconds from the start of Python to the first probability, kernels compiled before."""
    code = "import scamclassify as s; s.load_model().predict_proba(['Claim your prize now'])"
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - start)
    return min(times)


def fasttext_predict(texts, labels):
    """fastText with subwords 2-5, trained on the same messages."""
    import fasttext

    lines = [" ".join(text.split()) for text in texts]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as stream:
        stream.writelines(f"__label__{y} {x}\n" for x, y in zip(lines, labels, strict=True))
        stream.flush()
        model = fasttext.train_supervised(
            stream.name, minn=2, maxn=5, dim=50, epoch=5, bucket=500_000, thread=1, verbose=0
        )
    return lambda batch: model.predict([" ".join(text.split()) for text in batch], k=3)


def main() -> None:
    """Measure and print."""
    frame = scamclassify.load_corpus()
    base, labels = frame["text"].tolist(), frame["label"].tolist()
    texts = [f"{text} {i}" for i in range(5) for text in base]
    peer_texts = texts[: len(base)]
    vectorizer = scamclassify.HashedNgramVectorizer(char_range=(1, 5), word_ngrams=0)
    sklearn_hashing = HashingVectorizer(analyzer="char_wb", ngram_range=(1, 5))
    tfidf = make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 5), max_features=300_000),
        LogisticRegression(max_iter=200),
    ).fit(base, labels)
    model = scamclassify.load_model()
    matcher = default_matcher()
    speeds = {
        "HashedNgramVectorizer": rate(vectorizer.transform, texts),
        "sklearn HashingVectorizer": rate(sklearn_hashing.transform, peer_texts),
        "concept matcher": rate(matcher.presence, texts),
        "text repair": rate(repair_batch, texts),
        "language identification": rate(identify_batch, texts),
        "near-duplicate grouping": rate(group_near_duplicates, texts, 1),
        "ScamClassifier.predict_proba": rate(model.predict_proba, texts),
        "fastText predict": rate(fasttext_predict(base, labels), peer_texts),
        "sklearn TF-IDF pipeline": rate(tfidf.predict_proba, peer_texts),
    }
    ratios = {
        "n-gram hashing over sklearn HashingVectorizer": speeds["HashedNgramVectorizer"]
        / speeds["sklearn HashingVectorizer"],
        "scoring over fastText predict": speeds["ScamClassifier.predict_proba"]
        / speeds["fastText predict"],
        "scoring over sklearn TF-IDF pipeline": speeds["ScamClassifier.predict_proba"]
        / speeds["sklearn TF-IDF pipeline"],
    }
    cold = cold_answer()
    print(f"{len(texts):,} messages, mean {np.mean([len(t) for t in texts]):.0f} characters")
    for name, value in speeds.items():
        print(f"  {name:32} {value:12,.0f} messages/s")
    for name, value in ratios.items():
        print(f"  {name:48} {value:6.1f} times")
    print(f"  cold start to first probability {cold:.2f} s")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(
        json.dumps(
            {
                "machine": f"{platform.machine()}, Python {platform.python_version()}",
                "versions": {n: version(n) for n in ("numpy", "numba", "scikit-learn")},
                "messages": len(texts),
                "messages_per_second": {k: round(v) for k, v in speeds.items()},
                "ratios": {k: round(v, 1) for k, v in ratios.items()},
                "cold_start_seconds": round(cold, 2),
            },
            indent=1,
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
