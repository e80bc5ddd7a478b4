"""The SMS phishing data set of Mishra and Soni: English, UCI relabelled and extended."""

from __future__ import annotations

import html
from pathlib import Path

import pandas as pd

from scamclassify.datasets.assemble import CONFLICT, Dropped, assemble, conflicting
from scamclassify.datasets.metadata import DataFile, DatasetInfo
from scamclassify.datasets.reading import read_records
from scamclassify.datasets.stand_ins import NUS_MASKS, replace_masks

INFO = DatasetInfo(
    name="mishra_soni",
    description="English SMS in ham, spam and smishing; about 84 % is uci_sms relabelled.",
    languages=("en",),
    labels={"ham": "ham", "spam": "promo", "smishing": "scam"},
    counts={"ham": 4844, "promo": 455, "scam": 604},
    period="2003-2011 for the messages of uci_sms; the rest before 2022",
    authors=("Sandhya Mishra", "Devpriya Soni"),
    licence="CC BY 4.0 (as third parties state of the Mendeley page)",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    redistributable=False,
    citation=(
        "Mishra, S., Soni, D. (2022). SMS Phishing Dataset for Machine Learning and Pattern "
        "Recognition. Mendeley Data, V1. https://doi.org/10.17632/f45bkkt8pr.1"
    ),
    homepage="https://data.mendeley.com/datasets/f45bkkt8pr/1",
    repository="marcellonascif/smishing-models",
    revision="ef943e87f62a15e4d279fa147fe69ad206c3a01e",
    files=(
        DataFile(
            "data/SMISH_DT-main/Dataset/Mendeley_Dataset_5971.csv",
            "649844f1c62a6b27e145eaf17a65f7010c56c390e11a794ea8329993a05ba71e",
            595987,
        ),
    ),
    known_defects=(
        "34 texts carry two labels: left out",
        "about 84 % of the messages are also in uci_sms",
        "145 texts hold U+FFFD where the source lost a character",
        "HTML entities (`&lt;` and the like) and the masks of NUS are undone by the loader",
    ),
)


def read(files: dict[str, Path]) -> tuple[pd.DataFrame, Dropped]:
    """Read the table; labels are case-folded, tabs around the texts removed."""
    (path,) = files.values()
    header, rows = read_records(path)
    label_column, text_column = header.index("LABEL"), header.index("TEXT")
    label = pd.Series([row[label_column].strip().casefold() for row in rows], dtype=object)
    text = pd.Series([html.unescape(row[text_column]).strip() for row in rows], dtype=object)
    text = replace_masks(text, NUS_MASKS)
    return assemble(INFO, text, label, drop=[(CONFLICT, conflicting(text, label))])
