"""The frame that models are trained on: no repeats, groups over sets, fair samples."""

import pytest

from scamclassify.datasets.training_frame import load_demo_frame, load_training_frame
from scamclassify.frame import validate_frame


@pytest.fixture(scope="module")
def frame(mirror, tmp_path_factory):
    return load_training_frame(
        max_per_source=500, data_home=tmp_path_factory.mktemp("home"), progress=False
    )


def test_frame_is_valid_and_without_repeats(frame):
    validate_frame(frame)
    key = frame["text"].str.casefold().str.split().str.join(" ")
    assert key.is_unique
    assert frame.attrs["dropped"]["exact repeat"] > 10_000
    assert "corpus-" in frame.attrs["revision"]


def test_evaluation_only_sets_stay_out(frame):
    assert "burmese_comments" not in set(frame["source"])


def test_no_collected_group_has_scams_beside_others(frame):
    part = frame[frame["origin"] == "collected"]
    scam = part["label"].eq("scam").groupby(part["group"])
    assert (scam.any() == scam.all()).all()


def test_samples_are_bounded_and_keep_scams(frame):
    collected = frame[frame["origin"] == "collected"]
    assert collected["source"].value_counts().max() == 500
    assert collected[collected["source"] == "judol_id"]["label"].eq("scam").mean() == 0.5


def test_corpus_alone():
    frame = load_training_frame(collected=False)
    assert set(frame["origin"]) == {"authored"}
    with pytest.raises(ValueError, match="neither"):
        load_training_frame(collected=False, corpus=False)


def test_demo_frame_without_mirror(tmp_path, monkeypatch):
    monkeypatch.setenv("SCAMCLASSIFY_MIRROR", str(tmp_path))
    frame, collected = load_demo_frame(data_home=tmp_path / "home", progress=False)
    assert not collected
    assert set(frame["source"]) == {"corpus"}
