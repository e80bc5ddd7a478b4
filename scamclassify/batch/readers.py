"""Opens files of messages; what cannot be scored comes out as bad rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from scamclassify.batch.formats import file_format
from scamclassify.batch.inputs import Input
from scamclassify.batch.parts import Batch, Part
from scamclassify.batch.streams import Advance, nothing
from scamclassify.errors import InputFileError

if TYPE_CHECKING:
    import pyarrow as pa


class Source(Protocol):
    """A table of messages.

    Attributes
    ----------
    names : list of str
        Columns, made unique.
    text_column : str
        The one with the messages.
    guessed : bool
        Whether it was guessed from its content.
    """

    names: list[str]
    text_column: str
    guessed: bool

    def column_types(self) -> dict[str, Any]:
        """Type of each column: bool, int, float, str, or an Arrow type."""
        ...

    def parts(self, most_rows: int) -> Iterator[Part]:
        """Yield all rows, up to ``most_rows`` a part."""
        ...


def open_input(
    entry: Input,
    text_column: str | None = None,
    advance: Advance = nothing,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Source:
    """Open a table of messages; see :func:`open_source`.

    Parameters
    ----------
    entry : Input
    text_column : str, optional
    advance : callable
        Told how many bytes (Parquet, Arrow: rows) were read since the last call.
    encoding : str, optional
        Of CSV and JSON; by default it is found.
    delimiter : str, optional
        Of CSV; by default it is found.
    """
    kind = entry.form.kind
    if kind == "csv":
        from scamclassify.batch.csv_source import CsvSource

        return CsvSource(entry, text_column, advance, encoding, delimiter)
    if kind in ("jsonl", "json"):
        from scamclassify.batch.json_source import JsonSource

        return JsonSource(entry, text_column, advance, encoding)
    if kind in ("parquet", "arrow"):
        from scamclassify.batch.arrow_source import ArrowSource

        return ArrowSource(entry, text_column, advance)
    if kind == "excel":
        from scamclassify.batch.excel_source import ExcelSource

        return ExcelSource(entry, text_column, advance)
    raise InputFileError(f"{entry.name} is an archive: only its members can be opened")


def open_source(path: str | Path, text_column: str | None = None) -> OpenFile:
    """Open a file of messages in the format of its suffix.

    Parameters
    ----------
    path : path
        CSV, JSON Lines or a JSON array (also with .gz or .zst), Parquet, Arrow IPC, Excel.
    text_column : str, optional
        By default the first of :data:`~scamclassify.batch.columns.TEXT_COLUMNS` that is
        there, else the column that reads most like messages.

    Returns
    -------
    OpenFile
        With ``names``, ``text_column`` and ``batches(batch_size)``.

    Raises
    ------
    InputFileError
        If there is no such file, or it cannot be read in its format.
    UnknownNameError
        If the format is unknown or there is no column of texts.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "dump.csv")
    ...     _ = path.write_text("id,text\\n1,hello\\n2,\\n")
    ...     for batch in open_source(path).batches(100):
    ...         print(batch.texts, [(row.row, row.reason) for row in batch.bad])
    ['hello'] [(2, 'empty text')]
    """
    path = Path(path)
    form = file_format(path)
    if not path.is_file():
        raise InputFileError(f"there is no file {path}")
    entry = Input(path.name, path, form, None, path.stat().st_size)
    return OpenFile(open_input(entry, text_column))


class OpenFile:
    """A file of messages, read in batches.

    Attributes
    ----------
    source : Source
    names : list of str
        Its columns.
    text_column : str
        The one with the messages.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.names = source.names
        self.text_column = source.text_column

    def column_types(self) -> dict[str, str | pa.DataType]:
        """Type of each column: bool, int, float, str, or an Arrow type."""
        return self.source.column_types()

    def batches(self, batch_size: int) -> Iterator[Batch]:
        """Yield all rows, up to ``batch_size`` a batch."""
        for part in self.source.parts(batch_size):
            yield part.batch()
