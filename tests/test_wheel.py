"""The wheel is complete: outside the checkout it finds its data and its model."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = """
import scamclassify as s
from scamclassify.resources import resource_path
assert "_bundled" in str(resource_path("data")), resource_path("data")
model = s.load_model()
print(model.predict_proba(["hello"]).shape, len(s.load_lexicon().concepts), len(s.load_corpus()))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the unpacked wheel, as an installer would lay it out."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    target = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def test_it_works_outside_the_checkout(installed, tmp_path):
    environment = os.environ | {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=tmp_path, env=environment, capture_output=True,
        text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("(1, 3) 149 ")


def test_only_what_belongs_is_inside(installed):
    names = {path.relative_to(installed).parts[0] for path in installed.iterdir()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"scamclassify"}
    sizes = sum(path.stat().st_size for path in installed.rglob("*") if path.is_file())
    assert sizes < 30 * 2**20
