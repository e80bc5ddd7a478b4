"""Elements of a JSON array, cut apart without reading the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scamclassify.batch.streams import MOST_LINE

_TOKEN = re.compile(rb'["\[\]{},]')
# The rest of a string up to its closing quotation mark, or as far as there is any.
_INSIDE = re.compile(rb'(?:[^"\\]|\\.)*+', re.DOTALL)


def split_array(blocks: Iterable[bytes], limit: int = MOST_LINE) -> Iterator[tuple[bytes, bool]]:
    """Cut ``[{...}, {...}]`` into its elements.

    Parameters
    ----------
    blocks : iterable of bytes
    limit : int
        A longer element is cut there and the rest of it skipped.

    Yields
    ------
    element : bytes
        Unparsed. What follows the end of the array is an element too, so that it is not
        lost; several objects one after the other are read like an array.
    whole : bool
        False where it was cut.

    Examples
    --------
    >>> list(split_array([b'[{"a": "],"}, {"b"', b': [1, 2]}]']))
    [(b'{"a": "],"}', True), (b'{"b": [1, 2]}', True)]
    """
    buffer, start, place, depth = b"", 0, 0, 0
    in_string = opened = closed = cut = False
    for block in blocks:
        buffer = buffer[start:] + block
        place, start = place - start, 0
        if not opened:
            buffer = buffer.lstrip()
            if not buffer:
                continue
            opened = True
            closed = buffer[:1] != b"["
            start = place = 0 if closed else 1
        while place < len(buffer):
            if in_string:
                place = _INSIDE.match(buffer, place).end()  # type: ignore[union-attr]
                if buffer[place : place + 1] != b'"':
                    break  # the end, or half of an escape
                in_string = False
                place += 1
                continue
            match = _TOKEN.search(buffer, place)
            if match is None:
                place = len(buffer)
                break
            token, place = match.group(), match.end()
            stop = None
            if token == b'"':
                in_string = True
            elif token in (b"{", b"["):
                depth += 1
            elif depth and token != b",":
                depth -= 1
                stop = place if closed and not depth else None
            elif not depth and (token == b"," or (token == b"]" and not closed)):
                stop = match.start()
                closed = closed or token == b"]"
            if stop is not None:
                element = buffer[start:stop].strip()
                start = place
                if element and not cut:
                    yield element[:limit], len(element) <= limit
                cut = False
        if place - start > limit:
            if not cut:
                yield buffer[start : start + limit], False
            cut, start = True, place
    tail = buffer[start:].strip()
    if tail and not cut:
        yield tail[:limit], len(tail) <= limit
