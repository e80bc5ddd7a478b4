"""The scan of a batch: what it leaves out holds nothing."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify import load_corpus
from scamclassify.indicators.extract import find_claims
from scamclassify.indicators.prescan import EVERYTHING, SUSPICIOUS, prescan
from scamclassify.indicators.resolve import resolve
from scamclassify.indicators.view import make_view


def claims(text, bits):
    view = make_view(text, bool(bits & SUSPICIOUS))
    return resolve(find_claims(view, "en", "SG", bits))


def test_on_the_written_corpus():
    texts = load_corpus()["text"].tolist()[::9]
    bits = prescan(texts)
    assert 0 < np.mean(bits == 0) < 1
    for text, bit in zip(texts, bits.tolist(), strict=True):
        assert claims(text, bit) == claims(text, EVERYTHING), text


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=20), max_size=5))
def test_on_any_texts(texts):
    for text, bit in zip(texts, prescan(texts).tolist(), strict=True):
        assert claims(text, bit) == claims(text, EVERYTHING)
