"""The trie against a search for every form at every place, on every script."""

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


def is_consonant(part):
    return part[1] == LETTER and part[0] not in VOWELS


def walks(parts, i, forms):
    """Every way along the forms from place ``i`` on: what was read, up to where, slips.

    A letter once more is passed over where no form goes on with it; where none goes on at
    all, a vowel may be missing between two consonants, once a word in what is left of a
    single form, and once before.
    """
    prefixes = {form[:k] for form in forms for k in range(len(form) + 1)}
    todo = [("", i, 0, 0)]
    while todo:
        read, j, extra, vowels = todo.pop()
        gap = vowels > 0
        while j < len(parts):
            char, kind, _ = parts[j]
            left = [form for form in forms if form.startswith(read)]
            again = j > i and parts[j][:2] == parts[j - 1][:2] and kind in (LETTER, UNSPACED)
            if read + char in prefixes:
                read += char
                gap = gap and kind == LETTER
                yield read, j, extra, vowels
            elif again and (kind == LETTER or j > i + 1):
                extra += 1
            else:
                between = j > i and is_consonant(parts[j]) and is_consonant(parts[j - 1])
                single = len(set(left)) == 1 and read != ""
                if between and (not gap if single else not vowels):
                    todo += [
                        (read + vowel, j, extra, vowels + 1)
                        for vowel in VOWELS
                        if read + vowel + char in prefixes
                    ]
                break
            j += 1


def naive(forms, stem, text):
    parts = normalise(text)
    wanted = ["".join(char for char, _, _ in normalise(form)).strip(" \0") for form in forms]
    found = []
    for i in range(1, len(parts) - 1):
        kind = parts[i][1]
        if kind == SEPARATOR or (kind in (LETTER, DIGIT) and parts[i - 1][1] == kind):
            continue
        for read, j, extra, vowels in walks(parts, i, [form for form in wanted if form]):
            if (extra or vowels) and len(read) < (6 if vowels else 4):
                continue
            end, kind = j, parts[j][1]
            if kind == LETTER and len(read) >= 4:
                while parts[end + 1][:2] == parts[j][:2]:
                    end += 1
            inside = kind in (LETTER, DIGIT) and parts[end + 1][1] == kind
            for form, reads, is_stem in zip(forms, wanted, stem, strict=True):
                if reads == read and not inside:
                    found.append((parts[i][2], parts[end][2] + 1, form))
                elif reads == read and is_stem:
                    found.append((parts[i][2], parts[j][2] + 1, form))
    return sorted(found)


def matches(forms, stem, text, apart=None):
    trie = FormTrie(forms, np.array(stem, dtype=bool), apart)
    return [
        sorted((s, e, forms[f]) for _, s, e, f in part.tolist())
        for part in trie.find(*encode_texts([text]))
    ]


words = st.text(alphabet=LETTERS, min_size=1, max_size=5)
long_words = st.text(alphabet="abn e", min_size=4, max_size=9)


@given(st.lists(st.tuples(words, st.booleans()), min_size=1, max_size=12), st.text(LETTERS))
@settings(max_examples=200, deadline=None)
def test_equals_the_naive_search(forms, text):
    forms, stem = map(list, zip(*forms, strict=True))
    assert matches(forms, stem, text)[0] == naive(forms, stem, text)


@given(st.lists(st.tuples(long_words, st.booleans()), min_size=1, max_size=8), st.data())
@settings(max_examples=300, deadline=None)
def test_slips_equal_the_naive_search(forms, data):
    forms, stem = map(list, zip(*forms, strict=True))
    text = data.draw(st.sampled_from(forms))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text)))
        again = data.draw(st.booleans())
        text = (
            text[:place] + (text[place - 1 : place] if again else "") + text[place + (not again) :]
        )
    assert matches(forms, stem, text)[0] == naive(forms, stem, text)


def test_every_script_equals_the_naive_search(sentence):
    forms = sorted({sentence[i : i + n] for i in range(len(sentence)) for n in (1, 2, 5, 9)})
    stem = [i % 3 == 0 for i in range(len(forms))]
    assert matches(forms, stem, sentence)[0] == naive(forms, stem, sentence)


@given(st.lists(words, min_size=1, max_size=8), st.text(LETTERS, max_size=30))
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
