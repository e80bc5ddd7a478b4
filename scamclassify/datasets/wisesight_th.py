"""The Wisesight sentiment corpus: Thai social posts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from scamclassify.datasets.assemble import Dropped, assemble
from scamclassify.datasets.metadata import DataFile, DatasetInfo
from scamclassify.datasets.reading import read_lines

INFO = DatasetInfo(
    name="wisesight_th",
    description="Thai social posts and comments on products and current affairs, all ham.",
    languages=("th",),
    labels={"neg.txt": "ham", "neu.txt": "ham", "pos.txt": "ham", "q.txt": "ham"},
    counts={"ham": 26737},
    channel="social",
    period="about 2016 to early 2019",
    authors=(
        "Arthit Suriyawongkul",
        "Ekapol Chuangsuwanich",
        "Pattarawat Chormai",
        "Nitchakarn Chantarapratin",
        "Charin Polpanumas",
        "Can Udomcharoenchaikit",
    ),
    licence="CC0-1.0",
    licence_url="https://creativecommons.org/publicdomain/zero/1.0/",
    redistributable=True,
    citation=(
        "Suriyawongkul, A., Chuangsuwanich, E., Chormai, P., Chantarapratin, N., Polpanumas, C., "
        "Udomcharoenchaikit, C. (2024). PyThaiNLP/wisesight-sentiment: First release (Version "
        "1.0.1). https://doi.org/10.5281/zenodo.3457446"
    ),
    homepage="https://github.com/PyThaiNLP/wisesight-sentiment",
    repository="PyThaiNLP/wisesight-sentiment",
    revision="c1d063649abc3a6870b5fd1aae26cd1c64bdde7b",
    files=(
        DataFile(
            "neg.txt",
            "a58220b2221cc51e2072e676329b6a2249046ccc2e5692e53636430eaee82690",
            1676577,
        ),
        DataFile(
            "neu.txt",
            "afe5cb9b3d09cff1ae482826e1aeebba402c602f451dc7d5198a725c1bcd44e3",
            3814841,
        ),
        DataFile(
            "pos.txt",
            "a118567bfbf9e1aae0fcd621235a4b27319945746907c790cc6957aacab6a0a1",
            761195,
        ),
        DataFile(
            "q.txt",
            "446b7f2df273f4ab2037ad31e2576d8c0be6858b2ade9477d90a8fd8e0bb9f8a",
            72636,
        ),
    ),
    known_defects=(
        "the source labels sentiment: every post counts as ham, some are adverts of sellers",
        "posts, not SMS: longer and on other topics than thai_sms",
    ),
)


def read(files: dict[str, Path]) -> tuple[pd.DataFrame, Dropped]:
    """Read one post a line; the file name is the sentiment."""
    label: list[str] = []
    text: list[str] = []
    for name, path in files.items():
        found = read_lines(path)
        label += [name] * len(found)
        text += found
    return assemble(INFO, text, label)
