"""Digits written as words."""

from __future__ import annotations

import random
import re

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

_NUMBER = re.compile(r"(?<![A-Za-z])[0-9]+(?![A-Za-z])")


def digits_as_words(text: str, rng: random.Random, strength: float) -> str:
    """Write a share of the numbers digit by digit in words of the text's language.

    Examples
    --------
    >>> digits_as_words("your code is 407", random.Random(0), 1.0)
    'your code is four zero seven'
    """
    links = link_spans(text)
    found = [
        number
        for number in _NUMBER.finditer(text)
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
    for number in sorted(chosen, key=lambda number: number.start()):
        pieces += text[done : number.start()], gap.join(words[int(d)] for d in number.group())
        done = number.end()
    return "".join(pieces) + text[done:]
