"""Concepts and forms that others add to the lexicon: a language, a country's slang, a new trick.

Nothing is added behind a user's back: an installed package only *offers* its addition, and
:func:`use_lexicon` puts it to use, which changes ``load_lexicon().revision``. A saved model
notes that revision.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from scamclassify.errors import UnknownNameError
from scamclassify.knowledge.lexicon import SIDES, Concept, Form, Lexicon, _read_folder
from scamclassify.labels import check_language
from scamclassify.plugins import PluginError, Registry
from scamclassify.resources import resource_path


@dataclass(frozen=True)
class LexiconAddition:
    """What is added to the lexicon under one name.

    Parameters
    ----------
    name : str
    forms : mapping of str to mapping of str to str
        Language -> concept -> surface forms as in the lexicon's files: separated by ``|``,
        a trailing ``*`` marks the start of a word.
    concepts : tuple of Concept, optional
        New concepts; a model has to be fitted again to make use of them.
    reasons : mapping of (str, str) to str, optional
        (language, concept) -> phrase that a member of the public understands.

    Examples
    --------
    >>> slang = LexiconAddition("slang", {"en": {"prize_win": "u hav won | winna*"}})
    >>> [(form.text, form.stem) for form in slang.parsed()]
    [('u hav won', False), ('winna', True)]
    """

    name: str
    forms: Mapping[str, Mapping[str, str]]
    concepts: tuple[Concept, ...] = ()
    reasons: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def parsed(self) -> tuple[Form, ...]:
        """The forms, one by one."""
        return tuple(
            Form(concept, language, text.rstrip("*").strip(), text.endswith("*"))
            for language, table in self.forms.items()
            for concept, listed in table.items()
            for text in (part.strip() for part in listed.split("|"))
        )

    def digest(self) -> str:
        """12 hexadecimal digits over everything in it."""
        parts = [repr(self.parsed()), repr(self.concepts), repr(sorted(self.reasons.items()))]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _check(addition: object) -> None:
    if not isinstance(addition, LexiconAddition):
        raise PluginError(f"a LexiconAddition is needed, not a {type(addition).__name__}")
    where = f"lexicon addition {addition.name!r}"
    carried = _read_folder(resource_path("data", "lexicon"))
    known = {*carried.index, *(concept.id for concept in addition.concepts)}
    for concept in addition.concepts:
        if concept.id in carried.index:
            raise PluginError(f"{where}: the lexicon has a concept {concept.id!r} already")
        if concept.side not in SIDES or not concept.definition.strip():
            raise PluginError(
                f"{where}: concept {concept.id!r} needs a side ({', '.join(SIDES)}) "
                "and a definition"
            )
    if not addition.parsed():
        raise PluginError(f"{where} has no form")
    for form in addition.parsed():
        check_language(form.language)
        if form.concept not in known:
            raise UnknownNameError(f"concept in {where}", form.concept, known)
        if not form.text:
            raise PluginError(f"{where}: an empty form of {form.concept!r} in {form.language!r}")
    for language, name in addition.reasons:
        check_language(language)
        if name not in known:
            raise UnknownNameError(f"concept in {where}", name, known)


_OFFERED = Registry("lexicon addition", "scamclassify.lexicons", _check)
_USED: list[str] = []


def register_lexicon(addition: LexiconAddition, *, replace: bool = False) -> None:
    """Offer an addition; :func:`use_lexicon` puts it to use.

    Raises
    ------
    PluginError, UnknownNameError
        If it is not as it must be.
    """
    _OFFERED.add(getattr(addition, "name", ""), addition, replace=replace)


def offered_lexicons() -> tuple[str, ...]:
    """Names of all additions, in use or not."""
    return _OFFERED.names()


def use_lexicon(*names: str) -> Lexicon:
    """Say which additions are in use; those not named are no longer.

    Parameters
    ----------
    *names : str
        Of :func:`offered_lexicons`; none returns to the lexicon as it is carried.

    Returns
    -------
    Lexicon
        What :func:`~scamclassify.knowledge.lexicon.load_lexicon` now returns.

    Raises
    ------
    UnknownNameError
        If there is no such addition.
    PluginError
        If two of them bring the same concept.

    Examples
    --------
    >>> register_lexicon(LexiconAddition("slang", {"en": {"prize_win": "u hav won"}}))
    >>> before = use_lexicon().revision
    >>> use_lexicon("slang").revision == before
    False
    >>> use_lexicon().revision == before
    True
    """
    wanted = list(dict.fromkeys(names))
    brought = [concept.id for name in wanted for concept in _OFFERED[name].concepts]
    twice = {name for name in brought if brought.count(name) > 1}
    if twice:
        raise PluginError(f"two additions bring the concept {min(twice)!r}")
    _USED[:] = wanted
    return with_additions(_read_folder(resource_path("data", "lexicon")))


def with_additions(carried: Lexicon) -> Lexicon:
    """The lexicon with the additions that are in use."""
    if not _USED:
        return carried
    return _merged(tuple(_USED), tuple(_OFFERED[name].digest() for name in _USED))


@cache
def _merged(names: tuple[str, ...], digests: tuple[str, ...]) -> Lexicon:
    carried = _read_folder(resource_path("data", "lexicon"))
    additions = [_OFFERED[name] for name in names]
    concepts = carried.concepts + tuple(c for addition in additions for c in addition.concepts)
    seen = {(form.language, form.text) for form in carried.forms}
    forms = list(carried.forms)
    reasons = dict(carried.reasons)
    for addition in additions:
        for form in addition.parsed():
            # A form has one concept; the carried lexicon wins.
            if (form.language, form.text) not in seen:
                seen.add((form.language, form.text))
                forms.append(form)
        reasons |= addition.reasons
    revision = hashlib.sha256("\n".join((carried.revision, *digests)).encode()).hexdigest()[:12]
    return Lexicon(concepts, tuple(forms), reasons, revision)
