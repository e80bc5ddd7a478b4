"""The gate: what of a campaign document may leave an agency, and in which shape.

Everything that is exported is built from :class:`Outgoing`, and nothing else is. A key that
is not copied here by name does not leave: neither words, nor signatures, nor names of files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from scamclassify.errors import UnknownNameError
from scamclassify.exchange.fields import (
    SHARED_FIELDS,
    is_cut,
    is_official,
    known_hosts,
    normalise,
)
from scamclassify.exchange.identifiers import is_day, moment
from scamclassify.exchange.scrub import scrub
from scamclassify.exchange.template import template
from scamclassify.exchange.vocabulary import (
    known_brands,
    known_country,
    known_detail,
    known_disguises,
)
from scamclassify.indicators.redact import redact_texts
from scamclassify.labels import LABELS, LANGUAGES, SCAM_TYPES, UNDETERMINED

if TYPE_CHECKING:
    from scamclassify.campaigns.document import Campaign, CampaignDocument


@dataclass(frozen=True)
class Sighting:
    """An indicator within a campaign: which, and in how many messages."""

    field: str
    value: str
    count: int


@dataclass(frozen=True)
class SharedCampaign:
    """What leaves of a campaign.

    Attributes
    ----------
    id : str
    size : int
        Messages.
    first_seen, last_seen : datetime or None
        In UTC.
    label : str
    languages : dict of str to int
    scam_types : dict of str to float
    probability : float or None
    template : str or None
        What its exemplars have in common, redacted twice.
    disguises : dict of str to int
    brands : tuple of str
        Names in the brand registry.
    status : str or None
    daily : dict of str to int
    sightings : tuple of Sighting
        By field and value.
    """

    id: str
    size: int
    first_seen: datetime | None
    last_seen: datetime | None
    label: str
    languages: dict[str, int]
    scam_types: dict[str, float]
    probability: float | None
    template: str | None
    disguises: dict[str, int]
    brands: tuple[str, ...]
    status: str | None
    daily: dict[str, int]
    sightings: tuple[Sighting, ...]

    @property
    def scam_type(self) -> str | None:
        """The most common type."""
        return next(iter(self.scam_types), None)


@dataclass(frozen=True)
class SharedIndicator:
    """What leaves of an indicator.

    Attributes
    ----------
    field, value : str
        As :func:`~scamclassify.exchange.fields.normalise` writes it.
    cut : bool
        Whether a link ended in what does not leave, so that it stands for all that begin so.
    detail, country : str or None
    confidence : float
        0 to 1.
    count : int
        Messages that hold it.
    campaigns : tuple of str
        Ids.
    scam_types : tuple of str
        Those that are most common in one of the campaigns.
    first_seen, last_seen : datetime or None
        Of its campaigns.
    """

    field: str
    value: str
    cut: bool
    detail: str | None
    country: str | None
    confidence: float
    count: int
    campaigns: tuple[str, ...]
    scam_types: tuple[str, ...]
    first_seen: datetime | None
    last_seen: datetime | None


@dataclass(frozen=True)
class Outgoing:
    """What leaves of a campaign document.

    Attributes
    ----------
    created : datetime
    package_version : str
    campaigns : tuple of SharedCampaign
        By id.
    indicators : tuple of SharedIndicator
        By field and value.
    left_out : dict of str to int
        Reason -> campaigns or indicators that do not leave.
    """

    created: datetime
    package_version: str
    campaigns: tuple[SharedCampaign, ...]
    indicators: tuple[SharedIndicator, ...]
    left_out: dict[str, int] = field(default_factory=dict)


def select_outgoing(
    document: CampaignDocument,
    *,
    labels: Collection[str] = ("scam",),
    min_count: int = 2,
    min_confidence: float = 0.5,
    messages: bool = True,
    fields: Collection[str] = SHARED_FIELDS,
) -> Outgoing:
    """Select what of a campaign document may leave.

    Parameters
    ----------
    document : CampaignDocument
    labels : collection of {"scam", "promo", "ham"}, default=("scam",)
        Campaigns of another label, or of none, stay.
    min_count : int, default=2
        Messages in which an indicator must occur, over all campaigns: what stands in one
        message only may be about its reader.
    min_confidence : float, default=0.5
        Of indicators.
    messages : bool, default=True
        Whether the template of each campaign's messages leaves.
    fields : collection of str
        Of indicators, among :data:`~scamclassify.exchange.fields.SHARED_FIELDS`.

    Returns
    -------
    Outgoing

    Raises
    ------
    UnknownNameError
        If a label or field is none.
    InputFileError
        If a date of the document is none.

    Examples
    --------
    >>> from scamclassify.campaigns.document import Campaign, CampaignDocument, CampaignIndicator
    >>> found = tuple(CampaignIndicator(name, value, 3, 0.9) for name, value in
    ...               [("phone", "+6591234567"), ("otp", "123456"), ("domain", "dbs.com.sg")])
    >>> campaign = Campaign("c-00000000000000aa", 4, label="scam", indicators=found)
    >>> out = select_outgoing(CampaignDocument("2026-01-02T03:04:05Z", "0.1.0", 9, {}, (campaign,)))
    >>> [one.value for one in out.indicators], out.left_out
    (['+6591234567'], {'indicators of fields that never leave': 1, 'official addresses': 1})
    """
    for label in labels:
        if label not in LABELS:
            raise UnknownNameError("label", label, LABELS)
    for name in fields:
        if name not in SHARED_FIELDS:
            raise UnknownNameError("field that may leave", name, SHARED_FIELDS)
    left: Counter[str] = Counter()
    kept = []
    for campaign in document.campaigns:
        if campaign.label in labels:
            kept.append(campaign)
        else:
            known = campaign.label in (*LABELS, "unsure")
            name = f"campaigns labelled {campaign.label}" if known else "campaigns without a label"
            left[name] += 1
    gathered = _Gathered(left, frozenset(fields), min_confidence)
    for campaign in kept:
        gathered.add(campaign)
    indicators = gathered.finish(min_count)
    there = {(one.field, one.value) for one in indicators}
    shared = [
        _shared(campaign, gathered.sightings[campaign.id], there, messages) for campaign in kept
    ]
    return Outgoing(
        created=moment(document.created, "time under created"),
        package_version=_version(document.package_version),
        campaigns=tuple(sorted(shared, key=lambda one: one.id)),
        indicators=indicators,
        left_out=dict(sorted(left.items())),
    )


class _Gathered:
    """Indicators over all campaigns."""

    def __init__(self, left: Counter[str], fields: frozenset[str], min_confidence: float) -> None:
        self._left, self._fields, self._min_confidence = left, fields, min_confidence
        self._found: dict[tuple[str, str], list[tuple[Campaign, bool, float, int, str, str]]] = {}
        self.sightings: dict[str, Counter[tuple[str, str]]] = {}

    def add(self, campaign: Campaign) -> None:
        counts: Counter[tuple[str, str]] = Counter()
        self.sightings[campaign.id] = counts
        for one in campaign.indicators:
            if one.field not in SHARED_FIELDS:
                self._left["indicators of fields that never leave"] += 1
                continue
            if one.field not in self._fields:
                self._left["indicators of fields not asked for"] += 1
                continue
            if one.field == "bank_account" and (one.detail or "").lower() == "card":
                # As a rule the card of the reader, and never one to send money to.
                self._left["card numbers"] += 1
                continue
            value = normalise(one.field, one.value)
            reason = self._reason(one.field, value, one.confidence)
            if reason:
                self._left[reason] += 1
                continue
            key = (one.field, value)
            counts[key] += one.count
            self._found.setdefault(key, []).append(
                (
                    campaign,
                    is_cut(one.field, one.value, value),
                    min(max(one.confidence, 0.0), 1.0),
                    one.count,
                    known_detail(one.detail) or "",
                    known_country(one.country) or "",
                )
            )

    def _reason(self, name: str, value: str, confidence: float) -> str:
        if not value:
            return "indicators that are not what their field says"
        if confidence < self._min_confidence:
            return "indicators of low confidence"
        if is_official(name, value):
            return "official addresses"
        if name == "domain" and value in known_hosts():
            return "domains that many share"
        return ""

    def finish(self, min_count: int) -> tuple[SharedIndicator, ...]:
        out = []
        for (name, value), found in sorted(self._found.items()):
            count = sum(entry[3] for entry in found)
            if count < min_count:
                self._left[f"indicators in fewer than {min_count} messages"] += 1
                continue
            spans = [_span(entry[0]) for entry in found]
            out.append(
                SharedIndicator(
                    field=name,
                    value=value,
                    cut=any(entry[1] for entry in found),
                    detail=min((entry[4] for entry in found if entry[4]), default=None),
                    country=min((entry[5] for entry in found if entry[5]), default=None),
                    confidence=max(entry[2] for entry in found),
                    count=count,
                    campaigns=tuple(sorted({entry[0].id for entry in found})),
                    scam_types=tuple(sorted({kind for e in found for kind in _types(e[0])[:1]})),
                    first_seen=min((s for s, _ in spans if s), default=None),
                    last_seen=max((s for _, s in spans if s), default=None),
                )
            )
        return tuple(out)


def _types(campaign: Campaign) -> list[str]:
    types = {name: share for name, share in campaign.scam_types.items() if name in SCAM_TYPES}
    return sorted(types, key=lambda name: (-types[name], name))


def _span(campaign: Campaign) -> tuple[datetime | None, datetime | None]:
    first = moment(campaign.first_seen, "first_seen") if campaign.first_seen else None
    last = moment(campaign.last_seen, "last_seen") if campaign.last_seen else None
    if first and last and last < first:
        first, last = last, first
    return first, last


def _shared(
    campaign: Campaign,
    counts: Counter[tuple[str, str]],
    there: set[tuple[str, str]],
    messages: bool,
) -> SharedCampaign:
    from scamclassify.campaigns.document import STATUSES

    first, last = _span(campaign)
    languages = {
        code: count
        for code, count in campaign.languages.items()
        if code in LANGUAGES or code == UNDETERMINED
    }
    text = _template(campaign, languages) if messages else ""
    return SharedCampaign(
        id=campaign.id,
        size=campaign.size,
        first_seen=first,
        last_seen=last,
        label=str(campaign.label),
        languages=languages,
        scam_types={name: campaign.scam_types[name] for name in _types(campaign)},
        probability=campaign.probability,
        template=text or None,
        disguises=known_disguises(campaign.disguises),
        brands=known_brands(campaign.brands),
        status=campaign.status if campaign.status in STATUSES else None,
        daily={day: count for day, count in sorted(campaign.daily.items()) if is_day(day)},
        sightings=tuple(
            Sighting(*key, count) for key, count in sorted(counts.items()) if key in there
        ),
    )


def _template(campaign: Campaign, languages: dict[str, int]) -> str:
    language = max(languages, key=lambda code: languages[code]) if languages else None
    redacted = redact_texts(campaign.exemplars, language, links=True)
    return template([scrub(text) for text in redacted])


def _version(text: str) -> str:
    return "".join(c for c in text[:24] if c.isascii() and (c.isalnum() or c in ".+-"))
