"""The messages that models are trained and compared on: many sets, without their repeats."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from scamclassify.datasets.corpus import corpus_revision, load_corpus
from scamclassify.datasets.registry import data_revision, dataset_names, load_collected
from scamclassify.errors import FetchError
from scamclassify.text.near_duplicates import group_near_duplicates


def load_training_frame(
    names: Iterable[str] | None = None,
    *,
    corpus: bool = True,
    collected: bool = True,
    evaluation_only: bool = False,
    max_per_source: int | None = 8000,
    random_state: int = 0,
    data_home: str | Path | None = None,
    download: bool = True,
    progress: bool = True,
) -> pd.DataFrame:
    """Load collected sets and the written corpus, each message once, grouped.

    Parameters
    ----------
    names : iterable of str, optional
        Collected sets; by default all.
    corpus, collected : bool, default=True
        Whether the written corpus and the collected sets take part.
    evaluation_only : bool, default=False
        Whether sets that must not enter a shipped model take part.
    max_per_source : int or None, default=8000
        A larger set is sampled: all of its scams and promos as far as they fit in half of
        the places, the rest honest messages.
    random_state : int, default=0
        Seed of the sampling.
    data_home, download, progress
        As for :func:`scamclassify.load_dataset`.

    Returns
    -------
    pandas.DataFrame
        A message frame without exact repeats (case and white space aside); ``group`` holds
        clusters of near-duplicates over all sets. Messages of one cluster that carry
        different labels within collected sets are left out. ``attrs`` holds ``revision``
        and ``dropped`` (reason -> count).

    Raises
    ------
    FetchError
        If a set cannot be fetched.

    Examples
    --------
    >>> frame = load_training_frame(collected=False)
    >>> set(frame["origin"])
    {'authored'}
    """
    parts, revisions = [], []
    if collected:
        names = list(dataset_names(added=False)) if names is None else list(names)
        frame = load_collected(
            names,
            data_home=data_home,
            download=download,
            progress=progress,
            evaluation_only=evaluation_only,
        )
        parts.append(frame)
        revisions.append(data_revision(names))
    if corpus:
        parts.append(load_corpus())
        revisions.append(f"corpus-{corpus_revision()}")
    if not parts:
        raise ValueError("neither collected sets nor the corpus were asked for")
    frame = pd.concat([part.astype({"date": "datetime64[ns]"}) for part in parts])
    frame = frame.loc[:, list(parts[0].columns)].reset_index(drop=True)
    # The written corpus is small and clean: its row wins over a collected twin.
    key = frame["text"].str.casefold().str.split().str.join(" ")
    order = frame["origin"].map({"authored": 0, "collected": 1})
    repeated = key.iloc[np.argsort(order.to_numpy(), kind="stable")].duplicated().sort_index()
    kept = frame[~repeated]
    groups = group_near_duplicates(kept["text"].tolist())
    scam = kept["label"].eq("scam").groupby(groups)
    torn = (scam.transform("any") & ~scam.transform("all")).to_numpy()
    torn = torn & kept["origin"].eq("collected").to_numpy()
    kept = kept.assign(group=[f"near-{group}" for group in groups])[~torn]
    sampled = _sample(kept, max_per_source, random_state)
    sampled.attrs = {
        "revision": "+".join(revisions),
        "dropped": {
            "exact repeat": int(repeated.sum()),
            "near-duplicates with conflicting labels": int(torn.sum()),
            "beyond max_per_source": len(kept) - len(sampled),
        },
    }
    return sampled


def _sample(frame: pd.DataFrame, most: int | None, seed: int) -> pd.DataFrame:
    if most is None:
        return frame.reset_index(drop=True)
    rng = np.random.default_rng(seed)
    chosen = []
    for _, part in frame.groupby("source", sort=True):
        if len(part) <= most:
            chosen.append(part.index.to_numpy())
            continue
        ham = part.index[part["label"] == "ham"].to_numpy()
        other = part.index[part["label"] != "ham"].to_numpy()
        n_other = min(len(other), max(most // 2, most - len(ham)))
        chosen.append(rng.choice(other, n_other, replace=False))
        chosen.append(rng.choice(ham, most - n_other, replace=False))
    return frame.loc[np.sort(np.concatenate(chosen))].reset_index(drop=True)


def load_demo_frame(**options) -> tuple[pd.DataFrame, bool]:
    """Collected sets with the corpus, or the corpus alone where nothing can be fetched.

    Returns
    -------
    frame : pandas.DataFrame
    collected : bool
        Whether the collected sets are in it.
    """
    try:
        return load_training_frame(**options), True
    except FetchError:
        carried = options | {"collected": False, "max_per_source": None}
        return load_training_frame(**carried), False
