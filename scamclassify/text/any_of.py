"""One of many words in a regular expression, read letter by letter."""

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, in small letters or capitals.

    The engine tries words between bars one after the other. Here those that begin alike share
    the beginning, and sets of letters are told apart without a trial. Of several words that
    match at a place the longest is tried first.

    Parameters
    ----------
    words : iterable of str

    Returns
    -------
    str
        A group; letters beyond ASCII are taken as they are.

    Examples
    --------
    >>> any_of(["com", "co", "ly"])
    '(?-i:(?:[cC][oO](?:[mM])?|[lL][yY]))'
    """
    tree: dict[str, dict] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return f"(?-i:{_pattern(tree)})"


def _pattern(node: dict[str, dict]) -> str:
    branches = "|".join(_either_case(char) + _pattern(node[char]) for char in node if char)
    if len(node) == 1:
        return branches
    return f"(?:{branches})" + ("?" if "" in node else "")


def _either_case(char: str) -> str:
    return f"[{char}{char.upper()}]" if "a" <= char <= "z" else re.escape(char)
