"""Readers of files of messages."""

import gzip
import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from scamclassify.batch.columns import added_names, find_column, unique_names
from scamclassify.batch.fields import added_columns, choose_fields
from scamclassify.batch.formats import FileFormat, file_format
from scamclassify.batch.readers import open_source
from scamclassify.errors import InputFileError, UnknownNameError

ADDED = list(added_columns(choose_fields(None)))


def read(path, **options):
    batches = list(open_source(path, **options).batches(3))
    texts = [text for batch in batches for text in batch.texts]
    return texts, [(bad.row, bad.reason) for batch in batches for bad in batch.bad]


def write(path, content):
    if path.suffix == ".gz":
        content = gzip.compress(content)
    elif path.suffix == ".zst":
        content = zstandard.compress(content)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_csv(tmp_path, suffix):
    content = '\ufeffid,Message\n1,สวัสดี\n2,\n3,"a, b"\n4,x,y\n5,z\n'.encode()
    path = write(tmp_path / f"a.csv{suffix}", content)
    assert read(path) == (
        ["สวัสดี", "a, b", "z"],
        [(2, "empty text"), (4, "wrong number of fields")],
    )


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_json_lines(tmp_path, suffix):
    lines = [
        b'\xef\xbb\xbf{"body": "one", "n": 1}',
        b"{broken",
        b"",
        b'{"n": 2}',
        b'{"body": 5}',
        b'{"body": "\\ud800"}',
        b'{"body": "\\ud83d\\ude00", "late": NaN}',
        b"[1]",
        b'{"body": "\xff"}',
        b'{"body": " "}',
        b'{"body": "x", "y": ' + b"[" * 70 + b"]" * 70 + b"}",
        b'{"body": "x", "y": ' + b"9" * 5000 + b"}",
        b'{"body": "x", "y": ' + b"[" * 100_000 + b"}",
    ]
    path = write(tmp_path / f"a.jsonl{suffix}", b"\n".join(lines))
    texts, bad = read(path)
    assert texts == ["one", "\N{GRINNING FACE}"]
    assert bad == [
        (2, "broken JSON"),
        (3, "text missing"),
        (4, "text is not a string"),
        (5, "not Unicode"),
        (7, "not an object"),
        (8, "not UTF-8"),
        (9, "empty text"),
        (10, "broken JSON"),
        (11, "broken JSON"),
        (12, "broken JSON"),
    ]
    assert open_source(path).names == ["body", "n", "late"]


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string())]
)
def test_parquet(tmp_path, kind):
    column = pa.array(["one", None, " ", "two"]).cast(kind)
    pq.write_table(pa.table({"n": [1, 2, 3, 4], "text": column}), tmp_path / "a.parquet")
    assert read(tmp_path / "a.parquet") == (
        ["one", "two"],
        [(2, "text missing"), (3, "empty text")],
    )


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow"])
def test_what_was_read_is_let_go(tmp_path, name):
    """Memory does not grow with the file, be it many times as large as what is held of it."""
    n_groups, n_rows = 24, 1000
    digits = random.Random(0)
    schema = pa.schema([("text", pa.string())])
    if name.endswith(".parquet"):
        writer = pq.ParquetWriter(tmp_path / name, schema, compression="none", use_dictionary=False)
    else:
        writer = pa.ipc.new_file(str(tmp_path / name), schema)
    with writer:
        for _ in range(n_groups):
            texts = [digits.randbytes(500).hex() for _ in range(n_rows)]
            writer.write_table(pa.table([texts], schema=schema))
    size = (tmp_path / name).stat().st_size
    source = open_source(tmp_path / name)
    before, held, read_rows = pa.total_allocated_bytes(), [], 0
    for batch in source.batches(n_rows):
        read_rows += batch.n_rows
        held.append(pa.total_allocated_bytes() - before)
    assert read_rows == n_groups * n_rows
    # The row group at hand, its pieces and a buffer; the whole file would be 24 of these.
    assert max(held) < 6 * size / n_groups


