"""The notebooks run from top to bottom on a small sample; what is committed of them is small."""

import importlib.util
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_BYTES = 200_000
# A folder of somebody's machine.
LOCAL_PATH = re.compile(r"(?<![\w./:-])/(home|root|tmp|work|Users|usr|var|opt|mnt)/\w")

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def execute():
    """The function that ``make notebooks`` executes with."""
    spec = importlib.util.spec_from_file_location("notebooks_run", ROOT / "notebooks" / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.execute


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def outputs(notebook):
    return [one for cell in notebook["cells"] for one in cell.get("outputs", [])]


def test_there_are_seven_in_order():
    assert [path.name[:2] for path in NOTEBOOKS] == [f"{n:02d}" for n in range(1, 8)]


@each_notebook
# Kernels use sockets and event loops of their own; only errors in the cells count here.
@pytest.mark.filterwarnings("ignore")
def test_runs_from_top_to_bottom(path, execute, tmp_path, monkeypatch):
    # An empty mirror: the carried corpus only, the same on every machine.
    (tmp_path / "mirror").mkdir()
    monkeypatch.setenv("SCAMCLASSIFY_MIRROR", str(tmp_path / "mirror"))
    monkeypatch.setenv("SCAMCLASSIFY_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SCAMCLASSIFY_NOTEBOOK_SAMPLE", "40")
    before = path.read_bytes()
    notebook = execute(path, timeout=300)
    assert path.read_bytes() == before
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    assert any("image/png" in one.get("data", {}) for one in outputs(notebook))


@each_notebook
def test_opens_and_closes_for_the_reader(path):
    cells = read(path)["cells"]
    first, last = "".join(cells[0]["source"]), "".join(cells[-1]["source"])
    assert cells[0]["cell_type"] == cells[-1]["cell_type"] == "markdown"
    assert first.startswith("# ")
    assert "**What you will learn**" in first
    assert "## What to do next" in last
    for name in re.findall(r"\]\(([^)#:]+\.ipynb)\)", first + last):
        assert (path.parent / name).is_file(), name
    sources = "".join("".join(cell["source"]) for cell in cells)
    assert "SCAMCLASSIFY_NOTEBOOK_SAMPLE" in sources


@each_notebook
def test_committed_outputs_are_small_and_clean(path):
    assert path.stat().st_size < MOST_BYTES
    notebook = read(path)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert all(cell["metadata"] == {} for cell in notebook["cells"])
    found = outputs(notebook)
    assert any("image/png" in one.get("data", {}) for one in found)
    for one in found:
        assert one["output_type"] != "error"
        assert one.get("name") != "stderr"
        shown = "".join(one.get("text", [])) + "".join(
            "".join(part) for kind, part in one.get("data", {}).items() if kind.startswith("text/")
        )
        assert not LOCAL_PATH.search(shown), shown[:300]
