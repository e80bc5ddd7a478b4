"""Checks a STIX bundle with the ``stix2`` library, its patterns and our extension's schema."""

from __future__ import annotations

import contextlib
import json
from functools import cache
from typing import Any

from scamclassify.errors import MissingExtraError, ScamClassifyError
from scamclassify.exchange.stix_extension import EXTENSION_ID, NEW_OBSERVABLES, extension_schema

_NAMED = 3
_PROPERTIES = {
    "bank-account": ("account_number", "country", "institution"),
    "cryptocurrency-wallet": ("value", "currency"),
    "phone-number": ("value", "country"),
    "text-message": ("body",),
}


class InvalidStixError(ScamClassifyError, ValueError):
    """A bundle is not valid STIX 2.1."""


def validate_stix(bundle: bytes | str) -> int:
    """Check a bundle.

    Parameters
    ----------
    bundle : bytes or str
        JSON.

    Returns
    -------
    int
        Number of objects.

    Raises
    ------
    InvalidStixError
        Naming the first few objects that are not valid, and why.
    MissingExtraError
        If stix2 or jsonschema is not installed.

    Examples
    --------
    >>> validate_stix('{"type": "bundle", "id": "bundle--1", "objects": []}')
    Traceback (most recent call last):
        ...
    scamclassify.exchange.stix_validation.InvalidStixError: not valid STIX 2.1: ...
    """
    try:
        import jsonschema
        import stix2
        from stix2.exceptions import STIXError
        from stix2patterns.validator import run_validator
    except ImportError as error:
        raise MissingExtraError(error.name or "stix2", "exchange", "checking STIX") from None
    content = json.loads(bundle)
    wrong: list[str] = []
    objects: list[dict[str, Any]] = content.get("objects", [])
    checkers = {kind: _checker(kind) for kind in NEW_OBSERVABLES}
    checkers["campaign"] = _checker("campaign-figures")
    for made in objects:
        name = made.get("id", "an object without id")
        checker = checkers.get(made.get("type", ""))
        if checker is not None:
            figures = made.get("extensions", {}).get(EXTENSION_ID)
            checked = figures if made["type"] == "campaign" else made
            fault = jsonschema.exceptions.best_match(checker.iter_errors(checked))
            if fault is not None:
                wrong.append(f"{name}: {fault.message}")
        if made.get("type") == "indicator":
            wrong += [f"{name}: {e}" for e in run_validator(made["pattern"], stix_version="2.1")]
    known = {made.get("id") for made in objects}
    for made in objects:
        for reference in _references(made):
            if reference not in known:
                wrong.append(f"{made.get('id')}: refers to {reference}, which is not there")
    _declare_observables()
    try:
        stix2.parse(content, allow_custom=False, version="2.1")
    except (STIXError, ValueError) as error:
        wrong.append(" ".join(str(error).split()))
    if wrong:
        shown = "; ".join(text[:300] for text in wrong[:_NAMED])
        more = f"; and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
        raise InvalidStixError(f"not valid STIX 2.1: {shown}{more}")
    return len(objects)


@cache
def _declare_observables() -> None:
    """Tell stix2 of the observables of our extension, so that it takes no others."""
    import stix2
    from stix2.exceptions import DuplicateRegistrationError
    from stix2.properties import BooleanProperty, StringProperty

    required = {"account_number", "value", "body"}
    for kind, names in _PROPERTIES.items():
        properties = [(name, StringProperty(required=name in required)) for name in names]
        if kind == "text-message":
            properties.append(("is_redacted", BooleanProperty(required=True)))
        contributing = list(NEW_OBSERVABLES[kind])
        # Somebody else may have declared a type of that name in this process.
        with contextlib.suppress(DuplicateRegistrationError):
            stix2.CustomObservable(kind, properties, contributing)(type(kind, (), {}))


def _checker(definition: str) -> Any:
    """Checks one of the definitions of our schema."""
    import jsonschema

    definitions = extension_schema()["$defs"]
    schema = {"$ref": f"#/$defs/{definition}", "$defs": definitions}
    return jsonschema.Draft202012Validator(schema)


def _references(made: dict[str, Any]) -> list[str]:
    found = []
    for key, value in made.items():
        if key.endswith("_ref"):
            found.append(value)
        elif key.endswith("_refs"):
            found.extend(value)
    return found
