"""Numbers dictated digit by digit: runs of the words for the ten digits become digits.

Senders write a telephone number or a code in words so that no filter sees a number. A run
needs three words (four in Vietnamese, whose words for 0, 2, 3 and 5 are among its commonest
words), each set apart by one space, and must not be counting: "one two three" and its kind
stay as they are. Two words are a number where they can hardly count or guess ("two four hours",
"five zero", but neither "two three" nor "two two"); two ideographs only if the second is a zero.
"""

import re
from functools import cache
from itertools import pairwise

import numpy as np

from scamclassify.text.draft import Draft, Edit
from scamclassify.text.symbols import symbol_table

# The words for 0 to 9; several words for a digit are parted by a stroke.
_SPACED = {
    "en": "zero one two three four five six seven eight nine",
    "id": "nol|kosong satu dua tiga empat lima enam tujuh delapan|lapan sembilan",
    "vi": "không một|mốt hai ba bốn năm|lăm sáu bảy|bẩy tám chín",
    "tl": "sero|zero isa|uno dalawa|dos tatlo|tres apat|kwatro lima|singko anim|sais pito|siyete "
    "walo|otso siyam|nuwebe",
    "pt": "zero um dois três|tres quatro cinco seis|meia sete oito nove",
    "tet": "zeru ida rua tolu haat lima neen hitu ualu sia",
    "ta": "பூஜ்யம்|பூஜ்ஜியம்|பூச்சியம் ஒன்று|ஒண்ணு இரண்டு|ரெண்டு மூன்று|மூணு நான்கு|நாலு ஐந்து|அஞ்சு "
    "ஆறு ஏழு எட்டு ஒன்பது|ஒம்பது",
    "th": "ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า",
    "lo": "ສູນ ໜຶ່ງ|ນຶ່ງ|ຫນຶ່ງ ສອງ ສາມ ສີ່ ຫ້າ ຫົກ ເຈັດ ແປດ ເກົ້າ",
    "km": "សូន្យ មួយ ពីរ បី បួន ប្រាំ ប្រាំមួយ ប្រាំពីរ|ប្រាំពិល ប្រាំបី ប្រាំបួន",
    "my": "သုည တစ်|တစ နှစ် သုံး လေး ငါး ခြောက် ခုနစ်|ခုနှစ် ရှစ် ကိုး",
}
_HAN = "零〇|一幺壹|二贰|三叁|四肆|五伍|六陆|七柒|八捌|九玖"

# Letters and signs of all the scripts above: a word ends where none follows.
_INSIDE = "\\w'’\u0b82-\u0bd7\u0e01-\u0e4e\u0e81-\u0edd\u1000-\u103f\u1780-\u17d3"
# Behind or before these a Chinese digit is part of a larger number.
_LARGER = "十百千万亿两拾佰仟"
# With these the second kind of zero makes other words: snacks, parts, retail.
_BEHIND_ZERO = "食件售钱錢用星散距点點碎"
# Empty; goalless.
_NO_LAST_ZERO = "kosong"


def _values(words: str) -> dict[str, int]:
    return {
        word: value for value, several in enumerate(words.split()) for word in several.split("|")
    }


@cache
def number_words() -> dict[str, dict[str, int]]:
    """The value of every word for a digit, by language (``id`` serves Malay as well).

    Examples
    --------
    >>> number_words()["pt"]["meia"], number_words()["zh"]["幺"]
    (6, 1)
    """
    words = {language: _values(text) for language, text in _SPACED.items()}
    han = {char: value for value, several in enumerate(_HAN.split("|")) for char in several}
    return {**words, "zh": han}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], dict[str, int], bool], ...]:
    """Runs of two words and more, the values of the words, whether a space parts them."""
    patterns = []
    for language, values in number_words().items():
        if language == "zh":
            chars = "".join(values)
            run = f"(?<![第{_LARGER}])[{chars}]{{3,}}+(?![{_LARGER}])"
            run += f"|(?<![第{chars}{_LARGER}])[{chars}][零〇](?![{chars}{_LARGER}{_BEHIND_ZERO}])"
        else:
            # The longest first: some words of Khmer begin like others.
            word = "(?:" + "|".join(sorted(values, key=len, reverse=True)) + ")"
            least = 3 if language == "vi" else 1
            word += f"(?![{_INSIDE}])"
            run = f"(?<![{_INSIDE}]){word}(?: {word}){{{least},}}"
        patterns.append((re.compile(run, re.IGNORECASE), values, language != "zh"))
    return tuple(patterns)


