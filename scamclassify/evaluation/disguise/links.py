"""Links written so that a reader still understands them and a filter may not."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from scamclassify.text.links import link_spans

_SCHEME = re.compile("^http", re.IGNORECASE)


def _host(link: str) -> tuple[str, str, str]:
    """Scheme, host and the rest of a link."""
    scheme, mark, rest = link.rpartition("://") if "://" in link else ("", "", link)
    host, slash, path = rest.partition("/")
    return scheme + mark, host, slash + path


def _dots(sign: str) -> Callable[[str], str]:
    def change(link: str) -> str:
        scheme, host, path = _host(link)
        return scheme + host.replace(".", sign) + path

    return change


def _last_dot(sign: str) -> Callable[[str], str]:
    def change(link: str) -> str:
        scheme, host, path = _host(link)
        return scheme + sign.join(host.rsplit(".", 1)) + path

    return change


def _spread(link: str) -> str:
    scheme, host, path = _host(link)
    return scheme + host.replace(".", " . ") + path.replace("/", " / ", 1)


#: Ways to break a link.
WAYS: dict[str, Callable[[str], str]] = {
    "[.]": _dots("[.]"),
    "(dot)": _dots("(dot)"),
    "dot": _last_dot(" dot "),
    "space before": _last_dot(" ."),
    "space after": _last_dot(". "),
    "spread": _spread,
    "ideographic": _last_dot("。"),
    "hxxp": lambda link: _SCHEME.sub("hxxp", _dots("[.]")(link)),
}


def broken_links(text: str, rng: random.Random, strength: float) -> str:
    """Break every link of a text, all in the same way.

    Examples
    --------
    >>> broken_links("see bit.ly/x", random.Random(3), 0.3) == "see bit.ly/x"
    False
    """
    way = WAYS[rng.choice(sorted(WAYS))]
    pieces: list[str] = []
    done = 0
    for start, end in link_spans(text):
        if "@" not in text[start:end]:
            pieces += text[done:start], way(text[start:end])
            done = end
    return "".join(pieces) + text[done:]
