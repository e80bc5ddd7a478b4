"""Compiled link reading and judging against the patterns and rules of single texts."""

import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.features import host_table, link_flag_kernel, link_kernel
from scamclassify.features.host_table import HostTable, host_flags, text_hash, word_table
from scamclassify.features.link_check import (
    _COLUMN,
    LINK_FLAGS,
    _find_links,
    _sector_columns,
    check_links,
    check_links_batch,
)
from scamclassify.features.link_relation import split_links
from scamclassify.features.lookalikes import LURES, default_index
from scamclassify.features.sector_words import SectorWords
from scamclassify.knowledge.brands import load_brands
from scamclassify.text.codepoints import encode_texts

PARTS = st.sampled_from(
    ["https://", "http:/", "HTTP://", "www.", "WWW.", "dbs", "DBS", "-", ".", "..", "com", "Top",
     "/", "@", "点击", "กสิกร", " ", "\n", "\u00a0", "maybank2u", "my", "аpple", "xn--", "top",
     ":", ":80", ":123456", "é", "\u212a", "ſ", "\u200b", "bit.ly", "gov.sg", "1.2.3.4", "wa.me",
     "KBank", "Grab", "DANA", "?", "#", "=", "'", ")", "_", "+", "~", "login", "verify", "a", "1",
     "iras.gov.sg", "web.app", "\ud800", "Visa"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PARTS, max_size=14).map("".join))


def spans(texts):
    codes, offsets = encode_texts(texts)
    links = _find_links(texts, codes, offsets, HostTable(_COLUMN))
    return sorted(map(tuple, links[:, [0, 1, 2]].tolist()))


def reference_flags(text):
    """Flags from the verdicts on a text's links, one by one."""
    report = check_links(text)
    flags = set()
    for verdict in report.links:
        link = verdict.link
        if verdict.relation != "unrelated":
            flags.add(f"link_{verdict.relation}")
            if verdict.relation == "lookalike" and verdict.brand in report.brands:
                flags.add("link_lookalike_named")
        elif report.brands:
            flags.add("link_unrelated_with_brand")
        elif all(flag.startswith("link_host_") for flag in host_flags(link.facts)):
            flags.add("link_plain")  # the form of a host is not known of it
        flags.update(host_flags(link.facts))
        if link.disguised:
            flags.add("link_disguised")
    count = len(report.links)
    flags |= {"link_any"} if count else set()
    flags |= {"link_several"} if count > 1 else set()
    flags |= {"email_address"} if report.emails else set()
    brands = report.brands
    flags |= {"brand_named"} if brands else set()
    flags |= {"brand_named_no_link"} if brands and not count else set()
    flags |= {"brand_several"} if len(brands) > 1 else set()
    index = load_brands().index
    flags |= {LINK_FLAGS[_sector_columns()[index[brand.id]]] for brand in brands}
    return flags


@settings(max_examples=400, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_links_are_those_of_the_patterns(texts):
    expected = [
        (row, link.start, link.end)
        for row, text in enumerate(texts)
        for kind in split_links(text)[:2]
        for link in kind
    ]
    assert spans(texts) == sorted(expected)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_flags_are_those_of_the_verdicts(text):
    row = check_links_batch(["see you", text])[1]
    assert {LINK_FLAGS[k] for k in np.flatnonzero(row)} == reference_flags(text)


@pytest.mark.parametrize(
    "text",
    ["DBS: pay at dbs.com.sg and dbs-kyc.top", "GCash: pay at bpi.com.ph",
     "LTA onemotoring.lta.gov.sg",
     "Visa: https://abc.top/visa/login", "http://a.top/login/login", "http://a.top/dbs/dbs",
     "maya maya.ph", "BNI see bni.co.id or bni-login.web.app/x", "gov.sg: mail a@iras.gov.sg"],
)  # fmt: skip
def test_flags_of_brands_and_links(text):
    row = check_links_batch([text])[0]
    assert {LINK_FLAGS[k] for k in np.flatnonzero(row)} == reference_flags(text)


def test_many_links_in_a_text():
    text = " ".join(f"a{i}.top" for i in range(500)) + " " + "a.to/" * 200
    assert len(spans([text, "x", text])) == 1002


def test_columns_agree():
    for name in ("ROW", "START", "STOP", "KIND", "HOST", "PATH_BRAND"):
        assert getattr(link_flag_kernel, name) == getattr(link_kernel, name)
    assert link_flag_kernel._IS_EMAIL == link_kernel.EMAIL
    assert link_flag_kernel._IS_DISGUISED == link_kernel.DISGUISED
    assert link_flag_kernel._PATH_SURE == link_kernel.PATH_SURE
    for name in ("FLAGS", "OWNER", "LIKE", "NATURE"):
        assert getattr(link_flag_kernel, name) == getattr(host_table, name)
    for name in ("SHARED", "HIDDEN", "GOVERNMENT", "LIKE_SURE"):
        assert getattr(link_flag_kernel, f"_{name}") == getattr(host_table, name)
    assert LINK_FLAGS[8:20] == tuple(host_table._FLAG_FIELDS.values())
    names = "link_disguised email_address brand_named brand_named_no_link brand_several"
    assert LINK_FLAGS[20:25] == tuple(names.split())


def test_word_table_knows_brands_and_lures():
    keys, values = word_table()
    index = default_index()
    for word in [*index.words, *LURES, "neither"]:
        value = int(link_kernel.look_up(keys, values, np.uint64(text_hash(word))))
        assert (value & link_kernel._BRAND) - 1 == index.words.get(word, -1)
        assert bool(value & link_kernel.LURE) == (word in LURES)
        assert bool(value & link_kernel.UNSURE) == (word in index.words and word in index.unsure)


def test_host_table_grows_and_is_shared_by_threads():
    table = HostTable(_COLUMN)
    hosts = [f"host-{i}.example-{i % 700}.com" for i in range(3000)]
    with ThreadPoolExecutor(4) as pool:
        places = list(pool.map(lambda host: table.place(host, host), hosts * 2))
    assert places[:3000] == places[3000:]
    assert sorted(places[:3000]) == list(range(3000))
    codes, offsets = encode_texts(hosts)
    for i, place in enumerate(places[:3000]):
        found = link_kernel.find_host(
            codes, offsets[i], offsets[i + 1], table.table, table.records, table.letters
        )
        assert found == place
    codes, offsets = encode_texts(["host-1.example-1.org"])
    unknown = link_kernel.find_host(codes, 0, offsets[1], table.table, table.records, table.letters)
    assert unknown == -1


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["bank", "e-wallet", "คนขับ", "@line", "card", " ", "s", "nya",
                                 "X", ".", "é"]), max_size=8).map("".join))  # fmt: skip
def test_sector_words_are_whole_words(text):
    words = ["bank", "e-wallet", "คนขับ", "@line", "credit card"]
    pattern = "|".join(
        rf"(?<!\w){re.escape(w)}(?:s|nya)?(?!\w)" if ord(w[0]) < 0xE00 and w[0] != "@" else w
        for w in words
    )
    assert SectorWords({"some": words}).within("some", text) == bool(
        re.search(pattern, text, re.IGNORECASE)
    )
