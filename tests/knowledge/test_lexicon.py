"""The concept lexicon: coverage, opposite sides, and forms that fire too often."""

import numpy as np
import pytest

from scamclassify.errors import InputFileError
from scamclassify.features.concepts import default_matcher
from scamclassify.knowledge.lexicon import SIDES, load_lexicon
from scamclassify.labels import LANGUAGES
from scamclassify.text.codepoints import char_classes, encode_texts, fold_table
from scamclassify.text.near_duplicates import group_near_duplicates


def folded(text):
    table = fold_table()
    return "".join(chr(table[ord(c)]) if ord(c) < len(table) else c for c in text if c != "\0")


def normalised(text):
    """The form as the matcher sees it: folded, every run of separators one space.

    A space between letters of a script that writes none is passed over.
    """
    table = char_classes()
    kinds = [table[min(ord(c), len(table) - 1)] for c in text]
    kept = [
        "" if c == " " and 0 < i < len(text) - 1 and kinds[i - 1] == kinds[i + 1] == 2 else c
        for i, c in enumerate(text)
    ]
    seen = folded("".join(kept))
    seen = "".join(c if table[min(ord(c), len(table) - 1)] else " " for c in seen)
    return " ".join(seen.split())


# Forms that a scam-side and an honest-side concept may share, each with the reason.
OPPOSITE: dict[str, str] = {}


ASKS = (
    "share_otp", "share_password_pin", "transfer_money", "pay_fee", "deposit_topup",
    "gift_card_topup", "keep_secret", "new_number", "save_new_number", "add_contact_app",
    "blackmail_expose", "accident_emergency", "pose_family_child", "task_like_follow",
    "verify_identity", "parcel_problem", "rent_account_sim", "safe_account", "guess_who",
)  # fmt: skip


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon()


def test_size(lexicon):
    assert len(lexicon.concepts) >= 140
    assert lexicon.languages == tuple(LANGUAGES)
    assert {concept.side for concept in lexicon.concepts} == set(SIDES)
    assert all(concept.definition for concept in lexicon.concepts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_in_every_language(lexicon, language):
    forms = {concept: set() for concept in lexicon.index}
    for form in lexicon.forms:
        if form.language == language:
            forms[form.concept].add(normalised(form.text))
    # What the matcher sees as one form counts once.
    assert not [concept for concept, texts in forms.items() if len(texts) < 8]
    assert all(lexicon.reasons[language, concept] for concept in forms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_asks_of_short_scams_have_many_forms(lexicon, language):
    # What a scam without a link asks for is worded in many ways.
    asks = {concept: set() for concept in ASKS}
    for form in lexicon.forms:
        if form.language == language and form.concept in asks:
            asks[form.concept].add(normalised(form.text))
    assert not [concept for concept, texts in asks.items() if len(texts) < 25]


def test_no_form_is_on_opposite_sides(lexicon):
    side = {concept.id: concept.side for concept in lexicon.concepts}
    sides = {}
    # Forms of all languages are looked for in every message, and a stem finds the word itself.
    for form in lexicon.forms:
        sides.setdefault(normalised(form.text), set()).add(side[form.concept])
    opposite = {text for text, found in sides.items() if {"scam", "honest"} <= found}
    assert opposite == set(OPPOSITE)
    assert all(OPPOSITE.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_is_a_bare_word_without_its_sign(lexicon, language):
    forms = {form.text for form in lexicon.forms if form.language == language}
    signed = {text for text in forms if text[0] in "@:!*%" or text[-1] in "@:!*%"}
    # With a number left it is still particular.
    assert not {text for text in signed if not any(map(str.isdigit, normalised(text)))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_is_too_short_to_mean_anything(lexicon, language):
    short = [f.text for f in lexicon.forms if f.language == language and len(f.text) < 2]
    symbols = [text for text in short if not text.isalnum()]
    assert short == symbols


def test_no_form_fires_on_a_fifth_of_honest_messages(mirror, lexicon, tmp_path):
    from scamclassify.datasets import load_collected

    frame = load_collected(data_home=tmp_path, progress=False)
    ham = frame[frame["label"] == "ham"]
    for language, part in ham.groupby("language"):
        texts = part["text"].iloc[:: max(1, len(part) // 3000)].to_numpy(object)
        # A template that one collector received many times counts once.
        texts = texts[np.unique(group_near_duplicates(texts), return_index=True)[1]].tolist()
        found = default_matcher().find(*encode_texts(texts))
        pairs = np.unique(found[:, [0, 3]], axis=0)
        counts = np.bincount(pairs[:, 1], minlength=len(lexicon.forms))
        common = np.flatnonzero(counts > 0.2 * len(texts))
        # Only the forms are named: the messages may hold personal data.
        assert not [lexicon.forms[i] for i in common], language


def test_frame(lexicon):
    frame = lexicon.to_frame()
    assert list(frame.columns) == ["concept", "side", "group", "language", "form", "stem"]
    assert len(frame) == len(lexicon.forms)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("concepts.tsv", "id\tside\n", "line 1: the header"),
        ("concepts.tsv", "id\tside\tgroup\tdefinition\na\tbad\toffer\tx\n", "line 2: four"),
        ("en.tsv", "a\tonly two\n", "en.tsv, line 1: 2 tab-separated"),
        ("en.tsv", "b\treason\tform\n", "unknown concept 'b'"),
    ],
)
def test_errors_name_file_and_line(tmp_path, name, content, message):
    (tmp_path / "concepts.tsv").write_text("id\tside\tgroup\tdefinition\na\tscam\toffer\tx\n")
    (tmp_path / name).write_text(content)
    with pytest.raises(InputFileError, match=message):
        load_lexicon(tmp_path)


def test_missing_folder(tmp_path):
    with pytest.raises(InputFileError, match=r"no concepts\.tsv"):
        load_lexicon(tmp_path)
