"""Every SMS that one phone in the Philippines received since September 2022."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from scamclassify.datasets.assemble import Dropped, assemble
from scamclassify.datasets.metadata import DataFile, DatasetInfo
from scamclassify.datasets.reading import read_records

INFO = DatasetInfo(
    name="ph_sms",
    description="Philippine SMS of one phone: spam, adverts and government notices, dated.",
    languages=("tl",),
    labels={"spam": "scam", "ads": "promo", "gov": "ham", "notifs": "ham", "OTP": "ham"},
    counts={"ham": 159, "promo": 1018, "scam": 829},
    period="2022-09 to 2026-08",
    authors=("Scott Lee Chua",),
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    redistributable=True,
    citation="Chua, S. L. Spam and marketing SMS. https://github.com/scottleechua/data",
    homepage="https://github.com/scottleechua/data/tree/main/spam-and-marketing-sms",
    repository="scottleechua/data",
    revision="ad50c348c53f738645f78ee8baa8be5082a1de91",
    files=(
        DataFile(
            "spam-and-marketing-sms/text-messages.csv",
            "a3724dca065ee8ed23eb18fb6382657e2559f2b0c0364aaf9c14277af1974e32",
            989603,
        ),
    ),
    known_defects=(
        "Filipino, English and both mixed, all marked tl: the source does not tell them apart",
        "the author removed the text of private messages (`<REDACTED>`): left out",
        "two rows have a field too many: left out",
        "spam is every unsolicited message of an unknown sender, nearly all of it scam",
        "the 830 spam rows begin in 552 different ways: split by template",
        "one recipient: what reaches one number is not what reaches a country",
    ),
)

_REDACTED = "<REDACTED>"


def read(files: dict[str, Path]) -> tuple[pd.DataFrame, Dropped]:
    """Read the table; ``date`` is when the message was received (UTC+8)."""
    (path,) = files.values()
    header, rows = read_records(path)
    malformed = pd.Series([len(row) != len(header) for row in rows])
    blank = [""] * len(header)
    cells = pd.DataFrame(
        [blank if bad else row for row, bad in zip(rows, malformed, strict=True)],
        columns=header,
        dtype=object,
    )
    return assemble(
        INFO,
        cells["text"],
        cells["category"],
        date=pd.to_datetime(cells["date-received"], format="%Y-%m-%d %H:%M:%S", errors="coerce"),
        drop=[
            ("the row has a field too many", malformed),
            ("the author removed the text", cells["text"].str.strip() == _REDACTED),
        ],
    )
