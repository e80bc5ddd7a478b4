"""What a campaign consists of: counts over its messages, and a close look at some of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np

from scamclassify.campaigns.document import CampaignIndicator
from scamclassify.campaigns.messages import Messages
from scamclassify.campaigns.sampling import Sample
from scamclassify.campaigns.words import count_words, marking_words
from scamclassify.text.draft import REPAIR_KINDS

#: Fields of indicators that say something about a recipient alone.
LEFT_OUT: tuple[str, ...] = ("otp",)
_MOST_INDICATORS = 200
_MOST_BRANDS = 5
_EXEMPLARS = 3
_FOR_WORDS = 12
_BACKGROUND = 5000


def describe_counts(messages: Messages, campaigns: np.ndarray, n: int) -> list[dict[str, Any]]:
    """Size, dates, languages, label, types and probability of each campaign.

    Parameters
    ----------
    messages : Messages
    campaigns : numpy.ndarray of int64, shape (n_messages,)
        Campaign of each message, -1 for none.
    n : int
        Campaigns.

    Returns
    -------
    list of dict
        Fields of :class:`~scamclassify.campaigns.document.Campaign`.
    """
    rows = np.flatnonzero(campaigns >= 0)
    codes = campaigns[rows]
    sizes = np.bincount(codes, minlength=n)
    found: list[dict[str, Any]] = [{"size": int(size)} for size in sizes]
    for field, values in (
        ("languages", messages.languages),
        ("labels", messages.labels),
        ("types", messages.types),
    ):
        if values is not None:
            for entry, counts in zip(found, _value_counts(values[rows], codes, n), strict=True):
                entry[field] = counts
    for entry in found:
        labels, types = entry.pop("labels", {}), entry.pop("types", {})
        entry["label"] = next(iter(labels), None)
        total = sum(types.values())
        entry["scam_types"] = {name: round(count / total, 4) for name, count in types.items()}
    if messages.probabilities is not None:
        known = ~np.isnan(messages.probabilities[rows])
        count = np.bincount(codes[known], minlength=n)
        total = np.bincount(codes[known], messages.probabilities[rows][known], minlength=n)
        for entry, weight, value in zip(found, count, total, strict=True):
            entry["probability"] = round(float(value / weight), 6) if weight else None
    if messages.dates is not None:
        _add_dates(found, messages.dates[rows], codes, n)
    return found


def _value_counts(values: np.ndarray, codes: np.ndarray, n: int) -> list[dict[str, int]]:
    """Counts of each value in each campaign, most first, then by name."""
    import pandas as pd

    place, names = pd.factorize(values, sort=True)
    known = place >= 0
    pairs, counts = np.unique(codes[known] * max(len(names), 1) + place[known], return_counts=True)
    campaign, value = np.divmod(pairs, max(len(names), 1))
    found: list[dict[str, int]] = [{} for _ in range(n)]
    for k in np.lexsort((value, -counts, campaign)).tolist():
        found[campaign[k]][str(names[value[k]])] = int(counts[k])
    return found


def _add_dates(found: list[dict[str, Any]], dates: np.ndarray, codes: np.ndarray, n: int) -> None:
    known = ~np.isnat(dates)
    dates, codes = dates[known], codes[known]
    order = np.lexsort((dates, codes))
    dates, codes = dates[order], codes[order]
    ends = np.searchsorted(codes, np.arange(n), side="right")
    starts = np.searchsorted(codes, np.arange(n), side="left")
    for number in np.flatnonzero(ends > starts).tolist():
        found[number]["first_seen"] = str(dates[starts[number]])
        found[number]["last_seen"] = str(dates[ends[number] - 1])
    days = dates.astype("datetime64[D]")
    first = np.ones(len(days), dtype=bool)
    first[1:] = (codes[1:] != codes[:-1]) | (days[1:] != days[:-1])
    counts = np.diff(np.append(np.flatnonzero(first), len(days)))
    for code, day, count in zip(codes[first].tolist(), days[first], counts.tolist(), strict=True):
        found[code].setdefault("daily", {})[str(day)] = count


def find_disguises(texts: list[str], sample: Sample) -> list[dict[str, int]]:
    """Messages of each campaign that needed each kind of repair, most first.

    Where a campaign has more messages than the sample, the number is an estimate.
    """
    from scamclassify.text.repair import repair_batch

    n = len(sample.scale)
    totals = np.zeros((n, len(REPAIR_KINDS)))
    needed = repair_batch([texts[row] for row in sample.rows.tolist()]).counts > 0
    np.add.at(totals, sample.campaigns, needed * sample.copies[:, None])
    totals = np.ceil(totals * sample.scale[:, None]).astype(np.int64)
    found = []
    for row in totals:
        order = sorted(np.flatnonzero(row).tolist(), key=lambda k: (-row[k], REPAIR_KINDS[k]))
        found.append({REPAIR_KINDS[k]: int(row[k]) for k in order})
    return found


def find_indicators(
    texts: list[str], languages: list[str | None] | None, sample: Sample
) -> list[tuple[CampaignIndicator, ...]]:
    """Indicators of each campaign in the sampled messages, most common first."""
    from scamclassify.indicators import extract_indicators

    found: list[list[CampaignIndicator]] = [[] for _ in range(len(sample.scale))]
    rows = extract_indicators([texts[row] for row in sample.rows.tolist()], language=languages)
    rows = rows[~rows["field"].isin(LEFT_OUT) & (rows["value"] != "")]
    rows = rows.sort_values("confidence", ascending=False, kind="stable")
    rows = rows.drop_duplicates(["message", "field", "value"])
    columns = rows[["message", "field", "value", "confidence", "detail", "country"]].astype(object)
    columns = columns.where(columns.notna(), None)
    gathered: dict[tuple[int, str, str], list[tuple[int, float, str | None, str | None]]] = {}
    for message, kind, value, *rest in columns.itertuples(index=False):
        key = int(sample.campaigns[message]), kind, value
        gathered.setdefault(key, []).append((int(sample.copies[message]), *rest))
    for (campaign, kind, value), seen in gathered.items():
        counts, confidences, details, countries = zip(*seen, strict=True)
        found[campaign].append(
            CampaignIndicator(
                field=kind,
                value=value,
                count=sum(counts),
                confidence=round(float(max(confidences)), 4),
                detail=_commonest(details),
                country=_commonest(countries),
            )
        )
    for entries in found:
        entries.sort(key=lambda one: (-one.count, one.field, one.value))
    return [tuple(entries[:_MOST_INDICATORS]) for entries in found]


def _commonest(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None


def find_brands(texts: list[str], sample: Sample) -> list[tuple[str, ...]]:
    """Names of the brands that each campaign's sampled messages name, most common first."""
    from scamclassify.features.brand_names import default_brand_matcher

    matcher = default_brand_matcher()
    names = {brand.id: brand.name for brand in matcher.registry.brands}
    counts: list[Counter[str]] = [Counter() for _ in range(len(sample.scale))]
    for row, campaign, copies in zip(
        sample.rows.tolist(), sample.campaigns.tolist(), sample.copies.tolist(), strict=True
    ):
        for brand in matcher.named(texts[row]):
            counts[campaign][names[brand]] += copies
    return [
        tuple(name for _, name in sorted((-many, name) for name, many in count.items()))[
            :_MOST_BRANDS
        ]
        for count in counts
    ]


