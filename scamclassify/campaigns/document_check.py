"""Checks that what was read is a campaign document, and says where it is not."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection
from typing import Any

from scamclassify.errors import InputFileError

_ID = re.compile(r"c-[0-9a-f]{16}")


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _object(value: Any) -> bool:
    return isinstance(value, dict)


def _or_null(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or check(value)


def _list_of(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(map(check, value))


def _object_of(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, dict) and all(map(check, value.values()))


def _identifier(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


# key -> (check, what is allowed, whether it must be there)
_Rules = dict[str, tuple[Callable[[Any], bool], str, bool]]

_DOCUMENT: _Rules = {
    "created": (_text, "a string", True),
    "package_version": (_text, "a string", True),
    "model": (_or_null(_object), "an object or null", True),
    "inputs": (_list_of(_object), "a list of objects", True),
    "n_messages": (_whole, "a whole number", True),
    "parameters": (_object, "an object", True),
    "drift": (_or_null(_object), "an object or null", True),
    "campaigns": (_list_of(_object), "a list of objects", True),
}
_CAMPAIGN: _Rules = {
    "id": (_identifier, '"c-" and 16 hexadecimal digits', True),
    "size": (_whole, "a whole number", True),
    "first_seen": (_or_null(_text), "a string or null", True),
    "last_seen": (_or_null(_text), "a string or null", True),
    "languages": (_object_of(_whole), "an object of counts", True),
    "label": (_or_null(_text), "a string or null", True),
    "scam_types": (_object_of(_number), "an object of numbers", True),
    "probability": (_or_null(_number), "a number or null", True),
    "exemplars": (_list_of(_text), "a list of strings", True),
    "indicators": (_list_of(_object), "a list of objects", True),
    "disguises": (_object_of(_whole), "an object of counts", True),
    "brands": (_list_of(_text), "a list of strings", True),
    "words": (_list_of(_text), "a list of strings", True),
    "signature": (_list_of(_whole), "a list of whole numbers", True),
    "status": (_or_null(_text), "a string or null", True),
    "daily": (_object_of(_whole), "an object of counts", True),
    "merged": (_list_of(_identifier), "a list of campaign ids", False),
}
_INDICATOR: _Rules = {
    "field": (_text, "a string", True),
    "value": (_text, "a string", True),
    "count": (_whole, "a whole number", True),
    "confidence": (_number, "a number", True),
    "detail": (_or_null(_text), "a string or null", False),
    "country": (_or_null(_text), "a string or null", False),
}


def check_document(
    values: Any, name: str, form: str, version: int, statuses: Collection[str]
) -> None:
    """Check a campaign document that was read from JSON.

    Parameters
    ----------
    values : Any
        What the JSON says.
    name : str
        Of the file, for the message.
    form, version : str, int
        What must stand under ``format`` and ``version``.
    statuses : collection of str
        Allowed values of ``status``.

    Raises
    ------
    InputFileError
        The message names the file, the campaign, the key and what is allowed. Keys that are
        not known are allowed.

    Examples
    --------
    >>> check_document({"format": "x", "version": 2}, "a.json", "x", 1, ())
    Traceback (most recent call last):
        ...
    scamclassify.errors.InputFileError: a.json is version 2 of its format; this package reads ...
    """
    if not isinstance(values, dict) or values.get("format") != form:
        raise InputFileError(f'{name} is not a campaign document: its "format" is not "{form}"')
    if values.get("version") != version or isinstance(values["version"], bool):
        raise InputFileError(
            f"{name} is version {values.get('version')!r} of its format; "
            f"this package reads version {version}"
        )
    _check(values, _DOCUMENT, name)
    seen: set[str] = set()
    for number, campaign in enumerate(values["campaigns"], 1):
        where = f"{name}, campaign {number}"
        _check(campaign, _CAMPAIGN, where)
        if campaign["status"] is not None and campaign["status"] not in statuses:
            raise InputFileError(
                f'{where}: "status" {campaign["status"]!r} is not allowed; '
                f"allowed: {', '.join(statuses)} or null"
            )
        if campaign["id"] in seen:
            raise InputFileError(f"{where}: the id {campaign['id']} is there twice")
        seen.add(campaign["id"])
        for place, indicator in enumerate(campaign["indicators"], 1):
            _check(indicator, _INDICATOR, f"{where}, indicator {place}")


def _check(values: dict[str, Any], rules: _Rules, where: str) -> None:
    for key, (check, allowed, needed) in rules.items():
        if key not in values:
            if needed:
                raise InputFileError(f'{where}: "{key}" is missing')
        elif not check(values[key]):
            raise InputFileError(f'{where}: "{key}" must be {allowed}')
