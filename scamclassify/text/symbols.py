"""The small alphabet in which `scamclassify.text.prescan` looks for what needs repair.

Every code point becomes one byte: ASCII stays (capitals as small letters), the rest becomes
a class. Which classes may stand beside each other is a table of pairs.
"""

import unicodedata
from functools import cache

import numpy as np

from scamclassify.text import compat, confusables, invisible, repeats, scripts, styled

# Inert, plain letters, pictures and joiners.
OTHER, LATIN, SUSPECT, EMOJI, SYMBOL, VS16, ZWJ, ZWSP = range(128, 136)
FULLWIDTH, HAN, CJK, JOINING = range(136, 140)
# Thai and Lao, each: letters, sara e, aa, am, marks above or below, tones, silencers.
TH_LETTER, TH_FOLLOW, TH_E, TH_AA, TH_AM, TH_ABOVE, TH_TONE, TH_THAN, TH_NIK, TH_REST = range(
    140, 150
)
LO_LETTER, LO_FOLLOW, LO_E, LO_AA, LO_AM, LO_ABOVE, LO_TONE, LO_THAN, LO_NIK, LO_REST = range(
    150, 160
)
KM_LETTER, KM_AA, KM_VOWEL, KM_E, KM_II, KM_SHIFT, KM_MARK, KM_COENG = range(160, 168)
MY_LETTER, MY_U25, MY_INDEPENDENT, MY_AA, MY_I, MY_U, MY_E, MY_ANUSVARA, MY_DOT = range(168, 177)
MY_VISARGA, MY_VIRAMA, MY_ASAT, MY_YA, MY_MEDIAL, MY_SSA, MY_WA, MY_RA, MY_GLYPH, MY_REST = range(
    177, 187
)
TA_E, TA_AA, TA_VIRAMA = range(187, 190)

_THAI_LIKE: tuple[tuple[int, int, int], ...] = (
    (0x0E01, 0x0E2F, TH_LETTER),
    (0x0E30, 0x0E30, TH_FOLLOW),
    (0x0E31, 0x0E31, TH_ABOVE),
    (0x0E32, 0x0E32, TH_AA),
    (0x0E33, 0x0E33, TH_AM),
    (0x0E34, 0x0E3A, TH_ABOVE),
    (0x0E3F, 0x0E3F, TH_REST),
    (0x0E40, 0x0E40, TH_E),
    (0x0E41, 0x0E46, TH_LETTER),
    (0x0E45, 0x0E45, TH_FOLLOW),
    (0x0E47, 0x0E47, TH_ABOVE),
    (0x0E48, 0x0E4B, TH_TONE),
    (0x0E4C, 0x0E4C, TH_THAN),
    (0x0E4D, 0x0E4D, TH_NIK),
    (0x0E4E, 0x0E4E, TH_REST),
    (0x0E81, 0x0EAF, LO_LETTER),
    (0x0EB0, 0x0EB0, LO_FOLLOW),
    (0x0EB1, 0x0EB1, LO_ABOVE),
    (0x0EB2, 0x0EB2, LO_AA),
    (0x0EB3, 0x0EB3, LO_AM),
    (0x0EB4, 0x0EBC, LO_ABOVE),
    (0x0EBD, 0x0EBD, LO_LETTER),
    (0x0EC0, 0x0EC0, LO_E),
    (0x0EC1, 0x0EC6, LO_LETTER),
    (0x0EC8, 0x0ECB, LO_TONE),
    (0x0ECC, 0x0ECC, LO_THAN),
    (0x0ECD, 0x0ECD, LO_NIK),
    (0x0ECE, 0x0ECE, LO_REST),
    (0x0EDC, 0x0EDF, LO_LETTER),
)
_KHMER_BURMESE_TAMIL: tuple[tuple[int, int, int], ...] = (
    (0x1780, 0x17B3, KM_LETTER),
    (0x17B6, 0x17B6, KM_AA),
    (0x17B7, 0x17C5, KM_VOWEL),
    (0x17B8, 0x17B8, KM_II),
    (0x17C1, 0x17C1, KM_E),
    (0x17C6, 0x17D1, KM_MARK),
    (0x17C9, 0x17CA, KM_SHIFT),
    (0x17D2, 0x17D2, KM_COENG),
    (0x1000, 0x1021, MY_LETTER),
    (0x1022, 0x102A, MY_INDEPENDENT),
    (0x1025, 0x1025, MY_U25),
    (0x102B, 0x102C, MY_AA),
    (0x102D, 0x102E, MY_I),
    (0x102F, 0x1030, MY_U),
    (0x1031, 0x1031, MY_E),
    (0x1032, 0x1032, MY_I),
    (0x1033, 0x1034, MY_GLYPH),
    (0x1035, 0x1035, MY_GLYPH),
    (0x1036, 0x1036, MY_ANUSVARA),
    (0x1037, 0x1037, MY_DOT),
    (0x1038, 0x1038, MY_VISARGA),
    (0x1039, 0x1039, MY_VIRAMA),
    (0x103A, 0x103A, MY_ASAT),
    (0x103B, 0x103B, MY_YA),
    (0x103C, 0x103E, MY_MEDIAL),
    (0x103F, 0x103F, MY_SSA),
    (0x1040, 0x109F, MY_REST),
    (0x1040, 0x1040, MY_WA),
    (0x1047, 0x1047, MY_RA),
    (0x105A, 0x105A, MY_GLYPH),
    (0x1060, 0x1097, MY_GLYPH),
    (0x0BC6, 0x0BC7, TA_E),
    (0x0BBE, 0x0BBE, TA_AA),
    (0x0BCD, 0x0BCD, TA_VIRAMA),
)
# Where NFC may change something, outside the scripts with classes of their own.
_NFC_RANGES = (
    (0x00C0, 0x3100),
    (0xA640, 0xAC00),
    (0xD7B0, 0xD7FC),
    (0xF900, 0x12000),
    (0x16A00, 0x17000),
    (0x1BC00, 0x1BD00),
    (0x1D100, 0x1D300),
    (0x1E000, 0x1E960),
    (0x2F800, 0x2FA20),
)


