"""Whether messages and scores have changed between two dumps.

The population stability index of two distributions ``p`` (old) and ``q`` (new) over the same
bins is ``sum((q - p) * ln(q / p))``, the symmetrised Kullback-Leibler divergence. Below 0.1
is read as little change, 0.1 to 0.25 as some, above as a large one [1]_. Between two samples
of the same population it is not 0 but near ``(bins - 1) * (1/n + 1/m)``, and exceeds
``chi2(bins - 1) * (1/n + 1/m)`` at its 95 % quantile one time in twenty [2]_; what does not
exceed that is not warned of.

References
----------
.. [1] N. Siddiqi, "Credit Risk Scorecards", Wiley 2006, p. 137.
.. [2] B. Yurdakul and J. Naranjo, "Statistical properties of the population stability
   index", Journal of Risk Model Validation 14 (2020).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from scamclassify.campaigns.messages import Messages, read_frame
from scamclassify.features.facts import FactExtractor
from scamclassify.text.codepoints import encode_texts
from scamclassify.text.draft import REPAIR_KINDS
from scamclassify.text.language import identify_batch
from scamclassify.text.minhash_kernel import hash_texts
from scamclassify.text.repair import repair_batch

if TYPE_CHECKING:
    import pandas as pd

#: Bounds of the bands: below the first little change, above the second a large one.
BANDS: tuple[float, float] = (0.1, 0.25)
# Added to every bin, so that an empty one does not make the index infinite.
_PSEUDOCOUNT = 0.5
_LENGTHS = (15, 35, 70, 110, 160, 250, 500)
_SHOWN = 5
_NONE = "none"
_BLOCK = 8192
_TITLES = {
    "score": "the probabilities of scam",
    "label": "the labels",
    "type": "the scam types",
    "language": "the languages",
    "length": "the length of the messages",
    "repairs": "the disguises",
    "concepts": "what the messages speak of",
}


@dataclass(frozen=True)
class FeatureDrift:
    """How much one feature has changed.

    Attributes
    ----------
    name : str
    psi : float
        Population stability index.
    band : {"little", "some", "large"}
    chance : float
        Index that two samples of one population exceed one time in twenty.
    n_old, n_new : int
        Observations.
    changes : tuple of (str, float, float)
        Bin, old share and new share of those that contribute most.
    """

    name: str
    psi: float
    band: str
    chance: float
    n_old: int
    n_new: int
    changes: tuple[tuple[str, float, float], ...]

    @property
    def warns(self) -> bool:
        """Whether the change is more than little, and more than chance explains."""
        return self.band != "little" and self.psi > self.chance


@dataclass(frozen=True)
class Drift:
    """How much two dumps differ.

    Attributes
    ----------
    features : tuple of FeatureDrift
        Most changed first.
    n_old, n_new : int
        Messages of the dumps.
    sampled_old, sampled_new : int
        Messages that were looked at.
    """

    features: tuple[FeatureDrift, ...]
    n_old: int
    n_new: int
    sampled_old: int
    sampled_new: int
    bands: tuple[float, float] = field(default=BANDS, repr=False)

    @property
    def warnings(self) -> list[str]:
        """What has changed, in plain words; empty where nothing needs attention."""
        return [_in_words(feature) for feature in self.features if feature.warns]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values, as they stand in a campaign document.

        Returns
        -------
        dict
            ``method, bands, n_old, n_new, sampled_old, sampled_new, warnings`` and
            ``features``: ``name, psi, band, chance, warns, n_old, n_new`` and ``changes``
            (``value, old, new``).
        """
        return {
            "method": "population stability index",
            "bands": list(self.bands),
            "n_old": self.n_old,
            "n_new": self.n_new,
            "sampled_old": self.sampled_old,
            "sampled_new": self.sampled_new,
            "warnings": self.warnings,
            "features": [
                {
                    "name": one.name,
                    "psi": round(one.psi, 6),
                    "band": one.band,
                    "chance": round(one.chance, 6),
                    "warns": one.warns,
                    "n_old": one.n_old,
                    "n_new": one.n_new,
                    "changes": [
                        {"value": value, "old": round(old, 6), "new": round(new, 6)}
                        for value, old, new in one.changes
                    ],
                }
                for one in self.features
            ],
        }

    def __str__(self) -> str:
        lines = [f"{self.n_old:,} messages before, {self.n_new:,} now"]
        lines += [f"  {one.name:10} {one.psi:7.3f}  {one.band}" for one in self.features]
        return "\n".join([*lines, *(self.warnings or ["no change that needs attention"])])


