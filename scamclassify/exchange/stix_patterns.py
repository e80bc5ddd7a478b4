"""Observables of indicators in STIX, and the patterns that find them."""

from __future__ import annotations

import re
from typing import Any

from scamclassify.exchange.identifiers import observable_id
from scamclassify.exchange.outgoing import SharedIndicator
from scamclassify.exchange.stix_extension import EXTENSION_ID, NEW_OBSERVABLES
from scamclassify.exchange.vocabulary import institution

_ADDRESS = re.compile(r"[\d.]+")


def observable(kind: str, identified_by: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A cyber-observable object with its deterministic identifier.

    Parameters
    ----------
    kind : str
        Type of object.
    identified_by : dict
        The properties that the identifier is made of.
    **more
        Other properties; those that are None are left out.

    Examples
    --------
    >>> observable("domain-name", {"value": "evil.top"})["id"]
    'domain-name--...'
    """
    made: dict[str, Any] = {
        "type": kind,
        "spec_version": "2.1",
        "id": observable_id(kind, identified_by),
    }
    made.update(identified_by)
    made.update((key, value) for key, value in more.items() if value is not None)
    if kind in NEW_OBSERVABLES:
        made["extensions"] = {EXTENSION_ID: {"extension_type": "new-sco"}}
    return made


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def indicator_objects(indicator: SharedIndicator) -> tuple[dict[str, Any], str]:
    """The observable of an indicator and the pattern that finds it.

    Handles and payment ids are user accounts, whose ``account_type`` says where. A link that
    was cut because its end may name its reader becomes a pattern of what begins so.

    Returns
    -------
    observable : dict
    pattern : str

    Examples
    --------
    >>> one = SharedIndicator("phone", "+6591234567", False, None, "SG", 0.9, 3, (), (), None, None)
    >>> indicator_objects(one)[1]
    "[phone-number:value = '+6591234567']"
    """
    value, detail = indicator.value, indicator.detail
    match indicator.field:
        case "link":
            made = observable("url", {"value": value})
            if indicator.cut:
                return made, f"[url:value LIKE {_quoted(value + '%')}]"
        case "domain" if _ADDRESS.fullmatch(value):
            made = observable("ipv4-addr", {"value": value})
        case "domain":
            made = observable("domain-name", {"value": value})
        case "email":
            made = observable("email-addr", {"value": value})
        case "phone":
            made = observable("phone-number", {"value": value}, country=indicator.country)
        case "bank_account":
            made = observable(
                "bank-account",
                {"account_number": value},
                country=indicator.country,
                institution=institution(detail),
            )
            return made, f"[bank-account:account_number = {_quoted(value)}]"
        case "crypto_address":
            made = observable("cryptocurrency-wallet", {"value": value}, currency=detail)
        case _:
            key = "account_login" if indicator.field == "handle" else "user_id"
            known: dict[str, Any] = {"account_type": detail} if detail else {}
            made = observable("user-account", {**known, key: value})
            parts = [f"user-account:{key} = {_quoted(value)}"]
            if detail:
                parts.append(f"user-account:account_type = {_quoted(detail)}")
            return made, f"[{' AND '.join(parts)}]"
    return made, f"[{made['type']}:value = {_quoted(value)}]"
