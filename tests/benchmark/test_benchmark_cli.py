"""The command ``scamclassify benchmark``."""

import gzip

import pytest

from scamclassify.cli import main


@pytest.fixture
def call(suite, folder, capsys):
    """Run a command on the suite ``tiny``; its exit code, output and error."""

    def run(*arguments, results=True):
        extra = ["--results", str(folder)] if results else []
        code = main(["benchmark", *arguments, "--suite", suite, *extra])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_compare_and_table(call, tmp_path):
    plot = tmp_path / "ranks.png"
    code, out, _ = call("compare", "--baseline", "prior", "--plot", str(plot))
    assert code == 0
    assert "better than prior" in out
    assert plot.read_bytes().startswith(b"\x89PNG")
    code, out, _ = call("table", "--tasks", "across", "--by", "languages", "--format", "html")
    assert code == 0
    assert "<th>th</th>" in out
    heat = tmp_path / "heat.svg"
    code, out, _ = call("table", "--models", "prior", "complement_nb", "--plot", str(heat))
    assert out.index("| prior") < out.index("| complement_nb")
    assert "<svg" in heat.read_text()


def test_list_show_and_export(call, tmp_path):
    code, out, _ = call("list", results=False)
    assert "tiny/across" in out
    assert "vowpal_wabbit" in out
    code, out, _ = call("show", "task", "across", results=False)
    assert "leave_language_out" in out
    assert "not pinned" in out
    code, out, _ = call("show", "model", "hashed_logistic", results=False)
    assert "liblinear" in out
    target = tmp_path / "folds.csv.gz"
    code, out, _ = call("export", "--tasks", "across", "-o", str(target), results=False)
    assert code == 0
    assert gzip.decompress(target.read_bytes()).startswith(b"task,fold,slice,side,id,target\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("compare", "--baseline", "priors"), "Did you mean 'prior'"),
        (("table", "--tasks", "acros"), "Did you mean 'across'"),
        (("table", "--plot", "heat.gif"), "unknown format of a plot '.gif'"),
        (("show", "task", "acros"), "Did you mean 'across'"),
        (("show", "model", "complement"), "Did you mean 'complement_nb'"),
        (("run", "--models", "complement_n"), "Did you mean 'complement_nb'"),
        (("run", "--sample", "0"), "whole number of at least 1"),
    ],
)
def test_errors_are_one_line(call, arguments, message):
    code, _, err = call(*arguments, results=arguments[0] in ("compare", "table"))
    assert code == 2
    assert err.count("\n") == 1
    assert message in err
