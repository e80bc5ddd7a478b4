"""Words that mark some messages beside others.

Log-odds ratios with an informative Dirichlet prior [1]_: a word is judged by how far its
odds in the one set lie above those in the other, in standard errors, with the frequencies
of both sets together as the prior; so neither common words nor words seen once win.

References
----------
.. [1] B. Monroe, M. Colaresi, K. Quinn, "Fightin' Words: Lexical Feature Selection and
   Evaluation for Identifying the Content of Political Conflict", Political Analysis 16
   (2008), section 3.4.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from scamclassify.indicators.redact import PLACEHOLDERS
from scamclassify.text.links import LINK

# Strength of the prior: a tenth of all words, within bounds.
_LEAST_PRIOR, _MOST_PRIOR = 10.0, 500.0
# Two-sided 5 % of the normal distribution.
_LEAST_Z = 1.96
# A word that few of the messages hold may be somebody's name.
_LEAST_SHARE = 0.3
_LONGEST = 2000


def words_of(text: str) -> set[str]:
    """Words of a message in small letters, in all scripts; numbers and links left out.

    Parameters
    ----------
    text : str
        The first 2,000 characters count.

    Returns
    -------
    set of str

    Notes
    -----
    Word boundaries are those of ICU (UAX #29, with dictionaries for Thai, Lao, Khmer,
    Burmese and Chinese).

    Examples
    --------
    >>> sorted(words_of("Your PARCEL waits: a.com/x9"))
    ['parcel', 'waits', 'your']
    >>> sorted(words_of("บัญชีถูกระงับ"))
    ['ถูก', 'บัญชี', 'ระงับ']
    """
    from icu4py.breakers import WordBreaker

    text = text[:_LONGEST]
    if "[" in text:
        for placeholder in PLACEHOLDERS:
            text = text.replace(placeholder, " ")
    if "." in text:
        text = LINK.sub(" ", text)
    # ICU reads UTF-8, which has no lone surrogates.
    text = text.encode("utf-8", "replace").decode("utf-8").lower()
    return {
        word
        for word in WordBreaker(text, "en")
        if len(word) > 1 and any(map(str.isalpha, word)) and not any(map(str.isdigit, word))
    }


def count_words(texts: Iterable[str]) -> Counter[str]:
    """In how many of the texts each word is."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(words_of(text))
    return counts


def marking_words(
    inside: Mapping[str, int], n_texts: int, outside: Mapping[str, int], most: int = 8
) -> list[str]:
    """Words that mark some texts beside others, strongest first.

    Parameters
    ----------
    inside, outside : mapping of str to int
        As :func:`count_words` returns them.
    n_texts : int
        Texts that ``inside`` was counted on; words of less than 0.3 of them, or of one text
        among several, are passed over.
    outside : mapping of str to int
    most : int, default=8

    Returns
    -------
    list of str

    Examples
    --------
    >>> inside = count_words(["your parcel is held", "the parcel is at the depot"] * 5)
    >>> outside = count_words(["your lunch is here", "the bus is at the stop"] * 50)
    >>> marking_words(inside, 10, outside)
    ['parcel', 'depot', 'held']
    """
    n_inside = float(sum(inside.values()))
    n_outside = float(sum(outside.values()))
    if not n_inside:
        return []
    strength = min(max(0.1 * (n_inside + n_outside), _LEAST_PRIOR), _MOST_PRIOR)
    least = max(_LEAST_SHARE * n_texts, 2 if n_texts > 1 else 1)
    scored = []
    for word, count in inside.items():
        if count < least:
            continue
        other = outside.get(word, 0)
        prior = strength * (count + other) / (n_inside + n_outside)
        ours, theirs = count + prior, other + prior
        delta = math.log(ours / (n_inside + strength - ours)) - math.log(
            theirs / (n_outside + strength - theirs)
        )
        z = delta / math.sqrt(1 / ours + 1 / theirs)
        if z > _LEAST_Z:
            scored.append((-z, word))
    return [word for _, word in sorted(scored)[:most]]
