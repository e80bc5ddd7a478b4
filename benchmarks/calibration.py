"""Do the probabilities mean what they say on sources that the model has not seen?

    SCAMCLASSIFY_MIRROR=... python benchmarks/calibration.py

Every source in turn is held out: a model is trained on the others; the scores of the other
sources, each by a model that had not seen it either, fit the calibration; the held-out source
is scored with it. (The scores that calibrate come from models that were trained on the tested
source, and at most four numbers are fitted to them.) Expected calibration error (ECE) of scam
against the rest over all held-out messages together and per source, for several ways to weight
the sources and to map scores; what a known prevalence and what some labelled messages of the
source bring; coverage and risk of the unsure band. Writes ``results/calibration.json``.
"""

from __future__ import annotations

import numpy as np
from recording import write_results

from scamclassify import ScamClassifier
from scamclassify.classifiers.calibration import calibration_weights, fit_calibration, softmax
from scamclassify.classifiers.fitting import find_classes
from scamclassify.classifiers.operating import measure_operating_points
from scamclassify.classifiers.prevalence import prior_shift, target_priors
from scamclassify.classifiers.training import TrainingSet, score, train
from scamclassify.classifiers.unsure import measure_unsure_bands
from scamclassify.datasets.training_frame import load_training_frame
from scamclassify.evaluation.metrics import expected_calibration_error

SEED, MOST, LABELLED = 0, 3000, (100, 200)
SCAM = 2


def held_out_scores(model, data: TrainingSet) -> np.ndarray:
    """Scores of every message by a model that saw neither its source nor its group."""
    scores = np.empty((len(data.y), len(model.classes_)), dtype=np.float32)
    for name in np.unique(data.sources):
        test = np.flatnonzero(data.sources == name)
        rest = np.flatnonzero(data.sources != name)
        rest = rest[~np.isin(data.groups[rest], data.groups[test])]
        scores[test] = score(data, train(model, data, rest), test)
        print(f"scored without {name}", flush=True)
    return scores


def by_source(sources, y):
    """Every source the same: what the library does."""
    return calibration_weights(sources)


def by_cell(sources, y):
    """Every label of every source the same."""
    cell = np.char.add(sources.astype(str), y.astype(str))
    _, place, counts = np.unique(cell, return_inverse=True, return_counts=True)
    return 1 / counts[place]


def by_root(sources, y):
    """A source counts by the square root of its messages."""
    return np.sqrt(by_source(sources, y))


def evenly(sources, y):
    """Every message the same."""
    return np.ones(len(y))


def beta_features(scores: np.ndarray) -> np.ndarray:
    """Two slopes, one a side, as beta calibration has them, for margins of scam."""
    margin = scores[:, SCAM] - np.logaddexp(scores[:, 0], scores[:, 1])
    return np.column_stack([np.log1p(np.maximum(margin, 0)), -np.log1p(np.maximum(-margin, 0))])


def ece(truth: np.ndarray, p: np.ndarray) -> float:
    """Expected calibration error of scam."""
    return float(expected_calibration_error(truth, p))


def main() -> None:
    """Measure and write."""
    frame = load_training_frame(
        max_per_source=MOST, evaluation_only=True, random_state=SEED, progress=False
    )
    model = ScamClassifier(random_state=SEED)
    labels = frame["label"].to_numpy(object)
    model.classes_ = find_classes(labels)
    data = TrainingSet.build(
        model, frame, frame["text"].tolist(), labels, frame["group"].to_numpy(str)
    )
    scores = held_out_scores(model, data)
    y, sources = data.y, data.sources
    scam = y == SCAM
    names = np.unique(sources)
    mixed = [name for name in names if 0 < scam[sources == name].mean() < 1]
    rng = np.random.default_rng(SEED)
    rows = []
    kept: dict[str, np.ndarray] = {}
    ways = [("temperature and shift", weight) for weight in (by_source, by_cell, by_root, evenly)]
    for kind, weight in [*ways, ("beta", by_source)]:
        p = np.empty(len(y))
        known: dict[str, float] = {}
        recalibrated: dict[int, list[float]] = {count: [] for count in LABELLED}
        for name in names:
            test, rest = np.flatnonzero(sources == name), np.flatnonzero(sources != name)
            weights = weight(sources[rest], y[rest])
            if kind == "beta":
                from sklearn.linear_model import LogisticRegression

                peer = LogisticRegression(C=1e3).fit(
                    beta_features(scores[rest]), scam[rest], sample_weight=weights
                )
                p[test] = peer.predict_proba(beta_features(scores[test]))[:, 1]
                continue
            scale, shift = fit_calibration(scores[rest], y[rest], weights)
            base = scale * scores[test] + shift
            p[test] = softmax(base)[:, SCAM]
            if name not in mixed:
                continue
            priors = np.bincount(y[rest], weights, minlength=3)
            priors /= priors.sum()
            target = target_priors(scam[test].mean(), ["ham", "promo", "scam"], priors)
            known[name] = ece(scam[test], softmax(base + prior_shift(priors, target))[:, SCAM])
            # Some labelled messages of the source calibrate, the others test.
            for count in LABELLED:
                for _ in range(5):
                    drawn = rng.permutation(len(test))
                    few, others = test[drawn[:count]], test[drawn[count:]]
                    again = fit_calibration(scores[few], y[few], np.ones(count), (scale, shift))
                    q = softmax(again[0] * scores[others] + again[1])[:, SCAM]
                    recalibrated[count].append(ece(scam[others], q))
        per_source = {str(name): ece(scam[sources == name], p[sources == name]) for name in names}
        # Every source the same in one pool.
        even = np.concatenate([rng.choice(np.flatnonzero(sources == n), 2000) for n in names])
        row = {
            "map": kind,
            "weights": weight.__doc__.splitlines()[0].rstrip("."),
            "ece, all held-out messages": round(ece(scam, p), 4),
            "ece, every source the same": round(ece(scam[even], p[even]), 4),
            "ece, mean of the sources with scams and others": round(
                float(np.mean([per_source[name] for name in mixed])), 4
            ),
        }
        if known:
            row["the same, prevalence known"] = round(float(np.mean(list(known.values()))), 4)
            for count, values in recalibrated.items():
                row[f"the same, after {count} labelled messages"] = round(float(np.mean(values)), 4)
        rows.append({**row, "sources": {k: round(v, 4) for k, v in per_source.items()}})
        kept.setdefault(weight.__name__, p)
        print(row, flush=True)
    p = kept["by_source"].astype(np.float32)
    weights = calibration_weights(sources)
    bands = [band.to_dict() for band in measure_unsure_bands(p, scam, weights)]
    points = measure_operating_points(p, scam, sources, how="held-out sources")
    write_results(
        "calibration",
        frame,
        {
            "seed": SEED,
            "max_per_source": MOST,
            "n": len(y),
            "ways": rows,
            "unsure bands": bands,
            "operating points": points.to_dict(),
        },
    )


if __name__ == "__main__":
    main()
