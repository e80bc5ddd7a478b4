"""Where the figures come from: files, hashes, model, versions."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scamclassify.batch.formats import file_format
from scamclassify.batch.streams import split_lines
from scamclassify.errors import InputFileError
from scamclassify.hashing import file_hash

_BLOCK = 1 << 20
_MOST_MANIFEST = 64 << 20


@dataclass(frozen=True)
class FileFacts:
    """A file that was read.

    Attributes
    ----------
    name, role : str
    size : int or None
        Bytes.
    sha256 : str or None
    rows : int or None
    """

    name: str
    role: str
    size: int | None = None
    sha256: str | None = None
    rows: int | None = None


def file_facts(path: Path, role: str, rows: int | None = None) -> FileFacts:
    """Size and hash of a file.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "a.csv")
    ...     _ = path.write_bytes(b"")
    ...     file_facts(path, "scored").sha256[:8]
    'e3b0c442'
    """
    return FileFacts(path.name, role, path.stat().st_size, file_hash(path), rows)


@dataclass(frozen=True)
class Manifest:
    """What the run that scored the file was, as far as its manifest says.

    Attributes
    ----------
    version : str
        Of scamclassify.
    model : dict of str to str
    options : dict of str to str
    inputs : tuple of FileFacts
    rows_read, rows_quarantined : int or None
    finished : str
    """

    version: str = ""
    model: dict[str, str] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    inputs: tuple[FileFacts, ...] = ()
    rows_read: int | None = None
    rows_quarantined: int | None = None
    finished: str = ""


def read_manifest(path: Path) -> Manifest | None:
    """The manifest of a scored file, ``NAME.manifest.json``; None where there is none.

    Raises
    ------
    InputFileError
        If it is damaged.
    """
    path = path.with_name(path.name + ".manifest.json")
    if not path.is_file():
        return None
    try:
        if path.stat().st_size > _MOST_MANIFEST:
            raise ValueError("it is too large")
        values = json.loads(path.read_bytes())
        inputs = values.get("inputs") or {}
        return Manifest(
            version=str(values.get("scamclassify", "")),
            model=_texts(values.get("model")),
            options=_texts(values.get("options")),
            inputs=tuple(
                FileFacts(
                    str(name),
                    "input",
                    _whole(facts.get("bytes")),
                    facts.get("sha256"),
                    _whole(facts.get("rows")),
                )
                for name, facts in inputs.items()
            ),
            rows_read=_whole(values.get("rows_read")),
            rows_quarantined=_whole(values.get("rows_quarantined")),
            finished=str(values.get("finished", "")),
        )
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise InputFileError(f"{path.name} is no manifest of scamclassify score: {error}") from None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _texts(values: Any) -> dict[str, str]:
    if not isinstance(values, dict):
        return {"name": str(values)} if values else {}
    return {
        str(key): value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for key, value in values.items()
        if value not in (None, "", [], {})
    }


@dataclass
class QuarantineCounts:
    """Rows that could not be scored.

    Attributes
    ----------
    rows : int
    reasons, files : collections.Counter
        Reason, and file, -> rows.
    """

    rows: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)


def count_quarantine(path: Path) -> QuarantineCounts:
    """Count the rows of a quarantine file; their content is not kept.

    Raises
    ------
    InputFileError
        If there is no such file, or a line of it is none of a quarantine.
    """
    if not path.is_file():
        raise InputFileError(f"there is no file {path}")
    counts = QuarantineCounts()
    for number, (line, whole) in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line) if whole else {}
            reason, name = record["reason"], record.get("file", "")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise InputFileError(
                f"{path.name}, line {number}: not a row of a quarantine that scoring wrote"
            ) from None
        counts.rows += 1
        counts.reasons[str(reason)] += 1
        counts.files[str(name)] += 1
    return counts


def _lines(path: Path) -> Iterator[tuple[bytes, bool]]:
    kind = file_format(path).compression
    try:
        with ExitStack() as stack:
            raw = stack.enter_context(path.open("rb"))
            stream: Any = raw
            if kind == "zst":
                import zstandard

                stream = stack.enter_context(zstandard.ZstdDecompressor().stream_reader(raw))
            elif kind == "gz":
                stream = stack.enter_context(gzip.GzipFile(fileobj=raw))
            yield from split_lines(iter(lambda: stream.read(_BLOCK), b""))
    except (EOFError, OSError, zlib.error) as error:
        raise InputFileError(f"{path.name} is not a whole {kind} file: {error}") from None
