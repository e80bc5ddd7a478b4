"""Find messages whose label is probably wrong, by confident learning."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from scamclassify.classifiers.scam import ScamClassifier
from scamclassify.errors import FrameError, MissingExtraError, UnknownNameError
from scamclassify.evaluation.splits import GroupedStratifiedKFold, message_groups
from scamclassify.frame import validate_frame
from scamclassify.labels import LABELS

#: How messages are ranked: names of cleanlab's label quality scores.
RANKINGS: tuple[str, ...] = (
    "self_confidence",
    "normalized_margin",
    "confidence_weighted_entropy",
)


def out_of_sample_probabilities(
    frame: pd.DataFrame, model: Any = None, *, folds: int = 5, random_state: int | None = 0
) -> pd.DataFrame:
    """Probabilities of each message from a model that saw neither it nor its near-duplicates.

    Parameters
    ----------
    frame : pandas.DataFrame
        A message frame with ``text`` and ``label``; ``group`` is used where it is there.
    model : estimator on raw texts, optional
        With ``fit(texts, labels)``, ``predict_proba(texts)`` and ``classes_``; it is cloned
        and not changed. By default a :class:`ScamClassifier` without calibration.
    folds : int, default=5
        Groups of near-duplicates stay in one fold.
    random_state : int or None, default=0
        Seed of the folds, and of the default model.

    Returns
    -------
    pandas.DataFrame of float64, shape (n_messages, n_labels)
        Index of ``frame``, a column for each of its labels, rows that sum to 1.

    Raises
    ------
    FrameError
        If a column is missing, or the messages of a label are too few, or too much alike,
        to be in the training part of every fold.
    TypeError
        If the model has no ``predict_proba``.

    Examples
    --------
    >>> from scamclassify.classifiers.registry import build_model
    >>> frame = pd.DataFrame({"text": ["win a prize", "claim gifts", "lunch today", "see you"],
    ...                       "label": ["scam", "scam", "ham", "ham"]})
    >>> out_of_sample_probabilities(frame, build_model("complement_nb"), folds=2).shape
    (4, 2)
    """
    from sklearn.base import clone

    validate_frame(frame, ["text", "label"])
    if model is None:
        model = ScamClassifier(calibration_folds=0, random_state=random_state)
    if not hasattr(model, "predict_proba"):
        raise TypeError(f"{model!r} has no predict_proba; take a model that gives probabilities")
    labels = frame["label"].to_numpy(dtype=str)
    counts = frame["label"].value_counts()
    if len(counts) < 2:
        raise FrameError("column 'label': two different labels are needed to compare them")
    if counts.min() < folds:
        raise FrameError(
            f"column 'label': only {counts.min()} message(s) with {counts.idxmin()!r}, "
            f"fewer than folds={folds}"
        )
    known = [label for label in LABELS if label in counts.index]
    texts = frame["text"].to_numpy(dtype=object)
    splitter = GroupedStratifiedKFold(folds, random_state=random_state)
    out = pd.DataFrame(0.0, index=frame.index, columns=known)
    for train, test in splitter.split(frame, labels, message_groups(frame)):
        if missing := set(known) - set(labels[train]):
            raise FrameError(
                f"column 'label': the messages with {missing.pop()!r} are so few or so much alike "
                "that they fell into one fold; take fewer folds, or more messages"
            )
        if not len(test):
            continue
        fitted = clone(model).fit(texts[train].tolist(), labels[train])
        places = [known.index(label) for label in fitted.classes_]
        out.iloc[test, places] = fitted.predict_proba(texts[test].tolist())
    return out.div(out.sum(axis=1), axis=0)


def find_label_errors(
    frame: pd.DataFrame,
    model: Any = None,
    *,
    folds: int = 5,
    random_state: int | None = 0,
    probabilities: Any = None,
    ranking: str = "self_confidence",
) -> pd.DataFrame:
    """Rank the messages of a frame by how doubtful their labels are.

    A model is trained on all folds but one and asked for the labels of that one, no
    near-duplicate crossing the folds. Its probabilities are ranked by a label quality score
    [2]_ and held against the threshold of each label [1]_: the mean probability of the label
    over the messages that carry it. What the ranking finds is a reading list for a person,
    not a correction: rare kinds of honest messages also look doubtful.

    Parameters
    ----------
    frame : pandas.DataFrame
        A message frame with ``text`` and ``label``; ``id`` and ``group`` are used where
        they are there.
    model : estimator on raw texts, optional
        As for :func:`out_of_sample_probabilities`.
    folds : int, default=5
    random_state : int or None, default=0
    probabilities : pandas.DataFrame or array-like of shape (n_messages, n_labels), optional
        Out-of-sample probabilities made before; no model is trained then. A DataFrame has
        columns named as labels; an array has a column for each of ham, promo, scam, or for
        each of those that ``frame`` has, in that order.
    ranking : {"self_confidence", "normalized_margin", "confidence_weighted_entropy"}
        ``self_confidence`` (default) is the probability of the given label;
        ``normalized_margin`` compares it with the best other label;
        ``confidence_weighted_entropy`` divides it by the entropy of the row.

    Returns
    -------
    pandas.DataFrame
        A row for each message, the most doubtful first, with the index of ``frame``:

        ==========================  =====================================================
        ``id``                      where ``frame`` has it
        ``text``, ``label``         as given
        ``suggested_label``         the most probable label, which may be the given one
        ``label_probability``       of the given label
        ``suggested_probability``   of the suggested one
        ``score``                   0 to 1, 1 for the most doubtful (1 - label quality)
        ``likely_error``            whether another label is the most probable one and
                                    passes its threshold (off the diagonal of the
                                    confident joint)
        ==========================  =====================================================

    Raises
    ------
    FrameError
        If a column is missing or holds what is not allowed, or a label has too few messages.
    UnknownNameError
        If the ranking is none of those.
    ValueError
        If the probabilities have another shape or are no probabilities.

    References
    ----------
    .. [1] C. Northcutt, L. Jiang, I. Chuang, "Confident learning: estimating uncertainty in
       dataset labels", Journal of Artificial Intelligence Research 70, 2021.
       https://doi.org/10.1613/jair.1.12125; computed by cleanlab, https://docs.cleanlab.ai
    .. [2] J. Kuan, J. Mueller, "Model-agnostic label quality scoring to detect real-world
       label errors", ICML DataPerf workshop 2022.

    Examples
    --------
    >>> frame = pd.DataFrame({"text": ["you won", "claim it", "see you", "good night"],
    ...                       "label": ["scam", "scam", "ham", "scam"]})
    >>> probabilities = [[0.1, 0.9], [0.2, 0.8], [0.9, 0.1], [0.95, 0.05]]
    >>> found = find_label_errors(frame, probabilities=probabilities)
    >>> found[["text", "label", "suggested_label", "likely_error"]].head(2)
             text label suggested_label  likely_error
    3  good night  scam             ham          True
    1    claim it  scam            scam         False
    """
    # cleanlab, not our own: Apache-2.0 (2.8 and later), pure Python, 3 MB, needs termcolor and
    # otherwise only what we need too. Its import takes two seconds, so it stands here.
    try:
        from cleanlab.filter import find_label_issues
        from cleanlab.rank import get_label_quality_scores
    except ImportError:
        raise MissingExtraError("cleanlab", "quality", "finding label errors") from None

    validate_frame(frame, ["text", "label"])
    if ranking not in RANKINGS:
        raise UnknownNameError("ranking", ranking, RANKINGS)
    if probabilities is None:
        probabilities = out_of_sample_probabilities(
            frame, model, folds=folds, random_state=random_state
        )
    classes, table = _probability_table(frame, probabilities)
    given = frame["label"].map({label: i for i, label in enumerate(classes)}).to_numpy(dtype=int)
    rows = np.arange(len(frame))
    best = table.argmax(axis=1)
    # An equally probable label is no reason to change the given one.
    best = np.where(table[rows, given] == table[rows, best], given, best)
    quality = get_label_quality_scores(given, table, method=ranking, adjust_pred_probs=False)
    # More processes cost more than they save on this small computation.
    issues = find_label_issues(given, table, filter_by="confident_learning", n_jobs=1)
    found = frame[[name for name in ("id", "text", "label") if name in frame.columns]].assign(
        suggested_label=np.array(classes)[best],
        label_probability=table[rows, given],
        suggested_probability=table[rows, best],
        score=1 - np.asarray(quality),
        likely_error=np.asarray(issues, dtype=bool) & (best != given),
    )
    return found.iloc[np.argsort(-found["score"].to_numpy(), kind="stable")]


def _probability_table(frame: pd.DataFrame, probabilities: Any) -> tuple[list[str], np.ndarray]:
    """Labels of the columns, and the probabilities as float64, shape (n_messages, n_labels)."""
    present = set(frame["label"])
    if hasattr(probabilities, "columns"):
        if not frame.index.equals(probabilities.index):
            raise ValueError("the probabilities have another index than the frame")
        classes = [label for label in LABELS if label in probabilities.columns]
        table = probabilities[classes].to_numpy(dtype=np.float64)
        if lacking := sorted(present - set(classes)):
            raise ValueError(f"the probabilities have no column for {', '.join(lacking)}")
    else:
        table = np.asarray(probabilities, dtype=np.float64)
        classes = [label for label in LABELS if label in present]
        if table.ndim == 2 and table.shape[1] == len(LABELS):
            classes = list(LABELS)
    if table.shape != (len(frame), len(classes)) or len(classes) < 2:
        raise ValueError(
            f"probabilities of shape {table.shape} were given; for {len(frame)} messages with the "
            f"labels {', '.join(sorted(present))} the shape must be "
            f"({len(frame)}, {len(classes)}), with at least two labels"
        )
    sums = table.sum(axis=1, keepdims=True)
    if not len(table) or not (table >= 0).all() or not np.allclose(sums, 1, atol=1e-3):
        raise ValueError("probabilities must be given, none negative, and each row must sum to 1")
    return classes, table / sums
