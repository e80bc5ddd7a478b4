"""Scoring of files: all formats, nothing lost, nothing half written."""

import codecs
import csv
import gzip
import hashlib
import io
import json
import subprocess
import sys
from datetime import date
from functools import partial

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import scamclassify
from scamclassify import save_model
from scamclassify.batch.fields import added_columns, choose_fields
from scamclassify.batch.labelled import load_labelled_file
from scamclassify.errors import InputFileError, ScamClassifyError, UnknownNameError

# Workers have tests of their own; here they would only cost time.
score_file = partial(scamclassify.score_file, jobs=1)
ADDED_COLUMNS = list(added_columns(choose_fields(None)))
TEXTS = ["คุณได้รับรางวัล กดลิงก์", 'say "hi", then\ngo', "see you; bye", "a\rb"]


def write_source(path):
    rows = [{"id": n, "text": text, "when": "2026-01-02"} for n, text in enumerate(TEXTS)]
    if path.suffix == ".parquet":
        table = pa.table(
            {
                "id": pa.array([row["id"] for row in rows], pa.int16()),
                "text": TEXTS,
                "when": [date(2026, 1, 2)] * len(rows),
            }
        )
        pq.write_table(table, path)
        return path
    if "csv" in path.name:
        buffer = io.StringIO()
        writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
        writer.writerows([["id", "text", "when"], *(list(row.values()) for row in rows)])
        content = buffer.getvalue().encode()
    else:
        content = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def read_target(path):
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    elif path.suffix == ".zst":
        content = zstandard.ZstdDecompressor().decompressobj().decompress(content)
    text = content.decode()
    if "jsonl" in path.name:
        return [json.loads(line) for line in text.split("\n") if line]
    delimiter = "\t" if "tsv" in path.name else ","
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.mark.parametrize("source", ["a.csv", "a.jsonl.gz", "a.parquet"])
@pytest.mark.parametrize(
    "target", ["b.csv", "b.tsv.zst", "b.jsonl", "b.jsonl.zst", "b.csv.gz", "b.parquet"]
)
def test_every_format_to_every_format(tmp_path, tiny_model, source, target):
    path = write_source(tmp_path / source)
    summary = score_file(path, tmp_path / target, model=tiny_model, batch_size=3, progress=False)
    rows = read_target(tmp_path / target)
    assert list(rows[0]) == ["id", "text", "when", *ADDED_COLUMNS]
    assert [row["text"] for row in rows] == TEXTS
    assert [int(row["id"]) for row in rows] == [0, 1, 2, 3]
    assert {str(row["when"]) for row in rows} == {"2026-01-02"}
    probabilities = tiny_model.predict_proba(TEXTS)
    for row, expected in zip(rows, probabilities, strict=True):
        found = [float(row[f"{label}_probability"]) for label in tiny_model.classes_]
        assert found == pytest.approx(expected.tolist(), abs=1e-5)
    assert [row["label"] for row in rows] == tiny_model.label_of(probabilities).tolist()
    assert rows[0]["language"] == "th"
    assert (summary.rows_read, summary.rows_scored, summary.rows_quarantined) == (4, 4, 0)
    assert sum(summary.counts.values()) == 4
    assert summary.quarantine is None
    expected = [source, target, f"{target}.manifest.json"]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(expected)
    written = json.loads(summary.manifest.read_text())["outputs"][target]
    content = (tmp_path / target).read_bytes()
    assert written["bytes"] == len(content)
    assert written["sha256"] == hashlib.sha256(content).hexdigest()


