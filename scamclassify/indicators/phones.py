"""Phone numbers by the library phonenumbers: E.164, and the country they belong to."""

from __future__ import annotations

from functools import lru_cache

from scamclassify.indicators.countries import CALLING_CODES

#: Countries in which a national number is dialled with a zero before it.
WITH_TRUNK = frozenset("ID TH VN PH MY MM KH LA CN".split())


@lru_cache(maxsize=65536)
def parse_phone(digits: str, country: str | None) -> tuple[str, str | None, bool] | None:
    """E.164 form of a number, its country, and whether it is a mobile or toll-free one.

    Parameters
    ----------
    digits : str
        ASCII digits, with ``+`` before them for the international form.
    country : str or None
        Where a national number is dialled; None for an international one.

    Returns
    -------
    tuple or None
        None where no such number can be assigned.

    Examples
    --------
    >>> parse_phone("0812345678", "TH")
    ('+66812345678', 'TH', True)
    >>> parse_phone("0812345678", "SG") is None
    True
    """
    import phonenumbers
    from phonenumbers import PhoneNumberType

    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    kind = phonenumbers.number_type(number)
    sure = kind in (
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.TOLL_FREE,
    )
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written, phonenumbers.region_code_for_number(number), sure


def international(digits: str) -> tuple[str, str | None, bool] | None:
    """Read digits that begin with a calling code, with ``+``, ``00`` or nothing before it.

    Examples
    --------
    >>> international("6281234567890")[:2]
    ('+6281234567890', 'ID')
    """
    if digits.startswith("00"):
        digits = digits[2:]
    if len(digits) < 8:
        return None
    return parse_phone("+" + digits.lstrip("+"), None)


def national(digits: str, country: str) -> tuple[str, str | None, bool] | None:
    """Read digits as somebody in a country dials them.

    Without the zero that the country dials first only numbers that are dialled so
    (toll-free and shared-cost) are taken.

    Examples
    --------
    >>> national("91234567", "SG")[0], national("812345678", "TH")
    ('+6591234567', None)
    """
    if (
        country in WITH_TRUNK
        and not digits.startswith("0")
        and digits[:2] not in ("18", "13", "19", "15")
    ):
        return None
    if country == "CN" and not (len(digits) == 11 and digits[0] == "1"):
        return None
    if country in WITH_TRUNK and digits[0] == "1" and len(digits) < 8 and country != "ID":
        return None
    return parse_phone(digits, country)


@lru_cache(maxsize=65536)
def possible(digits: str, country: str | None) -> str | None:
    """E.164 form of a number that has the right length, assigned or not.

    Examples
    --------
    >>> possible("023123456", "KH")
    '+85523123456'
    """
    import phonenumbers

    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def begins_with_calling_code(digits: str) -> bool:
    """Whether digits begin with the calling code of a member state or of China.

    Examples
    --------
    >>> begins_with_calling_code("84912345678"), begins_with_calling_code("0912345678")
    (True, False)
    """
    return digits.startswith((*CALLING_CODES.values(), "86", "00", "852", "886"))
