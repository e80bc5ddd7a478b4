"""What a run is: inputs and model by their hashes, options by their values."""

from __future__ import annotations

import hashlib
import os
import pickle
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scamclassify.batch.inputs import Input
from scamclassify.hashing import file_hash


def describe_inputs(inputs: Sequence[Input]) -> dict[str, dict[str, Any]]:
    """Bytes and hash of every file that inputs lie in, by name.

    Examples
    --------
    >>> import tempfile
    >>> from scamclassify.batch.formats import FileFormat
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "a.csv")
    ...     _ = path.write_text("text")
    ...     describe_inputs([Input("a.csv", path, FileFormat("csv"))])["a.csv"]["bytes"]
    4
    """
    known: dict[Path, dict[str, Any]] = {}
    described: dict[str, dict[str, Any]] = {}
    for entry in inputs:
        if entry.path not in known:
            size = entry.path.stat().st_size
            known[entry.path] = {"bytes": size, "sha256": file_hash(entry.path)}
        described[entry.name] = known[entry.path]
    return described


def describe_model(model: Any) -> dict[str, Any]:
    """Name and hash of a model.

    Parameters
    ----------
    model : str, path or fitted classifier
        As for :func:`scamclassify.load_model`.

    Returns
    -------
    dict
        ``name`` and ``sha256``: of the file, or of the pickled object. An object that
        cannot be pickled gets a number that never comes again.

    Raises
    ------
    ModelFormatError, UnknownNameError
        If there is no such model.
    """
    if isinstance(model, str | os.PathLike):
        from scamclassify.persistence.finding import find_model

        path = find_model(os.fspath(model))
        return {"name": Path(os.fspath(model)).name, "sha256": file_hash(path)}
    name = getattr(model, "metadata_", {}).get("name") or type(model).__name__
    try:
        digest = hashlib.sha256(pickle.dumps(model, protocol=5)).hexdigest()
    except Exception:
        digest = f"unknown-{uuid.uuid4()}"
    return {"name": name, "sha256": digest}
