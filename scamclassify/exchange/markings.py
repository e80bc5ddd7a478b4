"""The Traffic Light Protocol, version 2.0: who may see what is shared."""

from __future__ import annotations

from typing import Any

from scamclassify.errors import UnknownNameError

_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"

#: Level -> identifier of its marking in STIX, as OASIS published them
#: (cti-stix-common-objects, ``extension-definition-specifications/tlp-2.0``).
TLP_MARKINGS: dict[str, str] = {
    "clear": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "green": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "amber": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "amber+strict": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "red": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}


def check_tlp(level: str) -> str:
    """Return a level in small letters, also where it was given as ``TLP:AMBER``.

    Raises
    ------
    UnknownNameError
        With the nearest level.

    Examples
    --------
    >>> check_tlp("TLP:GREEN")
    'green'
    """
    name = level.strip().lower().removeprefix("tlp:")
    if name not in TLP_MARKINGS:
        raise UnknownNameError("TLP level", level, TLP_MARKINGS)
    return name


def marking(level: str) -> dict[str, Any]:
    """The STIX marking definition of a level.

    Examples
    --------
    >>> marking("amber")["name"]
    'TLP:AMBER'
    """
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": TLP_MARKINGS[level],
        "created": "2022-10-01T00:00:00.000Z",
        "name": f"TLP:{level.upper()}",
        "extensions": {_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": level}},
    }
