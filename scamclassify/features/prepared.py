"""A batch of messages made ready once for everything that scores, trains or explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scamclassify.features.facts import ActiveFacts, FactExtractor
from scamclassify.text.codepoints import encode_texts
from scamclassify.text.language import identify_encoded
from scamclassify.text.repair import repair_encoded

#: Messages that are prepared together where a batch has many: enough that each part of the work
#: finds its tables in the cache for a while, few enough for memory.
BLOCK = 10_000


@dataclass(frozen=True)
class Prepared:
    """Repaired texts of a batch with what was found in them.

    Attributes
    ----------
    texts : sequence of str
        Repaired. A text that needed no repair is the very object that came; encoded texts
        stay encoded.
    repairs : numpy.ndarray of int32, shape (n, len(REPAIR_KINDS))
        How often each repair was made.
    codes : numpy.ndarray of uint32
        Code points of all repaired texts, one after the other.
    offsets : numpy.ndarray of int64, shape (n + 1,)
        Text ``i`` is ``codes[offsets[i]:offsets[i + 1]]``.
    facts : ActiveFacts
        Active facts, with the matches of concepts.
    languages : numpy.ndarray of str, shape (n,)
        Of the repaired texts; identified when first asked for.
    language_probabilities : numpy.ndarray of float32, shape (n,)
    """

    texts: Sequence[str]
    repairs: np.ndarray
    codes: np.ndarray
    offsets: np.ndarray
    facts: ActiveFacts

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def _identified(self) -> tuple[np.ndarray, np.ndarray]:
        return identify_encoded(self.codes, self.offsets)

    @property
    def languages(self) -> np.ndarray:
        return self._identified[0]

    @property
    def language_probabilities(self) -> np.ndarray:
        return self._identified[1]


def prepare(texts: Sequence[str], extractor: FactExtractor | None = None) -> Prepared:
    """Repair texts and find their facts, once.

    Parameters
    ----------
    texts : sequence of str
        Length n; as they came.
    extractor : FactExtractor, optional
        By default the one over the lexicon that the package carries.

    Returns
    -------
    Prepared

    Examples
    --------
    >>> batch = prepare(["Сlaim your 𝗙𝗥𝗘𝗘 prize before the end of the week"])
    >>> batch.texts, batch.languages.tolist()
    (['Claim your FREE prize before the end of the week'], ['en'])
    """
    extractor = FactExtractor() if extractor is None else extractor
    repaired, codes, offsets = repair_encoded(texts, *encode_texts(texts))
    facts = extractor.extract(repaired.texts, repaired.counts, (codes, offsets))
    return Prepared(repaired.texts, repaired.counts, codes, offsets, facts)


def prepare_blocks(
    texts: Sequence[str], size: int = BLOCK, extractor: FactExtractor | None = None
) -> Iterator[tuple[slice, Prepared]]:
    """Prepare many texts block by block, in bounded memory.

    Parameters
    ----------
    texts : sequence of str
    size : int, default=10_000
        Messages a block.
    extractor : FactExtractor, optional
        As for :func:`prepare`.

    Yields
    ------
    tuple of (slice, Prepared)
        The rows of the block and what was found in them.

    Examples
    --------
    >>> [(rows.start, len(block)) for rows, block in prepare_blocks(["a", "b", "c"], size=2)]
    [(0, 2), (2, 1)]
    """
    extractor = FactExtractor() if extractor is None else extractor
    for start in range(0, len(texts), size):
        block = texts[start : start + size]
        yield slice(start, start + len(block)), prepare(block, extractor)
