"""Scores by packed weights of n-grams against the matrix of the vectorizer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify import HashedNgramVectorizer
from scamclassify.features.ngram_folding import ngram_folding
from scamclassify.features.ngram_score_kernel import (
    CHAR_RANGE,
    WORD_NGRAMS,
    add_packed_scores,
    pack_weights,
    unpack_weights,
)
from scamclassify.text.codepoints import encode_texts

BITS = 12
ALPHABET = "ab zก中1!\n"


def weights(n_classes, seed=0):
    return np.random.default_rng(seed).normal(0, 0.3, (2**BITS, n_classes)).astype(np.float32)


def expected(texts, coef):
    X = HashedNgramVectorizer(2**BITS, CHAR_RANGE, WORD_NGRAMS).transform(texts)
    return X @ (coef - coef.mean(axis=1, keepdims=True))


def scored(texts, coef):
    out = np.zeros((len(texts), coef.shape[1]), dtype=np.float32)
    add_packed_scores(
        *encode_texts(texts), ngram_folding(), BITS, pack_weights(coef), out
    )  # fmt: skip
    return out - out.mean(axis=1, keepdims=True)


@pytest.mark.parametrize("n_classes", [2, 3])
def test_packed_scores_are_those_of_the_matrix_but_for_rounding(sentence, n_classes):
    coef = weights(n_classes)
    texts = [sentence, sentence * 9, "", "a", f"{sentence} 12 {sentence}"]
    assert np.abs(scored(texts, coef) - expected(texts, coef)).max() < 1e-3


@given(st.lists(st.text(ALPHABET, max_size=150), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_any_texts(texts):
    coef = weights(3, 1)
    assert np.abs(scored(texts, coef) - expected(texts, coef)).max() < 1e-3


@pytest.mark.parametrize("n_classes", [2, 3])
def test_unpacked_weights_are_near_and_sum_to_nothing(n_classes):
    coef = weights(n_classes)
    coef[0] = 0
    again = unpack_weights(*pack_weights(coef), n_classes)
    centred = coef - coef.mean(axis=1, keepdims=True)
    assert np.abs(again - centred).max() < np.abs(centred).max() / 20_000
    assert np.abs(again.sum(axis=1)).max() < 1e-6
    assert (unpack_weights(*pack_weights(np.zeros_like(coef)), n_classes) == 0).all()


def test_weights_of_a_model_are_packed_anew_when_replaced():
    from scamclassify import ScamClassifier

    texts, labels = ["win a prize", "see you soon"] * 3, ["scam", "ham"] * 3
    model = ScamClassifier(2**BITS, calibration_folds=0, random_state=0).fit(texts, labels)
    before = model.decision_function(texts)
    with pytest.raises(ValueError, match="read-only"):
        model.ngram_coef_ *= 2
    model.ngram_coef_ = model.ngram_coef_ * 2
    assert np.abs(model.decision_function(texts) - before).min() > 1e-3
