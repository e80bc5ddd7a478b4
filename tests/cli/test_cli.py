"""The command line."""

import io
import json
import re
import shlex
import subprocess
import sys

import pytest

from scamclassify import __version__, load_model, save_model
from scamclassify.cli import build_parser, main

COMMANDS = [
    [],
    ["data"],
    ["data", "list"],
    ["data", "show"],
    ["data", "fetch"],
    ["train"],
    ["evaluate"],
    ["benchmark"],
    *(["benchmark", name] for name in ("list", "run", "export", "compare", "table", "show")),
    ["score"],
    ["explain"],
    ["campaigns"],
    ["export"],
    ["intersect"],
    ["report"],
]


@pytest.fixture(scope="module")
def model(small_model, tmp_path_factory):
    """Path of a small model."""
    folder = tmp_path_factory.mktemp("model")
    return str(save_model(small_model, folder / "small.scam", metadata={"sources": ["mine"]}))


@pytest.fixture(scope="module")
def labelled(small_messages, tmp_path_factory):
    """Path of a labelled file."""
    path = tmp_path_factory.mktemp("labelled") / "mine.csv"
    small_messages[["text", "label"]].to_csv(path, index=False)
    return str(path)


def error_line(capsys):
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("scamclassify: error: ")
    return captured.err


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_help_has_examples_that_parse(command, capsys):
    assert main([*command, "--help"]) == 0
    text = capsys.readouterr().out
    examples = re.findall(r"^ +(?:\w+=\S+ )*scamclassify (.+)$", text.split("examples:")[1], re.M)
    assert examples
    for example in examples:
        words = shlex.split(re.split(r" [<>] ", example)[0])
        arguments = build_parser().parse_args(words)
        assert callable(arguments.run)
        assert words[: len(command)] == command


def test_commands_are_all_in_the_help_of_this_test(capsys):
    main(["--help"])
    listed = re.findall(r"^    (\w+)(?: |$)", capsys.readouterr().out, re.M)
    assert listed == [command[0] for command in COMMANDS if len(command) == 1]


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"scamclassify {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["scor"], "Did you mean 'score'?"),
        (["data", "lst"], "Did you mean 'list'?"),
        (
            ["score", "a.csv", "-o", "b.csv", "--text-colum", "x"],
            "unknown option '--text-colum'; did you mean --text-column? (see: scamclassify score",
        ),
        (["campaigns", "a.csv", "--drif=b.csv"], "did you mean --drift?"),
        (["report", "a.csv", "b.csv", "-o", "c.html"], "unknown argument 'b.csv'"),
        (["score", "a.csv", "-o", "b.csv", "--output-format", "xml"], "unknown format 'xml'"),
        (
            ["score", "a.csv", "-o", "b.csv", "--output-format", "jsonl"],
            "--output-format (output_format=) is for standard input and output",
        ),
        (["score", "a.csv", "-o", "."], ". is a folder"),
        ([], "required: COMMAND"),
        (["score", "a.csv"], "-o/--output"),
        (["score", "no/such.csv", "-o", "b.csv"], "there is no file no/such.csv"),
        (["score", "a.csv", "-o", "b.csv", "--batch-size", "0"], "whole number of at least 1"),
        (["data", "show", "uci_smss"], "Did you mean 'uci_sms'?"),
        (["data", "fetch", "uci"], "unknown data set 'uci'"),
        (["data", "fetch"], "give --all"),
        (["data", "fetch", "uci_sms", "--all"], "give --all"),
        (["explain"], "give messages"),
        (["explain", "--input", "no-such.txt"], "no-such.txt: No such file or directory"),
        (["explain", "hi", "--model", "no-such.scam"], "no model file no-such.scam"),
        (["explain", "hi", "--format", "jsn"], "Did you mean 'json'?"),
        (["evaluate", "--report", "a.pdf"], "unknown report format '.pdf'"),
        (["evaluate", "--prevalence", "2"], "not a number between 0 and 1"),
        (["train", "-o", "m.scam", "--max-fpr", "0.3"], "unknown value '0.3'"),
        (["train", "-o", "m.scam", "--data", "a", "--input", "b"], "not allowed with"),
    ],
)
def test_errors_of_users_are_one_line_and_exit_2(arguments, message, capsys):
    assert main(arguments) == 2
    assert message in error_line(capsys)


