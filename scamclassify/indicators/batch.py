"""Indicators of many messages: a scan of all of them first, then the few that hold some."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from scamclassify.indicators.extract import _extract, check_origin
from scamclassify.indicators.prescan import DIGIT, prescan
from scamclassify.validation import as_texts

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("field", "start", "end", "text", "value", "confidence", "detail", "country")


def extract_batch(texts: Iterable[str], language: Any, country: Any) -> pd.DataFrame:
    """Table of the indicators of n messages; see `extract_indicators`.

    Equal messages are read once. Messages that hold neither digit, dot, ``@`` nor the name
    of an app or a code cost only the scan.
    """
    import pandas as pd

    texts = as_texts(texts)
    languages = _one_each(language, len(texts), "languages")
    countries = _one_each(country, len(texts), "countries")
    for origin in set(zip(languages, countries, strict=True)):
        check_origin(*origin)
    bits = prescan(texts)
    rows = np.flatnonzero(bits)
    languages = _identified(texts, languages, rows[(bits[rows] & DIGIT) > 0])
    known: dict[tuple[str, str | None, str | None], list[tuple]] = {}
    messages: list[int] = []
    found: list[tuple] = []
    for row in rows.tolist():
        key = (texts[row], languages[row], countries[row])
        one = known.get(key)
        if one is None:
            one = [
                (i.field, i.start, i.end, i.text, i.value, i.confidence, i.detail, i.country)
                for i in _extract(*key, int(bits[row]))
            ]
            known[key] = one
        found += one
        messages += [row] * len(one)
    frame = pd.DataFrame(found, columns=list(COLUMNS))
    frame.insert(0, "message", np.asarray(messages, dtype=np.int64))
    return frame.astype({"start": "int64", "end": "int64", "confidence": "float64"})


def _one_each(given: Any, n: int, what: str) -> list[str | None]:
    if given is None or isinstance(given, str):
        return [given] * n
    values = [None if value is None or value != value else value for value in given]
    if len(values) != n:
        raise ValueError(f"{len(values)} {what} for {n} messages; one for each is needed")
    return values


def _identified(
    texts: list[str], languages: list[str | None], rows: np.ndarray
) -> list[str | None]:
    """Languages, identified for the rows that lack one; all at once is far cheaper."""
    missing = [row for row in rows.tolist() if languages[row] is None]
    if not missing:
        return languages
    from scamclassify.text.language import identify_batch

    named, _ = identify_batch([texts[row] for row in missing])
    languages = list(languages)
    for row, name in zip(missing, named.tolist(), strict=True):
        languages[row] = name
    return languages
