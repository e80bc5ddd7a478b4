"""The disguises by name, singly and two at once."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from scamclassify.errors import UnknownNameError
from scamclassify.evaluation.disguise import insertions, letters
from scamclassify.evaluation.disguise.links import broken_links
from scamclassify.evaluation.disguise.marks import accepts_marks, diacritics_off, marks
from scamclassify.evaluation.disguise.numbers import digits_as_words
from scamclassify.evaluation.disguise.units import change_units
from scamclassify.evaluation.disguise.zawgyi import zawgyi


@dataclass(frozen=True)
class Disguise:
    """One way to hide a message from a filter while people still read it.

    Attributes
    ----------
    name : str
    description : str
    change : callable
        Changes a word (``unit, rng``) where ``accepts`` is given, else a whole text
        (``text, rng, strength``).
    accepts : callable or None
        Whether a word can be changed.
    repairable : bool
        Whether the original can be told from the disguised text alone.

    Examples
    --------
    >>> DISGUISES["zero_width"].apply("free credit") == "free credit"
    False
    """

    name: str
    description: str
    change: Callable[..., str]
    accepts: Callable[[str], bool] | None = None
    repairable: bool = True

    def apply(self, text: str, *, strength: float = 0.3, random_state: int = 0) -> str:
        """Disguise one text; it stays where the disguise does not apply."""
        return _apply((self,), text, strength, random_state)


@dataclass(frozen=True)
class Combination:
    """Two disguises at once; two of words are put on the same words."""

    parts: tuple[Disguise, ...]

    @property
    def name(self) -> str:
        """Names of the parts, joined by ``+``."""
        return "+".join(part.name for part in self.parts)

    @property
    def repairable(self) -> bool:
        """Whether every part can be undone."""
        return all(part.repairable for part in self.parts)

    def apply(self, text: str, *, strength: float = 0.3, random_state: int = 0) -> str:
        """Disguise one text; it stays where one of the two does not apply."""
        return _apply(self.parts, text, strength, random_state)


_ALL = (
    Disguise(
        "lookalike", "Cyrillic and Greek letters in Latin words",
        letters.lookalike, letters.accepts_lookalike,
    ),
    Disguise(
        "zero_width", "invisible characters inside words",
        insertions.zero_width, insertions.accepts_insertion,
    ),
    Disguise(
        "spacing", "letters of words set apart by spaces or signs",
        insertions.spacing, insertions.accepts_spacing,
    ),
    Disguise("leet", "digits and signs for letters", letters.leet, letters.accepts_leet),
    Disguise(
        "dropped", "letters or vowel signs left out",
        letters.dropped, letters.accepts_dropped, repairable=False,
    ),
    Disguise(
        "doubled", "letters typed twice",
        letters.doubled, letters.accepts_doubled, repairable=False,
    ),
    Disguise("diacritics_off", "Latin diacritics left off", diacritics_off),
    Disguise(
        "marks", "Thai, Lao, Khmer and Burmese signs reordered, split or doubled",
        marks, accepts_marks,
    ),
    Disguise("zawgyi", "Burmese in the Zawgyi encoding", zawgyi),
    Disguise(
        "styled", "mathematical, fullwidth, circled or squared letters",
        letters.styled, letters.accepts_styled,
    ),
    Disguise("emoji", "a picture inside words", insertions.emoji, insertions.accepts_insertion),
    Disguise("broken_links", "links broken up", broken_links),
    Disguise("digits_as_words", "digits written as words", digits_as_words, repairable=False),
)  # fmt: skip

#: Every single disguise by its name.
DISGUISES: dict[str, Disguise] = {one.name: one for one in _ALL}

_PAIRS = (
    "lookalike+zero_width", "lookalike+spacing", "lookalike+broken_links", "leet+spacing",
    "leet+zero_width", "styled+zero_width", "styled+spacing", "lookalike+styled",
    "spacing+zero_width", "zero_width+broken_links", "zero_width+marks", "zero_width+zawgyi",
    "emoji+lookalike", "emoji+zero_width", "diacritics_off+lookalike", "diacritics_off+leet",
    "spacing+marks", "spacing+broken_links", "digits_as_words+lookalike", "dropped+doubled",
)  # fmt: skip

#: Two at once, by their names joined with ``+``: those that senders combine.
COMBINATIONS: dict[str, Combination] = {
    name: Combination(tuple(DISGUISES[part] for part in name.split("+"))) for name in _PAIRS
}


def find_disguise(name: str) -> Disguise | Combination:
    """A disguise, or any two of `DISGUISES` joined by ``+``.

    Parameters
    ----------
    name : str

    Returns
    -------
    Disguise or Combination

    Raises
    ------
    UnknownNameError
        If there is none of that name.

    Examples
    --------
    >>> find_disguise("styled+emoji").repairable
    True
    """
    parts = name.split("+")
    for part in parts:
        if part not in DISGUISES:
            raise UnknownNameError("disguise", part, DISGUISES)
    if len(parts) == 1:
        return DISGUISES[name]
    return Combination(tuple(DISGUISES[part] for part in parts))


def disguise(
    texts: Iterable[str], name: str, *, strength: float = 0.3, random_state: int = 0
) -> list[str]:
    """Disguise messages.

    Parameters
    ----------
    texts : iterable of str
        Length n.
    name : str
        One of `DISGUISES`, or two joined by ``+``.
    strength : float, default=0.3
        Share of the words that are changed, from 0 to 1, one at least; those that carry a
        concept of the lexicon come first. Diacritics, links and Zawgyi are all or nothing.
    random_state : int, default=0
        Seed. What happens to a message depends on the seed and the message only.

    Returns
    -------
    list of str
        Length n. A text that the disguise does not apply to stays as it is.

    Raises
    ------
    UnknownNameError
        If there is no disguise of that name.
    ValueError
        If ``strength`` is not between 0 and 1.

    Examples
    --------
    >>> disguise(["Trúng thưởng", "hello"], "diacritics_off")
    ['Trung thuong', 'hello']
    """
    if not 0 <= strength <= 1:
        raise ValueError(f"strength must lie between 0 and 1, got {strength!r}")
    chosen = find_disguise(name)
    return [chosen.apply(t, strength=strength, random_state=random_state) for t in texts]


def applicable(texts: Sequence[str], name: str, *, random_state: int = 0) -> np.ndarray:
    """Which messages a disguise changes.

    Parameters
    ----------
    texts : sequence of str
        Length n.
    name : str
        As for :func:`disguise`.
    random_state : int, default=0

    Returns
    -------
    numpy.ndarray of bool, shape (n,)

    Raises
    ------
    UnknownNameError
        If there is no disguise of that name.

    Examples
    --------
    >>> applicable(["Trúng thưởng", "hello"], "diacritics_off").tolist()
    [True, False]
    """
    changed = disguise(texts, name, random_state=random_state)
    return np.array([a != b for a, b in zip(texts, changed, strict=True)], dtype=bool)


def _apply(parts: tuple[Disguise, ...], text: str, strength: float, random_state: int) -> str:
    label = "+".join(part.name for part in parts)
    rng = random.Random(f"{random_state}:{label}:".encode() + text.encode("utf-8", "surrogatepass"))
    done = text
    for of_words, group in groupby(parts, key=lambda part: part.accepts is not None):
        members = list(group)
        if of_words:
            changed = _change_words(members, done, rng, strength)
            if changed == done:
                return text
            done = changed
            continue
        for part in members:
            changed = part.change(done, rng, strength)
            if changed == done:
                return text
            done = changed
    return done


def _change_words(parts: list[Disguise], text: str, rng: random.Random, strength: float) -> str:
    """Put disguises of words on the same words, one after the other."""

    def accepts(unit: str) -> bool:
        return all(part.accepts is not None and part.accepts(unit) for part in parts)

    def change(unit: str, rng: random.Random) -> str:
        for part in parts:
            # The one before may have left nothing to change.
            if part.accepts is not None and part.accepts(unit):
                unit = part.change(unit, rng)
        return unit

    return change_units(text, accepts, change, rng, strength)
