"""Drift between two dumps."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamclassify.campaigns.drift import BANDS, measure_drift, stability_index
from scamclassify.datasets.corpus import load_corpus

COUNTS = st.lists(st.integers(0, 1000), min_size=1, max_size=8)


@given(st.data())
def test_index_is_symmetric_and_not_negative(data):
    old = data.draw(COUNTS)
    new = data.draw(st.lists(st.integers(0, 1000), min_size=len(old), max_size=len(old)))
    index = stability_index(old, new)
    assert index >= 0
    assert np.isfinite(index)
    assert index == pytest.approx(stability_index(new, old))
    assert stability_index(old, old) == 0


def test_index_by_hand():
    # (0.3 - 0.1) ln(0.3 / 0.1) + (0.7 - 0.9) ln(0.7 / 0.9)
    expected = 0.2 * np.log(3) - 0.2 * np.log(7 / 9)
    assert stability_index([100_000, 900_000], [300_000, 700_000]) == pytest.approx(
        expected, rel=1e-4
    )
    with pytest.raises(ValueError, match="same bins"):
        stability_index([1, 2], [1])
    with pytest.raises(ValueError, match="same bins"):
        stability_index([], [])


@pytest.fixture(scope="module")
def corpus():
    frame = load_corpus().sample(frac=1, random_state=0).reset_index(drop=True)
    rng = np.random.default_rng(0)
    frame["scam_probability"] = np.where(
        frame["label"] == "scam", rng.beta(8, 2, len(frame)), rng.beta(2, 8, len(frame))
    )
    return frame


def test_halves_of_one_population_give_no_warning(corpus):
    drift = measure_drift(corpus.iloc[::2], corpus.iloc[1::2])
    assert {one.name for one in drift.features} == {
        "score", "label", "type", "language", "length", "repairs", "concepts",
    }  # fmt: skip
    assert drift.warnings == []
    assert all(one.band == "little" for one in drift.features)
    assert "no change that needs attention" in str(drift)


def test_other_languages_and_more_scams_are_told_in_words(corpus):
    old = corpus[(corpus["label"] == "ham") & corpus["language"].isin(["en", "ms"])]
    new = corpus[(corpus["label"] == "scam") & corpus["language"].isin(["th", "vi"])]
    drift = measure_drift(old, new)
    bands = {one.name: one.band for one in drift.features}
    assert bands["language"] == bands["score"] == bands["label"] == "large"
    text = "\n".join(drift.warnings)
    assert "The languages changed a lot" in text
    assert "check a sample by hand" in text
    assert [one.psi for one in drift.features] == sorted(
        (one.psi for one in drift.features), reverse=True
    )


def test_what_chance_explains_is_not_warned_of(corpus):
    few = measure_drift(corpus.iloc[:12], corpus.iloc[12:24])
    concepts = {one.name: one for one in few.features}["concepts"]
    assert concepts.psi > BANDS[0]
    assert not concepts.warns


def test_plain_values_for_a_document(corpus):
    drift = measure_drift(corpus.iloc[:300], corpus.iloc[300:400])
    values = drift.to_dict()
    assert json.loads(json.dumps(values, allow_nan=False)) == values
    assert values["bands"] == [0.1, 0.25]
    assert {"name", "psi", "band", "chance", "warns", "n_old", "n_new", "changes"} == set(
        values["features"][0]
    )


def test_samples_bound_the_work_and_text_alone_is_enough(corpus):
    drift = measure_drift(corpus[["text"]], corpus[["text"]].iloc[:500], sample=200)
    assert (drift.sampled_old, drift.sampled_new) == (200, 200)
    assert (drift.n_old, drift.n_new) == (len(corpus), 500)
    assert {one.name for one in drift.features} == {"language", "length", "repairs", "concepts"}


def test_missing_scores_and_labels(corpus):
    nothing = corpus.iloc[:50].assign(scam_probability=np.nan, label=None, scam_type=None)
    drift = measure_drift(nothing, corpus.iloc[50:100])
    assert json.dumps(drift.to_dict(), allow_nan=False)


def test_wrong_arguments(corpus):
    with pytest.raises(ValueError, match="two dumps"):
        measure_drift(corpus, pd.DataFrame({"text": []}))
    with pytest.raises(ValueError, match="sample must be"):
        measure_drift(corpus, corpus, sample=0)
