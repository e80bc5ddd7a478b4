"""The campaign document: written, read back, checked."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamclassify.campaigns.document import (
    Campaign,
    CampaignDocument,
    CampaignIndicator,
    load_campaigns,
)
from scamclassify.errors import InputFileError

CAMPAIGN = Campaign(
    id="c-0123456789abcdef",
    size=5,
    first_seen="2026-01-01T08:00:00",
    last_seen="2026-01-02T09:30:00",
    languages={"th": 4, "en": 1},
    label="scam",
    scam_types={"delivery": 0.8, "prize_aid": 0.2},
    probability=0.97,
    exemplars=("พัสดุของคุณ [PHONE]",),
    indicators=(CampaignIndicator("domain", "parcel.top", 4, 0.99, None, "TH"),),
    disguises={"zero_width": 2},
    brands=("Thailand Post",),
    words=("พัสดุ",),
    signature=(1, 2, 4294967295),
    status="growing",
    daily={"2026-01-01": 3, "2026-01-02": 2},
    merged=("c-00000000000000ff",),
)
DOCUMENT = CampaignDocument(
    created="2026-01-03T00:00:00Z",
    package_version="0.1.0",
    n_messages=10,
    parameters={"min_size": 3},
    campaigns=(CAMPAIGN,),
    inputs=({"name": "a.csv", "sha256": "00", "rows": 10},),
    model={"name": "default"},
)


@pytest.mark.parametrize("name", ["a.json", "a.json.gz", "a.json.zst"])
def test_round_trip(tmp_path, name):
    path = DOCUMENT.save(tmp_path / name)
    assert load_campaigns(path) == DOCUMENT
    first = path.read_bytes()
    DOCUMENT.save(path)
    assert path.read_bytes() == first
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_the_file_reads_as_documented(tmp_path):
    values = json.loads(DOCUMENT.save(tmp_path / "a.json").read_text(encoding="utf-8"))
    keys = "format version created package_version model inputs n_messages parameters drift"
    assert list(values) == [*keys.split(), "campaigns"]
    assert values["format"] == "scamclassify-campaigns"
    assert values["campaigns"][0]["indicators"] == [
        {
            "field": "domain",
            "value": "parcel.top",
            "count": 4,
            "confidence": 0.99,
            "detail": None,
            "country": "TH",
        }
    ]


@given(st.lists(st.text(max_size=20), max_size=3))
def test_any_text_comes_back(tmp_path_factory, exemplars):
    path = tmp_path_factory.mktemp("any") / "a.json"
    document = CampaignDocument(
        "2026-01-03T00:00:00Z", "0", 1, {}, (Campaign(CAMPAIGN.id, 1, exemplars=tuple(exemplars)),)
    )
    assert load_campaigns(document.save(path)) == document


def test_a_lone_surrogate_can_be_written(tmp_path):
    document = CampaignDocument(
        "2026-01-03T00:00:00Z", "0", 1, {}, (Campaign(CAMPAIGN.id, 1, words=("a\ud800",)),)
    )
    assert load_campaigns(document.save(tmp_path / "a.json")).campaigns[0].words == ("a\ud800",)


def changed(**values):
    whole = DOCUMENT.to_dict()
    whole.update(values)
    return whole


def campaign(**values):
    whole = DOCUMENT.to_dict()
    whole["campaigns"][0].update(values)
    return whole


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([], "not a campaign document"),
        ({"format": "other"}, "not a campaign document"),
        (changed(version=2), "version 2 of its format; this package reads version 1"),
        (changed(version=None), "version None"),
        (changed(n_messages=-1), '"n_messages" must be a whole number'),
        (changed(campaigns={}), '"campaigns" must be a list'),
        (campaign(id="7"), 'campaign 1: "id" must be "c-" and 16'),
        (campaign(size=True), '"size" must be a whole number'),
        (campaign(daily={"2026-01-01": "3"}), '"daily" must be an object of counts'),
        (campaign(status="odd"), "'odd' is not allowed; allowed: new, growing"),
        (campaign(indicators=[{"field": "x"}]), 'indicator 1: "value" is missing'),
        (changed(campaigns=DOCUMENT.to_dict()["campaigns"] * 2), "is there twice"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, values, message):
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(InputFileError, match=message) as caught:
        load_campaigns(path)
    assert "bad.json" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.json", b"\xff\xfe"),
        ("a.json", b'{"format": '),
        ("a.json", b"[" * 100_000),
        ("a.json.gz", b"plain"),
        ("a.json.zst", b"plain"),
    ],
)
def test_broken_files_give_one_kind_error(tmp_path, name, raw):
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(InputFileError, match=name):
        load_campaigns(tmp_path / name)


def test_a_cut_off_gzip_file(tmp_path):
    path = DOCUMENT.save(tmp_path / "a.json.gz")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputFileError, match="not a whole gzip file"):
        load_campaigns(path)


def test_missing_file_and_folder(tmp_path):
    with pytest.raises(InputFileError, match="there is no file"):
        load_campaigns(tmp_path / "none.json")
    with pytest.raises(InputFileError, match="there is no folder"):
        DOCUMENT.save(tmp_path / "none" / "a.json")


def test_frame():
    row = DOCUMENT.to_frame().iloc[0]
    assert row["scam_type"] == "delivery"
    assert row["language"] == "th"
    assert row["disguises"] == "zero_width"
    empty = CampaignDocument("2026-01-03T00:00:00Z", "0", 0, {}, ()).to_frame()
    assert len(empty) == 0
    assert list(empty) == list(DOCUMENT.to_frame())
