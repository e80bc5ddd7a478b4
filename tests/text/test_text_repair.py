"""Text repair: what it mends, what it leaves, and that the map back holds."""

import json
import unicodedata

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scamclassify.resources import resource_path
from scamclassify.text.draft import REPAIR_KINDS, Draft
from scamclassify.text.prescan import find_cues
from scamclassify.text.repair import _PASSES, repair, repair_batch

MENDED = [
    ("Ｆｒｅｅ ﬁle", "Free file", "compatibility"),
    ("https：//x．com", "https://x.com", "compatibility"),
    ("𝗙𝗥𝗘𝗘 ⓕⓡⓔⓔ ꜰʀᴇᴇ 🅵🆁🅴🅴", "FREE free free FREE", "styled_letter"),
    ("🅿_🅻_🅰_🆈 🅲-🅰-🆂-🅷 now", "PLAY CASH now", "styled_letter"),
    ("🅱 🅰 🅻 🅰 🆂", "BALAS", "styled_letter"),
    ("🇫🇷🇪🇪🇪 🅱onus", "FREEE bonus".replace("EEE", "EE").replace("b", "B"), "styled_letter"),
    ("call ⓪⑧①②", "call 0812", "styled_letter"),
    ("Сlаim уоur bоnus", "Claim your bonus", "lookalike"),
    ("ᗷᗩᑎK", "BANK", "lookalike"),
    ("fr33 l0an b4nk c1aim ca$h", "free loan bank claim cash", "leet"),
    ("cl\u200baim", "claim", "zero_width"),
    ("claim\u202e", "claim", "bidi"),
    ("cl\xadaim", "claim", "soft_hyphen"),
    ("claim\U000e0041\U000e0042", "claim", "tag"),
    ("f r e e  c r e d i t", "free credit", "spaced_letter"),
    ("c.l.a.i.m it", "claim it", "spaced_letter"),
    ("s-l-o-t g*r*a*t*i*s", "slot gratis", "spaced_letter"),
    ("เ ค ร ดิ ต", "เครดิต", "spaced_letter"),
    ("贷 款 加 微 信", "贷款加微信", "spaced_letter"),
    ("bit . ly / abc", "bit.ly/abc", "broken_link"),
    ("hxxps://evil[.]com", "https://evil.com", "broken_link"),
    ("evil dot com", "evil.com", "broken_link"),
    ("pay-my . vip", "pay-my.vip", "broken_link"),
    ("t . me / joinus", "t.me/joinus", "broken_link"),
    ("lhdn-bayar . online / x", "lhdn-bayar.online/x", "broken_link"),
    ("https://poslaju-alamat. shop/my", "https://poslaju-alamat.shop/my", "broken_link"),
    ("m2u-cancel. cc", "m2u-cancel.cc", "broken_link"),
    ("go to bayar-tol titik com", "go to bayar-tol.com", "broken_link"),
    ("entre em banco-conta ponto net", "entre em banco-conta.net", "broken_link"),
    ("haree tls-premiu pontu com", "haree tls-premiu.com", "broken_link"),
    ("sa gcash-bonus tuldok com", "sa gcash-bonus.com", "broken_link"),
    ("vào nhan-qua chấm com", "vào nhan-qua.com", "broken_link"),
    ("ที่ thpost จุด com", "ที่ thpost.com", "broken_link"),
    ("打开 icbc点com/a 领取", "打开 icbc.com/a 领取", "broken_link"),
    ("kunjungi slot88 dot vip", "kunjungi slot88.vip", "broken_link"),
    ("www . dbs . com . sg / login", "www.dbs.com.sg/login", "broken_link"),
    ("singpass.gov . sg", "singpass.gov.sg", "broken_link"),
    ("hxxp://x-y[.]top[.] Now", "http://x-y.top. Now", "broken_link"),
    ("freeeee", "free", "repeated_letter"),
    ("ครับบบบ", "ครับบ", "repeated_letter"),
    ("now!!!!!!", "now!!!", "repeated_mark"),
    ("จ้าาาา", "จ้า", "repeated_mark"),
    ("s̶a̶l̶e̶", "sale", "combining_mark"),
    ("cl🎁aim", "claim", "emoji_in_word"),
    ("cl🎁aim n🔥ow", "claim now", "emoji_in_word"),
    ("贷🎁款", "贷款", "emoji_in_word"),
    ("see you at the m🎁arket to🔥morrow", "see you at the market tomorrow", "emoji_in_word"),
    ("ตล🎁าดพรุ่ง🔥นี้", "ตลาดพรุ่งนี้", "emoji_in_word"),
    ("see..c🎁all K⭐TCอนุมัติ", "see..call KTCอนุมัติ", "emoji_in_word"),
    ("ѕріп Frее", "spin Free", "lookalike"),
    ("с l а i m it", "claim it", "spaced_letter"),
    ("bonu5 $lots r3k3ning", "bonus slots rekening", "leet"),
    ("เเจก", "แจก", "mark_order"),
    ("นํ้า", "น้ำ", "mark_order"),
    ("ເເຈກ", "ແຈກ", "mark_order"),
    ("ျမန္မာႏိုင္ငံ", "မြန်မာနိုင်ငံ", "zawgyi"),
    ("call Zero eight one TWO now", "call 0812 now", "number_word"),
    ("加微信一三九八零", "加微信13980", "number_word"),
]

