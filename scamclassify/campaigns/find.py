"""`find_campaigns`: the campaigns in a dump of messages."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import scamclassify
from scamclassify.campaigns.clustering import THRESHOLD, cluster_signatures
from scamclassify.campaigns.compare import statuses
from scamclassify.campaigns.describe import (
    choose_exemplars,
    describe_counts,
    find_brands,
    find_disguises,
    find_indicators,
    find_words,
)
from scamclassify.campaigns.document import Campaign, CampaignDocument, load_campaigns
from scamclassify.campaigns.identity import Identified, identify_campaigns
from scamclassify.campaigns.messages import Messages, read_frame
from scamclassify.campaigns.sampling import sample_members
from scamclassify.campaigns.signatures import SignedTexts, sign_texts

if TYPE_CHECKING:
    import pandas as pd

#: Templates with fewer characters are no campaign: "ok", "call me".
LEAST_CHARACTERS = 8
# Distinct messages in all that are looked at for disguises, for brands and for words.
_FOR_DISGUISES = 100_000
_FOR_BRANDS = 20_000
_FOR_WORDS = 20_000
# Campaigns that a notebook shows.
_SHOWN = 20


@dataclass(frozen=True)
class Campaigns:
    """What :func:`find_campaigns` found.

    Attributes
    ----------
    assignments : pandas.Series of string
        Campaign of each message, missing where it is in none; the frame's index.
    document : CampaignDocument
        Can be saved, compared, exported.
    """

    assignments: pd.Series = field(repr=False)
    document: CampaignDocument = field(repr=False)

    @property
    def campaigns(self) -> tuple[Campaign, ...]:
        """The campaigns, largest first; those that are gone last."""
        return self.document.campaigns

    @property
    def table(self) -> pd.DataFrame:
        """One row a campaign, as :meth:`CampaignDocument.to_frame` gives it."""
        return self.document.to_frame()

    def __repr__(self) -> str:
        members = int(self.assignments.notna().sum())
        return (
            f"<Campaigns: {sum(one.size > 0 for one in self.campaigns):,} campaigns of "
            f"{members:,} messages among {self.document.n_messages:,}>"
        )

    def _repr_html_(self) -> str:
        from html import escape

        # Messages are foreign text: to_html escapes what is in the cells.
        shown = self.table.head(_SHOWN).dropna(axis=1, how="all").astype(object)
        shown = shown.where(shown.notna(), "")
        return f"<p>{escape(repr(self)[1:-1])}</p>{shown.to_html(index=False)}"


def find_campaigns(
    frame: pd.DataFrame,
    *,
    previous: CampaignDocument | str | Path | None = None,
    min_size: int = 3,
    threshold: float = THRESHOLD,
    model: Any = None,
    indicator_messages: int = 10_000,
    inputs: tuple[dict[str, Any], ...] = (),
) -> Campaigns:
    """Find the campaigns in messages: near-duplicates under changed names, numbers and links.

    Parameters
    ----------
    frame : pandas.DataFrame
        Messages in the column ``text``. ``date``, ``language``, ``label``, ``scam_type`` and
        ``scam_probability`` (or ``probability``) are used where there are such columns, or
        those with the prefix ``scamclassify_`` that scoring adds.
    previous : CampaignDocument or path, optional
        The campaigns of an earlier dump: those that go on keep their ids, and every campaign
        gets a status.
    min_size : int, default=3
        Least messages of a campaign; one that goes on from ``previous`` may have fewer.
    threshold : float, default=0.5
        Least estimated Jaccard similarity of the character 4-grams of two masked messages
        that are joined.
    model : str, path or fitted classifier, optional
        Scores the members of campaigns where the frame has no column of labels, as
        :func:`scamclassify.load_model` finds it.
    indicator_messages : int, default=10_000
        Most messages that indicators are taken from, in equal numbers from all campaigns, at
        least one from each.
    inputs : tuple of dict
        Recorded in the document.

    Returns
    -------
    Campaigns
        The same whatever the order of the rows.

    Raises
    ------
    FrameError
        If the frame has no texts, or a value cannot be read.
    InputFileError
        If ``previous`` is no campaign document.
    ValueError
        If a parameter is outside its range.

    Notes
    -----
    Messages are masked (:func:`scamclassify.text.template.templates_of`), signed with
    MinHash and clustered (:func:`~scamclassify.campaigns.clustering.cluster_signatures`);
    cost is linear. Exemplars are redacted. Earlier campaigns without a message stay in the
    document with size 0 and the status ``gone``, so that they are known when they return.

    Examples
    --------
    >>> import pandas as pd
    >>> found = find_campaigns(pd.DataFrame({"text": [
    ...     "Your parcel 1234 is held, pay RM5 at http://a.top/x",
    ...     "YOUR PARCEL 99 is held! pay RM 7.50 at b.click/yy",
    ...     "lunch at noon?",
    ...     "Your parcel 77 is held, pay RM8 at www.c.vip"]}))
    >>> found
    <Campaigns: 1 campaigns of 3 messages among 4>
    >>> found.assignments.notna().tolist()
    [True, True, False, True]
    """
    if min_size < 1:
        raise ValueError(f"min_size must be 1 or more, got {min_size!r}")
    if indicator_messages < 1:
        raise ValueError(f"indicator_messages must be 1 or more, got {indicator_messages!r}")
    messages = read_frame(frame)
    if previous is not None and not isinstance(previous, CampaignDocument):
        previous = load_campaigns(previous)
    signed = sign_texts(messages.texts)
    clusters = cluster_signatures(signed.signatures, signed.counts, threshold)
    sizes = np.bincount(clusters.labels, signed.counts, len(clusters.medoids))
    wanted = (sizes >= min_size) & (signed.lengths[clusters.medoids] >= LEAST_CHARACTERS)
    earlier = () if previous is None else previous.campaigns
    found = identify_campaigns(
        clusters, signed.signatures, signed.counts, wanted, earlier, threshold
    )
    of_template = found.campaign[clusters.labels]
    members = of_template[signed.template]
    messages, scored_by = _complete(messages, members, model)
    campaigns = _describe(messages, signed, found, of_template, members, indicator_messages)
    if previous is not None:
        campaigns = _continue(campaigns, found, previous.n_messages, len(frame))
    document = CampaignDocument(
        created=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        package_version=scamclassify.__version__,
        n_messages=len(frame),
        parameters={
            "min_size": min_size,
            "threshold": threshold,
            "least_characters": LEAST_CHARACTERS,
            "indicator_messages": indicator_messages,
            "previous": None if previous is None else previous.created,
        },
        campaigns=tuple(campaigns),
        inputs=inputs,
        model=scored_by,
    )
    return Campaigns(_assignments(frame, members, found.ids), document)


def _assignments(frame: pd.DataFrame, members: np.ndarray, ids: list[str]) -> pd.Series:
    import pandas as pd

    names = np.array([*ids, None], dtype=object)
    # The last one, None, is what -1 takes.
    return pd.Series(pd.array(names[members], dtype="string"), index=frame.index, name="campaign")


def _complete(
    messages: Messages, members: np.ndarray, model: Any
) -> tuple[Messages, dict[str, Any] | None]:
    """Identify languages and, with a model, labels of members where the frame has none."""
    rows = np.flatnonzero(members >= 0)
    n = len(messages.texts)
    texts = [messages.texts[row] for row in rows.tolist()]
    changes: dict[str, Any] = {}
    scored_by = None
    if model is not None and messages.labels is None:
        if isinstance(model, str | os.PathLike):
            from scamclassify.persistence.models import load_model

            scored_by, model = {"name": str(model)}, load_model(os.fspath(model))
        else:
            scored_by = {"name": type(model).__name__}
        probabilities = np.asarray(model.predict_proba(texts))
        labels = np.full(n, None, dtype=object)
        by_model = getattr(model, "label_of", None)
        classes = np.asarray(model.classes_)
        labels[rows] = (
            by_model(probabilities) if by_model else classes[probabilities.argmax(axis=1)]
        ).tolist()
        changes["labels"] = labels
        if messages.probabilities is None and "scam" in classes.tolist():
            values = np.full(n, np.nan)
            values[rows] = probabilities[:, classes.tolist().index("scam")]
            changes["probabilities"] = values
    if messages.languages is None:
        from scamclassify.text.language import identify_batch

        languages = np.full(n, None, dtype=object)
        if len(rows):
            languages[rows] = identify_batch(texts)[0].tolist()
        changes["languages"] = languages
    return replace(messages, **changes), scored_by


def _describe(
    messages: Messages,
    signed: SignedTexts,
    found: Identified,
    of_template: np.ndarray,
    members: np.ndarray,
    indicator_messages: int,
) -> list[Campaign]:
    n = len(found.ids)
    if n == 0:
        return []
    counted = describe_counts(messages, members, n)
    texts, hashes = messages.texts, signed.hashes
    languages = None if messages.languages is None else messages.languages.tolist()
    sample = sample_members(members, hashes, _FOR_DISGUISES)
    looked_at = sample.smaller(indicator_messages, n)
    spoken = None if languages is None else [languages[row] for row in looked_at.rows.tolist()]
    parts = zip(
        found.ids,
        counted,
        choose_exemplars(
            signed.template, signed.counts, found.medoids, of_template, texts, hashes, languages
        ),
        find_indicators(texts, spoken, looked_at),
        find_disguises(texts, sample),
        find_brands(texts, sample.smaller(_FOR_BRANDS, n)),
        find_words(texts, hashes, sample.smaller(_FOR_WORDS, n)),
        found.medoids,
        found.merged,
        strict=True,
    )
    return [
        Campaign(
            id=name,
            exemplars=exemplars,
            indicators=indicators,
            disguises=disguises,
            brands=brands,
            words=words,
            signature=tuple(signed.signatures[medoid].tolist()),
            merged=merged,
            **counts,
        )
        for name, counts, exemplars, indicators, disguises, brands, words, medoid, merged in parts
    ]


def _continue(
    campaigns: list[Campaign], found: Identified, n_old: int, n_new: int
) -> list[Campaign]:
    """Statuses, first days and signatures of campaigns that go on; those that are gone."""
    old_sizes = np.array([0 if one is None else one.size for one in found.earlier], dtype=np.int64)
    new_sizes = np.array([one.size for one in campaigns], dtype=np.int64)
    names = statuses(old_sizes, new_sizes, n_old, n_new)[0].tolist()
    done = []
    for campaign, earlier, status in zip(campaigns, found.earlier, names, strict=True):
        if earlier is not None:
            seen = [day for day in (earlier.first_seen, campaign.first_seen) if day]
            last = [day for day in (earlier.last_seen, campaign.last_seen) if day]
            campaign = replace(
                campaign,
                first_seen=min(seen, default=None),
                last_seen=max(last, default=None),
                # The larger dump knows better what is typical.
                signature=max((campaign, earlier), key=lambda one: one.size).signature,
            )
            if earlier.size == 0:
                status = "growing"  # it was gone, and is back
        done.append(replace(campaign, status=status))
    gone = (replace(one, size=0, daily={}, status="gone") for one in found.gone)
    return [*done, *gone]
