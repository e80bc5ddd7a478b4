"""Which message is in which campaign, as a file."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from scamclassify.atomic import atomic_writer
from scamclassify.campaigns.messages import COLUMNS
from scamclassify.errors import InputFileError

if TYPE_CHECKING:
    import pandas as pd


def write_members(path: str | Path, frame: pd.DataFrame, assignments: pd.Series) -> int:
    """Write the members of campaigns as CSV: ``campaign, row`` and ``id`` where there is one.

    Parameters
    ----------
    path : path
        Ending in .csv or .csv.gz. The file appears when it is whole.
    frame : pandas.DataFrame
        That campaigns were found in; its index ``row``, or else the order, numbers them.
    assignments : pandas.Series
        As :func:`scamclassify.find_campaigns` gives them.

    Returns
    -------
    int
        Members written, in the order of the frame. Texts are not written.

    Raises
    ------
    InputFileError
        If the name has another ending or the folder does not exist.

    Examples
    --------
    >>> import tempfile, pandas as pd
    >>> frame = pd.DataFrame({"text": ["a", "b"], "id": ["x1", "x2"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "members.csv")
    ...     n = write_members(path, frame, pd.Series([pd.NA, "c-000000000000000a"]))
    ...     n, path.read_text()
    (1, 'campaign,row,id\\nc-000000000000000a,2,x2\\n')
    """
    path = Path(path)
    if not path.name.lower().endswith((".csv", ".csv.gz")):
        raise InputFileError(f"members are written as CSV: name {path.name} .csv or .csv.gz")
    if not path.parent.is_dir():
        raise InputFileError(f"cannot write {path.name}: there is no folder {path.parent}")
    known = assignments.notna().to_numpy().nonzero()[0]
    column = next((name for name in COLUMNS["id"] if name in frame.columns), None)
    names = assignments.to_numpy(dtype=object)
    ids = None if column is None else frame[column].to_numpy(dtype=object)
    numbers = frame.index if frame.index.name == "row" else np.arange(1, len(frame) + 1)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["campaign", "row", *([] if ids is None else ["id"])])
    for row in known.tolist():
        writer.writerow([names[row], numbers[row], *([] if ids is None else [ids[row]])])
    content = text.getvalue().encode("utf-8", "backslashreplace")
    with atomic_writer(path) as stream:
        stream.write(gzip.compress(content, mtime=0) if path.suffix.lower() == ".gz" else content)
    return len(known)
