"""The table by which n-grams fold, against what it says in words."""

import unicodedata

import pytest

from scamclassify.features.ngram_folding import ngram_folding
from scamclassify.features.ngram_kernel import REPEATS, WORD
from scamclassify.text.codepoints import fold_table


def entry(char):
    value = int(ngram_folding()[ord(char)])
    bits = int(REPEATS | WORD)
    return chr(value & ~bits), bool(value & int(REPEATS)), bool(value & int(WORD))


@pytest.mark.parametrize(
    ("char", "folded", "repeats", "word"),
    [
        ("A", "a", True, True),
        ("ế", "e", True, True),
        ("ก", "ก", True, True),
        ("中", "中", False, True),
        ("7", "0", False, True),
        ("๗", "0", False, True),
        (" ", " ", True, False),
        ("\n", " ", True, False),
        ("!", "!", False, False),
        ("🎁", "🎁", False, False),
        ("\u0301", "\0", False, False),
        ("\u200b", "\0", False, False),
    ],
)
def test_entries(char, folded, repeats, word):
    assert entry(char) == (folded, repeats, word)


def test_all_that_is_kept_is_folded_as_elsewhere_but_for_digits():
    table, folded = ngram_folding() & ~(REPEATS | WORD), fold_table()
    for code in (table != folded).nonzero()[0].tolist():
        assert table[code] == ord("0")
        assert unicodedata.category(chr(code)).startswith("N") or folded[code] in range(48, 58)
    assert ((table == 0) == (folded == 0)).all()
