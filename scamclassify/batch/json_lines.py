"""Rows of a JSON Lines file, checked so far that any of the formats can hold them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

_MOST_DEPTH = 64
#: More different keys than this are data in the place of names.
MOST_KEYS = 10_000


class LineError(ValueError):
    """A line that is not a row; ``reason`` is its kind, the message the detail."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail)
        self.reason = reason


def parse_line(line: bytes) -> dict[str, Any]:
    """Parse a line as one object.

    Parameters
    ----------
    line : bytes

    Returns
    -------
    dict
        ``NaN`` and infinities, which JSON has not but Python writes, become None.

    Raises
    ------
    LineError

    Examples
    --------
    >>> parse_line(b'{"text": "hi", "score": NaN}')
    {'text': 'hi', 'score': None}
    """
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LineError("not UTF-8", f"byte 0x{line[error.start]:02x} at {error.start}") from None
    try:
        row = _decode(text)
    except json.JSONDecodeError as error:
        raise LineError("broken JSON", f"{error.msg}, column {error.colno}") from None
    except RecursionError:
        raise LineError("broken JSON", "nested too deeply") from None
    except ValueError:  # Python refuses to read an integer of thousands of digits
        raise LineError("broken JSON", "a number of too many digits") from None
    if not isinstance(row, dict):
        raise LineError("not an object", f"{_kind(row)} found")
    if line.count(b"{") + line.count(b"[") > _MOST_DEPTH and _is_deep(row):
        raise LineError("broken JSON", f"nested more than {_MOST_DEPTH} levels")
    # Only an escape can bring half of a surrogate pair, which no UTF-8 file can hold.
    if b"\\ud" in line.lower():
        try:
            json.dumps(row, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError:
            raise LineError("not Unicode", "half of a surrogate pair") from None
    return row


def _float(digits: str) -> float | None:
    value = float(digits)
    return value if math.isfinite(value) else None


_decode = json.JSONDecoder(parse_constant=lambda name: None, parse_float=_float).decode


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(_MOST_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return False
    return True


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int" if -(2**63) <= value < 2**63 else "json"
    if isinstance(value, float):
        return "float"
    return "str" if isinstance(value, str) else "json"


def note_kinds(kinds: dict[str, set[str]], row: dict[str, Any]) -> None:
    """Add to every key of a row the kind of its value.

    Examples
    --------
    >>> kinds = {}
    >>> note_kinds(kinds, {"a": 1})
    >>> note_kinds(kinds, {"a": None, "b": "x"})
    >>> kinds == {"a": {"int", "null"}, "b": {"str"}}
    True
    """
    for key, value in row.items():
        kinds.setdefault(key, set()).add(_kind(value))


def column_type(kinds: Iterable[str]) -> str:
    """The one type that holds all kinds of values: bool, int, float, or str.

    Examples
    --------
    >>> column_type({"int", "null"}), column_type({"int", "str"})
    ('int', 'str')
    """
    found = set(kinds) - {"null"}
    if found in ({"bool"}, {"int"}):
        return found.pop()
    return "float" if found and found <= {"int", "float"} else "str"


def as_cell(value: Any) -> str:
    """A value as text for a cell: strings as they are, nothing for null, else JSON.

    Examples
    --------
    >>> as_cell("x"), as_cell(None), as_cell([1, True])
    ('x', '', '[1, true]')
    """
    if isinstance(value, str):
        return value
    if type(value) in (int, float):
        return repr(value)  # what json writes, five times as fast
    return "" if value is None else json.dumps(value, ensure_ascii=False)
