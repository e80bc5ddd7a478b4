"""A thousand malformed files: every row accounted for, no traceback, bounded memory.

Some fifty are fixed, the others are drawn. To draw more of them, and others every time:

    SCAMCLASSIFY_MALFORMED=20000 python -m pytest tests/batch/test_malformed.py \\
        --hypothesis-profile=default
"""

import codecs
import contextlib
import gzip
import io
import json
import os
import tracemalloc
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify import score_file
from scamclassify.cli import main
from scamclassify.errors import ScamClassifyError

N_DRAWN = int(os.environ.get("SCAMCLASSIFY_MALFORMED", "945"))
MOST_MEMORY = 220 << 20


class Quick:
    """Scores at once: here the files matter."""

    classes_ = np.array(["ham", "promo", "scam"])

    def predict_proba(self, texts):
        return np.full((len(texts), 3), 1 / 3)


def score(source, folder, target="b.jsonl", **options):
    """Score and check what must always hold; None where the file was refused."""
    try:
        summary = score_file(
            source, folder / target, model=Quick(), jobs=1, batch_size=7, progress=False,
            add=["label"], **options,
        )  # fmt: skip
    except ScamClassifyError:
        left = {p.name for p in folder.iterdir() if p != Path(source)}
        assert left == set(), f"a refused file left {left}"
        return None
    rows = (folder / target).read_bytes().split(b"\n")[:-1]
    quarantine = folder / f"{target}.quarantine.jsonl"
    bad = quarantine.read_bytes().split(b"\n")[:-1] if quarantine.exists() else []
    assert (len(rows), len(bad)) == (summary.rows_scored, summary.rows_quarantined)
    assert summary.rows_read == len(rows) + len(bad)
    assert sum(summary.counts.values()) == len(rows)
    assert sum(summary.reasons.values()) == len(bad)
    for line in bad:
        row = json.loads(line)
        assert row["file"]
        assert row["reason"]
    return summary


def table(rows=("hello", "see you", "bye")):
    return pa.table({"id": range(len(rows)), "text": rows})


def parquet(**options):
    sink = io.BytesIO()
    pq.write_table(table(["hello there"] * 2000), sink, **options)
    return sink.getvalue()


def arrow(compression=None):
    sink = io.BytesIO()
    data = table(["hello there"] * 2000)
    options = pa.ipc.IpcWriteOptions(compression=compression)
    with pa.ipc.new_file(sink, data.schema, options=options) as writer:
        writer.write_table(data)
    return sink.getvalue()


def zipped(members, **options):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return sink.getvalue()


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


CSV = b'id,text\n1,hello\n2,"a ""b"""\n3,\n'
JSONL = b'{"text": "hi"}\n{"text": 3}\n{broken\n'
THAI = "id,text\n" + "".join(f"{n},คุณได้รับรางวัล กดลิงก์ {n}\n" for n in range(40))
CHINESE = "id,text\n" + "1,您的账户已被冻结\n" * 30
LONG = b"x" * (10 << 20)

