"""Messages of fake base stations in China (CCS 2020)."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from scamclassify.datasets.assemble import Dropped, assemble
from scamclassify.datasets.metadata import DataFile, DatasetInfo
from scamclassify.datasets.reading import read_lines
from scamclassify.datasets.stand_ins import LINK, NUMBER, replace_masks

INFO = DatasetInfo(
    name="fbs_zh",
    description="Chinese fraud, illegal offers and adverts sent by fake base stations; no ham.",
    languages=("zh",),
    labels={
        "FR:Financial": "scam",
        "FR:Other": "scam",
        "FR:Phishing(Bank)": "scam",
        "FR:Phishing(Other)": "scam",
        "IL:Escort_service": "scam",
        "IL:Fake_ID_and_invoice": "scam",
        "IL:Gambling": "scam",
        "AD:Loan": "promo",
        "AD:Network_service": "promo",
        "AD:Other": "promo",
        "AD:Real_estate": "promo",
        "AD:Retail": "promo",
    },
    left_out={
        "IL:Political_propaganda": "political propaganda is none of our labels",
        "Other": "the class Other mixes wanted and unwanted messages",
    },
    scam_types={
        "FR:Financial": "investment",
        "FR:Phishing(Bank)": "phishing_account",
        "FR:Phishing(Other)": "phishing_account",
        "IL:Escort_service": "sexual_extortion",
        "IL:Fake_ID_and_invoice": "other_scam",
        "IL:Gambling": "gambling",
    },
    counts={"promo": 8327, "scam": 5067},
    period="before 2020; the source tells no dates",
    authors=(
        "Yiming Zhang",
        "Baojun Liu",
        "Chaoyi Lu",
        "Zhou Li",
        "Haixin Duan",
        "Shuang Hao",
        "Mingxuan Liu",
        "Ying Liu",
        "Dong Wang",
        "Qiang Li",
    ),
    licence="none stated; asks to be cited and linked",
    redistributable=False,
    citation=(
        "Zhang, Y., Liu, B., Lu, C., Li, Z., Duan, H., Hao, S., Liu, M., Liu, Y., Wang, D., "
        "Li, Q. (2020). Lies in the Air: Characterizing Fake-base-station Spam Ecosystem in "
        "China. CCS '20. https://doi.org/10.1145/3372297.3417257"
    ),
    homepage="https://github.com/Cypher-Z/FBS_SMS_Dataset",
    repository="Cypher-Z/FBS_SMS_Dataset",
    revision="49173b12ab0a42eb9f6ce42e401e6acaef1fbdfd",
    files=(
        DataFile(
            "AD:Loan",
            "57bd31ca6579e55b0314062050a638fae1675d8eada0822b2c700ff3b3ed49e1",
            43620,
        ),
        DataFile(
            "AD:Network_service",
            "43ec55aacc2d3a6e8d19f33e684552fb28e1aa4877b3baafa2d94f4c51c137d3",
            657087,
        ),
        DataFile(
            "AD:Other",
            "66fa12817fbf430212fddf26cc888a062569e2fc1a3d18b69bd79265ea2e5df7",
            145000,
        ),
        DataFile(
            "AD:Real_estate",
            "fe19133e5cf3dd905498bfbf154e8b101f1f73a154357472b28528b58c0e1070",
            54864,
        ),
        DataFile(
            "AD:Retail",
            "23b883a0eb75b1169c418b0fb1634968398575e573127c53c9c651ceeeebc173",
            812888,
        ),
        DataFile(
            "FR:Financial",
            "b60abc4c3f32fc35ae429a137e7625b592b86c0ecc47fcfe6c70f32e19ad15fb",
            33618,
        ),
        DataFile(
            "FR:Other",
            "dbb99d5f560f86d7f496d76a18a96b6dad7edd235faa8f5608627a0ddf7bd451",
            87375,
        ),
        DataFile(
            "FR:Phishing(Bank)",
            "f7185a1aacd1f46761fc27e81f4996b5b94e55dcfc9f84c38c39b4d06b8e965e",
            296348,
        ),
        DataFile(
            "FR:Phishing(Other)",
            "a3e1114193c176f55be64b2c0290386375ca4de67fe4932fd34acfc622291ff8",
            44970,
        ),
        DataFile(
            "IL:Escort_service",
            "caffcbe973be80df1bb694cbc6a2ac49b51d4a48c9c678534d56c17b7a9b70cd",
            13537,
        ),
        DataFile(
            "IL:Fake_ID_and_invoice",
            "eb69d3ae095601891effb3fb59a79ce10842a060e3af331b7c13189a275fdf72",
            58977,
        ),
        DataFile(
            "IL:Gambling",
            "a8b93c9ad259d12ab5b8bff02a2a99da1fe26df683e0d1b247590510703406ac",
            230759,
        ),
        DataFile(
            "IL:Political_propaganda",
            "9554b61f55aa0277df3d82cf4f832b36d47564103ca2fcee3d1bf5eba8100a07",
            59911,
        ),
        DataFile(
            "Other",
            "918feec2e59eef0a0327ba1c10a4a3838c8978498ebcc749ca89396c362659f3",
            17857,
        ),
    ),
    known_defects=(
        "texts are lower-cased, word-segmented and stripped of punctuation; the loader removes "
        "the spaces, case and punctuation are lost",
        "masks of numbers, links and accounts become zeros and example.com; those of names and "
        "places are cut out: in Chinese they stand before a noun and can be missed",
        "FR:Phishing(Other) holds 8 unique texts in 297 rows: the repeats are left out",
        "FR:Other mixes prize, flight, transfer and link scams: no scam type",
        "FR:Financial is stock-tip groups and some notices of brokers; the sample that we read "
        "was about securities throughout, hence the type investment",
        "AD:Other holds some offers of brushing jobs, which are scams",
    ),
)

_REPEATED = "FR:Phishing(Other)"

#: Masks of the source and what stands for them. A name or a place is cut out: a stand-in
#: for it would occur in this source alone, and tell it.
MASKS = {
    "DIGIT": NUMBER,
    "CELLPHONE": "13000000000",
    "PHONE": "01000000000",
    "HOTLINE": "4000000000",
    "QQ": "000000000",
    "WECHAT": "wx000000",
    "BANK": "6200000000000000000",  # the number of a bank card
    "URL": f" {LINK} ",
    "NAME": "",
    "PLACE": "",
}

# A space stays between two plain Latin words only: "apple pay" must not become one word.
_SPACE = re.compile(r"(?<![a-z]) +| +(?![a-z])")


def restore(text: pd.Series) -> pd.Series:
    """Undo the word segmentation and the masks.

    Parameters
    ----------
    text : pandas.Series of str
        Lines of the source.

    Returns
    -------
    pandas.Series of str

    Examples
    --------
    >>> restore(pd.Series(["尊敬 的 NAME 用户 请 登录 URL 领 DIGIT 元 apple pay"])).tolist()
    ['尊敬的用户请登录 http://example.com/ 领00元apple pay']
    """
    joined = text.str.replace(_SPACE, "", regex=True)
    return replace_masks(joined, MASKS).str.replace(r" {2,}", " ", regex=True).str.strip()


def read(files: dict[str, Path]) -> tuple[pd.DataFrame, Dropped]:
    """Read one file a class; the file name is the label."""
    label: list[str] = []
    lines: list[str] = []
    for name, path in files.items():
        found = read_lines(path)
        label += [name] * len(found)
        lines += found
    source_label = pd.Series(label, dtype=object)
    raw = pd.Series(lines, dtype=object)
    repeated = raw.duplicated() & (source_label == _REPEATED)
    drop = [(f"repeated text in {_REPEATED}", repeated)]
    return assemble(INFO, restore(raw), source_label, drop=drop)
