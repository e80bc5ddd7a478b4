"""The concept lexicon: what messages offer, ask and threaten, in thirteen languages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from scamclassify.errors import InputFileError, UnknownNameError
from scamclassify.labels import LANGUAGES, check_language, known_languages
from scamclassify.resources import resource_path

SIDES = ("scam", "neutral", "honest")


@dataclass(frozen=True)
class Concept:
    """One thing that a message can do, whatever its language.

    Attributes
    ----------
    id : str
        Its name in the lexicon, such as ``"prize_win"``.
    side : {"scam", "neutral", "honest"}
        Where it is at home; a hint to people, not a weight.
    group : str
        The family it belongs to: offer, ask, threat, pose, ...
    definition : str
        What it means, in English.
    """

    id: str
    side: str
    group: str
    definition: str


@dataclass(frozen=True)
class Form:
    """A surface form of a concept in one language; ``stem`` matches the start of a word."""

    concept: str
    language: str
    text: str
    stem: bool


@dataclass(frozen=True)
class Lexicon:
    """Concepts, their reason phrases and their surface forms.

    Attributes
    ----------
    concepts : tuple of Concept
        In the order of the file, which is the order of feature columns.
    forms : tuple of Form
        Every surface form of every language.
    reasons : dict of (str, str) to str
        From (language, concept id) to a phrase a member of the public understands.
    revision : str
        First 12 hex digits of the SHA-256 over the files.
    """

    concepts: tuple[Concept, ...]
    forms: tuple[Form, ...]
    reasons: dict[tuple[str, str], str]
    revision: str

    @cached_property
    def index(self) -> dict[str, int]:
        """Column of each concept id."""
        return {concept.id: place for place, concept in enumerate(self.concepts)}

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that have forms."""
        present = {form.language for form in self.forms}
        return tuple(code for code in known_languages() if code in present)

    def reason(self, concept: str, language: str = "en") -> str:
        """Reason phrase of a concept, in English where the language has none.

        Raises
        ------
        UnknownNameError
            If the concept or the language is unknown.

        Examples
        --------
        >>> load_lexicon().reason("prize_win", "en")
        'says you have won...'
        """
        if concept not in self.index:
            raise UnknownNameError("concept", concept, self.index)
        check_language(language)
        return (
            self.reasons.get((language, concept))
            or self.reasons.get(("en", concept))
            or self.concepts[self.index[concept]].definition
        )

    def to_frame(self):
        """The forms as a table with the columns concept, side, group, language, form, stem."""
        import pandas as pd

        return pd.DataFrame(
            [
                (
                    form.concept,
                    self.concepts[self.index[form.concept]].side,
                    self.concepts[self.index[form.concept]].group,
                    form.language,
                    form.text,
                    form.stem,
                )
                for form in self.forms
            ],
            columns=["concept", "side", "group", "language", "form", "stem"],
        )


def _read_concepts(path: Path) -> tuple[Concept, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    if lines[0].split("\t") != ["id", "side", "group", "definition"]:
        raise InputFileError(f"{path.name}, line 1: the header must be id, side, group, definition")
    concepts = []
    for number, line in enumerate(lines[1:], 2):
        fields = line.split("\t")
        if len(fields) != 4 or fields[1] not in SIDES:
            raise InputFileError(
                f"{path.name}, line {number}: four tab-separated fields are needed, "
                f"the second one of {', '.join(SIDES)}"
            )
        concepts.append(Concept(*fields))
    return tuple(concepts)


def _read_language(path: Path, known: set[str]):
    language = path.stem
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        fields = line.split("\t")
        if len(fields) != 3:
            raise InputFileError(
                f"{path.name}, line {number}: {len(fields)} tab-separated fields, 3 are needed"
            )
        concept, reason, forms = fields
        if concept not in known:
            raise InputFileError(f"{path.name}, line {number}: unknown concept {concept!r}")
        parsed = []
        for form in forms.split("|"):
            text = form.strip()
            if text:
                stem = text.endswith("*")
                parsed.append(Form(concept, language, text.rstrip("*"), stem))
        yield concept, reason.strip(), parsed


def load_lexicon(folder: Path | str | None = None) -> Lexicon:
    """Read the concept lexicon that the package carries, with what was added to it.

    What :func:`scamclassify.knowledge.additions.use_lexicon` added is part of it, unless a
    folder is given.

    Parameters
    ----------
    folder : path, optional
        Another folder of the same layout: ``concepts.tsv`` and one ``<language>.tsv`` for
        each language.

    Returns
    -------
    Lexicon

    Raises
    ------
    InputFileError
        If a file breaks the format; the message names file and line.

    Examples
    --------
    >>> lexicon = load_lexicon()
    >>> len(lexicon.concepts) >= 90
    True
    >>> lexicon.concepts[0].id
    'prize_win'
    """
    if folder is not None:
        return _read_folder(folder)
    from scamclassify.knowledge.additions import with_additions

    return with_additions(_read_folder(resource_path("data", "lexicon")))


@cache
def _read_folder(folder: Path | str) -> Lexicon:
    folder = Path(folder)
    path = folder / "concepts.tsv"
    if not path.is_file():
        raise InputFileError(f"{folder} holds no concepts.tsv")
    concepts = _read_concepts(path)
    known = {concept.id for concept in concepts}
    digest = hashlib.sha256(path.read_bytes())
    forms: list[Form] = []
    reasons: dict[tuple[str, str], str] = {}
    for language in LANGUAGES:
        path = folder / f"{language}.tsv"
        if path.is_file():
            digest.update(path.read_bytes())
            for concept, reason, parsed in _read_language(path, known):
                reasons[language, concept] = reason
                forms.extend(parsed)
    return Lexicon(concepts, tuple(forms), reasons, digest.hexdigest()[:12])
