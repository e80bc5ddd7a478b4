"""Which scam type a scam is of."""

import copy

import numpy as np
import pandas as pd
import pytest

from scamclassify import ScamClassifier
from scamclassify.classifiers.scam_types import OTHER, TYPES, TypeModel, select_rows
from scamclassify.classifiers.type_training import known_types
from scamclassify.features.prepared import prepare
from scamclassify.labels import SCAM_TYPES


def test_it_learns_types(small_model, small_messages):
    scams = small_messages[small_messages["scam_type"].notna()]
    p = small_model.predict_type_proba(scams)
    assert p.shape == (len(scams), 15)
    assert p.dtype == np.float32
    assert np.allclose(p.sum(axis=1), 1, atol=1e-5)
    assert small_model.types_ == tuple(SCAM_TYPES)
    assert (small_model.predict_type(scams) == scams["scam_type"]).mean() > 0.6
    assert small_model.predict_type_proba([]).shape == (0, 15)
    assert small_model.type_model_.n_messages == len(scams)


def test_assess_names_the_type_of_scams_only(small_model, small_messages):
    assessment = small_model.assess(small_messages)
    scam = assessment.labels == "scam"
    assert all(kind is None for kind in assessment.types[~scam])
    assert np.isnan(assessment.type_probabilities[~scam]).all()
    texts = small_messages["text"][scam]
    assert assessment.types[scam].tolist() == small_model.predict_type(texts).tolist()
    assert ((assessment.type_probabilities[scam] > 0)
            & (assessment.type_probabilities[scam] <= 1)).all()  # fmt: skip
    top = small_model.predict_type_proba(texts).max(axis=1)
    sure = top >= small_model.type_model_.threshold
    assert np.allclose(assessment.type_probabilities[scam][sure], top[sure], atol=1e-6)


def test_a_type_that_was_not_trained_has_no_probability():
    texts = ["you won a prize", "your parcel is held", "see you soon", "lunch at noon"] * 5
    labels = ["scam", "scam", "ham", "ham"] * 5
    types = ["prize_aid", "delivery", None, None] * 5
    model = ScamClassifier(n_features=2**10, calibration_folds=0, random_state=0)
    model.fit(texts, labels, scam_types=types)
    p = model.predict_type_proba(["you won a big prize"])[0]
    assert p[TYPES.index("prize_aid")] == p.max()
    assert np.count_nonzero(p) == 2


def test_without_types_the_error_says_so(small_messages):
    model = ScamClassifier(n_features=2**10, calibration_folds=0, random_state=0)
    model.fit(small_messages["text"], small_messages["label"])
    assert model.type_model_ is None
    with pytest.raises(ValueError, match="knows no scam types"):
        model.predict_type(["a"])
    assert model.assess(["you won a prize"]).types.tolist() == [None]


@pytest.mark.parametrize(
    ("types", "message"),
    [
        (["prize", None], "unknown scam type in row 0 'prize'.*Did you mean 'prize_aid'"),
        ([None, "delivery"], "row 1: the scam type 'delivery' for the label 'ham'"),
        (["delivery"], "2 texts but scam types of shape"),
    ],
)
def test_wrong_types(types, message):
    with pytest.raises(ValueError, match=message):
        known_types(None, types, np.array(["scam", "ham"], dtype=object))


def test_missing_types_are_none():
    frame = pd.DataFrame({"scam_type": ["delivery", "loan", None, np.nan]})
    found = known_types(frame, None, np.array(["scam"] * 4, dtype=object))
    assert found.tolist() == [TYPES.index("delivery"), TYPES.index("loan"), -1, -1]
    assert known_types(["a"], None, np.array(["scam"], dtype=object)) is None


def test_unsure_is_other():
    empty = np.empty((0, 2), np.float32)
    model = TypeModel(empty, np.zeros(2, np.float32), np.array([0, 2]), 1.0, 0.6)
    p = np.zeros((2, 15), np.float32)
    p[0, :2], p[1, [0, 2]] = [0.7, 0.3], [0.55, 0.45]
    types, chosen = model.choose(p)
    assert types.tolist() == [TYPES[0], OTHER]
    assert chosen == pytest.approx([0.7, 0.45])


def test_selected_rows_are_as_prepared_alone():
    texts = ["you won a prize", "ｃｌａｉｍ it at bit.ly/x", "", "พัสดุของคุณ", "free gift"]
    rows = np.array([1, 3, 4])
    facts, alone = prepare(texts).facts, prepare([texts[row] for row in rows]).facts
    indptr, indices = select_rows(facts.indptr, facts.indices, rows)
    assert indptr.tolist() == alone.indptr.tolist()
    assert indices.tolist() == alone.indices.tolist()


def test_learning_on_moves_a_type(small_model):
    texts = ["zorblatt quux premium voucher"] * 8
    model = copy.deepcopy(small_model)
    before = model.predict_type_proba(texts[:1])[0, TYPES.index("recovery")]
    model.partial_fit(texts, ["scam"] * 8, scam_types=["recovery"] * 8)
    assert model.predict_type_proba(texts[:1])[0, TYPES.index("recovery")] > before
    assert model.type_model_.n_messages == small_model.type_model_.n_messages + 8
