"""Read who gave which item which label, from a long or a wide table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scamclassify.errors import FrameError
from scamclassify.labels import LABELS


@dataclass(frozen=True)
class Annotations:
    """Labels by item and annotator, as numbers.

    Attributes
    ----------
    codes : numpy.ndarray of int64, shape (n_items, n_annotators)
        Place in ``labels``, -1 where an annotator did not label an item.
    annotators : list
        Names of the columns.
    labels : list
        In the order of the library's labels, others after them by name.
    """

    codes: np.ndarray
    annotators: list
    labels: list

    @property
    def counts(self) -> np.ndarray:
        """How often each item got each label, float64 of shape (n_items, n_labels)."""
        return (self.codes[:, :, None] == np.arange(len(self.labels))).sum(axis=1).astype(float)


def read_annotations(
    table: pd.DataFrame,
    item: str = "item",
    annotator: str = "annotator",
    label: str = "label",
) -> Annotations:
    """Read a table of annotations.

    Parameters
    ----------
    table : pandas.DataFrame
        *Long*: a row for each annotation, with these three columns. *Wide*: a row for each
        item and a column for each annotator; the items are the index, or the column
        ``item``. A missing value or a blank string is no annotation.
    item, annotator, label : str
        Names of the columns.

    Returns
    -------
    Annotations
        Items in the order of the table's index, sorted if the table is long.

    Raises
    ------
    FrameError
        If a column of the long table is missing, an annotator labelled an item twice, or
        there are fewer than two annotators.

    Examples
    --------
    >>> wide = pd.DataFrame({"ana": ["scam", "ham"], "budi": ["scam", None]})
    >>> read_annotations(wide).codes.tolist()
    [[1, 1], [0, -1]]
    """
    if not isinstance(table, pd.DataFrame):
        raise FrameError(f"a DataFrame of annotations is needed, got {type(table).__name__}")
    wide = _widened(table, item, annotator, label)
    values = wide.astype(object).to_numpy()
    blank = [not str(value).strip() for value in values.ravel()]
    given = wide.notna().to_numpy(dtype=bool) & ~np.array(blank, dtype=bool).reshape(values.shape)
    used = given.any(axis=0)
    values, given = values[:, used], given[:, used]
    if values.shape[1] < 2:
        raise FrameError(
            f"annotations of at least two annotators are needed, there are {values.shape[1]}"
        )
    found = sorted(
        set(values[given]), key=lambda v: (LABELS.index(v) if v in LABELS else 99, str(v))
    )
    place = {value: i for i, value in enumerate(found)}
    codes = np.full(values.shape, -1, dtype=np.int64)
    codes[given] = [place[value] for value in values[given]]
    return Annotations(codes, wide.columns[used].tolist(), found)


def _widened(table: pd.DataFrame, item: str, annotator: str, label: str) -> pd.DataFrame:
    columns = table.columns.tolist()
    if annotator in columns or label in columns:
        missing = [name for name in (item, annotator, label) if name not in columns]
        if missing:
            raise FrameError(
                f"the table of annotations lacks the column(s) {', '.join(missing)}; it has "
                f"{', '.join(map(str, columns))}. A long table needs {item}, {annotator} and "
                f"{label}, a wide one has a column for each annotator"
            )
        for name in (item, annotator):
            if table[name].isna().any():
                place = int(table[name].isna().to_numpy().argmax())
                raise FrameError(f"column {name!r}, row {place}: a value is missing")
        long = table[[item, annotator, label]].dropna(subset=[label])
        twice = long[long.duplicated([item, annotator])]
        if len(twice):
            who, what = twice[annotator].iloc[0], twice[item].iloc[0]
            raise FrameError(f"{str(who)!r} labelled the item {str(what)!r} more than once")
        return long.pivot(index=item, columns=annotator, values=label)
    wide = table.set_index(item) if item in columns else table
    for axis, kind in ((wide.index, "item"), (wide.columns, "annotator")):
        if axis.has_duplicates:
            name = str(axis[axis.duplicated()][0])
            raise FrameError(f"the {kind} {name!r} occurs more than once")
    return wide
