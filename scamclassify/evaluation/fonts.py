"""Names of languages as a plot can draw them, whatever fonts the machine has.

The package carries the letters of the languages' own names (``typeface/names.ttf``). Matplotlib
shapes complex scripts from version 3.11 on (with libraqm); with an older one, names that
need shaping are left out rather than drawn wrongly.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from scamclassify.labels import LANGUAGES, UNDETERMINED

#: The languages' names in their own script.
NATIVE_NAMES: dict[str, str] = {
    "en": "English",
    "id": "Bahasa Indonesia",
    "ms": "Bahasa Melayu",
    "th": "ไทย",
    "vi": "Tiếng Việt",
    "tl": "Filipino",
    "my": "မြန်မာ",
    "km": "ខ្មែរ",
    "lo": "ລາວ",
    "zh": "中文",
    "ta": "தமிழ்",
    "pt": "Português",
    "tet": "Tetun",
}

_NAMES_FONT = Path(__file__).parent / "typeface" / "names.ttf"

#: Fonts that draw more than the names do, used where the machine has them.
_INSTALLED = (
    "Noto Sans Thai",
    "Noto Sans Myanmar",
    "Noto Sans Khmer",
    "Noto Sans Lao",
    "Noto Sans Tamil",
    "Noto Sans CJK SC",
    "Noto Sans SC",
)

#: Blocks whose letters change place or form: Tamil, Burmese, Khmer.
_NEEDS_SHAPING = ((0x0B80, 0x0BFF), (0x1000, 0x109F), (0x1780, 0x17FF))


@lru_cache(maxsize=1)
def font_families() -> tuple[str, ...]:
    """Families that can draw the languages' names, in order of preference.

    Examples
    --------
    >>> font_families()[:2]
    ('DejaVu Sans', 'Scamclassify Names')
    """
    from matplotlib import font_manager

    manager = font_manager.fontManager
    manager.addfont(_NAMES_FONT)
    there = {entry.name for entry in manager.ttflist}
    # DejaVu Sans comes with matplotlib; as the first it sets an even height of lines.
    return ("DejaVu Sans", "Scamclassify Names", *(name for name in _INSTALLED if name in there))


def names_font() -> bytes:
    """The bytes of the TrueType font that holds the letters of :data:`NATIVE_NAMES`."""
    return _NAMES_FONT.read_bytes()


@lru_cache(maxsize=1)
def _drawable() -> frozenset[int]:
    from matplotlib import font_manager

    points: set[int] = set()
    for family in font_families():
        path = font_manager.findfont(font_manager.FontProperties(family=family))
        points.update(font_manager.get_font(path).get_charmap())
    return frozenset(points)


def can_draw(text: str) -> bool:
    """Whether a plot on this machine draws ``text`` without boxes and in the right order.

    Examples
    --------
    >>> can_draw("Thai ไทย"), can_draw("\\U00012000")
    (True, False)
    """
    from matplotlib import ft2font

    points = {ord(letter) for letter in text}
    if not points <= _drawable():
        return False
    shaped = any(low <= point <= high for point in points for low, high in _NEEDS_SHAPING)
    return not shaped or hasattr(ft2font, "__libraqm_version__")


def language_label(code: str) -> str:
    """Name of a language for a plot: English, and its own name if that is not in Latin script.

    Examples
    --------
    >>> language_label("th"), language_label("vi"), language_label("und")
    ('Thai ไทย', 'Vietnamese', 'undetermined')
    """
    if code == UNDETERMINED:
        return "undetermined"
    english = LANGUAGES.get(code)
    if english is None:
        return plain_label(code)
    native = NATIVE_NAMES[code]
    if unicodedata.name(native[0]).startswith("LATIN") or not can_draw(f"{english} {native}"):
        return english
    return f"{english} {native}"


def plain_label(text: str) -> str:
    """Return ``text`` if it can be drawn, else with escapes in place of what cannot.

    Examples
    --------
    >>> plain_label("uci_sms")
    'uci_sms'
    """
    return text if can_draw(text) else text.encode("ascii", "backslashreplace").decode("ascii")
