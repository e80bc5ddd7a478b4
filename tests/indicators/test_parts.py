"""Parts of the extraction by themselves: addresses, numbers, amounts, cues, views."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamclassify.indicators.amounts import claim_amounts, parse_number
from scamclassify.indicators.chunks import number_starts
from scamclassify.indicators.countries import Context
from scamclassify.indicators.crypto import check_address
from scamclassify.indicators.cues import find_cues
from scamclassify.indicators.fields import Claim
from scamclassify.indicators.keccak import keccak_256
from scamclassify.indicators.phones import international, national, possible
from scamclassify.indicators.prescan import prescan
from scamclassify.indicators.resolve import resolve
from scamclassify.indicators.view import make_view


@pytest.mark.parametrize(
    ("data", "digest"),
    [
        (b"", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
        (b"abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
    ],
)
def test_keccak_of_known_texts(data, digest):
    assert keccak_256(data).hex() == digest


@given(st.binary(max_size=300))
def test_keccak_has_the_right_size_and_depends_on_every_byte(data):
    assert len(keccak_256(data)) == 32
    assert keccak_256(data) != keccak_256(data + b"\x00")


# Published examples of BIP 173, BIP 350, EIP-55 and well-known addresses.
ADDRESSES = [
    ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "BTC"),
    ("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "BTC"),
    ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "BTC"),
    ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "BTC"),
    ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "TRX"),
    ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "ETH"),
]


@pytest.mark.parametrize(("address", "coin"), ADDRESSES)
def test_addresses_hold_and_break(address, coin):
    found = check_address(address)
    assert found is not None
    assert found[0] == coin
    other = "2" if address[20] != "2" else "3"
    assert check_address(address[:20] + other + address[21:]) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1.500.000", "1500000"), ("1,500,000.50", "1500000.50"), ("1.500", "1500"),
        ("12.50", "12.50"), ("1,5", "1.5"), ("0.500", "0.500"), ("1 500 000", "1500000"),
        ("2.345,10", "2345.10"), ("1,250", "1250"),
    ],
)  # fmt: skip
def test_numbers(written, number):
    assert parse_number(written) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "language", "country", "values"),
    [
        ("Rp 1.500.000", "id", "ID", ["IDR 1500000"]),
        ("5jt atau 200rb", "id", "ID", ["IDR 5000000", "IDR 200000"]),
        ("2tr5", "vi", "VN", ["VND 2500000"]),
        ("200k", "vi", "VN", ["VND 200000"]),
        ("P500", "tl", "PH", ["PHP 500"]),
        ("5 แสน", "th", "TH", ["THB 500000"]),
        ("၅ သိန်း", "my", "MM", ["MMK 500000"]),
        ("ငွေ သိန်း ၅၀", "my", "MM", ["MMK 5000000"]),
        ("10 ລ້ານກີບ", "lo", "LA", ["LAK 10000000"]),
        ("៥០,០០០៛", "km", "KH", ["KHR 50000"]),
        ("3万元", "zh", "CN", ["CNY 30000"]),
        ("2000元", "zh", "SG", ["SGD 2000"]),
        ("$20", "en", "BN", ["BND 20"]),
        ("10 mil dólares", "pt", "TL", ["USD 10000"]),
        ("1 லட்சம் ரூபாய்", "ta", "MY", ["INR 100000"]),
        ("US$1,000 and €25", "en", "SG", ["USD 1000", "EUR 25"]),
        ("5 juta pengguna", "id", "ID", []),
        ("1,250万英镑", "zh", "MY", ["GBP 12500000"]),
        ("Rp 2M", "id", "ID", ["IDR 2000000000"]),
        ("S$1m", "en", "SG", ["SGD 1000000"]),
        ("18,2 mil milhões de dólares", "pt", "TL", ["USD 18200000000"]),
        ("2D", "my", "MM", []),
        ("P500", "en", "SG", []),
    ],
)
def test_amounts(text, language, country, values):
    view = make_view(text)
    claims = resolve(
        claim_amounts(view, Context(view, language, country), number_starts(view.lower))
    )
    assert [claim.value for claim in claims] == values


def test_phones():
    assert national("0812345678", "TH") == ("+66812345678", "TH", True)
    assert national("812345678", "TH") is None
    assert international("0065 91234567".replace(" ", ""))[:2] == ("+6591234567", "SG")
    assert international("123") is None
    assert possible("09000112233", "MM") == "+959000112233"
    assert possible("12", "SG") is None


def test_cues_prefer_the_special():
    cues = [
        (cue.kind, cue.name) for cue in find_cues("promo code, line id, no rek bca, mã đơn hàng")
    ]
    assert cues == [("ref", ""), ("app", "LINE"), ("account", ""), ("bank", "bca"), ("ref", "")]


def test_a_number_is_claimed_once():
    claims = [
        Claim("phone", 0, 10, "a", 0.8),
        Claim("bank_account", 0, 10, "b", 0.9),
        Claim("", 12, 20, "", 0.9),
        Claim("otp", 12, 18, "c", 0.8),
        Claim("link", 30, 50, "d", 0.9),
        Claim("domain", 30, 40, "e", 0.9),
    ]
    assert [claim.value for claim in resolve(claims)] == ["b", "d", "e"]


@given(st.text(max_size=60))
def test_a_view_maps_back(text):
    view = make_view(text)
    assert len(view.lower) == len(view.text)
    for i in range(len(view.text)):
        start, end = view.span_in_raw(i, i + 1)
        assert 0 <= start < end <= len(text)


def test_prescan_lets_nothing_through_that_holds_nothing():
    assert prescan([]).tolist() == []
    texts = ["", "see you", "ခဏစောင့်", "OTP please", "１２", "a．co"]
    assert prescan(texts).astype(bool).tolist() == [False] * 3 + [True] * 3
