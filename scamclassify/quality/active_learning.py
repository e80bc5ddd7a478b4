"""Choose the messages that a person should label next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from scamclassify.errors import FrameError, UnknownNameError
from scamclassify.frame import validate_frame
from scamclassify.text.language import identify_batch
from scamclassify.text.near_duplicates import group_near_duplicates
from scamclassify.validation import as_texts

#: Ways to choose.
STRATEGIES: tuple[str, ...] = ("margin", "entropy", "least_confident", "random")


def uncertainty(probabilities: np.ndarray, strategy: str = "margin") -> np.ndarray:
    """How unsure a model is of each message, from 0 to 1.

    Parameters
    ----------
    probabilities : array-like of shape (n_messages, n_classes)
    strategy : {"margin", "entropy", "least_confident"}
        ``margin``: 1 less the distance of the two most probable labels; ``entropy``: of the
        row, as a share of the largest possible; ``least_confident``: 1 less the highest
        probability, as a share of the largest possible.

    Returns
    -------
    numpy.ndarray of float64, shape (n_messages,)

    Raises
    ------
    UnknownNameError
        If the strategy is none of those.

    References
    ----------
    B. Settles, "Active learning literature survey", University of Wisconsin-Madison,
    technical report 1648, 2009, section 3.1.

    Examples
    --------
    >>> uncertainty([[0.5, 0.5, 0.0], [1.0, 0.0, 0.0]]).tolist()
    [1.0, 0.0]
    >>> uncertainty([[0.5, 0.5, 0.0], [1.0, 0.0, 0.0]], "least_confident").round(3).tolist()
    [0.75, 0.0]
    """
    table = np.asarray(probabilities, dtype=np.float64)
    n_classes = table.shape[1]
    if strategy == "margin":
        top = np.sort(table, axis=1)[:, -2:]
        return 1 - (top[:, 1] - top[:, 0])
    if strategy == "entropy":
        logs = np.log(table, out=np.zeros_like(table), where=table > 0)
        return np.abs((table * logs).sum(axis=1)) / np.log(n_classes)
    if strategy == "least_confident":
        return (1 - table.max(axis=1)) / (1 - 1 / n_classes)
    raise UnknownNameError("strategy", strategy, STRATEGIES[:-1])


def pick_to_label(
    messages: pd.DataFrame | Iterable[str],
    model: Any,
    n: int,
    *,
    strategy: str = "margin",
    diversity: bool = True,
    spread_languages: bool = False,
    labelled: pd.DataFrame | Iterable[str] | None = None,
    random_state: int | None = 0,
) -> pd.DataFrame:
    """Pick the next messages worth labelling: those the model is least sure of.

    Parameters
    ----------
    messages : pandas.DataFrame or iterable of str
        Messages without labels: a frame with ``text`` (``id`` and ``language`` are used
        where they are there), or texts.
    model : fitted estimator on raw texts
        With ``predict_proba(texts)`` and ``classes_``.
    n : int
        How many to pick; fewer come back where there are not so many.
    strategy : {"margin", "entropy", "least_confident", "random"}
        As for :func:`uncertainty`; ``random`` draws evenly, the yardstick for the others
        and the only one whose picks can also measure a model.
    diversity : bool, default=True
        Take at most one message of each group of near-duplicates.
    spread_languages : bool, default=False
        Take languages in turn, the least sure message of each, instead of filling the list
        from those that the model knows worst. Languages are identified where ``messages``
        has no column ``language``.
    labelled : pandas.DataFrame or iterable of str, optional
        Messages labelled before; their near-duplicates are passed over.
    random_state : int or None, default=0
        Seed of the order of messages that are equally uncertain, and of ``random``.

    Returns
    -------
    pandas.DataFrame
        The picks, the most useful first, with the index of ``messages`` (places of texts):
        ``id`` where it is there, ``text``, ``language`` where it is known, ``predicted``,
        ``probability`` (of the predicted label) and ``uncertainty`` (NaN for ``random``).

    Raises
    ------
    FrameError
        If the frame has no column ``text``, or a text is no string.
    UnknownNameError
        If the strategy is none of those.
    TypeError
        If the model has no ``predict_proba``.
    ValueError
        If ``n`` is less than 1.

    Examples
    --------
    >>> from scamclassify.classifiers.registry import build_model
    >>> model = build_model("complement_nb")
    >>> model = model.fit(["claim your prize", "see you at lunch"], ["scam", "ham"])
    >>> pool = ["claim your prize", "see you at lunch", "prize at lunch", "PRIZE at lunch"]
    >>> pick_to_label(pool, model, 1)["text"].str.lower().tolist()
    ['prize at lunch']
    >>> len(pick_to_label(pool, model, 4))
    3
    """
    if strategy not in STRATEGIES:
        raise UnknownNameError("strategy", strategy, STRATEGIES)
    if n < 1:
        raise ValueError(f"n must be at least 1, got {n!r}")
    if not hasattr(model, "predict_proba"):
        raise TypeError(f"{model!r} has no predict_proba; take a model that gives probabilities")
    pool = _pool(messages)
    texts = pool["text"].tolist()
    if spread_languages and "language" not in pool.columns:
        pool["language"] = identify_batch(texts)[0] if texts else []
    probabilities = (
        np.asarray(model.predict_proba(texts)) if texts else np.zeros((0, len(model.classes_)))
    )
    best = probabilities.argmax(axis=1)
    pool["predicted"] = np.asarray(model.classes_)[best]
    pool["probability"] = probabilities[np.arange(len(pool)), best]
    worth = np.zeros(len(pool)) if strategy == "random" else uncertainty(probabilities, strategy)
    pool["uncertainty"] = np.nan if strategy == "random" else worth
    tie = np.random.default_rng(random_state).permutation(len(pool))
    order = np.lexsort((tie, -worth))
    order = order[_fresh(texts, labelled, diversity, order)]
    if spread_languages:
        languages = pool["language"].iloc[order].fillna("und").reset_index(drop=True)
        order = order[np.argsort(languages.groupby(languages).cumcount(), kind="stable")]
    return pool.iloc[order[:n]]


def _pool(messages: pd.DataFrame | Iterable[str]) -> pd.DataFrame:
    """The columns of the messages that the answer has."""
    if isinstance(messages, pd.DataFrame):
        validate_frame(messages, ["text"])
        return messages[[c for c in ("id", "text", "language") if c in messages.columns]].copy()
    try:
        return pd.DataFrame({"text": as_texts(messages)}, dtype=object)
    except TypeError as error:
        raise FrameError(str(error)) from None


def _fresh(texts: list[str], labelled: Any, diversity: bool, order: np.ndarray) -> np.ndarray:
    """Which places of ``order`` bring something new."""
    if not diversity and labelled is None:
        return np.arange(len(order))
    before = [] if labelled is None else _pool(labelled)["text"].tolist()
    groups = group_near_duplicates(before + texts)
    ordered = groups[len(before) :][order]
    new = ~np.isin(ordered, groups[: len(before)])
    if diversity:
        new &= ~pd.Series(ordered).duplicated().to_numpy()
    return np.flatnonzero(new)
