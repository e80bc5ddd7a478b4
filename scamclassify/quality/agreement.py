"""How far annotators agree beyond chance."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from scamclassify.errors import FrameError
from scamclassify.evaluation.bootstrap import percentile_interval, resample_weights
from scamclassify.quality.agreement_figures import (
    weighted_alpha,
    weighted_cohen,
    weighted_fleiss,
)
from scamclassify.quality.annotation_table import Annotations, read_annotations


@dataclass(frozen=True)
class Agreement:
    """What :func:`annotator_agreement` found.

    Attributes
    ----------
    coefficients : pandas.DataFrame
        Rows ``krippendorff_alpha``, ``fleiss_kappa``, ``cohen_kappa`` (mean of the pairs)
        and ``observed_agreement``; columns ``value``, ``low``, ``high``, ``n_items`` (items
        that count for it).
    pairs : pandas.DataFrame
        A row for each two annotators: ``first``, ``second``, ``n_items``, ``agreement``,
        ``cohen_kappa``, ``low``, ``high`` (of Cohen's kappa), ``scott_pi``.
    labels : pandas.DataFrame
        By label: ``annotations``; ``agreement``, the chance that a second annotator of an
        item gives this label too; ``alpha``, Krippendorff's, of this label against the rest.
    coincidences : pandas.DataFrame
        Krippendorff's matrix of coincidences: which labels are taken for which.
    n_items, n_annotators, n_annotations : int
        Items with at least one annotation, and so on.
    confidence : float
        Share of the resamples that an interval covers.
    """

    coefficients: pd.DataFrame
    pairs: pd.DataFrame
    labels: pd.DataFrame
    coincidences: pd.DataFrame
    n_items: int
    n_annotators: int
    n_annotations: int
    confidence: float

    @property
    def alpha(self) -> float:
        """Krippendorff's alpha."""
        return float(self.coefficients["value"]["krippendorff_alpha"])

    def __str__(self) -> str:
        return (
            f"{self.n_annotators} annotators, {self.n_items} items, "
            f"{self.n_annotations} annotations; intervals of {self.confidence:.0%}\n"
            + self.coefficients.round(3).to_string()
        )


def annotator_agreement(
    table: pd.DataFrame,
    *,
    item: str = "item",
    annotator: str = "annotator",
    label: str = "label",
    n_boot: int = 1000,
    confidence: float = 0.95,
    random_state: int | None = 0,
) -> Agreement:
    """Measure how far annotators agree beyond chance.

    Krippendorff's alpha [1]_ uses every item that two annotators labelled and stands when
    annotations are missing. Fleiss' kappa [2]_ (Scott's pi for more than two) uses only the
    items that all of them labelled; Cohen's kappa [3]_ and Scott's pi [4]_ of two annotators
    those that both did. Labels are names without order. The figures are those of
    :class:`nltk.metrics.agreement.AnnotationTask`, the intervals percentiles of a bootstrap
    over items.

    Parameters
    ----------
    table : pandas.DataFrame
        *Long*: a row for each annotation, with the three columns below. *Wide*: a row for
        each item and a column for each annotator; the items are the index, or the column
        ``item``. A missing value or a blank string is no annotation.
    item, annotator, label : str
        Names of the columns.
    n_boot : int, default=1000
        Resamples of the items; 0 leaves the intervals out.
    confidence : float, default=0.95
        Share of the resamples that an interval covers.
    random_state : int or None, default=0
        Seed of the resamples.

    Returns
    -------
    Agreement
        A coefficient is NaN where it is not defined: nobody labelled what it needs, or all
        gave one and the same label, so that nothing could have been disagreed about.

    Raises
    ------
    FrameError
        If a column of the long table is missing, an annotator labelled an item twice, there
        are fewer than two annotators, or no item has two annotations.
    ValueError
        If ``n_boot`` is negative or ``confidence`` not between 0 and 1.

    References
    ----------
    .. [1] K. Krippendorff, *Content Analysis*, 4th edition, 2018, chapter 12; the formulas in
       "Computing Krippendorff's alpha-reliability", 2011,
       https://repository.upenn.edu/asc_papers/43
    .. [2] J. Fleiss, "Measuring nominal scale agreement among many raters", Psychological
       Bulletin 76, 1971.
    .. [3] J. Cohen, "A coefficient of agreement for nominal scales", Educational and
       Psychological Measurement 20, 1960.
    .. [4] W. Scott, "Reliability of content analysis", Public Opinion Quarterly 19, 1955.

    Examples
    --------
    >>> table = pd.DataFrame({"ana": ["scam", "scam", "ham", "ham", "promo"],
    ...                       "budi": ["scam", "scam", "ham", "promo", "promo"],
    ...                       "chit": ["scam", None, "ham", "ham", "scam"]})
    >>> found = annotator_agreement(table, n_boot=0)
    >>> found.coefficients[["value", "n_items"]].round(3)
                        value  n_items
    krippendorff_alpha  0.587        5
    fleiss_kappa        0.489        4
    cohen_kappa         0.546        5
    observed_agreement  0.714        5
    """
    if n_boot < 0:
        raise ValueError(f"n_boot must not be negative, got {n_boot!r}")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, got {confidence!r}")
    data = read_annotations(table, item, annotator, label)
    codes, counts = data.codes, data.counts
    per_item = counts.sum(axis=1)
    if not (per_item >= 2).any():
        raise FrameError("no item was labelled by two annotators, so nothing can be compared")
    places = list(combinations(range(len(data.annotators)), 2))
    pairs = pd.DataFrame([_pair(data, a, b) for a, b in places])
    complete = np.asarray((codes >= 0).all(axis=1))
    observed = float(weighted_alpha(counts, np.ones((1, len(counts))))[1][0])
    values = {
        "krippendorff_alpha": (_alpha(codes), per_item >= 2),
        "fleiss_kappa": (_fleiss(codes[complete]), complete),
        "cohen_kappa": (pairs["cohen_kappa"].mean(), per_item >= 2),
        "observed_agreement": (observed, per_item >= 2),
    }
    samples = _resampled(data, places, complete, n_boot, random_state)
    rows = [(value, *percentile_interval(samples[name], confidence), int(used.sum()))
            for name, (value, used) in values.items()]  # fmt: skip
    bounds = np.array(
        [percentile_interval(samples["pairs"][:, i], confidence) for i in range(len(places))]
    )
    pairs.insert(5, "low", bounds[:, 0])
    pairs.insert(6, "high", bounds[:, 1])
    coincidences = _coincidences(counts)
    return Agreement(
        coefficients=pd.DataFrame(
            rows, index=list(values), columns=["value", "low", "high", "n_items"]
        ),
        pairs=pairs,
        labels=_by_label(data, coincidences),
        coincidences=pd.DataFrame(coincidences, index=data.labels, columns=data.labels),
        n_items=int((per_item > 0).sum()),
        n_annotators=len(data.annotators),
        n_annotations=int(per_item.sum()),
        confidence=confidence,
    )


def _task(codes: np.ndarray):
    """NLTK's task of the annotations that are there."""
    # NLTK takes longer to import than the figures to compute.
    from nltk.metrics.agreement import AnnotationTask

    items, annotators = np.nonzero(codes >= 0)
    return AnnotationTask(
        list(zip(annotators.tolist(), items.tolist(), codes[items, annotators].tolist(),
                 strict=True))
    )  # fmt: skip


def _vary(codes: np.ndarray) -> bool:
    """Whether there are annotations, and not all of them are one label.

    NLTK answers 1 where they are; but then no disagreement was possible.
    """
    return len(np.unique(codes[codes >= 0])) > 1


def _alpha(codes: np.ndarray) -> float:
    codes = codes[(codes >= 0).sum(axis=1) >= 2]
    return float(_task(codes).alpha()) if _vary(codes) else np.nan


def _fleiss(codes: np.ndarray) -> float:
    return float(_task(codes).pi()) if _vary(codes) else np.nan


def _pair(data: Annotations, a: int, b: int) -> dict:
    codes = data.codes[:, [a, b]]
    codes = codes[(codes >= 0).all(axis=1)]
    varied = _vary(codes)
    return {
        "first": data.annotators[a],
        "second": data.annotators[b],
        "n_items": len(codes),
        "agreement": float((codes[:, 0] == codes[:, 1]).mean()) if len(codes) else np.nan,
        "cohen_kappa": float(_task(codes).kappa_pairwise(0, 1)) if varied else np.nan,
        "scott_pi": _fleiss(codes),
    }


def _coincidences(counts: np.ndarray) -> np.ndarray:
    """Pairs of labels within items, an item of m annotations counting m in all."""
    counts = counts[counts.sum(axis=1) >= 2]
    per_item = 1 / (counts.sum(axis=1) - 1)
    return (counts * per_item[:, None]).T @ counts - np.diag(per_item @ counts)


def _by_label(data: Annotations, coincidences: np.ndarray) -> pd.DataFrame:
    paired = coincidences.sum(axis=1)
    agreement = np.full(len(paired), np.nan)
    np.divide(np.diag(coincidences), paired, out=agreement, where=paired > 0)
    alphas = [
        _alpha(np.where(data.codes < 0, -1, data.codes == i)) for i in range(len(data.labels))
    ]
    return pd.DataFrame(
        {"annotations": data.counts.sum(axis=0).astype(int), "agreement": agreement,
         "alpha": alphas},
        index=data.labels,
    )  # fmt: skip


def _resampled(
    data: Annotations,
    places: list[tuple[int, int]],
    complete: np.ndarray,
    n_boot: int,
    random_state: int | None,
) -> dict[str, np.ndarray]:
    """The coefficients of every resample of the items."""
    counts, n_items = data.counts, len(data.codes)
    found: dict[str, list[np.ndarray]] = {
        "krippendorff_alpha": [], "observed_agreement": [], "fleiss_kappa": [], "pairs": []
    }  # fmt: skip
    rng = np.random.default_rng(random_state)
    for weights in resample_weights(np.arange(n_items), n_boot, rng):
        alpha, observed = weighted_alpha(counts, weights)
        found["krippendorff_alpha"].append(alpha)
        found["observed_agreement"].append(observed)
        found["fleiss_kappa"].append(weighted_fleiss(counts[complete], weights[:, complete]))
        kappas = [
            weighted_cohen(data.codes[:, a], data.codes[:, b], len(data.labels), weights)
            for a, b in places
        ]
        found["pairs"].append(np.stack(kappas, axis=1))
    out = {
        name: np.concatenate(parts) if parts else np.full((0, len(places)), np.nan)
        for name, parts in found.items()
    }
    # The mean over the pairs that the resample defines, as for the figure itself.
    defined = ~np.isnan(out["pairs"])
    total = np.where(defined, out["pairs"], 0).sum(axis=1)
    out["cohen_kappa"] = np.full(len(total), np.nan)
    np.divide(total, defined.sum(axis=1), out=out["cohen_kappa"], where=defined.any(axis=1))
    return out
