"""Vocabulary and message frame."""

import pandas as pd
import pytest

from scamclassify.errors import FrameError, UnknownNameError
from scamclassify.frame import validate_frame
from scamclassify.labels import LABELS, LANGUAGES, SCAM_TYPES, check_language


def test_vocabulary():
    assert LABELS == ("ham", "promo", "scam")
    assert len(SCAM_TYPES) == 15
    assert len(LANGUAGES) == 13


def test_unknown_language_offers_the_nearest():
    with pytest.raises(UnknownNameError, match="Did you mean 'tet'"):
        check_language("tett")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"label": ["spam", "ham"]}, "column 'label', row 0: 'spam' is not allowed"),
        ({"label": ["ham", None]}, "column 'label', row 1"),
        ({"text": ["a", 3]}, "column 'text', row 1: int found"),
        ({"scam_type": ["delivery", None]}, "label is not 'scam'"),
        ({"scam_type": ["parcels", None], "label": ["scam", "ham"]}, "'parcels' is not allowed"),
    ],
)
def test_frame_errors_say_where(change, message):
    frame = {"text": ["a", "b"], "label": ["ham", "ham"], "scam_type": [None, None]} | change
    with pytest.raises(FrameError, match=message):
        validate_frame(pd.DataFrame(frame), ["text", "label", "scam_type"])


@pytest.mark.parametrize("given", [["a"], pd.Series(["a"]), None, {"text": ["a"]}])
def test_what_is_no_frame_is_said(given):
    with pytest.raises(
        FrameError, match=rf"column\(s\) text is needed, got {type(given).__name__}"
    ):
        validate_frame(given, ["text"])


def test_a_frame_of_another_library_is_told_the_way():
    import pyarrow as pa

    with pytest.raises(FrameError, match=r"got Table; its to_pandas\(\) gives one"):
        validate_frame(pa.table({"text": ["a"]}), ["text"])


def test_missing_column():
    with pytest.raises(FrameError, match=r"lacks the column\(s\) label; it has text"):
        validate_frame(pd.DataFrame({"text": []}), ["text", "label"])
