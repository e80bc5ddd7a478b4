"""Counts that are looked up are those that the vectorizer would have made, in the same order."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline

from scamclassify.benchmark.model import find_model
from scamclassify.benchmark.shared_counts import LookedUp, SharedCounts

TEXTS = [
    "Your parcel is held, pay the fee: http://post-fee.top/x",
    "See you at the market tomorrow",
    "pay PAY pay the market fee",
    "ບັນຊີຂອງທ່ານຖືກລະງັບ",
    "您的包裹已到，请付费 fee",
    "",
]
VECTORIZERS = [
    CountVectorizer(),
    TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b"),
    TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 5), sublinear_tf=True),
    TfidfVectorizer(analyzer="char", ngram_range=(2, 3), norm="l1", use_idf=False),
]


def same(one, other):
    assert one.dtype == other.dtype
    assert one.shape == other.shape
    for name in ("indptr", "indices", "data"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


@pytest.mark.parametrize("vectorizer", VECTORIZERS, ids=str)
def test_every_number_in_its_place(vectorizer, tmp_path):
    shared = SharedCounts(tmp_path)
    shared.add(vectorizer, [*TEXTS, "only here zzz"])
    looked_up = shared.install(vectorizer)
    assert isinstance(looked_up, LookedUp)
    for train, test in ((TEXTS[2:] + TEXTS[:2], TEXTS), (TEXTS[:3], TEXTS[3:])):
        same(looked_up.fit_transform(train), vectorizer.fit_transform(train))
        same(looked_up.transform(test), vectorizer.transform(test))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(alphabet="abc \u0e01\u4e00", max_size=12), min_size=2, max_size=6))
def test_any_texts(tmp_path_factory, texts):
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 3))
    try:
        expected = vectorizer.fit_transform(texts)
    except ValueError:  # an empty vocabulary
        return
    shared = SharedCounts(tmp_path_factory.mktemp("counts"))
    shared.add(vectorizer, reversed(texts))
    same(shared.install(vectorizer).fit_transform(texts), expected)


def test_pipelines_and_unions(tmp_path):
    texts, labels = TEXTS * 3, [1, 0, 0, 1, 1, 0] * 3
    for name in ("tfidf_linear_svm", "char_tfidf_ridge"):
        spec = find_model(name)
        shared = SharedCounts(tmp_path)
        shared.add(spec.build(0), texts)
        looked_up = shared.install(spec.build(0)).fit(texts, labels)
        plain = spec.build(0).fit(texts, labels)
        np.testing.assert_array_equal(
            looked_up.decision_function(TEXTS), plain.decision_function(TEXTS)
        )
    union = find_model("tfidf_linear_svm").build(0)[0]
    assert isinstance(union, FeatureUnion)
    assert all(isinstance(part, LookedUp) for _, part in shared.install(union).transformer_list)


@pytest.mark.parametrize(
    "vectorizer",
    [
        CountVectorizer(min_df=2),
        CountVectorizer(binary=True),
        CountVectorizer(tokenizer=str.split, token_pattern=None),
        CountVectorizer(analyzer=str.split),
        TfidfVectorizer(max_features=10),
    ],
    ids=str,
)
def test_what_is_not_known_stays(vectorizer, tmp_path):
    shared = SharedCounts(tmp_path)
    shared.add(Pipeline([("v", vectorizer)]), TEXTS)
    assert shared.install(vectorizer) is vectorizer
    assert not list(tmp_path.iterdir())
