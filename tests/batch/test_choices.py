"""What is read, what is written, by choice."""

import io
import json
import subprocess
import sys
import zipfile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scamclassify import save_model, score_file
from scamclassify.cli import main
from scamclassify.errors import InputFileError, UnknownNameError

PHONE, NAME = "+65 9123 4567", "Siti Aminah"
MESSAGE = f"Dear {NAME}, your account is locked, call {PHONE} or http://bank-x.top/y"


@pytest.fixture(scope="module")
def model(tiny_model, tmp_path_factory):
    """Path of a small model."""
    return str(save_model(tiny_model, tmp_path_factory.mktemp("model") / "tiny.scam"))


def rows_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def test_several_files_folders_patterns_and_archives(tmp_path, tiny_model):
    folder = tmp_path / "dumps"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.csv").write_text("id,text\n1,one\n2,\n")
    (folder / "deep" / "b.jsonl").write_text('{"text": "two", "id": 7, "when": "today"}\n')
    (folder / "notes.md").write_text("no messages")
    (folder / ".hidden.csv").write_text("text\nno\n")
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.writestr("in/c.tsv", "message\tid\nthree\t9\n")
    pq.write_table(pa.table({"id": [4], "body": ["four"]}), tmp_path / "d.parquet")
    said = []
    summary = score_file(
        [folder, tmp_path / "d.*"], tmp_path / "out.jsonl", model=tiny_model, jobs=1,
        say=said.append,
    )  # fmt: skip
    found = rows_of(tmp_path / "out.jsonl")
    assert [row["file"] for row in found] == [
        "a.csv",
        "c.zip/in/c.tsv",
        "deep/b.jsonl",
        "d.parquet",
    ]
    assert [row["id"] for row in found] == ["1", "9", 7, 4]
    assert summary.text_column == "text, message, body"
    assert any("notes.md" in line for line in said)
    assert summary.rows_read == 5
    score_file([folder, tmp_path / "d.parquet"], tmp_path / "out.parquet", model=tiny_model, jobs=1)
    table = pq.read_table(tmp_path / "out.parquet")
    assert table["id"].to_pylist() == ["1", "9", "7", "4"]
    assert table["when"].to_pylist() == [None, None, "today", None]
    # What was written lies in no later input.
    again = score_file(tmp_path, tmp_path / "out.jsonl", model=tiny_model, jobs=1, overwrite=True)
    assert "out.jsonl" not in again.sources
    assert not any("quarantine" in name or "manifest" in name for name in again.sources)


def test_a_damaged_file_stops_the_run_unless_told_otherwise(tmp_path, tiny_model):
    (tmp_path / "a.csv").write_text("text\none\n")
    (tmp_path / "b.csv.gz").write_bytes(b"nonsense")
    (tmp_path / "c.csv").write_text("x\n1\n")
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(InputFileError, match=r"b\.csv\.gz is not a whole gzip"):
        score_file(tmp_path / "*.csv*", out / "o.csv", model=tiny_model, jobs=1)
    options = {"model": tiny_model, "jobs": 1, "keep_going": True}
    summary = score_file(tmp_path / "*.csv*", out / "o.csv", **options)
    assert (summary.rows_scored, summary.reasons) == (1, {"damaged file": 2})
    rows = rows_of(out / "o.csv.quarantine.jsonl")
    assert {row["file"] for row in rows} == {"b.csv.gz", "c.csv"}


def test_kept_columns_and_added_fields(tmp_path, tiny_model):
    (tmp_path / "a.csv").write_text(f'id,x,text\n1,2,"{MESSAGE}"\n3,4,W1N a pr\u0456ze\n')
    score_file(
        tmp_path / "a.csv", tmp_path / "b.jsonl", model=tiny_model, jobs=1, columns=["x", "id"],
        add=["label", "reasons", "repairs", "indicators"], reasons=2, reason_language="ms",
    )  # fmt: skip
    first, second = rows_of(tmp_path / "b.jsonl")
    assert list(first) == [
        "x", "id", "label", "reasons", "reasons_text", "repairs", "indicators",
    ]  # fmt: skip
    assert len(first["reasons"]) <= 2
    assert len(first["reasons"]) == len(first["reasons_text"])
    assert {"field": "phone", "value": "+6591234567"}.items() <= {
        k: v for one in first["indicators"] if one["field"] == "phone" for k, v in one.items()
    }.items()
    assert sum(second["repairs"].values()) >= 1
    score_file(tmp_path / "a.csv", tmp_path / "b.csv", model=tiny_model, jobs=1, add=["all"])
    header, *lines = (tmp_path / "b.csv").read_text().splitlines()
    assert header.endswith("reasons,reasons_text,repairs,indicators")
    assert len(lines) == 2
    with pytest.raises(UnknownNameError, match="Did you mean 'text'"):
        score_file(tmp_path / "a.csv", tmp_path / "c.csv", model=tiny_model, columns=["tex"])


