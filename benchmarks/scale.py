"""Rows a second and memory of ``scamclassify score``, from ten thousand rows to twenty million.

    python benchmarks/scale.py             # Parquet, up to a million
    python benchmarks/scale.py --full      # up to 20 million, and a million as CSV and JSON Lines
    python benchmarks/scale.py --rows 10000 2000000 --jobs 2
    python benchmarks/scale.py --rows 1000000 --formats csv jsonl

The rows are made on disk from the written corpus, the same ones every time: message ``i`` is
a message of the corpus with a number and, in every third, another link, so that no cache
helps. They are scored to the format that they are in (by default Parquet to Parquet) with the
default model and the command that a user types. Memory is that of all processes of the run
together, shared pages counted once (PSS), sampled ten times a second, but never so often that
this takes more than a fiftieth of one core from the run. Input, parts that are done and output
take 500 bytes of disk a row as Parquet (20 million: 10 GB), 650 as JSON Lines.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import scamclassify

RESULTS = Path(__file__).parent / "results" / "scale.json"
DEFAULT = (10_000, 100_000, 1_000_000)
FULL = (*DEFAULT, 5_000_000, 20_000_000)
FORMATS = ("parquet", "csv", "jsonl")
TEXT_ROWS = 1_000_000
_CHUNK = 100_000
_COLUMNS = ("id", "text", "sender")
_BYTES_A_ROW = 650
# Parts of a second that a sample of the memory leaves the run for each that it takes.
_SPARE = 50


def made_rows(n: int) -> Iterator[tuple[range, list[str], list[str]]]:
    """Numbers, messages and senders, some at a time."""
    texts = scamclassify.load_corpus()["text"].tolist()
    for start in range(0, n, _CHUNK):
        ids = range(start, min(start + _CHUNK, n))
        made = [
            f"{texts[i * 7919 % len(texts)]} {i}" + (f" bit.ly/{i:x}" if i % 3 == 0 else "")
            for i in ids
        ]
        yield ids, made, [f"sender{i % 9973}" for i in ids]


def write_rows(path: Path, n: int) -> None:
    """Write n messages in the format of the suffix."""
    if path.suffix == ".parquet":
        kinds = (pa.int64(), pa.string(), pa.string())
        schema = pa.schema(list(zip(_COLUMNS, kinds, strict=True)))
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for columns in made_rows(n):
                writer.write_table(pa.table(list(columns), schema=schema))
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        if path.suffix == ".csv":
            table.writerow(_COLUMNS)
        for columns in made_rows(n):
            rows = zip(*columns, strict=True)
            if path.suffix == ".csv":
                table.writerows(rows)
            else:
                objects = (dict(zip(_COLUMNS, row, strict=True)) for row in rows)
                file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)


def children(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def memory(pid: int) -> tuple[int, int]:
    """Bytes that the processes of a run take together (PSS), and the largest of them (RSS)."""
    together = largest = 0
    for one in children(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()[1:]
        except OSError:
            continue
        sizes = {line.split(":")[0]: int(line.split()[1]) << 10 for line in lines}
        together += sizes.get("Pss", 0)
        largest = max(largest, sizes.get("Rss", 0))
    return together, largest


def measure(source: Path, target: Path, jobs: int) -> dict[str, float | str]:
    """Score a file in a process of its own."""
    command = [sys.executable, "-m", "scamclassify", "score", str(source), "-o", str(target)]
    command += ["--jobs", str(jobs), "--json", "--quiet"]
    began, used = time.perf_counter(), os.times()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    together = largest = 0
    while process.poll() is None:
        sampled = time.process_time()
        now, one = memory(process.pid)
        together, largest = max(together, now), max(largest, one)
        time.sleep(max(0.1, _SPARE * (time.process_time() - sampled)))
    seconds, after = time.perf_counter() - began, os.times()
    # Of all its processes: what would be left of the time on cores of their own.
    processor = (
        after.children_user + after.children_system - used.children_user - used.children_system
    )
    assert process.stdout is not None
    summary = json.loads(process.stdout.read())
    return {
        "format": source.suffix[1:],
        "rows": summary["rows_read"],
        "seconds": round(seconds, 2),
        "rows_per_second": round(summary["rows_read"] / seconds),
        "processor_seconds": round(processor, 2),
        "peak_mib": round(together / 2**20),
        "largest_process_mib": round(largest / 2**20),
        "input_mib": round(source.stat().st_size / 2**20, 1),
        "output_mib": round(target.stat().st_size / 2**20, 1),
    }


def _shown(arguments: list[str]) -> list[str]:
    """Arguments without the folder, which is of this machine only."""
    if "--folder" not in arguments:
        return arguments
    place = arguments.index("--folder")
    return arguments[:place] + arguments[place + 2 :]


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", help="default: up to a million")
    parser.add_argument(
        "--full", action="store_true", help="up to 20 million; a million as CSV and JSON Lines too"
    )
    parser.add_argument("--formats", choices=FORMATS, nargs="+", default=["parquet"])
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--folder", help="where the files are made, and removed")
    arguments = parser.parse_args()
    sizes = arguments.rows or (FULL if arguments.full else DEFAULT)
    points = [(form, n) for form in arguments.formats for n in sizes]
    if arguments.full:
        points += [(form, TEXT_ROWS) for form in FORMATS if form not in arguments.formats]
    curve = []
    print(f"{'format':>8} {'rows':>12} {'seconds':>9} {'rows/s':>9} {'CPU s':>9} {'peak MiB':>9}")
    for form, n in points:
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            if n * _BYTES_A_ROW > shutil.disk_usage(folder).free:
                needed = n * _BYTES_A_ROW / 1e9
                parser.error(f"{n:,} rows need {needed:.1f} GB of disk: say another --folder")
            source = Path(folder, f"messages.{form}")
            write_rows(source, n)
            point = measure(source, Path(folder, f"scored.{form}"), arguments.jobs)
        curve.append(point)
        print(
            f"{form:>8} {point['rows']:>12,} {point['seconds']:>9,} {point['rows_per_second']:>9,} "
            f"{point['processor_seconds']:>9,} {point['peak_mib']:>9,}",
            flush=True,
        )
    values = {
        "command": " ".join(["python", "benchmarks/scale.py", *_shown(sys.argv[1:])]),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}",
        "load_average": [round(load, 1) for load in os.getloadavg()],
        "jobs": arguments.jobs,
        "versions": {name: version(name) for name in ("numpy", "numba", "pyarrow")},
        "scamclassify": scamclassify.__version__,
        "curve": curve,
    }
    RESULTS.write_text(json.dumps(values, indent=1) + "\n")


if __name__ == "__main__":
    main()
