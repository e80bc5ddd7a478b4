"""Statuses, changes between documents, marking words, sampling."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamclassify.campaigns.compare import compare_campaigns, statuses
from scamclassify.campaigns.document import Campaign, CampaignDocument
from scamclassify.campaigns.sampling import sample_members
from scamclassify.campaigns.signatures import signatures
from scamclassify.campaigns.words import count_words, marking_words, words_of


def document(*campaigns, n=1000):
    return CampaignDocument("2026-01-02T03:04:05Z", "0.1.0", n, {}, campaigns)


def test_statuses_go_by_shares():
    found, ratios, p_values = statuses(
        np.array([100, 100, 100, 100, 0, 0]), np.array([200, 400, 40, 0, 5, 0]), 1000, 2000
    )
    assert found.tolist() == ["steady", "growing", "dying", "gone", "new", "new"]
    assert ratios[:3].tolist() == pytest.approx([1, 2, 0.2])
    assert p_values[1] < 1e-6 < p_values[0]


def test_a_change_that_chance_explains_is_none():
    assert statuses(np.array([2]), np.array([5]), 1000, 1000)[0].tolist() == ["steady"]


def test_p_values_are_those_of_the_binomial_test():
    from scipy.stats import binomtest

    _, _, p_values = statuses(np.array([30, 30]), np.array([50, 9]), 1000, 1200)
    part = 1200 / 2200
    assert p_values[0] == pytest.approx(binomtest(50, 80, part, "greater").pvalue)
    assert p_values[1] == pytest.approx(binomtest(9, 39, part, "less").pvalue)


def test_changes_between_documents():
    names = [f"c-{k:016x}" for k in range(6)]
    made = signatures(
        ["your parcel 1 is held, pay at a.com/x", "free loan today, add line @x9 now please"]
    )
    alike, other = (tuple(row.tolist()) for row in made)
    old = document(
        Campaign(names[0], 50),
        Campaign(names[1], 40),
        Campaign(names[2], 30, exemplars=("lunch is served",)),
        Campaign(names[3], 20, signature=alike),
        Campaign("c-000000000000000f", 0, status="gone"),
    )
    new = document(
        Campaign(names[0], 150, merged=(names[1],)),
        Campaign(names[4], 21, signature=alike),
        Campaign(names[5], 9, signature=other, exemplars=("crypto giveaway for [NAME]",)),
    )
    changes = compare_campaigns(old, new)
    table = changes.table.set_index("id")
    assert table["status"].to_dict() == {
        names[0]: "growing",
        names[2]: "gone",
        names[4]: "steady",
        names[5]: "new",
    }
    assert table.loc[names[0], "old_size"] == 90
    assert changes.counts == {"new": 1, "growing": 1, "steady": 1, "dying": 0, "gone": 1}
    assert changes.messages["gone"] == 30
    assert "name" not in changes.words


def test_paths_and_empty_documents(tmp_path):
    empty = document(n=0).save(tmp_path / "a.json")
    changes = compare_campaigns(empty, empty)
    assert len(changes.table) == 0
    assert sum(changes.counts.values()) == 0
    assert changes.words == []


def test_an_id_is_matched_once():
    one = Campaign("c-0000000000000001", 10)
    twice = document(
        replace(one, id="c-0000000000000002", merged=(one.id,)),
        replace(one, id="c-0000000000000003", merged=(one.id,)),
    )
    changes = compare_campaigns(document(one), twice)
    assert changes.table["old_size"].tolist() == [10, 0]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("บัญชีของท่านถูกระงับ", "บัญชี"),
        ("您的账户已被冻结", "账户"),
        ("ບັນຊີຂອງທ່ານຈະຖືກລະງັບ", "ບັນຊີ"),
        ("គណនីរបស់លោកអ្នកត្រូវបានផ្អាក", "គណនី"),
        ("உங்கள் கணக்கு முடக்கப்பட்டது", "கணக்கு"),
        ("Tài khoản của bạn", "khoản"),
    ],
)
def test_words_in_every_script(text, word):
    assert word in words_of(text)


@given(st.text(max_size=80))
def test_words_of_any_text(text):
    words = words_of(text)
    assert all(len(word) > 1 and not any(map(str.isdigit, word)) for word in words)
    assert words_of("a\ud800b [NAME] [PHONE] x.com/yes") <= {"a?b"}


def test_marking_words_are_those_of_the_formula():
    inside = count_words(["parcel now", "parcel then", "parcel fee fee"] * 3)
    outside = count_words(["now then"] * 30)
    # by hand: 9 of 18 words against 0 of 60, prior 10 * 9 / 78
    prior = 10 * 9 / 78
    delta = np.log((9 + prior) / (18 + 10 - 9 - prior)) - np.log(prior / (60 + 10 - prior))
    z = delta / np.sqrt(1 / (9 + prior) + 1 / prior)
    assert (z > 1.96) == ("parcel" in marking_words(inside, 9, outside))
    assert z > 1.96
    assert "now" not in marking_words(inside, 9, outside)
    assert "fee" not in marking_words(inside, 30, outside)  # in too few of the messages
    assert marking_words({}, 0, outside) == []


def test_words_of_new_campaigns():
    old = document(*(Campaign(f"c-{k:016x}", 9, exemplars=("your loan now",)) for k in range(30)))
    new = document(
        *old.campaigns,
        *(Campaign(f"c-{k:016x}", 9, exemplars=("your parcel now",)) for k in range(90, 99)),
    )
    assert compare_campaigns(old, new).words == ["parcel"]


@given(
    st.lists(st.tuples(st.integers(-1, 4), st.integers(0, 5)), max_size=40),
    st.integers(1, 30),
    st.randoms(use_true_random=False),
)
def test_samples_are_fair_and_do_not_depend_on_the_order(rows, budget, random):
    def take(rows):
        codes = np.array([code for code, _ in rows], dtype=np.int64)
        hashes = np.array([value for _, value in rows], dtype=np.uint64)
        sample = sample_members(codes, hashes, budget)
        taken = [(*rows[row], copies) for row, copies in zip(sample.rows, sample.copies,
                                                             strict=True)]  # fmt: skip
        return sample, taken

    sample, taken = take(rows)
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert take(shuffled)[1] == taken
    assert all(rows.count((code, value)) == copies for code, value, copies in taken)
    campaigns = {code for code, _ in rows if code >= 0}
    assert {code for code, _, _ in taken} == campaigns
    assert len(taken) <= max(budget, len(campaigns))
    for code in campaigns:
        size = sum(one == code for one, _ in rows)
        seen = sum(copies for one, _, copies in taken if one == code)
        assert sample.scale[code] * seen == pytest.approx(size)
