"""The contract of ScamClassifier: a scikit-learn estimator of raw texts."""

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone, is_classifier
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_predict, cross_val_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.utils import get_tags

from scamclassify import ScamClassifier
from scamclassify.classifiers.fitting import find_classes
from scamclassify.classifiers.training import TrainingSet, out_of_fold_scores


def quick(**parameters):
    return ScamClassifier(
        **{"n_features": 2**10, "calibration_folds": 0, "random_state": 0} | parameters
    )


def test_init_stores_parameters_untouched():
    rate = object()
    model = ScamClassifier(ngram_rate=rate)
    assert model.ngram_rate is rate
    assert clone(quick(facts_C=0.5)).get_params() == quick(facts_C=0.5).get_params()
    assert repr(ScamClassifier(max_fpr=0.001)) == "ScamClassifier(max_fpr=0.001)"
    with pytest.raises(ValueError, match="Invalid parameter 'nope'"):
        ScamClassifier().set_params(nope=1)


def test_scikit_learn_takes_it_for_a_classifier():
    assert is_classifier(ScamClassifier())
    assert get_tags(ScamClassifier()).input_tags.string


def test_it_learns(small_messages, small_model):
    share = (small_model.predict(small_messages["text"]) == small_messages["label"]).mean()
    assert share > 0.9
    assert small_model.classes_.tolist() == ["ham", "promo", "scam"]
    assert small_model.score(small_messages, small_messages["label"]) == share


def test_probabilities(small_messages, small_model):
    texts = small_messages["text"]
    p = small_model.predict_proba(texts)
    assert np.allclose(p.sum(axis=1), 1, atol=1e-5)
    scores = small_model.decision_function(texts)
    assert np.allclose(scores.sum(axis=1), 0, atol=1e-3)
    assert (scores.argmax(axis=1) == p.argmax(axis=1)).all()


def test_batches_and_input_kinds_agree(small_messages, small_model):
    texts = small_messages["text"].tolist()
    expected = small_model.predict_proba(texts)
    one_by_one = np.vstack([small_model.predict_proba([text]) for text in texts[:20]])
    assert np.allclose(expected[:20], one_by_one, atol=1e-5)
    for X in (small_messages, small_messages["text"], np.array(texts, dtype=object)):
        assert np.array_equal(small_model.predict_proba(X), expected)
    assert small_model.predict_proba([]).shape == (0, 3)


def test_same_seed_same_model(small_messages):
    frame = small_messages.iloc[:120]
    a, b = (quick().fit(frame, frame["label"]) for _ in range(2))
    assert np.array_equal(a.ngram_coef_, b.ngram_coef_)
    assert np.array_equal(a.fact_coef_, b.fact_coef_)


def test_pickle_clone_grid_search_and_cross_val_predict(small_messages, small_model):
    again = pickle.loads(pickle.dumps(small_model))
    texts, y = small_messages["text"], small_messages["label"]
    assert np.array_equal(again.predict(texts), small_model.predict(texts))
    assert not hasattr(clone(small_model), "classes_")
    assert set(cross_val_predict(quick(), texts, y, cv=2)) <= {"ham", "promo", "scam"}
    search = GridSearchCV(quick(), {"ngram_epochs": [1, 3]}, cv=2).fit(texts, y)
    assert search.best_params_["ngram_epochs"] in (1, 3)
    assert make_pipeline(quick()).fit(texts, y).predict(texts[:3]).shape == (3,)


def test_two_labels():
    model = quick().fit(["win a prize", "see you soon"] * 3, ["scam", "ham"] * 3)
    assert model.classes_.tolist() == ["ham", "scam"]
    assert model.predict_proba(["win"]).shape == (1, 2)
    assert model.decision_function(["win a prize", "see you"]).shape == (2,)


@pytest.mark.parametrize(
    ("X", "y", "error", "message"),
    [
        (["a", "b"], ["scam", "spam"], ValueError, "unknown label 'spam'"),
        (["a", "b"], ["scam", "scam"], ValueError, "only one label"),
        (["a"], ["scam", "ham"], ValueError, "1 texts but labels of shape"),
        (["a", "b"], [0, 1], ValueError, "is a number; .*out_of_sample_probabilities"),
        ([], [], ValueError, "no message"),
        (["a", 5], ["scam", "ham"], TypeError, "row 1: int found"),
        ("text", ["scam"], TypeError, r"use \[text\]"),
        (pd.DataFrame({"body": ["a"]}), ["ham"], TypeError, "no column 'text'"),
    ],
)
def test_wrong_input(X, y, error, message):
    with pytest.raises(error, match=message):
        quick().fit(X, y)


