"""A campaign document with everything in it, and one that tries to smuggle people out."""

import dataclasses

import pytest

from scamclassify.campaigns.document import Campaign, CampaignDocument, CampaignIndicator


def found(field, value, count=5, confidence=0.9, detail=None, country=None):
    """An indicator."""
    return CampaignIndicator(field, value, count, confidence, detail, country)


PARCEL = Campaign(
    id="c-00000000000000a1",
    size=412,
    first_seen="2026-03-01",
    last_seen="2026-03-04T09:30:00Z",
    languages={"th": 400, "en": 12},
    label="scam",
    scam_types={"delivery": 0.8, "phishing_account": 0.2},
    probability=0.97,
    exemplars=("พัสดุของคุณถูกระงับ ชำระ <amount> ที่ <link>", "Parcel held. Pay at <link>"),
    indicators=(
        found("link", "http://thai-post.top/p?id=77", 300),
        found("link", "https://bit.ly/AbC123", 40, detail="shortened"),
        found("domain", "thai-post.top", 300),
        found("domain", "bit.ly", 40),
        found("link", "https://www.thailandpost.co.th/", 9),
        found("phone", "+66812345678", 20, country="TH"),
        found("handle", "parcel_help", 11, detail="line"),
        found("email", "help@thai-post.top", 3),
        found("amount", "THB 50", 412),
        found("otp", "true", 4),
    ),
    disguises={"zero_width": 40, "lookalike": 7},
    brands=("thailand_post", "DBS"),
    words=("พัสดุ", "parcel"),
    signature=(1, 2, 3),
    status="growing",
    daily={"2026-03-01": 12, "2026-03-04": 400},
)
TASKS = Campaign(
    id="c-00000000000000b2",
    size=30,
    first_seen="2026-03-02",
    last_seen="2026-03-02",
    languages={"en": 30},
    label="scam",
    scam_types={"job_task": 1.0},
    probability=0.88,
    exemplars=("Earn <amount> a day, no experience. Add <handle>",),
    indicators=(
        found("handle", "job_master", 30, detail="telegram"),
        found("bank_account", "123-4-56789-0", 8, detail="kbank", country="TH"),
        found("bank_account", "4111111111111111", 30, detail="card"),
        found("payment_id", "0066812345678", 3, detail="promptpay"),
        found("crypto_address", "TQ5NMqJjW9bXqXJ6c5n1nQ6n7u1x8W2v3K", 6, detail="trx"),
        found("phone", "+66812345678", 2, country="TH"),
        found("phone", "+6591234567", 1, country="SG"),
        found("domain", "weak.top", 4, confidence=0.2),
    ),
    status="new",
)
NOTICE = Campaign(
    id="c-00000000000000c3",
    size=90,
    label="ham",
    indicators=(found("phone", "+6564321000", 90, country="SG"),),
    exemplars=("Your queue number is ready",),
)
UNSCORED = Campaign(id="c-00000000000000d4", size=3)


@pytest.fixture
def document():
    """Two scams, a notice and a cluster that was not scored."""
    return CampaignDocument(
        created="2026-03-05T06:00:00Z",
        package_version="0.1.0",
        n_messages=10_000,
        parameters={},
        campaigns=(PARCEL, TASKS, NOTICE, UNSCORED),
        inputs=({"name": "secret-dump.csv", "sha256": "0" * 64, "rows": 10_000},),
        model={"name": "default"},
    )


#: What a person could be known by, in several spellings.
PERSONAL = (
    "Nurul Huda Hakim",
    "somchai.jaidee@example.org",
    "+65 8123 4567",
    "0812-3456-7890",
    "S8812345D",
    "๐๘๑ ๒๓๔ ๕๖๗๘",
    "481516",
    "123-456789-001",
)


@pytest.fixture
def personal():
    """What must not be found again."""
    return PERSONAL


@pytest.fixture
def smuggler(document):
    """Personal data in every text of a document."""
    text = " ; ".join(PERSONAL)
    personal = tuple(
        found(field, value, 1000, 1.0, text, text)
        for field in (
            "link", "domain", "phone", "email", "handle", "bank_account", "payment_id",
            "crypto_address", "otp", "amount", text,
        )
        for value in (text, f"http://evil.top/u/{PERSONAL[3]}/x?n={PERSONAL[0]}&m={PERSONAL[1]}")
    )  # fmt: skip
    campaign = dataclasses.replace(
        PARCEL,
        languages={**PARCEL.languages, text: 3},
        scam_types={**PARCEL.scam_types, text: 0.1},
        exemplars=(
            f"Dear Nurul Huda Hakim, your parcel is held. {text}",
            "Dear Mr Somchai Jaidee, your parcel is held. 481516",
        ),
        indicators=(*PARCEL.indicators, *personal),
        disguises={text: 3},
        brands=(text, *PERSONAL),
        words=(text, *PERSONAL),
        daily={text: 4},
        merged=(),
    )
    single = dataclasses.replace(
        campaign,
        id="c-00000000000000f6",
        exemplars=("Dear Nurul Huda Hakim, your parcel is held. Code 481516, call 0812-3456-7890",),
    )
    strange = dataclasses.replace(campaign, id="c-00000000000000e5", label=text)
    return dataclasses.replace(
        document,
        package_version=text,
        parameters={text: text},
        campaigns=(campaign, single, strange),
        inputs=({"name": text},),
        model={"name": text, text: text},
        drift={text: text},
    )
