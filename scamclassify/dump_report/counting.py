"""Counts a scored file, batch by batch, in bounded memory."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from scamclassify.batch.readers import open_source
from scamclassify.campaigns.dates import DayReader, find_date_column
from scamclassify.dump_report.top_values import TopValues
from scamclassify.errors import InputFileError, MissingColumnError, UnknownNameError
from scamclassify.labels import LABELS, LANGUAGES, SCAM_TYPES, UNDETERMINED

#: Labels that a scored file may hold: ``unsure`` where the model was asked to say so.
KNOWN_LABELS: tuple[str, ...] = (*LABELS, "unsure")
#: Bins of the histogram of the probability of scam.
BINS = 20
_BATCH = 50_000
# A column that the scorer adds: the latest of them where a file was scored twice.
_PREFIXES = ("scamclassify_", "scamclassify2_", "scamclassify3_", "")
# Never shown: they concern the reader of a message.
_PRIVATE_FIELDS = ("otp", "amount")


@dataclass
class DumpCounts:
    """What a scored file holds.

    Attributes
    ----------
    rows : int
        Rows with a label.
    unreadable : dict of str to int
        Reason -> rows of the file that could not be read.
    cells : collections.Counter
        (label, type, language, day) -> rows. The type is "" where there is none, the day
        None where it has none.
    histogram : dict of str to numpy.ndarray of int64, shape (BINS,)
        Label -> rows by probability of scam.
    indicators : dict of str to TopValues
        Field -> values in messages labelled scam.
    columns : dict of str to str
        What was read -> column.
    notes : list of str
        What a reader must know.
    """

    rows: int = 0
    unreadable: Counter[str] = field(default_factory=Counter)
    cells: Counter[tuple[str, str, str, date | None]] = field(default_factory=Counter)
    histogram: dict[str, np.ndarray] = field(default_factory=dict)
    indicators: dict[str, TopValues] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def by(self, *parts: str, **only: str) -> Counter[Any]:
        """Rows by some of label, type, language and day, of those that are asked for.

        Parameters
        ----------
        *parts : {"label", "type", "language", "day"}
        **only : str
            Part -> the value that rows must have.

        Returns
        -------
        collections.Counter
            Keys are values where one part is asked for, else tuples.
        """
        places = {"label": 0, "type": 1, "language": 2, "day": 3}
        chosen = [places[part] for part in parts]
        wanted = [(places[part], value) for part, value in only.items()]
        found: Counter[Any] = Counter()
        for key, count in self.cells.items():
            if all(key[place] == value for place, value in wanted):
                one = tuple(key[place] for place in chosen)
                found[one[0] if len(one) == 1 else one] += count
        return found


def count_scored(
    path: Path,
    date_column: str | None = None,
    advance: Callable[[int], object] | None = None,
) -> DumpCounts:
    """Count what :func:`scamclassify.score_file` wrote.

    Parameters
    ----------
    path : pathlib.Path
        CSV, JSON Lines or Parquet, in the format of its suffix.
    date_column : str, optional
        By default found by its name: :func:`~scamclassify.campaigns.dates.find_date_column`.
    advance : callable, optional
        Told the number of rows of each batch.

    Returns
    -------
    DumpCounts

    Raises
    ------
    InputFileError
        If the file cannot be read or was not scored.
    UnknownNameError
        If there is no such column.
    """
    counts = DumpCounts()
    source, prefix = _open(path)
    names = list(source.names)
    places: dict[str, int] = {}
    for part, name in (
        ("label", "label"),
        ("type", "scam_type"),
        ("language", "language"),
        ("probability", "scam_probability"),
        ("indicators", "indicators"),
    ):
        # With a prefix, a column without it is one of the input.
        if prefix + name in names:
            places[part] = names.index(prefix + name)
    try:
        places["day"] = find_date_column(date_column, names)
    except MissingColumnError:
        counts.notes.append(
            "No column of dates was found, so nothing is shown over time; --date-column names one."
        )
    counts.columns = {part: names[place] for part, place in places.items()}
    chosen = list(counts.columns.values())
    places = {part: chosen.index(name) for part, name in counts.columns.items()}
    days = DayReader()
    for batch in source.batches(_BATCH):
        for row in batch.bad:
            counts.unreadable[row.reason] += 1
        _add(counts, batch.rows.cells(chosen), places, days)
        if advance is not None:
            advance(len(batch.texts) + len(batch.bad))
    if counts.unreadable["no label of ours"] and not counts.rows:
        raise InputFileError(
            f"{path.name}: no row of column {counts.columns['label']!r} holds one of "
            f"{', '.join(LABELS)}; score the file first"
        )
    if days.ambiguous:
        counts.notes.append("Dates such as 03/04/2026 were read with the day first.")
    return counts


def _open(path: Path) -> tuple[Any, str]:
    if not path.is_file():
        raise InputFileError(f"there is no file {path}")
    for prefix in _PREFIXES:
        try:
            # The label is read as the text: a row without one was not scored.
            source = open_source(path, f"{prefix}label")
        except UnknownNameError as error:
            if "column" not in str(error):
                raise
            continue
        if f"{prefix}scam_probability" in source.names or prefix == "":
            return source, prefix
    raise InputFileError(
        f"{path.name} has no column 'label' of scamclassify score; score it first: "
        f"scamclassify score {path.name} -o scored.csv"
    )


def _column(rows: Sequence[Sequence[str]], place: int | None) -> list[str]:
    return [""] * len(rows) if place is None else [row[place] for row in rows]


def _add(
    counts: DumpCounts, rows: Sequence[Sequence[str]], places: dict[str, int], days: DayReader
) -> None:
    if not rows:
        return
    labels = _column(rows, places.get("label"))
    strange = set(labels) - set(KNOWN_LABELS)
    if strange:
        keep = [place for place, label in enumerate(labels) if label in KNOWN_LABELS]
        counts.unreadable["no label of ours"] += len(rows) - len(keep)
        rows = [rows[place] for place in keep]
        labels = [labels[place] for place in keep]
    counts.rows += len(rows)
    types = [t if t in SCAM_TYPES else "" for t in _column(rows, places.get("type"))]
    languages = [
        code if code in LANGUAGES else UNDETERMINED
        for code in _column(rows, places.get("language"))
    ]
    when: list[date | None] = [None] * len(rows)
    if "day" in places:
        when = [days.day(text) for text in _column(rows, places["day"])]
    counts.cells.update(zip(labels, types, languages, when, strict=True))
    if "probability" in places:
        _add_probabilities(counts, labels, _column(rows, places["probability"]))
    if "indicators" in places:
        for label, text in zip(labels, _column(rows, places["indicators"]), strict=True):
            if label == "scam" and len(text) > 2:
                for name, value in _indicators(text):
                    counts.indicators.setdefault(name, TopValues()).add((value,))


def _add_probabilities(counts: DumpCounts, labels: list[str], texts: list[str]) -> None:
    try:
        values = np.array(texts, dtype=np.float64)
    except ValueError:
        values = np.array([_number(text) for text in texts])
    bins = np.clip(np.nan_to_num(values, nan=-1.0) * BINS, -1, BINS - 1).astype(np.int64)
    found = np.asarray(labels)
    for label in KNOWN_LABELS:
        mine = bins[(found == label) & (bins >= 0)]
        if mine.size:
            total = counts.histogram.setdefault(label, np.zeros(BINS, dtype=np.int64))
            total += np.bincount(mine, minlength=BINS)


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return float("nan")
    return value if 0 <= value <= 1 else float("nan")


def _indicators(text: str) -> Iterator[tuple[str, str]]:
    """Fields and values of a cell of indicators; a value counts once a message."""
    try:
        records = json.loads(text)
    except (ValueError, RecursionError):
        return
    if not isinstance(records, list):
        return
    seen = set()
    for record in records:
        if isinstance(record, dict):
            name, value = record.get("field"), record.get("value")
            if isinstance(name, str) and isinstance(value, str) and value:
                seen.add((name, value))
    for name, value in sorted(seen):
        if name not in _PRIVATE_FIELDS:
            yield name, value