@cache
def symbol_table() -> np.ndarray:
    """Byte of every code point.

    Returns
    -------
    numpy.ndarray, shape (0x110000,), uint8

    Examples
    --------
    >>> table = symbol_table()
    >>> chr(table[ord("A")]), int(table[ord("ก")]), int(table[0x202E])
    ('a', 140, 130)
    """
    table = np.full(0x110000, OTHER, dtype=np.uint8)
    _fill(table, scripts.JOINER_SCRIPTS, JOINING)
    _fill(table, "\u2000-\u2bff", SYMBOL)
    _fill(table, "\u3000-\u9fff\uf900-\ufaff\U00020000-\U0003ffff", CJK)
    _fill(table, "\u4e00-\u9fff", HAN)
    _fill(table, scripts.EMOJI, EMOJI)
    _fill(table, "À-ÖØ-öø-\u024f\u1e00-\u1eff", LATIN)
    for first, last, symbol in _THAI_LIKE + _KHMER_BURMESE_TAMIL:
        table[first : last + 1] = symbol
    _fill(table, compat.FULLWIDTH_PUNCTUATION, FULLWIDTH)
    for code in _suspects(table):
        table[code] = SUSPECT
    _fill(table, invisible.LOOKED_AT, SUSPECT)
    _fill(table, repeats.STACKED_MARKS, SUSPECT)
    table[0xFE0F], table[0x200D] = VS16, ZWJ
    table[0x200B] = table[0x200C] = ZWSP
    for code in range(128):
        if table[code] != SUSPECT:
            table[code] = ord(chr(code).lower())
    table.setflags(write=False)
    return table


def _suspects(table: np.ndarray) -> set[int]:
    """Code points that one of the character tables replaces, or NFC may."""
    chars = {
        *compat.compatibility_table(),
        *styled.styled_digits(),
        *styled.LETTER_EMOJI_VALUES,
        *confusables.lookalikes(),
    }
    found = {ord(char) for char in chars} | set(range(0x1F1E6, 0x1F200))
    composing = compat.composing_characters()
    for first, stop in _NFC_RANGES:
        for code in range(first, stop):
            if table[code] >= TH_LETTER or table[code] == HAN:
                continue  # pairs tell for these
            char = chr(code)
            if (
                unicodedata.combining(char)
                or char in composing
                or not unicodedata.is_normalized("NFC", char)
            ):
                found.add(code)
    return found


