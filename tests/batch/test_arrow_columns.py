"""Columns for Arrow hold what went in, and need no pandas."""

import math
import subprocess
import sys

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamclassify.batch.arrow_columns import number_array, text_array

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@given(st.lists(st.none() | NAMES))
def test_texts_and_gaps_come_out(values):
    made = text_array(values)
    made.validate(full=True)
    assert made.to_pylist() == values


@given(st.lists(NAMES, min_size=1))
def test_an_array_of_strings_is_as_numpy_reads_it(values):
    array = np.array(values)
    made = text_array(array)
    made.validate(full=True)
    assert made.to_pylist() == array.tolist()


def test_many_different_texts_are_still_right():
    values = [f"name {i} ไทย" for i in range(3000)]
    assert text_array(values).to_pylist() == values


@given(st.lists(st.floats(width=32)))
def test_what_is_no_number_is_null(values):
    made = number_array(np.array(values, dtype=np.float32))
    made.validate(full=True)
    expected = [None if math.isnan(value) else value for value in values]
    assert made.to_pylist() == expected


@pytest.mark.parametrize("values", [np.array([], dtype="U3"), np.array([], dtype=object), []])
def test_no_rows(values):
    assert text_array(values).type == pa.string()
    assert len(text_array(values)) == len(number_array(np.zeros(0))) == 0


def test_pandas_and_the_functions_of_arrow_stay_out():
    code = (
        "import sys, numpy as np; from scamclassify.batch.arrow_columns import *; "
        "text_array(np.array(['a'])), text_array(['b', None]), number_array(np.zeros(2)); "
        "assert 'pyarrow' in sys.modules; "
        "assert not {'pandas', 'pyarrow.compute'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
