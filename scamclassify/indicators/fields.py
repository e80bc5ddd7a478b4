"""What an indicator is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

#: The fields, in the order of their columns in tables.
FIELDS: tuple[str, ...] = (
    "link",
    "domain",
    "phone",
    "email",
    "handle",
    "bank_account",
    "payment_id",
    "crypto_address",
    "otp",
    "amount",
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something in a message that can be looked up, counted or exchanged.

    Attributes
    ----------
    field : str
        One of `FIELDS`.
    start, end : int
        Its place in the message as it came; ``text == message[start:end]``.
    text : str
        As it stands there.
    value : str
        Normalised: a link with scheme and host in small letters, a registrable domain, a
        number in E.164 (``+66812345678``; digits alone where the country is unknown or the
        number is a short code), an account in digits, a code, ``"IDR 1500000"``. The value
        of an ``otp`` that is only mentioned is ``""``.
    confidence : float
        From 0 to 1, by rule: what the format proves and what the words around it say. It
        orders indicators; it is not a calibrated probability.
    detail : str
        The app of a handle, the bank (its id in the brand registry) or ``card`` or
        ``IBAN`` of an account, the rail of a payment id, the coin of an address, the
        currency of an amount, ``short code`` of a phone number, ``code`` or ``mention`` of
        an otp; ``""`` where nothing is known.
    country : str or None
        ISO 3166 alpha-2 code, where one is known.
    """

    field: str
    start: int
    end: int
    text: str
    value: str
    confidence: float
    detail: str = ""
    country: str | None = None


class Claim(NamedTuple):
    """An indicator before overlaps are settled; places are those of the view.

    A claim with the field ``""`` says that a number is none of the fields (a date, an
    order number); it keeps weaker claims away and is then dropped.
    """

    field: str
    start: int
    end: int
    value: str
    confidence: float
    detail: str = ""
    country: str | None = None
