"""A user's own labelled file as a message frame."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from scamclassify.batch.columns import LABEL_COLUMNS, find_column
from scamclassify.batch.readers import open_source
from scamclassify.errors import InputFileError, UnknownNameError
from scamclassify.hashing import file_hash
from scamclassify.labels import LABELS, UNDETERMINED, known_languages
from scamclassify.text.language import identify_batch

if TYPE_CHECKING:
    import pandas as pd

_BATCH = 20_000


def load_labelled_file(
    path: str | Path, *, text_column: str | None = None, label_column: str | None = None
) -> pd.DataFrame:
    """Read labelled messages of a CSV, JSON Lines or Parquet file.

    Parameters
    ----------
    path : path
        As for :func:`~scamclassify.batch.scoring.score_file`.
    text_column : str, optional
        By default looked for among the usual names.
    label_column : str, optional
        By default ``label``, ``class``, ``category``, ``target`` or ``y``. Its values are
        ham, promo and scam, in any case.

    Returns
    -------
    pandas.DataFrame
        A message frame. ``language`` and ``source`` are those of the file where it has such
        columns; else the language is identified and the source is the name of the file.
        ``attrs`` holds ``dropped`` (reason -> count) and ``revision`` (of the file's bytes).

    Raises
    ------
    InputFileError
        If the file cannot be read or holds no labelled message.
    UnknownNameError
        If a column is not there or a label is not one of the three.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "mine.csv")
    ...     _ = path.write_text("sms,class\\nwin a prize,scam\\nsee you,HAM\\nhello,\\n")
    ...     frame = load_labelled_file(path)
    >>> frame["label"].tolist(), frame.attrs["dropped"]
    (['scam', 'ham'], {'no label': 1})
    """
    import pandas as pd

    from scamclassify.frame import FRAME_COLUMNS, validate_frame

    path = Path(path)
    source = open_source(path, text_column)
    names = source.names
    label_place = find_column("label column", label_column, LABEL_COLUMNS, names)
    language_place, source_place = (_place(names, name) for name in ("language", "source"))
    dropped: Counter[str] = Counter()
    known = {*known_languages(), UNDETERMINED}
    rows: list[tuple[str, str, str, str]] = []
    for batch in source.batches(_BATCH):
        dropped.update(bad.reason for bad in batch.bad)
        guessed = identify_batch(batch.texts)[0].tolist()
        for text, cells, guess in zip(batch.texts, batch.rows.cells(), guessed, strict=True):
            label = cells[label_place].strip().lower()
            if not label:
                dropped["no label"] += 1
                continue
            if label not in LABELS:
                raise UnknownNameError(f"label in {path.name}", cells[label_place], LABELS)
            language = "" if language_place is None else cells[language_place]
            if language not in known:
                language = guess
            origin = "" if source_place is None else cells[source_place]
            rows.append((text, label, language, origin or path.stem))
    if not rows:
        raise InputFileError(f"{path.name} holds no labelled message")
    frame = pd.DataFrame(rows, columns=["text", "label", "language", "source"], dtype=object)
    frame["id"] = [f"{path.stem}-{number}" for number in range(1, len(frame) + 1)]
    frame["origin"] = "collected"
    frame["date"] = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns]")
    for name in ("scam_type", "channel", "group"):
        frame[name] = pd.Series([None] * len(frame), dtype=object)
    frame = validate_frame(frame[list(FRAME_COLUMNS)])
    revision = f"{path.name}-{file_hash(path)[:16]}"
    frame.attrs = {"dropped": dict(dropped), "revision": revision}
    return frame


def _place(names: list[str], name: str) -> int | None:
    return names.index(name) if name in names else None
