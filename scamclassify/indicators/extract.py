"""`extract_indicators`: one message or many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, overload

from scamclassify.errors import UnknownNameError
from scamclassify.indicators.amounts import claim_amounts
from scamclassify.indicators.chunks import Chunk, claim_nothing, find_chunks, number_starts
from scamclassify.indicators.codes import claim_codes, claim_registered_ids, mention_of_code
from scamclassify.indicators.countries import CALLING_CODES, Context
from scamclassify.indicators.crypto import claim_crypto
from scamclassify.indicators.cues import find_cues
from scamclassify.indicators.fields import Claim, Indicator
from scamclassify.indicators.handles import claim_handles
from scamclassify.indicators.numbers import claim_numbers
from scamclassify.indicators.phones import international, national
from scamclassify.indicators.prescan import AT, CRYPTO, CUE, DIGIT, DOT, EVERYTHING, SUSPICIOUS
from scamclassify.indicators.resolve import resolve
from scamclassify.indicators.view import View, make_view
from scamclassify.labels import LANGUAGES, UNDETERMINED

if TYPE_CHECKING:
    import pandas as pd


@overload
def extract_indicators(  # type: ignore[overload-overlap]
    text: str, *, language: str | None = None, country: str | None = None
) -> list[Indicator]: ...
@overload
def extract_indicators(
    text: Iterable[str],
    *,
    language: str | Iterable[str | None] | None = None,
    country: str | Iterable[str | None] | None = None,
) -> pd.DataFrame: ...
def extract_indicators(text, *, language=None, country=None):
    """Find links, domains, numbers, handles, accounts, codes and amounts in messages.

    Parameters
    ----------
    text : str or iterable of str
        A message, or n messages.
    language : str or iterable of (str or None), optional
        Codes of `scamclassify.labels.LANGUAGES`, one for all or one for each. Identified
        where it is missing and needed.
    country : str or iterable of (str or None), optional
        ISO 3166 alpha-2 codes of where messages were received. Decides how national phone
        numbers and ``$`` are read; where it is missing, the other numbers and currencies
        of the message, its links and its language decide.

    Returns
    -------
    list of Indicator or pandas.DataFrame
        For one message its indicators in order of the text. For many a table with one row
        an indicator and the columns ``message`` (int64, place of the message), ``field``,
        ``start``, ``end``, ``text``, ``value``, ``confidence``, ``detail``, ``country``.

    Raises
    ------
    UnknownNameError
        If a language or a country is not a known one.
    ValueError
        If there are not as many languages or countries as messages.

    Notes
    -----
    Spans are those of the message as it came, disguises included. A domain and a handle lie
    within their link; otherwise no two indicators overlap. ``data/cards/indicators.md``
    says what was measured.

    Examples
    --------
    >>> for found in extract_indicators("Transfer Rp 1.500.000, WA 0812-3456-7890, bit . ly/x1"):
    ...     print(found.field, found.value, found.text, sep=" | ")
    amount | IDR 1500000 | Rp 1.500.000
    handle | +6281234567890 | 0812-3456-7890
    link | http://bit.ly/x1 | bit . ly/x1
    domain | bit.ly | bit . ly
    >>> extract_indicators(["hello", "call +65 9123 4567"])[["message", "value", "country"]]
       message        value country
    0        1  +6591234567      SG
    """
    if isinstance(text, str):
        check_origin(language, country)
        return _extract(text, language, country, EVERYTHING)
    from scamclassify.indicators.batch import extract_batch

    return extract_batch(text, language, country)


def check_origin(language: object, country: object) -> None:
    """Refuse languages and countries that nobody knows."""
    if language is not None and language not in LANGUAGES and language != UNDETERMINED:
        raise UnknownNameError("language", language, (*LANGUAGES, UNDETERMINED))
    if country is not None and not (
        isinstance(country, str) and len(country) == 2 and country.isalpha() and country.isupper()
    ):
        raise UnknownNameError("country", country, CALLING_CODES)


def _extract(text: str, language: str | None, country: str | None, cues: int) -> list[Indicator]:
    """Indicators of one message; ``cues`` says what can be in it."""
    view = make_view(text, bool(cues & SUSPICIOUS))
    claims = resolve(find_claims(view, language, country, cues))
    found = []
    for claim in claims:
        start, end = view.span_in_raw(claim.start, claim.end)
        found.append(
            Indicator(
                claim.field, start, end, text[start:end], claim.value,
                round(claim.confidence, 2), claim.detail, claim.country,
            )
        )  # fmt: skip
    return found


def find_claims(
    view: View, language: str | None, country: str | None, cues: int
) -> Iterator[Claim]:
    """All claims on the parts of a message, in conflict with each other as they may be."""
    context = Context(view, language, country)
    sure: list[Claim] = []
    if cues & (DOT | AT):
        sure += claim_web(view, context)
    if cues & CRYPTO:
        sure += claim_crypto(view)
    taken = [(claim.start, claim.end) for claim in sure]
    chunks: list[Chunk] = []
    if cues & DIGIT:
        starts = number_starts(view.lower)
        money = [*claim_nothing(view, starts), *claim_amounts(view, context, starts)]
        settled = resolve_all([c for c in money if not _within(c, taken)])
        sure += settled
        taken += [(claim.start, claim.end) for claim in settled]
        chunks = [c for c in find_chunks(view, taken) if len(c.digits) >= 3]
    longest = max((len(chunk.digits) for chunk in chunks), default=0)
    # Most messages that hold a digit hold an amount or a date alone and need no cues.
    words = find_cues(view.lower, banks=longest >= 6) if longest or cues & (CUE | AT) else []
    yield from sure
    codes: list[Claim] = []
    if cues & DIGIT:
        registered = list(claim_registered_ids(view, words))
        yield from registered
        places = [(c.start, c.end) for c in registered]
        chunks = [c for c in chunks if not _within(c, places)]
        codes = [c for c in claim_codes(view, words) if not _within(c, taken)]
    if chunks:
        numbers = list(claim_numbers(view, words, context, chunks))
        codes += [c for c in numbers if c.field == "otp"]
        yield from (c for c in numbers if c.field != "otp")
    yield from codes
    if cues & (CUE | AT):
        yield from claim_handles(view, words)
    if cues & CUE and not codes:
        yield from mention_of_code(view)


def claim_web(view: View, context: Context) -> Iterator[Claim]:
    """Links and what is in them."""
    from scamclassify.indicators.web import claim_web as claim

    def to_e164(digits: str, app: str) -> tuple[str, str | None]:
        read = international(digits)
        if read is None and digits.startswith("0"):
            home = "VN" if app == "Zalo" else context.country
            read = national(digits, home) if home else None
        if read is None and app == "WhatsApp":  # its links hold international numbers
            return "+" + digits, None
        return (read[0], read[1]) if read else (digits, None)

    return claim(view, to_e164)


def resolve_all(claims: list[Claim]) -> list[Claim]:
    """Settle claims and keep those on numbers that are nothing."""
    marked = [c._replace(field=c.field or "amount", detail=c.detail or "-") for c in claims]
    settled = resolve(marked)
    return [c._replace(field="", detail="") if c.detail == "-" else c for c in settled]


def _within(claim: Claim | Chunk, taken: list[tuple[int, int]]) -> bool:
    return any(start < claim.end and claim.start < end for start, end in taken)
