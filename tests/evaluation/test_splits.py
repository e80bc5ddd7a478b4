"""No group of near-duplicates crosses a split."""

from __future__ import annotations

import os

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.model_selection import cross_val_score
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline

from scamclassify.errors import FrameError
from scamclassify.evaluation import (
    GroupedStratifiedKFold,
    LaterInTime,
    LeaveOneLanguageOut,
    LeaveOneSourceOut,
    message_groups,
)

SPLITTERS = [
    GroupedStratifiedKFold(3),
    LeaveOneSourceOut(),
    LeaveOneSourceOut(both_classes=True),
    LeaveOneLanguageOut(),
    LaterInTime(0.4),
]
_IDS = ["k-fold", "source", "source, both classes", "language", "time"]

TEMPLATES = [
    "your parcel {} is held, pay at http://post{}.example/x",
    "congratulations, you won {} in the {} draw",
    "are we still meeting at {} o'clock in room {}",
    "big sale: {} percent off until day {}",
    "บัญชีของคุณถูกระงับ {} โปรดยืนยัน {}",
]

rows = st.lists(
    st.tuples(
        st.integers(0, len(TEMPLATES) - 1),
        st.integers(0, 99),
        st.sampled_from(["ham", "scam"]),
        st.sampled_from(["en", "th", "id"]),
        st.sampled_from(["first", "second", "third"]),
        st.one_of(st.none(), st.integers(0, 400)),
        st.one_of(st.none(), st.sampled_from(["campaign", "other"])),
    ),
    min_size=12,
    max_size=40,
)


def _frame(found) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "text": [TEMPLATES[row[0]].format(row[1], row[1] * 7) for row in found],
            "label": [row[2] for row in found],
            "language": [row[3] for row in found],
            "source": [row[4] for row in found],
            "date": pd.to_datetime([row[5] for row in found], unit="D"),
            "group": [row[6] for row in found],
        }
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows)
@pytest.mark.parametrize("splitter", SPLITTERS, ids=_IDS)
@pytest.mark.filterwarnings("ignore:The least populated class:UserWarning")
def test_no_group_crosses_a_split(splitter, found):
    frame = _frame(found)
    if isinstance(splitter, LaterInTime) and frame["date"].isna().all():
        return
    if isinstance(splitter, LeaveOneSourceOut | LeaveOneLanguageOut):
        name = "source" if isinstance(splitter, LeaveOneSourceOut) else "language"
        if frame[name].nunique(dropna=False) < 2:
            return
    groups = message_groups(frame)
    if isinstance(splitter, GroupedStratifiedKFold) and (
        len(set(groups)) < 3 or frame["label"].value_counts().max() < 3
    ):
        return
    for train, test in splitter.split(frame):
        assert not set(groups[train]) & set(groups[test])
        assert not set(train) & set(test)
        names = frame["group"].to_numpy()
        shared = set(names[train]) & set(names[test])
        assert not {name for name in shared if isinstance(name, str)}


def test_near_duplicates_and_named_groups_are_one_group():
    frame = pd.DataFrame(
        {
            "text": [
                "pay 100 at once",
                "pay 250 at once",
                "see you at the station tonight",
                "dinner is on the table",
                "the bus is late again today",
            ],
            "group": [None, "x", "x", "y", None],
        }
    )
    groups = message_groups(frame).tolist()
    assert groups[0] == groups[1] == groups[2]
    assert len({groups[0], groups[3], groups[4]}) == 3


def test_named_groups_join_in_chains():
    """a joins two clusters, b joins one of them to a third: all are one group."""
    texts = [
        "the first of all these messages",
        "your bus leaves from platform nine",
        "dinner is on the table now",
        "dinner is on the table now",
    ]
    groups = message_groups(pd.DataFrame({"text": texts, "group": ["a", "b", "a", "b"]}))
    assert len(set(groups.tolist())) == 1


def test_what_is_held_out():
    frame = _frame(
        [(i % 5, i, "scam" if i % 2 else "ham", "en", "first", i, None) for i in range(20)]
    )
    frame["text"] = [f"{'abcdefghijklmnopqrst'[i] * 7} {i}" for i in range(20)]
    frame.loc[:4, "source"] = "second"
    frame.loc[5:6, ["source", "label"]] = ["third", "ham"]
    assert LeaveOneSourceOut().values(frame) == ["first", "second", "third"]
    assert LeaveOneSourceOut(both_classes=True).values(frame) == ["first", "second"]
    assert LeaveOneSourceOut().get_n_splits(frame) == 3
    held_out = [set(frame["source"].iloc[test]) for _, test in LeaveOneSourceOut().split(frame)]
    assert held_out == [{"first"}, {"second"}, {"third"}]


