"""Rebuilds data/language/weights.npz: python data/language/build.py [--check]

Material: the Latin-script messages of data/corpus, the words and phrases of words.tsv.
No other text enters. ``--check`` trains on four fifths and scores the fifth (groups kept
together), five times over, and writes nothing.
"""

import argparse
import json
import random
import unicodedata
import zlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from scamclassify.text.language import LATIN_LANGUAGES, script_shares
from scamclassify.text.language_features import BUCKETS, hashed_ngrams
from scamclassify.text.scripts import SCRIPTS

HERE = Path(__file__).resolve().parent
LATIN = SCRIPTS.index("latin")
FOLDS = 5
REGULARISATION = 20.0


def without_diacritics(text: str) -> str:
    """Vietnamese as it is typed on a plain keyboard."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def corpus() -> list[tuple[str, str, str]]:
    """Text, language and group of the messages in Latin letters."""
    rows = []
    for path in sorted((HERE.parent / "corpus").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            language = path.stem
            if language not in LATIN_LANGUAGES:
                if row.get("register") != "romanised":
                    continue
                language = LATIN_LANGUAGES[-1]
            rows.append((row["text"], language, row.get("group") or row["text"]))
    shares = script_shares([text for text, _, _ in rows])[:, LATIN]
    return [row for row, share in zip(rows, shares, strict=True) if share > 0.9]


def phrases(seed: int = 20260) -> list[tuple[str, str]]:
    """Short texts made of the words and phrases of words.tsv."""
    made = []
    chance = random.Random(seed)
    for line in (HERE / "words.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        language, material = line.split("\t")
        if "|" in material:
            made += [(text, language) for text in material.split("|")]
        else:
            words = material.split()
            made += [(" ".join(chance.sample(words, 6)), language) for _ in range(120)]
    return made


def augmented(rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Also Vietnamese without its diacritics, capitals aside."""
    rows = list(rows)
    bare = [(without_diacritics(t), lang) for t, lang in rows if lang == "vi"]
    return rows + [row for row in bare if row not in rows]


def matrix(texts: list[str]) -> csr_matrix:
    slots, offsets = hashed_ngrams(texts)
    sizes = np.diff(offsets)
    values = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes)
    counts = csr_matrix((values, slots, offsets), shape=(len(texts), BUCKETS))
    counts.sum_duplicates()
    return counts


def train(rows: list[tuple[str, str]]) -> tuple[np.ndarray, np.ndarray]:
    """Weights (BUCKETS, languages) and bias; classes that have no row never win."""
    X = matrix([text for text, _ in rows])
    y = np.array([LATIN_LANGUAGES.index(language) for _, language in rows])
    share = np.bincount(y, minlength=len(LATIN_LANGUAGES))
    weight = (len(y) / np.maximum(share, 1) / len(LATIN_LANGUAGES))[y]
    model = LogisticRegression(C=REGULARISATION, max_iter=300, tol=1e-4)
    model.fit(X, y, sample_weight=weight)
    weights = np.zeros((BUCKETS, len(LATIN_LANGUAGES)))
    bias = np.full(len(LATIN_LANGUAGES), -20.0)
    weights[:, model.classes_] = model.coef_.T
    bias[model.classes_] = model.intercept_
    return weights, bias


def quantised(weights: np.ndarray) -> tuple[np.ndarray, np.float32]:
    scale = np.float32(np.abs(weights).max() / 127)
    return np.rint(weights / scale).astype(np.int8), scale


def check() -> None:
    rows = corpus()
    folds = np.array([zlib.crc32(group.encode()) % FOLDS for _, _, group in rows])
    truth, guess, sure = [], [], []
    for fold in range(FOLDS):
        known = [(t, lang) for (t, lang, _), f in zip(rows, folds, strict=True) if f != fold]
        weights, bias = train(augmented([*known, *phrases()]))
        held = [(t, lang) for (t, lang, _), f in zip(rows, folds, strict=True) if f == fold]
        scores = matrix([t for t, _ in held]) @ weights + bias
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        scores /= scores.sum(axis=1, keepdims=True)
        guess += [LATIN_LANGUAGES[k] for k in scores.argmax(axis=1)]
        sure += scores.max(axis=1).tolist()
        truth += [lang for _, lang in held]
    report(truth, guess, sure)


def report(truth: list[str], guess: list[str], sure: list[float]) -> None:
    right = np.array([a == b for a, b in zip(truth, guess, strict=True)])
    print(f"{len(truth)} held-out messages, accuracy {right.mean():.4f}")
    for language in LATIN_LANGUAGES:
        at = [i for i, t in enumerate(truth) if t == language]
        if at:
            wrong = [guess[i] for i in at if guess[i] != language]
            confused = {g: wrong.count(g) for g in sorted(set(wrong))}
            print(
                f"  {language:4} {len(at):4}  recall {right[at].mean():.3f}  taken for {confused}"
            )
    confidence = np.array(sure)
    for low, high in ((0.0, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 1.01)):
        inside = (confidence >= low) & (confidence < high)
        if inside.any():
            print(f"  said {low}-{high}: {inside.sum()}, right {right[inside].mean():.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="score held-out fifths only")
    if parser.parse_args().check:
        check()
        return
    rows = [(text, language) for text, language, _ in corpus()]
    weights, bias = train(augmented([*rows, *phrases()]))
    small, scale = quantised(weights)
    target = HERE / "weights.npz"
    np.savez_compressed(target, weights=small, scale=scale, bias=bias.astype(np.float32))
    print(f"{target.name}: {target.stat().st_size} bytes from {len(rows)} messages")


if __name__ == "__main__":
    main()