def test_parquet_strings_that_are_not_utf8(tmp_path):
    offsets = pa.py_buffer(memoryview(bytearray(b"\0\0\0\0\2\0\0\0\3\0\0\0")))
    column = pa.StringArray.from_buffers(2, offsets, pa.py_buffer(b"\xff\xfea"))
    pq.write_table(pa.table({"text": column}), tmp_path / "a.parquet")
    assert read(tmp_path / "a.parquet") == (["a"], [(1, "not UTF-8")])


def test_old_line_ends(tmp_path):
    path = write(tmp_path / "a.csv", b"id,text\r1,one\r2,two\r")
    assert read(path) == (["one", "two"], [])


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "a.csv is empty"),
        ("a.csv", b'"id,text\n1,2\n', "header cannot be read"),
        ("a.csv.gz", b"id,text\n", "not a whole gzip file"),
        ("a.csv.gz", gzip.compress(b"id,text\n" * 9000)[:-20], "not a whole gzip file"),
        ("a.jsonl.zst", b"id,text\n", "not a whole zstd file"),
        ("a.jsonl.zst", zstandard.compress(b"{}\n" * 9000)[:-3], "not a whole zstd file"),
        ("a.parquet", b"PAR1 nonsense", "not a Parquet file"),
        ("a.csv", b"PK\x03\x04...", "it is a zip archive"),
        ("a.csv", gzip.compress(b"id,text\n"), "name it .gz"),
        ("a.parquet.gz", b"", "compressed inside"),
    ],
)
def test_files_that_cannot_be_used(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputFileError, match=message):
        read(tmp_path / name)


def test_missing_files_and_columns(tmp_path):
    with pytest.raises(InputFileError, match="there is no file"):
        open_source(tmp_path / "a.csv")
    path = write(tmp_path / "a.csv", b"id,txt\n1,a\n")
    with pytest.raises(UnknownNameError, match="Did you mean 'txt'"):
        open_source(path)
    with pytest.raises(UnknownNameError, match="unknown text column 'textt'"):
        open_source(path, "textt")
    assert read(path, text_column="txt")[0] == ["a"]
    pq.write_table(pa.table({"text": [1, 2]}), tmp_path / "a.parquet")
    with pytest.raises(InputFileError, match="'text' holds int64, not text"):
        open_source(tmp_path / "a.parquet")


def test_formats():
    assert file_format(Path("A.TSV.GZ")) == FileFormat("csv", "gz", "\t")
    with pytest.raises(UnknownNameError, match=r"Did you mean '.jsonl'"):
        file_format(Path("a.jsonlx"))


def test_columns():
    assert find_column("text column", "b", ("text",), ["text", "b"]) == 1
    assert added_names(["a"], ADDED)["label"] == "label"
    once = added_names(["language"], ADDED)
    assert set(once.values()) == {f"scamclassify_{name}" for name in once}
    twice = added_names(["language", *once.values()], ADDED)
    assert not set(twice.values()) & {"language", *once.values()}
    assert unique_names(["a", "a_2", "a", "a"]) == ["a", "a_2", "a_3", "a_4"]


def test_bad_rows_keep_their_content(tmp_path):
    path = write(tmp_path / "a.csv", b"id,text\n1,caf\xe9 " + b"x" * 5000 + b"\n")
    (batch,) = open_source(path).batches(10)
    assert batch.bad[0].raw.startswith("1,caf\\xe9 xxx")
    assert len(batch.bad[0].raw) <= 2000
    pq.write_table(pa.table({"n": [7], "text": pa.array([None], pa.string())}), tmp_path / "a.pq")
    (batch,) = open_source(tmp_path / "a.pq").batches(10)
    assert json.loads(batch.bad[0].raw) == {"n": 7, "text": None}


def test_a_batch_of_long_rows_ends_early(tmp_path, monkeypatch):
    monkeypatch.setattr("scamclassify.batch.parts.MOST_PART_BYTES", 1000)
    path = write(tmp_path / "a.csv", b"text\n" + (b"x" * 400 + b"\n") * 9)
    assert [len(batch.texts) for batch in open_source(path).batches(100)] == [3, 3, 3]
