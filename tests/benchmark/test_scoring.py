"""Figures of folds are those of a plain computation; intervals are paired and reproducible."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from scamclassify.benchmark.metrics import FoldMetrics, FoldScores
from scamclassify.benchmark.sampling import id_order, within_sample
from scamclassify.benchmark.scoring import score_task
from scamclassify.benchmark.task import Fold


def fold_of(name, slice_, test, **more):
    return Fold(name, slice_, np.array([0]), np.asarray(test), **more)


@pytest.fixture
def columns():
    rng = np.random.default_rng(0)
    scam = rng.random(300) < 0.4
    return {
        "scam": scam,
        "language": np.where(np.arange(300) < 200, "en", "th"),
        "group": np.array([f"g{i // 2}" for i in range(300)]),
    }


def test_slices_are_means_of_folds_and_the_task_of_slices(tiny, columns):
    rng = np.random.default_rng(1)
    folds = [fold_of("a", "en", np.arange(100)), fold_of("b", "en", np.arange(100, 200)),
             fold_of("c", "th", np.arange(200, 300))]  # fmt: skip
    scores = [(rng.random(100) + columns["scam"][fold.test] / 4, False) for fold in folds]
    found = score_task(tiny, folds, scores, columns, 50)
    plain = [
        average_precision_score(columns["scam"][fold.test], values)
        for fold, (values, _) in zip(folds, scores, strict=True)
    ]
    assert found["slices"]["en"]["folds"] == {
        "a": pytest.approx(plain[0], abs=1e-6), "b": pytest.approx(plain[1], abs=1e-6)
    }  # fmt: skip
    expected = (np.mean(plain[:2]) + plain[2]) / 2
    value, low, high = found["score"]
    assert value == pytest.approx(expected, abs=1e-6)
    assert low < value < high
    assert found["languages"]["th"][0] == pytest.approx(plain[2], abs=1e-6)
    assert len(found["resamples"]) == 50
    assert score_task(tiny, folds, scores, columns, 50) == found


def test_resamples_are_the_same_messages_for_every_model(tiny, columns):
    folds = [fold_of("a", "en", np.arange(200))]
    scores = np.random.default_rng(2).random(200)
    one = score_task(tiny, folds, [(scores, True)], columns, 40)
    same = score_task(tiny, folds, [(scores / 2, True)], columns, 40)
    assert one["resamples"] == same["resamples"]


def test_false_alarms_against_a_plain_count():
    rng = np.random.default_rng(3)
    reference = np.arange(200) < 50
    scores = np.round(rng.random(200), 2)
    fold = FoldScores(reference.copy(), scores, True, reference)
    rate = FoldMetrics(fold).compute(np.ones((1, 200)))["false_alarm_rate"][0]
    threshold = np.sort(scores[reference])[::-1][39]  # finds 40 of 50
    assert rate == pytest.approx((scores[~reference] >= threshold).mean())


def test_a_model_that_says_the_same_of_all_gains_nothing():
    reference = np.arange(100) < 20
    fold = FoldScores(reference.copy(), np.zeros(100), True, reference)
    assert FoldMetrics(fold).compute(np.ones((1, 100)))["false_alarm_rate"][0] == 1.0


def test_margins_have_no_calibration_error(tiny, columns):
    import dataclasses

    task = dataclasses.replace(tiny, metric="calibration_error")
    folds = [fold_of("a", "en", np.arange(200))]
    found = score_task(task, folds, [(np.arange(200.0), False)], columns, 5)
    assert found["score"] == [None, None, None]
    assert found["resamples"] == []


def test_samples_depend_on_ids_alone(small_messages):
    frame = small_messages.assign(origin="collected", source="s")
    shuffled = frame.sample(frac=1, random_state=1)
    one = set(frame["id"][within_sample(frame, 50, "x")])
    assert one == set(shuffled["id"][within_sample(shuffled, 50, "x")])
    assert len(one) == 50
    assert frame.set_index("id").loc[sorted(one), "label"].eq("scam").sum() == 25
    assert len(set(id_order(frame["id"], "x").tolist())) == len(frame)
