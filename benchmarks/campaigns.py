"""Campaigns: time, memory and clusters found, beside MinHash-LSH by datasketch.

    python benchmarks/campaigns.py                # a million messages, peers on 50,000
    python benchmarks/campaigns.py --messages 100000 --peer-messages 20000

The messages are made from the written corpus, so the true clusters are known: copies of a
message with other names, numbers, links and amounts, typing errors, words moved, words put
in, spacing and disguises; and messages that are nobody's copy, put together from pieces of
others of the same language. The peer gets the same texts, in the manner of its
documentation, and a second time the templates that this library made, whose making is then
not counted. Pairs and B-cubed [1]_ measure the clusters; an unclustered message is a cluster
of one.

.. [1] A. Bagga and B. Baldwin, "Entity-based cross-document coreferencing using the vector
   space model", 1998.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import re
import resource
import time
import unicodedata
import zlib
from importlib.metadata import version
from pathlib import Path

import numpy as np

RESULTS = Path(__file__).parent / "results" / "campaigns.json"
SEED = 20260101
NOISE_SHARE = 0.3
N_TEMPLATES = 2500

_NAMES = (
    "Siti Ahmad Maria John Wei Lan Nguyen Somchai Budi Dewi Aisyah Tan Lim Grace Joao Ana Minh "
    "Htun Sokha Bounmy Kumar Priya Rosa Jose Nadia Farid Hana Chen Mei Arif"
).split()
_GREETINGS = {
    "en": "Dear ", "id": "Yth ", "ms": "Encik ", "vi": "Chao ", "tl": "Hi ", "pt": "Caro ",
    "tet": "Maun ",
}  # fmt: skip
_ENDINGS = "com top xyz vip cc site online info click shop".split()
_LOOKALIKES = str.maketrans("aeopcxi", "аеорсхі")
_LINK = re.compile(r"(?:https?://|hxxps?://|www\.)[!-~]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[!-~]*)?")
_DIGITS = re.compile(r"\d+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Forger:
    """Makes copies of messages as senders do."""

    def __init__(self, seed: int) -> None:
        import random

        self.random = random.Random(seed)

    def link(self) -> str:
        pick = self.random
        name = "".join(pick.choices(_LETTERS, k=pick.randint(4, 10)))
        path = "".join(pick.choices(_LETTERS + "0123456789", k=pick.randint(0, 7)))
        return pick.choice(("https://", "http://", "", "www.")) + (
            f"{name}.{pick.choice(_ENDINGS)}" + (f"/{path}" if path else "")
        )

    def number(self, found: re.Match[str]) -> str:
        size = max(1, len(found[0]) + self.random.choice((-1, 0, 0, 0, 1)))
        return "".join(self.random.choices("0123456789", k=size))

    def copy(self, text: str, language: str) -> str:
        pick = self.random
        if _LINK.search(text):
            text = _LINK.sub(lambda _: self.link(), text)
            text = " ".join(
                word if _LINK.fullmatch(word) else _DIGITS.sub(self.number, word)
                for word in text.split(" ")
            )
        else:
            text = _DIGITS.sub(self.number, text)
            if pick.random() < 0.15:
                text = f"{text} {self.link()}"
        if language in _GREETINGS and pick.random() < 0.3:
            text = f"{_GREETINGS[language]}{pick.choice(_NAMES)}, {text}"
        if pick.random() < 0.3:
            text = self.typos(text, pick.randint(1, 3))
        if pick.random() < 0.2:
            text = self.moved(text)
        if pick.random() < 0.2:
            text = f"{text} Ref {pick.choice(_LETTERS)}{pick.randint(10, 99)}z{pick.randint(1, 9)}"
        chance = pick.random()
        if chance < 0.08:
            text = text.upper()
        elif chance < 0.16:
            text = self.sprinkled(text, "\u200b")
        elif chance < 0.22:
            words = text.split(" ")
            at = pick.randrange(len(words))
            words[at] = words[at].translate(_LOOKALIKES)
            text = " ".join(words)
        elif chance < 0.30:
            text = text.replace(" ", "  ") if pick.random() < 0.5 else text.replace(", ", ",")
        elif chance < 0.36:
            text = f"{pick.choice('🔥✅⚠️📦💰')} {text}{pick.choice(('!!!', '...', ' 👉', '~'))}"
        return text

    def typos(self, text: str, count: int) -> str:
        letters = list(text)
        for _ in range(count):
            at = self.random.randrange(len(letters))
            if not letters[at].isalpha():
                continue
            kind = self.random.random()
            if kind < 0.4:
                letters[at] = ""
            elif kind < 0.7 and at + 1 < len(letters):
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
            else:
                letters[at] += letters[at]
            if not any(letters):
                return text
            letters = list("".join(letters))
        return "".join(letters)

    def moved(self, text: str) -> str:
        words = text.split(" ")
        if len(words) < 4:
            return text
        at = self.random.randrange(len(words) - 1)
        words[at], words[at + 1] = words[at + 1], words[at]
        return " ".join(words)

    def sprinkled(self, text: str, sign: str) -> str:
        letters = list(text)
        for _ in range(3):
            letters.insert(self.random.randrange(len(letters)), sign)
        return "".join(letters)

    def noise(self, pieces: list[str], spaced: bool) -> str:
        count = self.random.randint(3, 7)
        return (" " if spaced else "").join(self.random.choices(pieces, k=count))


def make_messages(n: int, seed: int = SEED) -> tuple[list[str], np.ndarray]:
    """Messages and the number of the message that each is a copy of; noise is its own."""
    from scamclassify import load_corpus

    frame = load_corpus()
    frame = frame[frame["text"].str.len() >= 40].sort_values("id")
    forger = Forger(seed)
    sources = frame.sample(min(N_TEMPLATES, len(frame)), random_state=seed)
    chosen = sources[["text", "language"]].values.tolist()
    pieces: dict[str, list[str]] = {}
    for text, language in frame[["text", "language"]].values.tolist():
        words = text.split()
        if len(words) >= 4:
            parts = [" ".join(words[i : i + 3]) for i in range(0, len(words) - 2, 3)]
        else:
            parts = [text[i : i + 9] for i in range(0, len(text) - 8, 9)]
        pieces.setdefault(language, []).extend(parts)
    languages = sorted(pieces)
    rng = np.random.default_rng(seed)
    # Sizes of campaigns fall off as those of real ones do.
    weights = 1 / np.arange(1, len(chosen) + 1) ** 0.8
    numbers = rng.choice(len(chosen), n, p=weights / weights.sum())
    noise = rng.random(n) < NOISE_SHARE
    numbers[noise] = len(chosen) + np.arange(noise.sum())
    texts = []
    for number in numbers.tolist():
        if number < len(chosen):
            texts.append(forger.copy(*chosen[number]))
        else:
            language = languages[number % len(languages)]
            texts.append(forger.noise(pieces[language], language not in "th lo km my zh".split()))
    return texts, numbers


def measure_clusters(truth: np.ndarray, found: np.ndarray) -> dict[str, float]:
    """Precision, recall and F1 of pairs and of B-cubed."""
    _, truth, in_truth = np.unique(truth, return_inverse=True, return_counts=True)
    _, found, in_found = np.unique(found, return_inverse=True, return_counts=True)
    both = truth.astype(np.int64) * len(in_found) + found
    _, cell, in_both = np.unique(both, return_inverse=True, return_counts=True)

    def pairs(counts: np.ndarray) -> float:
        return float((counts.astype(np.float64) * (counts - 1) / 2).sum())

    shared = pairs(in_both)
    precision = shared / max(pairs(in_found), 1)
    recall = shared / max(pairs(in_truth), 1)
    together = in_both[cell]
    b_precision = float((together / in_found[found]).mean())
    b_recall = float((together / in_truth[truth]).mean())
    return {
        "pair_precision": precision,
        "pair_recall": recall,
        "pair_f1": _f1(precision, recall),
        "b_cubed_precision": b_precision,
        "b_cubed_recall": b_recall,
        "b_cubed_f1": _f1(b_precision, b_recall),
    }


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-12)


def ours(texts: list[str]) -> np.ndarray:
    """Clusters by this library: repair, masking, signatures, clustering."""
    from scamclassify.campaigns.clustering import cluster_signatures
    from scamclassify.campaigns.signatures import sign_texts

    signed = sign_texts(texts)
    return cluster_signatures(signed.signatures, signed.counts).labels[signed.template]


def plain(text: str) -> str:
    """What a careful user of the peer does to a text."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = _DIGITS.sub("0", _LINK.sub("~", text))
    return " ".join(text.split())


