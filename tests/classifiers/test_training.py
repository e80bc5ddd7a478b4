"""Training in blocks, on samples and in threads: the same digits as on everything at once."""

import copy

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import check_grad

from scamclassify import HashedNgramVectorizer, ScamClassifier
from scamclassify.classifiers import ngram_rows, training
from scamclassify.classifiers.fact_loss import FactLoss, merge_equal
from scamclassify.classifiers.fitting import find_classes
from scamclassify.classifiers.linear_kernel import train_epoch
from scamclassify.classifiers.ngram_rows import NgramRows
from scamclassify.classifiers.sampling import sample_evenly
from scamclassify.classifiers.training_set import TrainingSet
from scamclassify.classifiers.typing_scams import PAIR_VALUE
from scamclassify.features.ngram_score_kernel import CHAR_RANGE, WORD_NGRAMS


def build(frame, **parameters):
    model = ScamClassifier(n_features=2**12, random_state=0, **parameters)
    labels = frame["label"].to_numpy(object)
    model.classes_ = find_classes(labels)
    return model, TrainingSet.build(model, frame, frame["text"].tolist(), labels, None)


@pytest.mark.parametrize("most_kept", [0, 10**6])
@pytest.mark.parametrize("n_jobs", [1, 3])
def test_blocks_are_the_rows_of_the_vectorizer(most_kept, n_jobs, small_messages, monkeypatch):
    monkeypatch.setattr(ngram_rows, "_KEPT_CHARACTERS", most_kept)
    monkeypatch.setattr(ngram_rows, "_BLOCK", 7)
    texts = small_messages["text"].tolist()
    whole = HashedNgramVectorizer(2**12, CHAR_RANGE, WORD_NGRAMS).transform(texts)
    part = np.arange(100)[::-1]
    rows = NgramRows(texts, 2**12)[part]
    order = np.random.default_rng(0).permutation(100)
    places, blocks = zip(*rows.blocks(order, n_jobs), strict=True)
    assert np.array_equal(np.concatenate(places), order)
    assert (sp.vstack(blocks) != whole[part[order]]).nnz == 0
    assert max(map(len, places)) == 7
    coef = np.random.default_rng(1).normal(size=(2**12, 3)).astype(np.float32)
    assert np.allclose(rows @ coef, whole[part] @ coef, atol=1e-5)
    assert rows.texts == [texts[place] for place in part]


def test_a_pass_in_blocks_is_a_pass_over_the_whole_matrix(small_messages):
    model, data = build(small_messages, ngram_epochs=1)
    rows = np.arange(len(data.y))
    known = np.random.default_rng(1).normal(size=(len(rows), 3)).astype(np.float32)
    coef, bias = training.train_ngrams(model, data, rows, known)
    order = np.random.default_rng(0).permutation(len(rows))
    X = HashedNgramVectorizer(2**12, CHAR_RANGE, WORD_NGRAMS).transform(data.ngrams.texts)[order]
    weights = training.balanced_weights(data.sources, data.y, training.NGRAM_BALANCE)[order]
    table = np.zeros((2**12 + 1, 4), np.float32)
    train_epoch(
        X.indptr, X.indices, X.data, data.y[order], weights, 0.5 * known[order], table,
        model.ngram_rate, model.ngram_l2,
    )  # fmt: skip
    share = np.float32(model.ngram_share)
    assert np.array_equal(coef, share * table[:-1, :3])
    assert np.array_equal(bias, share * table[-1, :3])


def test_ngrams_learn_what_the_facts_leave_open(small_messages):
    rows = np.arange(len(small_messages))
    sizes = []
    for offset in (0.0, 0.5, 1.0):
        model, data = build(small_messages, ngram_offset=offset)
        known = 8 * np.eye(3, dtype=np.float32)[data.y]  # facts that know the answer
        coef, _ = training.train_ngrams(model, data, rows, known)
        sizes.append(np.abs(coef).sum())
    assert sizes[0] > 1.1 * sizes[1] > 1.3 * sizes[2] > 0


def test_many_messages_take_fewer_passes(small_messages, monkeypatch):
    model, data = build(small_messages)
    rows = np.arange(len(data.y))
    one, few = build(small_messages, ngram_epochs=1)
    monkeypatch.setattr(training, "_MOST_STEPS", len(rows))
    known = np.zeros((len(rows), 3), np.float32)
    expected, _ = training.train_ngrams(one, few, rows, known)
    assert np.array_equal(training.train_ngrams(model, data, rows, known)[0], expected)
    monkeypatch.setattr(training, "_MOST_STEPS", 5 * len(rows))
    assert not np.array_equal(training.train_ngrams(model, data, rows, known)[0], expected)


