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
            # No link holds a space.
            self._first = self._text.rfind(" ", 0, start) + 1
            last = self._text.find(" ", end)
            self._last = len(self._text) if last < 0 else last
            self._spans = [m.span() for m in LINK.finditer(self._text, self._first, self._last)]
        return any(first < end and start < last for first, last in self._spans)
