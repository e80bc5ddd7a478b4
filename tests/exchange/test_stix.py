"""STIX bundles: valid, complete, the same again."""

import dataclasses
import json
import sys

import jsonschema
import pytest
import stix2
from stix2validator import ValidationOptions, validate_string

from scamclassify.errors import MissingExtraError
from scamclassify.exchange.markings import TLP_MARKINGS
from scamclassify.exchange.outgoing import select_outgoing
from scamclassify.exchange.stix_bundle import stix_bundle
from scamclassify.exchange.stix_extension import EXTENSION_ID, extension_schema
from scamclassify.exchange.stix_validation import InvalidStixError, validate_stix


def objects(document, tlp="amber", producer="National CERT"):
    return json.loads(stix_bundle(select_outgoing(document), producer, tlp))["objects"]


def of_type(found, kind):
    return [made for made in found if made["type"] == kind]


@pytest.mark.parametrize("tlp", TLP_MARKINGS)
def test_bundle_is_valid(document, tlp):
    bundle = stix_bundle(select_outgoing(document), "National CERT", tlp)
    assert validate_stix(bundle) == len(json.loads(bundle)["objects"])


@pytest.mark.filterwarnings("default")  # of the validator's own libraries
def test_the_validator_of_oasis_agrees(document):
    bundle = stix_bundle(select_outgoing(document), "National CERT")
    result = validate_string(bundle.decode(), ValidationOptions(version="2.1"))
    assert result.is_valid, result.errors
    # Identifiers are UUIDv5 so that exports are repeatable; apps are no operating systems.
    told = [str(w) for w in result.warnings if "{103}" not in str(w) and "{244}" not in str(w)]
    assert told == []


def test_everything_is_there_and_marked(document):
    found = objects(document, "green")
    counts = {kind: len(of_type(found, kind)) for kind in {made["type"] for made in found}}
    assert counts == {
        "marking-definition": 1, "extension-definition": 1, "identity": 4, "attack-pattern": 3,
        "campaign": 2, "indicator": 10, "observed-data": 2, "text-message": 2, "url": 2,
        "domain-name": 1, "email-addr": 1, "phone-number": 1, "bank-account": 1,
        "cryptocurrency-wallet": 1, "user-account": 3, "relationship": 27,
    }  # fmt: skip
    assert len({made["id"] for made in found}) == len(found)
    shared = ("marking-definition", "identity", "extension-definition", "attack-pattern")
    for made in found:
        if made["type"] not in shared:
            assert made["object_marking_refs"] == [TLP_MARKINGS["green"]]


def test_patterns(document):
    patterns = {made["pattern"] for made in of_type(objects(document), "indicator")}
    assert "[phone-number:value = '+66812345678']" in patterns
    assert "[url:value LIKE 'http://thai-post.top/p%']" in patterns
    assert "[url:value = 'https://bit.ly/AbC123']" in patterns
    assert (
        "[user-account:account_login = 'job_master' AND user-account:account_type = 'telegram']"
        in patterns
    )


def test_campaign_says_what_it_is(document):
    found = objects(document)
    campaign = of_type(found, "campaign")[0]
    assert campaign["first_seen"] == "2026-03-01T00:00:00.000Z"
    assert campaign["last_seen"] == "2026-03-04T09:30:00.000Z"
    assert campaign["objective"] == "Claims a parcel needs a fee, an address or a link"
    figures = campaign["extensions"][EXTENSION_ID]
    assert figures["message_count"] == 412
    assert figures["disguises"] == {"lookalike": 7, "zero_width": 40}
    ids = {made["id"]: made for made in found}
    linked = {
        (made["relationship_type"], *(ids[made["target_ref"]][key] for key in ("type", "name")))
        for made in of_type(found, "relationship")
        if made["source_ref"] == campaign["id"]
    }  # fmt: skip
    assert linked == {
        ("uses", "attack-pattern", "delivery"),
        ("uses", "attack-pattern", "phishing_account"),
        ("related-to", "identity", "Thailand Post"),
        ("related-to", "identity", "DBS"),
    }


def test_observables_have_the_identifiers_of_the_standard(document):
    for made in objects(document):
        kind = {"url": stix2.URL, "domain-name": stix2.DomainName, "email-addr": stix2.EmailAddress,
                "user-account": stix2.UserAccount}.get(made["type"])  # fmt: skip
        if kind is not None:
            rest = {k: v for k, v in made.items() if k not in ("id", "type", "spec_version")}
            assert kind(**rest).id == made["id"]


def test_yesterdays_campaign_is_the_same_object_today(document):
    before = objects(document)
    grown = dataclasses.replace(document.campaigns[0], size=900)
    later = dataclasses.replace(
        document,
        created="2026-03-06T06:00:00Z",
        campaigns=(grown, *document.campaigns[1:]),
    )
    after = objects(later)
    assert {made["id"] for made in before} == {made["id"] for made in after}
    (old, new) = (of_type(found, "campaign")[0] for found in (before, after))
    assert old["created"] == new["created"]
    assert old["modified"] < new["modified"]


def test_two_agencies_do_not_claim_each_others_objects(document):
    ours, theirs = (
        {made["id"] for made in objects(document, producer=name) if made["type"] == "indicator"}
        for name in ("CERT A", "CERT B")
    )
    assert not ours & theirs


def test_dates_may_be_missing(document):
    bare = dataclasses.replace(document.campaigns[0], first_seen=None, last_seen=None)
    bundle = stix_bundle(
        select_outgoing(dataclasses.replace(document, campaigns=(bare,))), "National CERT"
    )
    assert validate_stix(bundle)
    assert b'"first_seen"' not in bundle


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda made: made["objects"][-1].update(target_ref="campaign--" + "0" * 8), "refers to"),
        (lambda made: made["objects"][3].pop("name"), "name"),
        (
            lambda made: next(o for o in made["objects"] if o["type"] == "phone-number").update(
                value="call me"
            ),
            "call me",
        ),
        (
            lambda made: next(o for o in made["objects"] if o["type"] == "text-message").update(
                body="code 481516"
            ),
            "text-message",
        ),
        (
            lambda made: next(o for o in made["objects"] if o["type"] == "indicator").update(
                pattern="[url:value ="
            ),
            "indicator",
        ),
        (
            lambda made: next(o for o in made["objects"] if o["type"] == "campaign").update(
                victims=["Nurul"]
            ),
            "victims",
        ),
    ],
)
def test_validation_finds_faults(document, change, message):
    bundle = json.loads(stix_bundle(select_outgoing(document), "National CERT"))
    change(bundle)
    with pytest.raises(InvalidStixError, match=message):
        validate_stix(json.dumps(bundle))


def test_the_schema_is_a_schema_and_is_in_the_bundle(document):
    jsonschema.Draft202012Validator.check_schema(extension_schema())
    (definition,) = of_type(objects(document), "extension-definition")
    assert json.loads(definition["schema"]) == extension_schema()


def test_a_missing_library_names_the_extra(document, monkeypatch):
    monkeypatch.setitem(sys.modules, "stix2", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'scamclassify\[exchange\]'"):
        validate_stix(stix_bundle(select_outgoing(document), "National CERT"))
