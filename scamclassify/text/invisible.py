"""Invisible characters: removed as a disguise, kept where a script or an emoji needs them.

What counts as invisible follows Unicode's ``Default_Ignorable_Code_Point`` and the control
characters; where joiners belong follows the Unicode Standard, chapter 23.2, and UTS #51.
"""

import re

from scamclassify.text.draft import Draft, Edit
from scamclassify.text.scripts import EMOJI, JOINER_SCRIPTS, LETTER_EMOJI

BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
JOINERS = "\u200b-\u200d"
VARIATIONS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
TAGS = "\U000e0000-\U000e00ff"
CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x9f"
IGNORABLE = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2060-\u2065\u206a-\u206f\ufeff"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e01f0-\U000e0fff"
)
#: Blank letters that scammers use as spaces, and line ends other than the newline.
BLANKS = {"\u2800": " ", "\u3164": " ", "\uffa0": " "}
LINE_ENDS = {"\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n"}


def _windows_characters() -> dict[str, str]:
    """C1 controls that are Windows-1252 read as Latin-1: quotes, dashes, the ellipsis."""
    pairs = ((bytes([code]), chr(code)) for code in range(0x80, 0xA0))
    return {char: raw.decode("cp1252") for raw, char in pairs if raw not in _UNDEFINED}


_UNDEFINED = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
#: Replaced without counting: an accident of encoding.
ACCIDENTS = {**LINE_ENDS, **_windows_characters()}

#: Regex character class of everything that this pass looks at.
LOOKED_AT = (
    f"{BIDI}{JOINERS}{VARIATIONS}{TAGS}{CONTROLS}{IGNORABLE}\xad\u2800\u3164\uffa0"
    "\x0b\x0c\u2028\u2029"
)

_CANDIDATE = re.compile(f"[{LOOKED_AT}]")
_RUN = re.compile(f"[{LOOKED_AT}]+")
_BIDI = re.compile(f"[{BIDI}]")
_JOINER = re.compile(f"[{JOINERS}]")
_VARIATION = re.compile(f"[{VARIATIONS}]")
_TAG = re.compile(f"[{TAGS}]")
_NEEDS_JOINER = re.compile(f"[{JOINER_SCRIPTS}]")
_THAI_LAO = re.compile("[\u0e01-\u0e4e\u0e81-\u0edd]")
_EMOJI = re.compile(f"[{EMOJI}{LETTER_EMOJI}]")
# Digits, # and * carry VS16 in keycaps; ideographs and Burmese letters have variants.
_VARIED = re.compile(
    f"[{EMOJI}{LETTER_EMOJI}0-9#*\u1000-\u109f\u2000-\u2bff\u3000-\u9fff"
    "\uf900-\ufaff\uff00-\uff0f\uff1a-\uff20\U00020000-\U0003ffff]"
)
_FLAG_TAGS = re.compile("\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{2,6}\U000e007f")


def remove_invisible(draft: Draft) -> None:
    """Remove invisible characters that no neighbour asks for.

    Examples
    --------
    >>> draft = Draft("cl\\u200baim", track=False)
    >>> remove_invisible(draft)
    >>> draft.text
    'claim'
    >>> draft = Draft("ភាសា\\u200bខ្មែរ", track=False)
    >>> remove_invisible(draft)
    >>> len(draft.text)
    10
    """
    text = draft.text
    if _CANDIDATE.search(text) is None:
        return
    flags = {i for m in _FLAG_TAGS.finditer(text) for i in range(m.start() + 1, m.end())}
    edits: dict[str | None, list[Edit]] = {}
    for run in _RUN.finditer(text):
        for i in range(run.start(), run.end()):
            if i not in flags:
                verdict = _judge(text, i, run.end())
                if verdict is not None:
                    edits.setdefault(verdict[0], []).append((i, i + 1, verdict[1]))
    merged = sorted(edit for several in edits.values() for edit in several)
    # One pass over the text for all kinds; counts are added a kind at a time.
    draft.apply(merged, None)
    for kind, several in edits.items():
        draft.count(kind, len(several))


def _judge(text: str, i: int, run_end: int) -> tuple[str | None, str] | None:
    """Kind and replacement of the invisible character at ``i``, or None to keep it."""
    char = text[i]
    before = text[i - 1] if i else ""
    after = text[run_end] if run_end < len(text) else ""
    if char in ACCIDENTS:
        return None, ACCIDENTS[char]
    if char in BLANKS:
        return "zero_width", BLANKS[char]
    if char == "\xad":
        return "soft_hyphen", ""
    if _BIDI.match(char):
        return "bidi", ""
    if _TAG.match(char):
        return "tag", ""
    if _VARIATION.match(char):
        return None if before and _VARIED.match(before) else ("zero_width", "")
    if char == "\ufeff" and i == 0:
        return None, ""  # a byte order mark says nothing about the sender
    if _JOINER.match(char):
        follows = text[i + 1] if i + 1 < len(text) else ""
        if _JOINER.match(follows or " ") and _NEEDS_JOINER.match(after or " "):
            return None, ""  # of several the last does what all of them do
        if _THAI_LAO.match(before or " ") or _THAI_LAO.match(follows or " "):
            return None, ""  # marks a place to break lines, at most
        if before and _NEEDS_JOINER.match(before):
            at_a_break = char == "\u200b" and (not follows or follows.isspace())
            return (None, "") if at_a_break else None
        if follows and _NEEDS_JOINER.match(follows):
            return None, ""
        pictures = before == "\ufe0f" or (before and _EMOJI.match(before))
        if char == "\u200d" and pictures and after and _EMOJI.match(after):
            return None
    return "zero_width", ""