def stability_index(old: np.ndarray, new: np.ndarray) -> float:
    """Population stability index of counts over the same bins.

    Parameters
    ----------
    old, new : array-like of int, shape (n_bins,)

    Returns
    -------
    float
        0 for equal shares. Half a count is added to every bin.

    Raises
    ------
    ValueError
        If the shapes differ or there are no bins.

    Examples
    --------
    >>> round(stability_index([500, 500], [500, 500]), 3)
    0.0
    >>> round(stability_index([900, 100], [600, 400]), 2)
    0.54
    """
    first, second = (np.asarray(values, dtype=np.float64) for values in (old, new))
    if first.shape != second.shape or first.ndim != 1 or not len(first):
        raise ValueError(
            f"counts over the same bins are needed, got shapes {first.shape} and {second.shape}"
        )
    p, q = _shares(first), _shares(second)
    return float(((q - p) * np.log(q / p)).sum())


def _shares(counts: np.ndarray) -> np.ndarray:
    return (counts + _PSEUDOCOUNT) / (counts.sum() + _PSEUDOCOUNT * len(counts))


def measure_drift(old: pd.DataFrame, new: pd.DataFrame, *, sample: int = 50_000) -> Drift:
    """Compare two dumps: scores, labels, types, languages, length, disguises, concepts.

    Parameters
    ----------
    old, new : pandas.DataFrame
        Message frames as for :func:`scamclassify.find_campaigns`, scored or not: what only
        one of them holds is not compared.
    sample : int, default=50_000
        Most messages of each that are looked at.

    Returns
    -------
    Drift

    Raises
    ------
    FrameError
        If a frame has no texts, or a value cannot be read.
    ValueError
        If a frame is empty, or ``sample`` less than 1.

    Examples
    --------
    >>> import pandas as pd
    >>> before = pd.DataFrame({"text": ["see you at lunch", "ok thanks"] * 200})
    >>> now = pd.DataFrame({"text": ["you have won a prize, click http://a.top/x"] * 400})
    >>> drift = measure_drift(before, now)
    >>> drift.features[0].band, len(drift.warnings) > 0
    ('large', True)
    """
    if sample < 1:
        raise ValueError(f"sample must be 1 or more, got {sample!r}")
    if not len(old) or not len(new):
        raise ValueError("two dumps with messages are needed")
    sides = [_sampled(read_frame(frame), sample) for frame in (old, new)]
    counted = [_count(side) for side in sides]
    features = [
        _compare(name, counted[0][name], counted[1][name])
        for name in _TITLES
        if name in counted[0] and name in counted[1]
    ]
    features.sort(key=lambda one: -one.psi)
    return Drift(tuple(features), len(old), len(new), len(sides[0].texts), len(sides[1].texts))