@pytest.mark.parametrize("sampled", [False, True])
def test_threads_change_no_digit(sampled, small_messages, monkeypatch):
    monkeypatch.setattr(ngram_rows, "_KEPT_CHARACTERS", 5000)
    monkeypatch.setattr(ngram_rows, "_BLOCK", 16)
    if sampled:
        monkeypatch.setattr(training, "_MOST_MESSAGES", 150)
    fitted = [
        ScamClassifier(
            n_features=2**12, ngram_epochs=2, calibration_folds=2, random_state=0, n_jobs=n_jobs
        ).fit(small_messages, small_messages["label"])
        for n_jobs in (None, 2, 3)
    ]
    first = fitted[0]
    assert sum(first.operating_.sources.values()) in (0, first.operating_.n_honest)
    for other in fitted[1:]:
        for name in ("ngram_coef_", "fact_coef_", "intercept_", "shift_", "priors_"):
            assert np.array_equal(getattr(first, name), getattr(other, name)), name
        assert first.scale_ == other.scale_
        for name in ("ngram_mass", "fact_mass", "spread"):
            assert np.array_equal(getattr(first.state_, name), getattr(other.state_, name)), name
        assert np.array_equal(first.type_model_.fact_coef, other.type_model_.fact_coef)


def test_a_sample_is_enough_for_facts_and_folds(small_messages, monkeypatch):
    model, data = build(small_messages)
    rows = np.arange(len(data.y))
    everything, _ = training.train_facts(model, data, rows)
    monkeypatch.setattr(training, "_MOST_MESSAGES", 150)
    sample = sample_evenly(data.y, 150, 0)
    assert np.bincount(data.y[sample]).tolist() == [50, 50, 50]
    some, _ = training.train_facts(model, data, rows)
    assert np.array_equal(some, training.train_facts(model, data, sample)[0])
    assert not np.array_equal(some, everything)
    scores, scored = training.out_of_fold_scores(model, data)
    assert scores.shape == (150, 3)
    assert len(set(scored.tolist())) == 150


def test_learning_on_from_a_sample_is_about_as_from_all(small_messages, small_model, monkeypatch):
    texts = [f"{text} again" for text in small_messages["text"]]
    labels = small_messages["label"]
    whole = copy.deepcopy(small_model).partial_fit(texts, labels)
    monkeypatch.setattr(training, "_MOST_MESSAGES", 180)
    part = copy.deepcopy(small_model).partial_fit(texts, labels)
    assert not np.array_equal(part.fact_coef_, whole.fact_coef_)
    for name, least in (("fact_coef_", 0.8), ("ngram_coef_", 0.95)):
        moved, less = (getattr(model, name) - getattr(small_model, name) for model in (whole, part))
        assert np.corrcoef(moved.ravel(), less.ravel())[0, 1] > least
        assert np.linalg.norm(less) == pytest.approx(np.linalg.norm(moved), rel=0.3)


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=80),
    st.integers(6, 100),
    st.integers(0, 3),
)
def test_samples_cut_the_largest_cells_to_one_size(cells, most, seed):
    cells = np.array(cells)
    rows = sample_evenly(cells, most, seed)
    assert np.array_equal(rows, np.unique(rows))
    assert np.array_equal(rows, sample_evenly(cells, most, seed))
    if len(cells) <= most:
        assert len(rows) == len(cells)
        return
    before, after = np.bincount(cells), np.bincount(cells[rows], minlength=cells.max() + 1)
    level = after.max()
    assert np.array_equal(after, np.minimum(before, level))
    assert len(rows) <= most < np.minimum(before, level + 1).sum()


@pytest.mark.parametrize("n_classes", [2, 3, 5])
def test_the_loss_of_facts_is_that_of_pairs_written_out(n_classes):
    rng = np.random.default_rng(0)
    dense = rng.random((40, 6)) < 0.4
    dense[20:30] = dense[:10]
    X = sp.csr_matrix(dense.astype(np.float32))
    pairs = [(a, b) for a in range(6) for b in range(a + 1, 6)]
    both = np.hstack(
        [dense, PAIR_VALUE * np.array([dense[:, a] & dense[:, b] for a, b in pairs]).T]
    )
    used = np.flatnonzero(rng.random(21) < 0.7)
    y, weights = rng.integers(0, n_classes, 40), rng.random(40)
    assert len(merge_equal(X, y, weights)[1]) == len(np.unique(np.column_stack([dense, y]), axis=0))
    table = rng.normal(size=(len(used) + 1, n_classes))
    scores = both[:, used] @ table[1:] + table[0]
    logs = scores[np.arange(40), y] - np.log(np.exp(scores).sum(axis=1))
    results = []
    for n_jobs in (1, 3):
        with FactLoss(X, used, y, weights, n_jobs) as fact_loss:
            results.append(fact_loss(table))
            error = check_grad(
                lambda flat, f=fact_loss: f(flat.reshape(table.shape))[0],
                lambda flat, f=fact_loss: f(flat.reshape(table.shape))[1].ravel(),
                table.ravel(),
            )
            assert error < 1e-4
    assert results[0][0] == pytest.approx(-(weights * logs).sum())
    assert results[0][0] == results[1][0]
    assert np.array_equal(results[0][1], results[1][1])
