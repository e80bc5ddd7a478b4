"""The parts of the classifiers: registry, NB-SVM, balance, calibration, training kernel."""

import json

import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.utils.estimator_checks import parametrize_with_checks

from scamclassify.classifiers.balance import balanced_weights
from scamclassify.classifiers.calibration import fit_calibration, softmax
from scamclassify.classifiers.linear_kernel import train_epoch
from scamclassify.classifiers.naive_bayes_svm import NaiveBayesSVM
from scamclassify.classifiers.operating import OperatingPoints, measure_operating_points
from scamclassify.classifiers.registry import MODELS, build_model
from scamclassify.classifiers.training import hide_facts
from scamclassify.features.facts import FactExtractor
from scamclassify.features.prepared import prepare


@parametrize_with_checks([NaiveBayesSVM(random_state=0)])
def test_matrix_estimators(estimator, check):
    check(estimator)


@pytest.mark.parametrize("name", sorted(MODELS))
def test_registered_models_take_raw_text(name, small_messages):
    model = clone(build_model(name))
    texts, y = small_messages["text"], small_messages["label"]
    model.fit(texts, y)
    assert (model.predict(texts) == y).mean() > 0.7
    assert "scam" in model.classes_


def test_unknown_model():
    with pytest.raises(ValueError, match="Did you mean 'linear_svm'"):
        build_model("linear_svn")


def test_balance_gives_every_label_of_a_source_the_same_mass():
    rng = np.random.default_rng(0)
    languages = rng.choice(["en", "ms"], 500, p=[0.9, 0.1])
    y = rng.integers(0, 3, 500) * (rng.random(500) < 0.3)
    weights = balanced_weights(languages, y)
    for language in ("en", "ms"):
        mass = [weights[(languages == language) & (y == k)].sum() for k in range(3)]
        assert np.allclose(mass, mass[0], rtol=1e-4)
    assert np.isclose(weights.mean(), 1, rtol=1e-5)


def test_calibration_brings_confidence_to_the_truth():
    rng = np.random.default_rng(0)
    true = rng.normal(size=(20000, 3))
    y = (true + rng.gumbel(size=true.shape)).argmax(axis=1)
    scale, shift = fit_calibration(3 * true + [0.5, 0, -0.5], y, np.ones(len(y)))
    assert scale == pytest.approx(1 / 3, rel=0.05)
    assert softmax(scale * (3 * true + [0.5, 0, -0.5]) + shift) == pytest.approx(
        softmax(true), abs=0.03
    )


def test_thresholds_keep_the_rate_in_every_source_on_average():
    rng = np.random.default_rng(1)
    scores = rng.random(30000).astype(np.float32)
    honest = rng.random(30000) < 0.9
    sources = np.where(np.arange(30000) < 27000, "large", "small")
    operating = measure_operating_points(scores, ~honest, sources, how="a test", revision="r1")
    for point in operating.points:
        rates = [
            (scores[honest & (sources == s)] >= point.threshold).mean() for s in ("large", "small")
        ]
        assert point.rate - 2e-3 < np.mean(rates) <= point.rate
        assert point.false_alarms == (scores[honest] >= point.threshold).sum()
        recalls = [(scores[~honest & (sources == s)] >= point.threshold).mean()
                   for s in ("large", "small")]  # fmt: skip
        assert point.recall == pytest.approx(np.mean(recalls))
    assert operating.n_honest == honest.sum()
    assert operating.sources == {
        s: int((honest & (sources == s)).sum()) for s in ("large", "small")
    }
    assert measure_operating_points(scores[:10], ~honest[:10], sources[:10]).points == ()


def test_thresholds_between_measured_rates_lie_between():
    scores = np.linspace(0, 1, 20001, dtype=np.float32)
    operating = measure_operating_points(scores, np.zeros(20001, bool), np.full(20001, "a"))
    assert operating.threshold(0.005) > operating.threshold(0.007) > operating.threshold(0.01)
    assert OperatingPoints.from_dict(json.loads(json.dumps(operating.to_dict()))).points[0].rate
    with pytest.raises(ValueError, match=r"20,001 honest ones\) measured 0.001 to 0.05"):
        operating.threshold(0.0001)
    with pytest.raises(ValueError, match="must be a number above 0"):
        operating.threshold("low")
    with pytest.raises(ValueError, match="too few honest messages"):
        OperatingPoints().threshold(0.01)


def test_training_kernel_reaches_logistic_regression():
    rng = np.random.default_rng(0)
    X = sp.random(2000, 30, 0.3, "csr", dtype=np.float32, random_state=0)
    truth = rng.normal(size=(30, 3))
    y = (X @ truth + rng.gumbel(size=(2000, 3))).argmax(axis=1)
    table, weights = np.zeros((31, 4), np.float32), np.ones(2000, np.float32)
    base = np.zeros((2000, 3), np.float32)
    losses = []
    for _ in range(20):
        order = rng.permutation(2000)
        Z = X[order]
        losses.append(
            train_epoch(Z.indptr, Z.indices, Z.data, y[order], weights, base, table, 0.3, 0.0)
        )
    assert losses[-1] < losses[0]
    peer = LogisticRegression(C=100, max_iter=500).fit(X, y)
    own = (X @ table[:-1, :3] + table[-1, :3]).argmax(axis=1)
    assert (own == y).mean() > (peer.predict(X) == y).mean() - 0.02


@pytest.mark.parametrize("family", ["link_details", "brand_facts", "repair_facts"])
def test_hidden_facts_leave_everything_else(family):
    extractor = FactExtractor()
    texts = ["pay PayPal at bit.ly/x", "see you at 5", "win-88.vip gives bonus"] * 20
    facts = prepare([*texts[:30], *["I always win at 𝗔𝗟𝗘𝗫𝗜𝗦𝟭𝟳 my friends"] * 30], extractor).facts
    X = sp.csr_matrix((np.ones(len(facts.indices), np.float32), facts.indices, facts.indptr),
                      (len(texts), extractor.n_facts))  # fmt: skip
    columns = getattr(extractor, family)
    hidden = hide_facts(X, [(columns, 1.0)], 0)
    assert hidden[:, columns].nnz == 0
    assert (hidden[:, ~columns] != X[:, ~columns]).nnz == 0
    some = hide_facts(X, [(columns, 0.5)], 0)[:, columns].nnz
    assert 0 < some < X[:, columns].nnz


def test_families_of_facts_are_hidden_apart():
    X = sp.csr_matrix(np.ones((400, 2), np.float32))
    families = [(np.array([True, False]), 0.5), (np.array([False, True]), 0.5)]
    kept = hide_facts(X, families, 0).toarray()
    assert {tuple(row) for row in kept.tolist()} == {(0, 0), (0, 1), (1, 0), (1, 1)}