@pytest.mark.parametrize("source", ["a.csv", "a.jsonl", "a.parquet"])
@pytest.mark.parametrize("target", ["b.csv", "b.jsonl", "b.parquet"])
def test_redacted_outputs_hold_nobody(tmp_path, tiny_model, source, target):
    rows = [
        {"text": MESSAGE, "note": f"from {PHONE}", "number": 6591234567, "n": 5},
        {"text": "", "note": f"from {PHONE}", "number": 6591234567, "n": 5},
    ]
    path = tmp_path / source
    if source == "a.csv":
        lines = [",".join(f'"{value}"' for value in row.values()) for row in rows]
        path.write_text("text,note,number,n\n" + "\n".join(lines) + "\n")
    elif source == "a.jsonl":
        nested = [{**row, "deep": {"who": [PHONE, 6591234567]}} for row in rows]
        path.write_text("".join(json.dumps(row) + "\n" for row in nested))
    else:
        pq.write_table(pa.Table.from_pylist(rows), path)
    score_file(
        path, tmp_path / target, model=tiny_model, jobs=1, redact=True,
        add=["label", "indicators"],
    )  # fmt: skip
    written = tmp_path / target
    if target == "b.parquet":
        text = json.dumps(pq.read_table(written).to_pylist())
    else:
        text = written.read_text()
    text += (tmp_path / f"{target}.quarantine.jsonl").read_text()
    for secret in (NAME, PHONE, "9123", "6591234567"):
        assert secret not in text
    assert "bank-x.top" in text
    assert "[PHONE]" in text


def test_the_column_of_messages_is_guessed_and_said(tmp_path, tiny_model):
    (tmp_path / "a.csv").write_text("a;b\n1;You have won a prize today\n2;see you at lunch then\n")
    said = []
    summary = score_file(
        tmp_path / "a.csv", tmp_path / "b.csv", model=tiny_model, jobs=1, say=said.append
    )
    assert summary.text_column == "b"
    assert "'b' reads most like messages" in said[0]
    assert summary.notes == tuple(said)
    assert json.loads(summary.manifest.read_text())["notes"] == said


def test_encodings_are_found_said_or_given(tmp_path, tiny_model):
    thai = "id,text\n" + "1,คุณได้รับรางวัล กดลิงก์\n" * 30
    (tmp_path / "a.csv").write_bytes(thai.encode("cp874"))
    said = []
    options = {"model": tiny_model, "jobs": 1, "add": ["language"]}
    score_file(tmp_path / "a.csv", tmp_path / "b.jsonl", say=said.append, **options)
    assert "guessed" in said[0]
    assert rows_of(tmp_path / "b.jsonl")[0] == {
        "id": "1", "text": "คุณได้รับรางวัล กดลิงก์", "language": "th",
        "language_probability": rows_of(tmp_path / "b.jsonl")[0]["language_probability"],
    }  # fmt: skip
    score_file(tmp_path / "a.csv", tmp_path / "c.jsonl", encoding="tis-620", **options)
    assert (tmp_path / "b.jsonl").read_bytes() == (tmp_path / "c.jsonl").read_bytes()
    with pytest.raises(UnknownNameError, match="unknown encoding 'thia'"):
        score_file(tmp_path / "a.csv", tmp_path / "d.jsonl", encoding="thia", **options)


