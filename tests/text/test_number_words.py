"""Numbers dictated in words: read in every language, counting and songs left alone."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.evaluation.disguise.numbers import DIGIT_WORDS
from scamclassify.labels import LANGUAGES
from scamclassify.text.number_words import latin_ends, number_words, other_hashes, token_hash
from scamclassify.text.prescan import NUMBER, find_cues
from scamclassify.text.repair import repair, repair_batch

LEFT = [
    "one two three four five, and five six seven eight",
    "one two three one two three, one two one two",
    "buy two get one, one or two, two by two",
    "nine nine nine, one one one",
    "satu dua tiga, dua tiga; empat lima",
    "dua empat enam lapan",
    "một hai ba năm nữa, hai ba năm, không không không không",
    "isa dalawa tatlo apat",
    "um dois três e já, meia dúzia",
    "ida rua tolu",
    "หนึ่ง สอง สาม",
    "ໜຶ່ງ ສອງ ສາມ",
    "មួយ ពីរ បី",
    "တစ် နှစ် သုံး",
    "ஒன்று இரண்டு மூன்று",
    "一二三四, 三二一, 一千二百三十五, 三三两两, 第一二五",
    "two three days, two two, one one, one two, kosong dua, dua kosong, zero four",
    "năm sáu, hai không",
    "买三零食, 二四, 第二零, 十五零",
    "someone twofold three's two-three-five",
]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_reads_digits_of_every_language(language):
    words = DIGIT_WORDS[language]
    gap = "" if language == "zh" else " "
    for number in ("0812935", "4071", "9980246731"):
        text = gap.join(words[int(digit)] for digit in number)
        done = repair(f"x {text}. y")
        assert done.text == f"x {number}. y"
        assert done.counts == {"number_word": 1}
        assert done.span_in_raw(2, 2 + len(number)) == (2, 2 + len(text))
        second = done.span_in_raw(3, 4)
        assert done.raw[slice(*second)].strip() == words[int(number[1])]


def test_other_words_for_digits():
    for text, number in (
        ("kosong lapan satu", "081"), ("meia nove dois", "692"), ("uno sais dos", "162"),
        ("two four hours", "24 hours"), ("RM five zero", "RM 50"), ("lima nol ribu", "50 ribu"),
        ("สอง สี่ ชั่วโมง", "24 ชั่วโมง"), ("五零元", "50元"), ("tres cinco", "35"),
        ("幺三八", "138"), ("伍贰零", "520"), ("nine one one", "911"), ("二〇二五年", "2025年"),
    ):  # fmt: skip
        assert repair(text).text == number


@pytest.mark.parametrize("text", LEFT)
def test_counting_and_plain_words_stay(text):
    done = repair(text)
    assert done.text == text
    assert done.counts == {}


WORDS = sorted({word for values in number_words().values() for word in values} | {"a", ",", "  "})


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from([" ", "", "-"]))
def test_runs_of_words_are_idempotent_and_map_back(words, gap):
    text = gap.join(words)
    done = repair(text)
    assert repair(done.text).text == done.text
    assert (np.diff(done.positions) >= 0).all()
    assert repair_batch([text]).texts == [done.text]


def test_the_scan_knows_every_word():
    ends, hashes = latin_ends(), other_hashes()
    for language, values in number_words().items():
        for word in values:
            if language == "zh":
                # Wherever the run begins: the scan looks at every third character.
                assert all(find_cues(["好" * k + word * 3])[0] & NUMBER for k in range(3))
            elif ord(word[0]) > 0xB80:
                assert token_hash(word) in hashes
                assert find_cues([f"({word} {word} {word})"])[0] & NUMBER
            else:
                place = (ord(word[0]) & 31) << 5 | ord(word[-1]) & 31
                assert ends[place] >> len(word) & 1


def test_few_ordinary_messages_are_looked_at():
    rng = random.Random(0)
    plain = (
        "see you at the station at ten, bring the tickets and tell your mother to call me".split()
    )
    texts = [" ".join(rng.sample(plain, 12)) for _ in range(200)]
    assert not (find_cues(texts) & NUMBER).any()
