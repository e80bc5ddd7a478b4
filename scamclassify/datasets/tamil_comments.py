"""Tamil and Tamil-English YouTube comments of DravidianCodeMix."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from scamclassify.datasets.assemble import Dropped, assemble
from scamclassify.datasets.metadata import DataFile, DatasetInfo
from scamclassify.datasets.reading import read_lines
from scamclassify.labels import UNDETERMINED

INFO = DatasetInfo(
    name="tamil_comments",
    description="YouTube comments in Tamil, most of them in Latin script with English, all ham.",
    languages=("ta",),
    labels={
        "Positive": "ham",
        "Negative": "ham",
        "Mixed feelings": "ham",
        "Mixed_feelings": "ham",
        "unknown state": "ham",
        "unknown_state": "ham",
        "not-Tamil": "ham",
    },
    counts={"ham": 4398},
    channel="social",
    period="before 2021; the source tells no dates",
    authors=("Bharathi Raja Chakravarthi and others",),
    licence="none stated in the repository",
    redistributable=False,
    citation=(
        "Chakravarthi, B. R. et al. (2022). DravidianCodeMix: sentiment analysis and offensive "
        "language identification dataset for Dravidian languages in code-mixed text. Language "
        "Resources and Evaluation 56, 765-806. https://doi.org/10.1007/s10579-022-09583-7"
    ),
    homepage="https://github.com/bharathichezhiyan/DravidianCodeMix-Dataset",
    repository="bharathichezhiyan/DravidianCodeMix-Dataset",
    revision="ee359bb86c4f1141a9eb8a4b5e6297bf9266d3ab",
    files=(
        DataFile(
            "programs/tamil_sentiment_full_dev.csv",
            "77fa755a5add31a672d2b8dc75e58afc3b13305990e84d53a930143dde74cc93",
            542387,
        ),
    ),
    known_defects=(
        "the source labels sentiment: every comment counts as ham",
        "813 of 4,398 comments are mainly in Tamil script",
        "189 comments are labelled not-Tamil: their language is und",
    ),
)


def read(files: dict[str, Path]) -> tuple[pd.DataFrame, Dropped]:
    """Read ``text;label;`` lines; the text may hold semicolons."""
    (path,) = files.values()
    rows = [line.rsplit(";", 2) for line in read_lines(path)]
    label = pd.Series([row[1] for row in rows], dtype=object)
    language = pd.Series("ta", index=label.index).where(label != "not-Tamil", UNDETERMINED)
    return assemble(INFO, [row[0] for row in rows], label, language=language)
