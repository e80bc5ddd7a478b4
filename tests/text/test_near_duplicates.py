"""Near-duplicate groups."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.text.near_duplicates import group_near_duplicates

TEMPLATES = [
    "Dear {name}, your parcel {n} is held at the depot. Pay the fee at https://p{n}.top/x{n}",
    "คุณได้รับสิทธิ์กู้เงิน {n} บาท อนุมัติไว แอดไลน์ @loan{n} ได้เลยวันนี้",
    "您的账户尾号{n}已被冻结,请立即登录 www.bank{n}.com 进行验证",
    "Selamat! Nomor anda {n} memenangkan hadiah Rp {n}.000 dari panitia, hubungi {n}",
]


def copies(count):
    rng = np.random.default_rng(0)
    names = ["John", "Maria Lim", "Ahmad", "Siti"]
    return [
        (k, template.format(n=rng.integers(100, 10**6), name=rng.choice(names)))
        for _ in range(count)
        for k, template in enumerate(TEMPLATES)
    ]


def test_copies_of_a_template_meet_and_templates_stay_apart():
    pairs = copies(25)
    groups = group_near_duplicates([text for _, text in pairs])
    for k in range(len(TEMPLATES)):
        assert len({g for g, (t, _) in zip(groups, pairs, strict=True) if t == k}) == 1
    assert len(set(groups)) == len(TEMPLATES)


def test_numbered_by_first_occurrence_and_case_is_ignored():
    assert group_near_duplicates(["b", "a", "B", "c"]).tolist() == [0, 1, 0, 2]
    assert group_near_duplicates([]).tolist() == []


@given(st.lists(st.text(max_size=30), max_size=20))
@settings(max_examples=80, deadline=None)
def test_equal_texts_always_meet(texts):
    groups = group_near_duplicates(texts + texts)
    assert np.array_equal(groups[: len(texts)], groups[len(texts) :])


def test_threshold():
    a = "your code is 1234 do not share it with anyone else"
    b = "your code is 9 please do not share it with anyone else"
    assert len(set(group_near_duplicates([a, b], threshold=0.95))) == 2
    assert len(set(group_near_duplicates([a, b], threshold=0.5))) == 1
    with pytest.raises(ValueError, match="threshold must lie in"):
        group_near_duplicates([a], threshold=0)
