"""Campaigns as a STIX 2.1 bundle, built as plain JSON.

A cluster of messages is a STIX *campaign*: behaviour of an adversary against a set of targets
over a time, with first and last sighting. A *grouping* would only say that its members have a
context in common, and an *incident* is what befell one victim; neither is what a cluster is.

Around it: *attack-pattern* (the type of scam), *indicator* with a pattern for everything a
filter can look for, *observed-data* with the observables themselves, *identity* for the
producer and for each brand that is imitated, the TLP 2.0 *marking-definition*, and the
*extension-definition* for what STIX has no object for. The ``stix2`` library takes 80 times as
long to build the same objects, so it only checks them (:mod:`.stix_validation`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from scamclassify.exchange.identifiers import named_uuid, stamp, stix_id
from scamclassify.exchange.markings import TLP_MARKINGS, marking
from scamclassify.exchange.outgoing import Outgoing, SharedCampaign, SharedIndicator
from scamclassify.exchange.stix_extension import (
    DECLARED,
    EXTENSION_ID,
    PROJECT_ID,
    extension_definition,
    project_identity,
)
from scamclassify.exchange.stix_patterns import indicator_objects, observable
from scamclassify.labels import LANGUAGES, SCAM_TYPES

_Object = dict[str, Any]
_MOST_OBSERVED = 999_999_999
_SHOWN_LANGUAGES = 3


class _Builder:
    """What all objects of one bundle share."""

    def __init__(self, outgoing: Outgoing, producer: str, tlp: str) -> None:
        self.outgoing = outgoing
        self.modified = stamp(outgoing.created)
        self.markings = [TLP_MARKINGS[tlp]]
        self.producer = producer
        self.producer_id = stix_id("identity", "producer", producer)

    def domain_object(
        self, kind: str, parts: tuple[str, ...], created: str, **more: Any
    ) -> _Object:
        """An object of the producer; with its name in the identifier nobody else can claim it."""
        return {
            "type": kind,
            "spec_version": "2.1",
            "id": stix_id(kind, self.producer, *parts),
            "created_by_ref": self.producer_id,
            # A version must not be older than the object.
            "created": min(created, self.modified),
            "modified": self.modified,
            **more,
            "object_marking_refs": self.markings,
        }

    def relationship(
        self, created: str, source: str, kind: str, target: str, **more: Any
    ) -> _Object:
        return self.domain_object(
            "relationship",
            (source, kind, target),
            created,
            relationship_type=kind,
            source_ref=source,
            target_ref=target,
            **more,
        )

    def shared_object(self, kind: str, key: str, /, **more: Any) -> _Object:
        """An object of the common vocabulary, the same for every producer."""
        return {
            "type": kind,
            "spec_version": "2.1",
            "id": stix_id(kind, "vocabulary", key),
            "created_by_ref": PROJECT_ID,
            "created": DECLARED,
            "modified": DECLARED,
            **more,
        }


def stix_objects(outgoing: Outgoing, producer: str, tlp: str) -> Iterator[_Object]:
    """Yield the objects of a bundle, each once, those that others refer to first.

    Parameters
    ----------
    outgoing : Outgoing
    producer : str
        Name of the agency that shares.
    tlp : str
        One of :data:`~scamclassify.exchange.markings.TLP_MARKINGS`.
    """
    build = _Builder(outgoing, producer, tlp)
    yield marking(tlp)
    yield project_identity()
    yield extension_definition()
    yield {
        "type": "identity",
        "spec_version": "2.1",
        "id": build.producer_id,
        "created": DECLARED,
        "modified": DECLARED,
        "name": producer,
        "identity_class": "organization",
    }
    types = {name for one in outgoing.campaigns for name in one.scam_types}
    patterns = {name: _attack_pattern(build, name) for name in SCAM_TYPES if name in types}
    yield from patterns.values()
    names = sorted({brand for one in outgoing.campaigns for brand in one.brands})
    brands = {
        name: build.shared_object("identity", name, name=name, identity_class="organization")
        for name in names
    }
    yield from brands.values()

    observables: dict[tuple[str, str], _Object] = {}
    indicators: dict[tuple[str, str], _Object] = {}
    for one in outgoing.indicators:
        made, pattern = indicator_objects(one)
        made["object_marking_refs"] = build.markings
        observables[one.field, one.value] = made
        indicators[one.field, one.value] = _indicator(build, one, pattern)
    yield from {made["id"]: made for made in observables.values()}.values()
    yield from indicators.values()

    messages: set[str] = set()
    for campaign in outgoing.campaigns:
        for made in _campaign_objects(build, campaign, observables, indicators, patterns, brands):
            if made["type"] == "text-message":
                # Two campaigns may be alike once they are redacted.
                if made["id"] in messages:
                    continue
                messages.add(made["id"])
            yield made


def _attack_pattern(build: _Builder, name: str) -> _Object:
    more: _Object = {}
    if name == "phishing_account":
        reference = {"source_name": "capec", "external_id": "CAPEC-164"}
        more["external_references"] = [reference]
    return build.shared_object(
        "attack-pattern",
        name,
        name=name,
        description=f"A scam that {SCAM_TYPES[name]}.",
        **more,
    )


def _indicator(build: _Builder, one: SharedIndicator, pattern: str) -> _Object:
    since = stamp(one.first_seen) if one.first_seen else build.modified
    return build.domain_object(
        "indicator",
        (one.field, one.value),
        since,
        name=f"{one.field.replace('_', ' ')} {one.value}"[:250],
        description=f"In {one.count:,} messages of {_campaigns(len(one.campaigns))}.",
        indicator_types=["malicious-activity"],
        pattern=pattern,
        pattern_type="stix",
        pattern_version="2.1",
        valid_from=since,
        confidence=round(100 * one.confidence),
        **(
            {"labels": [kind.replace("_", "-") for kind in one.scam_types]}
            if one.scam_types
            else {}
        ),
    )


def _campaigns(number: int) -> str:
    return "one campaign" if number == 1 else f"{number:,} campaigns"


def _description(one: SharedCampaign) -> str:
    codes = sorted(one.languages, key=lambda code: (-one.languages[code], code))
    names = [LANGUAGES[code] for code in codes if code in LANGUAGES][:_SHOWN_LANGUAGES]
    parts = [f"{one.size:,} near-duplicate messages"]
    if names:
        parts.append(f"mostly in {', '.join(names)}")
    if one.brands:
        parts.append(f"naming {', '.join(one.brands)}")
    return ", ".join(parts) + "."


def _figures(one: SharedCampaign) -> _Object:
    found: _Object = {
        "extension_type": "property-extension",
        "campaign": one.id,
        "message_count": one.size,
        "label": one.label,
        "status": one.status,
        "probability": None if one.probability is None else min(max(one.probability, 0.0), 1.0),
        "languages": one.languages,
        "scam_types": {name: min(max(share, 0.0), 1.0) for name, share in one.scam_types.items()},
        "disguises": one.disguises,
        "daily": one.daily,
    }
    return {key: value for key, value in found.items() if value is not None and value != {}}


def _campaign_objects(
    build: _Builder,
    one: SharedCampaign,
    observables: dict[tuple[str, str], _Object],
    indicators: dict[tuple[str, str], _Object],
    patterns: dict[str, _Object],
    brands: dict[str, _Object],
) -> Iterator[_Object]:
    first = stamp(one.first_seen) if one.first_seen else None
    last = stamp(one.last_seen) if one.last_seen else None
    created = first or build.modified
    more: _Object = {}
    if one.scam_type:
        more["objective"] = f"{SCAM_TYPES[one.scam_type][0].upper()}{SCAM_TYPES[one.scam_type][1:]}"
        more["labels"] = [name.replace("_", "-") for name in one.scam_types]
    if first:
        more["first_seen"] = first
    if last:
        more["last_seen"] = last
    campaign = build.domain_object(
        "campaign",
        (one.id,),
        created,
        name=f"Message campaign {one.id}" + (f" ({one.scam_type})" if one.scam_type else ""),
        description=_description(one),
        aliases=[one.id],
        **more,
        extensions={EXTENSION_ID: _figures(one)},
    )
    yield campaign
    for name in one.scam_types:
        yield build.relationship(created, campaign["id"], "uses", patterns[name]["id"])
    for name in one.brands:
        yield build.relationship(
            created,
            campaign["id"],
            "related-to",
            brands[name]["id"],
            description="The messages name this organisation, as a rule to pose as it.",
        )
    texts = []
    if one.template:
        texts.append(observable("text-message", {"body": one.template}, is_redacted=True))
        texts[0]["object_marking_refs"] = build.markings
        yield texts[0]
    keys = [(sighting.field, sighting.value) for sighting in one.sightings]
    references = [observables[key]["id"] for key in keys] + [text["id"] for text in texts]
    if not references:
        return
    observed = build.domain_object(
        "observed-data",
        (one.id,),
        created,
        first_observed=first or last or build.modified,
        last_observed=last or first or build.modified,
        number_observed=min(max(one.size, 1), _MOST_OBSERVED),
        object_refs=list(dict.fromkeys(references)),
    )
    yield observed
    for key in keys:
        indicator = indicators[key]["id"]
        yield build.relationship(created, indicator, "indicates", campaign["id"])
        yield build.relationship(created, indicator, "based-on", observed["id"])


def stix_bundle(outgoing: Outgoing, producer: str, tlp: str = "amber") -> bytes:
    """A STIX 2.1 bundle as UTF-8 JSON, one object a line.

    Parameters
    ----------
    outgoing : Outgoing
        From :func:`~scamclassify.exchange.outgoing.select_outgoing`.
    producer : str
        Name of the agency that shares.
    tlp : str, default="amber"
        TLP 2.0 level of everything in it.

    Returns
    -------
    bytes
        The same for the same document, byte for byte.

    Examples
    --------
    >>> from scamclassify.campaigns.document import CampaignDocument
    >>> from scamclassify.exchange.outgoing import select_outgoing
    >>> empty = select_outgoing(CampaignDocument("2026-01-02T03:04:05Z", "0.1.0", 0, {}, ()))
    >>> [made["type"] for made in json.loads(stix_bundle(empty, "CERT"))["objects"]]
    ['marking-definition', 'identity', 'extension-definition', 'identity']
    """
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
    body = ",\n".join(encode(made) for made in stix_objects(outgoing, producer, tlp))
    name = named_uuid("bundle", hashlib.sha256(body.encode("utf-8")).hexdigest())
    head = f'{{"type":"bundle","id":"bundle--{name}","objects":[\n'
    return f"{head}{body}\n]}}\n".encode()
