"""What STIX 2.1 lacks and this library declares: numbers, messages, accounts, wallets."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from scamclassify.exchange.identifiers import named_uuid
from scamclassify.resources import resource_path

#: When the vocabulary below was written; what never changes is dated so.
DECLARED = "2026-11-28T00:00:00.000Z"
#: Changes with the schema.
EXTENSION_VERSION = "1.0.0"

PROJECT_ID = f"identity--{named_uuid('identity', 'scamclassify')}"
EXTENSION_ID = f"extension-definition--{named_uuid('extension-definition', 'scamclassify', '1')}"

#: Observable types that the extension adds, and the properties that identify each. The names
#: and properties are those under which OpenCTI knows such objects.
NEW_OBSERVABLES: dict[str, tuple[str, ...]] = {
    "bank-account": ("account_number",),
    "cryptocurrency-wallet": ("value",),
    "phone-number": ("value",),
    "text-message": ("body",),
}


@cache
def extension_schema() -> dict[str, Any]:
    """The JSON schema of the extension, ``data/exchange/stix-extension.schema.json``.

    Examples
    --------
    >>> sorted(extension_schema()["$defs"])[:2]
    ['bank-account', 'campaign-figures']
    """
    path = resource_path("data", "exchange", "stix-extension.schema.json")
    return json.loads(path.read_text(encoding="utf-8"))


def project_identity() -> dict[str, Any]:
    """The identity that declares the extension and names the types of scam."""
    return {
        "type": "identity",
        "spec_version": "2.1",
        "id": PROJECT_ID,
        "created": DECLARED,
        "modified": DECLARED,
        "name": "scamclassify",
        "description": "The open-source library whose vocabulary this bundle uses.",
        "identity_class": "system",
    }


def extension_definition() -> dict[str, Any]:
    """The extension definition; it holds its schema, so that a bundle needs nothing else."""
    return {
        "type": "extension-definition",
        "spec_version": "2.1",
        "id": EXTENSION_ID,
        "created_by_ref": PROJECT_ID,
        "created": DECLARED,
        "modified": DECLARED,
        "name": "Scam messages, numbers and accounts",
        "description": (
            "Adds the observables phone-number, text-message, bank-account and "
            "cryptocurrency-wallet, and figures of a campaign of messages. "
            "A text-message is the redacted text that the messages of a campaign have in common."
        ),
        "schema": json.dumps(extension_schema(), separators=(",", ":"), sort_keys=True),
        "version": EXTENSION_VERSION,
        "extension_types": ["new-sco", "property-extension"],
    }
