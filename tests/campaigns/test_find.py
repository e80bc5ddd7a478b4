"""Campaigns in a frame: found, described, known again."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import scamclassify
from scamclassify.campaigns.document import load_campaigns
from scamclassify.campaigns.find import find_campaigns
from scamclassify.errors import FrameError, InputFileError
from scamclassify.text.draft import REPAIR_KINDS

TEMPLATES = {
    "en": "Dear {name}, your parcel {n} is held at the depot. Pay RM {n} at https://p{n}.top/x{n}",
    "th": "คุณได้รับสิทธิ์กู้เงิน {n} บาท อนุมัติไว แอดไลน์ @loan{n} ได้เลยวันนี้",
    "zh": "您的账户尾号{n}已被冻结,请立即登录 www.bank{n}.com 进行验证,逾期将永久关闭",
    "id": "Selamat! Nomor anda {n} memenangkan hadiah Rp {n}.000 dari panitia, hubungi 0812{n}",
}
NOISE = [
    "see you at the station at noon",
    "can you send me the slides from this morning",
    "พรุ่งนี้ประชุมกี่โมงนะ ส่งเอกสารให้ด้วย",
    "ok",
    "ok",
    "ok",
    "OK!",
]


def dump(seed, sizes, day="2026-01-01", noise=NOISE):
    """A scored dump with so many copies of each template."""
    rng = np.random.default_rng(seed)
    rows = []
    for (language, template), size in zip(TEMPLATES.items(), sizes, strict=True):
        for _ in range(size):
            name = str(rng.choice(["John", "Maria Lim", "Ahmad", "Siti"]))
            text = template.format(n=rng.integers(100, 10**6), name=name)
            if rng.random() < 0.2:
                text = f"{text[:5]}\u200b{text[5:]}"
            rows.append((text, language, "scam", "delivery" if language == "en" else None, 0.9))
    rows += [(text, "en", "ham", None, 0.1) for text in noise]
    columns = ["text", "language", "label", "scam_type", "scam_probability"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["date"] = pd.Timestamp(day) + pd.to_timedelta(np.arange(len(frame)), unit="min")
    return frame.sample(frac=1, random_state=seed)


@pytest.fixture(scope="module")
def frame():
    return dump(0, (12, 9, 6, 4))


@pytest.fixture(scope="module")
def found(frame):
    return find_campaigns(frame)


def by_language(found):
    return {next(iter(one.languages)): one for one in found.campaigns if one.size}


def test_each_template_is_a_campaign(frame, found):
    assert [one.size for one in found.campaigns] == [12, 9, 6, 4]
    assert found.assignments.index.equals(frame.index)
    for language, one in by_language(found).items():
        members = frame[found.assignments == one.id]
        assert set(members["language"]) == {language}
        assert len(members) == one.size
    assert found.assignments[frame["label"] == "ham"].isna().all()
    assert "4 campaigns of 31 messages among 38" in repr(found)


def test_what_is_said_of_a_campaign(frame, found):
    one = by_language(found)["en"]
    dates = frame.loc[found.assignments == one.id, "date"]
    assert one.first_seen == dates.min().isoformat()
    assert one.last_seen == dates.max().isoformat()
    assert one.daily == {"2026-01-01": 12}
    assert (one.label, one.scam_types, one.probability) == ("scam", {"delivery": 1.0}, 0.9)
    assert one.status is None
    assert "parcel" in one.words
    assert set(one.disguises) <= set(REPAIR_KINDS)
    hidden = frame.loc[found.assignments == one.id, "text"].str.contains("\u200b").sum()
    assert one.disguises.get("zero_width", 0) == hidden
    domains = [item for item in one.indicators if item.field == "domain"]
    assert len(domains) == 12
    assert all(item.value.endswith(".top") and item.count == 1 for item in domains)
    assert len(one.signature) == 64


def test_exemplars_are_redacted(found):
    for one in found.campaigns:
        assert 1 <= len(one.exemplars) <= 3
        assert not any(name in text for text in one.exemplars for name in ("John", "Maria", "Siti"))
    assert any("[NAME]" in text for text in by_language(found)["en"].exemplars)
    assert any("[PHONE]" in text for text in by_language(found)["id"].exemplars)


def test_the_order_of_rows_changes_nothing(frame, found):
    for seed in range(3):
        shuffled = frame.sample(frac=1, random_state=seed)
        again = find_campaigns(shuffled)
        assert again.campaigns == found.campaigns
        pd.testing.assert_series_equal(again.assignments.sort_index(),
                                       found.assignments.sort_index())  # fmt: skip


def test_ids_stay_over_days(found):
    days = [found]
    for day, sizes in enumerate([(90, 2, 6, 0), (1, 8, 7, 5), (50, 50, 1, 1)], 2):
        days.append(find_campaigns(dump(day, sizes, f"2026-01-0{day}"), previous=days[-1].document))
    first = {language: one.id for language, one in by_language(found).items()}
    for later in days[1:]:
        for language, one in by_language(later).items():
            assert one.id == first[language]
    statuses = {one.id: one.status for one in days[1].campaigns}
    assert statuses[first["en"]] == "growing"
    assert statuses[first["id"]] == "gone"
    assert by_language(days[2])["id"].status == "growing"  # back again
    assert by_language(days[2])["en"].size == 1  # below min_size, but known
    assert by_language(days[3])["en"].first_seen.startswith("2026-01-01")
    assert by_language(days[3])["en"].last_seen.startswith("2026-01-04")


def test_yesterday_and_today_together_keep_the_ids(frame, found):
    both = pd.concat([frame, dump(7, (20, 20, 20, 20), "2026-01-02")], ignore_index=True)
    again = find_campaigns(both, previous=found.document)
    assert {one.id for one in again.campaigns} == {one.id for one in found.campaigns}
    assert sum(one.size for one in again.campaigns) == 31 + 80


def test_campaigns_that_turn_out_to_be_one_are_merged(found):
    one = by_language(found)["en"]
    other = replace(
        by_language(found)["zh"],
        id="c-00000000000000ff",
        signature=one.signature,
        first_seen="2025-12-01T00:00:00",
        merged=("c-00000000000000ee",),
    )
    document = replace(found.document, campaigns=(*found.campaigns, other))
    again = find_campaigns(dump(3, (9, 0, 0, 0), "2026-01-02"), previous=document)
    kept = by_language(again)["en"]
    assert kept.id == other.id  # the older
    assert kept.merged == tuple(sorted((one.id, "c-00000000000000ee")))
    assert one.id not in {entry.id for entry in again.campaigns}


def test_a_new_campaign_never_takes_a_known_id(frame, found):
    taken = replace(found.campaigns[0], signature=(), size=1)
    document = replace(found.document, campaigns=(taken,))
    ids = [one.id for one in find_campaigns(frame, previous=document).campaigns]
    assert len(set(ids)) == len(ids) == 5


def test_the_document_can_be_saved_and_given_as_a_path(frame, found, tmp_path):
    path = found.document.save(tmp_path / "a.json")
    assert load_campaigns(path) == found.document
    again = find_campaigns(frame, previous=path)
    assert {one.status for one in again.campaigns} == {"steady"}
    with pytest.raises(InputFileError, match="there is no file"):
        find_campaigns(frame, previous=tmp_path / "none.json")


def test_text_alone_is_enough(frame):
    bare = find_campaigns(frame[["text"]])
    assert [one.size for one in bare.campaigns] == [12, 9, 6, 4]
    one = bare.campaigns[0]
    assert (one.label, one.probability, one.first_seen, one.daily) == (None, None, None, {})
    assert one.languages == {"en": 12}


def test_a_model_labels_what_has_no_label(frame, small_model):
    scored = find_campaigns(frame[["text"]], model=small_model)
    assert all(one.label in ("ham", "promo", "scam") for one in scored.campaigns)
    assert all(0 <= one.probability <= 1 for one in scored.campaigns)
    assert scored.document.model == {"name": "ScamClassifier"}


def test_columns_that_scoring_adds_under_a_prefix_are_preferred(frame):
    double = frame.assign(scamclassify_label="promo", scamclassify_scam_probability=0.25)
    one = find_campaigns(double).campaigns[0]
    assert (one.label, one.probability) == ("promo", 0.25)


@pytest.mark.parametrize(
    "dates",
    [
        ["2026-01-05", None, "nonsense", "", "5 Jan 2026", "2026-01-05T10:00:00+07:00"] * 6,
        [1767571200, None, np.nan, 1767571200000, 1767571200, -1e30] * 6,
        [None] * 36,
    ],
)
def test_missing_and_odd_dates(frame, dates):
    part = frame.sort_values("text").iloc[:36].assign(date=dates)
    for one in find_campaigns(part).campaigns:
        assert set(one.daily) <= {"2026-01-05"}
        assert (one.first_seen is None) == (not one.daily)


def test_empty_frames():
    for empty in (pd.DataFrame({"text": []}), dump(0, (0, 0, 0, 0), noise=[])):
        found = find_campaigns(empty)
        assert found.campaigns == ()
        assert len(found.assignments) == 0
        assert len(found.table) == 0
    lonely = find_campaigns(pd.DataFrame({"text": ["", " ", "😀", "a"]}))
    assert lonely.campaigns == ()
    assert lonely.assignments.isna().all()


def test_everything_gone(found):
    after = find_campaigns(pd.DataFrame({"text": ["hello there my friend"]}),
                           previous=found.document)  # fmt: skip
    assert {one.status for one in after.campaigns} == {"gone"}
    assert {one.size for one in after.campaigns} == {0}
    assert "0 campaigns of 0 messages" in repr(after)


def test_wrong_arguments(frame):
    with pytest.raises(ValueError, match="min_size must be 1 or more"):
        find_campaigns(frame, min_size=0)
    with pytest.raises(ValueError, match="threshold must lie in"):
        find_campaigns(frame, threshold=1.5)
    with pytest.raises(ValueError, match="indicator_messages"):
        find_campaigns(frame, indicator_messages=0)
    with pytest.raises(FrameError, match="lacks the column"):
        find_campaigns(frame.drop(columns="text"))
    with pytest.raises(FrameError, match=r"row 0: 7 is no probability"):
        find_campaigns(frame.assign(scam_probability=7.0))


def test_public_name():
    assert scamclassify.find_campaigns is find_campaigns


def test_campaigns_show_themselves_in_a_notebook():
    texts = [f"<b>Your parcel {n}</b> is held, pay at http://a{n}.top/x" for n in range(4)]
    shown = find_campaigns(pd.DataFrame({"text": texts}))._repr_html_()
    assert "1 campaigns of 4 messages" in shown
    assert "&lt;b&gt;Your parcel" in shown
    assert "<b>" not in shown
    assert "<th>exemplar</th>" in shown
    assert "<th>status</th>" not in shown