def command(*arguments, data=b""):
    done = subprocess.run(
        [sys.executable, "-m", "scamclassify", "score", *arguments],
        input=data, capture_output=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return done


def test_standard_input_to_standard_output(tmp_path, model):
    done = command(
        "-", "-o", "-", "--model", model, "--jobs", "1", data=b"text,n\nhello,1\nbye,2\n"
    )
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("text,n,label,")
    assert len(lines) == 3
    assert b"2 rows read, 2 scored" in done.stderr
    table = pa.table({"text": ["hi", "ho"]})
    sink = io.BytesIO()
    pq.write_table(table, sink)
    done = command(
        "-", "-o", "-", "--output-format", "parquet", "--model", model, "--quiet", "--jobs", "1",
        data=sink.getvalue(),
    )  # fmt: skip
    assert pq.read_table(io.BytesIO(done.stdout))["text"].to_pylist() == ["hi", "ho"]
    assert done.stderr == b""


def test_the_summary_for_machines(tmp_path, model, capsys):
    (tmp_path / "a.csv").write_text('text\nhello\n" "\n')
    target = str(tmp_path / "b.csv")
    arguments = ["score", str(tmp_path / "a.csv"), "-o", target, "--model", model, "--quiet"]
    assert main([*arguments, "--json", "--jobs", "1"]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    summary = json.loads(captured.out)
    assert (summary["rows_read"], summary["rows_quarantined"]) == (2, 1)
    assert summary["target"] == target
    manifest = json.loads((tmp_path / "b.csv.manifest.json").read_text())
    assert manifest["inputs"]["a.csv"]["bytes"] == 15
    assert manifest["rows_read"] == 2
    assert manifest["model"]["name"] == "tiny.scam"


def test_a_model_that_cannot_travel_scores_here(tmp_path, tiny_model):
    class Local:
        """Not to be pickled: it is of a function."""

        classes_ = tiny_model.classes_

        def predict_proba(self, texts):
            return tiny_model.predict_proba(texts)

    (tmp_path / "a.csv").write_text("text\n" + "hello\n" * 30)
    said = []
    summary = score_file(
        tmp_path / "a.csv", tmp_path / "b.csv", model=Local(), jobs=2, batch_size=10,
        say=said.append,
    )  # fmt: skip
    assert summary.rows_scored == 30
    assert "one core only" in said[0]


def test_labels_by_another_threshold_and_prevalence(tmp_path, small_model, small_messages):
    texts = small_messages["text"].tolist()[:200]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    point = small_model.operating_.points[0]
    p = small_model.predict_proba(texts)[:, 2]
    low, high = np.quantile(p, [0.2, 0.4]).tolist()
    score_file(
        tmp_path / "a.jsonl", tmp_path / "b.jsonl", model=small_model, jobs=1, add=["label"],
        max_fpr=point.rate, unsure_band=(low, high),
    )  # fmt: skip
    labels = np.array([row["label"] for row in rows_of(tmp_path / "b.jsonl")])
    assert ((labels == "scam") == (p >= point.threshold)).all()
    assert ((labels == "unsure") == ((p >= low) & (p < max(high, point.threshold)))).all()
    assert {"scam", "unsure"} <= set(labels)
    options = json.loads((tmp_path / "b.jsonl.manifest.json").read_text())["options"]
    assert (options["max_fpr"], options["unsure_band"]) == (point.rate, [low, high])
    score_file(
        tmp_path / "a.jsonl", tmp_path / "c.jsonl", model=small_model, jobs=2, prevalence=0.01
    )
    scored = [row["scam_probability"] for row in rows_of(tmp_path / "c.jsonl")]
    assert scored == pytest.approx(
        small_model.predict_proba(texts, prevalence=0.01)[:, 2], abs=1e-5
    )


def test_a_threshold_that_was_not_measured_is_refused_at_once(tmp_path, model, capsys):
    (tmp_path / "a.csv").write_text("text\nhello\n")
    target = tmp_path / "b.csv"
    arguments = ["score", str(tmp_path / "a.csv"), "-o", str(target), "--model", model]
    assert main([*arguments, "--max-fpr", "0.001"]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "cannot be used with max_fpr=0.001: no threshold was measured" in error
    assert main([*arguments, "--unsure", "0.7,0.3"]) == 2
    assert "'0.7,0.3' is neither a number nor LOW,HIGH" in capsys.readouterr().err
    assert not target.exists()
    assert main([*arguments, "--unsure", "0.3,0.7", "--quiet", "--jobs", "1"]) == 0
    assert target.exists()