def _is_counting(values: list[int]) -> bool:
    """Whether digits are counted up, down or in equal steps, or again and again from one."""
    steps = {b - a for a, b in pairwise(values)}
    if len(steps) == 1 or steps <= {1, -1}:
        return True
    return values[0] == 1 and all(b in (a + 1, 1) for a, b in pairwise(values))


def _is_pair(words: list[str], first: int, second: int) -> bool:
    """Whether two words are one number: not a count, a guess ("two three days") or a score."""
    if first == 0 or words[1] == _NO_LAST_ZERO:
        return False
    # Vietnamese words that other languages share, and the like, are no pairs.
    latin = words[0] < "\u0b80"
    if latin and not (words[0] + words[1]).isascii():
        return False
    return second == 0 or abs(first - second) > 1


def read_number_words(draft: Draft) -> None:
    """Write numbers that were dictated digit by digit as digits.

    Examples
    --------
    >>> draft = Draft("call zero eight one two, ready one two three; 加微信一三九八", track=False)
    >>> read_number_words(draft)
    >>> draft.text
    'call 0812, ready one two three; 加微信1398'
    """
    text = draft.text
    edits: list[Edit] = []
    taken: list[tuple[int, int]] = []
    small = text.lower()
    for pattern, values, spaced in _patterns():
        if not any(word in small for word in values):
            continue
        for found in pattern.finditer(text):
            start, end = found.span()
            if any(first < end and start < last for first, last in taken):
                continue
            words = found.group().lower().split(" ") if spaced else list(found.group())
            if not all(word in values for word in words):
                continue  # letters that lose their case in an uncommon way
            digits = [values[word] for word in words]
            # "một hai ba năm" counts years.
            if len(digits) == 2:
                if not _is_pair(words, *digits):
                    continue
            elif _is_counting(digits) or (words[-1] == "năm" and _is_counting(digits[:-1])):
                continue
            taken.append((start, end))
            for word, digit in zip(words, digits, strict=True):
                if edits and spaced and start > found.start():
                    edits.append((start - 1, start, ""))
                edits.append((start, start + len(word), str(digit)))
                start += len(word) + spaced
    draft.apply(sorted(edits), "number_word", len(taken))


@cache
def latin_ends() -> np.ndarray:
    """Lengths that Latin words for digits have, by their first and last letter.

    Returns
    -------
    numpy.ndarray of uint32, shape (1024,)
        Bit ``n`` of entry ``first << 5 | last`` is set for a word of ``n`` letters; of the
        codes of both letters the lower five bits.
    """
    table = np.zeros(1024, dtype=np.uint32)
    for values in number_words().values():
        for word in values:
            ends = word[0] + word[-1]
            if ends.isascii():
                place = (ord(ends[0]) & 31) << 5 | ord(ends[1]) & 31
                table[place] |= np.uint32(1 << len(word))
    table.setflags(write=False)
    return table


def token_hash(token: str) -> int:
    """Hash of a word as the scan computes it."""
    state = 7
    for char in token:
        state = (state * 31 + ord(char)) % 2**32
    return state


@cache
def latin_hashes() -> np.ndarray:
    """Sorted hashes of the Latin words for digits, as the scan's symbols write them, uint64."""
    table = symbol_table()
    words = {word for values in number_words().values() for word in values if word[0] < "\u0b80"}
    hashes = {token_hash("".join(chr(table[ord(c)]) for c in word)) for word in words}
    return np.array(sorted(hashes), dtype=np.uint64)


@cache
def other_hashes() -> np.ndarray:
    """Sorted hashes of the words for digits in scripts other than Latin and Chinese, uint64."""
    words = {word for values in number_words().values() for word in values}
    hashes = {token_hash(word) for word in words if "\u0b80" < word[0] < "\u2000"}
    return np.array(sorted(hashes), dtype=np.uint64)
