"""Rows that cannot be scored, kept with the reason."""

from __future__ import annotations

import json
from collections.abc import Sequence

from scamclassify.batch.parts import BadRow
from scamclassify.batch.rows import Redact


def encode_bad_rows(rows: Sequence[BadRow], source: str, redact: Redact | None = None) -> bytes:
    """Bad rows as JSON Lines.

    Parameters
    ----------
    rows : sequence of BadRow
    source : str
        Name of the file that they come from.
    redact : callable, optional
        Takes out of their content what identifies people.

    Returns
    -------
    bytes

    Examples
    --------
    >>> print(encode_bad_rows([BadRow(2, 3, "empty text", "", "7,")], "a.csv").decode(), end="")
    {"file": "a.csv", "row": 2, "line": 3, "reason": "empty text", "detail": "", "raw": "7,"}
    """
    raws = [row.raw for row in rows]
    if redact is not None and raws:
        raws = redact(raws, ["und"] * len(raws))
    lines = []
    for row, raw in zip(rows, raws, strict=True):
        values = {
            "file": source,
            "row": row.row,
            "line": row.line,
            "reason": row.reason,
            "detail": row.detail,
            "raw": raw,
        }
        lines.append(json.dumps(values, ensure_ascii=False) + "\n")
    return "".join(lines).encode("utf-8", "backslashreplace")
