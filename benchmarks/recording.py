"""How benchmarks write down what they measured on the training frame."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

import scamclassify

RESULTS = Path(__file__).parent / "results"


def write_results(name: str, frame: pd.DataFrame, values: dict[str, Any]) -> None:
    """Write ``results/NAME.json``: command, version and data revision, then the values."""
    result = {
        "command": f"python benchmarks/{name}.py",
        "version": scamclassify.__version__,
        "revision": frame.attrs["revision"],
        **values,
    }
    text = json.dumps(result, indent=1) + "\n"
    (RESULTS / f"{name}.json").write_text(text, encoding="utf-8")
