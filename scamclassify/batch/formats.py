"""What a file name says about a file: its format and its compression."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scamclassify.errors import InputFileError, UnknownNameError

_FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".ipc": "arrow",
    ".arrows": "arrow",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".zip": "zip",
}
_COMPRESSIONS = {".gz": "gz", ".zst": "zst", ".zstd": "zst"}
_TABBED = (".tsv", ".tab")
_TEXTUAL = ("csv", "jsonl", "json")
#: Formats that can be written.
WRITABLE = ("csv", "jsonl", "parquet", "arrow")
#: What ``--input-format`` and ``--output-format`` may say of standard input and output.
STREAM_FORMATS = ("csv", "tsv", "jsonl", "json", "parquet", "arrow", "xlsx")


@dataclass(frozen=True)
class FileFormat:
    """Format of a file of messages.

    Attributes
    ----------
    kind : {"csv", "jsonl", "json", "parquet", "arrow", "excel", "zip"}
    compression : {"", "gz", "zst"}
    delimiter : str or None
        Of CSV where the suffix fixes it.
    """

    kind: str
    compression: str = ""
    delimiter: str | None = None

    @property
    def is_arrow(self) -> bool:
        """Whether its rows are Arrow columns."""
        return self.kind in ("parquet", "arrow")


def file_format(path: Path | PurePosixPath) -> FileFormat:
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
    if suffix == ".xls":
        raise InputFileError(f"{path.name}: the old Excel format is not read; save it as .xlsx")
    if suffix not in _FORMATS:
        raise UnknownNameError(
            "file format", suffix or path.name, [*_FORMATS, ".csv.gz", ".jsonl.zst"]
        )
    kind = _FORMATS[suffix]
    if compression and kind not in _TEXTUAL:
        what = {"parquet": "Parquet", "arrow": "Arrow", "excel": "Excel", "zip": "A zip archive"}
        raise InputFileError(f"{path.name}: {what[kind]} is compressed inside; name it {suffix}")
    return FileFormat(kind, compression, "\t" if suffix in _TABBED else None)


def target_format(path: Path) -> FileFormat:
    """As :func:`file_format`, for a file to write.

    Raises
    ------
    InputFileError
        If the format can be read but not written.

    Examples
    --------
    >>> target_format(Path("scored.parquet")).kind
    'parquet'
    """
    form = file_format(path)
    if form.kind not in WRITABLE:
        raise InputFileError(
            f"{path.name}: this format is read but not written; "
            "write .csv, .jsonl, .parquet or .arrow"
        )
    return form


def is_known(path: Path | PurePosixPath) -> bool:
    """Whether a file looks like one with messages, for choosing files of a folder.

    Examples
    --------
    >>> is_known(Path("a.csv.zst")), is_known(Path("README.md"))
    (True, False)
    """
    try:
        file_format(path)
    except (UnknownNameError, InputFileError):
        return False
    return True
