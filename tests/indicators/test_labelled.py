"""The labelled messages hold together, and the figures measured on them do not fall."""

import json
import re
from collections import Counter
from itertools import pairwise

import pytest

from scamclassify import extract_indicators
from scamclassify.indicators import FIELDS
from scamclassify.labels import LABELS, LANGUAGES
from scamclassify.resources import resource_path

COUNTRIES = set("BN KH ID LA MY MM PH SG TH TL VN CN".split())
VALUES = {
    "link": r"https?://[^\s/A-Z]+\S*",
    "domain": r"[a-z0-9-]+(\.[a-z0-9-]+)+",
    "phone": r"\+\d{8,15}|\d{3,6}",
    "email": r"[^\s@A-Z]+@[a-z0-9.-]+",
    "handle": r"\+\d{8,15}|@?[\w.+@-]{3,}",
    "bank_account": r"[A-Z0-9]{8,34}",
    "payment_id": r"\+\d{8,15}|[A-Z0-9]{8,19}",
    "crypto_address": r"[A-Za-z0-9]{26,62}",
    "otp": r"[A-Z0-9]{4,8}|",
    "amount": r"[A-Z]{3,4} \d+(\.\d+)?",
}


@pytest.fixture(scope="module")
def rows():
    path = resource_path("data", "indicators", "messages.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_size(rows):
    assert len(rows) >= 420
    assert len({row["id"] for row in rows}) == len({row["text"] for row in rows}) == len(rows)
    splits = Counter(row["split"] for row in rows)
    assert set(splits) == {"development", "test"}
    assert splits["test"] >= 150
    for split in splits:
        languages = Counter(row["language"] for row in rows if row["split"] == split)
        assert set(languages) == set(LANGUAGES)
        assert min(languages.values()) >= 10
    fields = Counter(i["field"] for row in rows for i in row["indicators"])
    assert set(fields) == set(FIELDS)
    assert min(fields.values()) >= 10
    assert Counter(row["label"] for row in rows)["ham"] >= 150
    assert sum(not row["indicators"] for row in rows) >= 50  # dates, orders, versions ...


def test_schema(rows):
    for row in rows:
        assert set(row) == {"id", "text", "language", "country", "label", "split", "indicators"}
        assert row["language"] in LANGUAGES
        assert row["country"] in COUNTRIES
        assert row["label"] in LABELS
        for one in row["indicators"]:
            assert set(one) == {"field", "start", "end", "value", "detail"}, row["id"]
            shown = row["text"][one["start"] : one["end"]]
            assert shown.strip() == shown != "", row["id"]
            assert re.fullmatch(VALUES[one["field"]], one["value"]), (row["id"], one)


def test_nothing_is_labelled_twice(rows):
    for row in rows:
        alone = [i for i in row["indicators"] if i["field"] not in ("link", "domain", "handle")]
        alone.sort(key=lambda one: one["start"])
        for one, other in pairwise(alone):
            assert one["end"] <= other["start"], row["id"]


@pytest.mark.parametrize(
    ("split", "told", "precision", "recall"),
    [
        ("development", True, 0.99, 0.99),
        ("development", False, 0.98, 0.98),
        ("test", True, 0.97, 0.96),
        ("test", False, 0.95, 0.95),
    ],
)
def test_figures_do_not_fall(rows, split, told, precision, recall):
    part = [row for row in rows if row["split"] == split]
    options = {n: [row[n] for row in part] for n in ("language", "country")} if told else {}
    frame = extract_indicators([row["text"] for row in part], **options)
    claimed = set(
        frame[["message", "field", "start", "end", "value"]].itertuples(index=False, name=None)
    )
    labelled = {
        (place, i["field"], i["start"], i["end"], i["value"])
        for place, row in enumerate(part)
        for i in row["indicators"]
    }
    right = len(claimed & labelled)
    assert right / len(claimed) >= precision
    assert right / len(labelled) >= recall
