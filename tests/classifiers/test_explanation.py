"""Explanations add up to the score and point at the original text."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def test_contributions_add_up(small_model, small_messages):
    texts = small_messages["text"].tolist()
    scores = small_model.decision_function(texts)
    for label, column in (("scam", 2), ("ham", 0)):
        explanations = small_model.explain(texts, label=label)
        sums = [e.score for e in explanations]
        assert np.allclose(sums, scores[:, column], atol=1e-3)
        assert np.allclose(
            sums, [sum(c.weight for c in e.contributions) for e in explanations], atol=1e-6
        )


@given(text=st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_is_explained(small_model, text):
    explanation = small_model.explain(text)
    for c in explanation.contributions:
        for start, end in c.spans:
            assert 0 <= start <= end <= len(text)
    assert json.loads(explanation.to_json())["text"] == text


def test_spans_point_at_the_disguised_original(small_model):
    text = "ｃｌａｉｍ your ＰＲＩＺＥ now"
    explanation = small_model.explain(text)
    words = {c.name: c.spans[0] for c in explanation.contributions if c.kind == "wording"}
    start, end = words["claim"]
    assert text[start:end] == "ｃｌａｉｍ"
    assert any(c.kind == "repair" for c in explanation.contributions)


@pytest.mark.parametrize(("language", "word"), [("en", "prize"), ("th", "รางวัล"), ("id", "hadiah")])
def test_reasons_speak_the_readers_language(small_model, language, word):
    explanation = small_model.explain("You have won a prize", language=language)
    reasons = [c.reason for c in explanation.contributions if c.kind == "concept"]
    assert any(word in reason for reason in reasons), reasons


def test_views(small_model):
    explanation = small_model.explain("<b>claim</b> & win a prize")
    assert "&lt;b&gt;" in explanation._repr_html_()
    assert "<b>claim" not in explanation._repr_html_()
    assert explanation.to_text().startswith(explanation.prediction)
    assert len(explanation.top(3)) == 3


def test_unknown_names(small_model):
    with pytest.raises(ValueError, match="unknown label 'spam'"):
        small_model.explain("a", label="spam")
    with pytest.raises(ValueError, match="unknown language"):
        small_model.explain("a", language="xx")