def datasketch_clusters(texts: list[str]) -> np.ndarray:
    """Clusters by MinHash-LSH of datasketch, pairs verified by its estimate of Jaccard.

    The same parameters as ours; equal texts are looked at once, a fast hash instead of SHA-1,
    and pairs that are together already are not verified: each makes it faster.
    """
    from datasketch import MinHash, MinHashLSH

    where: dict[str, int] = {}
    same = np.array([where.setdefault(text, len(where)) for text in texts])
    lsh = MinHashLSH(num_perm=64, params=(16, 4))
    parents = list(range(len(where)))

    def root(row: int) -> int:
        while parents[row] != row:
            parents[row] = parents[parents[row]]
            row = parents[row]
        return row

    hashes = []
    for row, text in enumerate(where):
        grams = {text[i : i + 4].encode() for i in range(max(1, len(text) - 3))}
        made = MinHash(num_perm=64, hashfunc=zlib.crc32)
        made.update_batch(grams)
        hashes.append(made)
        for other in lsh.query(made):
            a, b = root(row), root(other)
            if a != b and made.jaccard(hashes[other]) >= 0.5:
                parents[a] = b
        lsh.insert(row, made)
    return np.array([root(row) for row in range(len(parents))])[same]


def timed(function, texts: list[str], truth: np.ndarray, repeats: int = 1) -> dict[str, float]:
    """Best wall and processor time, messages a second, and what was found."""
    walls, cpus = [], []
    for _ in range(repeats):
        wall, cpu = time.perf_counter(), time.process_time()
        found = function(texts)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return {
        "messages": len(texts),
        "seconds": min(walls),
        "cpu_seconds": min(cpus),
        "messages_per_second": len(texts) / min(walls),
        "messages_per_cpu_second": len(texts) / min(cpus),
        **measure_clusters(truth, found),
    }


