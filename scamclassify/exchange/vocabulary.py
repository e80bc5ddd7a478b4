"""Closed lists against which words of a campaign document are checked before they leave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from scamclassify.text.draft import REPAIR_KINDS

#: What the detail of an indicator may say: the app of a handle, the rail of a payment id, the
#: coin of an address, the kind of an account. The bank of an account is checked apart.
DETAILS: tuple[str, ...] = (
    "WhatsApp", "Telegram", "LINE", "Zalo", "Viber", "WeChat", "QQ", "Signal", "KakaoTalk",
    "Messenger", "Skype", "Instagram", "Discord", "Facebook", "TikTok",
    "PromptPay", "TrueMoney", "DuitNow", "Touch 'n Go", "PayNow", "QRIS", "DANA", "OVO", "GoPay",
    "ShopeePay", "LinkAja", "virtual account", "GCash", "Maya", "KBZPay", "WavePay", "AYA Pay",
    "CB Pay", "Wing", "Bakong", "M-Money", "U-Money", "MoMo", "ZaloPay", "Viettel Money",
    "BIBD NEXGEN", "Alipay", "UEN",
    "BTC", "ETH", "TRX", "LTC", "DOGE", "SOL", "XRP", "BNB", "TON", "ADA", "BCH", "XMR", "USDT",
    "IBAN",
)  # fmt: skip
_DETAILS = frozenset(name.lower() for name in DETAILS)
_COUNTRY = re.compile(r"[A-Z]{2}")


def known_detail(text: str | None) -> str | None:
    """A detail in small letters if it is one of :data:`DETAILS`, or the id of a brand.

    Examples
    --------
    >>> known_detail("WhatsApp"), known_detail("kbank"), known_detail("call Budi")
    ('whatsapp', 'kbank', None)
    """
    name = (text or "").strip().lower()
    return name if name in _DETAILS or name in _brand_ids() else None


def known_country(code: str | None) -> str | None:
    """A country if it is written as an ISO 3166 code of two letters."""
    return code if code and _COUNTRY.fullmatch(code) else None


def known_disguises(counts: Mapping[str, int]) -> dict[str, int]:
    """The kinds of repair among some keys."""
    return {kind: counts[kind] for kind in REPAIR_KINDS if counts.get(kind)}


@cache
def _brand_ids() -> dict[str, str]:
    from scamclassify.knowledge.brands import load_brands

    return {brand.id: brand.name for brand in load_brands().brands}


def institution(detail: str | None) -> str | None:
    """Name of the bank that a detail is the id of.

    Examples
    --------
    >>> institution("dbs"), institution("iban")
    ('DBS', None)
    """
    return _brand_ids().get(detail or "")


@cache
def _brand_names() -> dict[str, str]:
    from scamclassify.knowledge.brands import load_brands

    names: dict[str, str] = {}
    for brand in load_brands().brands:
        for spelling in (brand.id, *brand.spellings):
            names.setdefault(spelling.casefold(), brand.name)
    return names


def known_brands(words: Iterable[str]) -> tuple[str, ...]:
    """Names of the brands of the registry among some words.

    Examples
    --------
    >>> known_brands(["dbs", "Tan Ah Kow"])
    ('DBS',)
    """
    names = _brand_names()
    found = (names.get(word.strip().casefold()) for word in words)
    return tuple(dict.fromkeys(name for name in found if name))
