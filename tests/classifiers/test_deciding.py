"""From probabilities to labels: prevalence, operating points, the unsure band."""

import copy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamclassify.classifiers.calibration import fit_calibration, fit_scale, softmax
from scamclassify.classifiers.decision import decide
from scamclassify.classifiers.prevalence import estimate_priors, prior_shift, target_priors
from scamclassify.classifiers.unsure import RISKS, UnsureBand, measure_unsure_bands

CLASSES = ["ham", "promo", "scam"]


def changed(model, **parameters):
    return copy.deepcopy(model).set_params(**parameters)


@given(share=st.floats(0.0001, 0.9999))
def test_prevalence_is_the_bayes_rule(share):
    priors = np.array([0.5, 0.2, 0.3])
    target = target_priors(share, CLASSES, priors)
    assert target.sum() == pytest.approx(1)
    assert target[2] == pytest.approx(share)
    assert target[0] / target[1] == pytest.approx(2.5)
    p = np.array([[0.2, 0.3, 0.5]])
    expected = p * target / priors
    found = softmax(np.log(p) + prior_shift(priors, target))
    assert found == pytest.approx(expected / expected.sum(), rel=1e-4)


def test_prevalence_of_labels():
    priors = np.array([0.5, 0.2, 0.3])
    assert target_priors({"promo": 0.5, "scam": 0.1}, CLASSES, priors) == pytest.approx(
        [0.4, 0.5, 0.1]
    )
    assert target_priors({"ham": 0.2, "promo": 0.3, "scam": 0.5}, CLASSES, priors)[0] == 0.2


@pytest.mark.parametrize(
    ("prevalence", "message"),
    [
        (0, "must lie between 0 and 1"),
        (1.0, "must lie between 0 and 1"),
        ("high", "must lie between 0 and 1"),
        ({"spam": 0.1}, "unknown label 'spam'"),
        ({"ham": 0.9, "scam": 0.3}, "add up to 1.2"),
        ({"ham": 0.2, "promo": 0.2, "scam": 0.2}, "add up to 0.6"),
    ],
)
def test_wrong_prevalence(prevalence, message):
    with pytest.raises(ValueError, match=message):
        target_priors(prevalence, CLASSES, np.array([0.5, 0.2, 0.3]))


def test_probabilities_hold_for_the_prevalence():
    rng = np.random.default_rng(0)
    priors, target = np.array([0.5, 0.5]), np.array([0.95, 0.05])
    y = (rng.random(40000) < 0.05).astype(int)
    x = rng.normal(2.0 * y - 1, 1)
    p = softmax(np.column_stack([np.zeros(len(x)), 2 * x]))  # right for even shares
    q = softmax(np.log(p) + prior_shift(priors, target))
    assert q[:, 1].mean() == pytest.approx(0.05, abs=0.004)
    assert p[:, 1].mean() > 0.15
    assert estimate_priors(p, priors)[1] == pytest.approx(0.05, abs=0.01)


def test_prevalence_of_a_model(small_model, small_messages):
    texts = small_messages["text"]
    p = small_model.predict_proba(texts)
    rare = small_model.predict_proba(texts, prevalence=0.001)
    assert (rare[:, 2] < p[:, 2]).all()
    assert np.allclose(rare.sum(axis=1), 1, atol=1e-5)
    model = changed(small_model, prevalence=0.001)
    assert np.array_equal(model.predict_proba(texts), rare)
    assert model.assess(texts).probabilities == pytest.approx(rare, abs=1e-6)
    assert model.predict(texts).tolist() == model.classes_[rare.argmax(axis=1)].tolist()
    same = small_model.predict_proba(texts, prevalence=dict(zip(
        CLASSES, small_model.priors_, strict=True)))  # fmt: skip
    assert same == pytest.approx(p, abs=1e-5)


def test_thresholds_select_the_same_whatever_the_prevalence(small_model, small_messages):
    rate = small_model.operating_.points[0].rate
    texts = small_messages["text"]
    plain = changed(small_model, max_fpr=rate)
    rare = changed(small_model, max_fpr=rate, prevalence=0.01)
    scams = plain.predict(texts) == "scam"
    assert 0 < scams.sum() < len(texts)
    assert ((rare.predict(texts) == "scam") == scams).all()
    assert ((rare.assess(texts).labels == "scam") == scams).all()


