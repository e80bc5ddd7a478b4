"""Words that messages hide from filters: those of lures and of the concept lexicon.

A word taken apart (by digits, by emoji) is put together again only where the result is one
of these, because codes, nicknames and pictures between words are honest.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from scamclassify.knowledge.lexicon import Form, load_lexicon

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
#: Words of lures that are not forms of the lexicon, or not on their own.
LURES = frozenset(_LURE_WORDS.split())

_LATIN_WORD = re.compile("[a-z]+")
_LATIN_LETTER = re.compile("[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")
_OTHER_WORD = re.compile(
    "[\u0b82-\u0bd7]+|[\u0e01-\u0e4e]+|[\u0e81-\u0edd]+|[\u1000-\u109f]+|[\u1780-\u17d3]+"
    "|[\u3400-\u9fff]+"
)
_SHORTEST = 4
_SHORTEST_STEM = 5
#: Longest form of a script without spaces that is looked for.
_LONGEST = 16


def plain_letters(word: str) -> str:
    """Small letters without diacritics.

    Examples
    --------
    >>> plain_letters("Đăng")
    'dang'
    """
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in parts if not unicodedata.combining(c)).replace("đ", "d")


@cache
def _forms() -> tuple[Form, ...]:
    """Forms of the lexicon, less those at home in honest messages: nobody hides them."""
    lexicon = load_lexicon()
    honest = {concept.id for concept in lexicon.concepts if concept.side == "honest"}
    return tuple(form for form in lexicon.forms if form.concept not in honest)


@cache
def latin_lures() -> tuple[frozenset[str], frozenset[str]]:
    """Whole words and stems of lures in small Latin letters without diacritics."""
    stems, texts = set(), []
    for form in _forms():
        if not form.text.isascii() and _LATIN_LETTER.search(form.text) is None:
            continue
        texts.append(plain_letters(form.text))
        found = _LATIN_WORD.findall(texts[-1]) if form.stem else []
        if found and len(found[-1]) >= _SHORTEST_STEM:
            stems.add(found[-1])
    words = {word for word in _LATIN_WORD.findall("\n".join(texts)) if len(word) >= _SHORTEST}
    return LURES | words, frozenset(stems)


@cache
def _other_forms() -> frozenset[str]:
    """Words of forms in other scripts: two ideographs or three letters and signs at least."""
    return frozenset(
        word
        for form in _forms()
        for word in _OTHER_WORD.findall(form.text)
        if (2 if word >= "\u3400" else 3) <= len(word) <= _LONGEST
    )


def is_lure_word(word: str, reach: int = 0) -> bool:
    """Whether a word in Latin letters is one that messages hide.

    Parameters
    ----------
    word : str
    reach : int, default=0
        Where only the start of the word is a stem, the stem must have this many letters.

    Examples
    --------
    >>> is_lure_word("Rekening"), is_lure_word("xylophone")
    (True, False)
    """
    plain = plain_letters(word)
    words, stems = latin_lures()
    if plain in words:
        return True
    return any(plain[:end] in stems for end in range(max(_SHORTEST_STEM, reach), len(plain)))


def holds_lure(text: str) -> bool:
    """Whether a run of another script holds a form of the lexicon.

    Examples
    --------
    >>> holds_lure("申请贷款吗"), holds_lure("你好")
    (True, False)
    """
    forms = _other_forms()
    return any(
        text[start:end] in forms
        for start in range(len(text) - 1)
        for end in range(start + 2, min(len(text), start + _LONGEST) + 1)
    )


def lure_across(left: str, right: str) -> bool:
    """Whether a form of another script begins in one text and ends in the next.

    Examples
    --------
    >>> lure_across("申请贷", "款吗"), lure_across("你好", "谢谢")
    (True, False)
    """
    forms = _other_forms()
    text = left[-_LONGEST:] + right[:_LONGEST]
    middle = min(len(left), _LONGEST)
    return any(
        text[start:end] in forms
        for start in range(middle)
        for end in range(middle + 1, min(len(text), start + _LONGEST) + 1)
    )
