"""Files of messages, scored or not, as frames for campaigns and drift."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scamclassify.campaigns.dates import find_date_column
from scamclassify.campaigns.messages import COLUMNS
from scamclassify.classifiers.unsure import UNSURE
from scamclassify.errors import InputFileError, MissingColumnError, UnknownNameError
from scamclassify.hashing import file_hash
from scamclassify.labels import LABELS

if TYPE_CHECKING:
    import pandas as pd

_BATCH = 50_000
_MOST_KNOWN = 100_000


def read_messages(
    path: str | Path,
    text_column: str | None = None,
    date_column: str | None = None,
    labels: Collection[str] | None = None,
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Read the messages of a file and what is known of each.

    Parameters
    ----------
    path : path
        As for :func:`scamclassify.score_file`.
    text_column : str, optional
        By default looked for among the usual names.
    date_column : str, optional
        Likewise.
    labels : collection of str, optional
        Keep only messages with one of these labels, so that of a large dump only the scams need
        memory.

    Returns
    -------
    frame : pandas.DataFrame
        ``text``, ``date`` and those of :data:`~scamclassify.campaigns.messages.COLUMNS` that
        the file has; the index ``row`` counts the rows of the file from 1. ``attrs`` holds
        ``dropped``: how many rows had no usable text, and ``left_out``: how many other labels.
    entry : dict
        ``name``, ``sha256`` and ``rows`` of the file, as a campaign document records them.

    Raises
    ------
    InputFileError
        If the file cannot be read.
    UnknownNameError
        If its format or a label is unknown, or there is no column of texts, or of labels where
        they are asked for.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "dump.csv")
    ...     _ = path.write_text("date,sms,other\\n2026-01-02,hello,x\\n2026-01-02,,y\\n")
    ...     frame, entry = read_messages(path)
    >>> frame.to_dict("records"), frame.attrs, entry["rows"]
    ([{'text': 'hello', 'date': '2026-01-02'}], {'dropped': 1, 'left_out': 0}, 2)
    """
    import pandas as pd

    from scamclassify.batch.readers import open_source

    path = Path(path)
    source = open_source(path, text_column)
    wanted = {name for names in COLUMNS.values() for name in names} - {"text", "date"}
    read = {name: name for name in source.names if name in wanted}  # as here, as in the file
    with suppress(MissingColumnError):  # campaigns are found without dates as well
        read["date"] = source.names[find_date_column(date_column, list(source.names))]
    label = _label_column(path, read, labels)
    columns: dict[str, list[Any]] = {"text": [], **{name: [] for name in read}}
    known: dict[Any, Any] = {}
    numbers: list[int] = []
    rows = dropped = left_out = 0
    for batch in source.batches(_BATCH):
        bad = {row.row for row in batch.bad}
        own = [row for row in range(rows + 1, rows + batch.n_rows + 1) if row not in bad]
        rows += batch.n_rows
        dropped += len(bad)
        texts, found = batch.texts, batch.rows
        if labels is not None and len(texts):
            kept = [at for at, row in enumerate(found.cells([label])) if row[0] in labels]
            left_out += len(texts) - len(kept)
            own, texts, found = (
                [own[at] for at in kept],
                [texts[at] for at in kept],
                found.only(kept),
            )
        numbers += own
        columns["text"] += texts
        cells = found.cells(list(read.values())) if read and len(texts) else []
        for place, name in enumerate(read):
            # The same few values in millions of rows: one object each.
            several = known if len(known) < _MOST_KNOWN else {}
            columns[name] += [several.setdefault(row[place], row[place]) for row in cells]
    frame = pd.DataFrame(columns, dtype=object, index=pd.Index(numbers, name="row", dtype="int64"))
    frame.attrs.update(dropped=dropped, left_out=left_out)
    return frame, {"name": path.name, "sha256": file_hash(path), "rows": rows}


def _label_column(path: Path, read: Collection[str], labels: Collection[str] | None) -> str:
    """The column of labels, where messages are chosen by them."""
    if labels is None:
        return ""
    for name in labels:
        if name not in (*LABELS, UNSURE):
            raise UnknownNameError("label", name, (*LABELS, UNSURE))
    for name in COLUMNS["label"]:
        if name in read:
            return name
    raise InputFileError(
        f"{path.name} has no column of labels to choose messages by; score it first"
    )