def test_groups_of_another_length():
    with pytest.raises(ValueError, match=r"2 texts but groups of shape \(1,\) were given"):
        quick().fit(["a", "b"], ["scam", "ham"], groups=[1])


def test_not_fitted():
    with pytest.raises(NotFittedError, match="load_model"):
        ScamClassifier().predict(["a"])


def test_calibration_folds_keep_sources_and_groups_apart(small_messages):
    frame = small_messages.assign(source=["abc"[i % 3] for i in range(len(small_messages))])
    model = quick(calibration_folds=3)
    model.classes_ = find_classes(frame["label"].to_numpy(object))
    data = TrainingSet.build(
        model, frame, frame["text"].tolist(), frame["label"].to_numpy(object), None
    )
    scores, rows = out_of_fold_scores(model, data)
    assert sorted(rows) == list(range(len(frame)))
    assert scores.shape == (len(frame), 3)


def test_operating_points_order_thresholds(small_messages):
    frame = pd.concat([small_messages.drop(columns="scam_type")] * 5, ignore_index=True)
    frame["text"] += [f" {chr(97 + i % 26)}{chr(97 + i // 26 % 26)}" for i in range(len(frame))]
    model = quick(calibration_folds=2).fit(frame, frame["label"])
    points = model.operating_points_
    assert list(points.values()) == sorted(points.values(), reverse=True)
    rate = next(iter(points))
    strict = quick(calibration_folds=2, max_fpr=rate).fit(frame, frame["label"])
    p = strict.predict_proba(frame)[:, 2]
    assert np.array_equal(strict.predict(frame) == "scam", p >= strict.threshold_for(rate))
    with pytest.raises(ValueError, match=r"no threshold was measured for .* 0\.5"):
        model.threshold_for(0.5)


def test_the_contract_of_text_estimators(small_messages):
    texts, y = small_messages["text"], small_messages["label"]
    scores = cross_val_score(quick(), texts, y, cv=2, scoring="balanced_accuracy")
    assert scores.min() > 0.5
    pipe = Pipeline([("classifier", quick())])
    search = GridSearchCV(pipe, {"classifier__facts_C": [0.01, 0.1]}, cv=2).fit(texts, y)
    assert search.best_params_["classifier__facts_C"] in (0.01, 0.1)
    model = quick(prevalence=0.1, unsure_band=(0.2, 0.3))
    again = clone(model)
    assert again.get_params() == model.get_params()
    assert again.set_params(prevalence=0.2) is again
    assert again.prevalence == 0.2
    for method in ("predict", "predict_proba", "decision_function", "assess", "explain",
                   "predict_type", "predict_type_proba", "explain_frame"):  # fmt: skip
        with pytest.raises(NotFittedError):
            getattr(again, method)(["a"])
    with pytest.raises(NotFittedError):
        again.threshold_for(0.01)
    with pytest.raises(NotFittedError):
        again.recalibrate(["a"], ["ham"])


def test_lists_series_and_frames_are_the_same(small_messages, small_model):
    texts = small_messages["text"].tolist()
    kinds = (texts, tuple(texts), small_messages["text"], small_messages,
             np.array(texts, dtype=object), np.array(texts), iter(texts))  # fmt: skip
    expected = small_model.assess(texts, reasons=2)
    for X in kinds:
        found = small_model.assess(X, reasons=2)
        assert np.array_equal(found.probabilities, expected.probabilities)
        assert found.reasons == expected.reasons
        assert found.types.tolist() == expected.types.tolist()
    plain = quick().fit(texts, small_messages["label"].tolist())
    series = quick().fit(small_messages["text"], small_messages["label"])
    assert np.array_equal(plain.ngram_coef_, series.ngram_coef_)
    assert np.array_equal(plain.fact_coef_, series.fact_coef_)


def test_pickles_are_whole(small_messages, small_model):
    again = pickle.loads(pickle.dumps(small_model))
    texts = small_messages["text"]
    assert np.array_equal(again.predict_proba(texts), small_model.predict_proba(texts))
    assert np.array_equal(again.predict_type_proba(texts), small_model.predict_type_proba(texts))
    assert again.operating_ == small_model.operating_
