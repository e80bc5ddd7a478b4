"""How values are written so that two agencies write them alike, and what never passes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamclassify.exchange.fields import SHARED_FIELDS, is_cut, is_official, normalise
from scamclassify.exchange.scrub import scrub

BASE58 = "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        ("link", "HTTPS://Evil.TOP:443/Pay", "https://evil.top/Pay"),
        ("link", "evil.top", "http://evil.top/"),
        ("link", "http://evil.top:8080/a/b", "http://evil.top:8080/a/b"),
        ("link", "http://me:pass@evil.top/a", "http://evil.top/a"),
        ("link", "http://evil.top/a?phone=0812345678#x", "http://evil.top/a"),
        ("link", "http://evil.top/u/0812345678/pay", "http://evil.top/u/"),
        ("link", "http://evil.top/u/%30812345678/pay", "http://evil.top/u/"),
        ("link", "http://evil.top/u/som%40example.org/pay", "http://evil.top/u/"),
        ("link", "http://银行.top/a", "http://xn--jn2a72x.top/a"),
        ("link", "javascript:alert(1)", ""),
        ("link", "http://", ""),
        ("link", "http://[bad", ""),
        ("link", "ftp://evil.top/a", ""),
        ("link", f"http://evil.top/{'a' * 3000}", ""),
        ("domain", "Evil.Top.", "evil.top"),
        ("domain", "10.1.2.3", "10.1.2.3"),
        ("domain", "10.1.2.999", ""),
        ("domain", "not a domain", ""),
        ("domain", "localhost", ""),
        ("domain", "example.com", ""),
        ("link", "http://www.example.com/", ""),
        ("domain", "myexample.com", "myexample.com"),
        ("phone", "+6600000000", ""),
        ("bank_account", "13000000000", ""),
        ("phone", "+65 9123-4567", "+6591234567"),
        ("phone", "+๖๖ ๘๑๒๓๔๕๖๗๘", "+66812345678"),
        ("phone", "91234567", ""),
        ("phone", "Nurul", ""),
        ("email", "Help@Evil.TOP", "help@evil.top"),
        ("email", "=cmd|'/c'!a0@evil.top", ""),
        ("handle", " @parcel.help", "@parcel.help"),
        ("handle", "see me there", ""),
        ("bank_account", "123-4-56789-0", "1234567890"),
        ("bank_account", "GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432"),
        ("bank_account", "mine", ""),
        ("payment_id", "00-66 812345678", "0066812345678"),
        ("payment_id", "=1+1", ""),
        ("crypto_address", "0x" + "Ab" * 20, "0x" + "ab" * 20),
        ("crypto_address", BASE58 + " ", BASE58),
        ("crypto_address", "short", ""),
        ("otp", "481516", ""),
        ("amount", "THB 50", ""),
    ],
)  # fmt: skip
def test_values_have_one_spelling(field, written, value):
    assert normalise(field, written) == value
    if value:
        assert normalise(field, value) == value


@given(field=st.sampled_from(SHARED_FIELDS), text=st.text(max_size=60))
def test_any_text_is_normalised_once_and_for_all(field, text):
    value = normalise(field, text)
    assert normalise(field, value) == value
    assert value.isprintable()
    assert not set(value) & set("()|!\"'")
    assert not value.startswith(("=", "-", "\t"))


def test_one_time_codes_and_amounts_are_no_shared_fields():
    assert not {"otp", "amount"} & set(SHARED_FIELDS)


def test_what_was_cut_off_a_link_is_known():
    for raw, cut in [
        ("http://a.top/x", False),
        ("a.top", False),
        ("HTTP://A.top/X/", False),
        ("http://user@a.top/x", False),
        ("http://a.top/x?id=1", True),
        ("http://a.top/x#1", True),
        ("http://a.top/0812345678", True),
    ]:
        assert is_cut("link", raw, normalise("link", raw)) is cut, raw
    assert not is_cut("phone", "+65 9123 4567", "+6591234567")


@pytest.mark.parametrize(
    ("field", "value", "official"),
    [
        ("link", "https://www.dbs.com.sg/login", True),
        ("domain", "dbs.com.sg", True),
        ("email", "help@dbs.com.sg", True),
        ("link", "https://www.police.gov.sg/", True),
        ("domain", "dbs-sg.top", False),
        ("domain", "xdbs.com.sg", False),
        ("link", "https://dbs.com.sg.evil.top/", False),
        # Anybody can open a page there.
        ("link", "https://docs.google.com/forms/x", False),
        ("link", "https://t.me/job", False),
        ("link", "https://www.facebook.com/some.page", False),
        ("phone", "+6591234567", False),
    ],
)
def test_true_addresses_of_brands_are_official(field, value, official):
    assert is_official(field, value) is official


def test_scrub_leaves_no_number_address_or_link():
    text = (
        "Dear [NAME], code 481 516, +65 8123-4567, ๐๘๑ ๒๓๔ ๕๖๗๘, somchai@example.org, @helper, "
        "bit.ly/AbC123, hxxps://evil[.]top/a, Rp 1.500.000 ok [PHONE]"
    )
    assert scrub(text) == (
        "Dear [NAME], code [NUMBER], [EMAIL], [HANDLE], [LINK], [LINK], Rp [NUMBER] ok [PHONE]"
    )


@given(st.text())
def test_scrub_of_any_text_has_no_digit_and_is_stable(text):
    done = scrub(text)
    assert not re.search(r"\d|@", done)
    assert "\n" not in done
    assert scrub(done) == done
    done.encode("utf-8")