def test_parquet_has_dictionaries_of_what_repeats(tmp_path, tiny_model):
    table = pa.table(
        {
            "id": range(60),
            "text": [f"{TEXTS[0]} and see you at number {n} of the street" for n in range(60)],
            "sender": [f"sender {n % 7}" for n in range(60)],
            "tags": [["a", "b"]] * 60,
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    score_file(tmp_path / "a.parquet", tmp_path / "b.parquet", model=tiny_model, batch_size=25)
    assert pq.read_table(tmp_path / "b.parquet").select(table.column_names) == table
    group = pq.read_metadata(tmp_path / "b.parquet").row_group(0)
    columns = {one.path_in_schema: one for one in map(group.column, range(group.num_columns))}
    assert not columns["id"].has_dictionary_page
    assert not columns["text"].has_dictionary_page
    assert columns["sender"].has_dictionary_page
    assert columns["label"].has_dictionary_page
    # Messages are not looked for by their order, and the footer is none of their places.
    assert columns["id"].is_stats_set
    assert not columns["text"].is_stats_set


def test_parquet_keeps_its_types(tmp_path, tiny_model):
    path = write_source(tmp_path / "a.parquet")
    score_file(path, tmp_path / "b.parquet", model=tiny_model)
    before, after = pq.read_schema(path), pq.read_schema(tmp_path / "b.parquet")
    assert list(after)[:3] == list(before)


def test_json_lines_give_parquet_types(tmp_path, tiny_model):
    rows = [
        {"text": "a", "n": 1, "x": 1, "flag": True, "mixed": 1, "deep": {"a": [1]}, "big": 2**70},
        {"text": "b", "n": None, "x": 2.5, "flag": False, "mixed": "one", "late": "z"},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    score_file(path, tmp_path / "b.parquet", model=tiny_model)
    table = pq.read_table(tmp_path / "b.parquet").drop_columns(list(ADDED_COLUMNS))
    assert table.to_pylist() == [
        {"text": "a", "n": 1, "x": 1.0, "flag": True, "mixed": "1", "deep": '{"a": [1]}',
         "big": str(2**70), "late": None},
        {"text": "b", "n": None, "x": 2.5, "flag": False, "mixed": "one", "deep": None,
         "big": None, "late": "z"},
    ]  # fmt: skip


def test_bad_rows_are_quarantined(tmp_path, tiny_model):
    path = tmp_path / "dump.csv"
    path.write_bytes(b'id,sms\n1,hello\n2,\n3,"open\n4,\xff\n5,a,b\n6,"x, y"\n')
    summary = score_file(path, tmp_path / "b.csv", model=tiny_model)
    assert summary.rows_read == summary.rows_scored + summary.rows_quarantined == 6
    assert summary.reasons == {
        "empty text": 1,
        "broken quotation": 1,
        "not UTF-8": 1,
        "wrong number of fields": 1,
    }
    rows = read_target(tmp_path / "b.csv.quarantine.jsonl")
    assert [(row["file"], row["row"], row["line"]) for row in rows] == [
        ("dump.csv", 2, 3),
        ("dump.csv", 3, 4),
        ("dump.csv", 4, 5),
        ("dump.csv", 5, 6),
    ]
    assert rows[2]["raw"] == "4,\\xff\n"
    assert summary.text_column == "sms"
    assert "4 quarantined" in str(summary)
    assert "empty text: 1" in str(summary)


def test_column_names_do_not_collide_and_files_can_be_scored_again(tmp_path, tiny_model):
    path = write_source(tmp_path / "a.csv")
    score_file(path, tmp_path / "b.csv", model=tiny_model)
    score_file(tmp_path / "b.csv", tmp_path / "c.jsonl", model=tiny_model)
    score_file(tmp_path / "c.jsonl", tmp_path / "d.csv", model=tiny_model)
    (row, *_) = read_target(tmp_path / "d.csv")
    assert len(row) == 3 + 3 * len(ADDED_COLUMNS)
    assert row["label"] == row["scamclassify_label"] == row["scamclassify2_label"]


def test_repeated_names_of_columns(tmp_path, tiny_model):
    path = tmp_path / "a.csv"
    path.write_text("x,text,x\n1,hello,2\n")
    score_file(path, tmp_path / "b.csv", model=tiny_model)
    assert (tmp_path / "b.csv").read_text().startswith("x,text,x_2,label,")
    for target in ("b.jsonl", "b.parquet"):
        score_file(path, tmp_path / target, model=tiny_model)
        (row,) = read_target(tmp_path / target)
        assert (row["x"], row["x_2"]) == ("1", "2")


def test_the_dialect_of_spreadsheets_is_kept(tmp_path, tiny_model):
    path = tmp_path / "a.csv"
    path.write_bytes("\ufeffid;text\n1;สวัสดี\n".encode())
    score_file(path, tmp_path / "b.csv", model=tiny_model)
    assert (tmp_path / "b.csv").read_bytes().startswith(b"\xef\xbb\xbfid;text;label;")


class Failing:
    """Scores two batches and then breaks."""

    def __init__(self, model, error):
        self.classes_, self._model, self._error, self._left = model.classes_, model, error, 2

    def predict_proba(self, texts):
        self._left -= 1
        if self._left < 0:
            raise self._error
        return self._model.predict_proba(texts)


@pytest.mark.parametrize("error", [RuntimeError("broken"), KeyboardInterrupt()])
@pytest.mark.parametrize("target", ["b.csv", "b.jsonl.gz", "b.parquet", "b.csv.zst"])
def test_a_failing_run_leaves_no_output_and_can_be_started_anew(
    tmp_path, tiny_model, target, error
):
    path = tmp_path / "a.csv"
    path.write_text("id,text\n" + "1,hello\n2,\n" * 20)
    with pytest.raises(type(error)):
        score_file(path, tmp_path / target, model=Failing(tiny_model, error), batch_size=4)
    assert {p.name for p in tmp_path.iterdir()} == {"a.csv", f".{target}.scoring"}
    with pytest.raises(InputFileError, match=r"unfinished run .* model .*--restart"):
        score_file(path, tmp_path / target, model=tiny_model, batch_size=4)
    summary = score_file(path, tmp_path / target, model=tiny_model, batch_size=4, restart=True)
    assert (summary.rows_read, summary.rows_resumed) == (40, 0)
    assert len(read_target(tmp_path / target)) == 20
    assert not (tmp_path / f".{target}.scoring").exists()


def test_a_damaged_source_leaves_nothing(tmp_path, tiny_model):
    whole = gzip.compress(
        b"id,text\n" + b"".join(b"%d,hi %d\n" % (n, n * n) for n in range(90_000))
    )
    (tmp_path / "a.csv.gz").write_bytes(whole[:-5000])
    with pytest.raises(InputFileError, match="not a whole gzip file"):
        score_file(tmp_path / "a.csv.gz", tmp_path / "b.csv", model=tiny_model)
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv.gz"]


def test_a_failing_run_keeps_the_earlier_output(tmp_path, tiny_model):
    path = write_source(tmp_path / "a.csv")
    (tmp_path / "b.csv").write_text("earlier")
    failing = Failing(tiny_model, RuntimeError())
    with pytest.raises(RuntimeError):
        score_file(path, tmp_path / "b.csv", model=failing, batch_size=1, overwrite=True)
    assert (tmp_path / "b.csv").read_text() == "earlier"


def test_outputs_are_not_overwritten_unasked(tmp_path, tiny_model):
    path = write_source(tmp_path / "a.csv")
    target, quarantine = tmp_path / "b.csv", tmp_path / "b.csv.quarantine.jsonl"
    quarantine.write_text("of an earlier run")
    with pytest.raises(InputFileError, match="already there"):
        score_file(path, target, model=tiny_model)
    score_file(path, target, model=tiny_model, overwrite=True)
    # No row was bad this time: what is there must not look like it belongs to this run.
    assert not quarantine.exists()
    with pytest.raises(InputFileError, match="already there"):
        score_file(path, target, model=tiny_model)


def test_wrong_arguments(tmp_path, tiny_model):
    path = write_source(tmp_path / "a.csv")
    with pytest.raises(InputFileError, match="three different files"):
        score_file(path, path, model=tiny_model, overwrite=True)
    with pytest.raises(InputFileError, match="no folder"):
        score_file(path, tmp_path / "none" / "b.csv", model=tiny_model)
    with pytest.raises(InputFileError, match="must be JSON Lines"):
        score_file(path, tmp_path / "b.csv", model=tiny_model, quarantine=tmp_path / "q.csv")
    with pytest.raises(InputFileError, match="read but not written"):
        score_file(path, tmp_path / "b.xlsx", model=tiny_model)
    with pytest.raises(UnknownNameError, match="file format"):
        score_file(path, tmp_path / "b.pdf", model=tiny_model)
    with pytest.raises(UnknownNameError, match="Did you mean 'reasons'"):
        score_file(path, tmp_path / "b.csv", model=tiny_model, add=["reason"])
    with pytest.raises(UnknownNameError, match="unknown column 'idd'"):
        score_file(path, tmp_path / "b.csv", model=tiny_model, columns=["idd"])
    assert not list(tmp_path.glob(".*"))
    with pytest.raises(ValueError, match="batch_size"):
        score_file(path, tmp_path / "b.csv", model=tiny_model, batch_size=0)


def test_a_file_without_rows(tmp_path, tiny_model):
    for source, target in (("a.csv", "b.parquet"), ("a.jsonl", "b.csv")):
        (tmp_path / source).write_text("id,text\n" if source == "a.csv" else "")
        summary = score_file(tmp_path / source, tmp_path / target, model=tiny_model)
        assert summary.rows_read == 0
        assert read_target(tmp_path / target) == []
        assert "0 rows read" in str(summary)


def test_two_classes_leave_the_third_probability_empty(tmp_path, small_messages):
    from scamclassify import ScamClassifier

    two = small_messages[small_messages["label"] != "promo"]
    model = ScamClassifier(n_features=2**10, calibration_folds=0).fit(two, two["label"])
    path = write_source(tmp_path / "a.csv")
    score_file(path, tmp_path / "b.jsonl", model=model)
    assert read_target(tmp_path / "b.jsonl")[0]["promo_probability"] is None


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=st.one_of(
        st.binary(max_size=200),
        st.lists(
            st.sampled_from(
                [b"id,text", b"1,hi", b'2,"', b'3,"a', b'b"', b",", b"\xff", b"\n", b"\r\n", b"\0",
                 b'{"text": "a"}', b'{"text": 1}', b'{"label": 2, "text": "x"}', b"{", b"null",
                 b'{"text": "\\ud800"}', b"4,\xe0\xb8\x81"]
            ),
            max_size=25,
        ).map(b"\n".join),
        st.lists(st.sampled_from([b"a", b'"', b",", b"\n", b"\r"]), max_size=60).map(
            lambda parts: b"text,x\n" + b"".join(parts)
        ),
    ),
    names=st.sampled_from([("a.csv", "b.jsonl"), ("a.jsonl", "b.csv"), ("a.jsonl", "b.parquet"),
                           ("a.csv", "b.csv"), ("a.tsv", "b.parquet")]),
)  # fmt: skip
def test_no_bytes_break_it_and_no_row_is_lost(tmp_path_factory, tiny_model, content, names):
    folder = tmp_path_factory.mktemp("bytes")
    source, target = (folder / name for name in names)
    source.write_bytes(content)
    try:
        summary = score_file(source, target, model=tiny_model, progress=False, batch_size=5)
    except ScamClassifyError:
        assert [p.name for p in folder.iterdir()] == [source.name]
        return
    quarantine = folder / (target.name + ".quarantine.jsonl")
    bad = len(read_target(quarantine)) if quarantine.exists() else 0
    scored = len(read_target(target))
    assert (scored, bad) == (summary.rows_scored, summary.rows_quarantined)
    assert summary.rows_read == scored + bad
    assert sum(summary.counts.values()) == scored
    if source.suffix == ".jsonl":
        lines = content.removeprefix(codecs.BOM_UTF8).split(b"\n")
        assert summary.rows_read == sum(1 for line in lines if line.strip())


def test_scoring_loads_no_training_library(tmp_path, tiny_model):
    model = save_model(tiny_model, tmp_path / "tiny.scam")
    path = write_source(tmp_path / "a.csv")
    code = (
        "import sys\nfrom scamclassify import score_file\n"
        "score_file(*sys.argv[1:3], model=sys.argv[3])\n"
        "print(*[m for m in ('sklearn', 'pandas', 'pyarrow', 'scipy.sparse') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path, tmp_path / "b.csv", model],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert done.stdout.split() == []
    assert done.stderr == ""


def test_the_bar_is_shown_when_asked(tmp_path, tiny_model, capsys):
    path = write_source(tmp_path / "a.csv")
    score_file(path, tmp_path / "b.csv", model=tiny_model, progress="always")
    assert "100%" in capsys.readouterr().err
    score_file(path, tmp_path / "c.csv", model=tiny_model)
    assert capsys.readouterr().err == ""


def test_own_labelled_files(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("sms,class,language\nwin a prize,SCAM,en\nอยู่ไหนแล้ว,ham,\n,ham,\nhi,,\n")
    frame = load_labelled_file(path)
    assert frame["label"].tolist() == ["scam", "ham"]
    assert frame["language"].tolist() == ["en", "th"]
    assert frame["source"].unique().tolist() == ["mine"]
    assert frame.attrs["dropped"] == {"empty text": 1, "no label": 1}
    path.write_text("sms,class\nwin,spam\n")
    with pytest.raises(UnknownNameError, match=r"unknown label in mine\.csv 'spam'"):
        load_labelled_file(path)
    path.write_text("sms,class\n,ham\n")
    with pytest.raises(InputFileError, match="no labelled message"):
        load_labelled_file(path)
