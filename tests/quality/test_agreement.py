"""Agreement coefficients against published examples and figures computed by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.errors import FrameError
from scamclassify.quality import annotator_agreement
from scamclassify.quality.agreement_figures import weighted_alpha, weighted_cohen, weighted_fleiss
from scamclassify.quality.annotation_table import read_annotations

#: Krippendorff, "Computing Krippendorff's alpha-reliability", 2011, example C.
KRIPPENDORFF = {
    "A": "1 2 3 3 2 1 4 1 2 . . .",
    "B": "1 2 3 3 2 2 4 1 2 5 . 3",
    "C": ". 3 3 3 2 3 4 2 2 5 1 .",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}
#: Fleiss 1971: ratings of ten subjects by fourteen raters into five categories, as counts
#: in https://en.wikipedia.org/wiki/Fleiss%27_kappa
FLEISS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip


def wide(rows):
    return pd.DataFrame({name: row.split() for name, row in rows.items()}).replace(".", None)


def test_alpha_of_krippendorffs_example():
    found = annotator_agreement(wide(KRIPPENDORFF), n_boot=200)
    assert found.alpha == pytest.approx(0.743, abs=0.0005)
    # The matrix of coincidences that he prints.
    expected = [
        [7, 4 / 3, 1 / 3, 1 / 3, 0],
        [4 / 3, 10, 4 / 3, 1 / 3, 0],
        [1 / 3, 4 / 3, 8, 1 / 3, 0],
        [1 / 3, 1 / 3, 1 / 3, 4, 0],
        [0, 0, 0, 0, 3],
    ]
    np.testing.assert_allclose(found.coincidences, expected)
    assert (found.n_items, found.n_annotators, found.n_annotations) == (12, 4, 41)
    row = found.coefficients.loc["krippendorff_alpha"]
    assert row["n_items"] == 11  # the last one has a single annotation
    assert 0.3 < row["low"] < 0.743 < row["high"] <= 1


def test_kappa_of_fleiss_example():
    table = pd.DataFrame([np.repeat(np.arange(5), row) for row in FLEISS])
    found = annotator_agreement(table, n_boot=0)
    assert found.coefficients["value"]["fleiss_kappa"] == pytest.approx(0.210, abs=0.0005)
    assert found.coefficients["value"]["observed_agreement"] == pytest.approx(0.378, abs=0.0005)
    assert found.coefficients[["low", "high"]].isna().all(axis=None)


def test_two_annotators_by_hand():
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed 0.7.
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    found = annotator_agreement(pd.DataFrame({"ana": first, "budi": second}), n_boot=0)
    pair = found.pairs.iloc[0]
    assert (pair["first"], pair["second"], pair["n_items"]) == ("ana", "budi", 50)
    assert pair["agreement"] == pytest.approx(0.7)
    assert pair["cohen_kappa"] == pytest.approx((0.7 - 0.5) / 0.5)
    assert pair["scott_pi"] == pytest.approx((0.7 - 0.505) / 0.495)
    assert found.coefficients["value"]["fleiss_kappa"] == pytest.approx(pair["scott_pi"])
    # Of 55 yes 40 are met by a yes, of 45 no 30 by a no; alpha corrects for the 100 values.
    assert found.labels["agreement"].to_dict() == pytest.approx({"no": 30 / 45, "yes": 40 / 55})
    assert found.alpha == pytest.approx(1 - 0.3 / (2 * 55 * 45 / (100 * 99)))
    # With two labels, one against the rest is the whole.
    assert found.labels["alpha"].tolist() == pytest.approx([found.alpha] * 2)


def test_long_and_wide_tables_say_the_same():
    table = wide(KRIPPENDORFF)
    long = table.rename_axis("message").reset_index()
    long = long.melt("message", var_name="who", value_name="what").sample(frac=1, random_state=0)
    one = annotator_agreement(table, n_boot=50)
    other = annotator_agreement(long, item="message", annotator="who", label="what", n_boot=50)
    pd.testing.assert_frame_equal(one.coefficients, other.coefficients)
    pd.testing.assert_frame_equal(one.pairs, other.pairs)
    pd.testing.assert_frame_equal(one.labels, other.labels)
    named = annotator_agreement(table.rename_axis("item").reset_index(), n_boot=50)
    pd.testing.assert_frame_equal(one.coefficients, named.coefficients)


def test_same_seed_same_intervals():
    table = wide(KRIPPENDORFF)
    first = annotator_agreement(table, random_state=3).coefficients
    pd.testing.assert_frame_equal(first, annotator_agreement(table, random_state=3).coefficients)
    assert not first.equals(annotator_agreement(table, random_state=4).coefficients)


def test_interval_covers_what_it_should():
    """Of 60 samples of a known population, about 90 % have its alpha in their interval."""
    rng = np.random.default_rng(0)
    covered = 0
    for _ in range(60):
        truth = rng.integers(0, 2, 150)
        table = pd.DataFrame({n: np.where(rng.random(150) < 0.2, 1 - truth, truth) for n in "ab"})
        # Both right or both wrong: 0.68; by chance 0.5.
        row = annotator_agreement(table, n_boot=200, confidence=0.9).coefficients.iloc[0]
        covered += row["low"] <= (0.68 - 0.5) / 0.5 <= row["high"]
    assert 47 <= covered <= 60


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["ham", "promo", "scam", None]), min_size=3, max_size=3),
        min_size=2,
        max_size=12,
    )
)
def test_fast_figures_are_those_of_nltk(rows):
    table = pd.DataFrame(rows, columns=["a", "b", "c"])
    try:
        found = annotator_agreement(table, n_boot=0)
    except FrameError:
        return
    data = read_annotations(table)
    once = np.ones((1, len(data.codes)))
    complete = (data.codes >= 0).all(axis=1)
    value = found.coefficients["value"]
    alpha, observed = weighted_alpha(data.counts, once)
    np.testing.assert_allclose(alpha[0], value["krippendorff_alpha"], atol=1e-9)
    assert observed[0] == pytest.approx(value["observed_agreement"])
    fleiss = weighted_fleiss(data.counts[complete], once[:, complete])[0]
    np.testing.assert_allclose(fleiss, value["fleiss_kappa"], atol=1e-9)
    places = {name: i for i, name in enumerate(data.annotators)}
    for pair in found.pairs.itertuples():
        first, second = data.codes[:, places[pair.first]], data.codes[:, places[pair.second]]
        kappa = weighted_cohen(first, second, len(data.labels), once)[0]
        np.testing.assert_allclose(kappa, pair.cohen_kappa, atol=1e-9)


def test_perfect_agreement_is_one_and_one_label_is_undefined():
    perfect = annotator_agreement(pd.DataFrame({"a": ["x", "y"], "b": ["x", "y"]}), n_boot=0)
    assert perfect.coefficients["value"].tolist() == [1.0] * 4
    same = annotator_agreement(pd.DataFrame({"a": ["x", "x"], "b": ["x", "x"]}), n_boot=20)
    assert same.coefficients["value"].isna().tolist() == [True, True, True, False]
    assert same.labels["agreement"]["x"] == 1


def test_blank_is_no_annotation_and_labels_keep_their_order():
    table = pd.DataFrame({"a": ["scam", "ham", " "], "b": ["scam", "promo", "ham"], "c": ""})
    found = annotator_agreement(table, n_boot=0)
    assert (found.n_annotators, found.n_annotations) == (2, 5)
    assert found.labels.index.tolist() == ["ham", "promo", "scam"]
    assert found.labels["annotations"].tolist() == [2, 1, 2]
    assert "2 annotators, 3 items, 5 annotations" in str(found)


def test_annotators_who_share_no_item():
    table = pd.DataFrame(
        {"a": ["x", "y", None, None], "b": ["x", "x", "y", "y"], "c": [None, None, "y", "x"]}
    )
    found = annotator_agreement(table, n_boot=20)
    apart = found.pairs[(found.pairs["first"] == "a") & (found.pairs["second"] == "c")].iloc[0]
    assert apart["n_items"] == 0
    assert np.isnan(apart["cohen_kappa"])
    assert np.isnan(found.coefficients["value"]["fleiss_kappa"])  # no item has all three
    assert found.alpha == pytest.approx(1 - (4 / 8) / (2 * 4 * 4 / (8 * 7)))


@pytest.mark.parametrize("lacking", ["item", "annotator", "label"])
def test_missing_column_is_named(lacking):
    long = pd.DataFrame({"item": [1, 1], "annotator": ["a", "b"], "label": ["ham", "ham"]})
    with pytest.raises(FrameError, match=f"lacks the column.*{lacking}"):
        annotator_agreement(long.drop(columns=lacking))


def test_tables_that_cannot_be_judged_are_refused():
    twice = pd.DataFrame({"item": [1, 1], "annotator": ["a", "a"], "label": ["ham", "scam"]})
    with pytest.raises(FrameError, match="'a' labelled the item '1' more than once"):
        annotator_agreement(twice)
    with pytest.raises(FrameError, match="row 1: a value is missing"):
        annotator_agreement(twice.assign(annotator=["a", None]))
    with pytest.raises(FrameError, match="at least two annotators"):
        annotator_agreement(pd.DataFrame({"a": ["ham"]}))
    with pytest.raises(FrameError, match="at least two annotators"):
        annotator_agreement(pd.DataFrame())
    with pytest.raises(FrameError, match="the item '5' occurs more than once"):
        annotator_agreement(pd.DataFrame({"a": ["x", "y"], "b": ["x", "y"]}, index=[5, 5]))
    with pytest.raises(FrameError, match="no item was labelled by two"):
        annotator_agreement(pd.DataFrame({"a": ["x", None], "b": [None, "y"]}))
    with pytest.raises(FrameError, match="DataFrame"):
        annotator_agreement([("a", 1, "x")])
    good = pd.DataFrame({"a": ["x", "y"], "b": ["x", "y"]})
    with pytest.raises(ValueError, match="confidence"):
        annotator_agreement(good, confidence=95)
    with pytest.raises(ValueError, match="n_boot"):
        annotator_agreement(good, n_boot=-1)