#: Name -> file name, content, rows that must be read (None: the file is refused).
FIXED = {
    "utf-16": ("a.csv", codecs.BOM_UTF16_LE + THAI.encode("utf-16-le"), 40),
    "utf-16 without mark": ("a.csv", CSV.decode().encode("utf-16-le"), 3),
    "utf-32": ("a.jsonl", '{"text": "hi"}\n'.encode("utf-32"), 1),
    "utf-16 cut in a letter": ("a.csv", "id,text\n1,hi\n2,ho\n".encode("utf-16")[:-1], 2),
    "thai codepage": ("a.csv", THAI.encode("cp874"), 40),
    "chinese codepage": ("a.csv", CHINESE.encode("gb18030"), 30),
    "two encodings": ("a.csv", THAI.encode() + "41,caf\xe9\n".encode("latin-1"), 41),
    "nothing": ("a.csv", b"", None),
    "only a mark": ("a.csv", codecs.BOM_UTF8, None),
    "only ends of lines": ("a.csv", b"\n\r\n\n", None),
    "nulls in a row": ("a.csv", b"id,text\n1,a\0b\n2,\0\n", 2),
    "nulls only": ("a.csv", b"\0" * 5000, None),
    "nulls in json": ("a.jsonl", JSONL + b"\0\0\n", 4),
    "half a row": ("a.csv", b"id,text\n1,hello\n2", 2),
    "half a quoted row": ("a.csv", b'id,text\n1,hello\n2,"never', 2),
    "half an object": ("a.jsonl", b'{"text": "hi"}\n{"text": "h', 2),
    "mixed ends of lines": ("a.csv", b"id,text\r\n1,a\n2,b\r\n\r\n3,c\n", 3),
    "old ends of lines": ("a.csv", b"id,text\r1,a\r2,b\r", 2),
    "a cell of 10 MB": ("a.csv", b"id,text\n1," + LONG + b"\n2,b\n", 2),
    "a quoted cell of 10 MB": ("a.csv", b'id,text\n1,"' + LONG + b'"\n2,b\n', 2),
    "a line of 10 MB of quotes": ("a.csv", b"id,text\n1," + b'"' * (10 << 20) + b"\n2,b\n", 2),
    "a string of 10 MB": ("a.jsonl", b'{"text": "' + LONG + b'"}\n{"text": "b"}\n', 2),
    "a header of 10 MB": ("a.csv", LONG + b"\n1\n", None),
    "ten thousand columns": ("a.csv", b"text" + b",x" * 9999 + b"\n" + b"," * 9999 + b"\n", 1),
    "a bomb of gzip": ("a.csv.gz", gzip.compress(b"id,text\n" + bytes(400 << 20)), None),
    "a bomb of zstd": (
        "a.jsonl.zst", zstandard.compress(b'{"text": "hi"}\n' + bytes(400 << 20)), None,
    ),
    "a bomb of zip": ("a.zip", zipped({"a.csv": b"id,text\n" + bytes(400 << 20)}), None),
    "a truncated gzip": ("a.csv.gz", gzip.compress(CSV * 500)[:-30], None),
    "a truncated zstd": ("a.csv.zst", zstandard.compress(CSV * 500)[:-9], None),
    "a truncated zip": ("a.zip", zipped({"a.csv": CSV * 500})[:-30], None),
    "gzip that is none": ("a.csv.gz", CSV, None),
    "plain that is gzip": ("a.csv", gzip.compress(CSV), None),
    "gzip with a tail": ("a.csv.gz", gzip.compress(CSV) + b"tail", None),
    "gzip in two members": ("a.csv.gz", gzip.compress(CSV) + gzip.compress(b"4,x\n"), 4),
    "zstd in two frames": ("a.csv.zst", zstandard.compress(CSV) + zstandard.compress(b"4,x\n"), 4),
    "a zip with odd names": (
        "a.zip", zipped({"../../a.csv": CSV, "/etc/b.csv": CSV, "\x1b[2Jc.csv": CSV,
                         "d\\e.csv": CSV, "con.csv": CSV, "x" * 250 + ".csv": CSV,
                         "read.me": b"?"}), 18,
    ),
    "a zip in a zip": ("a.zip", zipped({"b.zip": zipped({"a.csv": CSV}), "a.csv": CSV}), None),
    "gzip in a zip": ("a.zip", zipped({"a.csv.gz": gzip.compress(CSV)}), 3),
    "an empty zip": ("a.zip", zipped({}), None),
    "truncated parquet": ("a.parquet", parquet()[:-50], None),
    "parquet without its middle": ("a.parquet", parquet()[:40] + parquet()[90:], None),
    "a broken page": ("a.parquet", parquet()[:200] + bytes(60) + parquet()[260:], None),
    "truncated arrow": ("a.arrow", arrow()[:-60], None),
    "broken packed arrow": ("a.arrow", arrow("zstd")[:900] + bytes(90) + arrow("zstd")[990:], None),
    "no text in parquet": ("a.parquet", b"PAR1PAR1", None),
    "a workbook": ("a.xlsx", workbook([["id", "text"], [1, "hi"], [2, None], [3, "x", "more"]]), 3),
    "a broken workbook": ("a.xlsx", workbook([["id", "text"], [1, "hi"]])[:-400], None),
    "a zip that is no workbook": ("a.xlsx", zipped({"a.csv": CSV}), None),
    "an array": ("a.json", b'[{"text": "a"}, {"text": "b"}, 3, {"te', 4),
    "an endless string in an array": ("a.json", b'[{"text": "a"}, {"text": "' + LONG, 2),
    "deep nesting": ("a.jsonl", b'{"text": "a", "x": ' + b"[" * 100_000 + b"\n" + JSONL, 4),
    "no array": ("a.json", b"nonsense", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", FIXED)
def test_the_fixed_set(tmp_path, name):
    file, content, rows = FIXED[name]
    (tmp_path / file).write_bytes(content)
    del content
    with peak() as memory:
        summary = score(tmp_path / file, tmp_path)
    assert (summary.rows_read if summary else None) == rows, summary
    assert memory[0] < MOST_MEMORY
    # Told to go on, it loses nothing that can be read, and says what could not.
    if rows is None:
        summary = score(tmp_path / file, tmp_path, keep_going=True)
        assert summary.reasons["damaged file"] >= 1


@contextlib.contextmanager
def peak():
    """Most memory that Python held in the block."""
    memory = []
    tracemalloc.start(1)
    try:
        yield memory
    finally:
        memory.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()


def test_all_of_them_in_one_run(tmp_path, capsys):
    folder = tmp_path / "dumps"
    folder.mkdir()
    for number, (file, content, _) in enumerate(FIXED.values()):
        if len(content) < 1 << 20:
            (folder / f"{number}{file}").write_bytes(content)
    (tmp_path / "out").mkdir()
    summary = score(folder, tmp_path / "out", keep_going=True)
    assert summary.rows_read > 100
    assert summary.reasons["damaged file"] > 20


def test_what_comes_before_a_defect_is_scored(tmp_path):
    rows = b"".join(b"%d,hi %d\n" % (n, n * n) for n in range(50_000))
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"id,text\n" + rows)[:-1000])
    summary = score_file(
        tmp_path / "a.csv.gz", tmp_path / "b.csv", model=Quick(), jobs=1, keep_going=True
    )
    assert summary.rows_scored > 49_000
    assert summary.reasons == {"damaged file": 1}


