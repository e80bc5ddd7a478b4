"""The NUS SMS Corpus, Chinese part."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from scamclassify.datasets.assemble import Dropped, assemble
from scamclassify.datasets.metadata import DataFile, DatasetInfo
from scamclassify.datasets.nus_reader import (
    AUTHORS,
    CITATION,
    DEFECTS,
    HOMEPAGE,
    LICENCE,
    read_corpus,
)

INFO = DatasetInfo(
    name="nus_sms_zh",
    description="Personal Chinese SMS, simplified and traditional; no spam was collected.",
    languages=("zh",),
    labels={"message": "ham"},
    counts={"ham": 31460},
    period="2005 to March 2015",
    authors=AUTHORS,
    licence=LICENCE,
    redistributable=False,
    citation=CITATION,
    homepage=HOMEPAGE,
    repository="kite1988/nus-sms-corpus",
    revision="bf0a365170d324e61e4025edf363d400f1edd1a6",
    files=(
        DataFile(
            "smsCorpus_zh_xml_2015.03.09.zip",
            "15c17989610dc2d2658f5d5a9de5b84aa35445c4479164478125d6f33f1aecfe",
            1209377,
        ),
    ),
    known_defects=(
        *DEFECTS,
        "five messages have no text: left out",
    ),
)


def read(files: dict[str, Path]) -> tuple[pd.DataFrame, Dropped]:
    """Read the messages out of the zipped XML."""
    (path,) = files.values()
    text, date = read_corpus(path)
    return assemble(INFO, text, ["message"] * len(text), date=date)
