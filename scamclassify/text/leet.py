"""Digits, signs and emoji that stand for letters inside a word.

Codes, units, plates and nicknames mix digits and letters honestly. So a digit is read as a
letter only where it stands between lower-case letters of a pronounceable word, or where
the result is one of the words that lures are made of.
"""

import re
from functools import cache, lru_cache
from itertools import product

from scamclassify.text.confusables import lookalikes
from scamclassify.text.draft import Draft, Edit
from scamclassify.text.links_in import LinksIn
from scamclassify.text.lure_words import is_lure_word, lure_across
from scamclassify.text.scripts import EMOJI

#: The letter that a digit or sign is read as; 1 is i or l.
AS_LETTER = {
    "0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "$": "s", "€": "e", "@": "a",
}  # fmt: skip

_SIGNS = "0134578$€@"
_LATIN = "a-zA-Z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_TOKEN = re.compile(
    rf"(?<![{_LATIN}0-9_.@/#&=+\-'’])(?=[{_LATIN}]*[{_SIGNS}])[{_LATIN}013-578$][{_LATIN}{_SIGNS}]{{3,19}}"
    rf"(?![{_LATIN}0-9_@/#&=+\-$€]|\.[{_LATIN}0-9_])"
)
_GENERAL = re.compile("(?=[a-z]*[0-9$€@]+[a-z])[a-z]", re.IGNORECASE | re.ASCII)
_LEADING = re.compile(rf"[{_SIGNS}]+(?![{_LATIN}]{{3}})[{_LATIN}]*")
_LONG_SIGNS = re.compile(f"[{_SIGNS}]{{4}}")
_VOWEL = re.compile("[aeiou]")
_CLUSTER = re.compile("[^aeiouy]{4}")

_PICTURE = f"[{EMOJI}\u200d\ufe0f]"
_PICTURES = re.compile(f"{_PICTURE}+")
_OTHER = "\u0b82-\u0bd7\u0e01-\u0e4e\u0e81-\u0edd\u1000-\u103f\u1780-\u17d3\u3400-\u9fff"
_IN_OTHER = re.compile(f"([{_OTHER}]{{1,16}})[{EMOJI}]{_PICTURE}{{0,5}}(?=([{_OTHER}]{{1,16}}))")


@cache
def _with_emoji() -> re.Pattern[str]:
    letters = _LATIN + "".join(sorted(lookalikes()))
    return re.compile(
        rf"(?<![\w.@/#])[{letters}]{{1,12}}(?:{_PICTURE}{{1,6}}[{letters}]{{1,12}}){{1,6}}(?![\w@/])"
    )


@cache
def _between_letters() -> re.Pattern[str]:
    letters = _LATIN + _OTHER + "".join(sorted(lookalikes()))
    return re.compile(
        f"(?<=[{letters}])[\u200b\u200c]?[{EMOJI}]{_PICTURE}{{0,5}}[\u200b\u200c]?(?=[{letters}])"
    )


def read_leet(draft: Draft) -> None:
    """Read digits and signs as letters where they can hardly be anything else.

    Examples
    --------
    >>> draft = Draft("Fr33 l0an from b4nk, c1aim mp3 gr8 2nd A1B2C3", track=False)
    >>> read_leet(draft)
    >>> draft.text
    'Free loan from bank, claim mp3 gr8 2nd A1B2C3'
    """
    text = draft.text
    edits: list[Edit] = []
    links = LinksIn(text)
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        token = found.group()
        word = _word(token)
        if word is None:
            continue
        if links.touch(start, end):
            continue
        edits.extend(
            (start + k, start + k + 1, new)
            for k, (old, new) in enumerate(zip(token, word, strict=True))
            if old != new
        )
    draft.apply(edits, "leet")


def remove_inner_emoji(draft: Draft) -> None:
    """Take emoji out of words where one of a lure is among them, or two places are like that.

    Else they are ordinary: of 95,000 honest messages a hundred have an emoji between two
    letters, seven of them at two places.

    Examples
    --------
    >>> draft = Draft("cl🎁aim n🔥ow", track=False)
    >>> remove_inner_emoji(draft)
    >>> draft.text
    'claim now'
    >>> draft = Draft("hi😊how", track=False)
    >>> remove_inner_emoji(draft)
    >>> draft.text
    'hi😊how'
    """
    text = draft.text
    if text.isascii():
        return
    links = LinksIn(text)
    inner = [f for f in _between_letters().finditer(text) if not links.touch(*f.span())]
    if len(inner) > 1 or (inner and _hides_lure(text)):
        draft.apply([(*found.span(), "") for found in inner], "emoji_in_word", len(inner))


def _hides_lure(text: str) -> bool:
    """Whether a word of a lure is among those with emoji inside."""
    table = lookalikes()
    for found in _with_emoji().finditer(text):
        word = _PICTURES.sub("", found.group())
        if is_lure_word("".join(table.get(char, char) for char in word)):
            return True
    return any(lure_across(found[1], found[2]) for found in _IN_OTHER.finditer(text))


@lru_cache(maxsize=16384)
def _word(token: str) -> str | None:
    """The word that a token spells, of the same length, or None to leave it."""
    signs = [c for c in token if c in _SIGNS]
    if not signs or len(signs) > max(3, len(token) // 2) or _LONG_SIGNS.search(token):
        return None
    if len(token) - len(signs) > 1 and not _LEADING.fullmatch(token):
        last = max(k for k, c in enumerate(token, 1) if c in _SIGNS)
        for reading in _readings(token, token.count("1")):
            if len(token) + (reading[0] == token[0]) > 4 and is_lure_word(reading, last):
                return _in_case(token, reading)
    if "8" in signs or "@" in signs or len(signs) > 3 or not token.isascii():
        return None
    return _pronounceable(token) if _GENERAL.match(token) else None


def _readings(token: str, ones: int) -> list[str]:
    """What a token may spell: 1 is i or l, each of the first few on its own."""
    read = [AS_LETTER.get(c, c) for c in token]
    if not ones:
        return ["".join(read)]
    places = [k for k, c in enumerate(token) if c == "1"]
    readings = []
    for choice in product("il", repeat=min(ones, 3)):
        for k, place in enumerate(places):
            read[place] = choice[min(k, len(choice) - 1)]
        readings.append("".join(read))
    return readings


def _pronounceable(token: str) -> str | None:
    """Read a token by the general rule: lower case, short digits, a word that can be said."""
    if not (token.islower() or token.istitle() or token[1:].islower()):
        return None
    parts = re.split("([^A-Za-z]+)", token)
    if len(parts) < 3 or not parts[-1]:
        return None
    for left, signs, right in zip(parts[:-2:2], parts[1:-1:2], parts[2::2], strict=True):
        if len(signs) > 1 and signs not in ("33", "00"):
            return None
        # home4sale, buy1get, wifi5g: the digit is a digit
        if min(len(left), len(right)) > 2 or len(right) < 2:
            return None
    letters = list(token)
    for k, char in enumerate(token):
        if char == "1":
            before_vowel = _VOWEL.match(token[k + 1 : k + 2].lower() or "-")
            letters[k] = "l" if before_vowel else "i"
        else:
            letters[k] = AS_LETTER.get(char, char)
    word = "".join(letters)
    low = word.lower()
    if not _VOWEL.search(low) or _CLUSTER.search(low):
        return None
    return _in_case(token, word)


def _in_case(token: str, word: str) -> str:
    return word.upper() if token.upper() == token else word
