"""The registry, and the real files where the mirror is at hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from dataset_helpers import tally

from scamclassify.datasets import (
    data_revision,
    dataset_info,
    dataset_names,
    describe_drops,
    list_datasets,
    load_collected,
    load_dataset,
    registry,
)
from scamclassify.errors import UnknownNameError
from scamclassify.frame import FRAME_COLUMNS, validate_frame


def test_table_is_complete() -> None:
    table = list_datasets()
    assert table["name"].tolist() == list(dataset_names())
    assert table.loc[table["evaluation_only"], "name"].tolist() == ["burmese_comments"]
    assert not table.isna().any(axis=None)
    assert (table["messages"] > 0).all()


def test_unknown_names_offer_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'thai_sms'"):
        dataset_info("tai_sms")
    with pytest.raises(UnknownNameError, match="Did you mean 'ph_sms'"):
        load_collected(["uci_sms", "ph_sm"], data_home=tmp_path)
    assert list(tmp_path.iterdir()) == []  # nothing was fetched before the names were checked
    with pytest.raises(UnknownNameError, match=r"option of data set 'uci_sms'.*'spam_as'"):
        load_dataset("uci_sms", data_home=tmp_path, spam="promo")


def test_revision_names_bytes_and_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    assert data_revision("uci_sms") != data_revision("ph_sms")
    assert data_revision() == data_revision(reversed(dataset_names()))
    before = data_revision("uci_sms")
    info, reader = registry._REGISTRY["uci_sms"]
    changed = type(info)(**{**vars(info), "reader": info.reader + 1})
    monkeypatch.setitem(registry._REGISTRY, "uci_sms", (changed, reader))
    assert data_revision("uci_sms") != before


def test_nothing_chosen_is_an_empty_message_frame() -> None:
    frame = load_collected("burmese_comments", evaluation_only=False)
    assert frame.empty
    assert list(frame.columns) == list(FRAME_COLUMNS)


@pytest.mark.parametrize("name", dataset_names())
def test_real_files(name: str, real_frames: dict[str, pd.DataFrame]) -> None:
    frame, info = real_frames[name], dataset_info(name)
    validate_frame(frame)
    assert list(frame.columns) == list(FRAME_COLUMNS)
    assert tally(frame["label"]) == dict(info.counts)
    assert frame["id"].is_unique
    assert (frame["text"].str.strip() != "").all()
    assert set(frame["language"]) <= {*info.languages, "und"}
    assert set(frame["scam_type"].dropna()) == set(info.scam_types.values())
    assert frame.attrs["revision"] == data_revision(name)
    assert f"{len(frame):,} messages" in describe_drops(frame)
    # Every label that is left out is reported with its reason.
    assert set(info.left_out.values()) <= set(frame.attrs["dropped"])


@pytest.mark.parametrize(
    ("name", "source_rows"),
    [
        ("uci_sms", 5574),
        ("mishra_soni", 5971),
        ("nus_sms_en", 55835),
        ("nus_sms_zh", 31465),
        ("thai_sms", 4943),
        ("wisesight_th", 26737),
        ("indonesian_sms", 1143),
        ("judol_id", 37216),
        ("vietnamese_sms", 251 + 2603),
        ("ph_sms", 8895),
        ("malay_tweets", 2008),
        ("tamil_comments", 4398),
        ("khmer_news", 1000),
    ],
)
def test_no_row_is_lost_in_silence(
    name: str, source_rows: int, real_frames: dict[str, pd.DataFrame]
) -> None:
    frame = real_frames[name]
    assert len(frame) + sum(frame.attrs["dropped"].values()) == source_rows


def test_masks_of_collectors_are_gone(real_frames: dict[str, pd.DataFrame]) -> None:
    chinese = real_frames["fbs_zh"]["text"]
    assert not chinese.str.contains("DIGIT|PHONE|URL|NAME|PLACE|WECHAT|BANK|HOTLINE").any()
    for name in ("nus_sms_en", "nus_sms_zh", "uci_sms", "mishra_soni"):
        assert not real_frames[name]["text"].str.contains("<#>|&lt;#&gt;").any()
    burmese = real_frames["burmese_comments"]["text"]
    assert not burmese.str.contains(r"/(?:ab|bo|ed|le|po|ra|re|se)\b").any()
    assert not real_frames["khmer_news"]["text"].str.contains("\u2581").any()


def test_uci_is_found_again_in_the_sets_that_hold_it(
    real_frames: dict[str, pd.DataFrame],
) -> None:
    def keys(name: str) -> set[str]:
        return set(real_frames[name]["text"].str.casefold().str.split().str.join(" "))

    uci = real_frames["uci_sms"]["text"].str.casefold().str.split().str.join(" ")
    assert uci.isin(keys("nus_sms_en")).sum() >= 3756
    assert uci.isin(keys("mishra_soni")).mean() > 0.8


def test_collected_together(real_home: Path) -> None:
    names = ["khmer_news", "ph_sms", "burmese_comments", "ph_sms"]
    frame = load_collected(names, data_home=real_home)
    assert tally(frame["source"]) == {
        "khmer_news": 1000,
        "ph_sms": 2006,
        "burmese_comments": 1834,
    }
    assert frame["id"].is_unique
    assert frame["date"].dtype == "datetime64[ns]"
    assert frame.attrs["dropped"]["khmer_news"] == {}
    assert frame.attrs["revision"] == data_revision(names)
    assert describe_drops(frame).count("\n") == 2
    shipped = load_collected(names, data_home=real_home, download=False, evaluation_only=False)
    assert "burmese_comments" not in set(shipped["source"])


def test_spam_as_is_part_of_the_revision(real_home: Path) -> None:
    frame = load_dataset("uci_sms", data_home=real_home, spam_as="promo")
    assert tally(frame["label"]) == {"ham": 4827, "promo": 747}
    assert frame.attrs["revision"] == data_revision("uci_sms") + "+spam_as=promo"
