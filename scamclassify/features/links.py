"""Links of a message, taken apart: host, registrable domain, path, and what kind of host it is."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from scamclassify.knowledge.brands import load_brands
from scamclassify.text.confusables import lookalikes
from scamclassify.text.links import LINK

# Greek, Cyrillic and Armenian letters are read as the Latin ones they pass for, so that a
# bare domain written with some of them is found; a translation keeps every place.
_FOREIGN = range(0x0370, 0x0590)
_FOREIGN_LETTER = re.compile("[\u0370-\u058f]")
_SCHEME = re.compile(r"(?i)https?://+")
# Latin letters with marks may be part of a host, letters of unspaced scripts follow it.
_HOST = re.compile(r"(?i)[a-z0-9\u00c0-\u024f\u1e00-\u1eff.-]+")
_OTHER_HOST = re.compile(r"[\w.-]+")
_AUTHORITY_END = re.compile("[/?#]")
_REST = re.compile(r"(?::\d{1,5}(?!\d))?(?:[/?#][!#-;=?-\[\]_a-z~]*)?", re.ASCII)
_TRAILING = ".,;:!?'\")]}>-_~*"


@dataclass(frozen=True, slots=True)
class HostFacts:
    """What a host name says by itself.

    Attributes
    ----------
    registrable, suffix : str
        Domain that was registered, and the public suffix that it stands under.
    is_shortener, is_messaging, is_filesharing, is_government, risky_tld : bool
        Whether the lists of the brand registry hold it.
    is_open_shortener : bool
        Whether anybody can make links of the shortener; those of ``t.co`` say no more than
        that a post came from its platform.
    is_ip, punycode : bool
    has_digits, has_hyphen : bool
        Whether one stands in the host.
    is_deep : bool
        Four labels or more.
    is_long : bool
        The registered name has 14 characters or more.
    is_consonants : bool
        The registered name has five characters or more, under a fifth of them vowels, as
        names drawn at random have.
    """

    registrable: str
    suffix: str
    is_shortener: bool
    is_open_shortener: bool
    is_messaging: bool
    is_filesharing: bool
    is_government: bool
    risky_tld: bool
    is_ip: bool
    punycode: bool
    has_digits: bool
    has_hyphen: bool
    is_deep: bool
    is_long: bool
    is_consonants: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A link or e-mail address of a text: ``text[start:end]``.

    Attributes
    ----------
    raw : str
        As it stands in the text, without punctuation after it.
    start, end : int
        Its place.
    host : str
        In small letters, letters beyond ASCII encoded (``xn--``).
    shown_host : str
        The host as a reader sees it.
    path : str
        What follows the host, port included.
    is_email : bool
        Whether it is an e-mail address.
    disguised : bool
        Whether a user name stands before the host (``https://bank.com@evil.top``).
    facts : HostFacts
        What the host says by itself; its fields are properties here too.
    """

    raw: str
    start: int
    end: int
    host: str
    shown_host: str
    path: str
    is_email: bool
    disguised: bool
    facts: HostFacts

    @property
    def registrable(self) -> str:
        """Domain that somebody registered, such as ``"dbs.com.sg"``, or ``""``."""
        return self.facts.registrable

    @property
    def is_shortener(self) -> bool:
        """Whether the host is a link shortener."""
        return self.facts.is_shortener

    @property
    def is_platform_shortener(self) -> bool:
        """Whether only a platform or its customers' apps make links of the shortener."""
        return self.facts.is_shortener and not self.facts.is_open_shortener

    @property
    def is_messaging(self) -> bool:
        """Whether the link opens a messaging app."""
        return self.facts.is_messaging

    @property
    def is_filesharing(self) -> bool:
        """Whether anybody can put files, forms or pages there."""
        return self.facts.is_filesharing

    @property
    def is_government(self) -> bool:
        """Whether only a government of the region can register there."""
        return self.facts.is_government

    @property
    def risky_tld(self) -> bool:
        """Whether the top-level domain is one that is often abused."""
        return self.facts.risky_tld

    @property
    def is_ip(self) -> bool:
        """Whether the host is an IP address."""
        return self.facts.is_ip

    @property
    def punycode(self) -> bool:
        """Whether the host holds letters beyond ASCII."""
        return self.facts.punycode


@cache
def _extractor():
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@cache
def _foreign_letters() -> dict[int, str]:
    return {
        ord(other): plain
        for other, plain in lookalikes().items()
        if ord(other) in _FOREIGN and plain.isascii()
    }