def test_later_messages_are_tested_on():
    frame = _frame([(0, i, "ham", "en", "first", i, None) for i in range(20)])
    frame["text"] = [f"{'abcdefghijklmnopqrst'[i] * 7} {i}" for i in range(20)]
    frame.loc[3, "date"] = None
    ((train, test),) = LaterInTime(0.25).split(frame)
    assert frame["date"].iloc[train].max() < frame["date"].iloc[test].min()
    assert len(test) in (4, 5)
    assert 3 not in set(train) | set(test)
    with pytest.raises(FrameError, match="no message has a date"):
        list(LaterInTime().split(frame.assign(date=pd.NaT)))
    with pytest.raises(ValueError, match="test_share"):
        list(LaterInTime(1.5).split(frame))


def test_splitters_work_with_scikit_learn(scored):
    frame = scored[0].head(300)

    class Ignorant(MultinomialNB):
        """Learns from nothing but the length of a text."""

        def fit(self, X, y):
            return super().fit(X["text"].str.len().to_numpy()[:, None], y)

        def predict(self, X):
            return super().predict(X["text"].str.len().to_numpy()[:, None])

    splitter = GroupedStratifiedKFold(3)
    groups = np.arange(len(frame))
    results = cross_val_score(
        make_pipeline(Ignorant()),
        frame,
        frame["label"],
        cv=splitter,
        groups=groups,
        scoring="accuracy",
    )
    assert len(results) == 3
    assert np.isfinite(results).all()


def test_a_missing_column_is_named():
    with pytest.raises(FrameError, match="'source'"):
        list(LeaveOneSourceOut().split(pd.DataFrame({"text": ["a"]})))


@pytest.fixture(scope="module")
def english(tmp_path_factory) -> tuple[pd.DataFrame, np.ndarray]:
    """The three English sets of which one is inside the two others, and their groups."""
    if not os.environ.get("SCAMCLASSIFY_MIRROR"):
        pytest.skip("SCAMCLASSIFY_MIRROR is not set: the real files are not at hand")
    from scamclassify.datasets import load_dataset

    home = tmp_path_factory.mktemp("data_home")
    names = ("uci_sms", "nus_sms_en", "mishra_soni")
    parts = [load_dataset(name, data_home=home, progress=False) for name in names]
    frame = pd.concat(parts, ignore_index=True)
    return frame, message_groups(frame)


def _folded(frame: pd.DataFrame) -> np.ndarray:
    return frame["text"].str.casefold().str.split().str.join(" ").to_numpy()


@pytest.mark.parametrize(("holder", "share"), [("nus_sms_en", 0.7), ("mishra_soni", 0.95)])
def test_uci_messages_inside_other_sets_are_caught(english, holder, share):
    """Every equal message is in a group with its twin; so are most others of the set."""
    frame, groups = english
    source = frame["source"].to_numpy()
    uci, other = source == "uci_sms", source == holder
    caught = np.isin(groups[uci], groups[other])
    folded = _folded(frame)
    equal = pd.Series(folded[uci]).isin(set(folded[other])).to_numpy()
    assert equal.sum() > 3_000
    assert caught[equal].all()
    assert caught.mean() > share


def test_holding_uci_out_leaves_no_twin_to_train_on(english):
    frame, groups = english
    splitter = LeaveOneSourceOut()
    source, folded = frame["source"].to_numpy(), _folded(frame)
    splits = splitter.split(frame, groups=groups)
    for name, (train, test) in zip(splitter.values(frame), splits, strict=True):
        assert set(source[test]) == {name}
        assert name not in set(source[train])
        assert not set(folded[train]) & set(folded[test])


def test_a_single_source_cannot_be_left_out():
    frame = pd.DataFrame({"text": ["a b", "c d"], "source": "thai_sms", "label": ["ham", "scam"]})
    with pytest.raises(FrameError, match=r"\['thai_sms'\] only: .* nothing is left to train on"):
        next(LeaveOneSourceOut().split(frame))


def test_texts_with_labels_are_folded_by_their_near_duplicates():
    texts = [TEMPLATES[n % 4].format(n, n) for n in range(40)]
    labels = ["scam" if n % 4 < 2 else "ham" for n in range(40)]
    groups = message_groups(texts)
    frame = pd.DataFrame({"text": texts, "label": labels})
    given = [test.tolist() for _, test in GroupedStratifiedKFold(2).split(texts, labels)]
    assert given == [test.tolist() for _, test in GroupedStratifiedKFold(2).split(frame)]
    for train, test in GroupedStratifiedKFold(2).split(pd.Series(texts), labels):
        assert not set(groups[train]) & set(groups[test])


def test_splitters_say_what_they_are():
    assert repr(LeaveOneSourceOut(both_classes=True)) == "LeaveOneSourceOut(both_classes=True)"
    assert repr(LaterInTime(0.4)) == "LaterInTime(test_share=0.4)"
