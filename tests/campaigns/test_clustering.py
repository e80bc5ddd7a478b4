"""Signatures and their clusters."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.campaigns.clustering import cluster_signatures, match_signatures
from scamclassify.campaigns.signatures import sign_texts, signatures
from scamclassify.datasets.corpus import load_corpus
from scamclassify.text.template import templates_of


def partition(labels):
    """Clusters as sets of rows."""
    return {frozenset(np.flatnonzero(labels == label).tolist()) for label in np.unique(labels)}


@pytest.fixture(scope="module")
def messages():
    """Three copies of each of 400 messages with other digits."""
    base = load_corpus()["text"].tolist()[::13]
    return [f"{text} {number}" for number in (1, 23, 456) for text in base]


def test_signatures_depend_on_the_text_alone(messages):
    whole = signatures(messages)
    rng = np.random.default_rng(0)
    order = rng.permutation(len(messages))
    assert np.array_equal(signatures([messages[i] for i in order]), whole[order])
    assert np.array_equal(signatures(messages[:5]), whole[:5])
    assert signatures([]).shape == (0, 64)


def test_signatures_stay_the_same_over_versions():
    # Campaign documents are compared over years: a change needs a new document version.
    made = signatures(["Your parcel SF123 is held, pay RM 5.90 at http://a.top/x"])
    assert made[0, :4].tolist() == PINNED


PINNED = [78466386, 297455351, 137601031, 193283918]


def test_distinct_templates_and_their_counts(messages):
    signed = sign_texts(messages)
    made = templates_of(messages)
    assert len(signed.exact) >= len(set(made)) - 5  # Burmese is repaired first
    assert signed.counts.sum() == len(messages)
    assert np.array_equal(np.bincount(signed.template), signed.counts)
    assert (np.diff(signed.exact.astype(object)) > 0).all()


@given(st.lists(st.text(max_size=30), max_size=15), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_clusters_do_not_depend_on_the_order(texts, random):
    texts = texts + [text + "!" for text in texts]
    order = list(range(len(texts)))
    random.shuffle(order)
    labels = cluster_signatures(signatures(texts)).labels
    shuffled = cluster_signatures(signatures([texts[i] for i in order])).labels
    back = np.empty_like(shuffled)
    back[order] = shuffled
    assert partition(labels) == partition(back)


def test_order_and_medoids_on_the_corpus(messages):
    signed = sign_texts(messages)
    found = cluster_signatures(signed.signatures, signed.counts)
    order = np.random.default_rng(1).permutation(len(signed.exact))
    again = cluster_signatures(signed.signatures[order], signed.counts[order])
    back = np.empty_like(again.labels)
    back[order] = again.labels
    assert partition(found.labels) == partition(back)
    assert set(signed.exact[found.medoids]) == set(signed.exact[order][again.medoids])
    assert np.array_equal(found.labels[found.medoids], np.arange(len(found.medoids)))
    labels = found.labels[signed.template]
    third = len(messages) // 3
    assert (labels[:third] == labels[third : 2 * third]).mean() > 0.99


def test_a_chain_of_small_steps_is_not_one_cluster():
    rng = np.random.default_rng(0)
    rows = [rng.integers(0, 2**32, 64, dtype=np.uint32)]
    for step in range(200):
        row = rows[-1].copy()
        row[(np.arange(8) + 8 * step) % 64] = rng.integers(0, 2**32, 8, dtype=np.uint32)
        rows.append(row)
    chain = np.array(rows)
    found = cluster_signatures(chain)
    assert 20 < len(found.medoids) < 150
    alike = (chain == chain[found.medoids[found.labels]]).mean(axis=1)
    assert alike.min() >= 0.35 - 1 / 64


def test_a_giant_bucket_takes_linear_time():
    rng = np.random.default_rng(0)
    rows = rng.integers(0, 2**32, (60_000, 64), dtype=np.uint32)
    cluster_signatures(rows[:10])
    rows[:, :4] = 7  # all meet in the first band, and nowhere else
    began = time.process_time()
    found = cluster_signatures(rows)
    assert time.process_time() - began < 5
    assert len(found.medoids) == len(rows)


def test_matches_are_the_most_alike_earlier_ones():
    rng = np.random.default_rng(0)
    old = rng.integers(0, 2**32, (50, 64), dtype=np.uint32)
    new = np.repeat(old, 3, axis=0)
    for row in new:
        row[rng.choice(64, 20, replace=False)] = rng.integers(0, 2**32, 20, dtype=np.uint32)
    strangers = rng.integers(0, 2**32, (50, 64), dtype=np.uint32)
    found = match_signatures(old, np.concatenate([new, strangers]))
    assert (found[:150] == np.repeat(np.arange(50), 3)).mean() > 0.95
    assert (found[150:] == -1).all()
    assert match_signatures(old[:0], new).tolist() == [-1] * len(new)
    with pytest.raises(ValueError, match="of 32 and of 64 values"):
        match_signatures(old[:, :32], new)


def test_arguments_are_checked():
    rows = np.zeros((2, 64), dtype=np.uint32)
    with pytest.raises(ValueError, match="threshold must lie in"):
        cluster_signatures(rows, threshold=0)
    with pytest.raises(ValueError, match="two dimensions"):
        cluster_signatures(rows[0])
    with pytest.raises(ValueError, match="counts of shape"):
        cluster_signatures(rows, np.ones(3))
    assert cluster_signatures(rows[:0]).labels.tolist() == []
