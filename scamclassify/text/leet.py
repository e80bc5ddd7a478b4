"""Digits, signs and emoji that stand for letters inside a word.

Codes, units, plates and nicknames mix digits and letters honestly. So a digit is read as a
letter only where it stands between lower-case letters of a pronounceable word, or where
the result is one of the words that lures are made of.
"""

import re

from scamclassify.text.draft import Draft, Edit
from scamclassify.text.links import link_spans
from scamclassify.text.scripts import EMOJI

_AS_LETTER = {"0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "$": "s", "€": "e", "@": "a"}

_LURE_WORDS = """
    free claim bonus credit loan loans bank cash money prize winner winning gift reward rewards
    voucher promo deposit slot slots casino jackpot gacor maxwin account verify verification login
    password update click link urgent offer invest investment investor profit bitcoin crypto wallet
    telegram whatsapp lottery lucky refund payment transfer security secure support service
    limited exclusive guaranteed income salary apply approved approval customer suspended blocked
    confirm sexy porn viagra gratis hadiah menang pemenang pinjam pinjaman dana tunai cair uang
    rupiah depo withdraw judi togel situs daftar klik rekening saldo kredit percuma ganjaran
    undian tahniah selamat libre panalo utang pera premyo premio premios emprestimo dinheiro banco
    conta credito ganhar ganhou oferta paypal shopee lazada maybank gcash tiktok netflix amazon
    facebook google apple singpass zeus olympus poker betting rummy baccarat member
"""
#: Words of lures, written without diacritics, at least four letters.
LURES = frozenset(_LURE_WORDS.split())

_TOKEN = re.compile(
    r"(?<![\w.@/#&=+\-'’])(?=[a-z]*[0134578$€@]+[a-z])[a-z][a-z0134578$€@]{3,19}"
    r"(?![\w@/#&=+\-$€]|\.\w)",
    re.IGNORECASE | re.ASCII,
)
_TRAILING = re.compile(
    r"(?<![\w.@/#&=+\-'’])[a-z]{2,10}(?:33|00)(?![\w@/#&=+\-$€]|\.\w)", re.IGNORECASE | re.ASCII
)
_WITH_EMOJI = re.compile(
    rf"(?<![\w.@/#])[a-z]{{1,12}}(?:[{EMOJI}\u200d\ufe0f]{{1,6}}[a-z]{{1,12}}){{1,6}}(?![\w@/])",
    re.IGNORECASE | re.ASCII,
)
_PICTURES = re.compile(rf"[{EMOJI}\u200d\ufe0f]+")
_LONG_SIGNS = re.compile("[^A-Za-z]{4}")
_VOWEL = re.compile("[aeiou]")
_CLUSTER = re.compile("[^aeiouy]{4}")


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
    found = {match.span(): match.group() for match in _TOKEN.finditer(text)}
    found.update((match.span(), match.group()) for match in _TRAILING.finditer(text))
    edits: list[Edit] = []
    spans: list[tuple[int, int]] | None = None
    for (start, end), token in sorted(found.items()):
        word = _word(token)
        if word is None:
            continue
        if spans is None:
            spans = link_spans(text)
        if any(first < end and start < last for first, last in spans):
            continue
        edits.extend(
            (start + k, start + k + 1, new)
            for k, (old, new) in enumerate(zip(token, word, strict=True))
            if old != new
        )
    draft.apply(edits, "leet")


def remove_inner_emoji(draft: Draft) -> None:
    """Take emoji out of a word of `LURES`; beside other words they are ordinary.

    Examples
    --------
    >>> draft = Draft("cl🎁aim now, hi😊how", track=False)
    >>> remove_inner_emoji(draft)
    >>> draft.text
    'claim now, hi😊how'
    """
    text = draft.text
    if text.isascii():
        return
    edits: list[Edit] = []
    words = 0
    for found in _WITH_EMOJI.finditer(text):
        if _PICTURES.sub("", found.group()).lower() in LURES:
            words += 1
            edits.extend(
                (found.start() + m.start(), found.start() + m.end(), "")
                for m in _PICTURES.finditer(found.group())
            )
    draft.apply(edits, "emoji_in_word", words)


def _word(token: str) -> str | None:
    """The word that a token spells, of the same length, or None to leave it."""
    signs = [c for c in token if not c.isalpha()]
    if not signs or _LONG_SIGNS.search(token):
        return None
    for one in "il":
        candidate = "".join(
            one if c == "1" else "b" if c == "8" else _AS_LETTER.get(c, c) for c in token
        )
        if candidate.lower() in LURES:
            return _in_case(token, candidate)
    if "8" in signs or "@" in signs or len(signs) > 3:
        return None
    return _pronounceable(token)


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
            letters[k] = _AS_LETTER.get(char, char)
    word = "".join(letters)
    low = word.lower()
    if not _VOWEL.search(low) or _CLUSTER.search(low):
        return None
    return _in_case(token, word)


def _in_case(token: str, word: str) -> str:
    return word.upper() if token.upper() == token else word
