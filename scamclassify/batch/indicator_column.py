"""Indicators of messages as one value a message."""

from __future__ import annotations

from typing import Any

_KEPT = ("field", "value", "text", "start", "end", "confidence", "detail", "country")


def indicator_records(texts: list[str], languages: list[str]) -> list[list[dict[str, Any]]]:
    """Indicators of each message, as objects of plain JSON values.

    Parameters
    ----------
    texts, languages : list of str, length n

    Returns
    -------
    list of list of dict
        Without keys that have no value.

    Examples
    --------
    >>> (records,) = indicator_records(["Pay at http://post-fee.top/x"], ["en"])
    >>> [record["field"] for record in records]
    ['link', 'domain']
    """
    from scamclassify.indicators import extract_indicators

    frame = extract_indicators(texts, language=languages)
    records: list[list[dict[str, Any]]] = [[] for _ in texts]
    columns = [frame[name].tolist() for name in _KEPT]
    for row, *values in zip(frame["message"].tolist(), *columns, strict=True):
        pairs = zip(_KEPT, values, strict=True)
        records[row].append({k: v for k, v in pairs if v is not None and v == v and v != ""})
    return records
