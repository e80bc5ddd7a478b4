"""Letters dressed up: mathematical, circled, squared, small capitals, flag letters.

Where Unicode gives a compatibility decomposition it is used; the rest (small capitals,
negative circles, dingbat digits, letters with hooks) is a table read off the code charts.
"""

import re
import unicodedata
from functools import cache

#: Ranges in which a compatibility decomposition means styling, not encoding.
_STYLED_RANGES = (
    (0x02B0, 0x02B8),
    (0x02E0, 0x02E4),
    (0x1D2C, 0x1DBF),
    (0x2071, 0x2071),
    (0x207F, 0x207F),
    (0x2090, 0x209C),
    (0x2100, 0x214F),
    (0x249C, 0x24E9),
    (0x2C7C, 0x2C7D),
    (0xA770, 0xA770),
    (0xA7F8, 0xA7F9),
    (0xAB5C, 0xAB5F),
    (0x1D400, 0x1D7FF),
    (0x1EE00, 0x1EEFF),
    (0x1F110, 0x1F16C),
)

# Signs that ordinary text uses as they are.
_PLAIN_SIGNS = frozenset("℃℉№℠℡™℧ΩKÅ℻ℹⓂ℀℁℅℆")

_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True))

#: Emoji that are letters as well: read as letters only beside letters.
LETTER_EMOJI_VALUES = {
    "🅰": "A",
    "🅱": "B",
    "🅾": "O",
    "🅿": "P",
    "Ⓜ": "M",
    "ℹ": "i",
}

#: Digits in circles, superscript and subscript: read as digits only in runs.
_DIGIT_RANGES = (
    (0x2070, 0x2070, 0),
    (0x2074, 0x2079, 4),
    (0x2080, 0x2089, 0),
    (0x2460, 0x2468, 1),
    (0x24EA, 0x24EA, 0),
    (0x24F5, 0x24FD, 1),
    (0x2776, 0x277E, 1),
    (0x2780, 0x2788, 1),
    (0x278A, 0x2792, 1),
)

#: ISO 3166 codes with a flag emoji, two letters each.
_REGIONS = (
    "ACADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCF"
    "CGCHCICKCLCMCNCOCPCRCUCVCWCXCYCZDEDGDJDKDMDODZEAECEEEGEHERESETEUFIFJFKFMFOFRGAGBGDGE"
    "GFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUICIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKN"
    "KPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNE"
    "NFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSM"
    "SNSOSRSSSTSVSXSYSZTATCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUNUSUYUZVAVCVEVGVIVNVUWFWS"
    "XKYEYTZAZMZW"
)
_INDICATOR_A = 0x1F1E6

INDICATOR_RUN = re.compile("[\U0001f1e6-\U0001f1ff]+")


@cache
def styled_letters() -> dict[str, str]:
    """Every styled letter and the plain letters it stands for.

    Examples
    --------
    >>> table = styled_letters()
    >>> "".join(table[c] for c in "𝓯𝖗ⓔᴇ")
    'free'
    """
    table = dict(_SMALL_CAPITALS)
    for first, last in _STYLED_RANGES:
        for code in range(first, last + 1):
            char = chr(code)
            plain = unicodedata.normalize("NFKC", char)
            if plain == char or char in _PLAIN_SIGNS or " " in plain:
                continue
            if 0x249C <= code <= 0x24B5 or 0x1F110 <= code <= 0x1F12A:
                plain = plain.strip("()")  # a letter in parentheses is a letter
            if plain.isalnum():
                table[char] = plain
    for first in (0x1F150, 0x1F170):  # negative circled and negative squared
        for k in range(26):
            table[chr(first + k)] = chr(ord("A") + k)
    for char in LETTER_EMOJI_VALUES:
        table.pop(char, None)
    return table


@cache
def styled_digits() -> dict[str, str]:
    """Digits in circles, superscript or subscript, and the plain digit."""
    return {
        chr(code): str(value + code - first)
        for first, last, value in _DIGIT_RANGES
        for code in range(first, last + 1)
    }


@cache
def _flags() -> frozenset[str]:
    return frozenset(_REGIONS[i : i + 2] for i in range(0, len(_REGIONS), 2))


def indicator_letters(run: str) -> str | None:
    """Letters that a run of regional indicators spells, or None if it is flags.

    Examples
    --------
    >>> indicator_letters("🇮🇩🇲🇾") is None
    True
    >>> indicator_letters("🇫🇷🇪🇪🇪")
    'FREEE'
    """
    letters = "".join(chr(ord(char) - _INDICATOR_A + ord("A")) for char in run)
    pairs = [letters[i : i + 2] for i in range(0, len(letters), 2)]
    return None if all(pair in _flags() for pair in pairs) else letters
