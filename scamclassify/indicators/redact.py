"""`redact_texts`: what is personal is taken out of messages, the rest stays readable."""

# ruff: noqa: E501 (word lists and patterns are easier to read on one line)

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from scamclassify.errors import UnknownNameError
from scamclassify.indicators.amounts import money_patterns
from scamclassify.indicators.salutations import find_names
from scamclassify.indicators.view import plain_text
from scamclassify.labels import LANGUAGES, UNDETERMINED
from scamclassify.text.links import LINK

#: What stands in place of what was taken out.
PLACEHOLDERS = ("[PHONE]", "[NAME]", "[ACCOUNT]", "[CODE]", "[EMAIL]", "[ID]")

_HIDDEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_EMAIL = re.compile(
    r"[\w.+-]+(?: ?[\[({](?:at|@)[\])}] ?|@)[\w-]+(?:(?:\.| ?[\[({](?:dot|\.)[\])}] ?)[\w-]+)+",
    re.IGNORECASE | re.ASCII,
)
_IDENTITY = re.compile(
    r"(?<![A-Za-z0-9])(?:[STFGM]\d{7}[A-Z]|\d{6}-\d{2}-\d{4}|\d-\d{4}-\d{5}-\d{2}-\d"
    r"|\d{1,2}/[A-Za-z]{6,9}\([NEPnep]\)\d{6})(?![A-Za-z0-9])"
)
_NUMBER = re.compile(
    rf"(?:\+ ?\(?|\(\+?)?\d(?:[ .\-()/{_HIDDEN}]{{0,3}}\d){{2,24}}|(?<!\d)\d{{3,}}(?!\d)"
)
_TOKEN = re.compile(
    r"(?<![A-Za-z0-9\[])(?=[A-Za-z-]*\d)(?=[\d-]*[A-Za-z])[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){4,29}(?![A-Za-z0-9\]])"
)
_KEPT_NUMBERS = re.compile(
    r"(?<![\d./-])(?:\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|(?:19|2[05])\d\d[-/.]\d{1,2}[-/.]\d{1,2})(?![\d/-]|\.\d)"
    r"|(?<!\d)\d{1,2}[:.h]\d{2}(?::\d{2})?(?!\d)(?:\s?-\s?\d{1,2}[:.h]\d{2}(?!\d))?"
    r"|(?<![\w.,])[1-9]\d{0,3}(?:[.,]\d+)?(?:rb|ribu|jt|juta|k|tr)(?:-[1-9]\d{0,3}(?:[.,]\d+)?(?:rb|ribu|jt|juta|k|tr))?(?!\w)"
    r"|(?<![\d.,])[1-9]\d{0,2}(?:[.,]\d{3})+(?![\d-]|[.,]\d)"
    r"|(?<!\d)(?<!\d[ .-])(?:19|20|25)\d\d(?!\d|[-. ]?\d)|\d+(?:[.,]\d+)? ?%"
)
_CODE_CUE = re.compile(
    r"otp|one[- ]time|\btac\b|passcode|\bpin\b|cod[ei]\b|\bkode?\b|código|kódigu|\bmã\b|\bma\b|รหัส|โค้ด|[码碼号號]|ကုဒ်|ကုတ်|កូដ|លេខសម្ងាត់|ລະຫັດ"
    r"|குறியீடு|கடவு|ஓடிபி|password|sandi|senha|\bref|order|invoice|tracking|resi|booking|ticket|pesanan|pedido|อ้างอิง|พัสดุ|ออเดอร์|đơn|case|\bno\b\.?|token|#",
    re.IGNORECASE,
)
_ACCOUNT_CUE = re.compile(
    r"a/c|\bacc|\brek|akaun|\bstk\b|tài khoản|tai khoan|conta\b|konta\b|card|kartu|\bkad\b|บัญชี|บัตร|账|帐|賬|户|戶|卡|စာရင်း|គណនី|ບັນຊີ|கணக்கு|\bbank",
    re.IGNORECASE,
)
_ID_CUE = re.compile(
    r"\bnik\b|nric|\bic\b|\bktp\b|passport|paspor|cccd|cmnd|\btin\b|npwp|\bsss\b|บัตรประชาชน|ประจำตัว|身份证|id card|căn cước|virtual account|\bva\b|qris|idpel|customer id|member"
    r"|prompt ?pay|duit ?now|pay ?now|พร้อมเพย์|uen|wing|bakong",
    re.IGNORECASE,
)
_LONG = re.compile(r"(?<!\d)0\d{6,}|\d{12,}")
_PHONE_CUE = re.compile(
    r"call|\btel|\bph\b|phone|hotline|hubungi|\bhub\b|\bhp\b|\bwa\b|\bws\b|whatsapp|wasap|viber|zalo|text|contact|kontak|gọi|\bgoi\b|\blh\b|liên hệ"
    r"|sđt|tawag|liga|ligue|bolu|โทร|เบอร์|ติดต่อ|电话|電話|致电|拨打|热线|联系|ဖုန်း|ဆက်သွယ်|ទូរស័ព្ទ|ទាក់ទង|ໂທ|ເບີ|ຕິດຕໍ່|அழை|தொலை",
    re.IGNORECASE,
)
_SHORT_DIAL = re.compile(
    r"(?:call|hotline|dial|hubungi|telepon|โทร|สายด่วน|gọi|tổng đài|tumawag|tawag|拨打|热线|致电|ဖုန်း|ទូរស័ព្ទ|ໂທ|அழை|ligue|liga|sms|text)[\s.:]*(?:to |ke |sa |về )?$",
    re.IGNORECASE,
)
_BY_NUMBER = re.compile(r"wa\.me|whatsapp|zalo\.me|signal\.me|viber|phone=|tel=", re.IGNORECASE)
_LINKED_NUMBER = re.compile(r"(?<=[/=])(?:\+|%2B)?\d{8,15}(?!\w)")


