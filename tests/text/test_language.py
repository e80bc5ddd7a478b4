"""Language identification: scripts, Latin languages, mixtures and the lack of evidence."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.labels import LANGUAGES, UNDETERMINED
from scamclassify.text import language_kernel as kernel
from scamclassify.text.language import identify, identify_batch, script_shares
from scamclassify.text.language_features import DOWN, hashed_ngrams, small_letters
from scamclassify.text.scripts import SCRIPTS

SENTENCES = [
    ("th", "พรุ่งนี้เจอกันที่บ้านนะครับ"),
    ("lo", "ສະບາຍດີ ມື້ນີ້ເປັນແນວໃດ"),
    ("km", "ថ្ងៃនេះខ្ញុំមិនទៅធ្វើការទេ"),
    ("my", "ဒီနေ့ အလုပ်မသွားဘူး"),
    ("zh", "明天早上九点在门口等你"),
    ("ta", "நாளை காலை சந்திப்போம்"),
    ("en", "Are we still meeting at the office tomorrow morning?"),
    ("id", "Besok gue nggak bisa datang, soalnya mobil lagi di bengkel"),
    ("ms", "Esok saya tak boleh datang sebab kereta masih di bengkel, encik"),
    ("vi", "Ngày mai mấy giờ mình gặp nhau ở trường vậy bạn"),
    ("vi", "Ngay mai may gio minh gap nhau o truong vay ban"),
    ("tl", "Bukas na lang tayo magkita sa bahay ng kapatid ko"),
    ("pt", "Amanhã não posso ir à reunião porque tenho de ficar em casa"),
    ("tet", "Aban ha'u la bele bá servisu tanba ha'u-nia oan moras hela"),
]


@pytest.mark.parametrize(("language", "text"), SENTENCES)
def test_sentences(language, text):
    guess = identify(text)
    assert guess.language == language
    assert 0.4 <= guess.probability <= 1.0


@pytest.mark.parametrize(
    "text", ["", " ", "12345", "!!!", "👍👍", "http://example.com/x", "спасибо"]
)
def test_no_evidence_is_undetermined(text):
    guess = identify(text)
    assert guess.language == UNDETERMINED
    assert guess.probability < 0.4


def test_mixtures_go_to_the_script_that_says_more():
    assert identify("ok ครับ เดี๋ยวโอนให้ผ่าน PromptPay").language == "th"
    assert identify("Zoom会议改到明天下午").language == "zh"
    assert identify("Are you coming to the party at 好 tonight my friend?").language == "en"
    assert (
        identify("โอนแล้ว https://www.example.com/very/long/path/in/latin/letters").language == "th"
    )


def test_link_letters_do_not_count():
    shares = script_shares(["www.example.com/abc ครับ", "abc", "..."])
    assert shares[0, SCRIPTS.index("thai")] == 1.0
    assert shares[1, SCRIPTS.index("latin")] == 1.0
    assert shares[2, SCRIPTS.index("none")] == 1.0
    assert script_shares([]).shape == (0, len(SCRIPTS))


def test_japanese_is_not_chinese():
    assert identify("これは日本語の文章です").language == UNDETERMINED


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=6))
def test_batch_agrees_with_single(texts):
    languages, probabilities = identify_batch(texts)
    assert probabilities.dtype == np.float32
    assert len(languages) == len(probabilities) == len(texts)
    for text, language, probability in zip(texts, languages, probabilities, strict=True):
        assert language in LANGUAGES or language == UNDETERMINED
        one = identify(text)
        assert one.language == language
        assert one.probability == pytest.approx(float(probability), abs=1e-6)


def test_blocks_do_not_mix():
    texts = ["ครับ", "hello my friend, how are you", "12"] * 1500
    languages, _ = identify_batch(texts)
    assert set(languages[::3]) == {"th"}
    assert set(languages[1::3]) == {"en"}
    assert set(languages[2::3]) == {UNDETERMINED}


def naive_letters(text):
    """Small Latin letters, None for what is none or belongs to a link."""
    table, letters = small_letters(), []
    for token in re.split("([ \n])", text):
        linked = "@" in token or "//" in token
        linked = linked or re.search(r"(?<=.)\.(?=[A-Za-z]{2,4}(?![A-Za-z]))", token, re.DOTALL)
        for char in token:
            small = int(table[ord(char)]) if ord(char) < len(table) else 0
            letters.append(None if linked and char.isascii() and char.isalpha() else small or None)
    return letters


def naive_slots(text):
    """The definition of the kernel's docstring, word by word."""
    word, multiplier, mask = [], kernel.MULTIPLIER, 2**32 - 1
    slots = []

    def slot(state, kind):
        mixed = ((state ^ (kind * 0x27D4EB2F) & mask) * multiplier) & mask
        return ((mixed ^ (mixed >> 16)) * kernel.FINISH & mask) >> DOWN

    for letter in [*naive_letters(text), None]:
        if letter is not None:
            word.append(letter)
            continue
        if not word:
            continue
        padded = [0, *word, 0]
        for size in (2, 3, 4):
            for i in range(len(padded) - size + 1):
                state = padded[i + size - 1]
                for code in reversed(padded[i : i + size - 1]):
                    state = ((state ^ (state >> 15)) * multiplier + code) & mask
                slots.append(slot(state, size))
        state = 0
        for code in word:
            state = ((state ^ (state >> 15) ^ code) * multiplier) & mask
        slots.append(slot(state, kernel.WORD_KIND))
        word = []
    return sorted(slots)


def test_ngrams_of_every_script_equal_the_naive_ones(sentence):
    slots, bounds = hashed_ngrams(["x", sentence])
    assert sorted(slots[bounds[1] :].tolist()) == naive_slots(sentence)


@settings(max_examples=300, deadline=None)
@given(st.text("aBcé .@/'\n1ก\t中", max_size=30))
def test_ngrams_of_any_text_equal_the_naive_ones(text):
    slots, bounds = hashed_ngrams([text, "x"])
    assert sorted(slots[: bounds[1]].tolist()) == naive_slots(text)


def test_sums_of_long_texts_do_not_overflow():
    texts = [text for _, text in SENTENCES[6:]]
    _, once = identify_batch(texts)
    languages, often = identify_batch([" ".join([text] * 400) for text in texts])
    assert languages.tolist() == [language for language, _ in SENTENCES[6:]]
    assert (often >= once - 0.01).all()
