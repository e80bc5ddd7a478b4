"""The SMS Spam Collection of the UCI repository: English, 2003 to 2011."""

from __future__ import annotations

import html
from pathlib import Path

import pandas as pd

from scamclassify.datasets.assemble import Dropped, assemble
from scamclassify.datasets.metadata import DataFile, DatasetInfo
from scamclassify.datasets.reading import read_lines
from scamclassify.datasets.stand_ins import NUS_MASKS, replace_masks
from scamclassify.errors import UnknownNameError

INFO = DatasetInfo(
    name="uci_sms",
    description="English SMS from the United Kingdom and Singapore; its spam is spam, not scam.",
    languages=("en",),
    labels={"ham": "ham"},
    left_out={"spam": "spam is not told apart into promo and scam (see spam_as)"},
    counts={"ham": 4827},
    period="2003-2011",
    authors=("Tiago A. Almeida", "José María Gómez Hidalgo"),
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    redistributable=True,
    citation=(
        "Almeida, T. A., Gómez Hidalgo, J. M., Yamakami, A. (2011). Contributions to the study "
        "of SMS spam filtering: new collection and results. DocEng '11. "
        "https://doi.org/10.1145/2034691.2034742"
    ),
    homepage="https://archive.ics.uci.edu/dataset/228/sms+spam+collection",
    repository="PARKER-X/SpamClassifier",
    revision="5fa41eaf3ec0d21d3ffced673800d25b6b8ffc20",
    files=(
        DataFile(
            "smsspamcollection/SMSSpamCollection",
            "7d039a24a6083ed9ef0f806ebad56bbb976e3aeb8de05669173bfdc4996c239d",
            477907,
        ),
    ),
    known_defects=(
        "the 747 spam rows mix advertising with prize scams: left out unless spam_as is given",
        "7.4 % exact duplicates after case folding and white-space collapse",
        "at least 3,756 of the ham rows are also in nus_sms_en; most rows are in mishra_soni",
        "HTML entities (`&lt;` and the like) and the masks of NUS are undone by the loader",
    ),
)


def read(files: dict[str, Path], spam_as: str | None = None) -> tuple[pd.DataFrame, Dropped]:
    """Read the collection.

    Parameters
    ----------
    files : dict of str to pathlib.Path
        Path in the repository -> local file.
    spam_as : {"promo", "scam"}, optional
        Keep the spam rows under this label. By default they are left out: the source
        does not tell advertising from scams, and mishra_soni holds the same messages
        with that told.

    Raises
    ------
    UnknownNameError
        If ``spam_as`` is something else.
    """
    if spam_as not in (None, "promo", "scam"):
        raise UnknownNameError("value of spam_as", spam_as, ("promo", "scam"))
    (path,) = files.values()
    rows = [line.split("\t", 1) for line in read_lines(path)]
    text = pd.Series([html.unescape(row[1]) for row in rows], dtype=object)
    return assemble(
        INFO,
        replace_masks(text, NUS_MASKS),
        [row[0] for row in rows],
        labels={"spam": spam_as} if spam_as else None,
    )
