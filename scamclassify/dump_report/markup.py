"""Small pieces of HTML; everything that comes from data passes through here and is escaped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape

from scamclassify.evaluation.fonts import NATIVE_NAMES
from scamclassify.evaluation.render import language_name

_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
# Khmer, Tamil and emoji need these two to be shown as they are written.
_JOINERS = "\u200c\u200d"
_MOST = 600


def shown(text: object) -> str:
    """A text from data, safe in HTML: control and invisible characters become visible.

    Examples
    --------
    >>> shown("<b>\\u202eabc")
    '&lt;b&gt;⟨U+202E⟩abc'
    """
    letters = []
    for letter in str(text)[:_MOST]:
        if letter in "\n\t\r":
            letters.append(" ")
        elif letter not in _JOINERS and unicodedata.category(letter) in _HIDDEN:
            letters.append(f"⟨U+{ord(letter):04X}⟩")
        else:
            letters.append(letter)
    return escape("".join(letters), quote=True)


def defanged(field: str, value: str) -> str:
    """An indicator that no mail program or finger turns into a link.

    Examples
    --------
    >>> defanged("link", "http://a.top/x"), defanged("email", "me@a.top")
    ('hxxp://a[.]top/x', 'me[@]a[.]top')
    """
    if field in ("link", "domain"):
        value = re.sub(r"^http", "hxxp", value, flags=re.IGNORECASE)
        scheme, mark, rest = value.rpartition("://")
        host, slash, path = rest.partition("/")
        return f"{scheme}{mark}{host.replace('.', '[.]')}{slash}{path}"
    if field == "email":
        return value.replace("@", "[@]").replace(".", "[.]")
    return value


def language_cell(code: str) -> str:
    """English and own name of a language."""
    name, native = language_name(code), NATIVE_NAMES.get(code)
    if not native or native == name:
        return shown(name)
    return f'{shown(name)} <small lang="{escape(code)}">{shown(native)}</small>'


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    texts: Sequence[int] = (0,),
    more: Sequence[int] = (),
) -> str:
    """A table; cells are HTML.

    Parameters
    ----------
    heads : sequence of str
    rows : iterable of sequence of str
    texts : sequence of int
        Columns that hold text and stand left.
    more : sequence of int
        Columns that a phone and paper have no room for.
    """
    names = [
        " ".join(name for name, places in (("text", texts), ("more", more)) if place in places)
        for place in range(len(heads))
    ]
    kind = [f' class="{name}"' if name else "" for name in names]
    head = "".join(f'<th scope="col"{kind[i]}>{title}</th>' for i, title in enumerate(heads))
    body = "".join(
        "<tr>" + "".join(f"<td{kind[i]}>{cell}</td>" for i, cell in enumerate(row)) + "</tr>"
        for row in rows
    )
    return (
        f'<div class="wide" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def section(name: str, title: str, body: str) -> str:
    """A section with an anchor."""
    return f'<section id="{name}"><h2>{title}</h2>{body}</section>'


def figure(drawing: str, caption: str) -> str:
    """A figure with its caption."""
    return f"<figure>{drawing}<figcaption>{caption}</figcaption></figure>"


def items(texts: Iterable[str]) -> str:
    """A list of HTML."""
    return "<ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>"


def pairs(rows: Iterable[tuple[str, str]]) -> str:
    """A list of terms and what they are; both are HTML."""
    return "<dl>" + "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows) + "</dl>"


def percent(part: int, whole: int) -> str:
    """A share; a dash where there is nothing to share.

    Examples
    --------
    >>> percent(1, 3), percent(0, 0)
    ('33.3 %', '–')
    """
    return f"{100 * part / whole:.1f} %" if whole else "–"