@cache
def _kept_money() -> tuple[re.Pattern[str], ...]:
    return money_patterns()


def redact_texts(
    texts: Iterable[str],
    languages: Iterable[str | None] | str | None = None,
    *,
    links: bool = False,
) -> list[str]:
    """Take out phone numbers, names in salutations, accounts, codes, ids and addresses.

    Parameters
    ----------
    texts : iterable of str
        Length n.
    languages : str or iterable of (str or None), optional
        Codes of `scamclassify.labels.LANGUAGES`, one for all or one for each. Titles that
        are ordinary words of another language are then passed over.
    links : bool, default=False
        Whether to cut paths and queries off links. Phone numbers in messaging links are
        taken out either way.

    Returns
    -------
    list of str
        Length n, with ``[PHONE]``, ``[NAME]``, ``[ACCOUNT]``, ``[CODE]``, ``[EMAIL]`` and
        ``[ID]`` in place of what was taken out. Redacting again changes nothing.

    Raises
    ------
    UnknownNameError
        If a language is not a known one.
    ValueError
        If there are not as many languages as texts.

    Notes
    -----
    Redaction errs on the side of taking out: a number of six digits or more that is no
    amount, date or time goes even where nothing says what it is. Names without a
    salutation, title or word for an account's holder before them stay. Handles and the
    hosts of links stay; they are the sender's.

    Examples
    --------
    >>> redact_texts(["Dear John Tan, your OTP is 482913. Call +65 9123 4567, pay S$50"])
    ['Dear [NAME], your OTP is [CODE]. Call [PHONE], pay S$50']
    >>> redact_texts(["see https://a.example/u/77?id=9"], links=True)
    ['see https://a.example']
    """
    texts = list(texts)
    if languages is None or isinstance(languages, str):
        names: Sequence[str | None] = [languages] * len(texts)
    else:
        names = [None if name is None or name != name else name for name in languages]
    if len(names) != len(texts):
        raise ValueError(f"{len(names)} languages for {len(texts)} texts; one for each is needed")
    for name in set(names):
        if name is not None and name not in LANGUAGES and name != UNDETERMINED:
            raise UnknownNameError("language", name, (*LANGUAGES, UNDETERMINED))
    return [_redact(text, name, links) for text, name in zip(texts, names, strict=True)]


def _redact(text: str, language: str | None, links: bool) -> str:
    """Redact until nothing changes; every round leaves less to take out."""
    while True:
        edits = _edits(text, None if language == UNDETERMINED else language, links)
        if not edits:
            return text
        parts, done = [], 0
        for start, end, new in edits:
            parts += [text[done:start], new]
            done = end
        text = "".join((*parts, text[done:]))


def _edits(text: str, language: str | None, links: bool) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    kept: list[tuple[int, int]] = []
    plain = plain_text(text)
    if "@" in plain or "at" in plain:
        found += [(*f.span(), "[EMAIL]") for f in _EMAIL.finditer(plain)]
    if "." in plain:
        for link in LINK.finditer(plain):
            if _overlaps(link.span(), found):
                continue
            found += _in_link(plain, *link.span(), links)
            kept.append(link.span())
    found += [
        (start, end, "[NAME]")
        for start, end in find_names(text, language)
        if not _overlaps((start, end), found) and not _overlaps((start, end), kept)
    ]
    if any(char.isdigit() for char in plain):
        found += _numbers(plain, found, kept)
    found.sort(key=lambda edit: (edit[0], -edit[1]))
    edits: list[tuple[int, int, str]] = []
    for edit in found:
        if not edits or edit[0] >= edits[-1][1]:
            edits.append(edit)
    return edits


def _overlaps(span: tuple[int, int], others: Iterable[tuple]) -> bool:
    return any(other[0] < span[1] and span[0] < other[1] for other in others)


