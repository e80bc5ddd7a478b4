"""Codes with letters in them, mentions of one-time passwords, UEN, IBAN and QRIS ids."""

# ruff: noqa: E501 (word lists and patterns are easier to read on one line)

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scamclassify.indicators.cues import Cue
from scamclassify.indicators.fields import Claim
from scamclassify.indicators.view import View

_LETTER_CODE = re.compile(
    r"(?<![A-Za-z0-9-])(?:[A-Z]-\d{4,8}|(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{5,8})(?![A-Za-z0-9-])"
)
_STRONG = re.compile(
    r"(?<![a-z])(?=[otvspkmc])(?:otp|one[- ]time (?:password|passcode|pin)|tac(?= (?:no|number|code)|[^a-z]|$)"
    r"|(?:verification|security) code|passcode|kode verifikasi|kod pengesahan|kode otp"
    r"|mã xác (?:thực|nhận|minh)|mã otp|ma xac (?:thuc|nhan)|código de (?:verificação|confirmação|segurança)"
    r"|kódigu verifikasaun)(?![a-z])"
    r"|รหัส\s?otp|รหัสยืนยัน|โอทีพี|验证码|驗證碼|校验码|动态码|动态密码|一次性密码|အတည်ပြုကုဒ်|ဝမ်တိုင်းပတ်စ်ဝေါ့ဒ်"
    r"|លេខកូដផ្ទៀងផ្ទាត់|កូដផ្ទៀងផ្ទាត់|ລະຫັດຢືນຢັນ|ລະຫັດ\s?otp|ஓடிபி|ஒடிபி|சரிபார்ப்புக் குறியீடு"
)
_FOR_LETTERS = re.compile(
    "otp|verif|one.time|tac|passcode|pin|xác|xac|confirm|secur|login|验证|驗證|校验|动态|ยืนยัน|အတည်ပြု|ຢືນຢັນ"
)
_UEN = re.compile(r"(?<![A-Za-z0-9])(?:\d{8,9}[A-Z]|[TSR]\d{2}[A-Z]{2}\d{4}[A-Z])(?![A-Za-z0-9])")
_NMID = re.compile(r"(?<![A-Za-z0-9])ID\d{13,15}(?![A-Za-z0-9])")
_IBAN_HEAD = re.compile(r"[A-Z]{2}\d{2}")
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Za-z0-9])"
)


def claim_codes(view: View, cues: Sequence[Cue]) -> Iterator[Claim]:
    """One-time codes that hold letters, right beside a word for a code."""
    otps = [cue for cue in cues if cue.kind == "otp"]
    if not otps:
        return
    for found in _LETTER_CODE.finditer(view.text):
        for cue in otps:
            if "-" not in found.group() and not _FOR_LETTERS.search(view.lower, cue.start, cue.end):
                continue  # "code" alone is mostly a promotion
            gap = found.start() - cue.end if cue.end <= found.start() else cue.start - found.end()
            if 0 <= gap <= 14:
                yield Claim("otp", *found.span(), found.group(), 0.9, "code")
                break


def mention_of_code(view: View) -> Iterator[Claim]:
    """The first mention of a one-time password, for a message that holds no code."""
    found = _STRONG.search(view.lower)
    if found:
        yield Claim("otp", *found.span(), "", 0.8, "mention")


def claim_registered_ids(view: View, cues: Sequence[Cue]) -> Iterator[Claim]:
    """PayNow UEN, QRIS merchant ids and IBAN, by their check digits where they have one."""
    text = view.text
    rails = {cue.name for cue in cues if cue.kind == "rail"}
    if "PayNow" in rails or "uen" in view.lower:
        from stdnum.sg.uen import is_valid as uen_is_valid

        for found in _UEN.finditer(text):
            sure = uen_is_valid(found.group())
            yield Claim(
                "payment_id", *found.span(), found.group(), 0.97 if sure else 0.85, "PayNow", "SG"
            )
    if "QRIS" in rails:
        for found in _NMID.finditer(text):
            yield Claim("payment_id", *found.span(), found.group(), 0.96, "QRIS", "ID")
    if _IBAN_HEAD.search(text):
        for found in _IBAN.finditer(text):
            value = found.group().replace(" ", "")
            if 15 <= len(value) <= 34 and _iban_holds(value):
                yield Claim("bank_account", *found.span(), value, 0.98, "IBAN", value[:2])


def _iban_holds(value: str) -> bool:
    from stdnum.iban import is_valid

    return is_valid(value)
