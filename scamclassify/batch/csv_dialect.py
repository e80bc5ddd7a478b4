"""Which delimiter a CSV file has."""

from __future__ import annotations

from scamclassify.batch.columns import LABEL_COLUMNS, TEXT_COLUMNS
from scamclassify.batch.csv_records import read_records

DELIMITERS = ",;\t|"


def sniff_delimiter(sample: bytes, text_column: str | None = None) -> str:
    """Guess the delimiter of a CSV file from its first lines.

    Parameters
    ----------
    sample : bytes
        Beginning of the file, without a byte order mark.
    text_column : str, optional
        A column that the header is known to have.

    Returns
    -------
    str
        One of ``, ; | `` and tab: the one under which the header has a column for texts
        and most rows are as wide as the header.

    Examples
    --------
    >>> sniff_delimiter(b"id;text\\n1;well, well\\n")
    ';'
    """
    terminator = b"\n" if b"\n" in sample else b"\r"
    lines = sample.split(terminator)
    if len(lines) > 1:
        lines.pop()  # perhaps cut
    lines = [line + b"\n" for line in lines[:200]]
    wanted = {name.casefold() for name in (*TEXT_COLUMNS, *LABEL_COLUMNS)}
    if text_column is not None:
        wanted = {text_column.strip().casefold()}
    best, best_rank = ",", (-1.0, -1.0, -1.0)
    for delimiter in DELIMITERS:
        records = list(read_records(iter((line, True) for line in lines), delimiter))
        good = [record for record in records if not record.reason]
        if not good:
            continue
        header = good[0].cells
        found = any(name.strip().casefold() in wanted for name in header)
        share = len(good) / len(records)
        # Under a character that does not occur every row has one cell: no evidence.
        rank = (float(found), share if len(header) > 1 or found else 0.0, float(len(header)))
        if rank > best_rank:
            best, best_rank = delimiter, rank
    return best
