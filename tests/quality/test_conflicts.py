"""Near-duplicates that were labelled differently."""

from __future__ import annotations

import pandas as pd
import pytest

from scamclassify.errors import FrameError
from scamclassify.quality import find_conflicts


@pytest.fixture
def frame():
    rows = [
        ("a", "You won 100 dollars, claim now", "scam", "prize_aid"),
        ("b", "See you at lunch", "ham", None),
        ("c", "Your parcel 123 is held, pay the fee", "scam", "delivery"),
        ("d", "You won 900 dollars, claim now", "promo", None),
        ("e", "YOUR PARCEL 77 is held, pay the fee", "scam", "phishing_account"),
        ("f", "Your parcel 9 is held, pay the fee", "scam", "delivery"),
        ("g", "Your parcel 5 is held, pay the fee", "scam", None),
        ("h", "See you at lunch!", "ham", None),
    ]
    return pd.DataFrame(rows, columns=["id", "text", "label", "scam_type"])


def test_conflicts_are_listed_whole_labels_first(frame):
    found = find_conflicts(frame)
    assert found["id"].tolist() == ["a", "d", "c", "e", "f", "g"]
    assert found["conflict"].tolist() == ["label"] * 2 + ["scam_type"] * 4
    assert found["cluster"].tolist() == [0, 0, 1, 1, 1, 1]
    assert found["size"].tolist() == [2, 2, 4, 4, 4, 4]
    # g has no type: it neither contradicts nor has a share.
    assert found["share"].fillna(-1).round(3).tolist() == [0.5, 0.5, 0.667, 0.333, 0.667, -1]
    assert found.index.tolist() == [0, 3, 2, 4, 5, 6]
    assert list(frame.columns) == ["id", "text", "label", "scam_type"]  # not changed


def test_same_labels_are_no_conflict(frame):
    assert find_conflicts(frame[frame["id"].isin(list("bhcfg"))]).empty


def test_without_types_only_labels_are_compared(frame):
    found = find_conflicts(frame.drop(columns="scam_type"))
    assert found["id"].tolist() == ["a", "d"]
    assert "scam_type" not in found


def test_threshold_widens_or_narrows():
    frame = pd.DataFrame(
        {
            "text": [
                "Your parcel is held at the post office, pay the fee today",
                "Your parcel is held at the post office, no fee to pay today",
            ],
            "label": ["scam", "ham"],
        }
    )
    assert len(find_conflicts(frame, threshold=0.5)) == 2
    assert find_conflicts(frame, threshold=0.95).empty


def test_repeated_indices_are_no_trouble(frame):
    plain = find_conflicts(frame)
    found = find_conflicts(frame.set_axis([0] * len(frame)))
    assert found["id"].tolist() == plain["id"].tolist()
    assert found["share"].equals(plain["share"].set_axis(found.index))


def test_written_corpus_has_none():
    from scamclassify import load_corpus

    found = find_conflicts(load_corpus(["en", "th"]), threshold=0.9)
    assert found["id"].tolist() == []


@pytest.mark.parametrize("lacking", ["text", "label"])
def test_missing_column_is_named(frame, lacking):
    with pytest.raises(FrameError, match=lacking):
        find_conflicts(frame.drop(columns=lacking))


def test_unknown_label_is_named(frame):
    with pytest.raises(FrameError, match="spam"):
        find_conflicts(frame.assign(label="spam"))
