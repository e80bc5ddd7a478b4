"""Burmese Facebook comments of myHateSpeech: those without hate speech."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from scamclassify.datasets.assemble import Dropped, assemble
from scamclassify.datasets.metadata import DataFile, DatasetInfo
from scamclassify.datasets.reading import read_lines

INFO = DatasetInfo(
    name="burmese_comments",
    description="Burmese Facebook comments marked as no hate speech; for evaluation only.",
    languages=("my",),
    labels={"no": "ham"},
    left_out={"hate": "marked as hate speech, or not marked at all"},
    counts={"ham": 1834},
    channel="social",
    period="before 2026; the source tells no dates",
    authors=("Language Understanding Lab, Myanmar",),
    licence="CC BY-NC-SA 4.0",
    licence_url="https://creativecommons.org/licenses/by-nc-sa/4.0/",
    redistributable=True,
    evaluation_only=True,
    citation=(
        "Language Understanding Lab, Myanmar. myHateSpeech: Myanmar hate speech datasets and "
        "experiments. https://github.com/ye-kyaw-thu/myHateSpeech"
    ),
    homepage="https://github.com/ye-kyaw-thu/myHateSpeech",
    repository="ye-kyaw-thu/myHateSpeech",
    revision="040902cd88509cfe0c0099da1e24d4169daa438d",
    files=(
        DataFile(
            "corpus/version1.0/myHateSpeech_ver1.0.txt",
            "2cb1c561f015997249d9d488f9cea0c478ad6259cc0bd708158fad56b0c7317c",
            2251291,
        ),
    ),
    known_defects=(
        "the licence forbids commercial use: never part of a shipped model",
        "texts are word-segmented: the loader removes the spaces between Burmese letters, "
        "those that the writer set among them",
    ),
)

#: Marks of the kind of hate speech inside a text, such as ``/ab`` or ``/ab|se``.
_TAG = re.compile(r"/(?:ab|bo|ed|le|po|ra|re|se)\b(?:\|(?:ab|bo|ed|le|po|ra|re|se)\b)*")
_SEGMENTATION = re.compile(r"(?<=[\u1000-\u109f]) +(?=[\u1000-\u109f])")


def clean(text: pd.Series) -> pd.Series:
    """Remove the inline tags and the spaces of word segmentation.

    Parameters
    ----------
    text : pandas.Series of str
        Texts of the source.

    Returns
    -------
    pandas.Series of str

    Examples
    --------
    >>> clean(pd.Series(["က/ab ခ ok ဂ"])).tolist()
    ['ကခ ok ဂ']
    """
    untagged = text.str.replace(_TAG, "", regex=True)
    return untagged.str.replace(_SEGMENTATION, "", regex=True).str.strip()


def read(files: dict[str, Path]) -> tuple[pd.DataFrame, Dropped]:
    """Read ``text<TAB>label`` lines and keep those labelled ``no``."""
    (path,) = files.values()
    rows = [line.rsplit("\t", 1) for line in read_lines(path)]
    label = pd.Series([row[-1].strip() for row in rows], dtype=object)
    text = pd.Series([row[0] for row in rows], dtype=object)
    return assemble(INFO, clean(text), label.where(label == "no", "hate"))
