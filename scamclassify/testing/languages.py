"""Does text of a new language pass through every part of the library?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from scamclassify.classifiers.scam import ScamClassifier
from scamclassify.labels import Language, _check
from scamclassify.plugins import PluginError
from scamclassify.text.near_duplicates import group_near_duplicates
from scamclassify.text.repair import repair_batch


def check_language(language: Language, texts: Sequence[str]) -> None:
    """Check a language: its code and name, and that texts of it survive repair and scoring.

    Parameters
    ----------
    language : Language
    texts : sequence of str
        Ten sentences or more as people write them.

    Raises
    ------
    PluginError
        At the first thing that is wrong.

    Examples
    --------
    >>> from scamclassify import load_corpus
    >>> check_language(Language("xyz", "A new language"), load_corpus("tet")["text"].head(12))
    """
    _check(language)
    where = f"language {language.code!r}"
    texts = list(texts)
    if len(texts) < 10:
        raise PluginError(f"{where}: ten sentences are needed, {len(texts)} were given")
    repaired = repair_batch(texts).texts
    for number, (before, after) in enumerate(zip(texts, repaired, strict=True)):
        letters = sum(letter.isalpha() for letter in before)
        if sum(letter.isalpha() for letter in after) < letters / 2:
            raise PluginError(
                f"{where}, sentence {number}: repair takes away more than half of its letters"
            )
    if len(set(group_near_duplicates(texts).tolist())) < len(texts) / 2:
        raise PluginError(
            f"{where}: most of the sentences count as near-duplicates of one another; "
            "give more varied ones, or its script is not told apart"
        )
    frame = pd.DataFrame({"text": texts, "language": language.code})
    labels = np.array(["scam", "ham"])[np.arange(len(texts)) % 2]
    model = ScamClassifier(n_features=2**12, calibration_folds=0, random_state=0)
    probabilities = model.fit(frame, labels).predict_proba(texts)
    if not np.isfinite(probabilities).all():
        raise PluginError(f"{where}: a classifier fitted on its text gives no finite scores")
