"""Malay tweets out of the Malaysian data set of mesolitica."""

from __future__ import annotations

import html
from pathlib import Path

import pandas as pd

from scamclassify.datasets.assemble import Dropped, assemble
from scamclassify.datasets.metadata import DataFile, DatasetInfo
from scamclassify.datasets.reading import read_records

INFO = DatasetInfo(
    name="malay_tweets",
    description="Malay tweets labelled for sentiment, all ham.",
    languages=("ms",),
    labels={"Positive": "ham", "Negative": "ham", "Neutral": "ham", "": "ham"},
    counts={"ham": 2008},
    channel="social",
    period="before March 2022, when they were labelled",
    authors=("Husein Zolkepli", "mesolitica"),
    licence="no licence file at the pinned commit",
    redistributable=False,
    citation="Zolkepli, H. Malaysian-Dataset. https://github.com/mesolitica/malaysian-dataset",
    homepage="https://github.com/mesolitica/malaysian-dataset",
    repository="mesolitica/malaysian-dataset",
    revision="297ebe60c9c2a55c9f8b760a71ba3bad2ff09859",
    files=(
        DataFile(
            "sentiment/supervised-twitter/data.csv",
            "dda1682898eeb0dd7272e7ad81aa59d658e9d3b8e657a75e44120887ce09e967",
            366385,
        ),
    ),
    known_defects=(
        "the source labels sentiment: every tweet counts as ham, a few are job or porn spam",
        "some tweets are Indonesian",
        "the times in the source are those of labelling: date stays missing",
        "HTML entities (`&amp;` and the like) are undone by the loader",
    ),
)


def read(files: dict[str, Path]) -> tuple[pd.DataFrame, Dropped]:
    """Read the tab-separated table."""
    (path,) = files.values()
    header, rows = read_records(path, delimiter="\t")
    text_column, label_column = header.index("text"), header.index("sentiment")
    return assemble(
        INFO,
        [html.unescape(row[text_column]) for row in rows],
        [row[label_column] for row in rows],
    )
