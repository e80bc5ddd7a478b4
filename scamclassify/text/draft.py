"""A text under repair: what it is now, where each character came from, what was done."""

from collections.abc import Sequence

#: The kinds of repair that are counted, in the order of the columns of a batch.
REPAIR_KINDS: tuple[str, ...] = (
    "compatibility",  # full-width forms, ligatures, other compatibility characters
    "styled_letter",  # mathematical, circled, squared, small-capital, flag letters
    "lookalike",  # letters of another script inside a Latin word
    "leet",  # digits and currency signs that stand for letters
    "zero_width",  # invisible characters that no script asks for
    "bidi",  # controls of the writing direction
    "soft_hyphen",
    "tag",  # the invisible Tags block
    "spaced_letter",  # letters spread out, counted once a run
    "broken_link",  # links written so that they are not links
    "repeated_letter",  # counted once a run
    "repeated_mark",  # punctuation, emoji or vowel signs, once a run
    "combining_mark",  # marks piled on letters that do not take them
    "emoji_in_word",
    "mark_order",  # vowel signs and tone marks typed in another order
    "zawgyi",  # syllables converted from the Zawgyi encoding
    "number_word",  # numbers dictated in words, counted once a run
    "dropped_letter",  # words of lures that lacked a letter
    "hidden_name",  # a name dressed up among plain words; its letters count as styled as well
)

#: Column of each kind in a batch's count matrix.
KIND_INDEX: dict[str, int] = {kind: i for i, kind in enumerate(REPAIR_KINDS)}

#: Replace ``text[start:end]`` by the string; edits are sorted and do not overlap.
Edit = tuple[int, int, str]


class Draft:
    """The state that the repair passes share.

    Parameters
    ----------
    raw : str
        The text as it came.
    track : bool
        Whether to keep the map back to ``raw``; a batch that only wants the text does not.

    Attributes
    ----------
    text : str
        The text after the passes so far.
    positions : list of int or None
        For each character of ``text`` the index in ``raw``, then ``len(raw)``.
    counts : dict of str to int
        How often each kind of `REPAIR_KINDS` occurred; kinds that did not are absent.

    Examples
    --------
    >>> draft = Draft("f r e e", track=True)
    >>> draft.apply([(1, 2, ""), (3, 4, ""), (5, 6, "")], "spaced_letter", 1)
    >>> draft.text, draft.positions
    ('free', [0, 2, 4, 6, 7])
    """

    __slots__ = ("counts", "positions", "text")

    def __init__(self, raw: str, track: bool) -> None:
        self.text = raw
        self.positions: list[int] | None = list(range(len(raw) + 1)) if track else None
        self.counts: dict[str, int] = {}

    def apply(self, edits: Sequence[Edit], kind: str | None, count: int | None = None) -> None:
        """Carry out edits and count them.

        Parameters
        ----------
        edits : sequence of (int, int, str)
            Start, end and replacement; sorted, without overlap, each changing the text.
        kind : str or None
            One of `REPAIR_KINDS`; None for a change that says nothing about the sender.
        count : int, optional
            What to add to the count; the number of edits unless told.
        """
        if not edits:
            return
        text = self.text
        pieces: list[str] = []
        done = 0
        for start, end, new in edits:
            pieces += text[done:start], new
            done = end
        self.text = "".join(pieces) + text[done:]
        if self.positions is not None:
            self.positions = _moved(self.positions, edits)
        self.count(kind, len(edits) if count is None else count)

    def count(self, kind: str | None, number: int) -> None:
        """Add to the count of a kind; None counts nothing."""
        if kind is not None and number:
            self.counts[kind] = self.counts.get(kind, 0) + number


def _moved(old: list[int], edits: Sequence[Edit]) -> list[int]:
    """Positions after the edits; a replacement's characters never pass its own end."""
    new: list[int] = []
    done = 0
    for start, end, text in edits:
        new.extend(old[done:start])
        last = max(start, end - 1)
        new.extend(old[min(start + k, last)] for k in range(len(text)))
        done = end
    new.extend(old[done:])
    return new
