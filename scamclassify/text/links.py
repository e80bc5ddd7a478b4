"""Links: where they are (no other repair touches them), and links written to hide.

Defanged and broken forms are those that warnings and scams use: ``hxxp``, ``[.]``,
``(dot)``, spaces around the dots, the ideographic full stop. They are mended only where
the result is certain to be a link: a known shortener, a scheme or ``www`` before it, or an
ending that is no word.
"""

import re
from collections.abc import Callable, Iterator

from scamclassify.text.any_of import any_of
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

# Each list as a pattern.
_ENDING, _SURE_ENDING, _UNCOMMON_ENDING, _PATH_ENDING = (
    any_of(text.split("|")) for text in (ENDINGS, _SURE, _UNCOMMON, _BEFORE_PATH)
)

# Every branch begins with a set, by which the engine passes it over, and looks back from there.
LINK = re.compile(
    r"[hH][tT]{2}[pP][sS]?://\S+|[wW]{3}\.\S+"
    r"|[A-Za-z0-9](?<![\w.@-][A-Za-z0-9])[\w-]*+(?:\.[\w-]++)*"
    rf"\.{_ENDING}(?![\w-]|\.\w)(?:[/?:]\S*)?"
    r"|[\w.+-](?<![\w.+-]{2})[\w.+-]*+@[\w-]++\.[\w.-]+",
    re.ASCII,
)
_DOT_INSIDE = re.compile(r"\.\S")

_SCHEME = re.compile(r"(?<![a-z])h(?:xx|\*\*|__|\+\+)p(s?)(?= ?: ?[/\\])", re.IGNORECASE | re.ASCII)
_LONGEST_SCHEME = len("https ")
_SCHEME_GAP = re.compile(
    r"(?<![a-z])(https?) ?: ?(?:/ ?/|\\\\) ?(?=[a-z0-9])", re.IGNORECASE | re.ASCII
)
# A colon that may belong to one of these two: most colons do not.
_ODD_COLON = re.compile(
    r":(?:(?<= :) ?[/\\]| [/\\]|\\|/ |// |(?<=[xX*_+][pP]:)/|(?<=[xX*_+][pP][sS]:)/)"
)
# The engine skips to the sign with which a pattern begins, so what stands before a broken dot is
# looked at behind its sign; a space before the sign is of the dot as well.
_IN_BRACKETS = r"(?:\.|dot)[\])}]"
_BRACKET_DOT = re.compile(
    rf"[\[({{](?:(?<=[a-z0-9][\[({{]){_IN_BRACKETS}(?: ?(?={_ENDING}(?![a-z0-9]))|(?=[a-z0-9 ]|$))"
    rf"|(?<=[a-z0-9] [\[({{]){_IN_BRACKETS}(?: ?(?={_ENDING}(?![a-z0-9]))| (?=[a-z0-9])))",
    re.IGNORECASE | re.ASCII,
)
#: "Dot" as it is said: also in Indonesian and Malay, Portuguese and Tetum, Filipino, Vietnamese.
_DOT_WORD = any_of("dot titik ponto pontu punto tuldok chấm".split())
_SAID = re.compile(f" {_DOT_WORD} ")
_SIGN = re.compile("[点。\uff0e\uff61\u2024ดท](?:(?<![ดท])|(?<=จุด)|(?<=ดอท)) ?[a-zA-Z]")
_WORD_DOT = re.compile(
    rf"(?<=[a-zA-Z0-9])(?: {_DOT_WORD} | ?(?:จุด|ดอท) ?|[点。\uff0e\uff61\u2024])"
    rf"(?={_SURE_ENDING}(?![a-zA-Z0-9]))"
    rf"|(?<=[a-zA-Z0-9])(?: dot |[点。\uff0e\uff61])(?={_UNCOMMON_ENDING}(?![a-zA-Z0-9]))",
    re.IGNORECASE | re.ASCII,
)
_SPACED_DOT = re.compile(
    rf"\.(?:(?<=[a-z0-9] \.) ?(?={_SURE_ENDING}(?![a-z0-9])|{_PATH_ENDING}/[a-z0-9])"
    rf"|(?<=[a-z0-9]\.) (?=(?-i:{_SUREST})(?![a-z0-9])|{_PATH_ENDING}/[a-z0-9]))",
    re.IGNORECASE | re.ASCII,
)
# With a space on both sides of the dot an ending in small letters is sure, words included,
# as long as the commonest words are left out.
_LOWER_DOT = re.compile(
    r" \. (?<=[A-Za-z0-9] \. )(?=(?:" + _UNCOMMON + r")(?![A-Za-z0-9]|\.\w))", re.ASCII
)
# What may be a broken dot, and an ending.
_DOT_ENDING = re.compile(rf"\. ?({_ENDING})(?![\w-]|\.\w)", re.IGNORECASE | re.ASCII)
_SAID_ENDING = re.compile(
    rf"(?: {_DOT_WORD} | ?(?:จุด|ดอท) ?|[点。\uff0e\uff61])({_ENDING})(?![\w-]|\.\w)",
    re.IGNORECASE | re.ASCII,
)
# The name before it, if it is no word: joined by hyphens, with dots or digits, behind a scheme.
_NAME = re.compile(
    r"(?<![\w.@+/-])(?:https?://[\w-]++(?:\.[\w-]++)*+|[a-z0-9]++(?:-[a-z0-9]++)++"
    r"|[a-z]{2,}+[0-9][a-z0-9]*+|[\w-]++(?:\.[\w-]++)++)\Z",
    re.IGNORECASE | re.ASCII,
)
_LONGEST_NAME = 80
#: Endings that are common words of some language here.
_WORD_ENDINGS = frozenset(
    "my la in us de fr one to be at st nu su es it ch se no fi ca ke im me today".split()
)
#: Endings that are no words, where they follow a full stop and a space.
_CODES = frozenset(
    "com net org info biz xyz vip icu cc tv cfd sbs cyou lol mobi asia io ly gl gd cn sg vn th kh "
    "ph ws pw buzz".split()
)
_SECOND_LEVEL = frozenset("com co gov go org or net edu ac mil".split())
_CLOSED = re.compile(r"/\w|[,;:!?)]|\.?$|\.\s", re.ASCII)
_ALL_ENDINGS = frozenset(ENDINGS.split("|"))
# Dots between spaces, all of them: the parts of a long host before its last dot.
_SPACED_HOST = re.compile(
    r"(?<![\w.@-])((?:https?://)?[a-z0-9-]++(?: \. [a-z0-9-]++)*) \. [a-z0-9]*-[a-z0-9-]+"
    rf"(?= \. (?:{_SURE}|{_UNCOMMON})(?![\w-]))",
    re.ASCII,
)
_GOVERNMENT = re.compile(
    r"(?<![a-z0-9])(?:(?:gov|com|co)(?: \. ?)|gov\. )(?=(?:sg|my|ph|th|id|vn|kh|la|mm|bn|tl|cn|hk)"
    r"(?![\w-]))",
    re.ASCII,
)
# A part of a host before one that was mended.
_BEFORE_HOST = re.compile(
    rf" \. (?<=[a-z0-9] \. )(?=[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:{ENDINGS})(?![\w-]))", re.ASCII
)
# A slash set apart behind a host, as it stands once the dots are mended.
_SLASH_GAP = re.compile(
    rf"(?<![\w.@-])(?:https?://)?(?:[\w-]++\.)+{_ENDING}( ?/ ?)(?=\w)",
    re.IGNORECASE | re.ASCII,
)
_SERVICE = re.compile(
    r"(?<![\w.@'\u2019])"
    + any_of(_SERVICES.split("|")).replace(r"\ ", r"(?: ?\. ?| [dD][oO][tT] )")
    + r" ?/ ?(?=[\w+@])",
    re.IGNORECASE | re.ASCII,
)
# Of the longest, with two dots that are said and a space before its slash.
_LONGEST_SERVICE = len("chat dot whatsapp dot com ")
# A slash that may be behind one.
_SERVICE_SLASH = re.compile(r"/(?:(?<=[a-z]/)|(?<=[a-z] /)) ?(?=[\w+@])", re.IGNORECASE | re.ASCII)


