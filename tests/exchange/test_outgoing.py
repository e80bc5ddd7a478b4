"""What may leave, and that people do not."""

import csv
import dataclasses
import io
import json

import pytest

from scamclassify.errors import InputFileError, UnknownNameError
from scamclassify.exchange.export import FORMATS, export_campaigns
from scamclassify.exchange.outgoing import select_outgoing

KEY = b"k" * 32
EVERYTHING = [
    *((kind, "indicators") for kind in FORMATS),
    ("csv", "campaigns"),
    ("jsonl", "campaigns"),
]


def written(document, folder, kind, rows="indicators", **more):
    path = folder / "out"
    export_campaigns(
        document, path, producer="National CERT", format=kind, rows=rows, key=KEY,
        overwrite=True, **more,
    )  # fmt: skip
    return path.read_bytes()


def test_only_scams_and_sure_indicators_leave(document):
    out = select_outgoing(document)
    assert [one.id for one in out.campaigns] == ["c-00000000000000a1", "c-00000000000000b2"]
    assert {(one.field, one.value) for one in out.indicators} == {
        ("link", "http://thai-post.top/p"),
        ("link", "https://bit.ly/AbC123"),
        ("domain", "thai-post.top"),
        ("phone", "+66812345678"),
        ("handle", "parcel_help"),
        ("email", "help@thai-post.top"),
        ("handle", "job_master"),
        ("bank_account", "1234567890"),
        ("payment_id", "0066812345678"),
        ("crypto_address", "TQ5NMqJjW9bXqXJ6c5n1nQ6n7u1x8W2v3K"),
    }
    assert out.left_out == {
        "campaigns labelled ham": 1,
        "campaigns without a label": 1,
        "card numbers": 1,
        "domains that many share": 1,
        "indicators in fewer than 2 messages": 1,
        "indicators of fields that never leave": 2,
        "indicators of low confidence": 1,
        "official addresses": 1,
    }


def test_an_indicator_of_two_campaigns_is_one(document):
    out = select_outgoing(document)
    phone = next(one for one in out.indicators if one.field == "phone")
    assert phone.campaigns == ("c-00000000000000a1", "c-00000000000000b2")
    assert phone.count == 22
    assert phone.scam_types == ("delivery", "job_task")
    assert phone.first_seen.isoformat() == "2026-03-01T00:00:00+00:00"
    assert phone.last_seen.isoformat() == "2026-03-04T09:30:00+00:00"


def test_brands_are_those_of_the_registry(document):
    assert select_outgoing(document).campaigns[0].brands == ("Thailand Post", "DBS")


def test_names_that_differ_from_message_to_message_do_not_leave(smuggler):
    assert (
        select_outgoing(smuggler).campaigns[0].template
        == "Dear [NAME], your parcel is held. …[CODE]…"
    )


def test_choices(document):
    assert select_outgoing(document, messages=False).campaigns[0].template is None
    assert {one.field for one in select_outgoing(document, fields=["phone"]).indicators} == {
        "phone"
    }
    assert len(select_outgoing(document, labels=["scam", "ham"]).campaigns) == 3
    assert len(select_outgoing(document, min_count=1).indicators) == 11
    with pytest.raises(UnknownNameError, match="Did you mean 'scam'"):
        select_outgoing(document, labels=["scams"])
    with pytest.raises(UnknownNameError, match="unknown field that may leave 'otp'"):
        select_outgoing(document, fields=["otp"])
    broken = dataclasses.replace(document, created="yesterday")
    with pytest.raises(InputFileError, match="'yesterday' is no ISO 8601"):
        select_outgoing(broken)


@pytest.mark.parametrize(("kind", "rows"), EVERYTHING)
def test_nothing_of_a_person_is_in_any_export(smuggler, personal, tmp_path, kind, rows):
    content = written(smuggler, tmp_path, kind, rows, labels=("scam", "promo", "ham"))
    # Escapes must not hide what is looked for.
    text = content.decode("utf-8")
    plain = text + (json.dumps(json.loads(text), ensure_ascii=False) if kind == "stix" else "")
    compact = "".join(plain.split()).replace("-", "").casefold()
    for one in personal:
        assert one not in plain
        assert "".join(one.split()).replace("-", "").casefold() not in compact, one
    for word in ("nurul", "hakim", "somchai", "81516", "secret-dump", "otp", 'amount"'):
        assert word not in plain.casefold(), word


@pytest.mark.parametrize(("kind", "rows"), EVERYTHING)
def test_exports_are_the_same_bytes_again(document, tmp_path, kind, rows):
    again = dataclasses.replace(document, campaigns=tuple(reversed(document.campaigns)))
    assert written(document, tmp_path, kind, rows) == written(again, tmp_path, kind, rows)


def test_csv_of_indicators(document, tmp_path):
    rows = list(csv.DictReader(io.StringIO(written(document, tmp_path, "csv").decode())))
    link = next(row for row in rows if row["value"] == "http://thai-post.top/p")
    assert link["is_prefix"] == "true"
    assert link["campaigns"] == "c-00000000000000a1"
    assert link["tlp"] == "TLP:AMBER"
    # A number must be found again as it is, though a spreadsheet reads its plus as a formula.
    assert "+66812345678" in {row["value"] for row in rows}


def test_csv_of_campaigns_keeps_formulas_from_spreadsheets(document, tmp_path):
    evil = dataclasses.replace(document.campaigns[0], exemplars=("=HYPERLINK(x)",))
    document = dataclasses.replace(document, campaigns=(evil,))
    content = written(document, tmp_path, "csv", "campaigns").decode()
    (row,) = csv.DictReader(io.StringIO(content))
    assert row["template"] == "'=HYPERLINK(x)"
    assert row["languages"] == "th: 400 | en: 12"


def test_json_lines(document, tmp_path):
    lines = written(document, tmp_path, "jsonl", "campaigns", tlp="green").splitlines()
    first = json.loads(lines[0])
    assert first["brands"] == ["Thailand Post", "DBS"]
    assert first["tlp"] == "TLP:GREEN"
    assert "words" not in first
    assert "signature" not in first


def test_a_document_without_campaigns_is_exported_too(document, tmp_path):
    empty = dataclasses.replace(document, campaigns=())
    for kind, rows in EVERYTHING:
        assert written(empty, tmp_path, kind, rows) or kind == "jsonl"


def test_errors(document, tmp_path):
    path = tmp_path / "a.csv"
    export_campaigns(document, path, producer="CERT")
    with pytest.raises(InputFileError, match="already there"):
        export_campaigns(document, path, producer="CERT")
    with pytest.raises(UnknownNameError, match=r"unknown export format '.txt'"):
        export_campaigns(document, tmp_path / "a.txt", producer="CERT")
    with pytest.raises(UnknownNameError, match="Did you mean 'amber'"):
        export_campaigns(document, tmp_path / "b.csv", producer="CERT", tlp="ambr")
    with pytest.raises(InputFileError, match="no folder"):
        export_campaigns(document, tmp_path / "no" / "b.csv", producer="CERT")
    with pytest.raises(InputFileError, match="name of 1 to"):
        export_campaigns(document, tmp_path / "b.csv", producer="  ")
    with pytest.raises(InputFileError, match="need a key"):
        export_campaigns(document, tmp_path / "b.hashes.jsonl", producer="CERT")
    with pytest.raises(UnknownNameError, match="unknown kind of rows"):
        export_campaigns(document, tmp_path / "b.csv", producer="CERT", rows="people")