def _in_link(text: str, start: int, end: int, cut: bool) -> Iterator[tuple[int, int, str]]:
    authority = text.find("://", start, end)
    authority = authority + 3 if authority >= 0 else start
    path = re.compile(r"[/?#]").search(text, authority, end)
    if path is None:
        return
    if cut:
        stop = path.start() + len(re.match(r"[!-~]*", text[path.start() : end]).group())  # type: ignore[union-attr]
        stop = path.start() + len(text[path.start() : stop].rstrip(".,;:!?'\")]}>"))
        if stop > path.start():
            yield path.start(), stop, ""
        return
    if not _BY_NUMBER.search(text, start, end):
        return
    for number in _LINKED_NUMBER.finditer(text, path.start(), end):
        yield (*number.span(), "[PHONE]")


def _numbers(
    text: str, found: list[tuple[int, int, str]], kept: list[tuple[int, int]]
) -> Iterator[tuple[int, int, str]]:
    lower = text.lower() if len(text.lower()) == len(text) else text
    kept = [*kept, *(f[:2] for f in found)]
    ids = [f.span() for f in _IDENTITY.finditer(text) if not _overlaps(f.span(), kept)]
    yield from ((*span, "[ID]") for span in ids)
    kept += ids
    numbers = [
        found
        for found in _NUMBER.finditer(text)
        if len(found.group()) >= 4 and not _within(found.span(), kept)
    ]
    tokens = [found for found in _TOKEN.finditer(text) if not _overlaps(found.span(), kept)]
    if not numbers and not tokens:
        return
    money = [
        found.span()
        for pattern in (*_kept_money(), _KEPT_NUMBERS)
        for found in pattern.finditer(lower)
        if not _LONG.search(found.group())
    ]
    for token in tokens:
        word = token.group()
        digits = sum(char.isdigit() for char in word)
        if (
            digits >= 2
            and not _within(token.span(), money)
            and _is_code(text, word, digits, *token.span())
        ):
            kept.append(token.span())
            yield (*token.span(), "[CODE]")
    kept += money
    for number in numbers:
        yield from _number(text, *number.span(), kept)


def _within(span: tuple[int, int], others: Iterable[tuple]) -> bool:
    return any(other[0] <= span[0] and span[1] <= other[1] for other in others)


def _is_code(text: str, word: str, digits: int, start: int, end: int) -> bool:
    letters = [char for char in word if char.isalpha()]
    if digits >= 5:
        return True
    if all(char.isupper() for char in letters):
        return len(word) >= 6 or bool(_CODE_CUE.search(text[max(0, start - 24) : start]))
    return False


def _number(
    text: str, start: int, end: int, kept: list[tuple[int, int]]
) -> Iterator[tuple[int, int, str]]:
    """Redact the parts of a run of digits that are not kept."""
    free = start
    for a, b in sorted(span for span in kept if span[0] < end and start < span[1]):
        if free < a:
            yield from _one_number(text, free, a)
        free = max(free, b)
    if free < end:
        yield from _one_number(text, free, end)


def _one_number(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    while end > start and not text[end - 1].isdigit():
        end -= 1
    while start < end and not (text[start].isdigit() or text[start] in "+("):
        start += 1
    written = text[start:end]
    digits = re.sub(r"\D", "", written)
    n = len(digits)
    if n < 3:
        return
    before = text[max(0, start - 36) : start]
    after = text[end : end + 24]
    if n < 6:
        coded = _CODE_CUE.search(before) or re.match(
            r".{0,18}(?:otp|cod[ei]\b|kode|验证码|รหัส|mã)", after, re.IGNORECASE
        )
        if n >= 4 and coded and not _SHORT_DIAL.search(before):
            yield start, end, "[CODE]"
        elif written.startswith("+"):
            yield start, end, "[PHONE]"
        return
    code, phone = _last(_CODE_CUE, before), _last(_PHONE_CUE, before)
    if _last(_ID_CUE, before) > code and not _phone_like(written, digits):
        yield start, end, "[ID]"
    elif _last(_ACCOUNT_CUE, before) > phone and not written.startswith("+"):
        yield start, end, "[ACCOUNT]"
    elif _phone_like(written, digits) or (phone > code and n >= 7):
        yield start, end, "[PHONE]"
    elif n <= 8 or code >= 0:
        yield start, end, "[CODE]"
    else:
        yield start, end, "[ACCOUNT]"


def _last(pattern: re.Pattern[str], text: str) -> int:
    """End of the last match, or -1."""
    return max((found.end() for found in pattern.finditer(text)), default=-1)


def _phone_like(written: str, digits: str) -> bool:
    n = len(digits)
    if written.startswith(("+", "(+", "(0")):
        return True
    if digits[0] == "0":
        return 8 <= n <= 13
    if n == 8 and digits[0] in "36789":
        return True
    return 10 <= n <= 14 and digits.startswith(
        ("62", "65", "60", "66", "84", "63", "95", "855", "856", "673", "670", "86")
    )
