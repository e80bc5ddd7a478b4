"""The concept matcher: every form is found, boundaries hold, places are right."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.features.concepts import ConceptMatcher, default_matcher
from scamclassify.knowledge.lexicon import Concept, Form, Lexicon, load_lexicon


def small(*forms):
    concepts = tuple(Concept(c, "scam", "offer", "") for c in dict.fromkeys(f[0] for f in forms))
    built = tuple(Form(c, lang, text.rstrip("*"), text.endswith("*")) for c, lang, text in forms)
    return ConceptMatcher(Lexicon(concepts, built, {}, "test"))


def found(matcher, text):
    return [(m.concept, text[m.start : m.end]) for m in matcher.matches(text)]


def test_every_form_of_the_lexicon_is_found():
    matcher = default_matcher()
    forms = matcher.lexicon.forms
    present = matcher.presence([form.text for form in forms])
    missed = [f for f, row in zip(forms, present, strict=True)
              if not row[matcher.lexicon.index[f.concept]]]  # fmt: skip
    assert not missed, missed[:5]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WIN big", ["WIN"]),
        ("a winner", []),
        ("win!", ["win"]),
        ("win500", ["win"]),
        ("(win)", ["win"]),
        ("twin", []),
    ],
)
def test_words_match_whole(text, expected):
    assert [span for _, span in found(small(("a", "en", "win")), text)] == expected


def test_stems_phrases_and_unspaced_scripts():
    matcher = small(
        ("verify", "en", "verif*"), ("act", "en", "act now"), ("prize", "th", "รางวัล"),
        ("bank", "zh", "银行"),
    )  # fmt: skip
    assert found(matcher, "Verifying: ACT -- NOW") == [("verify", "Verif"), ("act", "ACT -- NOW")]
    assert found(matcher, "คุณได้รับรางวัลใหญ่") == [("prize", "รางวัล")]
    assert found(matcher, "【中国银行】") == [("bank", "银行")]


def test_diacritics_and_digits_are_folded():
    matcher = small(("prize", "vi", "trúng thưởng"), ("hours", "th", "24 ชม"))
    assert found(matcher, "BAN DA TRUNG THUONG") == [("prize", "TRUNG THUONG")]
    assert found(matcher, "ภายใน ๒๔ ชม.") == [("hours", "๒๔ ชม")]


def test_joiners_in_a_form_do_not_hide_it():
    assert found(small(("a", "km", "តេឡេ")), "បង តេ\u200bឡេ") == [("a", "តេ\u200bឡេ")]


def test_overlapping_concepts_and_languages_are_all_reported():
    matcher = small(("a", "id", "hadiah"), ("b", "ms", "hadiah"), ("c", "id", "hadiah utama"))
    assert {concept for concept, _ in found(matcher, "hadiah utama")} == {"a", "b", "c"}


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_places_lie_in_the_text(text):
    for match in default_matcher().matches(text):
        assert 0 <= match.start < match.end <= len(text)


def test_batch_equals_one_by_one(sentence):
    matcher = default_matcher()
    texts = ["", sentence, sentence * 3, "hello"]
    batch = matcher.presence(texts)
    assert np.array_equal(batch, np.vstack([matcher.presence([text]) for text in texts]))


def test_lexicon_reason_falls_back():
    lexicon = load_lexicon()
    assert lexicon.reason("prize_win", "en")
    with pytest.raises(ValueError, match="Did you mean 'prize_win'"):
        lexicon.reason("prize_wins")
