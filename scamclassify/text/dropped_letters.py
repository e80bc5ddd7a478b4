"""Words of lures with a slip of a letter are written in full: "paymnt", "payyment", "acount".

A word in Latin letters is looked at only if it is none of the lexicon's and becomes a word of a
lure by one vowel inside it, or by one letter more or less of two that are the same ("pymnt"
stays); readers go by the first and the last letter. What is a word of its
own in some language stays, and so does what may be two words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache

import numpy as np

from scamclassify.knowledge.lexicon import load_lexicon
from scamclassify.text.draft import Draft, Edit
from scamclassify.text.lure_words import plain_letters
from scamclassify.text.prescan_dropped_kernel import (
    LONGEST,
    mark_of_length,
    mark_shortened,
)
from scamclassify.text.symbols import symbol_table

_SHORTEST = 5
# Three consonants stand together in four letters that are no word of their own.
_CLUSTER = re.compile("[^aeiou]{3}")
# Of several words that become the same, one that forms have so many times as often is meant.
_MORE = 4
# Vietnamese syllables differ by a vowel: only words with their diacritics are mended. Tamil in
# Latin letters is spelled as one likes.
_WITH_MARKS, _UNSETTLED = "vi", "ta"
#: Words, names and short forms of other words that are a word of a lure with such a slip.
OTHER_WORDS = frozenset(
    # English and names
    """acton adults afar agra americans ansr ants apples arts aslam australians avian bahru bala
    bana bandra bans bard bharu bled bleed bling borng bras brass bred breed brow cacao canda carts
    clams cling clint cmon crete cross cunts dario daria darting discs duct duran durin enda faces
    fatma flower flowers goddess grats hamburger hangs hover humans incom intl itxt kade kane klong
    krung lable lago lamps lined londn manger meena ment milan missin namu pants patan pedo persian
    pints ping plantar ponds ports prada primera pros raman ramlan rally rely revolt rising santi
    sargent satan saves sens servs shard shred singh sion sized sling smrt solder spilt sport spree
    stan strand stung swain tally tariffs tempt thro tumblr verde veterans walt wanta wasp waved
    wight """
    # Malay and Indonesian
    """akuntan apal apel apun bagan bagin bahwa berbal berman bgtu blang buron coban cobaan dapati
    darat deportasi detil dudang eksis iskan jadul jendral kalangan kapitan kartun kelan kelar
    keling kenakan kerna kopral kosongan krta krte kulah kurs lotre maba makna masang maslan masuki
    menangi menangkan menda mendang mending meng merahsiakan mrka ngeri negri pasca pegas pelat
    pelayan pembangun pemesan pengadun penahan perhatin pimpin prata premis pulut rasah santun sanya
    satun sawal seng serang shari sinis spek storan surah suvenir syarah telfon tenga tersa tipan
    tnga undangnya unpad """
    # Portuguese and Tetum
    """avala carga certa conter contudo creia crente crer crise deposto descarga diretos diria feras
    fotografa frade frias garante garanta garda garde idos luge merenda milho minto ordo pantera
    parda pegam penso pesar prateada prateado prente procuradora rodas siglo tenso terno viste """
    # Tagalog
    """bawasan bayarang buwang gana gwang haring ibalik isara ituro kabata kakila kalat kanin kano
    katas lasing linga mabalik mabigay mahirap makatang makita masira mayang nakaw nalagay napasa
    natira nilagay palad pato pulot puntahan putang raming sakyan talga tanghalan tange tska tyan
    undas """
    # Vietnamese
    "thận khản "
    # A letter twice, or once, makes another word
    """latter dinner dessert supper hopping filling bitter canned planned starring tapping willing
    furry looser choose comma holly belly tally ferry merry sorry carry marry hurry worry berry
    perro carro morro serra terra narra barra masse classe passe nosso vossa isso assa missa fossa
    messe tosse cassa innes manner banner tanner winner inner dinners canner matter batter better
    letter litter later latter robber rubber ladder bigger dagger killed pulled called filled
    rolled polling falling calling telling selling feeling peeling reeling steel fleet sheep
    steep creep greed breed bleed tweed street screed coop loop hoop stoop troop shoot boot
    loot root foot moot hoot chanel dammit lagging loses philip russia morris rojak choong lingo
    bosses tonnes diner saloon filer looker hatha mannan wining starter russian missal misses
    asses passing lasses tosses bosse coper super hoper tapper dater ratter cutter hatter puttee
    matte latte allow allay abisso agarran allot bellow capella collar collega controlla estrella
    fallado falles fallecido galleri gallos garrota gulling installa installar installe lessen
    narran passar pressa ressort ressorts scarred terror wessel """
    "".split()
)
#: Words that are written both ways.
_EITHER = frozenset("cancelled canceled travelled traveled labelled modelled".split())
_LATIN = "a-zA-Z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_WORD = re.compile(f"[{_LATIN}]+")
_TOKEN = re.compile(f"[{_LATIN}]{{4,}}+")
# A word by itself: no part of an address, a handle, a hashtag or a compound.
_BY_ITSELF = re.compile(rf"(?<![\w.@/#&=+\-'’?%~])[{_LATIN}]++(?![\w@/#&=+\-'’]|\.\w)")
_AGAIN = re.compile(r"([^\n])\1+")
_VOWELS = frozenset("aeiou")


def _once(word: str) -> str:
    """Words without the second of two equal letters."""
    return _AGAIN.sub(r"\1", word)


def _shortened(word: str) -> list[str]:
    """A word without each of its inner vowels, where its letters stay recognisable."""
    if len(word) < _SHORTEST or len(word) > LONGEST or word[0] == word[1]:
        return []
    plain = word
    if not word.isascii():
        plain = "".join(unicodedata.normalize("NFD", char)[0] for char in word)
    return [
        word[:k] + word[k + 1 :]
        for k in range(1, len(word) - 1)
        if plain[k] in _VOWELS
        and plain[k - 1] != plain[k + 1]
        and (len(word) > _SHORTEST or _CLUSTER.search(plain[:k] + plain[k + 1 :]))
    ]


@cache
def shortened_words() -> dict[str, str]:
    """The word for each word of a lure less a vowel, small letters, none of them doubled.

    Examples
    --------
    >>> words = shortened_words()
    >>> words["paymnt"], words["acont"], "clam" in words
    ('payment', 'account', False)
    """
    counts, known = _lure_counts()
    taken = set(known.values())
    meant: dict[str, str] = {}
    unclear: set[str] = set()
    pairs = [(short, word) for word, _ in counts.most_common() for short in _shortened(word)]
    once = _once("\n".join(short for short, _ in pairs)).split("\n")
    for short, (_, word) in zip(once, pairs, strict=True):
        if meant.setdefault(short, word) != word and counts[word] * _MORE > counts[meant[short]]:
            unclear.add(short)
    return {s: word for s, word in meant.items() if s not in taken and s not in unclear}


@cache
def _lure_counts() -> tuple[Counter[str], dict[str, str]]:
    """How many forms of lures have each word in Latin letters; all known words, none doubled."""
    lexicon = load_lexicon()
    honest = {concept.id for concept in lexicon.concepts if concept.side == "honest"}
    texts: dict[str, list[str]] = {"": [], _WITH_MARKS: [], "other": []}
    for form in lexicon.forms:
        left = form.concept in honest or form.language == _UNSETTLED
        texts["other" if left else form.language if form.language == _WITH_MARKS else ""].append(
            form.text
        )
    words = {kind: Counter(_WORD.findall("\n".join(of).lower())) for kind, of in texts.items()}
    known = {word for found in words.values() for word in found}
    known |= {plain_letters(word) for word in known if not word.isascii()}
    counts = words[""]
    for word, count in list(counts.items()):
        if not word.isascii():
            counts[plain_letters(word)] += count
    counts.update({w: n for w, n in words[_WITH_MARKS].items() if not w.isascii()})
    every = [*(known | OTHER_WORDS)]
    return counts, dict(zip(every, _once("\n".join(every)).split("\n"), strict=True))


@cache
def doubled_words() -> dict[tuple[str, int], str]:
    """The word of a lure for its letters, none doubled, and a number of letters that is wrong.

    One too many, or one less than the two that belong there.

    Examples
    --------
    >>> words = doubled_words()
    >>> words["acount", 8], words["acount", 6], words["payment", 8], ("later", 6) in words
    ('account', 'account', 'payment', False)
    """
    counts, known = _lure_counts()
    whole = {(once, len(word)) for word, once in known.items()}
    meant: dict[tuple[str, int], str] = {}
    unclear: set[tuple[str, int]] = set()
    for word, _ in counts.most_common():
        once = known[word]
        if not _SHORTEST <= len(word) < LONGEST:
            continue
        if word[0] == word[1] or word[-2] == word[-1] or word in _EITHER:
            continue
        for length in (len(word) + 1, len(word) - 1):
            if length < len(once) or (once, length) in whole:
                continue
            if meant.setdefault((once, length), word) != word:
                unclear.add((once, length))
    return {key: word for key, word in meant.items() if key not in unclear}


def _mended_double(small: str) -> str | None:
    """The word that a word is with one letter more or less, of two that are the same."""
    word = doubled_words().get((_once(small), len(small)))
    if word is None or small[0] == small[1] or small[-2] == small[-1]:
        return None
    long, short = (small, word) if len(small) > len(word) else (word, small)
    place = next((k for k in range(len(short)) if long[k] != short[k]), len(short))
    return word if long[place] == long[place - 1] and long[place + 1 :] == short[place:] else None


def restore_vowels(draft: Draft) -> None:
    """Write words of lures in full that lack a vowel, or have a letter once too often or seldom.

    Examples
    --------
    >>> draft = Draft("Confrm your paymnt, ACCONT on hold. #paymnt", track=False)
    >>> restore_vowels(draft)
    >>> draft.text
    'Confirm your payment, ACCOUNT on hold. #paymnt'
    """
    text = draft.text
    edits: list[Edit] = []
    too_many = 0
    for found in _TOKEN.finditer(text):
        word = _mended(found.group())
        if word is None or not _BY_ITSELF.match(text, found.start()):
            continue
        too_many += len(found.group()) > len(word)
        edits.append((*found.span(), word))
    draft.apply(edits, "dropped_letter", len(edits) - too_many)
    draft.count("repeated_letter", too_many)


@lru_cache(maxsize=16384)
def _mended(token: str) -> str | None:
    """The word of a lure that a token is with a slip, in its case, or None to leave it."""
    words, small = shortened_words(), token.lower()
    word = words.get(small)
    if word is None and _AGAIN.search(small):
        word = words.get(_once(small))
    # One letter may be typed twice beside the vowel that is missing.
    if word is None or len(token) > len(word):
        word = _mended_double(small) if len(token) >= _SHORTEST else None
    return None if word is None else _in_case(token, word)


def _in_case(token: str, word: str) -> str:
    if token.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if token[0].isupper() else word


@cache
def shortened_tables() -> tuple[np.ndarray, np.ndarray]:
    """What the scan looks up to find a word of :func:`shortened_words`.

    Returns
    -------
    cells, table : numpy.ndarray of uint16 and uint32
        See :func:`scamclassify.text.prescan_dropped_kernel.mark_shortened`.
    """
    shortened, doubled = shortened_words(), doubled_words()
    cells = np.zeros(1 << 15, dtype=np.uint16)
    table = np.zeros(1 << 17, dtype=np.uint32)
    longest = np.array([len(word) for word in shortened.values()])
    mark_shortened(*_letters_of(list(shortened)), longest, cells, table)
    lengths = np.array([length for _, length in doubled])
    mark_of_length(*_letters_of([once for once, _ in doubled]), lengths, cells, table)
    return cells, table


def _letters_of(words: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Symbols and code points of words, one behind the other, and where each begins."""
    codes = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32)
    return symbol_table()[codes], codes, np.cumsum([0, *map(len, words)])
