"""Digits written as words."""

from __future__ import annotations

import random
import re
import unicodedata

from scamclassify.text.language import identify_batch
from scamclassify.text.links import link_spans

_WORDS = {
    "en": "zero one two three four five six seven eight nine",
    "id": "nol satu dua tiga empat lima enam tujuh delapan sembilan",
    "ms": "kosong satu dua tiga empat lima enam tujuh lapan sembilan",
    "vi": "không một hai ba bốn năm sáu bảy tám chín",
    "tl": "sero isa dalawa tatlo apat lima anim pito walo siyam",
    "pt": "zero um dois três quatro cinco seis sete oito nove",
    "tet": "zeru ida rua tolu haat lima neen hitu ualu sia",
    "th": "ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า",
    "lo": "ສູນ ໜຶ່ງ ສອງ ສາມ ສີ່ ຫ້າ ຫົກ ເຈັດ ແປດ ເກົ້າ",
    "km": "សូន្យ មួយ ពីរ បី បួន ប្រាំ ប្រាំមួយ ប្រាំពីរ ប្រាំបី ប្រាំបួន",
    "my": "သုည တစ် နှစ် သုံး လေး ငါး ခြောက် ခုနစ် ရှစ် ကိုး",
    "ta": "பூஜ்யம் ஒன்று இரண்டு மூன்று நான்கு ஐந்து ஆறு ஏழு எட்டு ஒன்பது",
    "zh": "零 一 二 三 四 五 六 七 八 九",
}
#: Words of the ten digits in each language.
DIGIT_WORDS: dict[str, tuple[str, ...]] = {code: tuple(w.split()) for code, w in _WORDS.items()}

# Thousands are set apart by a point or comma: "1,500" is one number.
_NUMBER = re.compile("[0-9]{1,3}(?:[.,][0-9]{3})+(?![0-9])|[0-9]+")
# Beside these a number stands for itself: "RM500" is said "RM five zero zero".
_CODES = "RM|MYR|Rp|IDR|PHP|THB|USD|US|SGD|VND|MMK|KHR|LAK"
_CODE_BEFORE = re.compile(f"(?<![A-Za-z])(?:{_CODES})$", re.IGNORECASE)
_CODE_AFTER = re.compile(f"(?:{_CODES}|đ)(?!\\w)", re.IGNORECASE)


def _is_latin(letter: str) -> bool:
    """Whether a character is a Latin letter, styled or not."""
    letter = unicodedata.normalize("NFKC", letter)[:1]
    return letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN")


def _beside(text: str, number: re.Match[str]) -> tuple[bool, bool, bool]:
    """Whether a number is part of a name or code, and on which sides it is glued to a currency."""
    before, after = text[number.start() - 1 : number.start()], text[number.end() :][:1]
    money_before = bool(_CODE_BEFORE.search(text[: number.start()][-4:])) or (
        before != "" and unicodedata.category(before) == "Sc"
    )
    money_after = bool(_CODE_AFTER.match(text[number.end() :][:5])) or (
        after != "" and unicodedata.category(after) == "Sc"
    )
    in_name = (_is_latin(before) and not money_before) or (_is_latin(after) and not money_after)
    return in_name, money_before, money_after


def digits_as_words(text: str, rng: random.Random, strength: float) -> str:
    """Write a share of the numbers digit by digit in words of the text's language.

    Names and codes that mix letters and digits stay as they are, and an amount is set apart
    from its currency: nobody could read ``RM5zero zero`` or ``DEWAseven seven``.

    Parameters
    ----------
    text : str
        A message.
    rng : random.Random
        Chooses the numbers.
    strength : float
        The share of the numbers that is said in words; at least one is.

    Returns
    -------
    str
        The message, unchanged where it has no number outside of links, names and codes.

    Examples
    --------
    >>> digits_as_words("your code is 407", random.Random(0), 1.0)
    'your code is four zero seven'
    >>> digits_as_words("RM1,500 for item A50", random.Random(0), 1.0)
    'RM one five zero zero for item A50'
    """
    numbers = []
    for number in _NUMBER.finditer(text):
        in_name, before, after = _beside(text, number)
        if not in_name:
            numbers.append((number, before, after))
    return say(text, numbers, rng, strength)


def say(
    text: str,
    numbers: list[tuple[re.Match[str], bool, bool]],
    rng: random.Random,
    strength: float,
) -> str:
    """Say a share of the numbers outside of links.

    Parameters
    ----------
    text : str
    numbers : list of (re.Match, bool, bool)
        Numbers of the text, and whether a space goes before and after them.
    rng : random.Random
    strength : float

    Returns
    -------
    str

    Examples
    --------
    >>> number = re.search("[0-9]+", "your code is 40")
    >>> say("your code is 40", [(number, False, False)], random.Random(0), 1.0)
    'your code is four zero'
    """
    links = link_spans(text)
    found = [
        (number, before, after)
        for number, before, after in numbers
        if not any(first < number.end() and number.start() < last for first, last in links)
    ]
    if not found:
        return text
    language = str(identify_batch([text])[0][0])
    words = DIGIT_WORDS.get(language, DIGIT_WORDS["en"])
    gap = "" if language == "zh" else " "
    chosen = rng.sample(found, max(1, round(strength * len(found))))
    pieces: list[str] = []
    done = 0
    for number, before, after in sorted(chosen, key=lambda item: item[0].start()):
        said = gap.join(words[int(digit)] for digit in number.group() if digit.isdecimal())
        pieces += text[done : number.start()], " " * before, said, " " * after
        done = number.end()
    return "".join(pieces) + text[done:]
