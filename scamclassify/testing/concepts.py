"""Are the forms of a lexicon addition found, and quiet on honest messages?"""

from __future__ import annotations

from scamclassify.datasets.corpus import load_corpus
from scamclassify.features.concepts import ConceptMatcher
from scamclassify.knowledge.additions import LexiconAddition, _check
from scamclassify.knowledge.lexicon import Lexicon, _read_folder
from scamclassify.plugins import PluginError
from scamclassify.resources import resource_path

_MOST_HONEST = 0.05


def check_concept(addition: LexiconAddition) -> None:
    """Check an addition: known languages and concepts, forms that match, few false friends.

    Parameters
    ----------
    addition : LexiconAddition

    Raises
    ------
    PluginError, UnknownNameError
        At the first thing that is wrong: a form that does not find itself, one that another
        concept of the language has, or a concept of the scam side that more than 5 % of the
        honest written messages would have by the new forms.

    Examples
    --------
    >>> check_concept(LexiconAddition("slang", {"en": {"prize_win": "u hav won"}}))
    """
    _check(addition)
    where = f"lexicon addition {addition.name!r}"
    carried = _read_folder(resource_path("data", "lexicon"))
    taken = {(form.language, form.text.casefold()): form.concept for form in carried.forms}
    forms = addition.parsed()
    seen: dict[tuple[str, str], str] = {}
    for form in forms:
        key = (form.language, form.text.casefold())
        other = taken.get(key) or seen.get(key)
        if other is not None and other != form.concept:
            raise PluginError(
                f"{where}: the form {form.text!r} of {form.concept!r} is one of {other!r} already"
            )
        seen[key] = form.concept
    concepts = carried.concepts + addition.concepts
    matcher = ConceptMatcher(Lexicon(concepts, forms, {}, "check"))
    present = matcher.presence([form.text for form in forms])
    columns = [matcher.lexicon.index[form.concept] for form in forms]
    for number, form in enumerate(forms):
        if not present[number, columns[number]]:
            raise PluginError(
                f"{where}: the form {form.text!r} of {form.concept!r} is not found in itself; "
                "is it only punctuation?"
            )
    corpus = load_corpus()
    honest = corpus["text"][corpus["label"].ne("scam")].tolist()
    rates = matcher.presence(honest).mean(axis=0)
    for concept, rate in zip(concepts, rates, strict=True):
        if concept.side == "scam" and rate > _MOST_HONEST:
            raise PluginError(
                f"{where}: the new forms of {concept.id!r} occur in {rate:.0%} of honest "
                "messages; make them longer"
            )