def test_the_command_line_says_one_line(tmp_path, capsys):
    for file, content, rows in FIXED.values():
        if rows is not None or len(content) > 1 << 20:
            continue
        (tmp_path / file).write_bytes(content)
        arguments = ["score", str(tmp_path / file), "-o", str(tmp_path / "b.csv"), "--jobs", "1"]
        assert main(arguments) == 2
        assert capsys.readouterr().err.count("\n") == 1


WHOLE = {
    "a.csv": CSV * 3,
    "a.jsonl": JSONL * 3,
    "a.json": b'[{"text": "a"}, {"text": "b", "x": [1, {"y": "]"}]}]',
    "a.csv.gz": gzip.compress(CSV * 3, mtime=0),
    "a.jsonl.zst": zstandard.compress(JSONL * 3),
    "a.zip": zipped({"a.csv": CSV, "b.jsonl": JSONL}),
    "a.parquet": parquet(),
    "a.arrow": arrow(),
    "a.xlsx": workbook([["id", "text"], [1, "hi"], [2, "x"]]),
}
PIECES = [b"\0", b"\xff", b'"', b"\n", b"\r", b",", b";", b"{", b"]", b"\\", b"\xe0\xb8",
          b"PK\x03\x04", b"\xef\xbb\xbf", b"\xff\xfe", b"text", b'"text": ',
          b"\x1f\x8b", b"\xed\xa0\x80"]  # fmt: skip


@settings(max_examples=N_DRAWN, deadline=None)
@given(data=st.data(), name=st.sampled_from(sorted(WHOLE)))
def test_files_that_were_damaged_at_random(tmp_path_factory, data, name):
    content = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content)))
        kind = data.draw(st.sampled_from(["cut", "insert", "replace", "drop", "repeat"]))
        piece = data.draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)))
        if kind == "cut":
            del content[place:]
        elif kind == "insert":
            content[place:place] = piece
        elif kind == "replace":
            content[place : place + len(piece)] = piece
        elif kind == "drop":
            del content[place : place + len(piece) * 3]
        else:
            content[place:place] = content[place : place + 40]
    folder = tmp_path_factory.mktemp("damaged")
    source = folder / name
    source.write_bytes(content)
    if score(source, folder) is None:
        assert score(source, folder, keep_going=True).reasons["damaged file"] >= 1