def test_data_list_and_show(capsys):
    assert main(["data", "list"]) == 0
    assert "uci_sms" in capsys.readouterr().out
    for name, word in [
        ("uci_sms", "## uci_sms"),
        ("corpus", "scam types: "),
        ("lexicon", "concepts in the groups"),
        ("brands", "brands"),
    ]:
        assert main(["data", "show", name]) == 0
        assert word in capsys.readouterr().out


def test_data_fetch(mirror, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SCAMCLASSIFY_DATA", str(tmp_path))
    assert main(["data", "fetch", "uci_sms"]) == 0
    assert re.match(r"uci_sms: \d+ file\(s\), [\d,]+ bytes", capsys.readouterr().out)
    assert any(tmp_path.rglob("*"))


def test_data_that_cannot_be_fetched(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SCAMCLASSIFY_DATA", str(tmp_path / "home"))
    monkeypatch.setenv("SCAMCLASSIFY_MIRROR", str(tmp_path))
    assert main(["train", "-o", str(tmp_path / "m.scam"), "--data", "uci_sms"]) == 2
    assert "uci_sms" in error_line(capsys)
    assert not (tmp_path / "m.scam").exists()


def test_train_evaluate_and_score_on_own_files(tmp_path, labelled, capsys):
    target = tmp_path / "mine.scam"
    assert main(["train", "-o", str(target), "--input", labelled, "--name", "mine"]) == 0
    out = capsys.readouterr().out
    assert "training on 240 messages" in out
    assert "without --max-fpr 0.005, the most probable label counts" in out
    trained = load_model(target)
    assert trained.metadata_["name"] == "mine"
    assert trained.metadata_["sources"] == ["mine"]
    assert trained.metadata_["data_revision"].startswith("mine.csv-")
    assert trained.max_fpr is None
    reports = [str(tmp_path / name) for name in ("report.md", "report.json")]
    options = [word for report in reports for word in ("--report", report)]
    assert main(["evaluate", "--model", str(target), "--input", labelled, *options]) == 0
    captured = capsys.readouterr()
    assert "trained on mine" in captured.err
    assert re.search(r"^Thai ", captured.out, re.M)
    for report in reports:
        assert f"written: {report}" in captured.out
    assert json.loads((tmp_path / "report.json").read_text())
    scored = str(tmp_path / "scored.jsonl")
    assert main(["score", labelled, "-o", scored, "--model", str(target)]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "240 rows read, 240 scored" in captured.err
    assert main(["score", labelled, "-o", scored, "--model", str(target)]) == 2
    assert "already there" in error_line(capsys)
    again = ["score", labelled, "-o", scored, "--model", str(target), "--overwrite", "--quiet"]
    assert main(again) == 0
    assert capsys.readouterr() == ("", "")


def test_train_learns_on_and_merges(tmp_path, labelled, model, capsys):
    newer, shared = tmp_path / "newer.scam", tmp_path / "shared.scam"
    before = load_model(model)
    command = ["train", "-o", str(newer), "--update", model, "--input", labelled, "--name", "new"]
    assert main(command) == 0
    updated = load_model(newer)
    assert updated.n_messages_ == before.n_messages_ + 240
    assert updated.metadata_["updates"][0]["messages"] == 240
    assert main(["train", "-o", str(shared), "--merge", model, str(newer)]) == 0
    out = capsys.readouterr().out
    assert "merged: 2 models" in out
    assert load_model(shared).n_messages_ == updated.n_messages_ + before.n_messages_
    assert main(["train", "-o", str(shared), "--merge", model]) == 2
    assert "two models or more" in error_line(capsys)
    assert main(["train", "-o", str(shared), "--update", model]) == 2
    assert "--update needs --input" in capsys.readouterr().err
    again = ["train", "-o", str(newer), "--update", model, "--merged", str(shared)]
    assert main([*again, "--input", labelled]) == 0
    assert load_model(newer).n_messages_ == before.n_messages_
    assert main(["train", "-o", str(newer), "--merged", str(shared), "--input", labelled]) == 2
    assert "--merged needs --update" in capsys.readouterr().err


def test_a_file_that_cannot_train_a_model(tmp_path, capsys):
    path = tmp_path / "one.csv"
    path.write_text("text,label\nhello,ham\nbye,ham\n")
    assert main(["train", "-o", str(tmp_path / "m.scam"), "--input", str(path)]) == 2
    assert "only one label" in error_line(capsys)


def test_options_of_training_reach_the_library_and_interrupts_exit_130(
    tmp_path, monkeypatch, capsys
):
    calls = {}

    def fake(names, **options):
        calls.update(options, names=names)
        raise KeyboardInterrupt

    monkeypatch.setattr("scamclassify.datasets.training_frame.load_training_frame", fake)
    command = ["train", "-o", str(tmp_path / "m"), "--data", "uci_sms", "thai_sms", "--no-corpus"]
    assert main([*command, "--max-per-source", "50", "--seed", "3"]) == 130
    assert calls == {
        "names": ["uci_sms", "thai_sms"],
        "corpus": False,
        "max_per_source": 50,
        "random_state": 3,
    }


def test_explain_text(model, capsys):
    assert main(["explain", "--model", model, "You won a prize", "see you"]) == 0
    out = capsys.readouterr().out
    assert len(re.findall(r"probability of scam: \d\.\d{3}", out)) == 2


def test_explain_json(model, tmp_path, capsys):
    path = tmp_path / "messages.txt"
    path.write_bytes("\ufeffYou won a prize\r\n\r\nสวัสดีตอนเช้า\n".encode())
    assert main(["explain", "--model", model, "--format", "json", "--input", str(path)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["text"] for row in rows] == ["You won a prize", "สวัสดีตอนเช้า"]
    for row in rows:
        total = sum(part["weight"] for part in row["contributions"])
        assert total == pytest.approx(row["score"], abs=1e-4)
    assert main(["explain", "--model", model, "--format", "json", "--top", "2", "You won it"]) == 0
    assert len(json.loads(capsys.readouterr().out)["contributions"]) == 2


def test_explain_html_from_standard_input(model, monkeypatch, capsys):
    stream = io.TextIOWrapper(io.BytesIO(b"<b>win</b>\nsee you\n"))
    monkeypatch.setattr("sys.stdin", stream)
    assert main(["explain", "--model", model, "--format", "html", "--input", "-"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("<!doctype html>")
    assert page.count("<table>") == 2
    assert "<b>win</b>" not in page


def test_explain_refuses_what_it_cannot_read(model, tmp_path, capsys):
    path = tmp_path / "messages.txt"
    path.write_bytes(b"fine\n\xff\n")
    assert main(["explain", "--model", model, "--input", str(path)]) == 2
    assert "line 2: not UTF-8" in error_line(capsys)
    path.write_bytes(b"\n \n")
    assert main(["explain", "--model", model, "--input", str(path)]) == 2
    assert "holds no message" in error_line(capsys)
    assert main(["explain", "--model", model, "--language", "xx", "hi"]) == 2
    assert "unknown language 'xx'" in error_line(capsys)


def run(*arguments, **options):
    command = [sys.executable, "-m", "scamclassify", *arguments]
    return subprocess.run(command, capture_output=True, timeout=120, **options)


def test_a_broken_pipe_is_quiet(model):
    text = b"You won a prize\n" * 3000
    command = [sys.executable, "-m", "scamclassify", "explain", "--model", model, "--input", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        process.stdin.write(text)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 141


def test_a_terminal_that_lacks_letters(model):
    done = run("explain", "--model", model, "สวัสดี", env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0, done.stderr
    assert b"\\u0e" in done.stdout


def test_help_needs_nothing_heavy():
    code = (
        "import sys; from scamclassify.cli import main; main(['score', '--help']);"
        "assert not {'numpy', 'pandas', 'sklearn', 'tqdm', 'numba'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=60)
