"""Batches of texts: what is taken, and what is said of the rest."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from scamclassify.validation import as_texts

TEXTS = ["ขอแสดงความยินดี", "see you at seven"]


@pytest.mark.parametrize(
    "given",
    [
        TEXTS,
        tuple(TEXTS),
        iter(TEXTS),
        np.array(TEXTS),
        np.array(TEXTS, dtype=object),
        pd.Series(TEXTS, index=[7, 9]),
        pd.Series(TEXTS).astype("category"),
        pd.DataFrame({"id": [1, 2], "text": TEXTS}),
        pa.array(TEXTS),
        pa.chunked_array([TEXTS[:1], TEXTS[1:]]),
        pa.array(TEXTS).dictionary_encode(),
        pa.table({"id": [1, 2], "text": TEXTS}),
    ],
    ids=lambda given: type(given).__name__,
)
def test_texts_of_many_kinds_are_taken(given):
    assert as_texts(given) == TEXTS


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("hello", r"use \[text\]"),
        (None, "a NoneType was given where a list of texts"),
        (3, "a int was given where a list of texts"),
        ({"text": TEXTS}, "a dict was given"),
        (set(TEXTS), "a set was given"),
        (["a", None], "row 1: None found where a string is needed: leave rows"),
        (pd.Series(["a", np.nan], dtype=object), "row 1: nan found"),
        (pd.Series(["a", pd.NA], dtype="string"), "row 1: <NA> found|row 1: nan found"),
        (["a", 3], "row 1: int found where a string is needed$"),
        ([b"a"], "row 0: bytes found where a string is needed$"),
        (np.array([["a"], ["b"]]), "2-D array"),
        (pd.DataFrame({"body": ["a"]}), "no column 'text'; it has body"),
        (pa.table({"body": ["a"]}), "no column 'text'; it has body"),
    ],
)
def test_the_rest_is_refused_with_the_row(given, message):
    with pytest.raises(TypeError, match=message):
        as_texts(given)
