"""Repair of disguised and broken text, with counts and a map back to the original.

A scan of the whole batch says which texts hold a cue for which pass
(`scamclassify.text.prescan`); the passes run on those, in a fixed order, and the texts that
changed are scanned again, until nothing changes: so repair is idempotent. What each pass
does is in its own module.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from scamclassify.text.codepoints import encode_texts
from scamclassify.text.compat import compose, unstyle
from scamclassify.text.confusables import replace_lookalikes
from scamclassify.text.draft import KIND_INDEX, REPAIR_KINDS, Draft
from scamclassify.text.dropped_letters import restore_vowels
from scamclassify.text.encoded import EncodedTexts
from scamclassify.text.invisible import remove_invisible
from scamclassify.text.leet import read_leet, remove_inner_emoji
from scamclassify.text.links import mend_links
from scamclassify.text.marks import order_marks
from scamclassify.text.number_words import read_number_words
from scamclassify.text.prescan import (
    APART,
    DOUBLED,
    DROPPED,
    EMOJI,
    FULLWIDTH,
    LEET,
    LINK,
    NUMBER,
    ODD,
    PAIR,
    REPEAT,
    SPREAD,
    find_cues,
    scan_encoded,
)
from scamclassify.text.repeats import drop_stacked_marks, shorten_repeats
from scamclassify.text.spacing import join_letters
from scamclassify.text.zawgyi import convert_zawgyi

# Each pass with the cues that it goes by, in the order in which they run.
_PASSES: tuple[tuple[int, Callable[[Draft], None]], ...] = (
    (ODD | PAIR, remove_invisible),
    (ODD | PAIR, compose),
    (ODD, drop_stacked_marks),
    (ODD | FULLWIDTH, unstyle),
    (ODD, replace_lookalikes),
    (PAIR, convert_zawgyi),
    (PAIR | DOUBLED, order_marks),
    (LINK, mend_links),
    (NUMBER, read_number_words),
    (SPREAD, join_letters),
    (LEET, read_leet),
    (EMOJI, remove_inner_emoji),
    (REPEAT, shorten_repeats),
    (DROPPED, restore_vowels),
)
# Real texts need two rounds or three; a text made to need many more is not worth them.
_MOST_ROUNDS = 20
_BLOCK = 4096


@dataclass(frozen=True)
class Repaired:
    """A text before and after repair.

    Attributes
    ----------
    raw : str
        The text as it came.
    text : str
        The repaired text. Case and diacritics are as they were.
    counts : dict of str to int
        How often each kind of `REPAIR_KINDS` occurred; kinds that did not are absent.
    positions : numpy.ndarray of int32, shape (len(text) + 1,)
        For each character of ``text`` the index in ``raw`` that it came from, never
        decreasing; then ``len(raw)``.
    """

    raw: str
    text: str
    counts: dict[str, int]
    positions: np.ndarray = field(repr=False, compare=False)

    @property
    def changed(self) -> bool:
        """Whether repair changed anything."""
        return self.text != self.raw

    def span_in_raw(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` was in ``raw``.

        Parameters
        ----------
        start, end : int
            A slice of ``text``, ``0 <= start <= end <= len(text)``.

        Returns
        -------
        tuple of int
            Start and end of a slice of ``raw``.

        Raises
        ------
        IndexError
            If the slice does not lie within ``text``.

        Examples
        --------
        >>> done = repair("get f r e e gift")
        >>> start = done.text.index("free")
        >>> first, last = done.span_in_raw(start, start + 4)
        >>> done.raw[first:last]
        'f r e e'
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(
                f"span {start}:{end} does not lie within the repaired text of "
                f"{len(self.text)} characters"
            )
        first = int(self.positions[start])
        if start == end:
            return first, first
        return first, max(int(self.positions[end]), int(self.positions[end - 1]) + 1)


@dataclass(frozen=True)
class RepairedBatch:
    """Repaired texts of a batch, in the order in which they came.

    Attributes
    ----------
    texts : sequence of str
        Length n. A text that needed nothing is the very object that came; encoded texts stay
        encoded.
    counts : numpy.ndarray of int32, shape (n, len(REPAIR_KINDS))
        A column for each of `REPAIR_KINDS`.
    """

    texts: Sequence[str]
    counts: np.ndarray


def repair(text: str) -> Repaired:
    """Undo the disguises and typing accidents of one text.

    Parameters
    ----------
    text : str
        Any string; lone surrogates and controls included.

    Returns
    -------
    Repaired
        The repaired text, the counts of what was done and the map back to ``text``.

    Examples
    --------
    >>> done = repair("Сlаim y0ur 𝗙𝗥𝗘𝗘 g\\u200bift: bit . ly / abc")
    >>> done.text
    'Claim your FREE gift: bit.ly/abc'
    >>> done.counts
    {'styled_letter': 4, 'lookalike': 2, 'leet': 1, 'zero_width': 1, 'broken_link': 2}
    """
    draft = Draft(text, track=True)
    _run([draft])
    counts = {kind: draft.counts[kind] for kind in REPAIR_KINDS if kind in draft.counts}
    return Repaired(text, draft.text, counts, np.asarray(draft.positions, dtype=np.int32))


def repair_batch(texts: Sequence[str]) -> RepairedBatch:
    """Repair many texts; what needs nothing is found for all of them at once.

    Parameters
    ----------
    texts : sequence of str
        Length n.

    Returns
    -------
    RepairedBatch
        The same texts and counts as `repair` gives one by one.

    Examples
    --------
    >>> batch = repair_batch(["hello", "fr\\u00adee"])
    >>> batch.texts, batch.counts.sum(axis=1).tolist()
    (['hello', 'free'], [0, 1])
    """
    done = list(texts)
    counts = np.zeros((len(done), len(REPAIR_KINDS)), dtype=np.int32)
    for start in range(0, len(done), _BLOCK):
        block = done[start : start + _BLOCK]
        drafts = _repaired_drafts(block, *encode_texts(block))
        _write_counts(drafts, counts[start : start + _BLOCK])
        for row, draft in drafts:
            done[start + row] = draft.text
    return RepairedBatch(done, counts)


def repair_encoded(
    texts: Sequence[str], codes: np.ndarray, offsets: np.ndarray
) -> tuple[RepairedBatch, np.ndarray, np.ndarray]:
    """Repair texts that are encoded already, and their code points with them.

    Parameters
    ----------
    texts : sequence of str
    codes, offsets : numpy.ndarray
        What ``encode_texts(texts)`` returned.

    Returns
    -------
    batch : RepairedBatch
    codes, offsets : numpy.ndarray
        What ``encode_texts(batch.texts)`` would return.

    Examples
    --------
    >>> batch, codes, offsets = repair_encoded(["fr\\u00adee"], *encode_texts(["fr\\u00adee"]))
    >>> batch.texts, "".join(map(chr, codes)), offsets.tolist()
    (['free'], 'free', [0, 4])
    """
    counts = np.zeros((len(texts), len(REPAIR_KINDS)), dtype=np.int32)
    drafts = _repaired_drafts(texts, codes, offsets)
    if not drafts:
        return RepairedBatch(texts, counts), codes, offsets
    _write_counts(drafts, counts)
    rows = np.array([row for row, _ in drafts])
    new_codes, new_offsets = encode_texts([draft.text for _, draft in drafts])
    sizes = np.diff(offsets)
    sizes[rows] = np.diff(new_offsets)
    pieces: list[np.ndarray] = []
    place = first = 0
    ends = (offsets[rows].tolist(), offsets[rows + 1].tolist(), new_offsets[1:].tolist())
    for start, stop, last in zip(*ends, strict=True):
        pieces += codes[place:start], new_codes[first:last]
        place, first = stop, last
    pieces.append(codes[place:])
    codes, offsets = np.concatenate(pieces), np.concatenate([[0], np.cumsum(sizes)])
    if isinstance(texts, EncodedTexts):
        return RepairedBatch(EncodedTexts(codes, offsets), counts), codes, offsets
    done = list(texts)
    for row, draft in drafts:
        done[row] = draft.text
    return RepairedBatch(done, counts), codes, offsets


def _repaired_drafts(
    texts: Sequence[str], codes: np.ndarray, offsets: np.ndarray
) -> list[tuple[int, Draft]]:
    """Rows of the texts that repair does something to, and what it makes of them."""
    cues = scan_encoded(codes, offsets)
    rows = np.flatnonzero(cues & ~np.uint16(APART))
    raw = [texts[row] for row in rows.tolist()]
    drafts = [Draft(text, track=False) for text in raw]
    _run(drafts, cues[rows])
    return [
        (row, draft)
        for row, text, draft in zip(rows.tolist(), raw, drafts, strict=True)
        if draft.counts or draft.text != text
    ]


def _write_counts(drafts: list[tuple[int, Draft]], counts: np.ndarray) -> None:
    """Write what was done to each text into its row."""
    for row, draft in drafts:
        for kind, count in draft.counts.items():
            counts[row, KIND_INDEX[kind]] = count


def _run(drafts: list[Draft], cues: np.ndarray | None = None) -> None:
    """Repair drafts together until no pass changes any of them."""
    for _ in range(_MOST_ROUNDS):
        if cues is None:
            cues = find_cues([draft.text for draft in drafts])
        before = [draft.text for draft in drafts]
        with_cue: dict[int, list[Draft]] = {}
        for draft, cue in zip(drafts, cues.tolist(), strict=True):
            with_cue.setdefault(cue, []).append(draft)
        # A pass on all drafts before the next one: its patterns stay near the processor.
        for wanted, one in _PASSES:
            for cue, several in with_cue.items():
                if cue & wanted:
                    for draft in several:
                        one(draft)
        drafts = [draft for draft, text in zip(drafts, before, strict=True) if draft.text != text]
        if not drafts:
            return
        cues = None
