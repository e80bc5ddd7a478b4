"""Khmer news sentences of kh-polarity."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from scamclassify.datasets.assemble import Dropped, assemble
from scamclassify.datasets.metadata import DataFile, DatasetInfo
from scamclassify.datasets.reading import read_records

INFO = DatasetInfo(
    name="khmer_news",
    description="Khmer news sentences labelled for polarity, all ham.",
    languages=("km",),
    labels={"positive": "ham", "negative": "ham", "neutral": "ham"},
    counts={"ham": 1000},
    channel=None,
    period="before 2024; the source tells no dates",
    authors=("Sokheng Khim", "Ye Kyaw Thu", "Sethserey Sam"),
    licence="MIT",
    licence_url="https://github.com/ye-kyaw-thu/kh-polarity",
    redistributable=True,
    citation=(
        "Khim, S., Thu, Y. K., Sam, S. (2023). Sentiment Polarity Classification for Khmer. "
        "iSAI-NLP 2023, Bangkok."
    ),
    homepage="https://github.com/ye-kyaw-thu/kh-polarity",
    repository="ye-kyaw-thu/kh-polarity",
    revision="f8ea83a5bb57370989b2012483f5844e42b6c776",
    files=(
        DataFile(
            "corpus/exp/csv_format/test.csv",
            "dbc9a9ff455c98723bce4f734550817694453f6a71e4cdbc081a31c6db78b713",
            563450,
        ),
    ),
    known_defects=(
        "news, not messages: channel is missing, register and length differ",
        "texts are SentencePiece pieces: the loader joins them",
    ),
)


def join_pieces(text: pd.Series) -> pd.Series:
    r"""Turn SentencePiece pieces back into text: U+2581 marks a space, spaces part pieces.

    Parameters
    ----------
    text : pandas.Series of str
        Pieces parted by spaces.

    Returns
    -------
    pandas.Series of str

    Examples
    --------
    >>> join_pieces(pd.Series(["\u2581 ក ខ \u2581គ"])).tolist()
    ['កខ គ']
    """
    joined = text.str.replace(" ", "", regex=False)
    return joined.str.replace("\u2581", " ", regex=False).str.strip()


def read(files: dict[str, Path]) -> tuple[pd.DataFrame, Dropped]:
    """Read the table ``text,label``."""
    (path,) = files.values()
    header, rows = read_records(path)
    text_column, label_column = header.index("text"), header.index("label")
    text = pd.Series([row[text_column] for row in rows], dtype=object)
    return assemble(INFO, join_pieces(text), [row[label_column] for row in rows])
