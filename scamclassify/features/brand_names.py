"""Finds the brands that messages name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property

import numpy as np

from scamclassify.features.form_trie import FormTrie
from scamclassify.features.link_flag_kernel import ASK, ASK_BESIDE_LINK, YES
from scamclassify.features.name_kernel import MIXED, SIGNED, settle_names
from scamclassify.features.sector_words import SectorWords, letter_tables
from scamclassify.knowledge.brands import BrandRegistry, load_brands
from scamclassify.text.codepoints import encode_texts


class BrandMatcher:
    """Find brand names by their spellings, local scripts included.

    Parameters
    ----------
    registry : BrandRegistry, optional
        By default the one that the package carries.

    Notes
    -----
    Matching is that of the concept lexicon (case and Latin diacritics ignored, whole words
    in scripts with spaces). Of names within names the longest counts (*Bank Negara
    Indonesia*, not *Bank Negara*). A spelling that is an ordinary word as well counts only

    - beside a word of the brand's sector ("grab driver"),
    - written as the registry has it, and in a message with a link, as a header
      ("[Smart] ...", "MOM: ..."), with a sign in it ("J&T"), or in mixed case inside a
      sentence ("took a Grab home").

    Examples
    --------
    >>> matcher = BrandMatcher()
    >>> matcher.named("Your KBank account is locked, กสิกร แจ้ง")
    ('kbank',)
    >>> matcher.named("true, just grab a line"), matcher.named("took a Grab home")
    ((), ('grab',))
    """

    def __init__(self, registry: BrandRegistry | None = None) -> None:
        self.registry = load_brands() if registry is None else registry
        spellings = [
            (spelling, place, spelling in brand.ambiguous)
            for place, brand in enumerate(self.registry.brands)
            for spelling in brand.spellings
        ]
        #: Spelling of each form.
        self.spellings = tuple(spelling for spelling, _, _ in spellings)
        #: Place of the brand of each form in ``registry.brands``, int32.
        self.brand_of_form = np.array([place for _, place, _ in spellings], dtype=np.int32)
        #: Whether a form is an ordinary word as well, bool.
        self.ambiguous = np.array([flag for _, _, flag in spellings], dtype=np.bool_)
        self._sectors = SectorWords(self.registry.sector_words)
        self._letters, offsets = encode_texts(self.spellings)
        places = self._sectors.places
        sectors = [places.get(self.registry.brands[p].sector, -1) for p in self.brand_of_form]
        natures = [_nature(spelling) for spelling in self.spellings]
        self._forms = np.column_stack([offsets[:-1], np.diff(offsets), sectors, natures])

    @cached_property
    def _trie(self) -> FormTrie:
        return FormTrie(self.spellings, apart=0)

    def find(self, codes: np.ndarray, offsets: np.ndarray) -> np.ndarray:
        """Find all spellings in an encoded batch, ambiguous ones included.

        Parameters
        ----------
        codes, offsets : numpy.ndarray
            As :func:`scamclassify.text.codepoints.encode_texts` returns them.

        Returns
        -------
        numpy.ndarray of int32, shape (n_matches, 4)
            Row, start, end (exclusive), number of the spelling; sorted by row and start,
            none within another.
        """
        return self._trie.find(codes, offsets)[1]

    def settle(
        self, codes: np.ndarray, offsets: np.ndarray, found: np.ndarray, fates: np.ndarray
    ) -> None:
        """Say which matches of ambiguous spellings are the brand.

        Parameters
        ----------
        codes, offsets : numpy.ndarray
            As for :meth:`find`.
        found : numpy.ndarray of int32, shape (n_matches, 4)
            What :meth:`find` returned.
        fates : numpy.ndarray of uint8, shape (n_matches,)
            Fates as `scamclassify.features.link_flag_kernel` has them; those that ask become
            YES or NO.
        """
        settle_names(
            found, fates, codes, offsets, self._forms, self._letters, self._sectors.arrays,
            letter_tables(),
        )  # fmt: skip

    def named(self, text: str) -> tuple[str, ...]:
        """Ids of the brands that a text names, in order; names inside links are not looked at."""
        from scamclassify.features.links import find_links

        links = find_links(text)
        spans = [(link.start, link.end) for link in links]
        found = self.find(*encode_texts([text]))
        places = self.named_in(text, found[:, 1:], spans, any(not link.is_email for link in links))
        return tuple(self.registry.brands[place].id for place in places)

    def named_in(
        self,
        text: str,
        found: np.ndarray,
        links: Sequence[tuple[int, int]],
        has_link: bool,
    ) -> list[int]:
        """Places of the brands that count, of matches of one text.

        Parameters
        ----------
        text : str
        found : numpy.ndarray of int32, shape (n, 3)
            Start, end and form.
        links : sequence of (int, int)
            Spans in which names do not count.
        has_link : bool
            Whether the text holds a link.
        """
        names = np.insert(found, 0, 0, axis=1)
        ask = ASK_BESIDE_LINK if has_link else ASK
        fates = np.where(self.ambiguous[found[:, 2]], ask, YES).astype(np.uint8)
        self.settle(*encode_texts([text]), names, fates)
        places: dict[int, None] = {}
        for (start, end, form), fate in zip(found.tolist(), fates.tolist(), strict=True):
            if fate == YES and not any(start < stop and end > begin for begin, stop in links):
                places[int(self.brand_of_form[form])] = None
        return list(places)


def _nature(spelling: str) -> int:
    """Bits of a spelling, as `scamclassify.features.name_kernel` reads them."""
    signed = not all(char.isalnum() or char == " " for char in spelling)
    mixed = spelling.isascii() and spelling != spelling.lower() and spelling != spelling.upper()
    return SIGNED * signed | MIXED * mixed


@cache
def default_brand_matcher() -> BrandMatcher:
    """The matcher over the registry that the package carries, built once."""
    return BrandMatcher()