def broken_endings() -> list[str]:
    """What may stand behind a broken dot: endings and parts of the addresses of services."""
    lists = (ENDINGS, _SURE, _SUREST, _BEFORE_PATH, _UNCOMMON)
    endings = {ending for text in lists for ending in text.split("|")}
    endings.update(part for name in _SERVICES.split("|") for part in name.split()[1:])
    return sorted(endings | _SECOND_LEVEL | _CODES)


def link_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every link and e-mail address.

    Examples
    --------
    >>> link_spans("see bit.ly/abc or a@b.co now")
    [(4, 14), (18, 24)]
    """
    if "://" not in text and not _DOT_INSIDE.search(text):
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
    text = came = draft.text
    odd_colon = _ODD_COLON.search(text) if ":" in text else None
    if odd_colon:
        first = max(0, odd_colon.start() - _LONGEST_SCHEME)
        edits = _edits(_SCHEME.finditer(text, first), lambda found: "http" + found.group(1))
        draft.apply(edits, "broken_link")
        text = draft.text
        edits = _edits(_SCHEME_GAP.finditer(text, first), lambda found: found.group(1) + "://")
        draft.apply(edits, "broken_link")
        text = draft.text
    if "(" in text or "[" in text or "{" in text:
        draft.apply(_dots(_BRACKET_DOT, text), "broken_link")
        text = draft.text
    dot_word = _SAID.search(text) is not None
    said = dot_word or (not text.isascii() and _SIGN.search(text) is not None)
    if said:
        draft.apply(_dots(_WORD_DOT, text), "broken_link")
        text = draft.text
    if " ." in text or ". " in text:
        if text.count(" . ") > 1:
            draft.apply(_spaced_hosts(text), "broken_link")
        draft.apply(_dots(_SPACED_DOT, draft.text), "broken_link")
        if " . " in draft.text:
            draft.apply(_dots(_LOWER_DOT, draft.text), "broken_link")
        text = draft.text
        if "gov ." in text or "gov. " in text or "com ." in text or "co ." in text:
            draft.apply(_edits(_GOVERNMENT.finditer(text), _without_spaces), "broken_link")
            text = draft.text
    if said or " ." in text or ". " in text:
        draft.apply(_named_dots(text, said), "broken_link")
        text = draft.text
    if text != came and " . " in text:
        draft.apply(_dots(_BEFORE_HOST, text), "broken_link")
        text = draft.text
    if "/" in text and (
        dot_word or " ." in text or ". " in text or ("." in text and ("/ " in text or " /" in text))
    ):
        draft.apply(_edits(_services(text), _without_spaces), "broken_link")
        text = draft.text
        if text != came and (" /" in text or "/ " in text):
            draft.apply(_slash_gaps(text), None)


def _spaced_hosts(text: str) -> list[Edit]:
    """Dots between spaces inside hosts whose last part is joined by a hyphen."""
    edits: list[Edit] = []
    for found in _SPACED_HOST.finditer(text):
        start = text.find(" . ", found.start(), found.end())
        while start >= 0:
            edits.append((start, start + 3, "."))
            start = text.find(" . ", start + 3, found.end())
    return edits


def _named_dots(text: str, said: bool) -> list[Edit]:
    """Broken dots between a name that is no word and an ending."""
    edits: list[Edit] = []
    for found in _DOT_ENDING.finditer(text):
        start, end = found.start(), found.start(1)
        if text[start - 1 : start] == " ":
            if _is_name(text, start - 1, found.group(1), spaced=True):
                edits.append((start - 1, end, "."))
        elif end > start + 1 and _ends_name(text, start, found):
            edits.append((start, end, "."))
    if said:
        edits += [
            (found.start(), found.start(1), ".")
            for found in _SAID_ENDING.finditer(text)
            if _is_name(text, found.start(), found.group(1), spaced=False)
        ]
        edits.sort()
    return edits


def _name_before(text: str, end: int) -> str:
    """The name that ends at a place, in small letters; empty where a word stands there."""
    found = _NAME.search(text[max(text.rfind(" ", 0, end) + 1, end - _LONGEST_NAME) : end])
    name = found.group().lower() if found else ""
    return name if any(char.isalpha() for char in name) else ""


def _is_name(text: str, end: int, ending: str, spaced: bool) -> bool:
    """Whether a dot set apart, or said, stands between a name and its ending."""
    name = _name_before(text, end)
    if not name:
        return False
    low, label = ending.lower(), name.rpartition(".")[2]
    if len(low) == 2 and label != name and label in _SECOND_LEVEL:
        return True
    sure = "-" in name or "://" in name
    if low in _WORD_ENDINGS:
        return sure and not spaced
    return sure or not spaced or "." not in name or name.startswith("www.")


def _ends_name(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether a full stop and a space part a name and its ending, and not two sentences."""
    name, ending = _name_before(text, start), found.group(1)
    label = name.rpartition(".")[2]
    if label == "gov" and label != name:
        return len(ending) == 2
    scheme, hyphens = name.rpartition("/")[2] == label != name, "-" in label
    if not (scheme or hyphens) or not ending.islower() or label in _ALL_ENDINGS:
        return False
    sure = ending in _CODES or _CLOSED.match(text, found.end()) is not None
    return sure or (ending not in _WORD_ENDINGS and (scheme or "." in name or name.count("-") > 1))