def on_list(host: str, hosts: Collection[str]) -> str:
    """The entry of a list of hosts that a host is or is under, or ``""``.

    Examples
    --------
    >>> on_list("dbs-login.web.app", {"web.app"}), on_list("myweb.app", {"web.app"})
    ('web.app', '')
    """
    while host:
        if host in hosts:
            return host
        host = host.partition(".")[2]
    return ""


@lru_cache(maxsize=65536)
def host_facts(host: str) -> HostFacts:
    """What a host in ASCII says by itself; answers are kept.

    Examples
    --------
    >>> facts = host_facts("internet-banking.dbs.com.sg")
    >>> facts.registrable, facts.suffix, facts.is_shortener
    ('dbs.com.sg', 'com.sg', False)
    >>> host_facts("bit.ly").is_shortener, host_facts("10.0.0.1").is_ip
    (True, True)
    """
    registry = load_brands()
    found = _extractor()(host)
    registrable = found.top_domain_under_public_suffix
    name = found.domain
    shortener = on_list(host, registry.shorteners)
    return HostFacts(
        registrable,
        found.suffix,
        bool(shortener),
        registry.shorteners.get(shortener) == "open",
        bool(on_list(host, registry.messaging)),
        bool(on_list(host, registry.filesharing)),
        bool(on_list(host, registry.government_suffixes)),
        host.rpartition(".")[2] in registry.risky_tlds,
        bool(found.ipv4),
        any(label.startswith("xn--") for label in host.split(".")),
        any(char.isdigit() for char in host),
        "-" in host,
        host.count(".") >= 3,
        len(name) >= 14,
        len(name) >= 5 and 5 * sum(char in "aeiou" for char in name) < len(name),
    )


def _encode_host(shown: str) -> str:
    """Host in ASCII; a label that IDNA refuses is encoded as it is."""
    if shown.isascii():
        return shown
    labels = []
    for label in shown.split("."):
        if label.isascii():
            labels.append(label)
            continue
        try:
            labels.append(label.encode("idna").decode("ascii"))
        except UnicodeError:
            labels.append("xn--" + label.encode("punycode", "replace").decode("ascii"))
    return ".".join(labels)


def _take_apart(text: str, seen: str, start: int, end: int) -> Link | None:
    """Link of a span; ``seen`` is the text with foreign letters read as Latin ones."""
    scheme = _SCHEME.match(seen, start, end)
    at = scheme.end() if scheme else start
    user = seen.rfind("@", at, end)
    if user >= 0 and (ended := _AUTHORITY_END.search(seen, at, end)) is not None:
        user = seen.rfind("@", at, ended.start())
    is_email = user >= 0 and scheme is None and not seen[start : at + 4].lower().startswith("www.")
    if user >= 0:
        at = user + 1
    host = _HOST.match(seen, at, end) or _OTHER_HOST.match(seen, at, end)
    if host is None:
        return None
    host_end = at + len(host.group().rstrip(".-_"))
    shown = text[at:host_end].lower()
    if "." not in shown.strip("."):
        return None
    encoded = _encode_host(shown.lstrip(".-"))
    facts = host_facts(encoded)
    if scheme is None and not facts.suffix:
        return None
    rest = _REST.match(seen, host_end, end)
    path = rest.group().rstrip(_TRAILING) if rest and not is_email else ""
    shown = shown.lstrip(".-")
    stop = host_end + len(path)
    return Link(
        text[start:stop], start, stop, encoded, shown, path, is_email,
        user >= 0 and not is_email, facts,
    )  # fmt: skip


def find_links(text: str) -> list[Link]:
    """Find the links and e-mail addresses of a text and take them apart.

    Parameters
    ----------
    text : str
        A message, best after text repair, which mends links written to hide.

    Returns
    -------
    list of Link
        In order of the text; spans do not overlap.

    Notes
    -----
    Places come from ``scamclassify.text.links.LINK``; here the end is cut back where text
    of another script or punctuation follows without a space. Registrable domains come from
    the Public Suffix List that tldextract carries; nothing is fetched.

    Examples
    --------
    >>> [link.raw for link in find_links("开通http://dbs-secure.top/a?b=1。请看 maybank2u.com.my!")]
    ['http://dbs-secure.top/a?b=1', 'maybank2u.com.my']
    >>> find_links("wa.me/6591234567")[0].is_messaging
    True
    """
    if "." not in text:
        return []
    foreign = not text.isascii() and _FOREIGN_LETTER.search(text)
    seen = text.translate(_foreign_letters()) if foreign else text
    links = []
    for found in LINK.finditer(seen):
        link = _take_apart(text, seen, *found.span())
        if link is not None:
            links.append(link)
    return links
