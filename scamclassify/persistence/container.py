"""The container of a model: one zip archive of a manifest and plain arrays.

Layout: ``manifest.json`` (format name, protocol, kind, parameters, state, and for every
array its dtype, shape and SHA-256) and ``arrays/<name>.npy``. Everything is checked
against the manifest before it is used; nothing is ever unpickled.

Protocol rules: a reader refuses a protocol it does not know. A new field that old readers
may ignore keeps the protocol; a change of meaning or layout raises it, and the reader then
converts the older protocols it still knows (``_upgrade_from_1``).
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from scamclassify.atomic import atomic_writer
from scamclassify.errors import ModelFormatError

FORMAT = "scamclassify-model"
PROTOCOL = 2
#: Older protocols that are converted when they are read.
READABLE = (1, PROTOCOL)
_MANIFEST = "manifest.json"
_MOST_BYTES = 2**30  # of one member, unpacked
_DTYPES = ("<f4", "<f2", "<f8", "<i4", "<i8", "|u1", "|b1")
# A fixed time stamp, so that the same model gives the same bytes.
_TIME = (2026, 1, 1, 0, 0, 0)


def _array_bytes(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, np.ascontiguousarray(array), allow_pickle=False)
    return buffer.getvalue()


def write_container(path: Path, manifest: dict[str, Any], arrays: dict[str, np.ndarray]) -> None:
    """Write a model file atomically; equal content gives equal bytes.

    Parameters
    ----------
    path : pathlib.Path
    manifest : dict
        Plain JSON values.
    arrays : dict of str to numpy.ndarray
        Numbers and booleans only.
    """
    packed = {name: _array_bytes(array) for name, array in sorted(arrays.items())}
    manifest = {
        "format": FORMAT,
        "protocol": PROTOCOL,
        **manifest,
        "arrays": {
            name: {
                "dtype": arrays[name].dtype.str,
                "shape": list(arrays[name].shape),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
            for name, data in packed.items()
        },
    }
    members = {_MANIFEST: json.dumps(manifest, indent=1, ensure_ascii=False).encode()}
    members |= {f"arrays/{name}.npy": data for name, data in packed.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_writer(path) as stream, zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data, compresslevel=6)


def read_container(path: Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Read and check a model file.

    Raises
    ------
    ModelFormatError
        If the file is no model, is truncated or changed, or of an unknown protocol.
    FileNotFoundError
        If there is no such file.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive, path)
    except (zipfile.BadZipFile, EOFError, KeyError, OSError, ValueError) as error:
        if isinstance(error, ModelFormatError | FileNotFoundError | PermissionError):
            raise
        raise ModelFormatError(f"{path} is not a whole scamclassify model: {error}") from None
    except Exception as error:  # zlib and struct errors of a damaged archive
        raise ModelFormatError(f"{path} is not a whole scamclassify model: {error}") from None


def _member(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    info = archive.getinfo(name)
    if info.file_size > _MOST_BYTES:
        raise ModelFormatError(f"{path}: the member {name} is larger than {_MOST_BYTES} bytes")
    return archive.read(name)


def _read(archive: zipfile.ZipFile, path: Path):
    names = archive.namelist()
    if _MANIFEST not in names:
        raise ModelFormatError(f"{path} is a zip archive but not a scamclassify model")
    manifest = json.loads(_member(archive, _MANIFEST, path))
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ModelFormatError(f"{path} is not a scamclassify model")
    protocol = manifest.get("protocol")
    if isinstance(protocol, bool) or protocol not in READABLE:
        raise ModelFormatError(
            f"{path} has the model protocol {protocol!r}; this version reads "
            f"{' and '.join(map(str, READABLE))}. "
            "Install a newer scamclassify, or train the model again."
        )
    declared = manifest.get("arrays")
    if not isinstance(declared, dict):
        raise ModelFormatError(f"{path}: the manifest lists no arrays")
    expected = {_MANIFEST, *(f"arrays/{name}.npy" for name in declared)}
    if set(names) != expected or len(names) != len(expected):
        raise ModelFormatError(f"{path} holds other members than its manifest lists")
    arrays = {}
    for name, about in declared.items():
        data = _member(archive, f"arrays/{name}.npy", path)
        if hashlib.sha256(data).hexdigest() != about.get("sha256"):
            raise ModelFormatError(f"{path}: the array {name} was changed (checksum differs)")
        if about.get("dtype") not in _DTYPES:
            raise ModelFormatError(f"{path}: the array {name} has the type {about.get('dtype')!r}")
        array = np.lib.format.read_array(io.BytesIO(data), allow_pickle=False)
        if array.dtype.str != about["dtype"] or list(array.shape) != about.get("shape"):
            raise ModelFormatError(f"{path}: the array {name} is not as the manifest says")
        arrays[name] = array
    if protocol == 1:
        _upgrade_from_1(manifest)
    return manifest, arrays


def _upgrade_from_1(manifest: dict[str, Any]) -> None:
    """Protocol 1 knew thresholds alone, no scam types, priors, bands or training state."""
    points = manifest.pop("operating_points", {})
    n_classes = len(manifest.get("classes", ()))
    manifest["operating"] = {
        "points": [
            {"rate": float(rate), "threshold": value, "recall": None, "false_alarms": -1}
            for rate, value in sorted(points.items(), key=lambda item: float(item[0]))
        ],
        "how": "held-out sources",
        "n_honest": 0,
        "n_scam": 0,
        "sources": {},
        "revision": "",
    }
    manifest["priors"] = [1 / n_classes] * n_classes if n_classes else []
    manifest["unsure_bands"] = []
    manifest["types"] = None
    manifest["has_state"] = False
    manifest["protocol"] = PROTOCOL