def _slash_gaps(text: str) -> list[Edit]:
    """Spaces around the slash behind a host."""
    spans = (found.span(1) for found in _SLASH_GAP.finditer(text))
    return [(start, end, "/") for start, end in spans if end - start > 1]


def _services(text: str) -> Iterator[re.Match[str]]:
    """Addresses of services, one before each slash at most; those with a space in them for sure."""
    done = 0
    for slash in _SERVICE_SLASH.finditer(text):
        first = max(done, slash.start() - _LONGEST_SERVICE)
        done = slash.end()
        if " " in text[first:done]:
            yield from _SERVICE.finditer(text, first, done + 1)


def _edits(places: Iterator[re.Match[str]], mend: Callable[[re.Match[str]], str]) -> list[Edit]:
    """An edit for every place that mending changes."""
    mended = [(found, mend(found)) for found in places]
    return [(*found.span(), new) for found, new in mended if new != found.group()]


def _dots(pattern: re.Pattern[str], text: str) -> list[Edit]:
    """A dot for every match, and for a space before it."""
    spans = (found.span() for found in pattern.finditer(text))
    return [(start - (text[start - 1] == " "), end, ".") for start, end in spans]


def _without_spaces(found: re.Match[str]) -> str:
    return re.sub(" dot ", ".", found.group(), flags=re.IGNORECASE).replace(" ", "")
