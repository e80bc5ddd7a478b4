"""Execute the notebooks and save them with their outputs: ``python notebooks/run.py [NAME ...]``.

``SCAMCLASSIFY_NOTEBOOK_SAMPLE`` sets how many messages they use; without it they run in full.
"""

from __future__ import annotations

import base64
import io
import os
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from PIL import Image

HERE = Path(__file__).resolve().parent
#: A plot has few colours; with a palette it takes a third of the place.
COLOURS = 256


def execute(path: Path, timeout: int = 1200) -> nbformat.NotebookNode:
    """Run a notebook from top to bottom.

    Parameters
    ----------
    path : pathlib.Path
    timeout : int, default=1200
        Seconds that a cell may take.

    Returns
    -------
    nbformat.NotebookNode
        With outputs, without times and machine, so that equal runs make equal files.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell fails.
    """
    notebook = nbformat.read(path, as_version=4)
    # The code beside the notebooks is run, whatever else is installed.
    paths = [str(HERE.parent), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    client = NotebookClient(
        notebook,
        timeout=timeout,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(HERE)}},
    )
    client.execute(env=environment)
    return tidy(notebook)


def tidy(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Take out what differs from machine to machine: times, versions, progress, warnings."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.outputs = [one for one in cell.outputs if one.get("name") != "stderr"]
            for data in (one["data"] for one in cell.outputs if "data" in one):
                if "image/png" in data:
                    data["image/png"] = smaller_png(data["image/png"])
    nbformat.validate(notebook)
    return notebook


def smaller_png(encoded: str) -> str:
    """A picture in base64 with a palette of colours."""
    with Image.open(io.BytesIO(base64.b64decode(encoded))) as picture:
        drawn = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    drawn.save(buffer, format="PNG", optimize=True)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def main(names: list[str]) -> int:
    """Execute all notebooks, or those whose names start with one of ``names``."""
    for path in sorted(HERE.glob("[0-9][0-9]_*.ipynb")):
        if names and not path.name.startswith(tuple(names)):
            continue
        start = time.perf_counter()
        notebook = execute(path)
        partial = path.with_suffix(".partial")
        nbformat.write(notebook, partial)
        partial.replace(path)
        size = path.stat().st_size / 1000
        print(f"{path.name}: {time.perf_counter() - start:.0f} s, {size:.0f} kB", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
