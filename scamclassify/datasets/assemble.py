"""Builds the message frame of a data set and counts what is left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from scamclassify.datasets.metadata import DatasetInfo
from scamclassify.errors import FrameError
from scamclassify.frame import FRAME_COLUMNS

#: Reason -> number of rows left out.
Dropped = dict[str, int]

#: Reason of the rows that :func:`conflicting` marks.
CONFLICT = "the same text carries two labels"


def assemble(
    info: DatasetInfo,
    text: Sequence[str] | pd.Series,
    source_label: Sequence[str] | pd.Series,
    *,
    drop: Iterable[tuple[str, pd.Series]] = (),
    labels: Mapping[str, str] | None = None,
    language: pd.Series | None = None,
    date: pd.Series | None = None,
) -> tuple[pd.DataFrame, Dropped]:
    """Map the rows of a source to the message frame.

    Parameters
    ----------
    info : DatasetInfo
        Tells the mapping of labels, the labels left out and the scam types.
    text, source_label : sequence of str
        One value for every row of the source, kept or not: the running number of the
        row is its identity, so it must not depend on what is dropped.
    drop : iterable of (str, Series of bool)
        Reason and mask; a row counts for the first reason that holds. Labels left out
        and empty texts follow after these.
    labels : mapping of str to str, optional
        Overrides single entries of ``info.labels`` and ``info.left_out``.
    language : Series of str, optional
        By default the first language of ``info``.
    date : Series of datetime64, optional
        By default missing.

    Returns
    -------
    frame : pandas.DataFrame
        A message frame; ``group`` is missing until near-duplicates are grouped.
    dropped : dict of str to int
        Reason -> number of rows.

    Raises
    ------
    FrameError
        If the source has a label that the metadata does not know.
    """
    text = pd.Series(list(text), dtype=object)
    source_label = pd.Series(list(source_label), dtype=object)
    mapping = {**info.labels, **(labels or {})}
    left_out = {name: why for name, why in info.left_out.items() if name not in mapping}

    keep = np.ones(len(text), dtype=bool)
    dropped: Dropped = {}

    def leave_out(reason: str, mask: pd.Series) -> None:
        hit = mask.to_numpy(dtype=bool) & keep
        if hit.any():
            dropped[reason] = dropped.get(reason, 0) + int(hit.sum())
            keep[hit] = False

    for reason, mask in drop:
        leave_out(reason, mask)
    for name, reason in left_out.items():
        leave_out(reason, source_label == name)
    leave_out("no text", text.str.strip() == "")

    label = source_label.map(mapping)
    unknown = label.isna().to_numpy() & keep
    if unknown.any():
        row = int(unknown.argmax())
        raise FrameError(
            f"data set {info.name!r}, row {row + 1}: unknown label {source_label.iloc[row]!r}; "
            f"known: {', '.join(sorted({*mapping, *left_out}))}"
        )
    scam_type = source_label.map(dict(info.scam_types)).where(label == "scam")
    columns: dict[str, Any] = {
        "id": info.name + "-" + pd.Series(range(1, len(text) + 1)).astype(str),
        "text": text,
        "label": label,
        "scam_type": scam_type.astype(object).where(scam_type.notna(), None),
        "language": info.languages[0] if language is None else language,
        "channel": pd.Series([info.channel] * len(text), dtype=object),
        "source": info.name,
        "origin": info.origin,
        "group": pd.Series([None] * len(text), dtype=object),
        "date": pd.Series(pd.NaT, index=text.index) if date is None else date,
    }
    frame = pd.DataFrame(columns, columns=list(FRAME_COLUMNS), index=text.index)
    frame["text"] = frame["text"].astype(str)
    frame["date"] = frame["date"].astype("datetime64[ns]")
    return frame[keep].reset_index(drop=True), dropped


def conflicting(text: pd.Series, label: pd.Series) -> pd.Series:
    """Mark the rows whose text occurs with more than one label.

    Surrounding white space does not make another text.

    Parameters
    ----------
    text, label : pandas.Series of str
        Of one length.

    Returns
    -------
    pandas.Series of bool

    Examples
    --------
    >>> conflicting(pd.Series(["a", "a ", "b"]), pd.Series(["x", "y", "x"])).tolist()
    [True, True, False]
    """
    return label.groupby(text.str.strip()).transform("nunique") > 1


def describe_drops(frame: pd.DataFrame) -> str:
    """Say in one line a data set how many messages were kept and what was left out.

    Parameters
    ----------
    frame : pandas.DataFrame
        What :func:`load_dataset` or :func:`load_collected` returned.

    Returns
    -------
    str
        No message text occurs in it.

    Examples
    --------
    >>> frame = pd.DataFrame({"source": ["a", "a"]})
    >>> frame.attrs["dropped"] = {"no text": 3}
    >>> describe_drops(frame)
    'a: 2 messages, 3 rows left out (no text: 3)'
    """
    dropped = frame.attrs.get("dropped", {})
    kept = frame["source"].value_counts()
    if not any(isinstance(reasons, Mapping) for reasons in dropped.values()):
        dropped = dict.fromkeys(kept.index, dropped)
    lines = []
    for name, reasons in dropped.items():
        line = f"{name}: {kept.get(name, 0):,} messages"
        if reasons:
            detail = "; ".join(f"{reason}: {count:,}" for reason, count in reasons.items())
            line += f", {sum(reasons.values()):,} rows left out ({detail})"
        lines.append(line)
    return "\n".join(lines)
