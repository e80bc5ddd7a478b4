"""The figures against scikit-learn, and the bootstrap against what it must do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import (
    average_precision_score,
    f1_score,
    matthews_corrcoef,
    recall_score,
    roc_curve,
)

from scamclassify.evaluation.bootstrap import (
    certain_rate_interval,
    group_numbers,
    percentile_interval,
    resample_weights,
)
from scamclassify.evaluation.metrics import (
    FALSE_POSITIVE_RATES,
    METRICS,
    SliceMetrics,
    equal_mass_bins,
    expected_calibration_error,
    precision_at,
)
from scamclassify.evaluation.slice_figures import slice_figures

CLASSES = ["ham", "promo", "scam"]


def _figures(truth, predicted, scores, weights=None, **more):
    truth, predicted = np.asarray(truth), np.asarray(predicted)
    options = {"classes": CLASSES, "probabilistic": True, "prevalence": 0.01} | more
    slice_ = SliceMetrics(truth, predicted, np.asarray(scores, dtype=float), **options)
    weights = np.ones(len(truth)) if weights is None else np.asarray(weights, dtype=float)
    return {k: float(v[0]) for k, v in slice_.compute(weights[None, :]).items()}


def _recall_at(truth, scores, rate, weights=None):
    fpr, tpr, _ = roc_curve(truth == "scam", scores, sample_weight=weights, drop_intermediate=False)
    return tpr[fpr <= rate + 1e-12].max()


def test_figures_equal_those_of_scikit_learn(scored):
    frame, scores, predicted = scored
    truth = frame["label"].to_numpy()
    got = _figures(truth, predicted, scores)
    scam, called = truth == "scam", predicted == "scam"
    assert list(got) == list(METRICS)
    assert got["average_precision"] == pytest.approx(average_precision_score(scam, scores))
    assert got["f1"] == pytest.approx(f1_score(scam, called))
    assert got["macro_f1"] == pytest.approx(f1_score(truth, predicted, average="macro"))
    assert got["mcc"] == pytest.approx(matthews_corrcoef(scam, called))
    assert got["recall"] == pytest.approx(recall_score(scam, called))
    for rate in FALSE_POSITIVE_RATES:
        assert got[f"recall_at_fpr_{rate:g}"] == pytest.approx(_recall_at(truth, scores, rate))


def test_weighted_figures_equal_those_of_scikit_learn(scored):
    frame, scores, predicted = scored
    truth = frame["label"].to_numpy()
    weights = np.random.default_rng(1).integers(0, 4, len(truth)).astype(float)
    got = _figures(truth, predicted, scores, weights)
    scam, called = truth == "scam", predicted == "scam"
    assert got["average_precision"] == pytest.approx(
        average_precision_score(scam, scores, sample_weight=weights)
    )
    assert got["mcc"] == pytest.approx(matthews_corrcoef(scam, called, sample_weight=weights))
    assert got["macro_f1"] == pytest.approx(
        f1_score(truth, predicted, average="macro", sample_weight=weights)
    )
    assert got["recall_at_fpr_0.01"] == pytest.approx(_recall_at(truth, scores, 0.01, weights))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(CLASSES), st.sampled_from(CLASSES), st.integers(0, 5), st.integers(0, 3)
        ),
        min_size=2,
        max_size=40,
    )
)
def test_weights_mean_repetition(rows):
    """A message of weight k counts as k messages: what the bootstrap rests on."""
    truth, predicted, scores, weights = (np.array(column) for column in zip(*rows, strict=True))
    if not weights.sum() or set(truth) != set(np.repeat(truth, weights)):
        return
    weighted = _figures(truth, predicted, scores / 5, weights, probabilistic=False)
    repeated = _figures(
        *(np.repeat(column, weights) for column in (truth, predicted, scores / 5)),
        probabilistic=False,
    )
    for name in METRICS:
        if "fpr_" not in name:  # those are left out below a number of messages
            assert weighted[name] == pytest.approx(repeated[name], nan_ok=True), name


def test_figures_that_are_not_defined_are_missing():
    honest = _figures(["ham", "ham"], ["ham", "scam"], [0.1, 0.2])
    assert honest["false_positive_rate"] == 0.5
    defined = {name for name, value in honest.items() if not np.isnan(value)}
    assert defined == {"false_positive_rate", "calibration_error"}
    margins = _figures(["ham", "scam"], ["ham", "scam"], [-3, 2], probabilistic=False)
    assert np.isnan(margins["calibration_error"])
    assert margins["average_precision"] == 1.0
    two = _figures(["promo", "scam"], ["ham", "scam"], [0, 1], classes=["ham", "scam"])
    assert np.isnan(two["macro_f1"])
    assert two["f1"] == 1.0


@pytest.mark.parametrize(("honest", "missing"), [(99, 3), (100, 2), (199, 2), (200, 1), (1000, 0)])
def test_a_rate_is_reported_only_where_the_honest_messages_resolve_it(honest, missing):
    truth = np.array(["scam"] * 5 + ["ham"] * honest)
    got = _figures(truth, truth, np.linspace(1, 0, len(truth)))
    recalls = [got[f"recall_at_fpr_{rate:g}"] for rate in FALSE_POSITIVE_RATES]
    assert int(np.isnan(recalls).sum()) == missing
    assert set(recalls[missing:]) == ({1.0} if missing < 3 else set())


def test_calibration_error_of_known_cases():
    half = np.array([True] * 50 + [False] * 50)
    # The order of the labels must not matter where all probabilities are equal.
    assert expected_calibration_error(half, np.full(100, 0.5)) == pytest.approx(0.0)
    assert expected_calibration_error(half, np.full(100, 0.8)) == pytest.approx(0.3)
    # Two bins of 20, one 0.1 too low, the other 0.2 too high.
    scam = np.array([1] * 6 + [0] * 14 + [1] * 12 + [0] * 8, dtype=bool)
    probability = np.array([0.2] * 20 + [0.8] * 20)
    assert expected_calibration_error(scam, probability) == pytest.approx(0.15)
    assert _figures(np.where(scam, "scam", "ham"), np.where(scam, "scam", "ham"), probability)[
        "calibration_error"
    ] == pytest.approx(0.15)


def test_bins_hold_like_numbers():
    probability = np.random.default_rng(0).random(1000)
    assert np.bincount(equal_mass_bins(probability)).tolist() == [100] * 10


def test_precision_at_a_prevalence_is_bayes_rule():
    assert precision_at(0.5, np.array(0.8), np.array(0.2)) == pytest.approx(0.8)
    assert precision_at(0.001, np.array(1.0), np.array(0.0)) == 1.0
    assert np.isnan(precision_at(0.01, np.array(0.0), np.array(0.0)))


def test_resamples_draw_whole_groups():
    groups = group_numbers(["b", "a", "b", "c", "a", "b"])
    weights = np.concatenate(list(resample_weights(groups, 500, np.random.default_rng(0))))
    assert weights.shape == (500, 6)
    for name in range(3):
        members = weights[:, groups == name]
        assert (members == members[:, :1]).all()
    drawn = np.array([weights[:, groups == name][:, 0] for name in range(3)])
    assert (drawn.sum(axis=0) == 3).all()
    assert drawn.mean(axis=1) == pytest.approx(np.ones(3), abs=0.15)


def test_blocks_make_no_difference(monkeypatch):
    groups = np.arange(50)
    whole = np.concatenate(list(resample_weights(groups, 20, np.random.default_rng(0))))
    monkeypatch.setattr("scamclassify.evaluation.bootstrap._BLOCK", 150)
    blocks = list(resample_weights(groups, 20, np.random.default_rng(0)))
    assert len(blocks) == 7
    assert (np.concatenate(blocks) == whole).all()


def _rows(truth, predicted, scores, groups, n_boot=300, seed=0):
    truth, predicted = np.asarray(truth), np.asarray(predicted)
    figures = SliceMetrics(truth, predicted, np.asarray(scores, float), CLASSES, True, 0.01)
    rng = np.random.default_rng(seed)
    return {
        row["metric"]: row
        for row in slice_figures(figures, group_numbers(groups), n_boot, rng, 0.95)
    }


def test_copies_in_one_group_do_not_narrow_the_interval():
    """Ten copies of each message tell no more than one, if the groups say so."""
    rng = np.random.default_rng(3)
    truth = rng.choice(["ham", "scam"], 100)
    scores = np.clip(rng.normal(0.4 + 0.3 * (truth == "scam"), 0.2), 0, 1)
    predicted = np.where(scores > 0.5, "scam", "ham")
    copies = [np.repeat(column, 10) for column in (truth, predicted, scores)]
    single = _rows(truth, predicted, scores, np.arange(100))
    grouped = _rows(*copies, np.repeat(np.arange(100), 10))
    torn = _rows(*copies, np.arange(1000))
    for name in ("average_precision", "f1", "mcc", "recall"):
        widths = [rows[name]["high"] - rows[name]["low"] for rows in (single, grouped, torn)]
        assert widths[1] == pytest.approx(widths[0], abs=1e-9), name
        assert widths[2] < 0.6 * widths[0], name


def test_an_interval_holds_its_value(report):
    table = report.table.dropna(subset=["low"])
    assert len(table) > 200
    assert (table["low"] <= table["value"] + 1e-9).mean() > 0.99
    assert (table["high"] >= table["value"] - 1e-9).mean() > 0.99


def test_a_spotless_slice_gets_an_exact_interval_instead_of_a_point():
    truth = ["scam"] * 30 + ["ham"] * 200
    rows = _rows(truth, truth, [1.0] * 30 + [0.0] * 200, np.arange(230))
    assert rows["recall"]["low"] == pytest.approx(0.025 ** (1 / 30))
    assert rows["false_positive_rate"]["high"] == pytest.approx(1 - 0.025 ** (1 / 200))
    precision = rows["precision_at_prevalence"]
    assert precision["value"] == precision["high"] == 1.0
    assert 0.3 < precision["low"] < 0.4
    assert np.isnan(rows["f1"]["low"])
    assert "every resample" in rows["f1"]["note"]


def test_notes_say_what_is_missing_and_why():
    truth = ["scam"] * 5 + ["ham"] * 300
    rows = _rows(truth, truth, np.linspace(1, 0, 305), np.arange(305))
    assert rows["recall_at_fpr_0.001"]["note"] == "needs 1000 honest messages, there are 300"
    assert "only 3 of 300" in rows["recall_at_fpr_0.01"]["note"]
    assert "rests on 5 groups" in rows["average_precision"]["note"]
    one = _rows(truth, truth, np.linspace(1, 0, 305), np.zeros(305))
    assert one["f1"]["note"] == "no interval: all messages are of one group"


def test_intervals_of_rates_and_percentiles():
    assert certain_rate_interval(1.0, 1, 0.95) == pytest.approx((0.025, 1.0))
    low, high = percentile_interval(np.append(np.arange(1001.0), np.nan), 0.9)
    assert (low, high) == pytest.approx((50, 950))
    assert np.isnan(percentile_interval(np.array([1.0, np.nan]), 0.9)).all()
