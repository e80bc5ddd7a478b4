"""Zawgyi: pairs that are certain, detection, and what must not be converted."""

import pytest

from scamclassify.text.zawgyi import THRESHOLD, zawgyi_probability, zawgyi_to_unicode

PAIRS = [
    ("ျမန္မာ", "မြန်မာ"),
    ("မဂၤလာပါ", "မင်္ဂလာပါ"),
    ("ေက်းဇူးတင္ပါတယ္", "ကျေးဇူးတင်ပါတယ်"),
    ("ေက်ာင္းသား", "ကျောင်းသား"),
    ("ႏိုင္ငံ", "နိုင်ငံ"),
    ("ရန္ကုန္", "ရန်ကုန်"),
    ("ဖုန္းနံပါတ္", "ဖုန်းနံပါတ်"),
    ("ေယာက္်ား", "ယောက်ျား"),
    ("သို႔", "သို့"),
    ("ခြင့္", "ခွင့်"),
    ("စ်ေး", "ဈေး"),
]


@pytest.mark.parametrize(("zawgyi", "unicode_"), PAIRS)
def test_certain_pairs(zawgyi, unicode_):
    assert zawgyi_to_unicode(zawgyi) == unicode_


def test_conversion_brings_the_detector_down():
    sentence = " ".join(zawgyi for zawgyi, _ in PAIRS)
    assert zawgyi_probability(sentence) >= THRESHOLD
    assert zawgyi_probability(zawgyi_to_unicode(sentence)) < 0.05


def test_unicode_is_not_taken_for_zawgyi():
    assert zawgyi_probability(" ".join(unicode_ for _, unicode_ in PAIRS)) < 0.05
    assert zawgyi_probability("no Burmese here") == 0.0
