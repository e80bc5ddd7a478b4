"""HashedNgramVectorizer against a naive implementation, and its contract."""

import math
import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MaxAbsScaler

from scamclassify import HashedNgramVectorizer
from scamclassify.features import ngram_kernel as kernel
from scamclassify.text.codepoints import SEPARATOR, SYMBOL, char_classes, fold_table

MASK = 2**64 - 1


def slot(state, bits):
    state = ((state ^ (state >> 32)) * kernel.FINISH) & MASK
    return state >> (64 - bits)


def hash_of(seed, codes):
    for code in codes:
        seed = ((seed ^ code) * kernel.MULTIPLIER) & MASK
    return seed


def naive(text, bits=12, char_range=(1, 5), words=2):
    """The definition of the module's docstring, word by word, in plain Python."""
    fold, classes = fold_table(), char_classes()
    codes = []
    for char in text:
        code = ord(char)
        code = int(fold[code]) if code < len(fold) else code
        code = 48 if 48 <= code <= 57 else code
        letter = (chr(code).isascii() and chr(code).isalpha()) or 0xC0 <= code < 0x2000
        if code and not (letter and codes and codes[-1] == code):
            codes.append(code)
    folded = " " + " ".join("".join(map(chr, codes)).split(" ")) + " "
    while "  " in folded:
        folded = folded.replace("  ", " ")
    counts = {}

    def add(state):
        place = slot(state, bits)
        counts[place] = counts.get(place, 0) + 1

    for n in range(char_range[0], char_range[1] + 1):
        for i in range(len(folded) - n + 1):
            gram = folded[i : i + n]
            if gram != " " and " " not in gram[1:-1]:
                if i + n == len(folded) and n == 1:
                    continue
                add(hash_of(kernel.CHAR_SEED, map(ord, gram)))
    run, chain = "", []
    for char in folded + " ":
        kind = classes[min(ord(char), len(classes) - 1)]
        if kind not in (SEPARATOR, SYMBOL):
            run += char
            continue
        if len(run) > kernel.MAX_WORD:
            chain = []
        elif run:
            chain.insert(0, hash_of(kernel.WORD_SEED, map(ord, run)))
            for order in range(1, min(words, len(chain)) + 1):
                add(hash_of(kernel.WORD_SEED, chain[:order]))
        run = ""
    return counts


def row_of(text, **options):
    X = HashedNgramVectorizer(n_features=2**12, weighting="count", norm=None, **options)
    row = X.transform([text])
    return {int(i): int(v) for i, v in zip(row.indices, row.data, strict=True)}


def test_every_script_equals_the_naive_one(sentence):
    assert row_of(sentence) == naive(sentence)


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_equals_the_naive_one(text):
    assert row_of(text) == naive(text)


@given(st.text(alphabet="ก ข1 aÁ၁中\U0002b740😀!\n", max_size=40), st.integers(0, 3))
@settings(max_examples=100, deadline=None)
def test_mixed_scripts_and_word_orders(text, words):
    assert row_of(text, word_ngrams=words) == naive(text, words=words)


def test_batch_equals_one_by_one():
    texts = [f"message {i} ข้อความ" * (i % 5) for i in range(5000)]
    vectorizer = HashedNgramVectorizer(n_features=2**10)
    batch = vectorizer.transform(texts)
    for i in (0, 1, 2047, 2048, 4999):
        assert (batch[i] != vectorizer.transform([texts[i]])).nnz == 0


def test_weighting_and_norm():
    text = ["aa aa aa"]
    count = HashedNgramVectorizer(weighting="count", norm=None).transform(text)
    log = HashedNgramVectorizer(weighting="log", norm=None).transform(text)
    assert np.allclose(np.sort(log.data), np.sort(1 + np.log(count.data)))
    assert set(HashedNgramVectorizer(weighting="binary", norm=None).transform(text).data) == {1.0}
    assert math.isclose(HashedNgramVectorizer().transform(text).power(2).sum(), 1, rel_tol=1e-5)


def test_vietnamese_with_and_without_diacritics_meet():
    X = HashedNgramVectorizer().transform(["Đã trúng thưởng", "da trung thuong"])
    assert (X[0] != X[1]).nnz == 0


def test_letters_typed_twice_meet():
    X = HashedNgramVectorizer().transform(["Bonnuss ครรับ", "bonus ครับ", "bonus 谢谢", "bonus 谢"])
    assert (X[0] != X[1]).nnz == 0
    assert (X[2] != X[3]).nnz > 0
    digits = HashedNgramVectorizer(weighting="count").transform(["100", "10", "!!", "!"])
    assert (digits[0] != digits[1]).nnz > 0
    assert (digits[2] != digits[3]).nnz > 0


def test_input_kinds_agree():
    texts = ["win a prize", "ok"]
    expected = HashedNgramVectorizer().transform(texts)
    for X in (np.array(texts), pd.Series(texts, index=[7, 3]), pd.DataFrame({"text": texts})):
        assert (HashedNgramVectorizer().transform(X) != expected).nnz == 0
    assert HashedNgramVectorizer().transform([]).shape == (0, 2**18)


@pytest.mark.parametrize("X", ["one string", [1], [None], [["nested"]], pd.DataFrame({"a": ["b"]})])
def test_wrong_input(X):
    with pytest.raises(TypeError):
        HashedNgramVectorizer().transform(X)


@pytest.mark.parametrize(
    "parameters",
    [
        {"n_features": 1000},
        {"n_features": 2**7},
        {"char_range": (0, 3)},
        {"char_range": (1, 17)},
        {"word_ngrams": 4},
        {"char_range": (1, 0), "word_ngrams": 0},
        {"weighting": "tf"},
        {"norm": "l1"},
    ],
)
def test_parameters_are_checked_in_fit(parameters):
    with pytest.raises(ValueError, match=r"must|leave no"):
        HashedNgramVectorizer(**parameters).fit(["a"])


def test_clone_pickle_pipeline():
    vectorizer = HashedNgramVectorizer(n_features=2**9, char_range=(2, 3))
    again = pickle.loads(pickle.dumps(clone(vectorizer)))
    assert again.get_params() == vectorizer.get_params()
    pipeline = make_pipeline(again, MaxAbsScaler())
    assert pipeline.fit_transform(["a b", "c"]).shape == (2, 512)
    assert vectorizer.set_output(transform="default") is vectorizer
    assert len(vectorizer.get_feature_names_out()) == 512