def _sampled(messages: Messages, most: int) -> Messages:
    """The messages of the smallest hashes: the same whatever their order."""
    n = len(messages.texts)
    if n <= most:
        return messages
    hashes = np.concatenate(
        [
            hash_texts(*encode_texts(messages.texts[start : start + _BLOCK]))
            for start in range(0, n, _BLOCK)
        ]
    )
    # Copies have one hash; their rows are told apart by another number.
    spread = hashes ^ (np.arange(n, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    rows = np.sort(np.argpartition(spread, most - 1)[:most])
    arrays = {
        name: None if values is None else values[rows]
        for name in ("dates", "languages", "labels", "types", "probabilities")
        for values in (getattr(messages, name),)
    }
    return Messages([messages.texts[row] for row in rows.tolist()], **arrays)


_Counts = dict[str, int]


def _count(messages: Messages) -> dict[str, _Counts]:
    """Counts over the bins of each feature that the messages have."""
    found: dict[str, _Counts] = {}
    if messages.probabilities is not None:
        known = messages.probabilities[~np.isnan(messages.probabilities)]
        bins = np.minimum((known * 10).astype(np.int64), 9)
        counts = np.bincount(bins, minlength=10)
        found["score"] = {f"{k / 10:.1f} to {(k + 1) / 10:.1f}": int(counts[k]) for k in range(10)}
    if messages.labels is not None:
        found["label"] = _tally(messages.labels)
    if messages.types is not None:
        found["type"] = _tally(messages.types[[value is not None for value in messages.types]])
    languages = messages.languages
    found["language"] = _tally(
        identify_batch(messages.texts)[0] if languages is None else languages
    )
    lengths = np.fromiter(map(len, messages.texts), dtype=np.int64, count=len(messages.texts))
    counts = np.bincount(np.searchsorted(_LENGTHS, lengths, side="right"), minlength=8)
    edges = (0, *_LENGTHS)
    found["length"] = {
        f"{low} or more" if k == len(_LENGTHS) else f"{low} to {edges[k + 1] - 1}": int(counts[k])
        for k, low in enumerate(edges)
    }
    return found | _count_texts(messages.texts)


def _count_texts(texts: list[str]) -> dict[str, _Counts]:
    extractor = FactExtractor()
    names = extractor.names[: extractor.matcher.n_concepts]
    repairs = np.zeros(len(REPAIR_KINDS) + 1, dtype=np.int64)
    concepts = np.zeros(len(names) + 1, dtype=np.int64)
    for start in range(0, len(texts), _BLOCK):
        batch = repair_batch(texts[start : start + _BLOCK])
        needed = batch.counts > 0
        repairs[:-1] += needed.sum(axis=0)
        repairs[-1] += (~needed.any(axis=1)).sum()
        present = np.asarray(extractor.matcher.presence(batch.texts)) > 0
        concepts[:-1] += present.sum(axis=0)
        concepts[-1] += (~present.any(axis=1)).sum()
    return {
        "repairs": dict(zip((*REPAIR_KINDS, _NONE), repairs.tolist(), strict=True)),
        "concepts": dict(zip((*names, _NONE), concepts.tolist(), strict=True)),
    }


def _tally(values: np.ndarray) -> _Counts:
    names, counts = np.unique(
        np.array([_NONE if value is None else str(value) for value in values], dtype="<U40"),
        return_counts=True,
    )
    return dict(zip(names.tolist(), counts.tolist(), strict=True))


def _compare(name: str, old: _Counts, new: _Counts) -> FeatureDrift:
    from scipy.stats import chi2

    bins = sorted({key for counts in (old, new) for key, count in counts.items() if count})
    if not bins:
        return FeatureDrift(name, 0.0, "little", 0.0, 0, 0, ())
    first, second = (np.array([counts.get(key, 0) for key in bins]) for counts in (old, new))
    psi = stability_index(first, second)
    n_old, n_new = int(first.sum()), int(second.sum())
    chance = math.inf
    if n_old and n_new:
        chance = float(chi2.ppf(0.95, max(len(bins) - 1, 1))) * (1 / n_old + 1 / n_new)
    band = "little" if psi < BANDS[0] else "some" if psi <= BANDS[1] else "large"
    p, q = _shares(first.astype(float)), _shares(second.astype(float))
    order = np.argsort(-(q - p) * np.log(q / p), kind="stable")[:_SHOWN]
    changes = tuple(
        (bins[k], float(first[k] / max(n_old, 1)), float(second[k] / max(n_new, 1)))
        for k in order.tolist()
        if first[k] * n_new != second[k] * n_old
    )
    return FeatureDrift(name, psi, band, min(chance, 1e9), n_old, n_new, changes)


def _in_words(feature: FeatureDrift) -> str:
    parts = [
        f"{value.replace('_', ' ')} went from {old:.1%} to {new:.1%}"
        for value, old, new in feature.changes[:3]
    ]
    much = "a lot" if feature.band == "large" else "somewhat"
    advice = (
        "; check a sample by hand before relying on the model's figures"
        if feature.band == "large" and feature.name in ("score", "concepts", "language")
        else ""
    )
    return (
        f"{_TITLES[feature.name]} changed {much} (index {feature.psi:.2f}): "
        f"{', '.join(parts)}{advice}."
    ).capitalize()
