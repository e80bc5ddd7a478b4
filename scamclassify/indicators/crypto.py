"""Addresses of cryptocurrencies, kept where their checksum holds.

Base58Check (Bitcoin, Litecoin, Dogecoin, TRON) and Bech32 / Bech32m (BIP 173, BIP 350)
are a few lines each and are checked here: the well-kept ``python-stdnum`` knows Bitcoin
without Bech32m alone, the packages that know more are unmaintained or compiled.
Ethereum's mixed-case checksum is EIP-55.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from scamclassify.indicators.fields import Claim
from scamclassify.indicators.keccak import keccak_256
from scamclassify.indicators.view import View

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32M = 0x2BC830A3
#: Characters of the shortest address.
LEAST_ADDRESS = 26
# Version byte of a Base58Check payload, and the coin.
_VERSIONS = {0x00: "BTC", 0x05: "BTC", 0x30: "LTC", 0x32: "LTC", 0x1E: "DOGE", 0x41: "TRX"}
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9])(?:0x[0-9a-fA-F]{40}|(?:bc1|ltc1)[a-z0-9]{38,59}|(?:BC1|LTC1)[A-Z0-9]{38,59}"
    r"|[13LMDT][1-9A-HJ-NP-Za-km-z]{25,34})(?![A-Za-z0-9])"
)


def _base58_version(address: str) -> int | None:
    number = 0
    for char in address:
        number = number * 58 + _BASE58.index(char)
    zeros = len(address) - len(address.lstrip("1"))
    length = (number.bit_length() + 7) // 8
    data = b"\x00" * zeros + number.to_bytes(length, "big")
    if len(data) != 25:
        return None
    digest = hashlib.sha256(hashlib.sha256(data[:21]).digest()).digest()
    return data[0] if digest[:4] == data[21:] else None


def _bech32_holds(address: str) -> bool:
    address = address.lower()
    prefix, _, data = address.rpartition("1")
    if not prefix or len(data) < 8 or any(char not in _BECH32 for char in data):
        return False
    values = [_BECH32.index(char) for char in data]
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    checksum = 1
    for value in expanded + values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            checksum ^= generator if (top >> i) & 1 else 0
    return checksum == (1 if values[0] == 0 else _BECH32M)


def _ethereum_holds(address: str) -> bool | None:
    """True or False by the checksum; None where the letters are all of one case."""
    body = address[2:]
    if body in (body.lower(), body.upper()):
        return None
    digest = keccak_256(body.lower().encode()).hex()
    return all(
        char.isdigit() or (char.isupper() == (int(digest[i], 16) >= 8))
        for i, char in enumerate(body)
    )


def check_address(address: str) -> tuple[str, float] | None:
    """Coin of an address and how sure it is, or None where the checksum fails.

    Examples
    --------
    >>> check_address("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")
    ('BTC', 0.99)
    >>> check_address("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb") is None
    True
    """
    if address.startswith("0x"):
        holds = _ethereum_holds(address)
        return None if holds is False else ("ETH", 0.99 if holds else 0.9)
    if address[:3].lower() == "bc1" or address[:4].lower() == "ltc1":
        coin = "BTC" if address[0] in "bB" else "LTC"
        return (coin, 0.99) if _bech32_holds(address) else None
    version = _base58_version(address)
    known = _VERSIONS.get(version) if version is not None else None
    return (known, 0.99) if known else None


def claim_crypto(view: View) -> Iterator[Claim]:
    """Addresses whose checksum holds; the value keeps its case, hexadecimal is lowered."""
    for found in _ADDRESS.finditer(view.text):
        address = found.group()
        checked = check_address(address)
        if checked:
            coin, confidence = checked
            value = (
                address.lower() if coin == "ETH" or address[:2].lower() in ("bc", "lt") else address
            )
            yield Claim("crypto_address", *found.span(), value, confidence, coin)