def find_words(texts: list[str], hashes: np.ndarray, sample: Sample) -> list[tuple[str, ...]]:
    """Words that mark each campaign beside a sample of all messages."""
    from scamclassify.text.repair import repair_batch

    # The messages of the smallest hashes are a sample that any order of rows gives.
    size = min(_BACKGROUND, len(texts))
    background = np.argpartition(hashes, size - 1)[:size] if size else np.zeros(0, dtype=np.int64)
    outside = count_words(repair_batch([texts[row] for row in background.tolist()]).texts)
    repaired = repair_batch([texts[row] for row in sample.rows.tolist()]).texts
    bounds = np.searchsorted(sample.campaigns, np.arange(len(sample.scale) + 1))
    found = []
    for low, high in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        part = repaired[low : min(high, low + _FOR_WORDS)]
        found.append(tuple(marking_words(count_words(part), len(part), outside)))
    return found


def choose_exemplars(
    template: np.ndarray,
    counts: np.ndarray,
    medoids: list[int],
    campaign_of_template: np.ndarray,
    texts: list[str],
    hashes: np.ndarray,
    languages: list[str | None] | None,
) -> list[tuple[str, ...]]:
    """At most three messages of each campaign: of its medoid's template, and of its most
    common other ones; repaired and redacted.
    """
    from scamclassify.indicators import redact_texts
    from scamclassify.text.repair import repair_batch

    is_medoid = np.zeros(len(counts), dtype=bool)
    is_medoid[medoids] = True
    order = np.lexsort((np.arange(len(counts)), -counts, ~is_medoid, campaign_of_template))
    order = order[campaign_of_template[order] >= 0]
    codes = campaign_of_template[order]
    starts = np.searchsorted(codes, codes, side="left")
    chosen = order[np.arange(len(order)) - starts < _EXEMPLARS]
    rank = np.full(len(counts), -1, dtype=np.int64)
    rank[chosen] = np.arange(len(chosen))
    rows = np.flatnonzero(rank[template] >= 0)
    rows = rows[np.lexsort((hashes[rows], rank[template[rows]]))]
    places = rank[template[rows]]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = places[1:] != places[:-1]
    rows = rows[first]
    # Repaired first: what is personal must not be kept by a disguise of the sender's.
    redacted = redact_texts(
        repair_batch([texts[row] for row in rows.tolist()]).texts,
        None if languages is None else [languages[row] for row in rows.tolist()],
    )
    found: list[dict[str, None]] = [{} for _ in medoids]
    for row, text in zip(rows.tolist(), redacted, strict=True):
        found[campaign_of_template[template[row]]].setdefault(text)
    return [tuple(entry) for entry in found]
