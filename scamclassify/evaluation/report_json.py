"""Reports as JSON: the table as records, the arrays of the plots packed."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from typing import Any

import numpy as np
import pandas as pd

from scamclassify.errors import InputFileError

#: Columns of :attr:`~scamclassify.evaluation.report.Report.table`, in order.
TABLE_COLUMNS: tuple[str, ...] = (
    "slice_kind",
    "slice",
    "origin",
    "metric",
    "value",
    "low",
    "high",
    "n",
    "n_scam",
    "note",
)

_FORMAT = "scamclassify-report"
_VERSION = 1
_CATEGORIES = ("label", "predicted", "language", "source", "origin")
_NUMBERS = ("value", "low", "high")


def dump(table: pd.DataFrame, metadata: dict[str, Any], predictions: pd.DataFrame) -> str:
    """Write the parts of a report as JSON; a missing number becomes null."""
    records = table.to_dict("records")
    for record in records:
        for name in _NUMBERS:
            record[name] = None if np.isnan(record[name]) else float(record[name])
    packed: dict[str, Any] = {
        "n": len(predictions),
        "score": _pack(predictions["score"].to_numpy().astype("<f4")),
    }
    for name in _CATEGORIES:
        column = predictions[name].cat
        packed[name] = {
            "categories": [str(value) for value in column.categories],
            "codes": _pack(column.codes.to_numpy().astype("<i2")),
        }
    document = {
        "format": _FORMAT,
        "version": _VERSION,
        "metadata": metadata,
        "table": records,
        "predictions": packed,
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)


def load(text: str) -> tuple[pd.DataFrame, dict[str, Any], pd.DataFrame]:
    """Read what :func:`dump` wrote.

    Raises
    ------
    InputFileError
        If the text is not a report, is damaged or of an unknown version.
    """
    try:
        document = json.loads(text)
    except ValueError as error:
        raise InputFileError(f"this is not a report: no valid JSON ({error})") from error
    if not isinstance(document, dict) or document.get("format") != _FORMAT:
        raise InputFileError(f"this is not a report: 'format' is not {_FORMAT!r}")
    if document.get("version") != _VERSION:
        raise InputFileError(
            f"the report has version {document.get('version')!r}; this package reads {_VERSION}"
        )
    try:
        return _table(document["table"]), dict(document["metadata"]), _predictions(document)
    except (KeyError, TypeError, ValueError, binascii.Error, zlib.error) as error:
        raise InputFileError(f"the report is damaged: {error!r}") from error


def _table(records: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(records, columns=list(TABLE_COLUMNS))
    for name in _NUMBERS:
        table[name] = table[name].astype(np.float64)
    for name in ("n", "n_scam"):
        table[name] = table[name].astype(np.int64)
    return table


def _predictions(document: dict[str, Any]) -> pd.DataFrame:
    packed = document["predictions"]
    n = int(packed["n"])
    columns: dict[str, Any] = {"score": _unpack(packed["score"], "<f4", n)}
    for name in _CATEGORIES:
        codes = _unpack(packed[name]["codes"], "<i2", n)
        columns[name] = pd.Categorical.from_codes(codes, packed[name]["categories"])
    return pd.DataFrame(columns)


def _pack(values: np.ndarray) -> str:
    return base64.b64encode(zlib.compress(values.tobytes(), 6)).decode("ascii")


def _unpack(text: str, kind: str, n: int) -> np.ndarray:
    size = n * np.dtype(kind).itemsize
    # No more than the stated size is unpacked, whatever a foreign file holds.
    unpacker = zlib.decompressobj()
    data = unpacker.decompress(base64.b64decode(text, validate=True), size + 1)
    if len(data) != size:
        raise ValueError(f"an array does not have the stated {n} entries")
    return np.frombuffer(data, dtype=kind).astype(kind[1:])
