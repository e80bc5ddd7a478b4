"""Finds the brands that messages name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property

import numpy as np

from scamclassify.features.form_trie import FormTrie
from scamclassify.knowledge.brands import BrandRegistry, load_brands
from scamclassify.text.codepoints import encode_texts

# How far from an ambiguous name a word of its sector may stand, in characters; one that is
# not written as the registry has it ("grab") needs the word right beside it ("grab driver").
_NEAR, _BESIDE = 40, 12
_TOKEN = re.compile(r"\w+")
_HEADER_AFTER = re.compile(r"\s*[:\]】)]")
_SENTENCE_END = ".!?\n。！？:;\"'“(-"


class SectorWords:
    """Words of one sector: whole in Latin script, anywhere in the scripts without spaces.

    Parameters
    ----------
    words : iterable of str

    Examples
    --------
    >>> words = SectorWords(["driver", "credit card", "คนขับ"])
    >>> words.within("two Drivers"), words.within("screwdriver"), words.within("มีคนขับ")
    (True, False, True)
    """

    def __init__(self, words: Iterable[str]) -> None:
        words = [word.lower() for word in words]
        bounded = [word for word in words if ord(word[0]) < 0x0E00 and word[0] != "@"]
        single = [word for word in bounded if _TOKEN.fullmatch(word)]
        self._tokens = {word + ending for word in single for ending in ("", "s", "nya")}
        # Others by what they begin with: few of them are looked for in any text.
        self._phrases: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for word in sorted(set(bounded) - set(single)):
            first = _TOKEN.match(word)
            pattern = re.compile(rf"(?<!\w){re.escape(word)}(?:s|nya)?(?!\w)")
            self._phrases.setdefault(first[0] if first else "", []).append((word, pattern))
        self._anywhere: dict[str, list[str]] = {}
        for word in sorted(set(words) - set(bounded)):
            self._anywhere.setdefault(word[0], []).append(word)

    def within(self, text: str) -> bool:
        """Whether one of the words stands in a text."""
        text = text.lower()
        tokens = {"", *_TOKEN.findall(text)}
        if not self._tokens.isdisjoint(tokens):
            return True
        for first in self._phrases.keys() & tokens:
            for phrase, pattern in self._phrases[first]:
                if phrase in text and pattern.search(text):
                    return True
        begins = self._anywhere.keys() & set(text)
        return any(word in text for first in begins for word in self._anywhere[first])


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
        self._near = {
            sector: SectorWords(words) for sector, words in self.registry.sector_words.items()
        }

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

    def counts(self, text: str, start: int, end: int, form: int, has_link: bool) -> bool:
        """Whether a match of an ambiguous spelling is the brand."""
        spelling, written = self.spellings[form], text[start:end]
        brand = self.registry.brands[self.brand_of_form[form]]
        same = written == spelling
        if same and (has_link or not all(c.isalnum() or c == " " for c in spelling)):
            return True
        near = self._near.get(brand.sector)
        reach = _NEAR if same else _BESIDE
        around = f"{text[max(0, start - reach) : start]} {text[end : end + reach]}"
        if near is not None and near.within(around):
            return True
        if not same:
            return False
        before = text[:start].rstrip(" ")
        if _HEADER_AFTER.match(text, end) and (not before or before[-1] in "[【(\n"):
            return True
        mixed = not spelling.isupper() and not spelling.islower() and spelling.isascii()
        return mixed and bool(before) and before[-1] not in _SENTENCE_END and not text.isupper()

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
        places: dict[int, None] = {}
        for start, end, form in found.tolist():
            if any(start < stop and end > begin for begin, stop in links):
                continue
            if self.ambiguous[form] and not self.counts(text, start, end, form, has_link):
                continue
            places[int(self.brand_of_form[form])] = None
        return list(places)


@cache
def default_brand_matcher() -> BrandMatcher:
    """The matcher over the registry that the package carries, built once."""
    return BrandMatcher()
