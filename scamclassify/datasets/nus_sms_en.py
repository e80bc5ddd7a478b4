"""The NUS SMS Corpus, English part."""

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
    name="nus_sms_en",
    description="Personal English SMS, many of them from Singapore; no spam was collected.",
    languages=("en",),
    labels={"message": "ham"},
    counts={"ham": 55835},
    period="2003 to March 2015",
    authors=AUTHORS,
    licence=LICENCE,
    redistributable=False,
    citation=CITATION,
    homepage=HOMEPAGE,
    repository="kite1988/nus-sms-corpus",
    revision="bf0a365170d324e61e4025edf363d400f1edd1a6",
    files=(
        DataFile(
            "smsCorpus_en_xml_2015.03.09_all.zip",
            "bf73d77fce35c703dab21826cd2c1698205358c2c25b2d43da1f08671b825bdc",
            2415584,
        ),
    ),
    known_defects=(
        *DEFECTS,
        "at least 3,756 messages are also in uci_sms as ham",
    ),
)


def read(files: dict[str, Path]) -> tuple[pd.DataFrame, Dropped]:
    """Read the messages out of the zipped XML."""
    (path,) = files.values()
    text, date = read_corpus(path)
    return assemble(INFO, text, ["message"] * len(text), date=date)