LEFT = [
    "gr8 b4 2nd 4u mp3 k3 covid19 3d2n A1B2C3 B1234CD kata2nya jalan2 home4sale buy1get1",
    "otp 438291, ref X4T5Z9, order-id s3cur1ty-77",
    "see https://example.com/fr33-l0an or a.b4nk@mail.com",
    "555555 1000000 RM1,000.00 xxxx1234 ****5678 TH0147XXXX Henry VIII CCCD SSS www.x.com",
    "maaari naaalala",
    "U.S.A. B.C.E.L. (a b c d) A. B. C. D. a, b, c",
    "спасибо большое, ευχαριστώ",
    "10μm Δt",
    "Nilai3 SHOPEE7G 5pm 500mb 10days @lin4 MONEY88",
    "love😊you",
    "รัก❤คุณ",
    "គង់ នៅ ទី នោះ",
    "Привет, а как дела?",
    "你好，今天10：30见！（Zoom）价格：￥50，①苹果②香蕉……",
    "ភាសា\u200bខ្មែរ",
    "មករា ក្រុងភ្នំពេញ",
    "မင်္ဂလာပါ ကျွန်တော် ယောက်ျား",
    "ສະບາຍດີ ນ້ຳ ຫຼາຍ",
    "น้ำ ถนนนนทบุรี กำลัง ๆ สิทธิ์",
    "❤️ 👨‍👩‍👧 🇮🇩🇲🇾 1️⃣ 👍🏽 hi😊how ™️",
    "blood 🅰 🅱 🅾 at the 🅿 or 🅱 . 🅾",
    "1º lugar 2ª via ½ m² 30°C 5… N° №",
    "Trúng thưởng cực lớn, không đâu",
    "தமிழ் செய்தி க்\u200cஷ",
    "He came . Me too. Come. Net profit is up",
    "Please check-in. me and you. my T-shirt. it is on-line. to go, e.g. at 3-5. in two",
    "anak-anak. di rumah ke titik temu, um ponto de encontro, chấm điểm, จุดรับของ, 一点 top",
    "see www.maybank2u.com. my account is fine; mail me at x-y. to confirm. www.x.com. in short",
    "and/or 24/7 u / me (see p. 3)",
    "",
    "\ud800 x",
]


@pytest.mark.parametrize(("raw", "text", "kind"), MENDED)
def test_mends_and_counts(raw, text, kind):
    done = repair(raw)
    assert done.text == text
    assert done.counts.get(kind, 0) > 0
    assert done.raw == raw


@pytest.mark.parametrize("text", LEFT)
def test_leaves_plain_text(text):
    done = repair(text)
    assert done.text == text
    assert done.counts == {}


def test_vietnamese_keyboards_meet_quietly():
    text = "Trúng thưởng"
    done = repair(unicodedata.normalize("NFD", text))
    assert done.text == text
    assert done.counts == {}


def test_joiners_of_thai_and_lao_go_quietly():
    for text in ("สวัส\u200bดี", "ສະບາຍ\u200cດີ"):
        done = repair(text)
        assert done.text == text.replace("\u200b", "").replace("\u200c", "")
        assert done.counts == {}


def test_windows_quotes_come_back_quietly():
    done = repair("it\x92s here\x85")
    assert done.text == "it’s here…"
    assert done.counts == {}


def test_span_in_raw():
    done = repair("ok f r e e cl\u200baim bit[.]ly/x ﬁx")
    for word, raw in (("free", "f r e e"), ("claim", "cl\u200baim"), ("bit.ly", "bit[.]ly")):
        start = done.text.index(word)
        first, last = done.span_in_raw(start, start + len(word))
        assert done.raw[first:last] == raw
    first, last = done.span_in_raw(done.text.index("fix"), done.text.index("fix") + 1)
    assert done.raw[first:last] == "ﬁ"
    assert done.span_in_raw(3, 3)[0] == done.span_in_raw(3, 3)[1]
    with pytest.raises(IndexError, match="does not lie within"):
        done.span_in_raw(0, len(done.text) + 1)


