"""Disguises: they change what they apply to, the same way every time, and stay readable."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.errors import UnknownNameError
from scamclassify.evaluation.disguise import (
    COMBINATIONS,
    DISGUISES,
    applicable,
    disguise,
    find_disguise,
)
from scamclassify.evaluation.disguise.units import clusters, find_units
from scamclassify.evaluation.disguise.zawgyi import unicode_to_zawgyi
from scamclassify.text.links import link_spans
from scamclassify.text.repair import repair
from scamclassify.text.zawgyi import zawgyi_probability, zawgyi_to_unicode

NAMES = [*DISGUISES, *COMBINATIONS]
TEXTS = {
    "en": "Your account is blocked, claim the reward of 500 dollars at bit.ly/abc9 within 24 hours",
    "vi": "Chúc mừng bạn đã trúng thưởng, truy cập nhanh",
    "th": "บัญชีของคุณถูกระงับ กรุณากดลิงก์เพื่อรับเงินกู้ ๕๐,๐๐๐ น้ำ แจก ที่นี่",
    "my": "သင်၏ အကောင့်ကို ပိတ်ထားသည် မြန်မာ",
    "km": "គណនីរបស់អ្នកត្រូវបានផ្អាក សូមចុចតំណ",
    "lo": "ບັນຊີຂອງທ່ານຖືກລະງັບ ກະລຸນາກົດລິ້ງ",
    "zh": "您的账户已被冻结,请点击链接验证",
    "ta": "உங்கள் கணக்கு முடக்கப்பட்டது, இணைப்பை அழுத்தவும்",
}
APPLY = {
    "lookalike": {"en", "vi"},
    "zero_width": set(TEXTS),
    "spacing": set(TEXTS),
    "leet": {"en", "vi"},
    "dropped": set(TEXTS) - {"zh"},
    "doubled": set(TEXTS) - {"zh"},
    "diacritics_off": {"vi"},
    "marks": {"th", "my", "km", "lo"},
    "zawgyi": {"my"},
    "styled": {"en", "vi"},
    "emoji": set(TEXTS),
    "broken_links": {"en"},
    "digits_as_words": {"en"},
}


def test_every_disguise_has_its_expectation():
    assert set(APPLY) == set(DISGUISES)
    assert all(one.name == name for name, one in DISGUISES.items())
    assert all(one.name == name for name, one in COMBINATIONS.items())


@pytest.mark.parametrize("name", NAMES)
def test_changes_exactly_what_it_applies_to(name):
    texts = list(TEXTS.values())
    changed = disguise(texts, name)
    mask = applicable(texts, name)
    assert [a != b for a, b in zip(texts, changed, strict=True)] == mask.tolist()
    found = {code for code, yes in zip(TEXTS, mask, strict=True) if yes}
    if name in DISGUISES:
        assert found == APPLY[name]
    else:
        first, second = (APPLY[part] for part in name.split("+"))
        assert found <= first & second
        assert find_disguise(name) == COMBINATIONS[name]


@pytest.mark.parametrize("name", NAMES)
def test_same_seed_same_text_wherever_it_stands(name):
    texts = list(TEXTS.values())
    once = disguise(texts, name, random_state=3)
    assert disguise(texts[::-1], name, random_state=3) == once[::-1]
    if "diacritics" not in name and "zawgyi" not in name:
        others = [disguise(texts, name, random_state=seed) for seed in range(4, 12)]
        assert any(other != once for other in others)


@pytest.mark.parametrize("name", NAMES)
def test_length_stays_within_bounds(name):
    for text, changed in zip(TEXTS.values(), disguise(TEXTS.values(), name), strict=True):
        assert 0.8 * len(text) <= len(changed) <= 3 * len(text) + 20


@pytest.mark.parametrize("name", [n for n in NAMES if "broken_links" not in n])
def test_links_keep_their_letters(name):
    changed = disguise([TEXTS["en"]], name, strength=1.0)[0]
    start, end = link_spans(TEXTS["en"])[0]
    assert TEXTS["en"][start:end] in changed


def test_strength_says_how_many_words():
    words = "alpha bravo charlie delta echoes foxtrot golfing hotels indigo juliet"
    assert disguise([words], "doubled", strength=0.0) != [words]
    for strength, wanted in ((0.0, 1), (0.3, 3), (1.0, 10)):
        changed = disguise([words], "doubled", strength=strength)[0]
        differ = [a != b for a, b in zip(words.split(), changed.split(), strict=True)]
        assert sum(differ) == wanted


def test_words_with_a_concept_come_first():
    text = "tomorrow afternoon somebody brings yesterday evening your prize"
    keys = [text[unit.start : unit.end] for unit in find_units(text) if unit.key]
    assert "prize" in keys
    changed = disguise([text], "styled", strength=0.0)[0]
    assert any(key not in changed for key in keys)


@pytest.mark.parametrize("name", ["styled", "lookalike", "zero_width", "marks", "zawgyi"])
def test_repair_undoes_what_can_be_undone(name):
    for code in sorted(APPLY[name] & {"en", "vi", "th", "lo", "my"}):
        text = TEXTS[code]
        mended = repair(disguise([text], name)[0]).text.replace("\u200b", "").replace("\u200c", "")
        # Squared letters have capitals only.
        assert mended.casefold() == repair(text).text.casefold()


def test_zawgyi_is_recognised_and_comes_back():
    text = TEXTS["my"]
    changed = unicode_to_zawgyi(text)
    assert zawgyi_probability(changed) > 0.95
    assert zawgyi_to_unicode(changed) == unicodedata.normalize("NFC", text)


def test_clusters_lose_nothing():
    for text in TEXTS.values():
        assert "".join(clusters(text)) == text


def test_unknown_names_and_strengths_are_refused():
    with pytest.raises(UnknownNameError, match="styled"):
        disguise(["x"], "styld")
    with pytest.raises(UnknownNameError):
        find_disguise("leet+nonsense")
    with pytest.raises(ValueError, match="between 0 and 1"):
        disguise(["x"], "leet", strength=2)


LETTERS = "aeéđZ019 .,:/@-กำ่้ัເໍາကျေ့်ို္កេា្ិ您款கொ்🎁\u200b\u0301\ud800𝗙а"
ANY = st.one_of(
    st.text(alphabet=st.sampled_from(LETTERS), max_size=30),
    st.text(max_size=30),
    st.lists(st.sampled_from(list(TEXTS.values())), max_size=2).map(" ".join),
)


@settings(max_examples=120, deadline=None)
@given(ANY, st.sampled_from(NAMES), st.integers(0, 5), st.sampled_from([0.0, 0.3, 1.0]))
def test_never_raises_and_repeats_itself(text, name, seed, strength):
    changed = disguise([text], name, strength=strength, random_state=seed)
    assert changed == disguise([text], name, strength=strength, random_state=seed)
    assert len(changed) == 1
    assert isinstance(changed[0], str)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("send RM50 now", "send RM five zero now"),
        ("send $1,500 now", "send $ one five zero zero now"),
        ("you win rp50 or 50USD", "you win rp five zero or five zero USD"),
        ("₱50 or 50฿ now", "₱ five zero or five zero ฿ now"),
        ("order A50, room 7b, FORM50 is 407", "order A50, room 7b, FORM50 is four zero seven"),
        ("slot 𝗗𝗘𝗪𝗔77 pays 20", "slot 𝗗𝗘𝗪𝗔77 pays two zero"),
        ("chuyển 50đ cho tôi ngay", "chuyển năm không đ cho tôi ngay"),
        ("chuyển 50đồng cho tôi ngay", "chuyển 50đồng cho tôi ngay"),
        ("your code A5 or bit.ly/a9", "your code A5 or bit.ly/a9"),
    ],
)
def test_digits_as_words_can_be_read(text, said):
    assert disguise([text], "digits_as_words", strength=1.0) == [said]
