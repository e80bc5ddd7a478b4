"""The compiled scan: its alphabet is that of the symbols, and a batch says what a text says."""

import numpy as np

from scamclassify.text import prescan_kernel as kernel
from scamclassify.text import prescan_link_kernel as link_kernel
from scamclassify.text import symbols as sym
from scamclassify.text.links import ENDINGS
from scamclassify.text.prescan import LEET, LINK, SPREAD, find_cues


def test_symbols_agree():
    same = "OTHER LATIN SUSPECT SYMBOL VS16 ZWJ ZWSP HAN CJK JOINING TH_LETTER TH_REST LO_LETTER"
    same += " LO_REST KM_LETTER KM_COENG MY_LETTER MY_U25 MY_INDEPENDENT MY_VIRAMA MY_SSA TA_E"
    same += " TH_AA TH_ABOVE TH_TONE TH_NIK LO_AA LO_ABOVE LO_TONE LO_NIK"
    for name in same.split():
        assert getattr(kernel, name) == getattr(sym, name), name
    assert kernel.PICTURE == sym.EMOJI
    assert max(map(len, ENDINGS.split("|"))) == link_kernel._LONGEST_ENDING
    assert kernel.WIDE == sym.FULLWIDTH


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
