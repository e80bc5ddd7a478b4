"""Compatibility characters, styled letters and canonical composition.

NFKC as Unicode defines it (UAX #15) would also undo what people mean: it splits Thai and
Lao sara am, spells out the ellipsis and turns Chinese punctuation into ASCII. So each
character is taken through NFKC alone, by a table without those.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

from scamclassify.text.draft import Draft, Edit
from scamclassify.text.styled import (
    INDICATOR_RUN,
    LETTER_EMOJI_VALUES,
    indicator_letters,
    styled_digits,
    styled_letters,
)

# Code points with compatibility decompositions, as far as messages may hold them.
_COMPATIBILITY_RANGES = (
    (0x00A0, 0x33FF),
    (0xA69C, 0xA69D),
    (0xFB00, 0xFFEF),
    (0x1F100, 0x1F2FF),
)

# Kept: they are the ordinary way to write what they stand for.
_ORDINARY = frozenset(
    "ªº²³¹µ¼½¾…‥‼⁇⁈⁉‴″‶‷⁗™№℃℉ℓΩKÅℹⓂ℡℠℻ำຳໜໝ〶￥￡￠￢￤￦"
    "\u03f2\u03f9"  # lunate sigma: NFKC makes it a sigma, but it passes for a c
    "\u0149\u013f\u0140\u0e33\u0eb3\u0edc\u0edd\u0f0c\u0f77\u0f79"
)
# Kept: units and ideographs in squares or circles, vulgar fractions, zodiacal dates.
_ORDINARY_RANGES = (
    (0x2150, 0x215F),
    (0x2189, 0x2189),
    (0x2460, 0x249B),
    (0x24EA, 0x24EA),
    (0x2070, 0x208E),
    (0x2A00, 0x2AFF),
    (0x222C, 0x2230),
    (0x2E9F, 0x2EF3),
    (0x3036, 0x303A),
    (0x309B, 0x309F),
    (0x3131, 0x33FF),
    (0x1F200, 0x1F2FF),
)

_HYPHENS = {"\u2010": "-", "\u2011": "-"}

#: Full-width punctuation, ordinary beside Chinese.
FULLWIDTH_PUNCTUATION = "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u3000"
_FULLWIDTH_RUN = re.compile(f"[{FULLWIDTH_PUNCTUATION}]+")
_ADDRESS_SIGNS = re.compile("：?／{1,2}|：(?=/)|．")
_CJK = re.compile("[\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_STYLED_DIGIT_RUN = re.compile("[⁰⁴-⁹₀-₉①-⑨⓪⓵-⓽❶-❾➀-➈➊-➒]{2,}")
# Letters in circles and squares are symbols by their category.
_WORD = re.compile("[\\w\ufe0f\u2460-\u24ff\u2776-\u2793\U0001f110-\U0001f189]+")
# ASCII joins nothing before it.
_BEYOND_ASCII = re.compile("[\x00-\x7f]?[^\x00-\x7f]+")
# A name is dressed up by itself: where more words are, it is the sender's taste in letters.
_MOST_DRESSED = 2
_LONGEST_NAMES = 80
_LETTER_EMOJI = re.compile("[" + "".join(LETTER_EMOJI_VALUES) + "]\ufe0f?")
# Letters in circles and squares, spread out by one sign: emoji among them are letters as well.
_ENCLOSED = "[\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]\ufe0f?"
_SPREAD_LETTERS = re.compile(rf"{_ENCLOSED}([ .\-_*·•|~^]){_ENCLOSED}(?:\1{_ENCLOSED})+")


@cache
def compatibility_table() -> dict[str, tuple[str | None, str]]:
    """Kind of repair (None: not counted) and replacement of single characters.

    Full-width punctuation, digits in circles and flag letters need their surroundings
    and are not in the table.

    Examples
    --------
    >>> table = compatibility_table()
    >>> table["Ａ"], table["ﬁ"], table["𝐚"], "ำ" in table
    (('compatibility', 'A'), ('compatibility', 'fi'), ('styled_letter', 'a'), False)
    """
    table: dict[str, tuple[str | None, str]] = {}
    kept = {c for first, last in _ORDINARY_RANGES for c in range(first, last + 1)}
    for first, last in _COMPATIBILITY_RANGES:
        for code in range(first, last + 1):
            char = chr(code)
            plain = unicodedata.normalize("NFKC", char)
            if plain == char or plain == unicodedata.normalize("NFC", char):
                continue
            if char in _ORDINARY or code in kept or _FULLWIDTH_RUN.match(char):
                continue
            if plain == " ":
                table[char] = (None, " ")
            elif " " not in plain:  # spacing accents would become a space and a mark
                table[char] = ("compatibility", plain)
    table.update((char, (None, plain)) for char, plain in _HYPHENS.items())
    table.update((char, ("styled_letter", plain)) for char, plain in styled_letters().items())
    return table


@cache
def _any_unplain() -> re.Pattern[str]:
    """Any character of the table, and those that are looked at with what is around them."""
    chars = {*compatibility_table(), *LETTER_EMOJI_VALUES, *styled_digits()}
    first_plane = "".join(sorted(char for char in chars if char <= "\uffff"))
    # One range above, as the engine tries ranges there one by one.
    return re.compile(f"[{first_plane}{FULLWIDTH_PUNCTUATION}\U0001d400-\U0001f1ff]")


@cache
def composing_characters() -> frozenset[str]:
    """Characters of combining class 0 that may still join the character before them."""
    second = set(range(0x1161, 0x1176)) | set(range(0x11A8, 0x11C3))
    for code in (*range(0x00C0, 0x3100), *range(0x11000, 0x12000), *range(0x16D60, 0x16D6B)):
        parts = unicodedata.decomposition(chr(code))
        if parts and parts[0] != "<" and " " in parts:
            second.add(int(parts.split()[1], 16))
    return frozenset(chr(code) for code in second)


def compose(draft: Draft) -> None:
    """Bring the text to NFC, quietly: keyboards differ, meanings do not.

    Examples
    --------
    >>> draft = Draft("e\\u0301", track=True)
    >>> compose(draft)
    >>> draft.text, draft.positions
    ('é', [0, 2])
    """
    text = draft.text
    if unicodedata.is_normalized("NFC", text):
        return
    composing = composing_characters()
    edits: list[Edit] = []
    for found in _BEYOND_ASCII.finditer(text):
        part, first = found.group(), found.start()
        if unicodedata.is_normalized("NFC", part):
            continue
        starts = [
            i
            for i, char in enumerate(part)
            if i == 0 or not (unicodedata.combining(char) or char in composing)
        ]
        for start, end in zip(starts, [*starts[1:], len(part)], strict=True):
            old = part[start:end]
            new = unicodedata.normalize("NFC", old)
            if new != old:
                edits.append((first + start, first + end, new))
    draft.apply(edits, None)


def unstyle(draft: Draft) -> None:
    """Replace compatibility characters and styled letters by plain ones.

    Examples
    --------
    >>> draft = Draft("𝗙𝗥𝗘𝗘 Ｇｉｆｔ 🅱onus，好", track=False)
    >>> unstyle(draft)
    >>> draft.text
    'FREE Gift Bonus，好'
    """
    text = draft.text
    if text.isascii():
        return
    table = compatibility_table()
    by_kind: dict[str | None, list[Edit]] = {}
    others = ""
    for found in _any_unplain().finditer(text):
        char = found.group()
        if char in table:
            kind, plain = table[char]
            by_kind.setdefault(kind, []).append((*found.span(), plain))
        else:
            others += char
    if "styled_letter" in by_kind:
        draft.count("hidden_name", _hidden_names(text, by_kind["styled_letter"]))
    edits = [edit for several in by_kind.values() for edit in several]
    for kind, several in by_kind.items():
        draft.count(kind, len(several))
    for signs, find, kind in _IN_SURROUNDINGS if others else ():
        if signs.search(others):
            more = find(text)
            edits.extend(more)
            draft.count(kind, len(more))
    draft.apply(sorted(edits), None)


def _hidden_names(text: str, styled: Sequence[Edit]) -> int:
    """Styled words that are names, in a text of which no more than a few words are styled.

    A name has digits that are styled as well, or five letters, all of them capitals: fewer are
    an abbreviation, and squared letters have no small ones.
    """
    letters = styled_letters()
    piece = text[max(0, styled[0][0] - 2) : styled[-1][1] + 4]
    if len(piece) > _LONGEST_NAMES:
        return 0
    words = [word for word in _WORD.findall(piece) if not letters.keys().isdisjoint(word)]
    return sum(map(_is_name, words)) if len(words) <= _MOST_DRESSED else 0


def _is_name(word: str) -> bool:
    letters, digits = styled_letters(), styled_digits()
    plain = [letters[char] for char in word if char in letters]
    if len(plain) > 1 and any(char in digits or letters.get(char, "").isdigit() for char in word):
        return True
    cased = [char for char in word if char in letters and char < "\U0001f100"]
    return len(cased) > 4 and not any(char.islower() for char in [*word, *plain])


def _fullwidth_punctuation(text: str) -> list[Edit]:
    """Full-width punctuation to ASCII; in Chinese only where it stands in an address."""
    edits: list[Edit] = []
    chinese: bool | None = None
    for run in _FULLWIDTH_RUN.finditer(text):
        if chinese is None:
            chinese = _CJK.search(text) is not None
        start, end = run.span()
        before, after = text[max(0, start - 1) : start], text[end : end + 1]
        if chinese:
            signs = _ADDRESS_SIGNS.match(text, start)
            if not (signs and signs.end() == end and _in_address(before) and _in_address(after)):
                continue
        for i in range(start, end):
            plain = unicodedata.normalize("NFKC", text[i])
            # Half-width ideographic marks have nothing to do with ASCII.
            if plain != text[i] and plain.isascii():
                edits.append((i, i + 1, plain))
    return edits


def _in_address(char: str) -> bool:
    return char == "/" or "a" <= char.lower() <= "z" or "\uff21" <= char <= "\uff5a"


def _digit_runs(text: str) -> list[Edit]:
    values = styled_digits()
    return [
        (i, i + 1, values[text[i]])
        for run in _STYLED_DIGIT_RUN.finditer(text)
        for i in range(run.start(), run.end())
    ]


def _flag_letters(text: str) -> list[Edit]:
    edits: list[Edit] = []
    for run in INDICATOR_RUN.finditer(text):
        letters = indicator_letters(run.group())
        if letters:
            start = run.start()
            edits.extend((start + k, start + k + 1, c) for k, c in enumerate(letters))
    return edits


def _emoji_letters(text: str) -> list[Edit]:
    table = compatibility_table()
    edits: list[Edit] = []
    spread: list[range] | None = None
    for found in _LETTER_EMOJI.finditer(text):
        start, end = found.span()
        if spread is None:
            spread = [
                range(*run.span())
                for run in _SPREAD_LETTERS.finditer(text)
                if any(char in table for char in run.group())
            ]
        beside = text[:start][-1:] + text[end:][:1]
        if (
            any(c.isascii() and c.isalpha() for c in beside)
            or any(table.get(c, ("", ""))[0] == "styled_letter" for c in beside)
            or any(start in run for run in spread)
        ):
            edits.append((start, end, LETTER_EMOJI_VALUES[found.group()[0]]))
    return edits


# Signs that need their surroundings, what looks at those, and the kind of repair.
_IN_SURROUNDINGS: tuple[tuple[re.Pattern[str], Callable[[str], list[Edit]], str], ...] = (
    (_FULLWIDTH_RUN, _fullwidth_punctuation, "compatibility"),
    (_STYLED_DIGIT_RUN, _digit_runs, "styled_letter"),
    (INDICATOR_RUN, _flag_letters, "styled_letter"),
    (_LETTER_EMOJI, _emoji_letters, "styled_letter"),
)
