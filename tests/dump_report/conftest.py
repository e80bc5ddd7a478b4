"""A scored file, its quarantine, its manifest and its campaigns."""

import csv
import json
from datetime import UTC, datetime

import pytest

from scamclassify.campaigns.document import Campaign, CampaignDocument, CampaignIndicator

MADE = datetime(2026, 3, 20, 5, tzinfo=UTC)
EVIL = "<script>alert('x')</script>\u202e\"&'"


@pytest.fixture
def made():
    """The time that pages of these tests state."""
    return MADE


@pytest.fixture
def evil():
    """A text that must not become markup."""
    return EVIL


@pytest.fixture
def rows():
    """Rows as scoring writes them."""
    found = []
    for day in range(1, 11):
        for kind, label, probability, language in (
            ("", "ham", "0.010000", "en"),
            ("", "promo", "0.200000", "ta"),
            ("delivery", "scam", "0.970000", "th"),
            ("gambling", "scam", "0.880000", "km"),
        ):
            found.append(
                {
                    "text": f"message {day}",
                    "date": f"2026-03-{day:02d} 09:00:00",
                    "label": label,
                    "scam_probability": probability,
                    "scam_type": kind,
                    "language": language,
                    "indicators": json.dumps(
                        [
                            {"field": "link", "value": "http://evil.top/a"},
                            {"field": "domain", "value": "evil.top"},
                            {"field": "otp", "value": "481516"},
                        ]
                    ),
                }
            )
    return found


@pytest.fixture
def scored(rows, tmp_path):
    """Path of a scored file with a quarantine and a manifest beside it."""
    path = tmp_path / "scored.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    lines = [
        {"file": f"dump{i % 2}.csv", "row": i, "reason": ("empty text", EVIL)[i == 3], "raw": "x"}
        for i in range(4)
    ]
    beside = tmp_path / "scored.csv.quarantine.jsonl"
    beside.write_text("".join(json.dumps(line) + "\n" for line in lines))
    manifest = {
        "scamclassify": "0.1.0",
        "model": {"name": "default", "sha256": "ab" * 32},
        "inputs": {EVIL: {"bytes": 12345, "sha256": "cd" * 32}},
        "options": {"add": ["label"]},
        "rows_read": 44,
        "rows_quarantined": 4,
        "finished": "2026-03-19T10:00:00+00:00",
    }
    (tmp_path / "scored.csv.manifest.json").write_text(json.dumps(manifest))
    return path


def _campaign(number, size, **more):
    return Campaign(id=f"c-{number:016x}", size=size, label="scam", **more)


@pytest.fixture
def document():
    """Campaigns of the scored file."""
    found = (
        CampaignIndicator("link", "http://evil.top/a", 20, 0.9),
        CampaignIndicator("domain", "bit.ly", 3, 0.9),
        CampaignIndicator("link", "https://www.dbs.com.sg/", 2, 0.9),
        CampaignIndicator("otp", "481516", 3, 0.9),
        CampaignIndicator("amount", "THB 50", 3, 0.9),
    )
    return CampaignDocument(
        created="2026-03-19T11:00:00Z",
        package_version="0.1.0",
        n_messages=40,
        parameters={"min_size": 3},
        campaigns=(
            _campaign(
                1, 20,
                first_seen="2026-03-01", last_seen="2026-03-10", languages={"th": 20},
                scam_types={"delivery": 1.0}, probability=0.97, indicators=found,
                exemplars=("พัสดุของคุณถูกระงับ โทร +66 81 234 5678", EVIL), status="growing",
                brands=("dbs",), words=("พัสดุ", EVIL), disguises={"zero_width": 2},
                daily={f"2026-03-{day:02d}": 2 for day in range(1, 11)},
            ),
            _campaign(2, 5, scam_types={"gambling": 1.0}, status="new"),
        ),
        drift={
            "warnings": ["Scores have shifted: " + EVIL],
            "features": [
                {"name": "type", "psi": 0.31, "band": "large",
                 "changes": [{"value": EVIL, "old": 0.04, "new": 0.11}]},
                {"name": "from a later version"},
            ],
        },
    )  # fmt: skip


@pytest.fixture
def previous():
    """Campaigns of a week before."""
    return CampaignDocument(
        created="2026-03-12T11:00:00Z",
        package_version="0.1.0",
        n_messages=30,
        parameters={},
        campaigns=(_campaign(1, 8), _campaign(9, 6, scam_types={"loan": 1.0})),
    )
