"""Hosts that look like a brand's: typos, look-alike letters, brand names joined with lures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from scamclassify.features.links import host_facts, on_list
from scamclassify.knowledge.brands import BrandRegistry, load_brands
from scamclassify.text.codepoints import encode_texts, fold_table
from scamclassify.text.confusables import lookalikes

#: Words that are put beside a brand's name to make an address look right.
LURES = frozenset(
    "account accounts admin aid aktif akaun akun alert app apps asia auth bank banking bantuan "
    "benefit billing bonus card care cash center centre check claim client confirm contact cs "
    "customer customs daftar dangnhap deal delivery digital easy event express fee free gift "
    "global gov hadiah help helpdesk hotline id info ibank internet job jobs kh khuyenmai kredit "
    "kyc la live loan login logon lucky mail mall masuk member mm mobile my mybill myaccount net "
    "nganhang notice office official online otp parcel pay payment ph point points portal post "
    "prize promo promosi qr quatang rebate redeem refund register reward rewards safe safety sale "
    "secure secured security service services sg shop sign signin sms sso store subsidy support "
    "sync task tax team th toll track tracking transfer undian update upgrade user validate "
    "validation verif verifikasi verification verify vip vn voucher wallet web win xacthuc".split()
)

# National endings that anybody registers under; other national endings may be a brand's own.
_OPEN_ENDINGS = frozenset("ai cc cf co ga gq in io la ly me ml pw ru su tk to tv ws".split())

# Official domains whose first label is an ordinary word or name: no sign of the brand alone.
_COMMON = frozenset(
    "be cake central circles detik discord globe imagine income indeed jago kompas landbank live "
    "line lotuss m1 maya mi mps office one post progresif rabbit sc setel simba smart tala timo "
    "trip true tiki u uno unifi wise x yes you zoom smartfren trust who wave luno klook grab "
    "mart boost bibit pintu dana ovo atom apple meta visa steam courts axis telkom astro hasil "
    "canva emirates nike viu dito converge uab express booking un set bsp spx sawad tether "
    "crypto forms railway mall redone paynet digi singapore hotlink jenius the1 interpol signal "
    "home".split()
)

_LEET = str.maketrans("013457", "oleast")
_TOKENS = re.compile(r"[^a-z0-9]+")


def _plain(label: str) -> str:
    """Label with foreign look-alike letters and marked letters as plain Latin ones."""
    if label.isascii():
        return label
    letters, table = lookalikes(), fold_table()
    codes = encode_texts(["".join(letters.get(char, char) for char in label)])[0]
    return "".join(chr(table[code]) if code < len(table) else chr(code) for code in codes)


def skeleton(label: str) -> str:
    """Label with look-alike letters and digits read alike.

    Examples
    --------
    >>> skeleton("rnaybank") == skeleton("maybank"), skeleton("payрal1") == skeleton("paypali")
    (True, True)
    """
    plain = _plain(label).translate(_LEET).replace("rn", "m").replace("vv", "w")
    return plain.replace("i", "l")


def edits(a: str, b: str) -> int:
    """Edit distance with swaps of neighbours (optimal string alignment).

    Examples
    --------
    >>> edits("maybank", "mayabnk"), edits("shopee", "shoope")
    (1, 2)
    """
    last: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, last, row = last, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
    return row[-1]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A brand that a host looks like, in which way, and whether that is sure by itself.

    ``way`` is one of ``ending`` (its label under another ending), ``letters``, ``typo``,
    ``joined``, ``subdomain`` or ``path``. A likeness that is not sure counts only in a
    message that names the brand.
    """

    brand: int
    way: str
    sure: bool


def _deletions(word: str, most: int) -> set[str]:
    found = last = {word}
    for _ in range(most):
        last = {each[:i] + each[i + 1 :] for each in last for i in range(len(each))}
        found = found | last
    return found


