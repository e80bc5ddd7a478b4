"""Metadata: one test over the whole registry, and what is refused."""

from __future__ import annotations

import pytest
from dataset_helpers import REVISION, make_info

from scamclassify.datasets import DataFile, all_cards, card, dataset_info, dataset_names
from scamclassify.labels import LABELS, LANGUAGES
from scamclassify.resources import resource_path

NAMES = {
    "uci_sms",
    "mishra_soni",
    "nus_sms_en",
    "nus_sms_zh",
    "fbs_zh",
    "thai_sms",
    "wisesight_th",
    "indonesian_sms",
    "judol_id",
    "vietnamese_sms",
    "ph_sms",
    "malay_tweets",
    "tamil_comments",
    "khmer_news",
    "burmese_comments",
}


def test_all_sets_are_there() -> None:
    assert set(dataset_names()) == NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_metadata_is_complete(name: str) -> None:
    info = dataset_info(name)
    assert info.name == name
    assert set(info.languages) <= set(LANGUAGES)
    # What the loader returns and what the labels map to must be one story.
    assert set(info.counts) == set(info.labels.values()) <= set(LABELS)
    assert info.messages > 500
    assert info.origin == "collected"
    assert info.known_defects
    assert info.description.endswith(".")
    assert info.redistributable <= (info.licence_url is not None)
    if info.licence.startswith(("none", "no licence")):
        assert info.licence_url is None
        assert not info.redistributable
    if "NC" in info.licence:
        assert info.evaluation_only
    for file in info.files:
        assert info.remote_path(file).startswith(f"{info.repository}/{info.revision}/")
        assert ":" not in file.local_path
        assert "(" not in file.local_path


@pytest.mark.parametrize("name", sorted(NAMES))
def test_card_tells_everything(name: str) -> None:
    info = dataset_info(name)
    text = card(info)
    for part in (info.description, info.period, info.licence, info.citation, info.revision):
        assert part in text
    for file in info.files:
        assert file.sha256 in text
    for label in {**info.labels, **info.left_out}:
        assert f"| `{label}` |" in text
    assert ("never in a shipped model" in text) == info.evaluation_only


def test_committed_cards_are_those_of_the_code() -> None:
    committed = resource_path("data", "cards", "datasets.md").read_text(encoding="utf-8")
    assert committed == all_cards(), "write them anew with scamclassify.datasets.all_cards()"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": "no name"}, "identifier"),
        ({"description": " "}, "description"),
        ({"languages": ("xx",)}, "unknown language 'xx'"),
        ({"languages": ()}, "no language"),
        ({"labels": {"ham": "spam"}}, "labels map outside"),
        ({"left_out": {"ham": "why"}}, "both mapped and left out"),
        ({"scam_types": {"ham": "loan"}}, "not scam"),
        ({"counts": {"ham": 0}}, "counts"),
        ({"channel": "letter"}, "channel"),
        ({"origin": "found"}, "origin"),
        ({"authors": ()}, "author"),
        ({"homepage": "http://example.com"}, "homepage"),
        ({"redistributable": True}, "without an address of the licence"),
        ({"revision": "main"}, "full commit"),
        ({"files": ()}, "no file"),
    ],
)
def test_wrong_metadata_is_refused(change: dict[str, object], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        make_info({"a": b"x"}, **change)


def test_files_that_would_share_a_local_name_are_refused() -> None:
    with pytest.raises(ValueError, match="local name"):
        make_info({"a:b": b"x", "A_B": b"y"})


@pytest.mark.parametrize(
    ("path", "sha256", "size"),
    [
        ("../up", "0" * 64, 1),
        ("/root", "0" * 64, 1),
        ("back\\slash", "0" * 64, 1),
        ("", "0" * 64, 1),
        ("a", "", 1),
        ("a", "0" * 63, 1),
        ("a", "0" * 64, 0),
    ],
)
def test_wrong_files_are_refused(path: str, sha256: str, size: int) -> None:
    with pytest.raises(ValueError, match="file"):
        DataFile(path, sha256, size)


def test_remote_path_keeps_the_name() -> None:
    info = make_info({"AD:Loan": b"x"})
    assert info.remote_path(info.files[0]) == f"owner/repository/{REVISION}/AD:Loan"
