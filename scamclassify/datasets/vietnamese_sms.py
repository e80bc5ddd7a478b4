"""Vietnamese SMS: phone exports and a sheet of reported scams."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from scamclassify.datasets.assemble import Dropped, assemble
from scamclassify.datasets.metadata import DataFile, DatasetInfo
from scamclassify.datasets.reading import read_records
from scamclassify.datasets.stand_ins import LINK, replace_masks

INFO = DatasetInfo(
    name="vietnamese_sms",
    description="Vietnamese SMS: honest messages, operator notices and reported scams.",
    languages=("vi",),
    labels={"export 0": "ham", "export 0 operator": "promo", "sheet 1": "scam"},
    left_out={
        "export 1": "positives of the phone exports are noisy or repeat the sheet",
        "sheet 0": "the sheet is used for its reported scams only",
    },
    counts={"ham": 1357, "promo": 968, "scam": 227},
    period="before 2026; the source tells no dates",
    authors=("duynguyenhoang22",),
    licence="none stated",
    redistributable=False,
    citation=(
        "duynguyenhoang22. IE403_DoAnCuoiKy. https://github.com/duynguyenhoang22/IE403_DoAnCuoiKy"
    ),
    homepage="https://github.com/duynguyenhoang22/IE403_DoAnCuoiKy",
    repository="duynguyenhoang22/IE403_DoAnCuoiKy",
    revision="8229fe6400de820e1e83cbc3e2fce43b841f2677",
    files=(
        DataFile(
            "raw_data/GgSheetData.csv",
            "22d0199d73e7234393791b9dc49d6a715455c876d0deef370d7ddc5b9b3897d9",
            62173,
        ),
        DataFile(
            "data/dataset.csv",
            "48d3100952e08f089b26d3c1db266475bd68a0b94bbf75b87f60e1205d7037b4",
            710849,
        ),
    ),
    known_defects=(
        "holds personal data: fetch it, never pass it on or print it",
        "about half of the rows have no diacritics",
        "promo are the 968 notices of operators that begin with `[TB]` or `(QC)`; the source "
        "counts them as honest",
        "the sheet masks names and numbers (`[NAME]`, `[LINK]`, ...), the exports do not: "
        "the loader puts stand-ins in the place of the masks",
    ),
)

#: Masks of the sheet. Names and identities are cut out, as in fbs_zh.
MASKS = {
    "[NAME]": "",
    "[LOCATION]": "",
    "[PRIVATE_INFO]": "",
    "[PERSONAL_INFO]": "",
    "[BANK]": "ngân hàng",
    "[BANK_ACCOUNT]": "0000000000",
    "[CCCD]": "000000000000",  # the number of an identity card
    "[PHONE_NUMBER]": "0900000000",
    "[LINK]": LINK,
}

#: Begins the notices (thông báo) and adverts (quảng cáo) of operators.
_OPERATOR = r"\s*[\[(](?:TB|QC)"


def _texts_and_labels(path: Path) -> tuple[pd.Series, pd.Series]:
    header, rows = read_records(path)
    text, label = header.index("content"), header.index("label")
    # The sheet writes 1.0, the exports 1.
    return (
        pd.Series([row[text] for row in rows], dtype=object),
        pd.Series([row[label].removesuffix(".0") for row in rows], dtype=object),
    )


def read(files: dict[str, Path]) -> tuple[pd.DataFrame, Dropped]:
    """Take scams from the sheet and honest messages from the exports."""
    by_name = {name.rsplit("/", 1)[-1]: path for name, path in files.items()}
    sheet_text, sheet_label = _texts_and_labels(by_name["GgSheetData.csv"])
    text, label = _texts_and_labels(by_name["dataset.csv"])
    operator = text.str.match(_OPERATOR) & (label == "0")
    label = "export " + label + operator.map({True: " operator", False: ""})
    return assemble(
        INFO,
        pd.concat([replace_masks(sheet_text, MASKS), text]),
        pd.concat(["sheet " + sheet_label, label]),
    )
