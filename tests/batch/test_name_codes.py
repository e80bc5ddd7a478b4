"""Names and their numbers say what the column said."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scamclassify.batch.name_codes import count_names, name_codes

NAMES = st.text(max_size=12)


@given(st.lists(st.none() | NAMES))
def test_objects_come_back(values):
    names, codes = name_codes(values)
    assert [names[code] for code in codes] == values
    assert len(set(names)) == len(names)


@given(st.lists(NAMES, min_size=1))
def test_strings_come_back(values):
    array = np.array(values)
    names, codes = name_codes(array)
    assert [names[code] for code in codes] == array.tolist()
    assert count_names(array) == Counter(array.tolist())


def test_more_names_than_are_looked_for_one_by_one():
    array = np.array([f"{i % 500:03}" for i in range(2000)])
    names, codes = name_codes(array)
    assert [names[code] for code in codes] == array.tolist()
    assert len(names) == 500


def test_every_second_name():
    array = np.array(["ham", "x", "scam", "x", "ham"])[::2]
    assert count_names(array) == {"ham": 2, "scam": 1}
