"""Is a data set from outside ready to be used by others?"""

from __future__ import annotations

import dataclasses

from scamclassify.datasets.assemble import conflicting
from scamclassify.datasets.external import ExternalDataset, _check
from scamclassify.plugins import PluginError

_MOST_CONFLICTS = 0.02


def check_dataset(dataset: ExternalDataset) -> None:
    """Check a data set: metadata, frame, ids, labels, and that it loads the same twice.

    Parameters
    ----------
    dataset : ExternalDataset

    Raises
    ------
    PluginError, FrameError, UnknownNameError
        At the first thing that is wrong. No message text is in the error.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"text": ["win a prize", "see you"], "label": ["scam", "ham"]})
    >>> check_dataset(ExternalDataset("notes", lambda: table, ("en",), "CC0", "none"))
    """
    _check(dataset)
    where = f"data set {dataset.name!r}"
    first = dataclasses.replace(dataset, _kept={})
    again = dataclasses.replace(dataset, _kept={})
    frame = first.frame()
    if first.revision != again.revision:
        raise PluginError(f"{where}: two loads gave different messages; fix its seed or its order")
    repeated = frame["id"].duplicated()
    if repeated.any():
        row = int(repeated.to_numpy().argmax())
        raise PluginError(f"{where}, row {row}: id {frame['id'].iloc[row]!r} occurs twice")
    blank = frame["text"].str.strip().eq("")
    if blank.any():
        raise PluginError(f"{where}, row {int(blank.to_numpy().argmax())}: the text is empty")
    stray = sorted(set(frame["language"]) - {*dataset.languages, "und"})
    if stray:
        raise PluginError(
            f"{where}: messages in {', '.join(stray)}, which its languages do not name"
        )
    torn = conflicting(frame["text"], frame["label"]).mean()
    if torn > _MOST_CONFLICTS:
        raise PluginError(
            f"{where}: {torn:.0%} of its rows share a text with a row of another label; "
            "leave them out"
        )
