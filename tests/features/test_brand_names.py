"""Names that are ordinary words as well: when they mean the brand."""

import pytest

from scamclassify.features.brand_names import default_brand_matcher


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("took a Grab home", ("grab",)),  # mixed case inside a sentence
        ("Grab a coffee", ()),  # a sentence begins
        ("so. Grab a coffee", ()),
        ("[Grab] your code is 1234", ("grab",)),  # a header
        ("  Grab \u3000: your code", ("grab",)),
        ("see Grab: x", ("grab",)),
        ("grab a coffee", ()),
        ("a grab driver called", ("grab",)),  # beside a word of the sector
        ("a grab drivers' call", ("grab",)),
        ("a grab drİver called", ()),  # a letter that is two in small
        ("GRAB your chance, " + "x" * 40 + " driver", ()),  # too far away
        ("Grab this " + "x" * 26 + " driver", ("grab",)),
        ("Grab this " + "x" * 36 + " driver", ()),
        ("Grab https://example.com", ("grab",)),  # beside a link
        ("grab https://example.com", ()),
        ("\U00020000 grab \U00020001", ()),
    ],
)
def test_ordinary_words_are_brands_where_their_surroundings_say_so(text, named):
    assert default_brand_matcher().named(text) == named
