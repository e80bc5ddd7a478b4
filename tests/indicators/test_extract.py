"""`extract_indicators`: fields, spans and values of single messages, and the batch path."""

# ruff: noqa: E501 (messages)

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify import extract_indicators
from scamclassify.errors import UnknownNameError
from scamclassify.indicators import FIELDS, Indicator
from scamclassify.indicators.batch import COLUMNS

PIECES = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            "+65 9123 4567|bit . ly/x|Rp 1.500.000|OTP|482913|LINE ID|@shop_1|ครับ|๐๘๑|2tr5|500-800 บาท|STK"
            "|Vietcombank|012-3-45678-9|hxxp://a[.]top/x|t.me/abc_d|微信|abc12|\u200b|၀၉|ကျပ်|$|RM|.|,| ".split(
                "|"
            )
        ),
    ),
    max_size=12,
).map("".join)


def found(text, **options):
    return [
        (i.field, i.value, i.text, i.detail, i.country) for i in extract_indicators(text, **options)
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("pay at hxxps://DBS-Secure[.]top/A?b=1.", [("link", "https://dbs-secure.top/A?b=1", "hxxps://DBS-Secure[.]top/A?b=1", "", None), ("domain", "dbs-secure.top", "DBS-Secure[.]top", "", None)]),
        ("WA 0812-3456-7890", [("handle", "+6281234567890", "0812-3456-7890", "WhatsApp", "ID")]),
        ("โทร ๐๘๑-๒๓๔-๕๖๗๘", [("phone", "+66812345678", "๐๘๑-๒๓๔-๕๖๗๘", "", "TH")]),
        ("GCash 0917 123 4567 ₱1,500", [("payment_id", "+639171234567", "0917 123 4567", "GCash", "PH"), ("amount", "PHP 1500", "₱1,500", "PHP", "PH")]),
        ("chuyển 2tr5 vào STK 0123456789 Vietcombank", [("amount", "VND 2500000", "2tr5", "VND", "VN"), ("bank_account", "0123456789", "0123456789", "vietcombank", "VN")]),
        ("RM500-RM800 sehari", [("amount", "MYR 500", "RM500", "MYR", "MY"), ("amount", "MYR 800", "RM800", "MYR", "MY")]),
        ("482913 is your OTP", [("otp", "482913", "482913", "code", None)]),
        ("Never share your OTP", [("otp", "", "OTP", "mention", None)]),
        ("b i t . l y / abc", [("link", "http://bit.ly/abc", "b i t . l y / abc", "", None), ("domain", "bit.ly", "b i t . l y", "", None)]),
        ("TRC20 TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC", [("crypto_address", "TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC", "TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC", "TRX", None)]),
        ("meet on 12/05/2026 at 14:30, order 91234567", []),
    ],
)  # fmt: skip
def test_written_messages(text, wanted):
    assert found(text) == wanted


def test_the_country_decides_national_numbers():
    assert found("call 81234567", country="SG")[0][1] == "+6581234567"
    assert found("pay $20", country="BN")[0][1] == "BND 20"
    assert found("pay $20", country="KH")[0][1] == "USD 20"


@settings(max_examples=300, deadline=None)
@given(PIECES)
def test_any_text(text):
    indicators = extract_indicators(text, language="en")
    exclusive = [i for i in indicators if i.field not in ("domain", "handle", "link")]
    for one in indicators:
        assert isinstance(one, Indicator)
        assert one.field in FIELDS
        assert 0 <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
        assert 0 < one.confidence <= 1
    for one, other in pairwise(exclusive):
        assert one.end <= other.start


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=6))
def test_a_batch_is_the_messages_one_by_one(texts):
    frame = extract_indicators(texts, language="th")
    assert list(frame.columns) == ["message", *COLUMNS]
    rows = [
        (place, *(getattr(i, name) for name in COLUMNS))
        for place, text in enumerate(texts)
        for i in extract_indicators(text, language="th")
    ]
    assert [
        tuple(None if v != v else v for v in row) for row in frame.itertuples(index=False)
    ] == rows


def test_series_with_origins():
    texts = pd.Series(["call 81234567", "โทร 0812345678", "x"], index=[7, 8, 9])
    frame = extract_indicators(
        texts, language=["en", None, "th"], country=pd.Series(["SG", None, None])
    )
    assert frame["value"].tolist() == ["+6581234567", "+66812345678"]
    assert frame["message"].tolist() == [0, 1]


def test_refusals():
    with pytest.raises(UnknownNameError, match="unknown language 'tha'"):
        extract_indicators("x", language="tha")
    with pytest.raises(UnknownNameError, match="unknown country 'Laos'"):
        extract_indicators(["x"], country="Laos")
    with pytest.raises(ValueError, match="1 languages for 2 messages"):
        extract_indicators(["x", "y"], language=["en"])
    with pytest.raises(TypeError, match="row 1: nan found where a string is needed"):
        extract_indicators(["x", float("nan")])
