"""Standard input as a file, so that it is read like any other."""

from __future__ import annotations

import gzip
import shutil
import zlib
from pathlib import Path
from typing import IO

from scamclassify.batch.formats import STREAM_FORMATS, FileFormat, file_format
from scamclassify.batch.inputs import Input
from scamclassify.errors import InputFileError, UnknownNameError

NAME = "standard input"
_PACKED = {b"\x1f\x8b": "gz", b"\x28\xb5\x2f\xfd": "zst"}
_MAGIC = {b"PAR1": "parquet", b"ARROW1": "arrow", b"PK\x03\x04": "excel"}


def save_stream(stream: IO[bytes], folder: Path, named: str | None) -> Input:
    """Copy a stream to a folder and tell its format.

    Parameters
    ----------
    stream : binary file
    folder : pathlib.Path
    named : str, optional
        Its format, one of :data:`~scamclassify.batch.formats.STREAM_FORMATS`; by default
        that is told from its first bytes.

    Returns
    -------
    Input

    Examples
    --------
    >>> import io, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_stream(io.BytesIO(b'{"text": "hi"}'), Path(folder), None).form.kind
    'jsonl'
    """
    path = folder / "input"
    with path.open("wb") as copy:
        shutil.copyfileobj(stream, copy, 1 << 20)
    with path.open("rb") as copy:
        head = copy.read(64)
    form = _told(head, path) if named is None else _named(named, head)
    return Input(NAME, path, form, None, path.stat().st_size)


def _named(name: str, head: bytes) -> FileFormat:
    if name not in STREAM_FORMATS:
        raise UnknownNameError("format", name, STREAM_FORMATS)
    form = file_format(Path(f"x.{name}"))
    packed = _packed(head) if form.kind in ("csv", "jsonl", "json") else ""
    return FileFormat(form.kind, packed, form.delimiter)


def _packed(head: bytes) -> str:
    return next((kind for magic, kind in _PACKED.items() if head.startswith(magic)), "")


def _told(head: bytes, path: Path) -> FileFormat:
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return FileFormat(kind)
    packed = _packed(head)
    if packed == "gz":
        try:
            with gzip.open(path) as unpacked:
                head = unpacked.read1(64)
        except (EOFError, OSError, zlib.error) as error:
            raise InputFileError(f"{NAME} is not a whole gzip file: {error}") from None
    elif packed:
        import zstandard

        with path.open("rb") as raw:
            try:
                head = zstandard.ZstdDecompressor().stream_reader(raw).read(64)
            except zstandard.ZstdError as error:
                raise InputFileError(f"{NAME} is not a whole zstd file: {error}") from None
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return FileFormat({b"{": "jsonl", b"[": "json"}.get(first, "csv"), packed)
