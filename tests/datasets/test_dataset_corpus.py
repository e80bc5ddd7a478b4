"""The corpus that the package carries, and files that are not as they must be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scamclassify.datasets import corpus
from scamclassify.datasets.corpus import CORPUS_COLUMNS, corpus_revision, load_corpus
from scamclassify.errors import InputFileError, UnknownNameError
from scamclassify.frame import FRAME_COLUMNS, validate_frame

ROW = {
    "id": "corpus-en-0001",
    "text": "Hello",
    "language": "en",
    "label": "scam",
    "scam_type": "delivery",
    "channel": "sms",
    "country": "SG",
    "hook": "link",
    "brand": None,
    "register": "formal",
    "group": None,
    "reviewed": None,
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty corpus folder in the place of the real one."""
    monkeypatch.setattr(corpus, "resource_path", lambda *parts: tmp_path)
    return tmp_path


def write(folder: Path, language: str, *rows: dict[str, object]) -> None:
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / f"{language}.jsonl").write_text(lines, encoding="utf-8")


def test_the_real_corpus_is_sound() -> None:
    frame = load_corpus()
    validate_frame(frame)
    assert list(frame.columns) == [*FRAME_COLUMNS, *CORPUS_COLUMNS]
    assert set(frame["source"]) == {"corpus"}
    assert set(frame["origin"]) == {"authored"}
    assert set(frame["label"]) == {"ham", "promo", "scam"}
    assert frame["id"].is_unique
    assert frame.attrs["revision"] == corpus_revision()


def test_languages_are_chosen_in_order(folder: Path) -> None:
    write(folder, "en", ROW)
    thai = {**ROW, "id": "2", "text": "สวัสดี\u2028ok", "language": "th"}
    write(folder, "th", {**thai, "label": "ham", "scam_type": None})
    assert load_corpus(["th", "en", "th"])["language"].tolist() == ["th", "en"]
    assert load_corpus("th")["text"].tolist() == ["สวัสดี\u2028ok"]
    assert load_corpus()["language"].tolist() == ["en", "th"]
    assert corpus_revision("th") != corpus_revision()
    assert corpus_revision(["en", "th"]) == corpus_revision(["th", "en"])


def test_a_language_without_a_file_is_named(folder: Path) -> None:
    with pytest.raises(InputFileError, match="carries no corpus"):
        load_corpus()
    write(folder, "en", ROW)
    with pytest.raises(InputFileError, match="no corpus in 'lo'; there is one in: en"):
        load_corpus(["en", "lo"])
    with pytest.raises(UnknownNameError, match="unknown language 'xx'"):
        load_corpus("xx")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"label": "spam"}, "label is 'spam'; allowed: ham, promo, scam"),
        ({"scam_type": "theft"}, "scam_type is 'theft'; allowed"),
        ({"scam_type": None}, "scam_type is None with label 'scam'"),
        ({"label": "ham"}, "scam_type is 'delivery' with label 'ham'"),
        ({"channel": "fax"}, "channel is 'fax'"),
        ({"country": "XX"}, "country is 'XX'"),
        ({"hook": "letter"}, "hook is 'letter'"),
        ({"register": "loud"}, "register is 'loud'"),
        ({"language": "th"}, "language is 'th', not 'en'"),
        ({"text": "  "}, "text is '  '"),
        ({"text": None}, "text is null"),
        ({"brand": 3}, "brand is 3"),
        ({"extra": 1}, "unknown field.*extra"),
        ({"id": ROW["id"]}, "is also that of data/corpus/en.jsonl, line 1"),
    ],
)
def test_a_wrong_line_is_named(folder: Path, change: dict[str, object], problem: str) -> None:
    write(folder, "en", ROW, {**ROW, "id": "corpus-en-0002", **change})
    with pytest.raises(InputFileError, match=f"en.jsonl, line 2: .*{problem}"):
        load_corpus()


@pytest.mark.parametrize(
    ("line", "problem"),
    [("{", "not JSON"), ("[]", "list found"), ('{"id": "1"}', "missing field.*text")],
)
def test_a_line_that_is_no_row_is_named(folder: Path, line: str, problem: str) -> None:
    (folder / "en.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputFileError, match=f"line 1: {problem}"):
        load_corpus()
