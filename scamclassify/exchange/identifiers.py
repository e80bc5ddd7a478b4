"""Identifiers and times that are the same whenever the same thing is exported."""

from __future__ import annotations

import json
import re
import uuid
from datetime import UTC, datetime
from typing import Any

from scamclassify.errors import InputFileError

#: Namespace of what this library names.
NAMESPACE = uuid.UUID("6f1c1a52-5a7e-5d0c-9a53-6c1f0d6f1b9e")
#: Namespace of cyber-observable objects, section 2.9 of the STIX 2.1 standard.
OBSERVABLE_NAMESPACE = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def named_uuid(*parts: str) -> str:
    """UUIDv5 of some words; no two different lists of words share one by their joints.

    Examples
    --------
    >>> named_uuid("campaign", "a") == named_uuid("campaign", "a")
    True
    >>> named_uuid("ab", "c") == named_uuid("a", "bc")
    False
    """
    return str(uuid.uuid5(NAMESPACE, json.dumps(parts, ensure_ascii=True)))


def stix_id(kind: str, *parts: str) -> str:
    """Identifier of a STIX domain object or relationship."""
    return f"{kind}--{named_uuid(kind, *parts)}"


def observable_id(kind: str, contributing: dict[str, Any]) -> str:
    """Identifier of a STIX observable: UUIDv5 over the canonical JSON of what it is known by.

    Examples
    --------
    >>> observable_id("domain-name", {"value": "example.com"})
    'domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7'
    """
    # RFC 8785 for strings and integers, which is all that stands here.
    canonical = json.dumps(contributing, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"{kind}--{uuid.uuid5(OBSERVABLE_NAMESPACE, canonical)}"


def moment(text: str, what: str = "date") -> datetime:
    """Read an ISO 8601 date or time; without a zone it is UTC, without a time midnight.

    Raises
    ------
    InputFileError
        If it is neither.

    Examples
    --------
    >>> moment("2026-03-01T08:00:00+08:00").isoformat()
    '2026-03-01T00:00:00+00:00'
    """
    try:
        found = datetime.fromisoformat(text.strip())
        if found.tzinfo is None:
            found = found.replace(tzinfo=UTC)
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputFileError(
            f"the {what} {text[:40]!r} is no ISO 8601 date or time such as 2026-03-01"
        ) from None


def stamp(when: datetime) -> str:
    """Write a time as STIX does, to the millisecond.

    Examples
    --------
    >>> stamp(moment("2026-03-01"))
    '2026-03-01T00:00:00.000Z'
    """
    return f"{when:%Y-%m-%dT%H:%M:%S}.{when.microsecond // 1000:03d}Z"


def is_day(text: str) -> bool:
    """Whether a text is a day such as 2026-03-01 and nothing more."""
    return _DAY.fullmatch(text) is not None
