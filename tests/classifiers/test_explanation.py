"""Explanations add up to the score and point at the original text."""

import copy
import html
import json
import re
import unicodedata
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify import ScamClassifier
from scamclassify.classifiers.explaining import _wording
from scamclassify.classifiers.explanation import Explanation
from scamclassify.classifiers.explanation_html import explanations_page
from scamclassify.classifiers.explanation_words import (
    explanation_words,
    fact_phrase,
    link_findings,
)
from scamclassify.classifiers.operating import OperatingPoint, OperatingPoints
from scamclassify.features.facts import FactExtractor
from scamclassify.features.link_check import check_links
from scamclassify.features.prepared import prepare
from scamclassify.labels import LANGUAGES, SCAM_TYPES


def test_contributions_add_up(small_model, small_messages):
    texts = small_messages["text"].tolist()
    scores = small_model.decision_function(texts)
    for label, column in (("scam", 2), ("ham", 0)):
        explanations = small_model.explain(texts, label=label)
        sums = [e.score for e in explanations]
        assert np.allclose(sums, scores[:, column], atol=1e-4)
        assert np.allclose(
            sums, [sum(c.weight for c in e.contributions) for e in explanations], atol=1e-6
        )


@given(text=st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_is_explained(small_model, text):
    explanation = small_model.explain(text)
    score = small_model.decision_function([text])[0, 2]
    assert sum(c.weight for c in explanation.contributions) == pytest.approx(score, abs=1e-4)
    for c in explanation.contributions:
        for start, end in c.spans:
            assert 0 <= start <= end <= len(text)
    assert json.loads(explanation.to_json())["text"] == text


def test_spans_point_at_the_disguised_original(small_model):
    text = "ｃｌａｉｍ your ＰＲＩＺＥ now"
    explanation = small_model.explain(text)
    words = {c.name: c.spans[0] for c in explanation.contributions if c.kind == "wording"}
    start, end = words["claim"]
    assert text[start:end] == "ｃｌａｉｍ"
    assert explanation.findings == ()  # A full-width keyboard is no disguise.


def test_disguises_are_named(small_model):
    explanation = small_model.explain("𝗰𝗹𝗮𝗶𝗺 your pr\u200bize now", language="id")
    words = explanation_words("id")
    (finding,) = explanation.findings
    assert words["repair.styled_letter"] in finding
    assert words["repair.zero_width"] in finding


@pytest.mark.parametrize(("language", "word"), [("en", "prize"), ("th", "รางวัล"), ("id", "hadiah")])
def test_reasons_speak_the_readers_language(small_model, language, word):
    explanation = small_model.explain("You have won a prize", language=language)
    reasons = [c.reason for c in explanation.contributions if c.kind == "concept"]
    assert any(word in reason for reason in reasons), reasons


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_scam_types_are_named_in_the_readers_language(language):
    words = explanation_words(language)
    names = [words[f"type.{kind}"] for kind in SCAM_TYPES]
    assert len(set(names)) == len(SCAM_TYPES)
    assert not [name for name in names if "_" in name or len(name) > 70]
    for kind, name in zip(SCAM_TYPES, names, strict=True):
        explanation = Explanation("x", "scam", "scam", 0.9, 1.0, (), (), kind, language)
        assert explanation.headline().startswith(f"{words['scam']} ({name}), ")
        assert explanation.to_dict()["scam_type"] == kind


def test_views(small_model):
    explanation = small_model.explain("<b>claim</b> & win a prize")
    page = explanation._repr_html_()
    assert "&lt;" in page
    assert "<b>" not in page
    assert " & " not in page
    assert explanation.to_text().startswith(explanation_words("en")[explanation.prediction])
    assert len(explanation.top(3)) == 3
    assert str(explanation) == explanation.to_text()
    again = json.loads(explanation.to_json())
    assert again["contributions"][0]["spans"] == [
        list(span) for span in explanation.contributions[0].spans
    ]


HOSTILE = st.text(alphabet="<>&'\"/aсk\u200b\u202e်กำ\ud800 🙂", max_size=40)


@given(text=HOSTILE)
@settings(max_examples=60, deadline=None)
def test_html_holds_the_text_and_no_markup_of_it(small_model, text):
    page = explanations_page([small_model.explain(text)])
    page.encode("utf-8")
    shown = page[page.index("<div class='sc-text'") :]
    shown = shown[shown.index(">") + 1 : shown.index("</div>")]
    inside = html.unescape(re.sub(r"</?mark[^<>]*>", "", shown))
    assert inside == text.encode("utf-8", "replace").decode("utf-8")
    parser = Checker()
    parser.feed(page)
    assert parser.open == []


class Checker(HTMLParser):
    """Every tag that is opened is closed, and only known ones are there."""

    KNOWN = frozenset("html head title style body div mark table tr td span ul li".split())

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag != "meta":
            assert tag in self.KNOWN
            assert not [name for name, _ in attrs if name.startswith("on")]
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_part_has_words_in_every_language(small_model, language):
    words = explanation_words(language)
    assert set(words) == set(explanation_words("en"))
    extractor = FactExtractor()
    for name in extractor.names[extractor.matcher.n_concepts :]:
        kind, colon, rest = name.partition(":")
        kind, rest = (kind, rest) if colon else ("signal", name)
        assert kind == "signal" or f"{kind}.{rest}" in words
        phrase = fact_phrase(kind, rest, language)
        assert phrase
        assert "_" not in phrase
    fields = {"host": "a.top", "brand": "DBS", "named": "DBS, OCBC"}
    for key, phrase in words.items():
        if key.startswith("finding."):
            assert "a.top" in phrase.format(**fields)
            assert ("{brand}" in phrase) == ("{brand}" in explanation_words("en")[key])
            assert ("{named}" in phrase) == ("{named}" in explanation_words("en")[key])
    text = "DBS: your account is locked, verify at https://dbs-secure-login.top/id"
    explanation = small_model.explain(text, language=language)
    assert any("DBS" in finding for finding in explanation.findings)
    assert explanation.to_text().count("\n") >= 8
    assert f"lang='{language}'" in explanation._repr_html_()


@pytest.mark.parametrize(
    "text",
    [
        "DBS: your account is locked. Verify at dbs-secure-login.com/id",
        "Track it at https://www.singpost.com/track or bit.ly/abc",
        "Maybank: see http://192.168.1.1/x and https://t.me/group and docs.google.com/forms/x",
        "IRAS refund: https://www.dbs.com.sg/x, http://xn--db-8ka.top, https://a@b.icu/x",
        "GrabPay and DBS: go to paypa1.com or www.iras.gov.sg",
        "no link at all",
    ],
)
def test_english_findings_are_those_of_the_link_check(text):
    report = check_links(text)
    assert link_findings(report) == report.findings


def test_frame_in_table_out(small_model, small_messages):
    frame = small_messages.iloc[5:9]
    table = small_model.explain_frame(frame, n=2, language="vi")
    assert table["row"].tolist() == [row for row in frame.index for _ in range(2)]
    assert table["rank"].tolist() == [1, 2] * 4
    first = small_model.explain(frame["text"].iloc[0], language="vi").top(2)
    assert table["reason"].tolist()[:2] == [c.reason for c in first]
    assert small_model.explain_frame(["a", "b"], n=1)["row"].tolist() == [0, 1]


def test_prevalence_is_part_of_the_baseline(small_model):
    model = copy.deepcopy(small_model).set_params(prevalence=0.01)
    text = "You have won a prize"
    explanation = model.explain(text)
    assert explanation.score == pytest.approx(model.decision_function([text])[0, 2], abs=1e-4)
    assert explanation.probability == pytest.approx(model.predict_proba([text])[0, 2])
    assert explanation.score < small_model.explain(text).score


def test_unknown_names(small_model):
    with pytest.raises(ValueError, match="unknown label 'spam'"):
        small_model.explain("a", label="spam")
    with pytest.raises(ValueError, match="unknown language"):
        small_model.explain("a", language="xx")


@given(texts=st.lists(st.text("ab  กำเ็中国\u3000\u200b\u0301!", max_size=12), max_size=5))
def test_stretches_are_words_cut_in_unspaced_scripts_only(texts):
    block = prepare(texts)
    earned = np.random.default_rng(len(texts)).normal(size=len(block.codes))
    bounds, (starts, ends, weights) = _wording(block, earned)
    assert len(bounds) == len(texts) + 1
    for row, text in enumerate(block.texts):
        places = range(bounds[row], bounds[row + 1])
        pieces = [text[starts[place] : ends[place]] for place in places]
        assert "".join(pieces) == "".join(text.split())
        for word in text.split():
            if word.isascii():
                assert word in pieces or not text.isascii()
        own = earned[block.offsets[row] : block.offsets[row + 1]]
        for place, piece in zip(places, pieces, strict=True):
            assert piece.split() == [piece]
            assert weights[place] == pytest.approx(own[starts[place] : ends[place]].sum())
            if starts[place] and not text[starts[place] - 1].isspace():
                assert unicodedata.category(piece[0])[0] != "M"


def test_two_labels():
    model = ScamClassifier(n_features=2**10, calibration_folds=0, random_state=0)
    model.fit(["win a prize", "see you soon"] * 3, ["scam", "ham"] * 3)
    explanation = model.explain("win a prize soon")
    assert 2 * explanation.score == pytest.approx(
        model.decision_function(["win a prize soon"])[0], abs=1e-5
    )
    assert explanation.scam_type is None


def test_scams_below_the_threshold_are_no_honest_messages(small_model, small_messages):
    p = small_model.predict_proba(small_messages["text"])
    text = small_messages["text"].iloc[p[:, 2].argmax()]
    model = copy.copy(small_model).set_params(max_fpr=0.01)
    model.operating_ = OperatingPoints((OperatingPoint(0.01, 1.0),))
    explanation = model.explain(text)
    assert explanation.possible
    assert explanation.prediction != "scam"
    assert explanation.headline().startswith("possible scam")
    assert ", below the alarm threshold, probability of scam" in explanation.headline()
    assert json.loads(explanation.to_json())["possible"] is True
    unsure = copy.copy(model).set_params(unsure_band=(0.01, 0.99)).explain(text)
    assert (unsure.prediction, unsure.possible) == ("unsure", False)
    assert not small_model.explain(text).possible


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_possible_scams_have_words_with_a_place_for_the_type(language):
    explanation = Explanation(
        "x", "scam", "ham", 0.6, 1.0, (), (), "delivery", language, possible=True
    )
    words = explanation_words(language)
    assert f" ({words['type.delivery']})" in explanation.headline()
