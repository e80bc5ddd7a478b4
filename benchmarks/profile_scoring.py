"""Where the time of scoring goes, part by part, on one core.

    python benchmarks/profile_scoring.py [--json results/profile.json]

Each part of `ScamClassifier.predict_proba` is run alone over the same prepared blocks of the
written corpus, all thirteen languages; times are processor time, the best of some repeats,
in microseconds a message. What is left over is Python between the parts.

What bounds the parts: most of them are loops of ten to twenty instructions a character,
without branches, so that a core's width is the limit, not its waiting. N-grams are some 230
hashes a message, of which a third of the time counts repeats and a quarter looks up weights in
a table of 4 MiB; the trie fetches its entries (3.6 MB) ahead, and waits for a third of its time
all the same; marking what the scan looks at takes vectors of bytes and next to nothing; a third
of repair is the Python that mends the one message in seventeen that holds a cue.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import scamclassify
from scamclassify.classifiers.scoring_weights import packed_weights
from scamclassify.classifiers.typing_scams import PAIR_VALUE
from scamclassify.features.fact_kernel import add_fact_scores
from scamclassify.features.facts import FactExtractor, _joint_trie
from scamclassify.features.link_check import check_links_batch
from scamclassify.features.ngram_folding import ngram_folding
from scamclassify.features.ngram_score_kernel import add_packed_scores
from scamclassify.features.prepared import BLOCK, prepare
from scamclassify.features.signals import signal_bins
from scamclassify.text.codepoints import encode_texts
from scamclassify.text.language import identify_batch
from scamclassify.text.prescan import scan_encoded
from scamclassify.text.repair import repair_batch


def best_seconds(function: Callable[[Any], Any], items: list[Any], repeats: int) -> float:
    """Least processor time of some runs of a function over all items, after one to warm up."""
    times = []
    for _ in range(repeats + 1):
        start = time.process_time()
        for item in items:
            function(item)
        times.append(time.process_time() - start)
    return min(times[1:])


def parts(model, texts: list[str], repeats: int) -> dict[str, float]:
    """Microseconds a message of each part, then of the whole."""
    blocks = [texts[i : i + BLOCK] for i in range(0, len(texts), BLOCK)]
    done = [prepare(block) for block in blocks]
    for block in done:
        _ = block.languages
    encoded = [encode_texts(block) for block in blocks]
    extractor = FactExtractor()
    trie = _joint_trie(extractor.matcher)
    out = np.zeros((BLOCK, len(model.classes_)), dtype=np.float32)

    def link_flags(block):
        names = trie.find(block.codes, block.offsets)[1]
        names[:, 3] -= len(extractor.matcher.lexicon.forms)
        return check_links_batch(block.texts, (block.codes, block.offsets), names)

    def fact_scores(block):
        facts = block.facts
        rows = out[: len(block)]
        add_fact_scores(
            facts.indptr, facts.indices, extractor.n_facts, model.fact_coef_, PAIR_VALUE, rows
        )

    def ngram_scores(block):
        add_packed_scores(
            block.codes, block.offsets, ngram_folding(), model._bits, packed_weights(model),
            out[: len(block)],
        )  # fmt: skip

    def extract(block):
        return extractor.extract(block.texts, block.repairs, (block.codes, block.offsets))

    measured = {
        "encode": (encode_texts, blocks),
        "scan for repairs": (lambda pair: scan_encoded(*pair), encoded),
        "repair, encode and scan included": (repair_batch, blocks),
        "concepts and brands (one trie)": (lambda b: trie.find(b.codes, b.offsets), done),
        "links, trie included": (link_flags, done),
        "signals": (lambda b: signal_bins(b.codes, b.offsets), done),
        "facts: trie, links, signals, joined": (extract, done),
        "scores of facts and pairs": (fact_scores, done),
        "scores of n-grams": (ngram_scores, done),
        "language (only where asked for)": (lambda b: identify_batch(b.texts), done),
        "prepare": (prepare, blocks),
        "predict_proba": (model.predict_proba, [texts]),
    }
    return {
        name: best_seconds(function, items, repeats) / len(texts) * 1e6
        for name, (function, items) in measured.items()
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--core", type=int, default=0, help="the core to run on")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {options.core})
    texts = scamclassify.load_corpus()["text"].tolist()
    texts = [f"{text} {i}" for i in range(3) for text in texts]
    figures = parts(scamclassify.load_model(), texts, options.repeats)
    characters = np.mean([len(text) for text in texts])
    print(f"{len(texts):,} messages of {characters:.0f} characters, {platform.machine()}")
    for name, value in figures.items():
        print(f"  {name:38} {value:7.2f} us {1e6 / value:12,.0f} messages/s")
    if options.json:
        rounded = {name: round(value, 3) for name, value in figures.items()}
        options.json.write_text(json.dumps({"microseconds": rounded}, indent=1) + "\n")


if __name__ == "__main__":
    main()
