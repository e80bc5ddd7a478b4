"""Whether a place of a text lies in a link, which no other repair touches."""

from scamclassify.text.links import LINK


class LinksIn:
    """Links of a text, sought only around the places that are asked for, from left to right.

    Examples
    --------
    >>> links = LinksIn("see bit.ly/aaaa or waaait")
    >>> links.touch(11, 15), links.touch(20, 24)
    (True, False)
    """

    __slots__ = ("_first", "_last", "_spans", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._first = self._last = 0
        self._spans: list[tuple[int, int]] = []

    def touch(self, start: int, end: int) -> bool:
        """Whether a link or an e-mail address has characters of ``text[start:end]``."""
        if not self._first <= start < end <= self._last:
            # No link holds a space, and each a dot or a scheme.
            text = self._text
            first = self._first = text.rfind(" ", 0, start) + 1
            last = text.find(" ", end)
            last = self._last = len(text) if last < 0 else last
            if text.find(".", first, last) < 0 and text.find("://", first, last) < 0:
                self._spans = []
            else:
                self._spans = [found.span() for found in LINK.finditer(text, first, last)]
        return bool(self._spans) and any(a < end and start < b for a, b in self._spans)
