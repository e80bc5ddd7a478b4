"""Which indicators may leave an agency, and how each is written so that two write it alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from urllib.parse import unquote, urlsplit

#: The fields of indicators that may leave. What is not here does not: one-time passwords and
#: amounts concern the reader of a message, never its sender.
SHARED_FIELDS: tuple[str, ...] = (
    "link",
    "domain",
    "phone",
    "email",
    "handle",
    "bank_account",
    "payment_id",
    "crypto_address",
)

#: A personal number in an address: it may be the one of the person who received the link.
_PERSONAL = re.compile(r"@|\d(?:[\s.()+-]{0,2}\d){6,}")
_PHONE = re.compile(r"\+[1-9]\d{6,14}")
_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?=[a-z0-9-]*[a-z]){_LABEL}")
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}")
_EMAIL = re.compile(r"[a-z0-9][a-z0-9._%+-]{0,63}@(?P<host>[a-z0-9_.-]{3,253})")
# Names, numbers of an app, and invitations, whose letters tell case apart.
_HANDLE = re.compile(r"[@#+~]?[\w][\w.+/%-]{1,79}")
_ACCOUNT = re.compile(r"[A-Z]{0,4}\d[\dA-Z]{4,33}")
_PAYMENT = re.compile(r"\+?\w[\w.@+-]{2,63}")
_CRYPTO = re.compile(r"[A-Za-z0-9]{20,110}")
_BECH32 = re.compile(r"(?:bc1|tb1|ltc1|addr1|0x)[0-9a-z]+", re.IGNORECASE)
_MOST_LINK = 2000
# Names that belong to nobody (RFC 2606), and numbers that a data set was masked with.
_RESERVED = re.compile(r"(?:.*\.)?(?:example\.(?:com|net|org)|example|invalid|test|localhost)")
_MASKED = re.compile(r"(\d)\1{6}")
# Anybody can open a page or a shop at these, so a link there may be a scammer's.
_OPEN_SECTORS = ("platform", "messaging", "shop", "media", "technology")


def _host(value: str) -> str:
    """A host name in small ASCII letters; empty where it is none."""
    value = value.strip().rstrip(".").lower()
    if not value.isascii():
        try:
            value = value.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    if _ADDRESS.fullmatch(value):
        return value if all(int(part) < 256 for part in value.split(".")) else ""
    if len(value) > 253 or not _HOST.fullmatch(value) or _RESERVED.fullmatch(value):
        return ""
    return value


def _link(value: str) -> str:
    """A link without what may name its reader: user, query, fragment, personal path segments."""
    value = value.strip()
    if "://" not in value:
        value = f"http://{value}"
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    host = _host(parts.hostname or "")
    if scheme not in ("http", "https") or not host:
        return ""
    if port is not None and port != {"http": 80, "https": 443}[scheme]:
        host = f"{host}:{port}"
    kept = []
    for segment in parts.path.split("/")[1:]:
        if _PERSONAL.search(unquote(segment)) or not segment.isprintable() or " " in segment:
            kept.append("")
            break
        kept.append(segment)
    # The root is written with its slash, so that it is one address however it was typed.
    path = "/" + "/".join(kept)
    link = f"{scheme}://{host}{path}"
    return link if len(link) <= _MOST_LINK else ""


def _phone(value: str) -> str:
    digits = re.sub(r"[^\d+]", "", value)
    # Digits of any script are digits; E.164 has those of ASCII.
    digits = "".join(c if c == "+" else str(int(c)) for c in digits)
    return digits if _PHONE.fullmatch(digits) else ""


def _email(value: str) -> str:
    value = value.strip().lower()
    found = _EMAIL.fullmatch(value)
    return value if found and _host(found["host"]) else ""


def _handle(value: str) -> str:
    value = value.strip()
    return value if _HANDLE.fullmatch(value) else ""


def _account(value: str) -> str:
    value = re.sub(r"[\s.-]", "", value).upper()
    return value if value.isascii() and _ACCOUNT.fullmatch(value) else ""


def _payment(value: str) -> str:
    value = re.sub(r"[\s-]", "", value).lower()
    return value if _PAYMENT.fullmatch(value) else ""


def _crypto(value: str) -> str:
    value = value.strip()
    if not _CRYPTO.fullmatch(value):
        return ""
    # These spellings do not tell case apart; the others (Base58) do.
    return value.lower() if _BECH32.fullmatch(value) else value


_NUMBERS = ("phone", "bank_account", "payment_id")
_NORMALISERS: dict[str, Callable[[str], str]] = {
    "link": _link,
    "domain": _host,
    "phone": _phone,
    "email": _email,
    "handle": _handle,
    "bank_account": _account,
    "payment_id": _payment,
    "crypto_address": _crypto,
}


def normalise(field: str, value: str) -> str:
    """One spelling of the value of an indicator, without what may name a recipient.

    Parameters
    ----------
    field : str
        One of :data:`SHARED_FIELDS`.
    value : str
        As :func:`scamclassify.extract_indicators` normalised it, or as somebody typed it.

    Returns
    -------
    str
        Empty where the value is not what its field says, or the field may not leave.
        Links lose user name, query, fragment and the path from the first segment that holds
        a personal number or address. Also empty for names that belong to nobody, such as
        ``example.com``, and for numbers with one digit seven times in a row: data sets are
        masked so.

    Examples
    --------
    >>> normalise("link", "HTTPS://Evil.TOP:443/pay?to=somebody@example.com")
    'https://evil.top/pay'
    >>> normalise("phone", "+65 9123 4567"), normalise("otp", "123456")
    ('+6591234567', '')
    """
    found = _NORMALISERS[field](value) if field in _NORMALISERS else ""
    return "" if field in _NUMBERS and _MASKED.search(found) else found


def is_cut(field: str, raw: str, value: str) -> bool:
    """Whether :func:`normalise` cut the end of a link.

    Examples
    --------
    >>> is_cut("link", "http://a.top/x?u=1", "http://a.top/x")
    True
    """
    if field != "link":
        return False
    tail = raw.strip().lower().rstrip("/").rpartition("://")[2]
    return not value.lower().rstrip("/").endswith(tail.rpartition("@")[2])


@cache
def known_hosts() -> frozenset[str]:
    """Domains that nobody must block: those of brands, of messengers, shorteners and files.

    A link there may be an indicator; the domain never is.
    """
    from scamclassify.knowledge.brands import load_brands

    registry = load_brands()
    return frozenset(
        {*registry.owners, *registry.messaging, *registry.shorteners, *registry.filesharing}
    )


@cache
def _official() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    from scamclassify.knowledge.brands import load_brands

    registry = load_brands()
    shared = {*registry.messaging, *registry.shorteners, *registry.filesharing}
    for brand in registry.brands:
        if brand.sector in _OPEN_SECTORS:
            shared.update(brand.domains)
    return frozenset(registry.owners) - shared, frozenset(shared), (*registry.government_suffixes,)


def is_official(field: str, value: str) -> bool:
    """Whether a normalised link, domain or e-mail is at an official domain of a brand or state.

    Messages that imitate a bank often name the bank's true address as well; it must not be
    shared as an indicator.

    Examples
    --------
    >>> is_official("link", "https://www.dbs.com.sg/login"), is_official("domain", "dbs-sg.top")
    (True, False)
    """
    if field == "link":
        host = (urlsplit(value).hostname or "") if value else ""
    elif field == "email":
        host = value.rpartition("@")[2]
    elif field == "domain":
        host = value
    else:
        return False
    domains, shared, suffixes = _official()
    parts = host.split(".")
    # The longest name that is known decides: docs.google.com before google.com.
    for start in range(len(parts) - 1):
        tail = ".".join(parts[start:])
        if tail in shared:
            return False
        if tail in domains or tail in suffixes:
            return True
    return False