def _reach(word: str) -> int:
    """Edits that may be a typo of a word of this length."""
    return 2 if len(word) >= 9 else 1 if len(word) >= 5 else 0


class LookalikeIndex:
    """Words by which hosts claim to be a brand's, indexed for typos.

    Parameters
    ----------
    registry : BrandRegistry

    Notes
    -----
    Words are the first labels of official domains and the Latin spellings without spaces.
    Typos are found by symmetric deletion (Garbe 2012, SymSpell): a word and its typo share
    a string that both become by deleting letters; the edit distance is then computed.
    """

    def __init__(self, registry: BrandRegistry) -> None:
        self.registry = registry
        #: From word to the place of its brand.
        self.words: dict[str, int] = {}
        self.unsure: set[str] = set()
        for place, brand in enumerate(registry.brands):
            spellings = [(s, s in brand.ambiguous) for s in brand.spellings]
            spellings += [
                (domain.partition(".")[0], False)
                for domain in brand.domains
                if not on_list(domain, registry.government_suffixes)
            ]
            for spelling, ambiguous in spellings:
                word = re.sub(r"[^a-z0-9-]", "", spelling.lower()).replace("-", "")
                if spelling.isascii() and len(word) >= 3 and word not in self.words:
                    self.words[word] = place
                    if ambiguous or len(word) < 4 or word in _COMMON or word in LURES:
                        self.unsure.add(word)
        for brand in registry.brands:
            self.unsure.update(s.lower() for s in brand.ambiguous)
        self.skeletons = {skeleton(word): word for word in self.words if len(word) >= 4}
        self._typos: dict[str, list[str]] = {}
        labels = {domain.partition(".")[0].replace("-", "") for domain in registry.owners}
        names = {re.sub(r"[^a-z0-9]", "", brand.name.lower()) for brand in registry.brands}
        # Typos of every alias would reach too many honest names.
        sure = (labels | names) - self.unsure
        for word in self.words:
            if word in sure and len(word) >= 5:
                folded = skeleton(word)
                for shorter in _deletions(folded, _reach(folded)):
                    self._typos.setdefault(shorter, []).append(folded)

    def typo_of(self, folded: str) -> tuple[str, int]:
        """The nearest known word that another is a typo of and the edits between, or ``("", 0)``.

        Both are compared as skeletons, so look-alike letters cost nothing.
        """
        if not 5 <= len(folded) <= 20:
            return "", 0
        reach = _reach(folded)
        near = {
            known
            for shorter in _deletions(folded, reach)
            for known in self._typos.get(shorter, ())
            if known[0] == folded[0]
        }
        # The nearest, by the alphabet where several are: never by the order of a set.
        found = [
            (distance, known)
            for known in near
            if 0 < (distance := edits(folded, known)) <= min(_reach(known), reach)
        ]
        if not found:
            return "", 0
        distance, known = min(found)
        return self.skeletons[known], distance

    def _token(self, token: str, beside: list[str]) -> tuple[str, str, bool] | None:
        """Word, way and sureness of one token of a label."""
        if token in self.words:
            lure = any(other in LURES or other.isdigit() for other in beside)
            sure = token not in self.unsure or (lure and token not in _COMMON and len(token) == 3)
            return token, "joined", sure
        folded = skeleton(token)
        known = self.skeletons.get(folded)
        if known is not None:
            return known, "letters", known not in self.unsure
        known, distance = self.typo_of(folded)
        if known:
            return known, "typo", len(known) >= 7 and distance == 1
        for cut in range(3, len(token) - 1):
            for word, rest in ((token[:cut], token[cut:]), (token[-cut:], token[:-cut])):
                if word in self.words and (
                    rest in LURES or rest.isdigit() or (len(word) >= 6 and word not in self.unsure)
                ):
                    sure = word not in self.unsure and (rest in LURES or len(word) >= 8)
                    return word, "joined", sure
        return None

    def label(self, label: str) -> Likeness | None:
        """What a label that somebody chose looks like."""
        if not label.isascii():
            # Whatever brand is left once the letters are plain is what a reader sees.
            found = self._plain_label(_plain(label))
            return found and Likeness(found.brand, "letters", found.sure)
        return self._plain_label(label)

    def _plain_label(self, label: str) -> Likeness | None:
        tokens = [token for token in _TOKENS.split(label) if token]
        best = None
        for place, token in enumerate(tokens):
            hit = self._token(token, tokens[:place] + tokens[place + 1 :])
            if hit is not None:
                found = Likeness(self.words[hit[0]], hit[1], hit[2])
                if found.sure:
                    return found
                best = best or found
        if len(tokens) > 1 and "".join(tokens) in self.words:
            word = "".join(tokens)
            return Likeness(self.words[word], "joined", word not in self.unsure)
        return best

    def path(self, path: str) -> Likeness | None:
        """A brand in the path of an address; sure only where a lure stands beside it."""
        tokens = [token for token in _TOKENS.split(path.lower()) if token]
        for token in tokens:
            if token in self.words and len(token) >= 3:
                lure = any(other in LURES for other in tokens if other != token)
                return Likeness(self.words[token], "path", lure and token not in self.unsure)
        return None