def in_a_process(function, *arguments):
    """Run in a fresh process; its value and the most memory that it held, in MiB."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_with_memory, (function, *arguments))


def _with_memory(function, *arguments):
    value = function(*arguments)
    return value, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def whole_run(n: int) -> dict[str, float]:
    """All of ``find_campaigns`` on n messages."""
    import pandas as pd

    from scamclassify.campaigns.find import find_campaigns

    texts, truth = make_messages(n)
    frame = pd.DataFrame({"text": texts})
    frame["date"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(np.arange(n) % 86_400, unit="s")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    find_campaigns(frame.iloc[:2000])  # loads the compiled kernels
    began, cpu = time.perf_counter(), time.process_time()
    result = find_campaigns(frame)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    alone = -1 - np.arange(n)
    codes = result.assignments.astype("category").cat.codes.to_numpy()
    return {
        "messages": n,
        "seconds": seconds,
        "cpu_seconds": cpu,
        "messages_per_second": n / seconds,
        "campaigns": len(result.campaigns),
        "memory_of_texts_mib": before,
        **measure_clusters(truth, np.where(codes >= 0, codes, alone)),
    }


def clusters_only(n: int) -> dict[str, float]:
    """The clustering alone on n messages."""
    texts, truth = make_messages(n)
    ours(texts[:2000])
    return timed(ours, texts, truth)


def beside_peer(n: int) -> dict[str, dict[str, float]]:
    """Ours and the peer on the same n messages in the same run."""
    from scamclassify.text.repair import repair_batch
    from scamclassify.text.template import templates_of

    texts, truth = make_messages(n)
    ours(texts[:2000])
    templates = templates_of(repair_batch(texts).texts)
    return {
        "scamclassify": timed(ours, texts, truth, repeats=5),
        "datasketch": timed(
            lambda rows: datasketch_clusters([plain(row) for row in rows]), texts, truth
        ),
        "datasketch on our templates": timed(datasketch_clusters, templates, truth),
    }


def on_real_sets() -> dict[str, dict[str, float]]:
    """Clusters on collected sets: how much of them repeats, and whether labels agree in it."""
    from scamclassify.datasets.registry import list_datasets, load_dataset
    from scamclassify.errors import ScamClassifyError

    figures = {}
    for name in list_datasets()["name"]:
        try:
            frame = load_dataset(name)
        except (ScamClassifyError, OSError):
            continue
        labels = frame["label"].eq("scam").to_numpy()
        began = time.perf_counter()
        found = ours(frame["text"].tolist())
        seconds = time.perf_counter() - began
        _, cluster, counts = np.unique(found, return_inverse=True, return_counts=True)
        large = counts >= 3
        scams = np.bincount(cluster, weights=labels)
        agree = np.maximum(scams, counts - scams)
        # Where all messages are of one kind, or in no campaign, purity says nothing.
        tells = bool(large.any() and labels.any() and not labels.all())
        purity = float(agree[large].sum() / counts[large].sum()) if tells else None
        figures[name] = {
            "messages": len(frame),
            "campaigns": int(large.sum()),
            "messages_in_campaigns": int(counts[large].sum()),
            "label_purity": purity,
            "seconds": round(seconds, 2),
        }
    return figures


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--peer-messages", type=int, default=50_000)
    parser.add_argument("--no-real-sets", action="store_true")
    options = parser.parse_args()
    sides, _ = in_a_process(beside_peer, options.peer_messages)
    ratios = {
        f"{kind} over {peer}": sides["scamclassify"][key] / sides[peer][key]
        for peer in sides
        if peer != "scamclassify"
        for kind, key in (
            ("messages a second", "messages_per_second"),
            ("messages a second of processor time", "messages_per_cpu_second"),
        )
    }
    for name, figures in sides.items():
        print(_line(f"{name}, {options.peer_messages:,}", figures))
    for name, value in ratios.items():
        print(f"  {name}: {value:.1f} times")
    large, large_memory = in_a_process(clusters_only, options.messages)
    print(_line(f"clustering, {options.messages:,}", large), f"{large_memory:,.0f} MiB")
    whole, whole_memory = in_a_process(whole_run, options.messages)
    print(_line(f"find_campaigns, {options.messages:,}", whole), f"{whole_memory:,.0f} MiB")
    real = {} if options.no_real_sets else in_a_process(on_real_sets)[0]
    for name, figures in real.items():
        print(f"  {name:20}", *(f"{key} {value}" for key, value in figures.items()))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(
        json.dumps(
            {
                "command": "python benchmarks/campaigns.py",
                "machine": f"{platform.machine()}, {os.cpu_count()} cores, "
                f"Python {platform.python_version()}",
                "versions": {
                    name: version(name)
                    for name in ("scamclassify", "numpy", "numba", "pandas", "datasketch")
                },
                "seed": SEED,
                "messages": "made from the written corpus (authored)",
                "same_run": _rounded(sides),
                "ratios": {name: round(value, 1) for name, value in ratios.items()},
                "clustering": _rounded({"": large | {"peak_memory_mib": large_memory}})[""],
                "find_campaigns": _rounded({"": whole | {"peak_memory_mib": whole_memory}})[""],
                "collected_sets": _rounded(real),
            },
            indent=1,
        )
        + "\n"
    )


def _line(name: str, figures: dict[str, float]) -> str:
    return (
        f"{name:40} {figures['seconds']:7.1f} s {figures['messages_per_second']:9,.0f} messages/s"
        f"  pairs P {figures['pair_precision']:.4f} R {figures['pair_recall']:.4f} "
        f"F1 {figures['pair_f1']:.4f}  B-cubed P {figures['b_cubed_precision']:.4f} "
        f"R {figures['b_cubed_recall']:.4f} F1 {figures['b_cubed_f1']:.4f}"
    )


def _rounded(groups: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    return {
        group: {k: round(v, 4) if isinstance(v, float) else v for k, v in figures.items()}
        for group, figures in groups.items()
    }


if __name__ == "__main__":
    main()
