"""What the messages of a campaign have in common: a template that nobody received."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

#: Stands for what differs from message to message.
GAP = "…"
# Words where words have spaces between them, else single letters with their marks.
_TOKEN = re.compile(
    r"[<\[][A-Za-z _-]{1,20}[>\]]|[a-zA-Z\u00c0-\u024f\u1e00-\u1eff'’]+|\s+|.", re.DOTALL
)
# A shorter run of equal letters is chance, not template.
_LEAST_RUN = 4
_MOST_OTHERS = 2


def _kept(tokens: list[str], other: list[str]) -> list[tuple[int, int]]:
    matcher = SequenceMatcher(None, tokens, other, autojunk=False)
    kept = []
    for block in matcher.get_matching_blocks():
        run = tokens[block.a : block.a + block.size]
        if sum(len(token) for token in run) >= _LEAST_RUN:
            kept.append((block.a, block.a + block.size))
    return kept


def template(messages: Sequence[str]) -> str:
    """The common part of near-duplicate messages.

    Names and other words that change from reader to reader become ``…``: what is left stood
    in at least two different messages.

    Parameters
    ----------
    messages : sequence of str
        Redacted; the first is the model, up to two others that differ from it are compared.

    Returns
    -------
    str
        The first message where all are the same.

    Examples
    --------
    >>> template(["Dear Ali, parcel held, pay now", "Dear Mary Tan, parcel held, pay now"])
    'Dear …, parcel held, pay now'
    """
    distinct = list(dict.fromkeys(messages))
    if len(distinct) < 2:
        return distinct[0] if distinct else ""
    tokens = _TOKEN.findall(distinct[0])
    common = [False] * len(tokens)
    for other in distinct[1 : 1 + _MOST_OTHERS]:
        for start, end in _kept(tokens, _TOKEN.findall(other)):
            common[start:end] = [True] * (end - start)
    pieces: list[str] = []
    for token, keep in zip(tokens, common, strict=True):
        if keep:
            pieces.append(token)
        elif not pieces or pieces[-1] != GAP:
            pieces.append(GAP)
    return "".join(pieces).strip()
