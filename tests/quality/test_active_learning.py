"""The next messages to label are unsure, new and spread."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scamclassify import build_model, load_corpus
from scamclassify.errors import FrameError, UnknownNameError
from scamclassify.quality import pick_to_label
from scamclassify.quality.active_learning import STRATEGIES, uncertainty
from scamclassify.text.near_duplicates import group_near_duplicates


class Table:
    """A model whose answers are written down."""

    classes_ = np.array(["ham", "promo", "scam"])

    def __init__(self, answers):
        self.answers = answers

    def predict_proba(self, X):
        return np.array([self.answers[text] for text in X])


WORDS = ["sure of lunch", "two ways to win", "three ways open", "leaning to bank", "parcel fee due"]
ANSWERS = dict(
    zip(
        WORDS,
        [[0.98, 0.01, 0.01], [0.0, 0.5, 0.5], [0.3, 0.3, 0.4], [0.05, 0.3, 0.65], [0.1, 0.1, 0.8]],
        strict=True,
    )
)


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [("margin", [1, 2, 3]), ("entropy", [2, 3, 1]), ("least_confident", [2, 1, 3])],
)
def test_strategies_by_hand(strategy, expected):
    # Entropies in nats: 1.089 (open), 0.786 (leaning), 0.693 (two ways), 0.639 (parcel).
    found = pick_to_label(WORDS, Table(ANSWERS), 3, strategy=strategy)
    assert found.index.tolist() == expected
    assert found["uncertainty"].is_monotonic_decreasing
    assert found["predicted"][2] == "scam"
    assert found["probability"][2] == pytest.approx(0.4)


@pytest.mark.parametrize("strategy", ["margin", "entropy", "least_confident"])
def test_uncertainty_lies_between_0_and_1(strategy):
    rng = np.random.default_rng(0)
    found = uncertainty(rng.dirichlet([0.3] * 3, 500), strategy)
    assert ((found >= 0) & (found <= 1)).all()
    assert uncertainty([[1 / 3] * 3], strategy)[0] == pytest.approx(1)
    assert uncertainty([[0.0, 1.0, 0.0]], strategy)[0] == 0


@pytest.fixture(scope="module")
def pool():
    return load_corpus(["en", "th", "tet"])


@pytest.fixture(scope="module")
def model():
    """Knows English only."""
    frame = load_corpus("en")
    return build_model("complement_nb").fit(frame["text"].tolist(), frame["label"].tolist())


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_no_two_picks_are_near_duplicates(pool, model, strategy):
    copies = pool["text"].str.replace("a", "A") + " 123"
    double = pd.concat([pool, pool.assign(text=copies)], ignore_index=True)
    found = pick_to_label(double, model, 200, strategy=strategy)
    assert len(found) == 200
    groups = group_near_duplicates(double["text"].tolist())
    assert len(set(groups[found.index])) == 200
    alike = pick_to_label(double, model, 200, strategy=strategy, diversity=False)
    assert len(set(groups[alike.index])) < 200


def test_random_is_even_and_follows_the_seed(pool, model):
    first = pick_to_label(pool, model, 50, strategy="random", random_state=1)
    again = pick_to_label(pool, model, 50, strategy="random", random_state=1)
    other = pick_to_label(pool, model, 50, strategy="random", random_state=2)
    pd.testing.assert_frame_equal(first, again)
    assert set(first["id"]) != set(other["id"])
    assert first["uncertainty"].isna().all()
    # A third of the pool lies in each third of its rows.
    assert 5 < (first.index < len(pool) / 3).sum() < 28


def test_ties_follow_the_seed_not_the_order():
    texts = ["alpha one", "beta two words", "gamma is third", "delta at last", "epsilon more"]
    even = Table({text: [0.2, 0.4, 0.4] for text in texts})
    picks = {tuple(pick_to_label(texts, even, 2, random_state=s).index) for s in range(12)}
    assert len(picks) > 3


def test_languages_take_turns(pool, model):
    found = pick_to_label(pool, model, 30, spread_languages=True)
    assert found["language"].value_counts().to_dict() == {"en": 10, "th": 10, "tet": 10}
    assert found["language"].head(3).nunique() == 3
    for _, part in found.groupby("language"):
        assert part["uncertainty"].is_monotonic_decreasing
    best = pick_to_label(pool, model, 1)
    assert found["uncertainty"].iloc[0] == best["uncertainty"].iloc[0]


def test_languages_are_identified_where_they_are_not_given(pool, model):
    texts = pool["text"].tolist()
    found = pick_to_label(texts, model, 20, spread_languages=True)
    assert (found["language"] == "th").sum() < 10
    assert "th" in set(found["language"])
    assert "language" not in pick_to_label(texts, model, 2)


def test_near_duplicates_of_labelled_messages_are_passed_over(pool, model):
    first = pick_to_label(pool, model, 20)
    second = pick_to_label(pool, model, 20, labelled=first)
    assert not set(first["id"]) & set(second["id"])
    assert pick_to_label(pool, model, 20, labelled=pool["text"], diversity=False).empty
    copy = ["WIN a prize of 900 today"]
    found = pick_to_label(["Win a prize of 5 today", "see you"], model, 9, labelled=copy)
    assert found["text"].tolist() == ["see you"]


def test_fewer_come_back_where_there_are_fewer(model):
    assert len(pick_to_label(["win a prize", "WIN a prize", "see you"], model, 9)) == 2
    assert pick_to_label([], model, 3, spread_languages=True).empty


def test_index_and_pool_stay(pool, model):
    shifted = pool.set_axis(pool.index + 1000)
    before = shifted.copy()
    found = pick_to_label(shifted, model, 5)
    pd.testing.assert_frame_equal(shifted, before)
    assert found["text"].equals(shifted["text"][found.index])
    assert found["id"].equals(shifted["id"][found.index])


def test_picks_teach_more_than_chance(pool):
    """The model errs far more often on the messages it is unsure of."""
    known, rest = pool.iloc[::2], pool.iloc[1::2]
    model = build_model("complement_nb").fit(known["text"].tolist(), known["label"].tolist())
    truth = pool.set_index("id")["label"]
    wrong = {}
    for strategy in STRATEGIES:
        found = pick_to_label(rest, model, 100, strategy=strategy)
        wrong[strategy] = (found["predicted"].to_numpy() != truth[found["id"]].to_numpy()).mean()
    chance = wrong.pop("random")
    assert min(wrong.values()) > 1.4 * chance


def test_mistakes_are_named(model):
    with pytest.raises(FrameError, match="text"):
        pick_to_label(pd.DataFrame({"message": ["hi"]}), model, 1)
    with pytest.raises(FrameError, match="row 1"):
        pick_to_label(["hi", None], model, 1)
    with pytest.raises(FrameError, match="one string"):
        pick_to_label("hi", model, 1)
    with pytest.raises(UnknownNameError, match="Did you mean 'entropy'"):
        pick_to_label(["hi"], model, 1, strategy="entropie")
    with pytest.raises(UnknownNameError, match="least_confident"):
        uncertainty([[0.5, 0.5]], "random")
    with pytest.raises(ValueError, match="at least 1"):
        pick_to_label(["hi"], model, 0)
    with pytest.raises(TypeError, match="predict_proba"):
        pick_to_label(["hi"], build_model("linear_svm"), 1)
