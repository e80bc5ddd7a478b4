"""Texts as code points, and the decoder of UTF-8 that makes them, against Python's own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.text.codepoints import encode_texts
from scamclassify.text.encoded import EncodedTexts
from scamclassify.text.utf8_kernel import decode_utf8

SPACES = np.array([chr(code).isspace() for code in range(0x3001)])


def decoded(raws):
    """The texts, or None where the kernel leaves them to be looked at singly."""
    data = np.frombuffer(b"".join(raws) or b"\0", np.uint8)
    bounds = np.cumsum([0] + [len(raw) for raw in raws]).astype(np.int32)
    codes = np.empty(len(data), np.uint32)
    offsets = np.empty(len(raws) + 1, np.int64)
    n = decode_utf8(data, bounds, SPACES, codes, offsets)
    return None if n < 0 else list(EncodedTexts(codes[:n], offsets))


def expected(raws):
    try:
        texts = [raw.decode("utf-8") for raw in raws]
    except UnicodeDecodeError:
        return None
    return texts if all(map(str.strip, texts)) else None


@given(st.lists(st.text(max_size=30), max_size=6))
@settings(max_examples=150, deadline=None)
def test_any_texts_are_decoded_as_python_does(texts):
    raws = [text.encode("utf-8", "surrogatepass") for text in texts]
    assert decoded(raws) == expected(raws)


@given(st.lists(st.binary(min_size=1, max_size=6), min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_any_bytes(raws):
    assert decoded(raws) == expected(raws)


@pytest.mark.parametrize(
    "raw",
    [
        b"\xc0\xaf", b"\xc1\x81", b"\xe0\x80\xaf", b"\xe0\x9f\xbf", b"\xed\xa0\x80",
        b"\xed\xbf\xbf", b"\xf0\x80\x80\xaf", b"\xf0\x8f\xbf\xbf", b"\xf4\x90\x80\x80",
        b"\xf5\x80\x80\x80", b"\xff", b"\x80", b"a\xe0\xb8", b"\xf0\x9f\x98", b" ", b"",
        "\u3000\u00a0\x1c".encode(), "\ue000".encode(), "\ud7ff\U0010ffff".encode(), b"\x1f\x7f",
    ],
)  # fmt: skip
def test_edges_of_the_table_of_well_formed_bytes(raw):
    assert decoded([b"first", raw]) == expected([b"first", raw])


def test_a_sequence_like_a_list(sentence):
    texts = [sentence, "", "a\ud800", sentence * 2]
    encoded = EncodedTexts(*encode_texts(texts))
    assert list(encoded) == texts
    assert encoded[-1] == texts[-1]
    assert list(encoded[1:3]) == texts[1:3]
    assert list(encoded[1:3][1:]) == texts[2:3]
    assert list(encoded[3:1]) == []
    again, offsets = encode_texts(encoded[1:])
    same, same_offsets = encode_texts(texts[1:])
    assert (again == same).all()
    assert (offsets == same_offsets).all()
    with pytest.raises(IndexError, match="4 of 4"):
        encoded[4]
    with pytest.raises(ValueError, match="steps of 2"):
        encoded[::2]
