"""The vocabulary of the library: labels, scam types, languages, channels."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scamclassify.errors import UnknownNameError
from scamclassify.plugins import PluginError, Registry

#: The three classes, in the order of every ``classes_`` and probability column.
LABELS: tuple[str, ...] = ("ham", "promo", "scam")

#: Types of scam (only where the label is ``scam``) and what such a message does.
SCAM_TYPES: dict[str, str] = {
    "phishing_account": "poses as a bank, wallet, telco, shop or platform to take credentials",
    "impersonation_authority": "poses as police, court, tax, customs, toll or welfare office",
    "delivery": "claims a parcel needs a fee, an address or a link",
    "job_task": "offers work or paid tasks that end in deposits",
    "investment": "promises returns from shares, crypto, gold, trading groups",
    "loan": "offers credit that needs a fee first, or is illegal lending",
    "purchase": "sells, rents or books what will never come",
    "romance_wrong_number": "starts or grooms a relationship, wrong-number openings included",
    "friend_family": "poses as someone the reader knows, often with a new number",
    "prize_aid": "announces a prize, lottery, gift, grant, inheritance, aid",
    "gambling": "lures to illegal betting",
    "malware_remote": "gets the reader to install an app or give remote control",
    "sexual_extortion": "offers sexual services or blackmails",
    "recovery": "promises to get lost money back",
    "other_scam": "a scam of no type above",
}

#: The thirteen languages (ISO 639) and their English names.
LANGUAGES: dict[str, str] = {
    "en": "English",
    "id": "Indonesian",
    "ms": "Malay",
    "th": "Thai",
    "vi": "Vietnamese",
    "tl": "Filipino",
    "my": "Burmese",
    "km": "Khmer",
    "lo": "Lao",
    "zh": "Chinese",
    "ta": "Tamil",
    "pt": "Portuguese",
    "tet": "Tetum",
}

#: The answer of language identification when it cannot tell.
UNDETERMINED = "und"

#: Where a message was sent.
CHANNELS: tuple[str, ...] = ("sms", "chat", "social")
#: Whether a message was collected from people or written by us.
ORIGINS: tuple[str, ...] = ("collected", "authored")


@dataclass(frozen=True)
class Language:
    """A language beyond the thirteen, added from outside the package.

    Attributes
    ----------
    code : str
        ISO 639, two or three lower-case letters.
    name : str
        In English.
    native : str
        In the language itself; empty if not given.
    """

    code: str
    name: str
    native: str = ""


def _check(language: object) -> None:
    if not isinstance(language, Language):
        raise PluginError(f"a Language is needed, not a {type(language).__name__}")
    if not re.fullmatch(r"[a-z]{2,3}", language.code) or language.code == UNDETERMINED:
        raise PluginError(f"language code {language.code!r}: two or three letters a-z are needed")
    if language.code in LANGUAGES:
        raise PluginError(f"{language.code!r} is {LANGUAGES[language.code]} already")
    if not language.name.strip():
        raise PluginError(f"language {language.code!r} has no name")


_ADDED = Registry("language", "scamclassify.languages", _check)


def register_language(language: Language, *, replace: bool = False) -> None:
    """Make a language known to frames, data sets, lexicons and the benchmark.

    Text of it is read as any other text. Language identification does not learn it: give
    messages their language in the column ``language``.

    Parameters
    ----------
    language : Language
    replace : bool, default=False
        Whether it may take the place of one registered before.

    Raises
    ------
    PluginError
        If it is not as it must be, or is known already.

    Examples
    --------
    >>> register_language(Language("ban", "Balinese", "Basa Bali"))
    >>> check_language("ban"), known_languages()["ban"]
    ('ban', 'Balinese')
    >>> unregister_language("ban")
    """
    _ADDED.add(getattr(language, "code", ""), language, replace=replace)


def unregister_language(code: str) -> None:
    """Take back :func:`register_language`."""
    _ADDED.remove(code)


def known_languages() -> dict[str, str]:
    """Code and English name of the thirteen languages and of those that were added."""
    return LANGUAGES | {code: _ADDED[code].name for code in _ADDED.names()}


def check_language(code: str) -> str:
    """Return ``code`` if it is a known language, else raise `UnknownNameError`."""
    if code not in LANGUAGES and code not in _ADDED:
        raise UnknownNameError("language", code, known_languages())
    return code
