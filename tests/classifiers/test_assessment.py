"""One pass says what the single methods say."""

import numpy as np
import pytest

from scamclassify.text.draft import REPAIR_KINDS
from scamclassify.text.language import identify_batch


def test_it_agrees_with_the_single_methods(small_model, small_messages):
    texts = small_messages["text"].tolist()
    assessment = small_model.assess(small_messages)
    assert len(assessment) == len(texts)
    assert assessment.labels.tolist() == small_model.predict(texts).tolist()
    assert np.array_equal(assessment.probabilities, small_model.predict_proba(texts))
    assert np.array_equal(assessment.probability_of("scam"), assessment.probabilities[:, 2])
    assert assessment.repairs.shape == (len(texts), len(REPAIR_KINDS))
    assert assessment.reasons is None
    assert assessment.reason_phrases is None
    clean = np.flatnonzero(assessment.repairs.sum(axis=1) == 0)
    languages, _ = identify_batch(texts)
    assert assessment.languages[clean].tolist() == languages[clean].tolist()


def test_reasons_are_the_concepts_of_the_explanation(small_model, small_messages):
    texts = small_messages["text"].tolist()
    assessment = small_model.assess(texts, reasons=3, language="th")
    for explanation, names, words in zip(
        small_model.explain(texts, language="th"),
        assessment.reasons,
        assessment.reason_phrases,
        strict=True,
    ):
        concepts = [c for c in explanation.contributions if c.kind == "concept" and c.weight > 0]
        assert names == [c.name for c in concepts][:3]
        assert words == [c.reason for c in concepts][:3]


def test_disguise_is_counted(small_model):
    assessment = small_model.assess(["ｃｌａｉｍ your prize", "claim your prize"])
    column = assessment.repair_kinds.index("compatibility")
    assert assessment.repairs[:, column].tolist() == [5, 0]
    assert assessment.probabilities.dtype == np.float32


def test_nothing_and_wrong_arguments(small_model):
    assert small_model.assess([], reasons=2).reasons == []
    assert small_model.assess([]).probabilities.shape == (0, 3)
    with pytest.raises(ValueError, match="reasons must be 0 or more"):
        small_model.assess(["a"], reasons=-1)
    with pytest.raises(ValueError, match="unknown language 'xx'"):
        small_model.assess(["a"], language="xx")