# Characters that the passes look for, so that random texts meet them.
INTERESTING = st.text(
    alphabet=st.sampled_from(
        "aeiomnpsxBT013457 .,:/-*_()[]'!?$@€\n\t\x00\xad\u200b\u200c\u200d\ufe0f\u202e\ufeff"
        "à\u0301\u0308оаΑεҮɑᗷＡ．：，𝗙ⓕ①²🅱🇮🇩🎁😊👍🏽点。免费กรัิุ่้์ําำเแๆກເ່ໍາຳ"
        "កេាី៊្ကမျ့္်ံုေ၀၁ႏၽဥீொ்\u2800\u3000\U000e0041\ud800½…ﬁ"
    ),
    max_size=40,
)
PIECES = st.lists(
    st.sampled_from(
        [raw for raw, _, _ in MENDED] + LEFT + ["http", "hxxp", "dot ", ". ", "www.", "com", " "]
    ),
    max_size=5,
).map("".join)
TEXTS = st.one_of(INTERESTING, PIECES, st.text(max_size=40))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("a\u0301\u0323" * 3)
@example("က\u1031\u1031\u103b")
def test_repair_is_idempotent_and_maps_back(text):
    done = repair(text)
    assert repair(done.text).text == done.text
    assert len(done.positions) == len(done.text) + 1
    assert done.positions[-1] == len(text)
    assert (np.diff(done.positions) >= 0).all()
    assert done.positions.min() >= 0
    assert set(done.counts) <= set(REPAIR_KINDS)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, max_size=8))
def test_batch_agrees_with_single(texts):
    batch = repair_batch(texts)
    assert batch.counts.shape == (len(texts), len(REPAIR_KINDS))
    for i, text in enumerate(texts):
        one = repair(text)
        assert batch.texts[i] == one.text
        counted = {k: int(c) for k, c in zip(REPAIR_KINDS, batch.counts[i], strict=True) if c}
        assert counted == one.counts
        if one.text == text:
            assert batch.texts[i] == text


def passes_without_cue(text):
    """Passes that would change a text although the scan reports none of their cues."""
    cue = int(find_cues([text])[0])
    missed = []
    for wanted, one in _PASSES:
        if not cue & wanted:
            draft = Draft(text, track=False)
            one(draft)
            if draft.text != text:
                missed.append((one.__name__, text, draft.text))
    return missed


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_scan_misses_nothing(text):
    assert passes_without_cue(text) == []


def test_scan_misses_no_single_character():
    # Every character that may be looked for, between letters and on its own.
    codes = [*range(0x80, 0x3400), *range(0xA640, 0xAC00), *range(0xF900, 0x10000)]
    codes += [*range(0x1D400, 0x1D800), *range(0x1F000, 0x1FB00), *range(0xE0000, 0xE0200)]
    chars = [chr(code) for code in codes]
    texts = [f"ab{c}cd {c} 1{c}" for c in chars]
    cues = find_cues(texts)
    for text, cue in zip(texts, cues.tolist(), strict=True):
        for wanted, one in _PASSES:
            if not cue & wanted:
                draft = Draft(text, track=False)
                one(draft)
                assert draft.text == text, (one.__name__, hex(ord(text[2])))


def test_clean_rows_pass_through_as_the_same_object():
    texts = ["".join(["see you at ", str(n)]) for n in range(10, 20)]
    batch = repair_batch(texts)
    assert all(a is b for a, b in zip(batch.texts, texts, strict=True))
    assert batch.counts.sum() == 0
    assert repair_batch([]).texts == []


@pytest.mark.parametrize(
    "unit", ["a ", "aaab", "a.b.", "\u200b", "x@", "ก่", "a0b1", "🎁a", "http:/ ", "။္", "Аa"]
)
def test_huge_hostile_texts_end_soon(unit):
    done = repair(unit * 20_000)
    assert len(done.positions) == len(done.text) + 1


CORPUS = sorted(resource_path("data", "corpus").glob("*.jsonl"))


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem)
def test_formal_honest_messages_stay(path):
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [
        unicodedata.normalize("NFC", row["text"])
        for row in rows
        if row["label"] == "ham" and row.get("register") == "formal"
    ]
    if not texts:
        pytest.skip("no formal honest messages in this language yet")
    batch = repair_batch(texts)
    changed = sum(a != b for a, b in zip(batch.texts, texts, strict=True))
    assert changed <= 0.02 * len(texts) + 1
