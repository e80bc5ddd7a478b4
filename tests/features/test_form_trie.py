"""The trie against a search for every form at every place, on every script."""

import unicodedata

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.features.form_trie import FormTrie
from scamclassify.text.codepoints import (
    DIGIT,
    LETTER,
    SEPARATOR,
    UNSPACED,
    char_classes,
    encode_texts,
    fold_table,
)

LETTERS = "abn \u0e01\u0e02中\U0002b740\u200b-1é$"


def normalise(text):
    """Characters with their classes and places, as the module describes them."""
    fold, classes = fold_table(), char_classes()
    parts = [(" ", SEPARATOR, 0)]
    for place, char in enumerate(text):
        code = ord(char)
        code = int(fold[code]) if code < len(fold) else code
        if not code:
            continue
        kind = int(classes[min(code, len(classes) - 1)])
        if kind == SEPARATOR and parts[-1][1] == SEPARATOR:
            continue
        parts.append((" " if kind == SEPARATOR else chr(code), kind, place))
    return [*parts, ("\0", SEPARATOR, len(text))]


VOWELS = "aeiou"
SIGNS = "\u0e34\u0bbf"


def reads_as(parts, form, missing=2):
    """Whether characters are those of a form, some typed again, some vowels or signs left out."""
    if not parts or not form:
        return not parts and not form
    (char, kind, _), rest = parts[0], parts[1:]
    if char == form[0]:
        again = rest and rest[0][:2] == (char, kind) and kind in (LETTER, UNSPACED)
        if reads_as(rest, form[1:], missing) or (again and reads_as(rest, form, missing)):
            return True
        if kind == UNSPACED or kind == LETTER:
            left_out = form[1:2] and form[1] in VOWELS + SIGNS and missing and len(form) > 2
            return bool(left_out and reads_as(parts, char + form[2:], missing - 1))
    return False


def naive(forms, stem, text):
    """Every form at every place where it may begin, as it is written."""
    parts = normalise(text)
    found = []
    for form, is_stem in zip(forms, stem, strict=True):
        wanted = "".join(char for char, _, _ in normalise(form)).strip(" \0")
        for i in range(1, len(parts) - len(wanted)) if wanted else ():
            kind, j = parts[i][1], i + len(wanted) - 1
            if kind == SEPARATOR or (kind in (LETTER, DIGIT) and parts[i - 1][1] == kind):
                continue
            if "".join(char for char, _, _ in parts[i : j + 1]) != wanted:
                continue
            last = parts[j][1]
            if is_stem or not (last in (LETTER, DIGIT) and parts[j + 1][1] == last):
                found.append((parts[i][2], parts[j][2] + 1, form))
    return sorted(found)


def check(forms, stem, text):
    """What is written is found, and what is found is written, slips of typing aside."""
    found, parts = matches(forms, stem, text)[0], normalise(text)
    exact = naive(forms, stem, text)
    ends = {(start, form): end for start, end, form in found}
    # A last letter that is typed again belongs to the form.
    assert all(ends.get((start, form), -1) >= end for start, end, form in exact)
    for start, end, form in set(found) - set(exact):
        wanted = "".join(char for char, _, _ in normalise(form)).strip(" \0")
        read = [part for part in parts[1:-1] if start <= part[2] < end]
        assert len(wanted) >= 4
        assert reads_as(read, wanted)
        assert len(wanted) >= 5 or len(read) >= len(wanted)


def matches(forms, stem, text, apart=None):
    trie = FormTrie(forms, np.array(stem, dtype=bool), apart)
    return [
        sorted((s, e, forms[f]) for _, s, e, f in part.tolist())
        for part in trie.find(*encode_texts([text]))
    ]


words = st.text(alphabet=LETTERS, min_size=1, max_size=5)
long_words = st.text(alphabet="abn e\u0e01\u0e34\u0e95\u0b95\u0bbf", min_size=4, max_size=9)


@given(st.lists(st.tuples(words, st.booleans()), min_size=1, max_size=12), st.text(LETTERS))
@settings(max_examples=200, deadline=None)
def test_equals_the_naive_search(forms, text):
    check(*map(list, zip(*forms, strict=True)), text)


