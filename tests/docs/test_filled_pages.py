"""The tables of the README and of the model card say what results and model say."""

import importlib
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"
if not FOLDER.is_dir():
    pytest.skip("the benchmarks are not part of this installation", allow_module_level=True)


@pytest.fixture
def pages(monkeypatch):
    monkeypatch.syspath_prepend(FOLDER)
    return importlib.import_module("pages")


def test_tables_are_fresh(pages, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["pages.py", "--check"])
    assert pages.main() == 0, capsys.readouterr().out + "run python benchmarks/pages.py"


def test_every_table_stands_on_a_page(pages):
    text = "".join(path.read_text(encoding="utf-8") for path in pages.PAGES)
    assert {name for _, name, _ in pages._TABLE.findall(text)} == set(pages.TABLES)


def test_a_stale_table_is_noticed(pages, monkeypatch, tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- table thresholds -->\nold\n<!-- end of table -->\nafter\n")
    monkeypatch.setattr(pages, "PAGES", (page,))
    monkeypatch.setattr(pages, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["pages.py", "--check"])
    assert pages.main() == 1
    assert "page.md: stale" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["pages.py"])
    assert pages.main() == 0
    new = page.read_text()
    assert new.startswith("before\n<!-- table thresholds -->\n| false-positive rate |")
    assert new.endswith("<!-- end of table -->\nafter\n")
