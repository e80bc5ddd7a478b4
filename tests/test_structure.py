"""The package holds together: public names, direction of imports, a light scoring path."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import scamclassify

PACKAGE = Path(scamclassify.__file__).parent

# A part may import from the parts of the same or a smaller rank.
RANK = {
    "atomic": 0,
    "errors": 0,
    "hashing": 0,
    "plugins": 1,
    "labels": 1,
    "frame": 2,
    "resources": 2,
    "validation": 2,
    "text": 3,
    "knowledge": 3,
    "datasets": 4,
    "features": 4,
    "indicators": 4,
    "classifiers": 5,
    "persistence": 6,
    "evaluation": 7,
    "quality": 7,
    "batch": 7,
    "spark": 8,
    "campaigns": 7,
    "exchange": 8,
    "dump_report": 8,
    "benchmark": 8,
    "testing": 9,
    "demo": 9,
    "cli": 9,
}
# ``registry`` builds what stands beside it; ``text`` knows the data folder only.
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "_bundled" not in path.parts)


def part_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_public_names_are_sorted_and_there():
    assert scamclassify.__all__ == sorted(scamclassify.__all__)
    assert set(scamclassify._HOMES) == set(scamclassify.__all__)
    for name in scamclassify.__all__:
        assert getattr(scamclassify, name).__doc__
    assert set(scamclassify.__all__) <= set(dir(scamclassify))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = scamclassify.nonsense


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path):
    part = part_of(path)
    if part in ("__init__", "__main__"):
        return
    for module in imported(path):
        if module.startswith("scamclassify."):
            other = module.split(".")[1]
            assert RANK[other] <= RANK[part], f"{part} must not import {module}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_are_small_and_say_what_they_are(path):
    text = path.read_text(encoding="utf-8")
    assert path.name != "utils.py"
    assert ast.get_docstring(ast.parse(text)) or not text.strip()
    assert text.count("\n") <= 450


def heavy_after(code):
    watched = "('sklearn', 'pandas', 'scipy.sparse', 'matplotlib', 'pyarrow', 'numba')"
    code += f"; import sys; print(*[m for m in {watched} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout.split()


def test_import_is_light():
    assert heavy_after("import scamclassify") == []


def test_scoring_needs_no_training_libraries(small_model, tmp_path):
    path = scamclassify.save_model(small_model, tmp_path / "small.scam")
    code = f"import scamclassify as s; s.load_model({str(path)!r}).assess(['hello'], reasons=2)"
    assert set(heavy_after(code)) <= {"numba"}
