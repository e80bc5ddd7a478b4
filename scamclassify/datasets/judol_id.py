"""Indonesian YouTube comments that promote online gambling, or do not."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from scamclassify.datasets.assemble import Dropped, assemble
from scamclassify.datasets.metadata import DataFile, DatasetInfo
from scamclassify.datasets.reading import read_records

INFO = DatasetInfo(
    name="judol_id",
    description="Indonesian YouTube comments; a quarter promotes online gambling (judol).",
    languages=("id",),
    labels={"0": "ham", "1": "scam"},
    scam_types={"1": "gambling"},
    counts={"ham": 28667, "scam": 8549},
    channel="social",
    period="before 2026; the source tells no dates",
    authors=("gbennnn",),
    licence="MIT",
    licence_url="https://github.com/gbennnn/judol-comment-classification",
    redistributable=True,
    citation=(
        "gbennnn. judol-comment-classification. "
        "https://github.com/gbennnn/judol-comment-classification"
    ),
    homepage="https://github.com/gbennnn/judol-comment-classification",
    repository="gbennnn/judol-comment-classification",
    revision="efabf6ce2c8ccb4aa24ee32f5fa205bec594e210",
    files=(
        DataFile(
            "dataset/dataset_judol_labelled.csv",
            "4a9555bb62998cf1d7aeae850dfd038a585e0caa2e91b954f9bad95163c317e9",
            3671273,
        ),
    ),
    known_defects=(
        "a few dozen gambling brands dominate: group by brand when splitting",
        "brand names are written in styled Unicode letters, which text repair undoes",
        "4 texts (11 rows) carry both labels",
        "author and comment_id are not loaded: they name people",
    ),
)


def read(files: dict[str, Path]) -> tuple[pd.DataFrame, Dropped]:
    """Read text and label; the columns that name people are not kept."""
    (path,) = files.values()
    header, rows = read_records(path)
    text_column, label_column = header.index("comment_text"), header.index("label")
    return assemble(INFO, [row[text_column] for row in rows], [row[label_column] for row in rows])
