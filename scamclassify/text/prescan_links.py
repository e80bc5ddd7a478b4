"""Cues for links written so that they are not links (`scamclassify.text.links`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

_SPACE, _DOT, _SLASH = map(ord, " ./")
# Ideographic full stops and the word for "dot", as they are put into addresses.
_DOT_SIGNS = (0x70B9, 0x3002, 0xFF0E, 0xFF61)
# Patterns that begin with a rare literal are searched fastest by the regex engine; the bytes
# are symbols, so ASCII letters are small.
_LITERAL_CUES = (
    re.compile(rb"dot[ \])}]"),
    re.compile(rb"\.(?<= \.) ?[a-z0-9]"),
    re.compile(rb"\. (?:com|ly|xyz)(?![a-z0-9])"),
    re.compile(rb"\. [a-z]{2,4}/[a-z0-9]"),
    re.compile(rb"www\. [a-z0-9]"),
)
_COLON_CUES = (
    re.compile(rb":(?:/{1,2} | ?\\|  ?/| /)"),  # "://" goes on otherwise
    re.compile(rb":(?<= :) ?[/\\]"),
    *(re.compile(re.escape(mask) + rb"ps? ?:") for mask in (b"xx", b"**", b"__", b"++")),
)


def broken_links(symbols: np.ndarray, word: np.ndarray) -> Iterator[np.ndarray]:
    """Places of possible broken links.

    Parameters
    ----------
    symbols : numpy.ndarray of uint8, shape (m,)
        As `scamclassify.text.symbols.symbol_table` gives them.
    word : numpy.ndarray of bool, shape (m,)
        Whether a symbol is a Latin letter or a digit.
    """
    blob = symbols.tobytes()
    found = [m.start() for cue in _LITERAL_CUES for m in cue.finditer(blob)]
    found.extend(m.start() for cue in _COLON_CUES for m in cue.finditer(blob))
    yield np.array(found, dtype=np.int64)
    slashes = np.flatnonzero(symbols == _SLASH)
    # A slash set apart, soon after a dot.
    apart = slashes[(symbols[slashes - 1] == _SPACE) | (symbols[slashes + 1] == _SPACE)]
    near = np.zeros(len(apart), dtype=bool)
    for k in range(3, 8):
        near |= symbols[apart - k] == _DOT
    yield apart[near]
    # A dot in brackets, and not the dots of an ellipsis.
    dots = np.flatnonzero(symbols == _DOT)
    closed = np.isin(symbols[dots + 1], np.frombuffer(b")]}", dtype=np.uint8))
    yield dots[closed & np.isin(symbols[dots - 1], np.frombuffer(b"([{", dtype=np.uint8))]


def dot_signs(codes: np.ndarray, word: np.ndarray) -> np.ndarray:
    """Places of signs for a dot between Latin letters or digits."""
    at = np.concatenate([np.flatnonzero(codes[1:-1] == sign) for sign in _DOT_SIGNS]) + 1
    return at[word[at - 1] & word[at + 1]]
