"""Words that lack a vowel: mended where only one word can be meant, and cued by the scan."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.text.draft import Draft
from scamclassify.text.dropped_letters import (
    OTHER_WORDS,
    doubled_words,
    restore_vowels,
    shortened_words,
)
from scamclassify.text.prescan import DROPPED, find_cues
from scamclassify.text.repair import repair


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Confrm your paymnt", "Confirm your payment"),
        ("ACCONT ON HOLD", "ACCOUNT ON HOLD"),
        ("Tahniah, hadih anda", "Tahniah, hadiah anda"),
        ("confirme a sua aplcação", "confirme a sua aplicação"),
        # A letter is typed twice as well, as one who types in haste does.
        ("your acccont now", "your account now"),
    ],
)
def test_word_of_a_lure_is_written_in_full(text, meant):
    done = repair(text)
    assert done.text == meant
    assert done.counts["dropped_letter"] >= 1


@pytest.mark.parametrize(
    ("text", "meant", "kind"),
    [
        ("verify your paymment", "verify your payment", "repeated_letter"),
        ("ACCOUUNT on hold", "ACCOUNT on hold", "repeated_letter"),
        ("your acount is locked", "your account is locked", "dropped_letter"),
        ("confirme a sua aplicaação", "confirme a sua aplicação", "repeated_letter"),
    ],
)
def test_a_letter_typed_once_too_often_or_too_seldom(text, meant, kind):
    done = repair(text)
    assert done.text == meant
    assert done.counts == {kind: 1}
    assert find_cues([text])[0] & DROPPED
    assert repair(meant).text == meant


def test_words_are_those_of_the_lexicon_with_a_double_letter_wrong():
    words = doubled_words()
    assert len(words) > 5_000
    for (once, length), word in words.items():
        assert abs(length - len(word)) == 1
        assert not any(a == b for a, b in pairwise(once))


def test_place_of_a_mended_word_is_known():
    done = repair("see paymnt, now")
    assert done.text == "see payment, now"
    assert done.span_in_raw(4, 11) == (4, 10)


@pytest.mark.parametrize(
    "text",
    [
        "play sport, not support; the clam and the claim",
        "#paymnt @paymnt pay.mnt/paymnt paymnt.com re-paymnt paymnt's https://x.co/?paymnt=1",
        "pymnt", "paymnttt1", "paaymmnntt", "bahwa mereka", "thận của tôi", "Thông báo", "SMRT",
    ],
)  # fmt: skip
def test_other_words_and_addresses_stay(text):
    draft = Draft(text, track=False)
    restore_vowels(draft)
    assert draft.text == text


@pytest.mark.parametrize("word", sorted(OTHER_WORDS))
def test_no_other_word_is_mended(word):
    for text in (word, word.upper()):
        draft = Draft(text, track=False)
        restore_vowels(draft)
        assert draft.text == text


def test_words_are_those_of_the_lexicon_less_a_vowel():
    words = shortened_words()
    assert len(words) > 10_000
    assert not words.keys() & set(words.values())
    for word in words.values():
        assert 5 <= len(word) <= 15


PARTS = st.sampled_from(
    [
        "paymnt",
        "acount",
        "Paymment",
        "HADIIAH",
        "Accont",
        "HADIH",
        "prêmo",
        "thởng",
        "khon",
        "THỞNG",
        "ỨƯ",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PARTS | st.text("aeimnptuưƯ 1.,-#", max_size=3), max_size=6).map("".join))
def test_every_word_that_is_mended_is_cued(text):
    draft = Draft(text, track=False)
    restore_vowels(draft)
    if draft.text != text:
        assert find_cues([text])[0] & DROPPED


def test_every_shortened_word_is_cued():
    words = list(shortened_words())
    assert (find_cues(words) & DROPPED > 0).all()
    assert (find_cues([word.upper() for word in words]) & DROPPED > 0).all()
