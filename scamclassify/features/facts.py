"""Facts of a message: its concepts, shape, brands and links, and whether a name was hidden.

Facts do not depend on the language, which is why they carry over to languages and
collectors that a model has not seen. Pairs of facts say what goes with what: *parcel* and
*fee*, *bank* and *link*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from scamclassify.features.brand_names import default_brand_matcher
from scamclassify.features.concepts import ConceptMatcher, default_matcher
from scamclassify.features.fact_kernel import gather_facts
from scamclassify.features.form_trie import FormTrie
from scamclassify.features.link_check import LINK_FLAGS, check_links_batch
from scamclassify.features.signals import signal_bins, signal_names
from scamclassify.text.codepoints import encode_texts
from scamclassify.text.draft import KIND_INDEX, REPAIR_KINDS

#: Repairs that are facts. That anything else was mended says nothing: honest senders use the same
#: letters and slips, and what was mended speaks for itself.
FACT_REPAIRS = ("hidden_name",)
_FACT_COLUMNS = [KIND_INDEX[kind] for kind in FACT_REPAIRS]


@dataclass(frozen=True)
class ActiveFacts:
    """Active facts of a batch: those of text ``i`` are ``indices[indptr[i]:indptr[i + 1]]``."""

    indptr: np.ndarray
    indices: np.ndarray
    matches: np.ndarray


class FactExtractor:
    """Find the facts of repaired texts.

    Parameters
    ----------
    matcher : ConceptMatcher, optional
        By default the one over the lexicon that the package carries.

    Examples
    --------
    >>> extractor = FactExtractor()
    >>> facts = extractor.extract(["You have won a prize, click the link"])
    >>> names = extractor.names
    >>> [names[i] for i in facts.indices if names[i] in ("prize_win", "click_link")]
    ['prize_win', 'click_link']
    """

    def __init__(self, matcher: ConceptMatcher | None = None) -> None:
        self.matcher = default_matcher() if matcher is None else matcher

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Name of each column: concepts, signals, ``repair:`` kinds, ``link:`` flags."""
        concepts = tuple(concept.id for concept in self.matcher.lexicon.concepts)
        repairs = tuple(f"repair:{kind}" for kind in FACT_REPAIRS)
        return concepts + signal_names() + repairs + tuple(f"link:{flag}" for flag in LINK_FLAGS)

    @cached_property
    def link_details(self) -> np.ndarray:
        """Which columns say what kind of address a link leads to; bool, shape (n_facts,)."""
        general = {"link:link_any", "link:link_several", "link:link_plain"}
        return np.array(
            [name.startswith("link:link_") and name not in general for name in self.names]
        )

    @cached_property
    def brand_facts(self) -> np.ndarray:
        """Which columns say that brands of some kind are named; bool, shape (n_facts,)."""
        return np.array([name.startswith("link:brand_") for name in self.names])

    @cached_property
    def repair_facts(self) -> np.ndarray:
        """Which columns say that something was disguised; bool, shape (n_facts,)."""
        return np.array([name.startswith("repair:") for name in self.names])

    @property
    def n_facts(self) -> int:
        """Number of columns; cheap, as every scored block asks."""
        return self.matcher.n_concepts + len(signal_names()) + len(FACT_REPAIRS) + len(LINK_FLAGS)

    @property
    def n_columns(self) -> int:
        """Number of facts and of pairs of facts."""
        return self.n_facts * (self.n_facts + 1) // 2

    def extract(
        self,
        texts: Sequence[str],
        repairs: np.ndarray | None = None,
        encoded: tuple[np.ndarray, np.ndarray] | None = None,
    ) -> ActiveFacts:
        """Find the facts of a batch.

        Parameters
        ----------
        texts : sequence of str
            Repaired texts.
        repairs : numpy.ndarray of int32, shape (n_texts, n_kinds), optional
            How often each repair was made; by default never.
        encoded : tuple of numpy.ndarray, optional
            What ``encode_texts(texts)`` returned, where it is at hand.

        Returns
        -------
        ActiveFacts
        """
        codes, offsets = encode_texts(texts) if encoded is None else encoded
        if repairs is None:
            repairs = np.zeros((len(texts), len(REPAIR_KINDS)), dtype=np.int32)
        matches, names = _joint_trie(self.matcher).find(codes, offsets)
        names[:, 3] -= len(self.matcher.lexicon.forms)
        links = check_links_batch(texts, (codes, offsets), names)
        flags = np.hstack([repairs[:, _FACT_COLUMNS], links]).astype(np.int32, copy=False)
        base = self.matcher.n_concepts
        indptr, indices = gather_facts(
            len(texts), matches, self.matcher.concept_of_form, signal_bins(codes, offsets), base,
            flags, base + len(signal_names()), self.n_facts,
        )  # fmt: skip
        return ActiveFacts(indptr, indices, matches)


@cache
def _joint_trie(matcher: ConceptMatcher) -> FormTrie:
    """Concept forms and, apart from them, brand names: one walk finds both."""
    forms = [form.text for form in matcher.lexicon.forms]
    names = default_brand_matcher().spellings
    stem = np.concatenate([matcher.stem, np.zeros(len(names), dtype=np.bool_)])
    hidden = np.concatenate([matcher.hidden, np.zeros(len(names), dtype=np.bool_)])
    return FormTrie([*forms, *names], stem, apart=len(forms), hidden=hidden)
