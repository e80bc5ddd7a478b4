"""Letters of other scripts that pass for Latin ones inside a word.

The pairs are those a reader takes for each other in common fonts, after Unicode's
``confusables.txt`` (UTS #39), written out here because only letters of words matter.
"""

import re
import unicodedata
from functools import cache

from scamclassify.text.draft import Draft, Edit

# Plain letter, then the letters that pass for it. Greek, Cyrillic, Armenian, Coptic.
_FOREIGN = """
a аαӑӓаɑ⍺ａ|A АΑᎪ|b вьЬƅβ|B ВΒ|c сϲⅽςⲥ|C СϹⲤ|d ԁɗԃ|D Ꭰꓓ|e еєэεҽ|E ЕΕЭЄΣΞ
f ғϝ|F ҒϜ|g ɡցɢ|G ԌԐ|h һհнիћ|H НΗҢ|i іιїɩΐ|I ІΙӀЇ|j јϳյ|J ЈͿ|k кκҝқ|K КΚҚ
l ӏⅼ|L ԼⅬ|m мⅿ|M МΜϺ|n пηոռπии|N ΝИЙ|o оοօσθфδ|O ОΟՕΘФ|p рρ|P РΡ|q ԛգզ|Q Ԛ
r гяɼ|R Я|s ѕտ|S ЅՏ|t тτե|T ТΤ|u υսцμ|U ՍЦ|v νѵ|V ѴЏ|w ѡԝωшщ|W ԜШЩѠ|x хχ×ⅹ|X ХΧ
y уγүყ|Y УΥҮ|z ʐʑ|Z ΖЗ
""".replace("\n", "|")

# Scripts that nobody in the region writes: a word of them alone is Latin in disguise.
_EXOTIC = """
A ᎪꓮᗩᎯ|B ᏴꓐᗷᏰ|C ᏟꓚᑕᏨ|D ᎠꓓᗪᎴ|E ᎬꓰᗴᏋ|F ꓝᖴᎦ|G ᏀꓖᏳᘜᏩ|H ᎻꓧᕼᏂ|I ᏆꓲᎥ|J ᎫꓙᒍᏠ|K ᏦꓗᏥ|L ᏞꓡᒪᏝ
M ᎷꓟᗰᎹ|N ꓠᑎᏁ|O ꓳᎾᝪᏫ|P ᏢꓑᑭᎮᏇ|Q ᑫᕴᎤ|R ᎡᏒꓣᖇᏒ|S ᏚꓢᔕᏕ|T ᎢꓔᎿ|U ꓴᑌᏌ|V ᏙꓦᐯᏉ|W ᎳᏔꓪᗯᏊ
X ꓫ᙭ᚷ|Y ᎩꓬᎽ|Z Ꮓꓜᘔ
""".replace("\n", "|")

# Latin letters of no language here: phonetic signs and letters with hooks.
_ODD_LATIN = """
a ɑɐᶏ|b ƀɓᵬ|c ƈȼɕ|d ɖɗᶁ|e ɛǝɘəɇ|f ƒᵮ|g ɠǥᶃ|h ɦħ|i ıɨɩᶖ|j ɉʝ|k ƙᶄ|l ɭłƚɫɬ|m ɱᵯ|n ɳɲƞŋ|o ɵø
p ƥᵽ|q ʠɋ|r ɾɽɹɍ|s ʂȿᶊ|t ƭʈŧƫ|u ʉᶙ|v ʋᶌ|w ɯⱳʍ|x ᶍ|y ƴɏʎ|z ȥʐƶɀ
""".replace("\n", "|")


def _parse(table: str) -> dict[str, str]:
    pairs = {}
    for entry in table.split("|"):
        if entry.strip():
            plain, others = entry.split()
            pairs.update(dict.fromkeys(others, plain))
    return pairs


@cache
def lookalikes() -> dict[str, str]:
    """Each look-alike letter and the Latin letter that it passes for.

    Examples
    --------
    >>> "".join(lookalikes().get(c, c) for c in "РауРаl")
    'PayPal'
    """
    table = {**_parse(_ODD_LATIN), **_parse(_EXOTIC), **_parse(_FOREIGN)}
    for char in "aｐａ×":
        table.pop(char, None)
    # Accented Greek and Cyrillic pass for the letter that their base passes for.
    for code in (*range(0x0370, 0x0530), *range(0x1F00, 0x2000)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if chr(code) not in table and base in table:
            table[chr(code)] = table[base]
    return {char: plain for char, plain in table.items() if not char.isascii()}


@cache
def exotic_letters() -> frozenset[str]:
    """Letters of scripts that occur in messages only as a disguise."""
    return frozenset(_parse(_EXOTIC))


# Letters of the alphabetic scripts, with their marks: a word of any of them.
_WORD = re.compile(
    "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u036f\u0370-\u058f\u10a0-\u10ff\u13a0-\u167f"
    "\u1d00-\u1dbf\u1e00-\u1fff\u2c60-\u2dff\ua4d0-\ua4ff\ua640-\ua7ff\uab30-\uabbf]+"
)
_UNITS = frozenset(("μm", "μg", "μl", "μs", "μA", "μF", "μH", "μV", "μW"))


@cache
def _any_lookalike() -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join(lookalikes())) + "]")


def replace_lookalikes(draft: Draft) -> None:
    """Replace foreign letters in words that are Latin otherwise; other words stay.

    Examples
    --------
    >>> draft = Draft("Сlаim вonus, спасибо", track=False)
    >>> replace_lookalikes(draft)
    >>> draft.text
    'Claim bonus, спасибо'
    """
    text = draft.text
    if text.isascii() or _any_lookalike().search(text) is None:
        return
    table = lookalikes()
    words = [word for word in _WORD.finditer(text) if not word.group().isascii()]
    disguised = [word for word in words if _is_disguised(word.group())]
    if disguised and len(disguised) < len(words) and not any(_is_foreign(w.group()) for w in words):
        # Beside a disguised word, one that could be Latin throughout is.
        disguised = [word for word in words if _could_be_latin(word.group())]
    edits: list[Edit] = [
        (word.start() + k, word.start() + k + 1, table[char])
        for word in disguised
        for k, char in enumerate(word.group())
        if char in table
    ]
    draft.apply(edits, "lookalike")


def _is_foreign(word: str) -> bool:
    """Whether a word holds a Greek, Cyrillic or Armenian letter that passes for no other."""
    table = lookalikes()
    return any("\u0370" <= char <= "\u058f" and char not in table for char in word)


def _could_be_latin(word: str) -> bool:
    table = lookalikes()
    foreign = [char for char in word if char in table and _family(char) != "odd"]
    return _is_disguised(word) or (len(foreign) == len(word) > 1 and word not in _UNITS)


def _is_disguised(word: str) -> bool:
    """Whether a word mixes scripts and every foreign letter passes for a Latin one."""
    table = lookalikes()
    latin = 0
    families: set[str] = set()
    for char in word:
        if char in table:
            families.add(_family(char))
        elif char.isascii() or "À" <= char <= "ɏ" or "Ḁ" <= char <= "ỿ":
            latin += 1
        elif not unicodedata.combining(char):
            return False
    if not families or word in _UNITS:
        return False
    if families == {"greek"} and len(word) < 3:
        return False  # formulas: Δt, πr
    if latin or len(families) > 1:
        return True
    return families == {"exotic"} and len(word) > 1


def _family(char: str) -> str:
    if char in exotic_letters():
        return "exotic"
    if "Ͱ" <= char <= "Ͽ" or "ἀ" <= char <= "\u1fff":
        return "greek"
    return "foreign" if char > "\u036f" else "odd"