@given(st.lists(st.tuples(long_words, st.booleans()), min_size=1, max_size=8), st.data())
@settings(max_examples=300, deadline=None)
def test_slips_are_slips(forms, data):
    forms, stem = map(list, zip(*forms, strict=True))
    text = data.draw(st.sampled_from(forms))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text)))
        again = data.draw(st.booleans())
        text = (
            text[:place] + (text[place - 1 : place] if again else "") + text[place + (not again) :]
        )
    check(forms, stem, text)


def test_every_script_equals_the_naive_search(sentence):
    forms = sorted({sentence[i : i + n] for i in range(len(sentence)) for n in (1, 2, 5, 9)})
    stem = [i % 3 == 0 for i in range(len(forms))]
    check(forms, stem, sentence)


# No slip is passed over in names of three letters.
@given(
    st.lists(st.text(LETTERS, min_size=1, max_size=3), min_size=1, max_size=8),
    st.text(LETTERS, max_size=30),
)
@settings(max_examples=100, deadline=None)
def test_of_names_the_longest_counts(names, text):
    every = naive(names, [False] * len(names), text)
    spans = {span[:2] for span in every}
    outer = {a for a in spans if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in spans)}
    found = matches(names, [False] * len(names), text, apart=0)[1]
    assert {span[:2] for span in found} == outer
    assert len(found) == len(outer)


def found_forms(text, forms, stem=False):
    return {form for _, _, form in matches(forms, [stem] * len(forms), text)[0]}


def test_letters_typed_twice():
    forms = ["rekening", "bonus", "fee", "welcome bonus", "trúng thưởng", "bank"]
    for text, form in (
        ("rekkening", "rekening"), ("bonusss", "bonus"), ("bonnuss!", "bonus"),
        ("weelcome bonnus", "welcome bonus"), ("trungg thuongg", "trúng thưởng"),
    ):  # fmt: skip
        assert form in found_forms(text, forms), text
    # A short word with a letter more is another word; so is a form with a letter less.
    assert found_forms("fees fe feee of", ["fee", "of", "off"]) == {"of"}
    assert found_forms("dinner", ["diner"]) == {"diner"}
    assert found_forms("diner", ["dinner"]) == set()
    assert found_forms("1122", ["12"]) == set()


def test_spans_cover_letters_typed_twice():
    assert matches(["bonus"], [False], "a bonnusss b")[0] == [(2, 10, "bonus")]
    assert matches(["bonus"], [True], "bonnusans")[0] == [(0, 6, "bonus")]
    assert matches(["กู้เงิน"], [False], "กกู้เงิน")[0] == [(1, 8, "กู้เงิน")]
    assert matches(["shopee"], [False], "shoppeee", apart=0)[1] == [(0, 8, "shopee")]


def test_vowels_left_out():
    forms = ["hadiah", "verify", "account suspended", "transfer", "credit", "parcel", "plan"]
    for text, form in (
        ("vrify", "verify"), ("verfy", "verify"), ("trnsfer", "transfer"), ("crdit", "credit"),
        ("prcel", "parcel"), ("ACCONT-SUSPENDED", None), ("accunt suspended", None),
        ("account suspnded", "account suspended"), ("account susspndedd", "account suspended"),
    ):  # fmt: skip
        assert found_forms(text, forms) == ({form} if form else set()), text
    # Neither at the end nor next to another vowel, nor in a short word, nor two in a word.
    assert found_forms("hadah plane pln vrfy crdt", forms) == set()
    # No vowel of the next word.
    assert found_forms("tien dung", ["tien adung"]) == set()


def test_forms_of_nothing_and_no_forms():
    assert matches(["", "--", "a"], [False] * 3, "a -- b") == [[(0, 1, "a")], []]
    assert matches([], [], "a") == [[], []]


def test_many_matches_in_a_text():
    found, names = matches(["a", "b"], [False] * 2, "a b " * 500, apart=1)
    assert len(found) == len(names) == 500


