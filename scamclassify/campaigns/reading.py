"""Files of messages, scored or not, as frames for campaigns and drift."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scamclassify.campaigns.dates import find_date_column
from scamclassify.campaigns.messages import COLUMNS
from scamclassify.errors import MissingColumnError
from scamclassify.hashing import file_hash

if TYPE_CHECKING:
    import pandas as pd

_BATCH = 50_000


def read_messages(
    path: str | Path, text_column: str | None = None, date_column: str | None = None
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

    Returns
    -------
    frame : pandas.DataFrame
        ``text``, ``date`` and those of :data:`~scamclassify.campaigns.messages.COLUMNS` that
        the file has. ``attrs`` holds ``dropped``: how many rows had no usable text.
    entry : dict
        ``name``, ``sha256`` and ``rows`` of the file, as a campaign document records them.

    Raises
    ------
    InputFileError
        If the file cannot be read.
    UnknownNameError
        If its format is unknown or there is no column of texts.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "dump.csv")
    ...     _ = path.write_text("date,sms,other\\n2026-01-02,hello,x\\n2026-01-02,,y\\n")
    ...     frame, entry = read_messages(path)
    >>> frame.to_dict("records"), frame.attrs, entry["rows"]
    ([{'text': 'hello', 'date': '2026-01-02'}], {'dropped': 1}, 2)
    """
    import pandas as pd

    from scamclassify.batch.readers import open_source

    path = Path(path)
    source = open_source(path, text_column)
    wanted = {name for names in COLUMNS.values() for name in names}
    places = {
        name: place
        for place, name in enumerate(source.names)
        if name in wanted and name not in ("text", "date")
    }
    with suppress(MissingColumnError):  # campaigns are found without dates as well
        places["date"] = find_date_column(date_column, list(source.names))
    columns: dict[str, list[Any]] = {"text": [], **{name: [] for name in places}}
    rows = dropped = 0
    for batch in source.batches(_BATCH):
        rows += len(batch.texts) + len(batch.bad)
        dropped += len(batch.bad)
        columns["text"] += batch.texts
        if places and batch.texts:
            cells = batch.rows.cells()
            for name, place in places.items():
                columns[name] += [row[place] for row in cells]
    frame = pd.DataFrame(columns, dtype=object)
    frame.attrs["dropped"] = dropped
    return frame, {"name": path.name, "sha256": file_hash(path), "rows": rows}
