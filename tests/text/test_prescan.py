"""The compiled scan: its alphabet is that of the symbols, and a batch says what a text says."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.text import prescan_alphabet as alphabet
from scamclassify.text import prescan_link_kernel as link_kernel
from scamclassify.text import symbols as sym
from scamclassify.text.draft import Draft
from scamclassify.text.leet import read_leet
from scamclassify.text.links import broken_endings, mend_links
from scamclassify.text.prescan import LEET, LINK, SPREAD, find_cues


def test_symbols_agree():
    names = "OTHER LATIN SUSPECT SYMBOL VS16 ZWJ ZWSP HAN CJK JOINING TH_LETTER TH_REST LO_LETTER"
    names += " LO_REST KM_LETTER KM_COENG MY_LETTER MY_U25 MY_INDEPENDENT MY_VIRAMA MY_SSA TA_E"
    names += " TH_AA TH_ABOVE TH_TONE TH_NIK LO_AA LO_ABOVE LO_TONE LO_NIK"
    for name in names.split():
        assert getattr(alphabet, name) == getattr(sym, name), name
    assert alphabet.PICTURE == sym.EMOJI
    assert alphabet.WIDE == sym.FULLWIDTH
    # No pair of two ASCII characters is looked at.
    assert not sym.pair_table().reshape(256, 256)[:128, :128].any()
    assert max(map(len, broken_endings())) < link_kernel._LONGEST_ENDING


def test_no_cue_reaches_across_texts(sentence):
    texts = ["a b", "c d", "e", sentence, "", "f r e e", "x", "http:", "//x", "ก่", "ก", "ก", "ก"]
    alone = np.concatenate([find_cues([text]) for text in texts])
    assert np.array_equal(find_cues(texts), alone)
    assert alone[5] & SPREAD
    assert not alone[:3].any()


def test_amounts_and_handles_are_no_words_in_signs():
    texts = ["S$70 and B$8 a day", "ask @trixie_hr", "pay R$1.50", "ca$h now", "c@sh now"]
    assert (find_cues(texts) & LEET > 0).tolist() == [False, False, False, True, True]


def test_a_full_stop_behind_a_hyphen_may_be_a_broken_link_before_a_short_word():
    texts = ["self-service. Everybody", "post-fee. top", "a gov. sg notice", "post-fee. toppings"]
    assert (find_cues(texts) & LINK > 0).tolist() == [False, True, True, False]


def test_amounts_codes_and_masks_need_no_repair():
    texts = ["Pay RM300 at 10am", "150ppm, 10Gbps and RM8k", "acct xxxx1234 or XXXX", "AAA CCC"]
    assert not find_cues(texts).any()


def test_counting_in_words_that_only_look_like_digits_gives_no_cue():
    assert not find_cues(["oven sheer tie nave five", "one red three"]).any()
    assert find_cues(["call zero ba ONE", "không một BẢY"]).astype(bool).all()


LETTERS = st.text(alphabet="abeilmnorst0134578", min_size=1, max_size=8)


@settings(max_examples=300, deadline=None)
@given(LETTERS | st.sampled_from(["fr33", "l0an", "r3kening", "bonu5", "c1aim", "ca5ino"]))
def test_every_word_that_leet_reads_is_cued(word):
    draft = Draft(f"your {word} now", track=False)
    read_leet(draft)
    if draft.text != f"your {word} now":
        assert find_cues([f"your {word} now"])[0] & LEET


HOSTS = st.sampled_from(["pay-my", "www.dbs", "https://x1", "bit", "slot88", "go", "a_b", "gov"])
DOTS = st.sampled_from([" . ", ". ", " .", ".", " dot ", " titik ", " ponto ", "[.]", " chấm "])
ENDS = st.sampled_from(
    ["com", "vip", "ly", "sg", "SG", "Top", "me", "com/a", "id / x", "in", "apk"]
)


@settings(max_examples=300, deadline=None)
@given(HOSTS, DOTS, ENDS, DOTS, ENDS)
def test_every_link_that_is_mended_is_cued(host, first, middle, second, end):
    for text in (f"see {host}{first}{end} now", f"{host}{first}{middle}{second}{end}"):
        draft = Draft(text, track=False)
        mend_links(draft)
        if draft.text != text:
            assert find_cues([text])[0] & LINK, (text, draft.text)
