"""What the compiled scan for repairs calls its cues, and the symbols that it reads."""

#: Cues, one bit each.
ODD, PAIR, FULLWIDTH, REPEAT, SPREAD, LEET, LINK, EMOJI, DOUBLED, NUMBER = (
    1 << k for k in range(10)
)
#: A dot set apart or said before any word: nothing for repair, but a host may be there.
APART = 1 << 11
#: A word that lacks a vowel.
DROPPED = 1 << 12
#: What a symbol can be part of, one bit each.
LETTER, WORD, SIGN, TWICE, THRICE, FOUR, IN_WORDS = (1 << k for k in range(7))
#: The scripts that have rules of their own, one bit each, and whatever is looked at by itself.
IN_HAN, IN_THAI, IN_LAO, IN_KHMER, IN_BURMESE, IN_TAMIL, LOOKED_AT = (1 << k for k in range(7))
#: Newlines around a text in the buffers; no pattern holds one, so none reaches across.
PAD = 8

# Symbols of scamclassify.text.symbols, whose test compares them.
OTHER, LATIN, SUSPECT, PICTURE, SYMBOL, VS16, ZWJ, ZWSP = range(128, 136)
WIDE, HAN, CJK, JOINING = range(136, 140)
TH_LETTER, TH_AA, TH_ABOVE, TH_TONE, TH_NIK, TH_REST = 140, 143, 145, 146, 148, 149
LO_LETTER, LO_AA, LO_ABOVE, LO_TONE, LO_NIK, LO_REST = 150, 153, 155, 156, 158, 159
KM_LETTER, KM_COENG = 160, 167
MY_LETTER, MY_U25, MY_INDEPENDENT, MY_VIRAMA, MY_SSA = 168, 169, 170, 178, 182
TA_E = 187
