"""A file beside the outputs that says what the run was."""

from __future__ import annotations

import json
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from scamclassify.atomic import atomic_writer
from scamclassify.batch.summary import ScoreSummary
from scamclassify.hashing import file_hash

_FORMAT = 1
_LIBRARIES = ("numpy", "numba", "pyarrow")


def manifest_path(target: Path) -> Path:
    """Where the manifest of a target lies.

    Examples
    --------
    >>> manifest_path(Path("b.csv")).name
    'b.csv.manifest.json'
    """
    return target.with_name(target.name + ".manifest.json")


def write_manifest(
    path: Path,
    identity: dict[str, Any],
    model: dict[str, Any],
    inputs: dict[str, dict[str, Any]],
    summary: ScoreSummary,
    began: datetime,
    n_runs: int,
    target_hash: str | None,
) -> None:
    """Write what a run was.

    Parameters
    ----------
    path : pathlib.Path
    identity : dict
        Options, as the journal compares them.
    model : dict
        Name and hash.
    inputs : dict
        Bytes, hash and what was found out about each input, by name.
    summary : ScoreSummary
    began : datetime
        When this run began.
    n_runs : int
        How often it was started until it was done.
    target_hash : str or None
        SHA-256 of the target, where it is known.
    """
    hashes = {summary.target: target_hash or file_hash(summary.target)}
    if summary.quarantine:
        hashes[summary.quarantine] = file_hash(summary.quarantine)
    values = {
        "format": _FORMAT,
        "scamclassify": identity["scamclassify"],
        "python": platform.python_version(),
        "libraries": {name: _version(name) for name in _LIBRARIES},
        "model": model,
        "inputs": inputs,
        "options": identity["options"],
        "outputs": {
            output.name: {"bytes": output.stat().st_size, "sha256": digest}
            for output, digest in hashes.items()
        },
        "rows_read": summary.rows_read,
        "rows_scored": summary.rows_scored,
        "rows_quarantined": summary.rows_quarantined,
        "counts": summary.counts,
        "types": summary.types,
        "languages": summary.languages,
        "reasons": summary.reasons,
        "notes": list(summary.notes),
        "began": began.isoformat(timespec="seconds"),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "runs": n_runs,
        "seconds": round(summary.seconds, 3),
    }
    with atomic_writer(path) as stream:
        stream.write(json.dumps(values, ensure_ascii=False, indent=1).encode("utf-8") + b"\n")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
