"""Finds the concepts of the lexicon in batches of texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from scamclassify.features.form_trie import FormTrie
from scamclassify.knowledge.lexicon import Lexicon, load_lexicon
from scamclassify.text.codepoints import encode_texts


@dataclass(frozen=True)
class ConceptMatch:
    """One surface form found in a text: ``text[start:end]``."""

    concept: str
    language: str
    start: int
    end: int


class ConceptMatcher:
    """Find concepts by their surface forms in thirteen languages.

    Parameters
    ----------
    lexicon : Lexicon, optional
        By default the one that the package carries.

    Notes
    -----
    Matching ignores case and Latin diacritics and takes any run of white space and
    punctuation for one space. Scripts with spaces match whole words (or the start of a
    word, for a stem), the others anywhere. Cost grows with the number of characters, not
    with the number of forms.

    Examples
    --------
    >>> matcher = ConceptMatcher()
    >>> sorted({m.concept for m in matcher.matches("Please do not share your OTP with anyone")})
    ['otp_code', 'otp_do_not_share']
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = load_lexicon() if lexicon is None else lexicon
        forms = self.lexicon.forms
        #: Whether each form may end inside a word, bool.
        self.stem = np.array([form.stem for form in forms], dtype=np.bool_)
        index = self.lexicon.index
        honest = {concept.id for concept in self.lexicon.concepts if concept.side == "honest"}
        #: Whether senders may hide each form, bool: those at home in honest messages they do not.
        self.hidden = np.array([form.concept not in honest for form in forms], dtype=np.bool_)
        #: Column of the concept of each form, int32 array of shape (n_forms,).
        self.concept_of_form = np.array([index[form.concept] for form in forms], dtype=np.int32)

    @cached_property
    def _trie(self) -> FormTrie:
        return FormTrie([form.text for form in self.lexicon.forms], self.stem, hidden=self.hidden)

    @property
    def n_concepts(self) -> int:
        """Number of concepts, the width of :meth:`presence`."""
        return len(self.lexicon.concepts)

    def find(self, codes: np.ndarray, offsets: np.ndarray) -> np.ndarray:
        """Find all forms in an encoded batch.

        Parameters
        ----------
        codes, offsets : numpy.ndarray
            As :func:`scamclassify.text.codepoints.encode_texts` returns them.

        Returns
        -------
        numpy.ndarray of int32, shape (n_matches, 4)
            Row, start, end (exclusive), number of the form in ``lexicon.forms``.
        """
        return self._trie.find(codes, offsets)[0]

    def matches(self, text: str) -> list[ConceptMatch]:
        """Concepts of one text with their places, in order of the text."""
        forms = self.lexicon.forms
        return [
            ConceptMatch(forms[form].concept, forms[form].language, int(start), int(end))
            for _, start, end, form in self.find(*encode_texts([text]))
        ]

    def presence(self, texts: Sequence[str]) -> np.ndarray:
        """Which concepts occur in which text.

        Returns
        -------
        numpy.ndarray of bool, shape (n_texts, n_concepts)
        """
        found = self.find(*encode_texts(texts))
        present = np.zeros((len(texts), self.n_concepts), dtype=np.bool_)
        present[found[:, 0], self.concept_of_form[found[:, 3]]] = True
        return present


def default_matcher() -> ConceptMatcher:
    """The matcher over the lexicon that the package carries, built once."""
    lexicon = load_lexicon()
    return _matcher_of(lexicon.revision)


@cache
def _matcher_of(revision: str) -> ConceptMatcher:
    return ConceptMatcher()
