"""Shape signals and facts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.features.fact_kernel import add_fact_scores, pair_slot
from scamclassify.features.facts import FactExtractor
from scamclassify.features.signals import describe_signals, signal_bins, signal_names
from scamclassify.text.codepoints import encode_texts
from scamclassify.text.draft import KIND_INDEX, REPAIR_KINDS


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("see https://a.example/x and www.b.com", "links", 2),
        ("go to bit.ly/x1", "links", 1),
        ("เข้า win-88.vip/ก", "links", 1),
        ("Pay 3.50 now. Thanks", "links", 0),
        ("e.g. this, i.e. that", "links", 0),
        ("call 0812-3456-7890 now", "phones", 1),
        ("pay 500", "phones", 0),
        ("code 123456", "codes", 1),
        ("WOW!!", "shout", 2),
        ("ok？", "questions", 1),
        ("🎁🎉", "emoji", 2),
        ("฿500 or $5 or ₱9", "currency", 3),
        ("add @scammer", "handles", 1),
        ("+65 8123 4567", "plus", 1),
        ("two words", "words", 2),
        ("a\nb", "lines", 1),
        ("【银行】[x]", "brackets", 2),
        ("main di pulau777 dan ALEXIS17", "name_numbers", 2),
        ("main di pulau777 dan ALEXIS17", "lucky_names", 1),
        ("see ufa168.com and @user88, http://x.com/abc123", "name_numbers", 0),
        ("room B12, q4 2025, abc12345", "name_numbers", 0),
        ("slot88, dewa99!", "lucky_names", 2),
    ],
)
def test_measures(text, name, count):
    assert describe_signals([text])[0][name] == count


@given(st.lists(st.text(max_size=50), max_size=5))
@settings(max_examples=80, deadline=None)
def test_every_text_falls_into_one_bin_of_each_signal(texts):
    bins = signal_bins(*encode_texts(texts))
    names = np.array(signal_names())
    for row in bins:
        signals = [name.replace(">=", "=").replace("<", "=").split("=")[0] for name in names[row]]
        assert len(set(signals)) == bins.shape[1]


def test_facts_are_sorted_distinct_and_named():
    extractor = FactExtractor()
    repairs = np.zeros((2, len(REPAIR_KINDS)), np.int32)
    repairs[1, KIND_INDEX["hidden_name"]] = 3
    facts = extractor.extract(["claim your prize prize now", "hello"], repairs)
    for row in range(2):
        active = facts.indices[facts.indptr[row] : facts.indptr[row + 1]]
        assert (np.diff(active) > 0).all()
        assert active.max() < extractor.n_facts
    assert "repair:hidden_name" in [extractor.names[i] for i in active]


def test_pairs_have_slots_of_their_own():
    slots = [pair_slot(i, j, 9) for i in range(9) for j in range(i + 1, 9)]
    assert slots == list(range(36))


@pytest.mark.parametrize("n_classes", [2, 3, 5])
def test_scores_are_the_sums_of_facts_and_pairs(n_classes):
    rng = np.random.default_rng(n_classes)
    n_facts = 9
    rows = [np.flatnonzero(rng.random(n_facts) < 0.4) for _ in range(40)]
    indptr = np.cumsum([0, *map(len, rows)])
    coef = rng.normal(size=(n_facts * (n_facts + 1) // 2, n_classes)).astype(np.float32)
    out = np.ones((len(rows), n_classes), dtype=np.float32)
    add_fact_scores(indptr, np.concatenate(rows).astype(np.int32), n_facts, coef, 0.5, out)
    for row, scores in zip(rows, out, strict=True):
        pairs = [n_facts + pair_slot(a, b, n_facts) for a in row for b in row if a < b]
        expected = 1 + coef[row].sum(axis=0) + 0.5 * coef[pairs].sum(axis=0)
        assert scores == pytest.approx(expected, abs=1e-4)
