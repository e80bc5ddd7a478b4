"""Keyed hashes: the same for both sides, and nothing else."""

import dataclasses
import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamclassify.errors import InputFileError, UnknownNameError
from scamclassify.exchange.fields import SHARED_FIELDS
from scamclassify.exchange.hashes import Hasher, hash_lines, read_key
from scamclassify.exchange.intersection import HashFile, intersect, intersect_files
from scamclassify.exchange.outgoing import select_outgoing

KEY = b"k" * 32


@pytest.fixture
def ours(document, tmp_path):
    path = tmp_path / "ours.hashes.jsonl"
    path.write_bytes(hash_lines(select_outgoing(document), KEY, "CERT A"))
    return path


@pytest.fixture
def theirs(document, tmp_path):
    """Another agency, which saw one of the campaigns."""
    other = dataclasses.replace(document, campaigns=document.campaigns[1:2])
    path = tmp_path / "theirs.hashes.jsonl"
    path.write_bytes(hash_lines(select_outgoing(other), KEY, "CERT B"))
    return path


def test_hash_is_hmac_sha256_with_a_key_for_each_field():
    key = hmac.new(KEY, b"scamclassify/hashes/1/phone", hashlib.sha256).digest()
    expected = hmac.new(key, b"+6591234567", hashlib.sha256).hexdigest()
    assert Hasher(KEY).hash("phone", "+65 9123 4567") == expected
    assert Hasher(KEY).hash("otp", "481516") == ""


def test_fields_and_keys_are_apart():
    value = "1234567890"
    found = {Hasher(KEY).hash(field, value) for field in ("bank_account", "payment_id", "handle")}
    assert len(found) == 3
    assert Hasher(b"x" * 32).hash("handle", value) not in found


def test_file_holds_nothing_but_hashes(ours, document):
    lines = ours.read_text().splitlines()
    for line in lines[1:]:
        assert set(json.loads(line)) == {"field", "hash", "count", "campaigns"}
    for one in select_outgoing(document).indicators:
        assert one.value not in "\n".join(lines)


def test_intersection(ours, theirs, document, tmp_path):
    summary, shared = intersect_files(ours, theirs, tmp_path / "shared.jsonl", own=(document, KEY))
    assert {(one.field, one.value, one.counts, one.campaigns) for one in shared} == {
        ("handle", "job_master", (30, 30), (1, 1)),
        ("bank_account", "1234567890", (8, 8), (1, 1)),
        ("payment_id", "0066812345678", (3, 3), (1, 1)),
        ("crypto_address", "TQ5NMqJjW9bXqXJ6c5n1nQ6n7u1x8W2v3K", (6, 6), (1, 1)),
        ("phone", "+66812345678", (22, 2), (2, 1)),
    }
    assert str(summary).startswith("CERT A: 10 entries, CERT B: 5 entries\n5 shared (50.0 %")
    lines = (tmp_path / "shared.jsonl").read_text().splitlines()
    assert len(lines) == 5
    assert json.loads(lines[0])["value"] == "1234567890"
    # Without one's own campaigns only hashes are seen.
    assert {one.value for one in intersect_files(ours, theirs)[1]} == {None}


@given(
    left=st.sets(st.integers(0, 60)),
    right=st.sets(st.integers(0, 60)),
)
def test_intersection_is_that_of_sets(tmp_path_factory, left, right):
    folder = tmp_path_factory.mktemp("hashes")
    files = []
    for name, numbers in (("a", left), ("b", right)):
        entries = sorted(
            (SHARED_FIELDS[n % len(SHARED_FIELDS)], f"{n:064x}", n, 1) for n in numbers
        )
        head = {
            "format": "scamclassify-hashes", "version": 1, "producer": name, "created": "now",
            "key_check": "0", "entries": len(entries),
        }  # fmt: skip
        keys = ("field", "hash", "count", "campaigns")
        lines = [json.dumps(head)]
        lines += [json.dumps(dict(zip(keys, entry, strict=True))) for entry in entries]
        path = folder / f"{name}.jsonl"
        path.write_text("\n".join(lines) + "\n")
        files.append(HashFile(path))
    found = {int(one.hash, 16) for one in intersect(*files)}
    assert found == left & right
    assert [file.read for file in files] == [len(left), len(right)]


def test_different_keys_are_noticed(ours, document, tmp_path):
    other = tmp_path / "other.jsonl"
    other.write_bytes(hash_lines(select_outgoing(document), b"z" * 32, "CERT B"))
    with pytest.raises(InputFileError, match="different keys"):
        intersect_files(ours, other)
    with pytest.raises(InputFileError, match="another key than the one given"):
        intersect_files(ours, ours, own=(document, b"z" * 32))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda lines: lines[:-1], "not whole: 9 entries of 10"),
        (lambda lines: [lines[0], *reversed(lines[1:])], "line 3: entries are not sorted"),
        (lambda lines: [*lines[:4], "{}", *lines[5:]], "line 5: not an entry"),
        (lambda lines: [*lines[:4], '{"field": "otp"', *lines[5:]], "line 5: not an entry"),
        (lambda lines: ["[]", *lines[1:]], "is no hash file"),
        (lambda lines: [], "is no hash file"),
        (lambda lines: [lines[0].replace('"version": 1', '"version": 2')], "version 2"),
    ],
)
def test_damaged_files(ours, theirs, change, message):
    lines = ours.read_text().splitlines()
    ours.write_text("".join(line + "\n" for line in change(lines)))
    with pytest.raises(InputFileError, match=message):
        intersect_files(theirs, ours)


def test_keys(tmp_path, monkeypatch):
    path = tmp_path / "shared.key"
    path.write_bytes(b"0123456789abcdef\n")
    assert read_key(path) == b"0123456789abcdef"
    monkeypatch.setenv("SCAMCLASSIFY_KEY", "0123456789abcdef ")
    assert read_key() == b"0123456789abcdef"
    path.write_bytes(b"short")
    with pytest.raises(InputFileError, match="has 5 bytes and needs 16"):
        read_key(path)
    path.write_bytes(b"x" * 5000)
    with pytest.raises(InputFileError, match="is no key"):
        read_key(path)
    with pytest.raises(InputFileError, match="there is no key file"):
        read_key(tmp_path / "none")


def test_targets(ours, theirs, tmp_path):
    with pytest.raises(UnknownNameError, match=r"unknown format '.xlsx'"):
        intersect_files(ours, theirs, tmp_path / "a.xlsx")
    (tmp_path / "a.csv").write_text("")
    with pytest.raises(InputFileError, match="already there"):
        intersect_files(ours, theirs, tmp_path / "a.csv")
    intersect_files(ours, theirs, tmp_path / "a.csv", overwrite=True)
    assert len((tmp_path / "a.csv").read_text().splitlines()) == 6
