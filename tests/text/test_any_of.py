"""Patterns for one of many words match what the words between bars match."""

import re

from hypothesis import given
from hypothesis import strategies as st

from scamclassify.text.any_of import any_of

_WORDS = st.lists(st.text("abz.ấ ", min_size=1, max_size=4), min_size=1, max_size=8)


@given(words=_WORDS, text=st.text("abzABZ.ấẤ ", max_size=6))
def test_matches_the_same_as_bars(words: list[str], text: str) -> None:
    bars = "|".join(map(re.escape, words))
    expected = re.fullmatch(bars, text, re.IGNORECASE | re.ASCII)
    assert bool(re.fullmatch(any_of(words), text, re.ASCII)) == bool(expected)


def test_longest_first() -> None:
    found = re.match(any_of(["co", "com", "community"]), "COMMUNE.")
    assert found is not None
    assert found.group() == "COM"
