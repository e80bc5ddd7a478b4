"""The trie against a search for every form at every place, on every script."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.features.form_trie import FormTrie
from scamclassify.text.codepoints import (
    DIGIT,
    LETTER,
    SEPARATOR,
    char_classes,
    encode_texts,
    fold_table,
)

LETTERS = "ab \u0e01\u0e02中\U0002b740\u200b-1é$"


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
    return [*parts, (" ", SEPARATOR, len(text))]


def naive(forms, stem, text):
    parts = normalise(text)
    found = []
    for form, is_stem in zip(forms, stem, strict=True):
        wanted = "".join(char for char, _, _ in normalise(form)).strip(" ")
        for i in range(1, len(parts) - len(wanted)):
            kind = parts[i][1]
            inside = kind in (LETTER, DIGIT) and parts[i - 1][1] == kind
            if not wanted or kind == SEPARATOR or inside:
                continue
            end = i + len(wanted)
            if "".join(char for char, _, _ in parts[i:end]) != wanted:
                continue
            kind = parts[end - 1][1]
            if kind in (LETTER, DIGIT) and parts[end][1] == kind and not is_stem:
                continue
            found.append((parts[i][2], parts[end - 1][2] + 1, form))
    return sorted(found)


def matches(forms, stem, text, apart=None):
    trie = FormTrie(forms, np.array(stem, dtype=bool), apart)
    return [
        sorted((s, e, forms[f]) for _, s, e, f in part.tolist())
        for part in trie.find(*encode_texts([text]))
    ]


words = st.text(alphabet=LETTERS, min_size=1, max_size=5)


@given(st.lists(st.tuples(words, st.booleans()), min_size=1, max_size=12), st.text(LETTERS))
@settings(max_examples=200, deadline=None)
def test_equals_the_naive_search(forms, text):
    forms, stem = map(list, zip(*forms, strict=True))
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


def test_forms_of_nothing_and_no_forms():
    assert matches(["", "--", "a"], [False] * 3, "a -- b") == [[(0, 1, "a")], []]
    assert matches([], [], "a") == [[], []]


def test_many_matches_in_a_text():
    found, names = matches(["a", "b"], [False] * 2, "a b " * 500, apart=1)
    assert len(found) == len(names) == 500
