"""MISP events: of pymisp's objects, loadable, with the agreed tags."""

import json
import sys

import pytest
from pymisp import MISPEvent

from scamclassify.errors import MissingExtraError
from scamclassify.exchange.misp import MISP_TAGS, misp_events
from scamclassify.exchange.outgoing import select_outgoing
from scamclassify.labels import SCAM_TYPES
from scamclassify.resources import resource_path


@pytest.fixture
def events(document):
    found = json.loads(misp_events(select_outgoing(document), "National CERT", "amber+strict"))
    return [entry["Event"] for entry in found["response"]]


def test_events_load_again(events):
    assert len(events) == 2
    for content in events:
        event = MISPEvent(strict_validation=True)
        event.load({"Event": content})
        assert event.uuid == content["uuid"]
        assert event.published is False
        assert str(event.distribution) == "0"


def test_objects(events):
    names = sorted(made["name"] for made in events[0]["Object"])
    assert names == [
        "domain-ip", "email", "impersonation", "impersonation", "phone-number",
        "short-message-service", "url", "url", "user-account",
    ]  # fmt: skip
    assert sorted(made["name"] for made in events[1]["Object"]) == [
        "bank-account", "bank-account", "coin-address", "phone-number", "short-message-service",
        "telegram-account",
    ]  # fmt: skip
    values = {
        (made["name"], one["object_relation"]): one
        for made in events[0]["Object"]
        for one in made["Attribute"]
    }
    assert values["phone-number", "phone-number"]["value"] == "+66812345678"
    assert values["phone-number", "phone-number"]["to_ids"] is True
    assert values["phone-number", "country-code"]["value"] == "TH"
    assert values["phone-number", "phone-number"]["comment"] == "in 20 messages"
    # No object says to whom a message went.
    assert not [key for key in values if key[1] in ("to", "to-number", "to-user")]


def test_tags(events):
    names = [tag["name"] for tag in events[0]["Tag"]]
    assert names == [
        "tlp:amber+strict",
        'scamclassify:scam-type="delivery"',
        'rsit:fraud="masquerade"',
        'misp-galaxy:financial-fraud="Scam"',
        'scamclassify:scam-type="phishing_account"',
        'rsit:fraud="phishing"',
        'misp-galaxy:financial-fraud="Phishing"',
        'scamclassify:status="growing"',
    ]
    assert set(MISP_TAGS) <= set(SCAM_TYPES)


def test_our_taxonomy_has_every_tag_of_ours():
    path = resource_path("data", "exchange", "misp-taxonomy.json")
    taxonomy = json.loads(path.read_text(encoding="utf-8"))
    values = {
        group["predicate"]: {entry["value"]: entry["expanded"] for entry in group["entry"]}
        for group in taxonomy["values"]
    }
    assert taxonomy["namespace"] == "scamclassify"
    assert set(values) == {entry["value"] for entry in taxonomy["predicates"]}
    assert values["scam-type"] == {name: f"The message {does}" for name, does in SCAM_TYPES.items()}
    from scamclassify.campaigns.document import STATUSES

    assert set(values["status"]) == set(STATUSES)


def test_a_missing_library_names_the_extra(document, monkeypatch):
    monkeypatch.setitem(sys.modules, "pymisp", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'scamclassify\[exchange\]'"):
        misp_events(select_outgoing(document), "National CERT")
