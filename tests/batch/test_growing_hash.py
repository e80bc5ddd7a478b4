"""The hash of a file that grows is that of the file."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from scamclassify.batch.growing_hash import GrowingHash


@given(st.lists(st.tuples(st.binary(max_size=50), st.booleans())))
def test_whenever_it_is_looked_at(tmp_path_factory, pieces):
    path = tmp_path_factory.mktemp("growing") / "file"
    growing = GrowingHash(path)
    with path.open("wb", buffering=0) as file:
        for piece, looks in pieces:
            file.write(piece)
            if looks:
                growing.catch_up()
    assert growing.finish() == hashlib.sha256(b"".join(p for p, _ in pieces)).hexdigest()


def test_larger_than_a_block(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(bytes(range(256)) * 10_000)
    assert GrowingHash(path).finish() == hashlib.sha256(path.read_bytes()).hexdigest()
