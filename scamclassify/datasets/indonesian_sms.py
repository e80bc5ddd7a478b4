"""Indonesian SMS in normal, fraud and promotion."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from scamclassify.datasets.assemble import Dropped, assemble
from scamclassify.datasets.metadata import DataFile, DatasetInfo
from scamclassify.datasets.reading import read_records

INFO = DatasetInfo(
    name="indonesian_sms",
    description="Indonesian SMS: normal, fraud (penipuan) and operator promotion.",
    languages=("id",),
    labels={"0": "ham", "1": "scam", "2": "promo"},
    counts={"ham": 569, "promo": 239, "scam": 335},
    period="about 2013-2017",
    authors=("Yudi Wibisono",),
    licence="none stated",
    redistributable=False,
    citation=(
        "Rahmi, F., Wibisono, Y. (2016). Aplikasi SMS Spam Filtering pada Android menggunakan "
        "Naive Bayes. Universitas Pendidikan Indonesia."
    ),
    homepage="https://github.com/Andikazidanef15/Sentiment-Analysis-on-Indonesian-SMS-Dataset",
    repository="Andikazidanef15/Sentiment-Analysis-on-Indonesian-SMS-Dataset",
    revision="7fea222209f91f915b61d82dd10a321647c13533",
    files=(
        DataFile(
            "dataset_sms_spam_v1.csv",
            "206e8cb15de401b499df4323c58527e9e6eb9e70608bafabeec3516a6d0d717c",
            130038,
        ),
    ),
    known_defects=("small; promotions come from few operators and follow templates",),
)


def read(files: dict[str, Path]) -> tuple[pd.DataFrame, Dropped]:
    """Read the table ``Teks,label``; cells may span lines."""
    (path,) = files.values()
    header, rows = read_records(path)
    text_column, label_column = header.index("Teks"), header.index("label")
    return assemble(INFO, [row[text_column] for row in rows], [row[label_column] for row in rows])