@cache
def default_index() -> LookalikeIndex:
    """The index over the registry that the package carries, built once."""
    return LookalikeIndex(load_brands())


@lru_cache(maxsize=65536)
def host_likeness(host: str, shown: str) -> Likeness | None:
    """The brand that a host looks like without being its own; answers are kept.

    Parameters
    ----------
    host, shown : str
        The host in ASCII and as a reader sees it.

    Examples
    --------
    >>> load_brands().brands[host_likeness("dbs-secure-login.com", "dbs-secure-login.com").brand].id
    'dbs'
    >>> host_likeness("vietconbank.com", "vietconbank.com").way
    'typo'
    >>> host_likeness("weather.com", "weather.com") is None
    True
    """
    facts = host_facts(host)
    index = default_index()
    if facts.is_ip or facts.is_government or not facts.suffix:
        return None
    if shown.startswith("xn--") or ".xn--" in shown:
        shown = _decode(shown)
    shared = on_list(host, index.registry.filesharing)
    if shared == host:
        return None
    suffix = shared or facts.suffix
    labels = shown[: -len(suffix) - 1].split(".")
    own, subs = (labels[-1], labels[:-1]) if not shared else ("", labels)
    official = _embedded(host, facts.registrable, index.registry)
    if official is not None:
        return Likeness(official, "subdomain", True)
    national = len(suffix.rpartition(".")[2]) == 2
    closed = national and suffix not in _OPEN_ENDINGS and not shared
    if own in index.words:
        if closed:
            return None
        return Likeness(index.words[own], "ending", own not in index.unsure)
    found = index.label(own) if own else None
    if found is not None and found.sure:
        return found
    for label in reversed(subs):
        below = index.label(label)
        if below is not None and below.way != "typo" and (below.sure or found is None):
            below = Likeness(below.brand, "subdomain", below.sure and not closed)
            if below.sure:
                return below
            found = below
    return found


def _embedded(host: str, registrable: str, registry: BrandRegistry) -> int | None:
    """Owner of an official domain that stands whole before the registrable one."""
    labels = host[: -len(registrable) - 1].split(".") if registrable else []
    for start in range(len(labels)):
        for stop in range(start + 2, len(labels) + 1):
            owner = registry.owners.get(".".join(labels[start:stop]))
            if owner is not None:
                return owner
    return None


def _decode(shown: str) -> str:
    """Labels that begin with ``xn--`` as a reader sees them."""
    labels = []
    for label in shown.split("."):
        try:
            labels.append(label.encode("ascii").decode("idna"))
        except UnicodeError:
            labels.append(label)
    return ".".join(labels)
