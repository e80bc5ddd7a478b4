"""The commands export and intersect."""

import dataclasses
import json

import pytest

from scamclassify.cli import main

PRODUCER = ["--producer", "National CERT"]


@pytest.fixture
def campaigns(document, tmp_path):
    return str(document.save(tmp_path / "campaigns.json"))


def test_export_and_intersect(campaigns, document, tmp_path, capsys, monkeypatch):
    stix, misp = tmp_path / "a.stix.json", tmp_path / "a.misp.json"
    assert main(["export", campaigns, "-o", str(stix), "--validate", *PRODUCER]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "2 campaigns, 10 indicators, 2 redacted templates" in told.err
    assert "objects checked" in told.err
    assert json.loads(stix.read_text())["type"] == "bundle"
    assert main(["export", campaigns, "-o", str(misp), "--quiet", *PRODUCER]) == 0
    assert capsys.readouterr().err == ""
    assert len(json.loads(misp.read_text())["response"]) == 2

    monkeypatch.setenv("SCAMCLASSIFY_KEY", "0123456789abcdef0123456789abcdef")
    other = dataclasses.replace(document, campaigns=document.campaigns[1:2])
    theirs = str(other.save(tmp_path / "theirs.json"))
    for source, name in ((campaigns, "a"), (theirs, "b")):
        hashes = str(tmp_path / f"{name}.hashes.jsonl")
        assert main(["export", source, "-o", hashes, *PRODUCER]) == 0
    capsys.readouterr()
    files = [str(tmp_path / f"{name}.hashes.jsonl") for name in "ab"]
    assert main(["intersect", *files, "--reveal", campaigns]) == 0
    told = capsys.readouterr()
    assert "5 shared" in told.err
    assert "+66812345678,22,2,2,1" in told.out


def test_errors_are_one_line(campaigns, tmp_path, capsys):
    target = str(tmp_path / "a.json")
    for arguments, message in [
        (["export", campaigns, "-o", target], "--producer"),
        (["export", "no.json", "-o", target, *PRODUCER], "there is no file no.json"),
        (["export", campaigns, "-o", "a.docx", *PRODUCER], "unknown export format '.docx'"),
        (["export", campaigns, "-o", target, *PRODUCER, "--tlp", "gren"], "Did you mean 'green'"),
        (["export", campaigns, "-o", "a.hashes", *PRODUCER], "there is no key"),
        (["intersect", campaigns, campaigns], "is no hash file"),
        (["intersect", "no.jsonl", campaigns], "there is no file no.jsonl"),
    ]:
        assert main(arguments) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        assert message in error
