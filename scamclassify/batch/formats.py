"""What a file name says about a file: its format and its compression."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scamclassify.errors import InputFileError, UnknownNameError

_FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
}
_COMPRESSIONS = {".gz": "gz", ".zst": "zst", ".zstd": "zst"}
_TABBED = (".tsv", ".tab")


@dataclass(frozen=True)
class FileFormat:
    """Format of a file of messages.

    Attributes
    ----------
    kind : {"csv", "jsonl", "parquet"}
    compression : {"", "gz", "zst"}
    delimiter : str or None
        Of CSV where the suffix fixes it.
    """

    kind: str
    compression: str = ""
    delimiter: str | None = None


def file_format(path: Path) -> FileFormat:
    """Tell the format of a file from its suffixes.

    Parameters
    ----------
    path : pathlib.Path
        The file need not exist.

    Returns
    -------
    FileFormat

    Raises
    ------
    UnknownNameError
        If the suffix is none of the known ones.
    InputFileError
        If the format cannot be used that way.

    Examples
    --------
    >>> file_format(Path("dump.csv.gz"))
    FileFormat(kind='csv', compression='gz', delimiter=None)
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    compression = _COMPRESSIONS.get(suffixes[-1], "") if suffixes else ""
    if compression:
        suffixes.pop()
    suffix = suffixes[-1] if suffixes else ""
    if suffix == ".json":
        raise InputFileError(
            f"{path.name}: JSON files are read line by line; write one object a line "
            "and name the file .jsonl"
        )
    if suffix not in _FORMATS:
        raise UnknownNameError(
            "file format", suffix or path.name, [*_FORMATS, ".csv.gz", ".jsonl.zst"]
        )
    kind = _FORMATS[suffix]
    if kind == "parquet" and compression:
        raise InputFileError(f"{path.name}: Parquet is compressed inside; name it .parquet")
    return FileFormat(kind, compression, "\t" if suffix in _TABBED else None)
