"""Takes out of a text what may name a person, whatever was taken out of it before."""

from __future__ import annotations

import re

# In this order: what is masked first may hold what is masked later.
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[^\s@<>]+@[^\s@<>]*[^\s@<>.,;:!?)]"), "[EMAIL]"),
    (
        re.compile(
            r"(?:h..ps?\s?:\s?/\s?/|www\.)\S*[^\s.,;:!?)]"
            r"|\b[a-z0-9-]{1,63}(?:\[?\.\]?[a-z0-9-]{1,63})*\[?\.\]?[a-z]{2,24}\b(?:/(?:\S*[^\s.,;:!?)])?)?",
            re.IGNORECASE,
        ),
        "[LINK]",
    ),
    (re.compile(r"@[\w.+-]+"), "[HANDLE]"),
    # All digits of all scripts: codes and amounts as well as numbers of people.
    (re.compile(r"(?:[+(]{0,2}[A-Za-z]*\d(?:[\d\s.,:/()+#*-]*\d)?[A-Za-z]*)+"), "[NUMBER]"),
)
_PLACEHOLDER = re.compile(r"([<\[][A-Za-z _-]{1,20}[>\]])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_MOST = 1000


def scrub(text: str) -> str:
    """Mask every link, address, handle and digit of a text.

    This is the second fence behind :func:`scamclassify.redact_texts`: it knows no salutations, but
    lets no number through, of whatever script or meaning.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        On one line, at most 1,000 characters; placeholders of an earlier redaction stay.

    Examples
    --------
    >>> scrub("Dear [NAME], your code is 481 516. Ask @helper or +65 9123 4567")
    'Dear [NAME], your code is [NUMBER]. Ask [HANDLE] or [NUMBER]'
    """
    text = _CONTROL.sub(" ", text)[:_MOST]
    pieces = _PLACEHOLDER.split(text)
    # Every second piece is a placeholder.
    for place in range(0, len(pieces), 2):
        piece = pieces[place]
        for pattern, mask in _PATTERNS:
            # Masks of an earlier pattern hold no digit, @ or dot, so none is masked again.
            piece = pattern.sub(mask, piece)
        pieces[place] = piece
    return " ".join("".join(pieces).split())
