"""The messages that the package carries: written for it, in every language it serves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from scamclassify.errors import InputFileError
from scamclassify.frame import FRAME_COLUMNS, validate_frame
from scamclassify.labels import CHANNELS, LABELS, SCAM_TYPES, check_language
from scamclassify.resources import resource_path

#: Columns of the corpus beyond those of every message frame.
CORPUS_COLUMNS: tuple[str, ...] = ("country", "hook", "brand", "register", "reviewed")

#: The member states whose messages the corpus imitates (ISO 3166).
COUNTRIES: tuple[str, ...] = ("BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN")

#: What a message wants the reader to use.
HOOKS: tuple[str, ...] = ("link", "phone", "app", "reply")

REGISTERS: tuple[str, ...] = (
    "formal",
    "casual",
    "chat",
    "mixed",
    "romanised",
    "no_diacritics",
)

_FIELDS: tuple[str, ...] = (
    "id",
    "text",
    "language",
    "label",
    "scam_type",
    "channel",
    "country",
    "hook",
    "brand",
    "register",
    "group",
    "reviewed",
)
_VOCABULARY: dict[str, tuple[str, ...]] = {
    "label": LABELS,
    "scam_type": tuple(SCAM_TYPES),
    "channel": CHANNELS,
    "country": COUNTRIES,
    "hook": HOOKS,
    "register": REGISTERS,
}
_MAY_BE_NULL = frozenset({"scam_type", "country", "hook", "brand", "group", "reviewed"})


def load_corpus(languages: str | Iterable[str] | None = None) -> pd.DataFrame:
    """Load the authored messages.

    Parameters
    ----------
    languages : str, iterable of str or None
        Language codes; all that there are if None.

    Returns
    -------
    pandas.DataFrame
        A message frame with ``source`` "corpus" and ``origin`` "authored", and the
        columns :data:`CORPUS_COLUMNS` after those of every message frame.
        ``attrs["revision"]`` is :func:`corpus_revision`.

    Raises
    ------
    UnknownNameError
        If a code is not one of the thirteen languages.
    InputFileError
        If there is no corpus in a language, or a line is not as it must be; the message
        names file and line.

    Examples
    --------
    >>> frame = load_corpus()
    >>> frame["origin"].unique().tolist()
    ['authored']
    """
    paths = _paths(languages)
    rows: list[dict[str, Any]] = []
    seen: dict[str, str] = {}
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if line.strip():
                place = f"data/corpus/{path.name}, line {number}"
                row = _parse(line, path.stem, place)
                first = seen.setdefault(row["id"], place)
                if first != place:
                    raise InputFileError(f"{place}: id {row['id']!r} is also that of {first}")
                rows.append(row)
    frame = pd.DataFrame(rows, columns=list(_FIELDS), dtype=object)
    frame["source"] = "corpus"
    frame["origin"] = "authored"
    frame["date"] = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns]")
    for column in ("id", "text", "language", "label"):
        frame[column] = frame[column].astype(str)
    frame = validate_frame(frame[[*FRAME_COLUMNS, *CORPUS_COLUMNS]])
    frame.attrs = {"dropped": {}, "revision": _digest(paths)}
    return frame


def corpus_revision(languages: str | Iterable[str] | None = None) -> str:
    """A short name of the exact bytes of the corpus.

    Parameters
    ----------
    languages : str, iterable of str or None
        As of :func:`load_corpus`.

    Returns
    -------
    str
        16 hexadecimal digits of a sha256 over the files.

    Examples
    --------
    >>> len(corpus_revision())
    16
    """
    return _digest(_paths(languages))


def _paths(languages: str | Iterable[str] | None) -> list[Path]:
    there = {path.stem: path for path in sorted(resource_path("data", "corpus").glob("*.jsonl"))}
    if languages is None:
        if not there:
            raise InputFileError("the package carries no corpus: data/corpus has no .jsonl file")
        return list(there.values())
    codes = [languages] if isinstance(languages, str) else dict.fromkeys(languages)
    for code in codes:
        if check_language(code) not in there:
            raise InputFileError(
                f"there is no corpus in {code!r}; there is one in: {', '.join(there) or 'none'}"
            )
    return [there[code] for code in codes]


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.name}\t{content}\n".encode())
    return digest.hexdigest()[:16]


def _parse(line: str, language: str, place: str) -> dict[str, Any]:
    """Check one line and return it as a row."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputFileError(f"{place}: not JSON ({error.msg}, column {error.colno})") from None
    if not isinstance(row, dict):
        raise InputFileError(f"{place}: {type(row).__name__} found, an object is needed")
    missing = [name for name in _FIELDS if name not in row]
    foreign = sorted(set(row) - set(_FIELDS))
    if missing or foreign:
        raise InputFileError(
            f"{place}: missing field(s): {', '.join(missing) or 'none'}; "
            f"unknown field(s): {', '.join(foreign) or 'none'}"
        )
    for name, value in row.items():
        if value is None:
            if name not in _MAY_BE_NULL:
                raise InputFileError(f"{place}: {name} is null")
        elif name != "reviewed" and not (isinstance(value, str) and value.strip()):
            raise InputFileError(f"{place}: {name} is {value!r}; it must be a text")
        elif name in _VOCABULARY and value not in _VOCABULARY[name]:
            raise InputFileError(
                f"{place}: {name} is {value!r}; allowed: {', '.join(_VOCABULARY[name])}"
            )
    if row["language"] != language:
        raise InputFileError(f"{place}: language is {row['language']!r}, not {language!r}")
    if (row["label"] == "scam") != (row["scam_type"] is not None):
        raise InputFileError(
            f"{place}: scam_type is {row['scam_type']!r} with label {row['label']!r}; "
            "it is set for scam and for nothing else"
        )
    return row
