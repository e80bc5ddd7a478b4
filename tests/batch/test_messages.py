"""What goes to a worker and back arrives whole, and no more than it."""

import io
import pickle

import numpy as np
import pyarrow as pa
import pytest

from scamclassify.batch.arrow_memory import lean_arrow
from scamclassify.batch.arrow_source import ArrowPart
from scamclassify.batch.messages import receive, send


def there_and_back(value):
    stream = io.BytesIO()
    send(stream, value)
    stream.seek(0)
    return receive(stream), stream


@pytest.mark.parametrize(
    "value",
    [None, {"a": [1, "x"]}, b"", b"y" * 300_000, pa.py_buffer(b""), pa.py_buffer(b"z" * 300_000)],
)
def test_values_arrive(value):
    arrived, stream = there_and_back(value)
    assert arrived == value
    assert not stream.read()


def test_several_messages_follow_each_other():
    stream = io.BytesIO()
    for number in range(3):
        send(stream, (number, pa.py_buffer(bytes([number]) * 1000)))
    stream.seek(0)
    for number in range(3):
        found, buffer = receive(stream)
        assert (found, buffer.to_pybytes()) == (number, bytes([number]) * 1000)
    with pytest.raises(EOFError):
        receive(stream)


@pytest.mark.parametrize("cut", [1, 15, 20, 60, -1])
def test_a_line_that_ends_early_is_told(cut):
    stream = io.BytesIO()
    send(stream, pa.py_buffer(bytes(1000)))
    with pytest.raises(EOFError):
        receive(io.BytesIO(stream.getvalue()[:cut]))


def test_a_part_of_a_large_batch_is_sent_alone():
    texts = pa.array([f"message {i} ไทย" for i in range(10_000)])
    kinds = pa.array(["a", "b"] * 5000).dictionary_encode()
    gaps = pa.array([None, 1.5] * 5000)
    whole = pa.record_batch([texts, kinds, gaps], names=["text", "kind", "gap"])
    part = ArrowPart(whole.slice(7001, 100), 0, 7002)
    arrived, stream = there_and_back((part, "file"))
    assert arrived[0].columns.equals(part.columns)
    assert (arrived[0].place, arrived[0].first_row) == (0, 7002)
    assert len(stream.getvalue()) < 10_000
    assert list(arrived[0].batch().texts) == texts[7001:7101].to_pylist()
    assert pickle.loads(pickle.dumps(part)).columns.equals(part.columns)


def test_bytes_that_are_no_utf8_pass():
    buffers = [None, pa.py_buffer(np.array([0, 2, 5], np.int32)), pa.py_buffer(b"\xffabcd")]
    column = pa.Array.from_buffers(pa.string(), 2, buffers)
    part = ArrowPart(pa.record_batch([column], names=["text"]), 0, 1)
    (arrived, _), _ = there_and_back((part, "file"))
    batch = arrived.batch()
    assert [(row.row, row.reason) for row in batch.bad] == [(1, "not UTF-8")]
    assert batch.texts == ["bcd"]


def test_the_allocator_of_the_caller_comes_back():
    before = pa.default_memory_pool().backend_name
    with pytest.raises(RuntimeError), lean_arrow():
        raise RuntimeError
    assert pa.default_memory_pool().backend_name == before


def test_a_choice_of_the_user_stays(monkeypatch):
    before = pa.default_memory_pool().backend_name
    monkeypatch.setenv("ARROW_DEFAULT_MEMORY_POOL", before)
    with lean_arrow():
        assert pa.default_memory_pool().backend_name == before
