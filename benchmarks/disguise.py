"""Recall of scams under disguise, and false alarms on honest messages disguised alike.

    SCAMCLASSIFY_MIRROR=... python benchmarks/disguise.py
    python benchmarks/disguise.py --augment       # and with disguised copies in training

One grouped 80/20 split of at most 2,000 messages of each collected set and the whole
written corpus. The threshold is the one that 1 % of the held-out honest messages exceed,
undisguised; it stays for the disguised ones. Figures of a disguise are over the messages
that it changes, before and after, so they are paired; intervals are 95 %.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd

import scamclassify
from scamclassify.classifiers import training
from scamclassify.classifiers.balance import balanced_weights
from scamclassify.classifiers.scam import ScamClassifier
from scamclassify.datasets.training_frame import load_training_frame
from scamclassify.evaluation.disguise import COMBINATIONS, DISGUISES, disguise, find_disguise
from scamclassify.evaluation.splits import GroupedStratifiedKFold, message_groups

RESULTS = Path(__file__).parent / "results"
SEED = 0
MOST_HONEST = 2000
COPY_WEIGHT = 0.5
#: Allowed falls of recall in points, one disguise and two.
GOAL = (3, 6)


def load_parts(max_per_source: int) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """The messages, and the rows to train and to test on."""
    options = {"evaluation_only": True, "random_state": SEED, "progress": False}
    collected = load_training_frame(corpus=False, max_per_source=max_per_source, **options)
    corpus = load_training_frame(collected=False, max_per_source=None, progress=False)
    frame = pd.concat([collected, corpus], ignore_index=True)
    frame.attrs = {
        "revision": f"{collected.attrs['revision']}+{corpus.attrs['revision']}",
    }
    groups = message_groups(frame.drop(columns="group"))
    # Collected and written messages of each language and label are spread evenly.
    strata = frame["origin"] + frame["language"] + frame["label"]
    train_rows, test_rows = next(iter(GroupedStratifiedKFold(5).split(frame, strata, groups)))
    return frame, train_rows, test_rows


def fit(frame: pd.DataFrame, rows: np.ndarray, augment: bool) -> ScamClassifier:
    """Train; with ``augment`` on a disguised copy of every message as well."""
    part = frame.iloc[rows].reset_index(drop=True)
    model = ScamClassifier(calibration_folds=0, random_state=SEED)
    if not augment:
        return model.fit(part, part["label"], groups=np.arange(len(part)))
    rng = np.random.default_rng(SEED)
    names = rng.choice(sorted(DISGUISES), len(part))
    copies = part.assign(
        text=[
            disguise([text], str(name), random_state=SEED + 1)[0]
            for text, name in zip(part["text"], names, strict=True)
        ]
    )
    changed = (copies["text"] != part["text"]).to_numpy()
    both = pd.concat([part, copies[changed]], ignore_index=True)
    weight = np.where(np.arange(len(both)) < len(part), 1.0, COPY_WEIGHT).astype(np.float32)

    def weighted(sources: np.ndarray, y: np.ndarray, power: float = 1.0) -> np.ndarray:
        return balanced_weights(sources, y, power) * weight

    # The classifier takes no weights (yet): they go in where it balances its messages.
    with patch.object(training, "balanced_weights", weighted):
        return model.fit(both, both["label"], groups=np.arange(len(both)))


def paired(clean: np.ndarray, after: np.ndarray) -> dict[str, float]:
    """Rates before and after, the difference in points and half of its 95 % interval."""
    change = after.astype(float) - clean
    half = 1.96 * change.std() / np.sqrt(len(change)) if len(change) else np.nan
    return {
        "n": len(change),
        "before": float(clean.mean()),
        "after": float(after.mean()),
        "points": float(100 * change.mean()),
        "interval": float(100 * half),
    }


def measure(
    scores: Callable[[list[str]], np.ndarray], frame: pd.DataFrame, names: list[str]
) -> dict:
    """Figures of one model over the held-out messages ``frame``."""
    scam = frame["label"].eq("scam").to_numpy()
    texts = frame["text"].tolist()
    clean = scores(texts)
    honest = np.sort(clean[~scam])[::-1]
    threshold = honest[int(0.01 * len(honest))]
    hit = clean > threshold
    rng = np.random.default_rng(SEED)
    alarms = np.flatnonzero(~scam)
    alarms = np.sort(rng.choice(alarms, min(MOST_HONEST, len(alarms)), replace=False))
    rows = np.concatenate([np.flatnonzero(scam), alarms])
    origin, language = frame["origin"].to_numpy(), frame["language"].to_numpy()
    result: dict = {
        "recall": {o: float(hit[scam & (origin == o)].mean()) for o in ("collected", "authored")},
        "disguises": {},
    }
    for name in names:
        changed = disguise([texts[i] for i in rows], name, random_state=SEED)
        moved = np.array([texts[i] != new for i, new in zip(rows, changed, strict=True)])
        now = hit[rows].copy()
        now[moved] = scores([new for new, m in zip(changed, moved, strict=True) if m]) > threshold
        slices = {"all": scam[rows], "honest": ~scam[rows]}
        for o in ("collected", "authored"):
            slices[o] = scam[rows] & (origin[rows] == o)
            for lang in sorted(set(language)):
                slices[f"{o} {lang}"] = slices[o] & (language[rows] == lang)
        result["disguises"][name] = {
            key: paired(hit[rows][place & moved], now[place & moved])
            for key, place in slices.items()
            if (place & moved).any()
        }
    return result


def _cell(figures: dict | None) -> str:
    if figures is None:
        return "–"
    return f"{figures['points']:+.1f} ± {figures['interval']:.1f} ({figures['n']})"


def table(result: dict) -> str:
    """Markdown: change of recall and of false alarms in points, then by language."""
    lines = [
        "| disguise | collected scams | written scams | honest: before → after | goal |",
        "|---" * 5 + "|",
    ]
    for name, found in result["disguises"].items():
        allowed = GOAL["+" in name]
        worst = min(found[k]["points"] for k in ("collected", "authored") if k in found)
        verdict = [] if worst >= -allowed else [f"recall {-worst - allowed:.1f} short"]
        honest = found.get("honest")
        alarms = "–"
        if honest:
            rise = f"{honest['points']:+.1f} ± {honest['interval']:.1f}"
            alarms = f"{100 * honest['before']:.1f} → {100 * honest['after']:.1f} % ({rise})"
            if honest["points"] > honest["interval"]:
                verdict.append("more alarms")
        if verdict and not find_disguise(name).repairable:
            verdict.append("not repairable")
        verdict = ", ".join(verdict) or "met"
        cells = [name, _cell(found.get("collected")), _cell(found.get("authored")), alarms, verdict]
        lines.append("| " + " | ".join(cells) + " |")
    seen = {k for found in result["disguises"].values() for k in found if " " in k}
    for origin in ("collected", "authored"):
        languages = sorted(key.split()[1] for key in seen if key.startswith(origin))
        lines += ["", f"Change of recall in points by language, {origin} scams", ""]
        lines += [
            "| disguise | " + " | ".join(languages) + " |",
            "|---" * (len(languages) + 1) + "|",
        ]
        for name, found in result["disguises"].items():
            cells = [
                f"{f['points']:+.1f}" if (f := found.get(f"{origin} {lang}")) else "–"
                for lang in languages
            ]
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Train, measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--max-per-source", type=int, default=2000)
    parser.add_argument("--augment", action="store_true", help="also train on disguised copies")
    parser.add_argument("--names", nargs="+", default=[*DISGUISES, *COMBINATIONS])
    parser.add_argument("--no-write", action="store_true")
    options = parser.parse_args()
    frame, train_rows, test_rows = load_parts(options.max_per_source)
    held_out = frame.iloc[test_rows].reset_index(drop=True)
    report: dict = {
        "revision": frame.attrs["revision"],
        "version": scamclassify.__version__,
        "seed": SEED,
        "max_per_source": options.max_per_source,
        "models": {},
    }
    text = (
        "# Recall of held-out scams under disguise\n\n"
        f"Data {report['revision']}, at most {options.max_per_source} messages a set, grouped "
        f"80/20 split, seed {SEED}, scamclassify {report['version']}; {len(train_rows)} messages "
        f"trained on, {len(held_out)} held out. Threshold at 1 % false positives of the held-out "
        "honest messages, undisguised. Points gained or lost by the messages that a disguise "
        "changes (their number), with 95 % intervals; 30 % of the words are disguised, those that "
        "carry a concept of the lexicon first. The goal: at most 3 points of recall lost (6 under "
        "two), and no more false alarms beyond the interval. Rebuild: "
        f"`python benchmarks/disguise.py{' --augment' if options.augment else ''}`.\n"
    )
    for title in ["plain", "augmented"][: 1 + options.augment]:
        start = time.perf_counter()
        model = fit(frame, train_rows, title == "augmented")
        place = model.classes_.tolist().index("scam")
        result = measure(
            lambda texts, m=model, k=place: m.predict_proba(texts)[:, k], held_out, options.names
        )
        report["models"][title] = result
        recall = result["recall"]
        text += (
            f"\n## Training: {title}\n\nRecall undisguised: {recall['collected']:.3f} collected, "
            f"{recall['authored']:.3f} written. {time.perf_counter() - start:.0f} s.\n\n"
            f"{table(result)}\n"
        )
    print(text)
    if not options.no_write:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "disguise.md").write_text(text, encoding="utf-8")
        (RESULTS / "disguise.json").write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
