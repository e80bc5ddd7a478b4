"""Judge a model on a message frame, per language and per source, with intervals."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
import pandas as pd

from scamclassify.classifiers.unsure import UNSURE
from scamclassify.errors import FrameError, UnknownNameError
from scamclassify.evaluation.bootstrap import group_numbers
from scamclassify.evaluation.metrics import SliceMetrics
from scamclassify.evaluation.report import Report
from scamclassify.evaluation.slice_figures import slice_figures
from scamclassify.evaluation.splits import message_groups
from scamclassify.frame import validate_frame
from scamclassify.labels import LABELS, UNDETERMINED

#: Origin of messages whose frame does not say it.
UNSTATED = "unstated"


def evaluate(
    model,
    frame: pd.DataFrame,
    *,
    prevalence: float = 0.01,
    n_boot: int = 200,
    random_state: int | None = 0,
    groups=None,
    confidence: float = 0.95,
    model_name: str | None = None,
    split: str | None = None,
) -> Report:
    """Score the messages of a frame and report how well the model told scam from the rest.

    Every figure is given overall, per language and per source, apart for collected and for
    authored messages, with a bootstrap interval that resamples groups of near-duplicates.
    Where the model answers ``"unsure"``, ``metadata["unsure"]`` holds the coverage (share of
    messages answered) and the risk (share of wrong answers among those, scam or not).

    Parameters
    ----------
    model : fitted estimator on raw texts
        With ``predict``, ``classes_`` (``"scam"`` among them) and ``predict_proba`` or
        ``decision_function``.
    frame : pandas.DataFrame
        A message frame with ``text`` and ``label``; ``language``, ``source``, ``origin`` and
        ``group`` are used where they are there.
    prevalence : float, default=0.01
        Share of scam in the traffic for which precision is computed.
    n_boot : int, default=200
        Resamples an interval; 0 leaves the intervals out.
    random_state : int or None, default=0
        Seed of the resamples.
    groups : array-like of shape (n_messages,), optional
        What is resampled together; by default the column ``group`` where every message has
        one, else :func:`~scamclassify.evaluation.splits.message_groups`.
    confidence : float, default=0.95
        Share of the resamples that an interval covers.
    model_name, split : str, optional
        What the report calls the model and the split; by default the classes of the model
        and ``frame.attrs["split"]``.

    Returns
    -------
    Report

    Raises
    ------
    FrameError
        If the frame is empty, lacks a column or holds a value that is not allowed.
    UnknownNameError
        If the model does not know the class ``scam``.
    TypeError
        If the model lacks a method that is needed.
    ValueError
        If a parameter is out of range.

    Examples
    --------
    >>> from sklearn.feature_extraction.text import CountVectorizer
    >>> from sklearn.naive_bayes import MultinomialNB
    >>> from sklearn.pipeline import make_pipeline
    >>> frame = pd.DataFrame({"text": ["claim prize", "win prize", "see you", "lunch?"],
    ...                       "label": ["scam", "scam", "ham", "ham"],
    ...                       "language": "en", "source": "notes", "origin": "authored"})
    >>> model = make_pipeline(CountVectorizer(), MultinomialNB()).fit(frame["text"], frame["label"])
    >>> report = evaluate(model, frame, n_boot=0)
    >>> report.value("average_precision", language="en", origin="authored")
    1.0
    """
    validate_frame(frame, ["text", "label"])
    if frame.empty:
        raise FrameError("the message frame has no message, so there is nothing to evaluate")
    scores, probabilistic = scam_scores(model, frame["text"].tolist())
    return evaluate_scores(
        frame,
        scores,
        model.predict(frame["text"].tolist()),
        classes=[str(name) for name in model.classes_],
        probabilistic=probabilistic,
        prevalence=prevalence,
        n_boot=n_boot,
        random_state=random_state,
        groups=groups,
        confidence=confidence,
        model_name=_describe(model) if model_name is None else model_name,
        split=split,
    )


def evaluate_scores(
    frame: pd.DataFrame,
    scores,
    predicted,
    *,
    classes: Sequence[str] = LABELS,
    probabilistic: bool = True,
    prevalence: float = 0.01,
    n_boot: int = 200,
    random_state: int | None = 0,
    groups=None,
    confidence: float = 0.95,
    model_name: str = "scores",
    split: str | None = None,
) -> Report:
    """Report on scores that are already there, such as those of cross-validation.

    Parameters
    ----------
    frame : pandas.DataFrame
        A message frame with ``label``, and with ``text`` unless groups are given.
    scores : array-like of float, shape (n_messages,)
        Probability or margin of scam.
    predicted : array-like of str, shape (n_messages,)
        Labels that the model decided on.
    classes : sequence of str, default=LABELS
        Classes that the model knows.
    probabilistic : bool, default=True
        Whether the scores are probabilities.
    prevalence, n_boot, random_state, groups, confidence, model_name, split
        As in :func:`evaluate`.

    Returns
    -------
    Report

    Examples
    --------
    >>> frame = pd.DataFrame({"label": ["scam", "ham", "ham"]})
    >>> report = evaluate_scores(frame, [0.9, 0.2, 0.6], ["scam", "ham", "scam"],
    ...                          groups=[0, 1, 2], n_boot=0)
    >>> report.value("false_positive_rate")
    0.5
    """
    validate_frame(frame, ["label", *({"origin", "language"} & set(frame.columns))])
    scores = np.asarray(scores, dtype=np.float64)
    predicted = np.asarray(predicted).astype(str)
    _check(frame, scores, predicted, classes, probabilistic, prevalence, n_boot, confidence)
    numbers = _groups(frame, groups)
    truth = frame["label"].to_numpy().astype(str)
    columns = {
        "language": _filled(frame, "language", UNDETERMINED),
        "source": _filled(frame, "source", "unnamed"),
        "origin": _filled(frame, "origin", UNSTATED),
    }
    seed = random_state
    if seed is None:
        seed = int(np.random.default_rng().integers(2**32))
    rows: list[dict[str, Any]] = []
    for kind, name, origin, members in _slices(columns):
        figures = SliceMetrics(
            truth[members], predicted[members], scores[members], classes, probabilistic, prevalence
        )
        # A seed of its own: a slice has the same interval whatever other slices there are.
        rng = np.random.default_rng([seed, zlib.crc32(f"{kind}/{name}/{origin}".encode())])
        slice_groups = group_numbers(numbers[members])
        rows += [
            {"slice_kind": kind, "slice": name, "origin": origin, **row}
            for row in slice_figures(figures, slice_groups, n_boot, rng, confidence)
        ]
    metadata = {
        "model": model_name,
        "classes": [str(name) for name in classes],
        "score": "probability of scam" if probabilistic else "decision margin of scam",
        "data_revision": str(frame.attrs.get("revision", "not stated")),
        "split": str(split or frame.attrs.get("split", "not stated")),
        "n_messages": len(frame),
        "n_groups": len(np.unique(numbers)),
        "prevalence": float(prevalence),
        "confidence": float(confidence),
        "n_boot": int(n_boot),
        "random_state": seed,
        "package_version": _package_version(),
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    if (predicted == UNSURE).any():
        answered = predicted != UNSURE
        wrong = (predicted == "scam") != (truth == "scam")
        metadata["unsure"] = {
            "coverage": float(answered.mean()),
            "risk": float(wrong[answered].mean()) if answered.any() else None,
        }
    kept = pd.DataFrame(
        {
            "score": scores.astype(np.float32),
            "label": pd.Categorical(truth, categories=list(LABELS)),
            "predicted": pd.Categorical(predicted),
            **{name: pd.Categorical(values) for name, values in columns.items()},
        }
    )
    return Report(pd.DataFrame(rows), metadata, kept)


def scam_scores(model, texts: list[str]) -> tuple[np.ndarray, bool]:
    """Score texts with a model; say whether the scores are probabilities.

    Parameters
    ----------
    model : fitted estimator on raw texts
        With ``classes_`` and ``predict_proba`` or ``decision_function``.
    texts : list of str

    Returns
    -------
    scores : numpy.ndarray of float64, shape (n_texts,)
        Probability of scam, or its decision margin.
    probabilistic : bool

    Raises
    ------
    UnknownNameError
        If the model does not know the class ``scam``.
    TypeError
        If the model lacks ``classes_`` or both methods.
    """
    if not hasattr(model, "classes_"):
        raise TypeError(f"{type(model).__name__} has no attribute 'classes_': is it fitted?")
    classes = [str(name) for name in model.classes_]
    if "scam" not in classes:
        raise UnknownNameError("class", "scam", classes)
    column = classes.index("scam")
    if hasattr(model, "predict_proba"):
        return np.asarray(model.predict_proba(texts), dtype=np.float64)[:, column], True
    if not hasattr(model, "decision_function"):
        raise TypeError(
            f"{type(model).__name__} has neither 'predict_proba' nor 'decision_function', "
            "so its messages cannot be ranked"
        )
    margins = np.asarray(model.decision_function(texts), dtype=np.float64)
    if margins.ndim == 2 and margins.shape[1] > 1:
        return margins[:, column], False
    # With two classes scikit-learn gives the margin of the second one only.
    return (margins.ravel() if column == 1 else -margins.ravel()), False


def _check(frame, scores, predicted, classes, probabilistic, prevalence, n_boot, confidence):
    if not 0 < prevalence < 1:
        raise ValueError(f"prevalence must lie between 0 and 1, got {prevalence!r}")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, got {confidence!r}")
    if n_boot < 0:
        raise ValueError(f"n_boot must be 0 or more, got {n_boot!r}")
    if frame.empty:
        raise FrameError("the message frame has no message, so there is nothing to evaluate")
    for name, values in (("scores", scores), ("predicted", predicted)):
        if values.shape != (len(frame),):
            raise ValueError(f"{name} has the shape {values.shape}, needed: ({len(frame)},)")
    if not np.isfinite(scores).all():
        row = int(np.argmin(np.isfinite(scores)))
        raise ValueError(f"scores, row {row}: {scores[row]} is not a finite number")
    if probabilistic and not ((scores >= 0) & (scores <= 1)).all():
        row = int(np.argmax((scores < 0) | (scores > 1)))
        raise ValueError(f"scores, row {row}: {scores[row]} is not a probability")
    if "scam" not in classes:
        raise UnknownNameError("class", "scam", classes)


def _groups(frame: pd.DataFrame, groups) -> np.ndarray:
    if groups is None:
        named = "group" in frame and bool(frame["group"].notna().all())
        groups = frame["group"].to_numpy() if named else message_groups(frame)
    numbers = group_numbers(groups)
    if len(numbers) != len(frame):
        raise ValueError(f"groups has {len(numbers)} entries for {len(frame)} messages")
    return numbers


def _filled(frame: pd.DataFrame, name: str, otherwise: str) -> np.ndarray:
    if name not in frame:
        return np.full(len(frame), otherwise)
    values = frame[name].to_numpy(dtype=object)
    return np.where(frame[name].isna().to_numpy(), otherwise, values).astype(str)


def _slices(columns: dict[str, np.ndarray]) -> Iterator[tuple[str, str, str, np.ndarray]]:
    """Every slice as kind, name, origin and mask; no slice mixes origins."""
    for kind in ("overall", "language", "source"):
        names = np.full(len(columns["origin"]), "all") if kind == "overall" else columns[kind]
        for name in sorted(set(names.tolist())):
            for origin in sorted(set(columns["origin"][names == name].tolist()), reverse=True):
                yield kind, name, origin, (names == name) & (columns["origin"] == origin)


def _describe(model) -> str:
    steps = getattr(model, "steps", None)
    if not steps:
        return type(model).__name__
    return f"{type(model).__name__}({', '.join(type(step).__name__ for _, step in steps)})"


def _package_version() -> str:
    try:
        return version("scamclassify")
    except PackageNotFoundError:
        return "unknown"