def test_unsure_band_of_a_model(small_model, small_messages):
    texts = small_messages["text"]
    p = small_model.predict_proba(texts)[:, 2]
    low, high = np.quantile(p, [0.4, 0.6])
    labels = changed(small_model, unsure_band=(float(low), float(high))).predict(texts)
    inside = (p >= low) & (p < high)
    assert ((labels == "unsure") == inside).all()
    assert (labels[~inside] == small_model.predict(texts)[~inside]).all()
    band = small_model.unsure_bands_[-1]
    assert band.risk in RISKS
    chosen = changed(small_model, unsure_band=band.risk)
    assert ((chosen.predict(texts) == "unsure") == band.holds(p)).all()
    assert (chosen.assess(texts).labels == chosen.predict(texts)).all()
    with pytest.raises(ValueError, match=r"no unsure band was measured for a risk of 0.3"):
        changed(small_model, unsure_band=0.3).predict(texts)
    with pytest.raises(ValueError, match="two growing probabilities"):
        changed(small_model, unsure_band=(0.9, 0.1)).predict(texts)


@given(seed=st.integers(0, 1000), shift=st.floats(-1, 1), digits=st.integers(1, 8))
def test_bands_keep_the_risk(seed, shift, digits):
    rng = np.random.default_rng(seed)
    p = np.round(rng.random(400), digits)
    scam = rng.random(400) < np.clip(p + 0.2 * shift, 0, 1)
    weights = rng.random(400) + 0.1
    for band in measure_unsure_bands(p, scam, weights):
        kept = ~band.holds(p)
        wrong = (p >= 0.5) != scam
        assert band.coverage == pytest.approx(weights[kept].sum() / weights.sum(), abs=1e-6)
        risk = np.average(wrong[kept], weights=weights[kept])
        assert band.measured_risk == pytest.approx(risk, abs=1e-6)
        assert risk <= band.risk + 1e-9
        assert band.coverage >= 0.05


def test_a_higher_risk_covers_more():
    rng = np.random.default_rng(0)
    p = rng.random(5000)
    scam = rng.random(5000) < p
    bands = measure_unsure_bands(p, scam, np.ones(5000))
    covered = [band.coverage for band in bands]
    assert covered == sorted(covered)
    assert len(bands) >= 4
    assert measure_unsure_bands(p[:5], scam[:5], np.ones(5)) == ()
    assert measure_unsure_bands(p, p < 0.5, np.ones(5000)) == ()
    everything = measure_unsure_bands(p, p >= 0.5, np.ones(5000))[0]
    assert everything.coverage == 1
    assert not everything.holds(p).any()


def test_a_threshold_above_the_band_stretches_it():
    p = np.array([[0.9, 0.1], [0.3, 0.7], [0.05, 0.95]])
    labels = decide(np.array(["ham", "scam"]), p, p, 0.9, UnsureBand(0.2, 0.5))
    assert labels.tolist() == ["ham", "unsure", "scam"]


def test_few_messages_hold_to_the_old_calibration():
    scores = np.array([[0.0, 3.0], [0.0, -3.0]])
    y = np.array([0, 1])
    free, _ = fit_calibration(scores, y, np.ones(2))
    held, _ = fit_calibration(scores, y, np.ones(2), (1.0, np.zeros(2)))
    assert free < held < 1
    many = fit_calibration(
        np.tile(scores, (500, 1)), np.tile(y, 500), np.ones(1000), (1.0, np.zeros(2))
    )
    assert many[0] < held


def test_recalibration_on_given_messages(small_model, small_messages):
    rng = np.random.default_rng(0)
    frame = small_messages.assign(source=rng.choice(["a", "b"], len(small_messages)))
    model = copy.deepcopy(small_model).recalibrate(frame, frame["label"])
    assert model.operating_.how == "messages given to recalibrate"
    assert model.operating_.n_honest == (frame["label"] != "scam").sum()
    assert set(model.operating_.sources) == {"a", "b"}
    assert model.priors_.sum() == pytest.approx(1)
    assert (model.ngram_coef_ == small_model.ngram_coef_).all()
    with pytest.raises(ValueError, match="only one label was given"):
        model.recalibrate(["a"], ["ham"])


def test_temperature():
    rng = np.random.default_rng(0)
    true = rng.normal(size=(20000, 4))
    y = (true + rng.gumbel(size=true.shape)).argmax(axis=1)
    assert fit_scale(2 * true, y, np.ones(len(y))) == pytest.approx(0.5, rel=0.05)
