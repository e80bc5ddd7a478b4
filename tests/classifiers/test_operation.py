"""A model operated otherwise than it was made."""

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier

from scamclassify.classifiers.operation import Operation
from scamclassify.errors import ParameterError


def test_nothing_chosen_is_the_model_itself(small_model):
    assert Operation().apply(small_model) is small_model
    assert Operation().chosen() == {}


def test_a_copy_decides_otherwise_with_the_same_weights(small_model, small_messages):
    before = small_model.get_params()
    point = small_model.operating_.points[0]
    other = Operation(max_fpr=point.rate, prevalence=0.01).apply(small_model)
    assert small_model.get_params() == before
    assert other.fact_coef_ is small_model.fact_coef_
    texts = small_messages["text"]
    p = small_model.predict_proba(texts)[:, 2]
    assert ((other.predict(texts) == "scam") == (p >= point.threshold)).all()
    assert (other.predict_proba(texts)[:, 2] < p).all()


def test_labels_may_be_unsure(small_model, small_messages):
    texts = small_messages["text"]
    p = small_model.predict_proba(texts)[:, 2]
    low, high = np.quantile(p, [0.3, 0.6]).tolist()
    labels = Operation(unsure_band=(low, high)).apply(small_model).predict(texts)
    assert ((labels == "unsure") == ((p >= low) & (p < high))).all()


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"max_fpr": 1e-9}, r"max_fpr=1e-09: no threshold was measured for .* of 1e-09"),
        ({"unsure_band": 0.42}, r"unsure_band=0.42: no unsure band was measured"),
        ({"prevalence": 2.0}, r"prevalence=2.0: the prevalence of scam must lie between 0 and 1"),
        ({"prevalence": {"spam": 0.1}}, r"unknown label 'spam'"),
    ],
)
def test_what_was_not_measured_is_refused(small_model, chosen, message):
    with pytest.raises(ParameterError, match=message):
        Operation(**chosen).apply(small_model)


def test_other_classifiers_have_none():
    model = DummyClassifier().fit([[0], [1]], ["ham", "scam"])
    assert Operation().apply(model) is model
    with pytest.raises(ParameterError, match=r"DummyClassifier cannot be used with max_fpr=0.01"):
        Operation(max_fpr=0.01).apply(model)