def test_signs_left_out():
    forms = ["ยินดีด้วยครับ", "ปรับปรุงข้อมูล", "கணக்கில்", "ด่วน"]
    for text, form in (
        ("ขอแสดงความยินดีดวยครับ", "ยินดีด้วยครับ"),
        ("กรุณาปรับปรุงขอมูล", "ปรับปรุงข้อมูล"),
        ("உங்கள் கணக்கல் பணம்", "கணக்கில்"),
    ):
        assert form in found_forms(text, forms), text
    # A short word without its sign is another word.
    assert found_forms("ดวน", forms) == set()


def test_two_vowels_left_out_of_long_forms():
    assert found_forms("trima ksih", ["terima kasih"]) == {"terima kasih"}
    assert found_forms("bns hr", ["bonus hari"]) == set()
    # Where other forms begin alike, the vowel may be missing one letter earlier.
    assert found_forms("cshback", ["cashback", "csr"]) == {"cashback"}


def found_in(trie, texts):
    return [tuple(match) for match in trie.find(*encode_texts(texts))[0].tolist()]


def test_form_is_found_without_any_one_sign():
    forms = ["กู้เงินด่วน", "ဘဏ်ငွေလွှဲ", "ប្រាក់កម្ចី", "இலவசமாக", "กู้ไว"]
    hidden = np.ones(len(forms), dtype=bool)
    trie = FormTrie(forms, hidden=hidden)
    for form, text in enumerate(forms):
        for place in range(1, len(text)):
            if unicodedata.category(text[place])[0] != "M":
                continue
            length = 2 if text[place] in "\u1039\u17d2" else 1  # what it stacks goes with it
            changed = text[:place] + text[place + length :]
            expected = [(0, 0, len(changed), form)] if len(text) > 5 else []
            assert found_in(trie, [changed]) == expected, (text, place)
    assert found_in(FormTrie(forms), ["กูเงินด่วน"]) == []


def test_form_without_its_last_sign_is_no_start_of_another_word():
    trie = FormTrie(["ส่งของฟรี", "ยืนยันตัว"], hidden=np.array([True, True]))
    assert found_in(trie, ["ส่งของฟร"]) == [(0, 0, 8, 0)]
    assert found_in(trie, ["ส่งของฟรี"]) == [(0, 0, 9, 0)]
    assert found_in(trie, ["ส่งของฟริ"]) == []


def test_variants_stand_back_behind_forms_and_words():
    # The second form reads like the first without its tone mark; the word is one of its own.
    trie = FormTrie(["ขายบ้านไว", "ขายบานไว", "มีเงื่อนไข"], hidden=np.array([True, True, True]))
    assert found_in(trie, ["ขายบานไว"]) == [(0, 0, 8, 1)]
    assert found_in(trie, ["ตามเงื่อนไข"]) == []
    # Two forms that read alike without a sign are both found, each of them once.
    trie = FormTrie(["รับบ้านไว", "รับบั้านไว", "รับบ้านไว"], hidden=np.array([True, True, True]))
    found = found_in(trie, ["รบบ้านไว"])
    assert sorted(match[3] for match in found) == [0, 2]


def test_name_is_not_found_by_its_variant():
    hidden = np.array([True, False])
    trie = FormTrie(["กู้เงินด่วน", "ธนาคารกรุงไทย"], apart=1, hidden=hidden)
    found, names = trie.find(*encode_texts(["กูเงินด่วน ธนาคารกรุงไทย"]))
    assert found[:, 3].tolist() == [0]
    assert names[:, 3].tolist() == [1]


def test_texts_of_a_batch_are_walked_over_apart():
    forms = ["win", "winner", "bank negara", "credit", "ถูกรางวัล", "中奖", "bonus", "กู้"]
    trie = FormTrie(forms, stem=np.array([True] + [False] * 7), apart=6)
    parts = ["", "win", "winn", "er", "bank ", "negara", "crdit", "bonnus", "中", "奖", "ถูกรางวั",
             "กู้", " ", "winner " * 400, "x" * 90]  # fmt: skip
    texts = parts * 9 + [a + b for a in parts for b in parts]
    found, names = trie.find(*encode_texts(texts))
    alone = [trie.find(*encode_texts([text])) for text in texts]
    for matches, which in ((found, 0), (names, 1)):
        expected = [
            [row, *match[1:]] for row, one in enumerate(alone) for match in one[which].tolist()
        ]
        assert matches.tolist() == expected
