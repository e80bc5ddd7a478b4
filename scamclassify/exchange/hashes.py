"""Keyed hashes of indicators: two agencies find what they share and see nothing of the rest.

Both use one secret key. Each writes a file of HMAC-SHA256 values (RFC 2104) of its indicators,
and :func:`~scamclassify.exchange.intersection.intersect` finds those in both. The key of each
field is derived from the secret one, so that a phone number and an account of the same digits
differ.

What this does not protect from: **whoever holds the key can try values**. All telephone
numbers of a country are hashed in minutes, all its bank accounts in hours. Keyed hashes keep
the indicators from those who do not have the key, such as a go-between or a thief of the file;
from the partner they only hide what the partner does not think of trying. Agree on a key for
one exchange, and destroy it afterwards.
"""

from __future__ import annotations

import hmac
import json
import os
from pathlib import Path

from scamclassify.errors import InputFileError
from scamclassify.exchange.fields import SHARED_FIELDS, normalise
from scamclassify.exchange.identifiers import stamp
from scamclassify.exchange.outgoing import Outgoing

FORMAT = "scamclassify-hashes"
VERSION = 1
#: Environment variable of the key, where no file is named.
KEY_VARIABLE = "SCAMCLASSIFY_KEY"
#: Fewest bytes of a key.
KEY_BYTES = 16
_MOST_KEY = 4096
_DOMAIN = b"scamclassify/hashes/1/"


def read_key(path: str | Path | None = None, variable: str = KEY_VARIABLE) -> bytes:
    """Read the secret key from a file or an environment variable, never from an argument.

    Parameters
    ----------
    path : path, optional
        A file; space around its content does not count.
    variable : str
        Environment variable that is read where no file is named.

    Returns
    -------
    bytes

    Raises
    ------
    InputFileError
        If there is no key or it is too short.

    Examples
    --------
    >>> read_key(variable="NO_SUCH_VARIABLE")
    Traceback (most recent call last):
        ...
    scamclassify.errors.InputFileError: there is no key: name a file with --key-file or set ...
    """
    if path is not None:
        path = Path(path)
        if not path.is_file():
            raise InputFileError(f"there is no key file {path}")
        if path.stat().st_size > _MOST_KEY:
            raise InputFileError(f"{path.name} is no key: it has over {_MOST_KEY:,} bytes")
        key, where = path.read_bytes().strip(), path.name
    elif variable in os.environ:
        key, where = os.environ[variable].strip().encode("utf-8", "surrogateescape"), variable
    else:
        raise InputFileError(
            f"there is no key: name a file with --key-file or set the variable {variable}; "
            "make a key with: openssl rand -hex 32"
        )
    if len(key) < KEY_BYTES:
        raise InputFileError(
            f"the key in {where} has {len(key)} bytes and needs {KEY_BYTES} or more; "
            "make a key with: openssl rand -hex 32"
        )
    return key


class Hasher:
    """Hashes indicators under a key.

    Parameters
    ----------
    key : bytes

    Attributes
    ----------
    check : str
        Tells whether two files were made with one key; it says nothing about the key.

    Examples
    --------
    >>> hasher = Hasher(b"0" * 32)
    >>> hasher.hash("phone", "+65 9123 4567") == hasher.hash("phone", "+6591234567")
    True
    >>> hasher.hash("phone", "+6591234567") == hasher.hash("bank_account", "6591234567")
    False
    """

    def __init__(self, key: bytes) -> None:
        self._keys = {
            name: hmac.digest(key, _DOMAIN + name.encode(), "sha256") for name in SHARED_FIELDS
        }
        self.check = hmac.digest(key, _DOMAIN + b"check", "sha256").hex()[:16]

    def hash(self, field: str, value: str) -> str:
        """Hash of an indicator, 64 hexadecimal digits; empty where it may not leave."""
        value = normalise(field, value)
        if not value:
            return ""
        return hmac.digest(self._keys[field], value.encode("utf-8"), "sha256").hex()


def hash_lines(outgoing: Outgoing, key: bytes, producer: str) -> bytes:
    """A hash file: a header, then a line for each indicator, sorted by field and hash.

    Parameters
    ----------
    outgoing : Outgoing
    key : bytes
        From :func:`read_key`.
    producer : str

    Returns
    -------
    bytes
        JSON Lines. A line holds ``field``, ``hash``, ``count`` (messages) and ``campaigns``
        (their number), and nothing else.

    Examples
    --------
    >>> from scamclassify.campaigns.document import CampaignDocument
    >>> from scamclassify.exchange.outgoing import select_outgoing
    >>> empty = select_outgoing(CampaignDocument("2026-01-02T03:04:05Z", "0.1.0", 0, {}, ()))
    >>> json.loads(hash_lines(empty, b"0" * 32, "CERT"))["format"]
    'scamclassify-hashes'
    """
    hasher = Hasher(key)
    lines = sorted(
        (one.field, hasher.hash(one.field, one.value), one.count, len(one.campaigns))
        for one in outgoing.indicators
    )
    head = {
        "format": FORMAT,
        "version": VERSION,
        "producer": producer,
        "created": stamp(outgoing.created),
        "key_check": hasher.check,
        "entries": len(lines),
    }
    encode = json.JSONEncoder(ensure_ascii=False).encode
    out = [encode(head)]
    out += [
        encode({"field": field, "hash": value, "count": count, "campaigns": campaigns})
        for field, value, count, campaigns in lines
    ]
    return ("\n".join(out) + "\n").encode("utf-8")
