"""The compiled scan: its alphabet is that of the symbols, and a batch says what a text says."""

import numpy as np

from scamclassify.text import prescan_kernel as kernel
from scamclassify.text import symbols as sym
from scamclassify.text.prescan import SPREAD, find_cues


def test_symbols_agree():
    same = "OTHER LATIN SUSPECT SYMBOL VS16 ZWJ ZWSP HAN CJK JOINING TH_LETTER TH_REST LO_LETTER"
    same += " LO_REST KM_LETTER KM_COENG MY_LETTER MY_U25 MY_INDEPENDENT MY_VIRAMA MY_SSA TA_E"
    same += " TH_AA TH_ABOVE TH_TONE TH_NIK LO_AA LO_ABOVE LO_TONE LO_NIK"
    for name in same.split():
        assert getattr(kernel, name) == getattr(sym, name), name
    assert kernel.PICTURE == sym.EMOJI
    assert kernel.WIDE == sym.FULLWIDTH


def test_no_cue_reaches_across_texts(sentence):
    texts = ["a b", "c d", "e", sentence, "", "f r e e", "x", "http:", "//x", "ก่", "ก", "ก", "ก"]
    alone = np.concatenate([find_cues([text]) for text in texts])
    assert np.array_equal(find_cues(texts), alone)
    assert alone[5] & SPREAD
    assert not alone[:3].any()
