"""What other benchmarks recorded of speed and memory, for `speed.py` to print with its own."""

from __future__ import annotations

import json
from collections.abc import Iterator

from recording import RESULTS

#: Rows of the curve of `scale.py` that have a mark, and those marks.
_SCALED = (1_000_000, 5_000_000, 20_000_000)
_ROWS_A_SECOND, _MEBIBYTES = 150_000, 700


def recorded() -> Iterator[tuple[str, str, float, str]]:
    """Command and machine, name, figure and what is wanted, of what has been recorded.

    Ratios are those of one run each, ours to the peer's, on the machine that is named.
    """
    for name, read in (
        ("training", _of_training),
        ("campaigns", _of_campaigns),
        ("scale", _of_scale),
    ):
        path = RESULTS / f"{name}.json"
        if path.is_file():
            result = json.loads(path.read_text())
            machine = result.get("machine") or result["made"]["machine"]
            for figure in read(result):
                yield (f"{result['command']}, {machine}", *figure)


def _of_training(result: dict) -> Iterator[tuple[str, float, str]]:
    largest = result["made"]["curve"][-1]
    ours, peer = largest["scamclassify"], largest["fastText, 5 epochs"]
    of = f"training, {largest['messages']:,} messages"
    yield f"{of}: seconds", ours["seconds"], "at most 120"
    yield f"{of}: GiB", round(ours["peak_mib"] / 1024, 1), "at most 4"
    yield f"{of}: over fastText", round(peer["seconds"] / ours["seconds"], 1), "above 1"
    better = ours["average_precision"] - peer["average_precision"]
    yield f"{of}: average precision less fastText's", round(better, 3), "at least 0"


def _of_campaigns(result: dict) -> Iterator[tuple[str, float, str]]:
    ours, peer = result["same_run"]["scamclassify"], result["same_run"]["datasketch"]
    of = f"campaigns, {ours['messages']:,} messages"
    yield f"{of}: over datasketch", result["ratios"]["messages a second over datasketch"], "20"
    better = ours["pair_f1"] - peer["pair_f1"]
    yield f"{of}: F1 less datasketch's", round(better, 4), "at least 0"
    million = result["find_campaigns"]
    yield f"campaigns, {million['messages']:,} messages: seconds", million["seconds"], "at most 60"


def _of_scale(result: dict) -> Iterator[tuple[str, float, str]]:
    for point in result["curve"]:
        if point["format"] == "parquet" and point["rows"] in _SCALED:
            of = f"file to file, {point['rows']:,} rows"
            yield f"{of}: rows a second", point["rows_per_second"], f"{_ROWS_A_SECOND:,}"
            yield f"{of}: MiB", point["peak_mib"], f"under {_MEBIBYTES}"
