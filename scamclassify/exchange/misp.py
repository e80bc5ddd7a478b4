"""Campaigns as MISP events, one a campaign, of the objects that ``pymisp`` knows."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from scamclassify.errors import MissingExtraError
from scamclassify.exchange.identifiers import named_uuid, stamp
from scamclassify.exchange.outgoing import Outgoing, SharedCampaign, SharedIndicator
from scamclassify.exchange.vocabulary import institution

if TYPE_CHECKING:
    from pymisp import MISPEvent, MISPObject

#: Type of scam -> tags of the RSIT taxonomy and of the galaxy *attck4fraud* (whose clusters
#: are named ``financial-fraud``). Types that neither tells apart are a plain scam there; our
#: own taxonomy, ``data/exchange/misp-taxonomy.json``, names all of them.
_PHISHING = ('rsit:fraud="phishing"', 'misp-galaxy:financial-fraud="Phishing"')
_POSING = ('rsit:fraud="masquerade"', 'misp-galaxy:financial-fraud="Scam"')
_PLAIN = ('misp-galaxy:financial-fraud="Scam"',)
MISP_TAGS: dict[str, tuple[str, ...]] = {
    "phishing_account": _PHISHING,
    "impersonation_authority": _POSING,
    "delivery": _POSING,
    "friend_family": _POSING,
    "malware_remote": (
        'rsit:malicious-code="malware-distribution"',
        'misp-galaxy:financial-fraud="Malware"',
    ),
    "romance_wrong_number": (
        'rsit:information-gathering="social-engineering"',
        'misp-galaxy:financial-fraud="Social Media Scams"',
    ),
}
NAMESPACE = "scamclassify"

_ADDRESS = re.compile(r"[\d.]+")
_STEALING = ("phishing_account", "impersonation_authority", "delivery")
_COINS = ("ADA BCH BNB BTC DOGE ETH LTC SOL TRX USDT XMR XRP").split()


def _tags(one: SharedCampaign, tlp: str) -> list[str]:
    found = [f"tlp:{tlp}"]
    for name in one.scam_types:
        found.append(f'{NAMESPACE}:scam-type="{name}"')
        found += MISP_TAGS.get(name, _PLAIN)
    if one.status:
        found.append(f'{NAMESPACE}:status="{one.status}"')
    return list(dict.fromkeys(found))


def _content(one: SharedIndicator) -> tuple[str, dict[str, str]]:
    """Name of the object of an indicator, and its attributes."""
    value, detail = one.value, one.detail
    match one.field:
        case "link":
            note = {"text": "Whatever begins so; the end may name its reader."} if one.cut else {}
            return "url", {"url": value, **note}
        case "domain":
            return "domain-ip", {"ip" if _ADDRESS.fullmatch(value) else "domain": value}
        case "phone":
            country = {"country-code": one.country} if one.country else {}
            return "phone-number", {"phone-number": value, **country}
        case "email":
            return "email", {"from": value}
        case "handle" if detail == "telegram":
            return "telegram-account", {"username": value}
        case "handle":
            return "user-account", {
                "username": value,
                **({"description": detail} if detail else {}),
            }
        case "crypto_address":
            symbol = (detail or "").upper()
            relation = {"BTC": "address", "XMR": "address-xmr"}.get(symbol, "address-crypto")
            return "coin-address", {
                relation: value,
                **({"symbol": symbol} if symbol in _COINS else {}),
            }
        case _:
            # A payment id stands for an account; the object has no other place for it.
            bank = institution(detail)
            more = {"institution-name": bank} if bank else {"text": detail} if detail else {}
            return "bank-account", {"account": value, **more}


_MAIN = ("url", "domain", "ip", "phone-number", "from", "username", "account")


class _EventBuilder:
    """Makes the event of a campaign."""

    def __init__(self, outgoing: Outgoing, producer: str, tlp: str) -> None:
        self._created = outgoing.created
        self._producer, self._tlp = producer, tlp
        self._indicators = {(one.field, one.value): one for one in outgoing.indicators}

    def _object(
        self, campaign: SharedCampaign, name: str, attributes: dict[str, Any], key: str, **more: Any
    ) -> MISPObject:
        from pymisp import MISPObject

        made = MISPObject(name, strict=True)
        identity = (self._producer, campaign.id, name, key)
        made.uuid = named_uuid("misp-object", *identity)
        made.timestamp = self._created
        for relation, value in attributes.items():
            wanted = more if relation in _MAIN or relation.startswith("address") else {}
            made.add_attribute(
                relation,
                value,
                uuid=named_uuid("misp-attribute", *identity, relation),
                timestamp=self._created,
                **wanted,
            )
        if campaign.first_seen:
            made.first_seen = stamp(campaign.first_seen)  # type: ignore[assignment]
        if campaign.last_seen:
            made.last_seen = stamp(campaign.last_seen)  # type: ignore[assignment]
        return made

    def event(self, one: SharedCampaign) -> MISPEvent:
        """The event of a campaign."""
        from pymisp import MISPEvent

        event = MISPEvent()
        kind = f" ({one.scam_type})" if one.scam_type else ""
        event.from_dict(
            uuid=named_uuid("misp-event", self._producer, one.id),
            info=f"Message campaign {one.id}{kind}: {one.size:,} messages",
            date=(one.first_seen or self._created).date(),
            timestamp=self._created,
            # Found by a machine and not yet looked at; whoever imports it decides.
            analysis=0,
            threat_level_id=3,
            distribution=0,
            published=False,
            Orgc={"name": self._producer, "uuid": named_uuid("misp-org", self._producer)},
        )
        for tag in _tags(one, self._tlp):
            event.add_tag(tag)
        for sighting in one.sightings:
            indicator = self._indicators[sighting.field, sighting.value]
            name, attributes = _content(indicator)
            event.add_object(
                self._object(
                    one,
                    name,
                    attributes,
                    f"{sighting.field}:{sighting.value}",
                    to_ids=not indicator.cut,
                    comment=f"in {sighting.count:,} messages",
                )
            )
        if one.template:
            body = {"body": one.template}
            event.add_object(self._object(one, "short-message-service", body, one.template))
        objective = "Information stealing" if one.scam_type in _STEALING else "Other"
        for brand in one.brands:
            attributes = {
                "impersonated-account-name": brand,
                "type": "Enterprise",
                "objective": objective,
            }
            event.add_object(self._object(one, "impersonation", attributes, brand))
        return event


def misp_events(outgoing: Outgoing, producer: str, tlp: str = "amber") -> bytes:
    """MISP events as UTF-8 JSON, in the form that MISP's import takes.

    Parameters
    ----------
    outgoing : Outgoing
        From :func:`~scamclassify.exchange.outgoing.select_outgoing`.
    producer : str
        Name of the agency that shares.
    tlp : str, default="amber"

    Returns
    -------
    bytes
        The same for the same document, byte for byte.

    Raises
    ------
    MissingExtraError
        If pymisp is not installed.

    Examples
    --------
    >>> from scamclassify.campaigns.document import CampaignDocument
    >>> from scamclassify.exchange.outgoing import select_outgoing
    >>> empty = select_outgoing(CampaignDocument("2026-01-02T03:04:05Z", "0.1.0", 0, {}, ()))
    >>> json.loads(misp_events(empty, "CERT"))
    {'response': []}
    """
    try:
        import pymisp  # noqa: F401
    except ImportError:
        raise MissingExtraError("pymisp", "exchange", "writing MISP events") from None
    build = _EventBuilder(outgoing, producer, tlp)
    events = []
    for one in outgoing.campaigns:
        content = json.loads(build.event(one).to_json())
        events.append(json.dumps({"Event": content}, ensure_ascii=False, sort_keys=True))
    body = ",\n".join(events)
    return ('{"response": [' + (f"\n{body}\n" if body else "") + "]}\n").encode("utf-8")
