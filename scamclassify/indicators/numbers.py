"""What a run of digits is: a phone number, an account, a payment id, a code, or nothing.

The format proves little (a Thai phone number, account and order number may all have ten
digits), so the nearest words decide and the format confirms.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from scamclassify.indicators.chunks import (
    Chunk,
    group_sizes,
    make_chunk,
    separators,
    windows,
)
from scamclassify.indicators.countries import Context
from scamclassify.indicators.cues import Cue
from scamclassify.indicators.fields import Claim
from scamclassify.indicators.phones import (
    WITH_TRUNK,
    begins_with_calling_code,
    international,
    national,
    possible,
)
from scamclassify.indicators.view import View

_REACH = 48  # characters before a number in which a word can speak of it
_SENTENCE = re.compile(r"[^\W\d_]{4,}[.!?。！？]\s|[。！？]|\n\s*\n")
_LIST = re.compile(r"\s?(?:[/,;|&、]|or|atau|หรือ|and|dan|và|hoặc|at|o|ou|和|或|ဒါမှမဟုတ်|ឬ|ຫຼື)\s?")
# "text JOIN to 8080"
_TEXTED = re.compile(
    r"(?<![a-zà-ỹ])(?:i-?text|text|sms|send|ketik|taip|soạn|soan|nhắn|envia|envie|haruka)\b[^.\n\d]{1,10}[^.\n]{0,16}?\b"
    r"(?:to|sa|ke|gửi|gui|về|para|ba) (\d{3,6})(?![\d.,]*\d)"
)
# What may stand between "call" and a short number, and what shows that it is none.
_TO_SHORT = re.compile(
    r"[\s:.\-]*(?:to|at|on|ke|di|sa|no|number|nombor|nomor|số|para|ba|ที่|เบอร์|หมายเลข|លេខ|ເລກ|号|ຫາ)?[\s:.]*"
)
_MASKED_OR_UNIT = re.compile(
    r"[-\s]?[x*]|,\d| ?(?:min|phút|phut|menit|minit|นาที|မိနစ်|ນາທີ|នាទី|分钟|gb|mb|sms\b|%|บาท|คน)"
    r"|[ -]\d*x"
)
# Apps whose handle is a phone number.
_BY_NUMBER = {"WhatsApp", "Viber", "Zalo", "Signal", "Telegram", "LINE", "WeChat", "KakaoTalk"}


class _Reader:
    """One message with its cues."""

    def __init__(self, view: View, cues: Sequence[Cue], context: Context) -> None:
        self.view = view
        self.context = context
        self.cues = cues
        self._ends = sorted((cue.end, place) for place, cue in enumerate(cues))

    def before(self, start: int, floor: int) -> list[Cue]:
        """Cues that end before a place, the nearest last; none beyond the sentence."""
        low = max(floor, start - _REACH)
        for found in _SENTENCE.finditer(self.view.text, low, start):
            low = found.end()
        stop = bisect_right(self._ends, (start, len(self.cues)))
        found_cues = []
        for _, place in reversed(self._ends[:stop]):
            cue = self.cues[place]
            if cue.end <= low:
                break
            if cue.start >= low:
                found_cues.append(cue)
        return found_cues[::-1]

    def after(self, end: int, ceiling: int, reach: int) -> list[Cue]:
        """Cues that begin after a place, the nearest first."""
        return [cue for cue in self.cues if end <= cue.start < min(ceiling, end + reach)]


def claim_numbers(
    view: View, cues: Sequence[Cue], context: Context, chunks: Sequence[Chunk]
) -> Iterator[Claim]:
    """Claims of all runs of digits.

    Parameters
    ----------
    view : View
    cues : sequence of Cue
        Of the whole message, by place.
    context : Context
    chunks : sequence of Chunk
        Of three digits or more, outside of links, amounts and dates.
    """
    reader = _Reader(view, cues, context)
    for found in _TEXTED.finditer(view.lower):
        yield Claim("phone", *found.span(1), found.group(1), 0.5, "short code", context.country)
    floor = 0
    last: list[Cue] = []
    previous_end = 0
    for place, chunk in enumerate(chunks):
        before = reader.before(chunk.start, floor)
        if not before and previous_end and _LIST.fullmatch(view.text, previous_end, chunk.start):
            before = last
        ceiling = chunks[place + 1].start if place + 1 < len(chunks) else len(view.text)
        yield from _classify(reader, chunk, before, ceiling)
        if len(chunk.digits) >= 4:
            floor, previous_end, last = chunk.end, chunk.end, before


def _classify(reader: _Reader, chunk: Chunk, before: list[Cue], ceiling: int) -> Iterator[Claim]:
    text = reader.view.text
    kinds = {cue.kind: cue for cue in before}
    if "number" in kinds:
        before = [cue for cue in before if cue.kind != "number"]
    nearest = before[-1].kind if before else ""
    after = reader.after(chunk.end, ceiling, 24)
    n = len(chunk.digits)
    rail, app = kinds.get("rail"), kinds.get("app")
    account, bank = kinds.get("account"), kinds.get("bank")
    phone, otp, ref = kinds.get("phone"), kinds.get("otp"), kinds.get("ref")
    if rail and n >= 7 and nearest not in ("ref", "identity"):
        claim = _payment(reader, chunk, rail, app)
        if claim:
            yield claim
            return
    if app and n >= 5 and nearest in ("app", "phone", "account"):
        claim = _number_handle(reader, chunk, app)
        if claim:
            yield claim
            return
    if chunk.plus:
        yield from _phones(reader, chunk, phone, 0.98)
        return
    if nearest in ("ref", "identity") and not (phone and phone.start > before[-1].start):
        yield Claim("", chunk.start, chunk.end, "", 0.9)
        return
    bank = bank or next((cue for cue in after if cue.kind == "bank"), None)
    if account and n >= 6 and not (phone and phone.start > account.start):
        claim = _account(reader, chunk, account, bank, 0.96 if n >= 8 else 0.8)
        if claim:
            yield claim
            return
    if otp and not (phone and phone.start > otp.start) and not (ref and ref.start > otp.start):
        claim = _code(reader, chunk, chunk.start - otp.end)
        if claim:
            yield claim
            return
    said = [cue for cue in after if cue.kind in ("otp", "ref")]
    if not phone and said and said[0].kind == "otp":
        gap = text[chunk.end : said[0].start]
        if len(gap) <= 24 and not re.search(r"[.!?。]", gap):
            claim = _code(reader, chunk, len(gap))
            if claim:
                yield claim
                return
    shaped = _shaped_account(reader, chunk, bank)
    if shaped and not phone:
        yield shaped
        return
    if bank and not phone and 9 <= n <= 16:
        near = abs(chunk.start - bank.end) <= 16 or abs(bank.start - chunk.end) <= 6
        if near and not (n == 11 and chunk.digits.startswith("1")):
            yield _bank_claim(chunk, bank, 0.84)
            return
    speaking = phone or (kinds.get("number") if not otp and not account else None)
    found = list(_phones(reader, chunk, speaking, 0.9 if phone else 0.82))
    if found:
        yield from found
        return
    likely = _possible(reader, chunk) if phone and chunk.start - phone.end <= 20 else None
    if likely:
        yield likely
        return
    if phone and 3 <= n <= 6 and len(chunk.spans) == 1:
        gap, tail = text[phone.end : chunk.start], text[chunk.end : chunk.end + 8]
        if _TO_SHORT.fullmatch(gap.lower()) and not _MASKED_OR_UNIT.match(tail.lower()):
            yield Claim(
                "phone", chunk.start, chunk.end, chunk.digits, 0.5, "short code",
                reader.context.country,
            )  # fmt: skip


def _value(reader: _Reader, chunk: Chunk, country: str | None) -> tuple[str, str | None] | None:
    """E.164 and country of a number that words say is one."""
    if chunk.plus:
        found = international(chunk.digits)
        return found[:2] if found else None
    tried = [country] if country else []
    for code in (*tried, *reader.context.countries):
        if found := national(chunk.digits, code):
            return found[:2]
    if begins_with_calling_code(chunk.digits) and (found := international(chunk.digits)):
        return found[:2]
    home = country or reader.context.country
    return (written, home) if (written := _as_possible(chunk, home)) else None


def _payment(reader: _Reader, chunk: Chunk, rail: Cue, app: Cue | None) -> Claim | None:
    if app and app.start > rail.start:
        return None
    best = None
    for window in windows(reader.view.text, chunk):
        read = _value(reader, window, rail.country) if rail.name != "virtual account" else None
        if read:
            best = (window, read[0])
            break
    if best is None:
        if not 8 <= len(chunk.digits) <= 19:
            return None
        best = (chunk, chunk.digits)
    window, value = best
    return Claim("payment_id", window.start, window.end, value, 0.96, rail.name, rail.country)


def _number_handle(reader: _Reader, chunk: Chunk, app: Cue) -> Claim | None:
    if app.name == "QQ":
        if 5 <= len(chunk.digits) <= 11 and len(chunk.spans) == 1:
            return Claim("handle", chunk.start, chunk.end, chunk.digits, 0.93, "QQ")
        return None
    if app.name not in _BY_NUMBER:
        return None
    for window in windows(reader.view.text, chunk):
        read = _value(reader, window, None)
        if read:
            return Claim("handle", window.start, window.end, read[0], 0.97, app.name, read[1])
    return None


def _account(
    reader: _Reader, chunk: Chunk, account: Cue, bank: Cue | None, confidence: float
) -> Claim | None:
    whole = _trimmed(reader.view.text, chunk)
    n = len(whole.digits)
    if not 6 <= n <= 19 or chunk.start - account.end > 44:
        return None
    word = reader.view.lower[account.start : account.end]
    gap = reader.view.text[account.end : chunk.start]
    if n < 8 and (len(gap.strip(" :.")) > 2 or len(chunk.spans) > 1):
        return None
    card = n == 16 and (
        word.startswith(("card", "kartu", "kad", "visa", "master", "cart", "so the"))
        or word in ("卡号", "卡號", "เลขบัตร", "số thẻ")
    )
    if card and _luhn(whole.digits):
        return Claim("bank_account", whole.start, whole.end, whole.digits, 0.97, "card")
    return _bank_claim(whole, bank, confidence)


def _trimmed(text: str, chunk: Chunk) -> Chunk:
    """Without short groups behind a space that belong to what follows."""
    sizes = group_sizes(chunk)
    spans = list(chunk.spans)
    if len(spans) > 1 and sizes[0] >= 8 and " " in text[spans[0][1] : spans[1][0]]:
        return make_chunk(text, spans[:1])
    return chunk


def _bank_claim(chunk: Chunk, bank: Cue | None, confidence: float) -> Claim:
    name, country = (bank.name, bank.country) if bank else ("", None)
    return Claim("bank_account", chunk.start, chunk.end, chunk.digits, confidence, name, country)


def _shaped_account(reader: _Reader, chunk: Chunk, bank: Cue | None) -> Claim | None:
    """Accounts and cards that their groups give away."""
    sizes, signs = group_sizes(chunk), separators(reader.view.text, chunk)
    if sizes == (3, 1, 5, 1) and len(signs) == 1:
        claim = _bank_claim(chunk, bank, 0.93)
        return claim._replace(country=claim.country or "TH")
    card = sizes in ((4, 4, 4, 4), (16,)) and chunk.digits[0] in "3456" and _luhn(chunk.digits)
    if card:
        return Claim("bank_account", chunk.start, chunk.end, chunk.digits, 0.88, "card")
    return None


def _luhn(digits: str) -> bool:
    from stdnum.luhn import is_valid

    return is_valid(digits)


def _code(reader: _Reader, chunk: Chunk, distance: int) -> Claim | None:
    sizes = group_sizes(chunk)
    n = len(chunk.digits)
    if (
        sizes in ((3, 3), (4, 4), (3, 4), (2, 2, 2))
        and len(separators(reader.view.text, chunk)) == 1
    ):
        window = chunk
    elif 4 <= sizes[0] <= 8:
        window = make_chunk(reader.view.text, chunk.spans[:1]) if len(sizes) > 1 else chunk
    else:
        return None
    if (n > 8 and window is chunk) or (len(sizes) > 2 and len(set(sizes[:3])) == 1 and n > 8):
        return None  # electricity tokens have five groups of four
    return Claim(
        "otp", window.start, window.end, window.digits, 0.95 if distance < 12 else 0.88, "code"
    )


def _phones(reader: _Reader, chunk: Chunk, phone: Cue | None, confidence: float) -> Iterator[Claim]:
    """Numbers in a chunk, from the left; what is left over is tried again."""
    text = reader.view.text
    rest = chunk
    while True:
        for window in windows(text, rest):
            claim = _phone(reader, window, phone, confidence)
            if claim:
                yield claim
                left = [span for span in rest.spans if span[0] >= window.end]
                break
        else:
            # A sender may show a number that nobody has been given.
            if rest.plus and (written := possible("+" + rest.digits, None)):
                yield Claim("phone", rest.start, rest.end, written, 0.7)
            return
        if not left:
            return
        rest = make_chunk(text, left)


def _possible(reader: _Reader, chunk: Chunk) -> Claim | None:
    """A number that is called one and has the length of one, though none is assigned so."""
    country = reader.context.country
    if read := _as_possible(chunk, country):
        return Claim("phone", chunk.start, chunk.end, read, 0.6, "", country)
    return None


def _as_possible(chunk: Chunk, country: str | None) -> str | None:
    if country is None or len(chunk.digits) < 7:
        return None
    if chunk.digits.startswith("0") != (country in WITH_TRUNK):
        return None
    return possible(chunk.digits, country)


def _phone(reader: _Reader, window: Chunk, phone: Cue | None, confidence: float) -> Claim | None:
    digits = window.digits
    if not 7 <= len(digits) <= 15:
        return None
    if window.plus or digits.startswith("00"):
        read = international(digits)
        if read:
            return Claim("phone", window.start, window.end, read[0], confidence, "", read[1])
        if window.plus:
            return None
    context = reader.context
    grouped = len(window.spans) > 1
    known = context.country
    candidates = []
    for code in context.countries:
        read = national(digits, code)
        if read is None:
            continue
        trunk = digits.startswith("0")
        if (
            not phone
            and not grouped
            and (not trunk or not read[2])
            and not (read[2] and known == code and len(digits) >= 8)
        ):
            continue
        if not phone and not trunk and not read[2]:
            continue
        if known == code:
            return Claim("phone", window.start, window.end, read[0], confidence, "", read[1])
        candidates.append((code, read))
    if begins_with_calling_code(digits) and len(digits) >= 10:
        read = international(digits)
        if read and read[2]:
            return Claim("phone", window.start, window.end, read[0], 0.86, "", read[1])
    if known and not (phone or digits.startswith("0")):
        return None
    if phone and known in WITH_TRUNK and digits.startswith("0"):
        return None  # `_possible` reads it as one of the country
    if not candidates:
        return None
    code, read = candidates[0]
    sure = len(candidates) == 1 or code in context.signs
    return Claim(
        "phone", window.start, window.end, read[0],
        confidence - (0.1 if sure else 0.25), "", read[1],
    )  # fmt: skip
