"""`redact_texts`: what is taken out, what stays, and that it is done once."""

# ruff: noqa: E501 (messages)

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.errors import UnknownNameError
from scamclassify.indicators import redact_texts
from scamclassify.resources import resource_path

WRITTEN = [
    ("Dear John Tan, your OTP is 482913.", "Dear [NAME], your OTP is [CODE]."),
    ("hi sarah, call me at +65 9123 4567", "hi [NAME], call me at [PHONE]"),
    ("Dear Customer, your parcel is held", "Dear Customer, your parcel is held"),
    ("Kepada Yth Bapak Budi Santoso, rek BCA 1234567890", "Kepada Yth Bapak [NAME], rek BCA [ACCOUNT]"),
    ("Encik Ahmad, sila bayar RM1,500.00 sebelum 12/05/2026 14:30", "Encik [NAME], sila bayar RM1,500.00 sebelum 12/05/2026 14:30"),
    ("เรียน คุณสมชาย ใจดี บัญชี 012-3-45678-9", "เรียน คุณ[NAME] บัญชี [ACCOUNT]"),
    ("คุณได้รับเงิน 5,000 บาท", "คุณได้รับเงิน 5,000 บาท"),
    ("Chào anh Minh, gọi 0912 345 678", "Chào anh [NAME], gọi [PHONE]"),
    ("Mahal na Juan, i-text ang 0917-123-4567", "Mahal na [NAME], i-text ang [PHONE]"),
    ("မင်္ဂလာပါ ဦးအောင်မြင့် ခင်ဗျာ ၀၉၄၂၁၂၃၄၅၆၇", "မင်္ဂလာပါ ဦး[NAME] ခင်ဗျာ [PHONE]"),
    ("ជូនចំពោះ លោក សុខា, ០១២ ៣៤៥ ៦៧៨", "ជូនចំពោះ លោក [NAME], [PHONE]"),
    ("ສະບາຍດີ ທ້າວ ສົມຊາຍ, ໂທ 020 5512 3456", "ສະບາຍດີ ທ້າວ [NAME], ໂທ [PHONE]"),
    ("尊敬的王小明先生，您的验证码是 482913", "尊敬的[NAME]先生，您的验证码是 [CODE]"),
    ("அன்புள்ள குமார், OTP 482913", "அன்புள்ள [NAME], OTP [CODE]"),
    ("Caro João Silva, ligue 7723 4567", "Caro [NAME], ligue [PHONE]"),
    ("Bondia Maun Domingos, liga 77234567", "Bondia Maun [NAME], liga [PHONE]"),
    ("write a.b@mail.example or a [at] b [dot] com", "write [EMAIL] or [EMAIL]"),
    ("NRIC S1234567D, MyKad 900101-14-5678", "NRIC [ID], MyKad [ID]"),
    ("order INV20260512 tracking RX123456789TH", "order [CODE] tracking [CODE]"),
    ("Rp 1.500.000 atau 5jt, 2.500.000đ, 50,000 ကျပ်", "Rp 1.500.000 atau 5jt, 2.500.000đ, 50,000 ကျပ်"),
    ("wa.me/6281234567890", "wa.me/[PHONE]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), WRITTEN)
def test_written_messages(text, wanted):
    assert redact_texts([text]) == [wanted]


def test_links_can_be_cut():
    texts = ["go https://x.example/u/7?id=9, now", "see bit.ly/abc123", "x.top"]
    assert redact_texts(texts) == texts
    assert redact_texts(texts, links=True) == ["go https://x.example, now", "see bit.ly", "x.top"]


PIECES = st.lists(
    st.one_of(
        st.text(max_size=10),
        st.sampled_from([word for pair in WRITTEN for word in pair[0].split()]),
    ),
    max_size=14,
).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=3), st.booleans())
def test_redacting_again_changes_nothing(texts, links):
    once = redact_texts(texts, links=links)
    assert redact_texts(once, links=links) == once


def test_nothing_personal_is_left_of_the_labelled_messages():
    path = resource_path("data", "indicators", "messages.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    redacted = redact_texts([row["text"] for row in rows], [row["language"] for row in rows])
    gone = kept = amounts = 0
    for row, text in zip(rows, redacted, strict=True):
        for one in row["indicators"]:
            shown = row["text"][one["start"] : one["end"]]
            number = one["value"].startswith("+") and one["field"] in ("phone", "handle")
            personal = number and one["value"][1:].isdigit()
            personal |= one["field"] in ("email", "bank_account", "payment_id")
            personal |= one["field"] == "otp" and one["value"] != ""
            if personal:
                assert shown not in text, row["id"]
                gone += 1
            elif one["field"] == "amount":
                amounts += 1
                kept += shown in text
    assert gone >= 200
    assert kept / amounts >= 0.98


def test_refusals():
    with pytest.raises(UnknownNameError, match="unknown language"):
        redact_texts(["x"], ["xx"])
    with pytest.raises(ValueError, match="one for each"):
        redact_texts(["x"], ["en", "th"])
