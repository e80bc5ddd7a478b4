"""Reads the zipped XML of the NUS SMS Corpus without unpacking it to disk."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

from scamclassify.datasets.stand_ins import NUS_MASKS, replace_masks

AUTHORS = ("Tao Chen", "Min-Yen Kan")
LICENCE = "none stated; asks to be cited"
HOMEPAGE = "https://github.com/kite1988/nus-sms-corpus"
CITATION = (
    "Chen, T., Kan, M.-Y. (2013). Creating a live, public short message service corpus: the "
    "NUS SMS corpus. Language Resources and Evaluation 47(2), 299-335. "
    "https://doi.org/10.1007/s10579-012-9197-9"
)
DEFECTS = (
    "the source has no labels: every message counts as ham, though some (a few hundred in both "
    "parts together) read like promo",
    "masks (`<#>`, `<URL>`, `<TIME>`, ...) become the stand-ins of stand_ins.NUS_MASKS",
    "date is the day of sending, missing for many messages",
)


# Clocks of phones were wrong: a day outside these is no date.
_FIRST = pd.Timestamp(2003, 1, 1)
_RELEASE = pd.Timestamp(2015, 3, 9)


def read_corpus(path: Path) -> tuple[pd.Series, pd.Series]:
    """Texts and dates of the one XML member of a zip file.

    Parameters
    ----------
    path : pathlib.Path
        The zip file.

    Returns
    -------
    text : pandas.Series of str
        One message a row, masks replaced by their stand-ins.
    date : pandas.Series of datetime64
        The day of sending, or missing.
    """
    texts: list[str] = []
    times: list[str] = []
    with zipfile.ZipFile(path) as archive:
        (member,) = archive.namelist()
        with archive.open(member) as stream:
            events = ElementTree.iterparse(stream, events=("start", "end"))
            _, root = next(events)
            for event, element in events:
                if event == "end" and element.tag == "message":
                    texts.append(element.findtext("text") or "")
                    profile = element.find("messageProfile")
                    times.append("" if profile is None else profile.get("time", ""))
                    root.clear()  # else the whole tree of 44 MB of XML stays in memory
    return replace_masks(pd.Series(texts, dtype=object), NUS_MASKS), _days(times)


def _days(times: list[str]) -> pd.Series:
    """Parse ``2011.03.05 ...`` and ``3/25/2011 ...``; the rest and impossible days are missing."""
    written = pd.Series(times, dtype=object).str.strip()
    dotted = written.str.extract(r"^(\d{4})\.(\d{1,2})\.(\d{1,2})")
    slashed = written.str.extract(r"^(\d{1,2})/(\d{1,2})/(\d{4})")[[2, 0, 1]]
    slashed.columns = dotted.columns
    parts = dotted.fillna(slashed)
    joined = parts[0] + "-" + parts[1] + "-" + parts[2]
    days = pd.to_datetime(joined, format="%Y-%m-%d", errors="coerce")
    return days.where(days.between(_FIRST, _RELEASE))
