"""Which script a code point belongs to, and which scripts need invisible joiners.

Ranges are those of the Unicode Character Database, ``Scripts.txt``, reduced to what
messages of the region hold; letters only, so that digits and punctuation count for nothing.
"""

from functools import cache

import numpy as np

#: Names of the script codes; ``other`` is any letter outside the region's scripts.
SCRIPTS: tuple[str, ...] = (
    "none",
    "latin",
    "thai",
    "lao",
    "khmer",
    "myanmar",
    "han",
    "tamil",
    "other",
)

# Applied in this order: later ranges overwrite earlier ones.
_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x005A, "latin"),
    (0x0061, 0x007A, "latin"),
    (0x00C0, 0x024F, "latin"),
    (0x00D7, 0x00D7, "none"),
    (0x00F7, 0x00F7, "none"),
    (0x1E00, 0x1EFF, "latin"),
    (0xFF21, 0xFF3A, "latin"),
    (0xFF41, 0xFF5A, "latin"),
    (0x0370, 0x0373, "other"),
    (0x0386, 0x0386, "other"),
    (0x0388, 0x052F, "other"),
    (0x0531, 0x0587, "other"),
    (0x05D0, 0x05EA, "other"),
    (0x0620, 0x065F, "other"),
    (0x066E, 0x06EF, "other"),
    (0x0700, 0x0B7F, "other"),
    (0x0B82, 0x0BE5, "tamil"),
    (0x0C00, 0x0DF3, "other"),
    (0x0E01, 0x0E3A, "thai"),
    (0x0E40, 0x0E4E, "thai"),
    (0x0E81, 0x0ECE, "lao"),
    (0x0EDC, 0x0EDF, "lao"),
    (0x0F40, 0x0FBC, "other"),
    (0x1000, 0x103F, "myanmar"),
    (0x104C, 0x108F, "myanmar"),
    (0x109A, 0x109D, "myanmar"),
    (0x10A0, 0x11FF, "other"),
    (0x1200, 0x167F, "other"),
    (0x1780, 0x17D3, "khmer"),
    (0x17D7, 0x17D7, "khmer"),
    (0x17DC, 0x17DD, "khmer"),
    (0x1820, 0x1AFF, "other"),
    (0x1B00, 0x1CFF, "other"),
    (0x1F00, 0x1FFF, "other"),
    (0x3005, 0x3007, "han"),
    (0x3041, 0x30FF, "other"),
    (0x3105, 0x31BF, "other"),
    (0x3400, 0x4DBF, "han"),
    (0x4E00, 0x9FFF, "han"),
    (0xA9E0, 0xA9FE, "myanmar"),
    (0xAA60, 0xAA7F, "myanmar"),
    (0xAC00, 0xD7FB, "other"),
    (0xF900, 0xFAFF, "han"),
    (0xFB50, 0xFEFC, "other"),
    (0xFF66, 0xFFDC, "other"),
    (0x20000, 0x3FFFF, "han"),
)

#: Scripts in which ZWSP, ZWNJ and ZWJ separate words or shape letters: Arabic, the Indic
#: blocks, Thai, Lao, Tibetan, Burmese, Khmer and Mongolian; a regex character class.
JOINER_SCRIPTS = (
    "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\u0900-\u109f\u1780-\u18af\ua9e0-\ua9ff\uaa60-\uaa7f"
)

#: Characters drawn as pictures; a regex character class. Enclosed letters are left out:
#: they are letters first (see `scamclassify.text.styled`).
EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001f0ff\U0001f18e\U0001f191-\U0001f19a"
    "\U0001f1e6-\U0001faff"
)

#: Enclosed and letter-like characters that are also emoji: kept unless beside letters.
LETTER_EMOJI = "\u2139\u24c2\U0001f170\U0001f171\U0001f17e\U0001f17f"


@cache
def script_table() -> np.ndarray:
    """Script code of every code point.

    Returns
    -------
    numpy.ndarray, shape (0x110000,), uint8
        Index into `SCRIPTS`.

    Examples
    --------
    >>> SCRIPTS[script_table()[ord("ก")]]
    'thai'
    """
    table = np.zeros(0x110000, dtype=np.uint8)
    for first, last, name in _RANGES:
        table[first : last + 1] = SCRIPTS.index(name)
    table.flags.writeable = False
    return table
