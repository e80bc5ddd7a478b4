"""The documentation is whole: pages for every name and command, links that lead somewhere."""

import importlib
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import scamclassify
from scamclassify.cli import build_parser

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
WRITTEN = sorted(p for p in DOCS.rglob("*.md") if "generated" not in p.parts)
if not DOCS.is_dir():
    pytest.skip("the documentation is not part of this installation", allow_module_level=True)


@pytest.fixture(scope="module", autouse=True)
def _scripts():
    sys.path.insert(0, str(DOCS))
    yield
    sys.path.remove(str(DOCS))


@pytest.fixture(scope="module")
def build_cli(_scripts):
    return importlib.import_module("build_cli")


@pytest.fixture(scope="module")
def carried(_scripts):
    return importlib.import_module("carried_pages")


@pytest.fixture(scope="module")
def reference(_scripts):
    return importlib.import_module("reference_pages")


def test_pages_of_commands_are_fresh(build_cli):
    assert build_cli.stale() == [], "run python docs/build_cli.py"
    assert build_cli.main(["--check"]) == 0


def test_a_stale_page_is_noticed(build_cli, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(build_cli, "FOLDER", tmp_path / "cli")
    assert build_cli.main([]) == 0
    (tmp_path / "cli" / "score.md").write_text("old", encoding="utf-8")
    (tmp_path / "cli" / "gone.md").write_text("", encoding="utf-8")
    assert build_cli.main(["--check"]) == 1
    told = capsys.readouterr().err
    assert "score.md is stale" in told
    assert "gone.md is stale" in told
    assert build_cli.main([]) == 0
    assert build_cli.stale() == []


def test_every_command_has_a_page_with_its_options(build_cli):
    found = list(build_cli.commands())
    assert ("score",) in found
    assert ("data", "fetch") in found
    for words in found:
        text = (DOCS / "cli" / f"{words[0]}.md").read_text(encoding="utf-8")
        assert f"# `scamclassify {' '.join(words)}`" in text
    score = (DOCS / "cli" / "score.md").read_text(encoding="utf-8")
    for option in ("--redact", "--restart", "--quarantine FILE", "`INPUT` ..."):
        assert option in score


def test_every_public_name_is_in_the_reference(reference):
    pages = reference.pages()
    assert "scamclassify.rst" in pages
    entries = reference.entries()
    assert entries["scamclassify"] == scamclassify.__all__
    assert {"scamclassify.text", "scamclassify.evaluation.disguise"} <= entries.keys()
    for module, names in entries.items():
        text = pages[f"{module}.rst"]
        assert f" <{module}>\n" in pages["index.rst"]
        for name in names:
            described = re.search(
                rf"^\.\. (?:auto\w+|py:data):: {re.escape(module)}\.{name}$", text, re.M
            )
            # What stands elsewhere already has a line that leads there.
            assert described or f"``{name}``\n    The same as" in text, f"{module}.{name}"


def test_constants_say_what_they_hold(reference):
    labels = reference.pages()["scamclassify.labels.rst"]
    assert "The three classes, in the order of every" in labels
    assert "``ham``, ``promo``, ``scam``" in labels
    assert "- ``delivery``: claims a parcel needs a fee" in labels
    for module, names in reference.entries().items():
        for name in names:
            value = getattr(importlib.import_module(module), name)
            if not callable(value):
                assert reference.comment_on(name, value), f"{module}.{name} lacks a #: comment"


@pytest.mark.parametrize("page", WRITTEN, ids=lambda p: str(p.relative_to(DOCS)))
def test_links_lead_somewhere(page, carried):
    for target in carried.links(page.read_text(encoding="utf-8")):
        path = Path(os.path.normpath(page.parent / target))
        made_by_the_build = path.is_relative_to(DOCS / "generated")
        if made_by_the_build:
            assert path == DOCS / "generated" / "api" / "index.rst"
        elif path.suffix != ".ipynb" or path.parent.is_dir():  # a copy may lack all notebooks
            assert path.exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("page", WRITTEN, ids=lambda p: str(p.relative_to(DOCS)))
def test_commands_shown_are_commands(page):
    """Every scamclassify line in a block of shell parses."""
    text = page.read_text(encoding="utf-8").replace("\\\n", " ")
    for block in re.findall(r"^```shell\n(.*?)^```", text, re.M | re.S):
        for line in block.splitlines():
            words = shlex.split(line.split("> ")[0].split(" < ")[0], comments=True)
            while words and "=" in words[0]:
                words.pop(0)
            if words and words[0] == "scamclassify":
                assert build_parser().parse_args(words[1:]).command == words[1]


def test_links_go_to_the_pages_of_what_is_carried(carried, tmp_path):
    how = DOCS / "howto"
    text = "[a](../../data/cards/th.md#x) [b `c`](../method.md) [d](../../data/lexicon) `e`\n"
    text += "```text\n[f](../../data/cards/th.md)\n```\n"
    assert carried.mend_links(text, how, how) == (
        "[a](../generated/cards/th.md#x) [b `c`](../method.md) d `e`\n"
        "```text\n[f](../../data/cards/th.md)\n```\n"
    )
    assert carried.drop_empty_globs("a\nnothing/here*\nhowto/*\n", DOCS) == "a\nhowto/*\n"


def test_links_of_notebooks_are_mended_too(carried):
    cells = [
        {"cell_type": "markdown", "source": ["# A\n", "[b](../docs/method.md) ไทย"]},
        {"cell_type": "code", "source": ["'[b](../docs/method.md)'"]},
    ]
    placed = DOCS / "generated" / "notebooks"
    text = json.dumps({"cells": cells})
    made = json.loads(carried.mend_notebook(text, ROOT / "notebooks", placed))["cells"]
    assert made[0]["source"] == "# A\n[b](../../method.md) ไทย"
    assert made[1] == cells[1]


def test_every_page_is_in_a_table_of_contents():
    named = set()
    for page in WRITTEN:
        text = page.read_text(encoding="utf-8")
        for table in re.findall(r"^```\{toctree\}\n(.*?)^```", text, re.M | re.S):
            for line in table.splitlines():
                if line and not line.startswith(":"):
                    named |= {path.resolve() for path in page.parent.glob(f"{line}.md")}
    left_out = {page.resolve() for page in WRITTEN} - named
    assert {page.name for page in left_out} == {"index.md"}, "add it to docs/index.md"


def test_the_guide_for_data_scientists_runs(tmp_path, monkeypatch):
    """Its blocks of Python, one after the other, as a reader would."""
    pytest.importorskip("cleanlab", reason="needs the extra quality")
    page = (DOCS / "howto" / "data_scientists.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "data_scientists.md", "exec"), names)
    assert (tmp_path / "mine.scam").exists()
    assert (tmp_path / "report.html").exists()
    assert len(names["reasons"])
    assert len(names["following"]) == 10
    assert len(names["doubtful"]) == len(names["learnt"])


def test_it_builds_without_a_warning(tmp_path):
    for module in ("sphinx", "numpydoc", "myst_nb", "furo"):
        pytest.importorskip(module, reason="needs the extra docs", exc_type=ImportError)
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-q"]
    made = subprocess.run(
        [*command, str(DOCS), str(tmp_path / "docs")], capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    page = (tmp_path / "docs" / "generated" / "api" / "scamclassify.html").read_text("utf-8")
    for name in scamclassify.__all__:
        assert f'id="scamclassify.{name}"' in page
    assert (tmp_path / "docs" / "generated" / "cards" / "th.html").exists()


def test_the_citation_names_this_version():
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {scamclassify.__version__}\n" in text
