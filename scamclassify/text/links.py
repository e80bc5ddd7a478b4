"""Links: where they are (no other repair touches them), and links written to hide.

Defanged and broken forms are those that warnings and scams use: ``hxxp``, ``[.]``,
``(dot)``, spaces around the dots, the ideographic full stop. They are mended only where
the result is certain to be a link: a known shortener, a scheme or ``www`` before it, or an
ending that is no word.
"""

import re
from collections.abc import Callable

from scamclassify.text.draft import Draft, Edit

#: Endings that mark a bare domain; public suffixes that messages use.
ENDINGS = (
    "com|net|org|info|biz|edu|gov|mil|co|io|ai|app|dev|xyz|top|vip|club|site|online|shop|store|"
    "live|link|click|icu|cc|tv|me|ly|gl|gd|id|my|sg|th|ph|vn|kh|la|mm|bn|tl|cn|hk|tw|in|uk|us|"
    "au|jp|kr|ru|br|pt|eu|de|fr|asia|mobi|pro|fun|win|bet|life|world|today|cloud|space|website|"
    "tech|work|loan|bid|ink|wang|ltd|group|center|support|page|run|sbs|cfd|lol|buzz|one|ws|pw|"
    "cyou|monster|rest|bond|to|be|at|st|nu|su|pl|cz|es|it|nl|ch|se|no|fi|ca|nz|za|ng|ke|gg|im"
)
#: Endings that are no word of any language here: sure after a space and a dot ...
_SURE = "com|net|org|xyz|biz|ly|icu|cfd|sbs|cyou"
#: ... and sure where only the space after the dot is wrong, as after a sentence.
_SUREST = "com|ly|xyz"
#: Endings that are sure when a path follows at once.
_BEFORE_PATH = (
    "com|net|org|xyz|ly|gl|gd|me|co|io|cc|tv|info|biz|vip|top|icu|link|club|site|app|cn|sg|id|"
    "my|th|vn|ph"
)
#: Endings that hardly begin a sentence in small letters after a space and a dot.
_UNCOMMON = (
    "info|vip|top|bond|bet|shop|online|site|club|store|app|click|pro|live|link|loan|cloud|space|"
    "website|mobi|asia|buzz|ink|life|win|tech|support|io|ai|co|cc|tv|me|id|ph|sg|vn|th|kh|cn"
)
#: Services whose address is a name, a dot and an ending, sure when a path follows.
_SERVICES = (
    "bit ly|t me|wa me|goo gl|cutt ly|is gd|s id|rb gy|tinyurl com|tiny cc|shorturl at|line me|"
    "lin ee|linktr ee|t co|ow ly|m me|fb me|youtu be|telegram me|zalo me|chat whatsapp com|"
    "forms gle|t ly|v gd|shope ee|heylink me|linkr bio|rebrand ly"
)

LINK = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|(?<![\w.@-])[A-Za-z0-9][\w-]*(?:\.[\w-]+)*\.(?:" + ENDINGS + r")(?![\w-]|\.\w)(?:[/?:]\S*)?"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+",
    re.IGNORECASE | re.ASCII,
)

_SCHEME = re.compile(r"(?<![a-z])h(?:xx|\*\*|__|\+\+)p(s?)(?= ?: ?[/\\])", re.IGNORECASE | re.ASCII)
_SCHEME_GAP = re.compile(
    r"(?<![a-z])(https?) ?: ?(?:/ ?/|\\\\) ?(?=[a-z0-9])", re.IGNORECASE | re.ASCII
)
_BRACKET_DOT = re.compile(
    r"(?<=[a-z0-9]) ?[\[({](?:\.|dot)[\])}] ?(?=[a-z0-9])", re.IGNORECASE | re.ASCII
)
_WORD_DOT = re.compile(
    r"(?<=[a-z0-9])(?: dot |[点。\uff0e\uff61\u2024])(?=(?:" + _SURE + r")(?![a-z0-9]))",
    re.IGNORECASE | re.ASCII,
)
_SPACED_DOT = re.compile(
    r"(?<=[a-z0-9])(?: \. ?(?=(?:" + _SURE + r")(?![a-z0-9]))"
    r"|\. (?=(?-i:" + _SUREST + r")(?![a-z0-9]))"
    r"|(?: \. ?|\. )(?=(?:" + _BEFORE_PATH + r")/[a-z0-9]))"
    r"|(?<![a-z0-9.])(?<=www)(?: \. ?|\. )(?=[a-z0-9])",
    re.IGNORECASE | re.ASCII,
)
# With a space on both sides of the dot an ending in small letters is sure, words included,
# as long as the commonest words are left out.
_LOWER_DOT = re.compile(
    r"(?<=[A-Za-z0-9]) \. (?=(?:" + _UNCOMMON + r")(?![A-Za-z0-9]|\.\w))", re.ASCII
)
_SERVICE = re.compile(
    r"(?<![\w.@'\u2019])(?:"
    + "|".join(
        r"(?: ?\. ?| dot )".join(re.escape(part) for part in name.split())
        for name in _SERVICES.split("|")
    )
    + r") ?/ ?(?=[\w+@])",
    re.IGNORECASE | re.ASCII,
)


def link_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every link and e-mail address.

    Examples
    --------
    >>> link_spans("see bit.ly/abc or a@b.co now")
    [(4, 14), (18, 24)]
    """
    if "." not in text and "://" not in text:
        return []
    return [found.span() for found in LINK.finditer(text)]


def mend_links(draft: Draft) -> None:
    """Write broken links as links.

    Examples
    --------
    >>> draft = Draft("buka bit . ly / abc atau hxxps://x[.]top/1", track=False)
    >>> mend_links(draft)
    >>> draft.text
    'buka bit.ly/abc atau https://x.top/1'
    """
    text = draft.text
    if ":" in text:
        draft.apply(_edits(_SCHEME, text, lambda found: "http" + found.group(1)), "broken_link")
        text = draft.text
        draft.apply(_edits(_SCHEME_GAP, text, lambda found: found.group(1) + "://"), "broken_link")
        text = draft.text
    if "(" in text or "[" in text or "{" in text:
        draft.apply(_edits(_BRACKET_DOT, text, _dot), "broken_link")
        text = draft.text
    dot_word = " dot " in text.lower()
    if dot_word or not text.isascii():
        draft.apply(_edits(_WORD_DOT, text, _dot), "broken_link")
        text = draft.text
    if " ." in text or ". " in text:
        draft.apply(_edits(_SPACED_DOT, text, _dot), "broken_link")
        draft.apply(_edits(_LOWER_DOT, draft.text, _dot), "broken_link")
        text = draft.text
    if "/" in text and (dot_word or "." in text):
        draft.apply(_edits(_SERVICE, text, _without_spaces), "broken_link")


def _edits(pattern: re.Pattern[str], text: str, mend: Callable[[re.Match[str]], str]) -> list[Edit]:
    """An edit for every place that mending changes."""
    edits = [(*found.span(), mend(found)) for found in pattern.finditer(text)]
    return [edit for edit in edits if text[edit[0] : edit[1]] != edit[2]]


def _dot(found: re.Match[str]) -> str:
    return "."


def _without_spaces(found: re.Match[str]) -> str:
    return re.sub(" dot ", ".", found.group(), flags=re.IGNORECASE).replace(" ", "")
