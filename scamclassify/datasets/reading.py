"""Reads the text formats of the sources: lines, and cells that may span lines."""

from __future__ import annotations

import csv
from pathlib import Path


def read_lines(path: Path) -> list[str]:
    r"""Lines of a UTF-8 file, split on ``\n`` alone.

    ``str.splitlines`` would also split on U+2028 and U+0085, which messages contain.
    A byte-order mark at the head and ``\r`` at the end of a line are format, not text.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    list of str
        The lines; a newline at the end of the file does not begin another.
    """
    # Decoded by hand: opening in text mode would turn a lone "\r" into a line end.
    lines = path.read_bytes().decode("utf-8-sig").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return [line[:-1] if line.endswith("\r") else line for line in lines]


def read_records(path: Path, delimiter: str = ",") -> tuple[list[str], list[list[str]]]:
    """Header and rows of a quoted table; the standard reader keeps every row.

    pandas stops at, or skips, rows with a field too many and turns the text ``NA`` into
    a missing value.

    Parameters
    ----------
    path : pathlib.Path
        A UTF-8 file with a header, with or without a byte-order mark.
    delimiter : str
        One character.

    Returns
    -------
    header : list of str
    rows : list of list of str
        Rows may differ in length from the header; empty lines are not rows.
    """
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = [row for row in csv.reader(handle, delimiter=delimiter) if row]
    return rows[0], rows[1:]
