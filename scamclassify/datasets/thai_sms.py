"""Thai SMS from public receive-SMS pages, labelled by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from scamclassify.datasets.assemble import CONFLICT, Dropped, assemble, conflicting
from scamclassify.datasets.metadata import DataFile, DatasetInfo
from scamclassify.datasets.reading import read_lines

INFO = DatasetInfo(
    name="thai_sms",
    description="Thai one-time passwords, notices, adverts and scams from receive-SMS pages.",
    languages=("th",),
    labels={"OTP": "ham", "OK": "ham", "spam": "promo", "scam": "scam"},
    counts={"ham": 2858, "promo": 575, "scam": 1395},
    period="2022",
    authors=("ssivakorn",),
    licence="MIT",
    licence_url="https://github.com/ssivakorn/Thai-SMS-spam-filter",
    redistributable=True,
    citation=(
        "ssivakorn (2022). Thai-SMS-spam-filter. https://github.com/ssivakorn/Thai-SMS-spam-filter"
    ),
    homepage="https://github.com/ssivakorn/Thai-SMS-spam-filter",
    repository="ssivakorn/Thai-SMS-spam-filter",
    revision="b7ebc2ef0e3cddff3bcfe1cd1373f80594a3e1a0",
    files=(
        DataFile(
            "data/raw_data/2022.txt",
            "c2fcf14ca331a8e17d1af6c56db7bcc179259f3640b64d7c730e3b5a8acfa855",
            32208,
        ),
        DataFile(
            "data/raw_data/20220301.txt",
            "aa775f10c9a323177003f276e426b0147bd7dbca75f01aeeafaa9639e77d23e9",
            32193,
        ),
        DataFile(
            "data/raw_data/20220412.txt",
            "6b118bcae907b2fbed3e5e8795070db17f81e743fd113fc75373805768db0404",
            14352,
        ),
        DataFile(
            "data/raw_data/20220413.txt",
            "0cbcd07441c2c843c59fc20c564ed66091016467d2707e4a0e50ced6fc9e5b18",
            26075,
        ),
        DataFile(
            "data/raw_data/20220417.txt",
            "94cf3c0f17b4cc43cf1a1a51c52ae0090341d3c04ce9cc94d652b95c1356213b",
            127814,
        ),
        DataFile(
            "data/raw_data/20220430.txt",
            "12c191cd048e2e851898511a134c76fb76a51da69ba5009f8bab13f8ccdbb49f",
            37895,
        ),
        DataFile(
            "data/raw_data/20220521.txt",
            "3b3993b75d12154e999eb2b042f222a86247d87504455159fba5dc3f286cdfaf",
            132393,
        ),
        DataFile(
            "data/raw_data/20220522.txt",
            "0b98e1d0ce36ad54fd1b95c598464fb3b1f848e63563a620d37a4cf0c50ac0a3",
            23379,
        ),
        DataFile(
            "data/raw_data/20220601.txt",
            "09bd8cf7ac10c03a6076cee8a17e90722804ea8c82a6d4153b9d5a7908e9ca62",
            3000,
        ),
        DataFile(
            "data/raw_data/20220615.txt",
            "db9ecdd1a88adc74766d315fa7473e33c233d9906846d95568529b4acfedf71c",
            89156,
        ),
        DataFile(
            "data/raw_data/20220620.txt",
            "5c38f294d60f4271349ae24eda5b3824d8bb5de8f9ca00ee175115ae4721fe5f",
            9620,
        ),
        DataFile(
            "data/raw_data/20220621.txt",
            "4ae46440b4f27db070d050bc781c692e3946afaa21ada02b22d753707ac8fc29",
            59876,
        ),
        DataFile(
            "data/raw_data/202212.txt",
            "ee2f24cb17f71aac9d4af4b2e2e5dba3d2854868bdc84e5e8585ff22f0ecdf49",
            142169,
        ),
        DataFile(
            "data/raw_data/ok.txt",
            "d25393e4027c9dcc5611021c0443b5c3d3d313d1e369d481d69fe4d3c6c527e2",
            106283,
        ),
        DataFile(
            "data/raw_data/otp.txt",
            "5fae8b5cba2e9505bec62122e448ff8b8fd64027451e8df3533c5c59b2b7cfb0",
            44368,
        ),
        DataFile(
            "data/raw_data/scam.txt",
            "69cd52a8be2b394ebb71db8879c393c0afaf54ab67e113d54b583502f2dd1bb8",
            108447,
        ),
        DataFile(
            "data/raw_data/spam.txt",
            "e9bb583bdc9c40169888644e4353491a92fe77408b5efa861d178cb8aaa9aaab",
            75301,
        ),
    ),
    known_defects=(
        "45 texts carry two labels (11 of them OTP and OK): left out",
        "4,943 rows hold 3,464 unique texts; the files overlap each other",
        "scam also covers paid horoscopes and USSD upselling",
        "date is the day (or the first of the month) in the file name, that is when a page was "
        "saved; missing for the files without one",
    ),
)

_FILE_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})?\.txt")


def _date_of(name: str) -> pd.Timestamp | None:
    match = _FILE_DATE.fullmatch(name.rsplit("/", 1)[-1])
    if match is None:
        return None
    return pd.Timestamp(int(match[1]), int(match[2]), int(match[3] or 1))


def read(files: dict[str, Path]) -> tuple[pd.DataFrame, Dropped]:
    """Read ``label|text`` lines; the text may hold further bars."""
    rows: list[list[str]] = []
    dates: list[pd.Timestamp | None] = []
    for name, path in files.items():
        found = [line.split("|", 1) for line in read_lines(path)]
        rows += found
        dates += [_date_of(name)] * len(found)
    label = pd.Series([row[0] for row in rows], dtype=object)
    text = pd.Series([row[1] for row in rows], dtype=object)
    date = pd.Series(dates, dtype="datetime64[ns]")
    return assemble(INFO, text, label, date=date, drop=[(CONFLICT, conflicting(text, label))])
