"""Links are found and taken apart, and told from those that imitate a brand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.features import lookalikes
from scamclassify.features.brand_names import default_brand_matcher
from scamclassify.features.link_check import (
    LINK_FLAGS,
    check_links,
    check_links_batch,
)
from scamclassify.features.link_relation import RELATIONS
from scamclassify.features.links import find_links, host_facts
from scamclassify.features.lookalikes import (
    _deletions,
    default_index,
    edits,
    host_likeness,
    skeleton,
)


@pytest.mark.parametrize(
    ("text", "raw", "host", "registrable", "path"),
    [
        ("go to www.dbs.com.sg/login.", "www.dbs.com.sg/login", "www.dbs.com.sg", "dbs.com.sg",
         "/login"),
        ("คลิกhttps://kbank-th.vip/a?b=1ครับ", "https://kbank-th.vip/a?b=1", "kbank-th.vip",
         "kbank-th.vip", "/a?b=1"),
        ("请点击http://abc.top/x，谢谢", "http://abc.top/x", "abc.top", "abc.top", "/x"),
        ("http://abc.top点击", "http://abc.top", "abc.top", "abc.top", ""),
        ("(see https://x.sub.go.th:8080/y)", "https://x.sub.go.th:8080/y", "x.sub.go.th",
         "sub.go.th", ":8080/y"),
        ("HTTPS://BIT.LY/AbC!", "HTTPS://BIT.LY/AbC", "bit.ly", "bit.ly", "/AbC"),
    ],
)  # fmt: skip
def test_links_are_taken_apart(text, raw, host, registrable, path):
    (link,) = find_links(text)
    assert (link.raw, link.host, link.registrable, link.path) == (raw, host, registrable, path)
    assert text[link.start : link.end] == raw


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("bit.ly/x", {"is_shortener"}),
        ("https://t.co/x", {"is_shortener", "is_platform_shortener"}),
        ("maps.app.goo.gl/x", {"is_shortener", "is_platform_shortener"}),
        ("https://shop.page.link/x", {"is_shortener", "is_platform_shortener"}),
        ("https://wa.me/6591234567", {"is_messaging"}),
        ("line.me/ti/p/abc", {"is_messaging"}),
        ("docs.google.com/forms/d/1", {"is_filesharing"}),
        ("dbs-help.web.app", {"is_filesharing"}),
        ("http://103.21.44.5/pay", {"is_ip"}),
        ("https://xn--pple-43d.com/", {"punycode"}),
        ("https://аpple.com/", {"punycode"}),
        ("visit pаypal.com now", {"punycode"}),
        ("https://iras.gov.sg", {"is_government"}),
        ("abc.top", {"risky_tld"}),
        ("https://dbs.com.sg@evil.com/", {"disguised"}),
        ("someone@example.com", {"is_email"}),
        ("example.com", set()),
        ("mybit.ly", set()),
    ],
)
def test_kinds_of_hosts(text, kinds):
    (link,) = find_links(text)
    names = (
        "is_shortener", "is_platform_shortener", "is_messaging", "is_filesharing", "is_ip",
        "punycode", "is_government", "risky_tld", "disguised", "is_email",
    )  # fmt: skip
    assert {name for name in names if getattr(link, name)} == kinds


@pytest.mark.parametrize(
    "text",
    ["", "see you at 7.30", "ok...done", "rm1.50 ja", "ราคา 3.500 บาท", "a.b", "v2.0", "https://",
     "www.", "//", "..com"],
)  # fmt: skip
def test_no_link(text):
    assert find_links(text) == []
    assert not check_links_batch([text])[0, LINK_FLAGS.index("link_any")]


@pytest.mark.parametrize(
    ("text", "relation", "brand", "way"),
    [
        ("https://internet-banking.dbs.com.sg/x", "official", "dbs", ""),
        ("DBS: see www.dbs.com.sg", "official", "dbs", ""),
        ("LTA: pay at onemotoring.lta.gov.sg", "official", "lta", ""),
        ("GCash: pay at bpi.com.ph", "other_brand", "bpi", ""),
        ("dbs-secure-login.com", "lookalike", "dbs", "joined"),
        ("https://shopee.vip/gift", "lookalike", "shopee", "ending"),
        ("https://vietconbank.com/x", "lookalike", "vietcombank", "typo"),
        ("www.rnaybank2u.com/login", "lookalike", "maybank", "letters"),
        ("https://pаypal.com/", "lookalike", "paypal", "letters"),
        ("https://xn--pypal-4ve.com/", "lookalike", "paypal", "letters"),
        ("https://maybank2u.com.my.login.top/x", "lookalike", "maybank", "subdomain"),
        ("https://singpass.verify-id.com", "lookalike", "singpass", "subdomain"),
        ("http://abc-login.com/dbs/verify", "unrelated", None, ""),
        ("DBS http://abc-login.com/dbs/verify", "lookalike", "dbs", "path"),
        ("http://abc-login.com/maybank/verify", "lookalike", "maybank", "path"),
        ("https://dbs-login.web.app", "lookalike", "dbs", "subdomain"),
        ("Singtel: bill at kwikbill.info", "unrelated", None, ""),
        ("https://bit.ly/dbs", "unrelated", None, ""),
        ("https://wa.me/6591234567", "unrelated", None, ""),
        ("Google: docs.google.com/forms/d/1", "unrelated", None, ""),
        ("weather.com", "unrelated", None, ""),
        ("KFC: order at kfc.com.au", "unrelated", None, ""),
        ("[SCB] บัญชีถูกระงับ scb-easyupdate.vip/app", "lookalike", "scb", "joined"),
        ("招行 shopee-gift.top领取", "lookalike", "shopee", "joined"),
    ],
)
def test_relation_of_a_link(text, relation, brand, way):
    (verdict,) = check_links(text).links
    found = verdict.brand and verdict.brand.id
    assert (verdict.relation, found, verdict.way) == (relation, brand, way)


@pytest.mark.parametrize(
    "host",
    ["weather.com", "smarthomes.com", "trueblue.org", "oceanic.com", "lineage.net", "grabber.com",
     "bcaa.com", "postcard.net", "mybook.com", "appleton.edu", "metals.com", "thailand.com"],
)  # fmt: skip
def test_honest_names_are_no_lookalikes(host):
    found = host_likeness(host, host)
    assert found is None or not found.sure


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Your KBank account is locked", ("kbank",)),
        ("ธนาคารกสิกรไทย แจ้งเตือน", ("kbank",)),
        ("中国工商银行提醒您", ("icbc",)),
        ("Ngan hang ngoai thuong thong bao", ("vietcombank",)),
        ("Bank Negara Indonesia (BNI)", ("bni",)),
        ("Bank Negara: amaran", ("bnm",)),
        ("true, just grab a line and be smart", ()),
        ("took a Grab home", ("grab",)),
        ("grab driver cancelled again", ("grab",)),
        ("[Smart] Your load is 50", ("smart_ph",)),
        ("HI MOM send money", ()),
        ("Hi MOM, this is my new number", ()),
        ("MOM: your work pass", ("mom_sg",)),
        ("nama dia bernama Ali", ()),
        ("J&T parcel", ("jt_express",)),
        ("see dbs-login.com", ()),
        ("gov.sg: claim at abc.top", ("gov_sg",)),
        ("wings of an apple maya", ()),
    ],
)
def test_names(text, named):
    assert tuple(brand.id for brand in check_links(text).brands) == named


def test_batch_says_what_single_texts_say():
    texts = [
        "DBS: verify at dbs-secure.top and wa.me/65", "see you", "", "GCash and Maybank sale",
        "HI MOM", "Maya ang pangalan ko", "a@b.co", "KBank KBank", "https://bit.ly/x",
        "Grab at www.grab.com", "ธนาคารกรุงไทย",
    ]  # fmt: skip
    flags = check_links_batch(texts)
    assert flags.dtype == np.int32
    assert flags.shape == (len(texts), len(LINK_FLAGS))
    for text, row in zip(texts, flags.tolist(), strict=True):
        assert dict(zip(LINK_FLAGS, row, strict=True)) == check_links(text).flags, text


def test_batch_of_nothing():
    assert check_links_batch([]).shape == (0, len(LINK_FLAGS))


def test_findings_are_sentences():
    report = check_links("DBS alert: https://bit.ly/x or dbs-kyc.top or dbs.com.sg")
    assert len(report.findings) >= 4
    assert all(line.endswith(".") for line in report.findings)
    assert any("not an address of DBS" in line for line in report.findings)


def test_edits_and_skeleton():
    assert [edits(*pair) for pair in (("", "ab"), ("abc", "acb"), ("kitten", "sitting"))] == [
        2,
        1,
        3,
    ]
    assert skeleton("g0pаy1") == skeleton("gopayl")


_PARTS = st.sampled_from(
    ["https://", "www.", "dbs", "-", ".", "com", "/", "@", "点击", "กสิกร", " ", "maybank2u",
     "аpple", "xn--", "top", ":", "é", "\u200b", "bit.ly", "1.2.3.4", "KBank",
     "Grab", "?", "\n", "\ud800"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(_PARTS, max_size=12).map("".join)))
def test_never_raises_and_spans_are_in_range(text):
    end = 0
    for link in find_links(text):
        assert end <= link.start < link.end <= len(text)
        assert text[link.start : link.end] == link.raw
        assert link.host.isascii()
        end = link.end
    report = check_links(text)
    assert all(verdict.relation in RELATIONS for verdict in report.links)
    assert check_links_batch([text, text])[1].tolist() == list(report.flags.values())


def test_matcher_spans_name_the_spelling():
    matcher = default_brand_matcher()
    text = "ແຈ້ງ BCEL One ບັນຊີ"
    assert matcher.named(text) == ("bcel",)


@pytest.mark.parametrize(
    ("host", "shape"),
    [
        ("dbs.com.sg", ""),
        ("win88.vip", "has_digits"),
        ("post-fee.top", "has_hyphen"),
        ("a.b.example.com", "is_deep"),
        ("verificationcentre.net", "is_long"),
        ("xkrtz.cc", "is_consonants"),
        ("rhythm.org", "is_consonants"),
    ],
)
def test_form_of_hosts(host, shape):
    facts = host_facts(host)
    names = ("has_digits", "has_hyphen", "is_deep", "is_long", "is_consonants")
    assert " ".join(name for name in names if getattr(facts, name)) == shape


def test_form_of_a_host_is_a_flag_and_leaves_it_plain():
    flags = dict(
        zip(LINK_FLAGS, check_links_batch(["go to xkrtz-9.example.net now"])[0], strict=True)
    )
    held = {name for name, value in flags.items() if value}
    assert {"link_plain", "link_host_digits", "link_host_hyphen"} <= held


@pytest.mark.parametrize("first", range(0, 60, 5))
def test_a_typo_is_of_the_nearest_word_in_whatever_order(first, monkeypatch):
    def rotated(word, most):
        shorter = sorted(_deletions(word, most))
        return shorter[first:] + shorter[:first]

    monkeypatch.setattr(lookalikes, "_deletions", rotated)
    index = default_index()
    for typo, known in {"vietconbank": "vietcombank", "vietcombannk": "vietcombank"}.items():
        assert index.typo_of(skeleton(typo)) == (known, 1)
