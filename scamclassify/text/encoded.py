"""Texts that lie in memory as code points and become strings only where one is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

import numpy as np

from scamclassify.validation import as_texts


class EncodedTexts(Sequence[str]):
    """A sequence of texts over the arrays of :func:`scamclassify.text.codepoints.encode_texts`.

    Parameters
    ----------
    codes : numpy.ndarray of uint32
        Code points of all texts, one after the other; those before the first text and behind
        the last may be there too.
    offsets : numpy.ndarray of int64, shape (n + 1,)
        Text ``i`` is ``codes[offsets[i]:offsets[i + 1]]``.

    Examples
    --------
    >>> texts = EncodedTexts(np.array([97, 98, 3585], np.uint32), np.array([0, 2, 3]))
    >>> texts[1], list(texts), len(texts[:1])
    ('ก', ['ab', 'ก'], 1)
    """

    def __init__(self, codes: np.ndarray, offsets: np.ndarray) -> None:
        self._codes, self._offsets = codes, offsets

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> EncodedTexts: ...

    def __getitem__(self, place: int | slice) -> str | EncodedTexts:
        if isinstance(place, slice):
            start, stop, step = place.indices(len(self))
            if step != 1:
                raise ValueError(f"texts are sliced one by one, not by steps of {step}")
            return EncodedTexts(self._codes, self._offsets[start : max(start, stop) + 1])
        n = len(self._offsets) - 1
        if not 0 <= place < n:
            if not -n <= place < 0:
                raise IndexError(f"text {place} of {n}")
            place += n
        start, stop = self._offsets[place : place + 2].tolist()
        return self._codes[start:stop].tobytes().decode("utf-32-le", "surrogatepass")

    @property
    def arrays(self) -> tuple[np.ndarray, np.ndarray]:
        """Code points and offsets of these texts alone."""
        first, last = self._offsets[0], self._offsets[-1]
        return self._codes[first:last], self._offsets - first


def keep_encoded(X) -> Sequence[str]:
    """As :func:`~scamclassify.validation.as_texts`, but encoded texts are given back as they are.

    Parameters
    ----------
    X : EncodedTexts, or what ``as_texts`` takes

    Raises
    ------
    TypeError
        As ``as_texts``.

    Examples
    --------
    >>> keep_encoded(("a", "b"))
    ['a', 'b']
    """
    return X if isinstance(X, EncodedTexts) else as_texts(X)
