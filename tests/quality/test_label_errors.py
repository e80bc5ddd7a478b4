"""Wrong labels are found far more often than by chance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scamclassify import ScamClassifier, build_model, load_corpus
from scamclassify.errors import FrameError, UnknownNameError
from scamclassify.evaluation import message_groups
from scamclassify.quality import find_label_errors, out_of_sample_probabilities


def with_wrong_labels(frame, share, seed):
    """The frame with some labels replaced by another one, and which they are."""
    rng = np.random.default_rng(seed)
    wrong = np.zeros(len(frame), dtype=bool)
    wrong[rng.permutation(len(frame))[: round(share * len(frame))]] = True
    names = np.array(["ham", "promo", "scam"])
    place = np.searchsorted(names, frame["label"].to_numpy(dtype=str))
    place[wrong] = (place[wrong] + rng.integers(1, 3, wrong.sum())) % 3
    return frame.assign(label=names[place]), wrong


@pytest.fixture(scope="module")
def noisy():
    """Written messages, 8 % of them labelled wrongly."""
    return with_wrong_labels(load_corpus("en"), 0.08, seed=0)


@pytest.fixture(scope="module")
def found(noisy):
    return find_label_errors(noisy[0])


def test_injected_errors_come_first(noisy, found):
    frame, wrong = noisy
    ranked = pd.Series(wrong, frame.index)[found.index].to_numpy()
    k = wrong.sum()
    assert wrong.mean() == pytest.approx(0.08, abs=0.002)  # what chance would find
    assert ranked[:k].mean() > 0.5  # 0.64 and 0.79 when written
    assert ranked[: 2 * k].sum() > 0.65 * k
    flagged = found["likely_error"].to_numpy()
    assert ranked[flagged].mean() > 0.35
    assert ranked[flagged].sum() > 0.5 * k


def test_suggestions_give_most_wrong_labels_back(noisy, found):
    _, wrong = noisy
    true = load_corpus("en")["label"]
    head = found.head(int(wrong.sum()))
    head = head[wrong[head.index]]
    assert (head["suggested_label"] == true[head.index]).mean() > 0.7


def test_any_model_finds_errors_in_several_languages():
    frame, wrong = with_wrong_labels(load_corpus(["id", "ms", "th"]), 0.08, seed=0)
    found = find_label_errors(frame, build_model("complement_nb"), folds=3)
    assert wrong[found.index][: wrong.sum()].mean() > 0.25


def test_table_is_whole_and_sorted(noisy, found):
    frame, _ = noisy
    assert sorted(found.index) == sorted(frame.index)
    assert found.columns.tolist() == [
        "id", "text", "label", "suggested_label", "label_probability", "suggested_probability",
        "score", "likely_error",
    ]  # fmt: skip
    assert found["score"].is_monotonic_decreasing
    assert found["score"].between(0, 1).all()
    assert (found["id"] == frame["id"][found.index]).all()
    assert (found["label_probability"] <= found["suggested_probability"]).all()
    assert (found["suggested_label"] != found["label"])[found["likely_error"]].all()
    np.testing.assert_allclose(found["score"], 1 - found["label_probability"], atol=1e-12)


def test_same_seed_same_answer(small_messages):
    model = build_model("complement_nb")
    first = find_label_errors(small_messages, model, folds=3, random_state=4)
    again = find_label_errors(small_messages, model, folds=3, random_state=4)
    other = find_label_errors(small_messages, model, folds=3, random_state=5)
    pd.testing.assert_frame_equal(first, again)
    assert not first["score"].equals(other["score"])
    assert not hasattr(model, "classes_")  # the given model stays as it was


class Recorder(ScamClassifier):
    """A model that remembers what it was trained on and asked for."""

    seen: list = []  # noqa: RUF012 - shared by the clones on purpose

    def fit(self, X, y, groups=None):
        self.seen.append([set(X), set()])
        self.classes_ = np.array(["ham", "scam"])
        return self

    def predict_proba(self, X):
        self.seen[-1][1].update(X)
        return np.tile([0.25, 0.75], (len(X), 1))


def test_no_near_duplicate_of_a_message_was_trained_on():
    texts = [f"you won {i} dollars in the big draw" for i in range(5)]
    texts += ["see you at lunch", "good night dear", "what about tennis?", "bus was late again"]
    texts += ["happy birthday, grandpa"]
    texts += ["parcel held, pay the fee", "your bank account is locked", "invest and earn daily"]
    frame = pd.DataFrame({"text": texts, "label": ["scam"] * 5 + ["ham"] * 5 + ["scam"] * 3})
    group = dict(zip(texts, message_groups(frame), strict=True))
    Recorder.seen.clear()
    out_of_sample_probabilities(frame, Recorder(), folds=3)
    assert set().union(*(asked for _, asked in Recorder.seen)) == set(texts)
    for trained, asked in Recorder.seen:
        assert not {group[t] for t in trained} & {group[t] for t in asked}


def test_threshold_of_a_label_is_its_mean_probability():
    # Mean probability of scam where the label is scam: (0.9 + 0.8 + 0.1) / 3 = 0.6;
    # of ham where it is ham: (0.7 + 0.7 + 0.45) / 3 = 0.617.
    frame = pd.DataFrame({"text": list("abcdef"), "label": ["scam"] * 3 + ["ham"] * 3})
    scam = np.array([0.9, 0.8, 0.1, 0.3, 0.3, 0.55])
    found = find_label_errors(frame, probabilities=np.stack([1 - scam, scam], axis=1))
    # c: ham at 0.9 passes 0.617. f: scam is likelier, but 0.55 is below 0.6.
    assert found.index[found["likely_error"]].tolist() == [2]
    assert found.index[:2].tolist() == [2, 5]


@pytest.mark.parametrize("shape", ["three columns", "two columns", "frame"])
def test_precomputed_probabilities_in_every_form(shape):
    frame = pd.DataFrame({"text": ["a", "b", "c"], "label": ["scam", "ham", "ham"]}, [7, 8, 9])
    table = pd.DataFrame({"scam": [0.9, 0.2, 0.7], "ham": [0.1, 0.8, 0.3]}, frame.index)
    given = {
        "three columns": table.assign(promo=0.0)[["ham", "promo", "scam"]].to_numpy(),
        "two columns": table[["ham", "scam"]].to_numpy(),
        "frame": table,
    }[shape]
    found = find_label_errors(frame, probabilities=given)
    assert found.index.tolist() == [9, 8, 7]
    assert found["suggested_label"].tolist() == ["scam", "ham", "scam"]
    assert "id" not in found


def test_rankings_differ_and_unknown_one_is_named():
    frame = pd.DataFrame({"text": ["a", "b", "c"], "label": ["scam", "ham", "promo"]})
    table = [[0.3, 0.3, 0.4], [0.35, 0.65, 0.0], [0.0, 0.9, 0.1]]
    by_confidence = find_label_errors(frame, probabilities=table)
    by_margin = find_label_errors(frame, probabilities=table, ranking="normalized_margin")
    assert by_confidence.index.tolist() == [1, 0, 2]
    assert by_margin["score"].round(3).tolist() == [0.65, 0.45, 0.1]
    with pytest.raises(UnknownNameError, match="self_confidence"):
        find_label_errors(frame, probabilities=table, ranking="self_confident")


@pytest.mark.parametrize("lacking", ["text", "label"])
def test_missing_column_is_named(lacking):
    frame = pd.DataFrame({"text": ["a"], "label": ["ham"]}).drop(columns=lacking)
    with pytest.raises(FrameError, match=lacking):
        find_label_errors(frame)


def test_labels_that_cannot_be_compared_are_refused():
    with pytest.raises(FrameError, match="two different labels"):
        find_label_errors(pd.DataFrame({"text": ["a", "b"], "label": "ham"}))
    frame = pd.DataFrame({"text": list("abcdefg"), "label": ["ham"] * 5 + ["scam"] * 2})
    with pytest.raises(FrameError, match=r"2 message\(s\) with 'scam'"):
        find_label_errors(frame)
    texts = ["lunch", "see you tomorrow", "what is on tonight"] + ["win 5 now"] * 3
    alike = pd.DataFrame({"text": texts, "label": ["ham"] * 3 + ["scam"] * 3})
    with pytest.raises(FrameError, match="fell into one fold"):
        find_label_errors(alike, folds=3)


def test_wrong_probabilities_and_models_are_refused():
    frame = pd.DataFrame({"text": ["a", "b"], "label": ["ham", "scam"]})
    for bad in ([[0.5, 0.5]], [0.5, 0.5], np.zeros((2, 4)), [[1.0], [1.0]]):
        with pytest.raises(ValueError, match="shape"):
            find_label_errors(frame, probabilities=bad)
    for bad in ([[0.5, 0.9], [1, 0]], [[1.5, -0.5], [1, 0]], [[np.nan, 1], [1, 0]]):
        with pytest.raises(ValueError, match="sum to 1"):
            find_label_errors(frame, probabilities=bad)
    with pytest.raises(ValueError, match="index"):
        find_label_errors(frame, probabilities=pd.DataFrame({"ham": [1, 0]}, index=[5, 6]))
    with pytest.raises(ValueError, match="no column for scam"):
        find_label_errors(frame, probabilities=pd.DataFrame({"ham": [1, 1], "promo": [0, 0]}))
    with pytest.raises(TypeError, match="predict_proba"):
        find_label_errors(frame, build_model("linear_svm"))