def _fill(table: np.ndarray, char_class: str, symbol: int) -> None:
    """Set the characters of a regex character class (no escapes, no sets)."""
    i = 0
    while i < len(char_class):
        first = last = ord(char_class[i])
        if char_class[i + 1 : i + 2] == "-" and i + 2 < len(char_class):
            last = ord(char_class[i + 2])
            i += 2
        table[first : last + 1] = symbol
        i += 1


@cache
def pair_table() -> np.ndarray:
    """Pairs of symbols beside each other that some pass may change.

    Returns
    -------
    numpy.ndarray, shape (65536,), bool
        Index ``first * 256 + second``.
    """
    pairs = np.zeros((256, 256), dtype=bool)
    joining = [ZWJ, ZWSP, JOINING, *range(TH_LETTER, TA_VIRAMA + 1)]
    needs = [c for c in joining if c not in (ZWJ, ZWSP)]
    varied = [EMOJI, SYMBOL, HAN, CJK, FULLWIDTH, *map(ord, "0123456789#*")]
    varied += range(MY_LETTER, MY_REST + 1)
    pairs[:, VS16] = True
    pairs[varied, VS16] = False
    pairs[:, [ZWJ, ZWSP]] = True
    # Burmese, Khmer, Tamil: kept behind a letter.
    kept = [c for c in needs if not TH_LETTER <= c <= LO_REST]
    pairs[np.ix_(kept, [ZWJ, ZWSP])] = False
    pairs[ZWSP, :] = True
    pairs[np.ix_([ZWSP], kept)] = False
    pairs[[EMOJI, VS16], ZWJ] = False
    pairs[ZWJ, :] = True
    pairs[ZWJ, EMOJI] = False
    pairs[np.ix_([ZWJ], kept)] = False
    for thai in (True, False):
        e, aa, am, above, tone, than, nik = (
            (TH_E, TH_AA, TH_AM, TH_ABOVE, TH_TONE, TH_THAN, TH_NIK)
            if thai
            else (LO_E, LO_AA, LO_AM, LO_ABOVE, LO_TONE, LO_THAN, LO_NIK)
        )
        pairs[e, e] = pairs[nik, aa] = pairs[am, tone] = True
        pairs[np.ix_([tone, than], [above, nik])] = True
        pairs[nik, tone] = pairs[above, above] = pairs[tone, tone] = True
    pairs[KM_E, [KM_II, KM_AA]] = True
    pairs[np.ix_([KM_AA, KM_VOWEL, KM_E, KM_II], [KM_SHIFT])] = True
    pairs[MY_ANUSVARA, MY_U] = pairs[MY_U, MY_I] = True
    pairs[MY_E, [MY_YA, MY_MEDIAL, MY_ASAT]] = True
    signs = [MY_AA, MY_I, MY_U, MY_E, MY_ANUSVARA, MY_ASAT, MY_YA, MY_MEDIAL]
    pairs[np.ix_([MY_WA, MY_RA], signs)] = True
    pairs[MY_U25, [MY_DOT, MY_ASAT, MY_I]] = True
    # Zawgyi (scamclassify.text.zawgyi.CUE)
    pairs[:, MY_GLYPH] = True
    pairs[MY_VIRAMA, :] = True
    pairs[MY_VIRAMA, MY_LETTER] = False
    before = [MY_LETTER, MY_U25, MY_INDEPENDENT, MY_DOT, MY_VISARGA, MY_VIRAMA, MY_ASAT]
    before += [MY_YA, MY_MEDIAL, MY_SSA, ZWJ, ZWSP]
    outside = [c for c in range(256) if c not in before]
    pairs[np.ix_(outside, [MY_E, MY_YA])] = True
    # Canonical order and composition
    marked = [TH_ABOVE, TH_TONE, LO_ABOVE, LO_TONE, KM_COENG, MY_DOT, MY_VIRAMA, MY_ASAT, TA_VIRAMA]
    out_of_order = np.ones((len(marked), len(marked)), dtype=bool)
    for first, second in (
        (TH_ABOVE, TH_TONE),
        (LO_ABOVE, LO_TONE),
        (MY_DOT, MY_ASAT),
        (MY_DOT, MY_VIRAMA),
        (MY_ASAT, MY_VIRAMA),  # kinzi: of one class
    ):
        out_of_order[marked.index(first), marked.index(second)] = False
    pairs[np.ix_(marked, marked)] |= out_of_order
    pairs[TA_E, TA_AA] = True
    pairs.setflags(write=False)
    return pairs.reshape(-1)
