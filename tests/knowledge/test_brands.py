"""The brand registry keeps its promises: numbers, sources, no conflicts, valid domains."""

import re

import pytest
import tldextract

from scamclassify.errors import InputFileError, UnknownNameError
from scamclassify.knowledge.brands import COUNTRIES, EVERYWHERE, SECTORS, load_brands
from scamclassify.resources import resource_path
from scamclassify.text.codepoints import encode_texts, fold_table

REGISTRY = load_brands()
EXTRACT = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def folded(spelling):
    """Spelling as the matcher compares it, separators as one space."""
    table = fold_table()
    codes = encode_texts([spelling])[0]
    plain = "".join(chr(table[c]) if c < len(table) else chr(c) for c in codes)
    return re.sub(r"[\s!-/:-@\[-`{-~\0]+", " ", plain).strip()


def test_registry_is_as_large_as_promised():
    assert len(REGISTRY.brands) >= 300
    for country in COUNTRIES:
        least = 8 if country in ("BN", "TL") else 12
        local = [b for b in REGISTRY.brands if country in b.countries]
        assert len(local) >= least, country
    assert sum(EVERYWHERE in b.countries for b in REGISTRY.brands) >= 30
    # Every member state has brands of its own, not only regional ones.
    for country in COUNTRIES:
        assert sum(b.countries == (country,) for b in REGISTRY.brands) >= 8, country


def test_every_country_has_the_sectors_that_are_imitated_most():
    for country in COUNTRIES:
        sectors = {b.sector for b in REGISTRY.brands if country in b.countries}
        assert {"bank", "telco", "agency", "courier"} <= sectors, country


def test_ids_are_unique_and_spellings_belong_to_one_brand():
    assert len(REGISTRY.index) == len(REGISTRY.brands)
    owner = {}
    for brand in REGISTRY.brands:
        for spelling in {folded(s) for s in brand.spellings}:
            assert spelling, brand.id
            assert owner.setdefault(spelling, brand.id) == brand.id, spelling


def test_short_words_of_scripts_without_spaces_are_marked_ambiguous_or_long():
    for brand in REGISTRY.brands:
        for spelling in brand.spellings:
            if any(0x0E00 <= ord(c) <= 0x17FF for c in spelling) and len(spelling) < 4:
                assert spelling in brand.ambiguous or len(spelling) == 3, (brand.id, spelling)


def test_official_domains_are_registrable():
    for domain in REGISTRY.owners:
        assert EXTRACT(domain).top_domain_under_public_suffix == domain


def test_no_host_list_is_among_official_domains():
    assert not set(REGISTRY.owners) & set(REGISTRY.shorteners)
    assert set(REGISTRY.shorteners.values()) == {"open", "own"}
    assert not set(REGISTRY.owners) & set(REGISTRY.government_suffixes)


def test_every_brand_has_source_and_date():
    for brand in REGISTRY.brands:
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", brand.checked), brand.id
        if brand.domains:
            assert brand.source.startswith("https://"), brand.id
            assert "seen in" in brand.source or "knowledge" in brand.source, brand.id
        else:
            assert "knowledge" in brand.source, brand.id


def test_every_row_of_the_host_lists_has_a_source():
    for name in ("shorteners", "messaging", "filesharing", "risky_tlds", "government_suffixes"):
        lines = (resource_path("data", "brands") / f"{name}.tsv").read_text("utf-8").splitlines()
        keys = [line.split("\t")[0] for line in lines[1:]]
        assert len(keys) == len(set(keys)), name
        assert all(line.split("\t")[-1].strip() for line in lines[1:]), name


def test_sector_words_cover_every_sector():
    assert set(REGISTRY.sector_words) == set(SECTORS)


def test_local_scripts_are_present():
    text = " ".join(s for brand in REGISTRY.brands for s in brand.spellings)
    for first, last in ((0x0E01, 0x0E7F), (0x0E80, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF),
                        (0x4E00, 0x9FFF)):  # fmt: skip
        assert sum(first <= ord(c) <= last for c in text) > 50


def test_known_facts():
    assert REGISTRY.brand("dbs").domains == ("dbs.com.sg", "dbs.com")
    assert REGISTRY.brands[REGISTRY.owners["bca.co.id"]].id == "bca"
    assert "gov.sg" in REGISTRY.brand("iras").senders


def test_unknown_brand_offers_the_nearest():
    with pytest.raises(UnknownNameError, match="kbank"):
        REGISTRY.brand("kbnk")


def test_table_and_summary():
    frame = REGISTRY.to_frame()
    assert list(frame["id"]) == [brand.id for brand in REGISTRY.brands]
    assert frame.notna().all().all()
    assert REGISTRY.summary().startswith(f"{len(REGISTRY.brands)} brands")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\tbank\t", "\tbnak\t", "line 2: unknown sector 'bnak'"),
        ("\tSG\t", "\tXX\t", "line 2: countries 'XX'"),
        ("\t2026-11", "", "line 2: 9 tab-separated fields"),
        ("dbs.com.sg", "https://dbs.com.sg", "line 2: 'https://dbs.com.sg' is no domain"),
        ("id\tname", "name\tid", "line 1: the header"),
        ("\nposb\t", "\ndbs\t", "line 3: the id 'dbs' is taken"),
        ("posb.com.sg |", "dbs.com.sg |", None),
    ],
)
def test_broken_files_name_file_and_line(tmp_path, old, new, message):
    for source in resource_path("data", "brands").glob("*.tsv"):
        text = source.read_text("utf-8")
        if source.name == "brands.tsv" and message is not None:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / source.name).write_text(text, "utf-8")
    if message is None:
        assert load_brands(tmp_path).revision == REGISTRY.revision
        return
    with pytest.raises(InputFileError, match=re.escape(f"brands.tsv, {message}")):
        load_brands(tmp_path)


def test_an_unknown_use_of_a_shortener_is_named(tmp_path):
    for source in resource_path("data", "brands").glob("*.tsv"):
        text = source.read_text("utf-8").replace("\nt.co\town\t", "\nt.co\towned\t")
        (tmp_path / source.name).write_text(text, "utf-8")
    with pytest.raises(InputFileError, match=r"shorteners\.tsv, line \d+: unknown use 'owned'"):
        load_brands(tmp_path)


def test_missing_folder():
    with pytest.raises(InputFileError, match=r"holds no brands\.tsv"):
        load_brands(resource_path("data", "lexicon"))
