"""Names on messaging apps: after the app's name, or with ``@`` before them."""

# ruff: noqa: E501 (word lists and patterns are easier to read on one line)

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scamclassify.features.links import host_facts
from scamclassify.indicators.cues import Cue
from scamclassify.indicators.fields import Claim
from scamclassify.indicators.view import View

_MARK = re.compile(
    r"[\s:=\-(\"'“”「【：]*"
    r"(?:(?P<mark>(?:id|user(?:name)?)(?![a-z])|ไอดี|号|號|账号|帐号|ໄອດີ|អាយឌី|အိုင်ဒီ|ஐடி)"
    r"|(?:me|us|kami|saya|ke|di|sa|at|to|qua|via|cs|admin)(?![a-z])|ที่|เพิ่ม|แอด|คุณ|ได้ที่|我)?"
    r"(?P<gap>[\s:=\-(\"'“”「【：>→]*)"
)
_NAME = re.compile(r"@?[A-Za-z0-9](?:[A-Za-z0-9]|[._-](?=[A-Za-z0-9_])|_){2,31}(?![A-Za-z0-9_])")
_AT_NAME = re.compile(r"(?<![\w.@/+-])@[A-Za-z0-9](?:\w|[.-](?=\w)){2,31}", re.ASCII)
_STOP = frozenset(
    """the our your now link group grup official officer channel admin and for with here this that please pls us
    message messages chat call https http www com atau untuk dengan dan kami saya anda grup sekarang yang dari akun
    account number nomor hoặc của qua nhóm mình để nhận lang po ang mga para ako grupo message-me
    user users only available support team customer service video free app web business today pay man
    ads media ngay theo nhé nha tin com kênh gửi conta grupo contacto""".split()
)


def claim_handles(view: View, cues: Sequence[Cue]) -> Iterator[Claim]:
    """Handles written out; those in links and those that are numbers are found elsewhere."""
    apps = [cue for cue in cues if cue.kind == "app"]
    for cue in apps:
        claim = _after_app(view, cue)
        if claim:
            yield claim
    if "@" in view.text:
        names = {cue.name for cue in apps}
        for found in _AT_NAME.finditer(view.text):
            near = [cue for cue in apps if 0 <= found.start() - cue.end <= 40]
            near = near or [cue for cue in apps if 0 <= cue.start - found.end() <= 5]
            app = near[-1].name if near else names.pop() if len(names) == 1 else ""
            if app:
                names = {app}
            yield _claim(app, found.span(), found.group(), 0.93 if app else 0.65)


def _after_app(view: View, cue: Cue) -> Claim | None:
    mark = _MARK.match(view.lower, cue.end)
    if mark is None:
        return None
    found = _NAME.match(view.text, mark.end())
    if found is None:
        return None
    name = found.group()
    word = view.text[cue.start : cue.end]
    plain = name.lstrip("@").lower()
    if plain in _STOP or not any(char.isalpha() for char in plain):
        return None
    if "." in plain and name[0] != "@" and host_facts(plain).registrable:
        return None
    if cue.name in ("WhatsApp", "Viber", "Signal") and name[0] != "@":  # they go by numbers
        return None
    tail = view.text[found.end() : found.end() + 2]
    if tail[:1] in (".", "/", "@") and tail[1:].strip():  # a host or an address
        return None
    has_sign = name.startswith("@") or any(char.isdigit() or char in "_" for char in plain)
    between = view.text[cue.end : found.start()]
    marked = (
        bool(mark["mark"])
        or any(char in between for char in ":=：")
        or word.lower().endswith(("id", "号", "ไอดี"))
    )
    if word == "line" and not (mark["mark"] or ":" in between or name.startswith("@")):
        return None
    if not has_sign and not marked:
        han = bool(re.search("[\u4e00-\u9fff]", word)) or word.lower() in ("+v", "vx", "wx")
        if not (han and len(plain) >= 5):
            return None
    if len(between) > 24:
        return None
    return _claim(cue.name, found.span(), name, 0.93 if has_sign else 0.85)


def _claim(app: str, span: tuple[int, int], name: str, confidence: float) -> Claim:
    value = name.lower() if app in ("LINE", "") else name.lstrip("@").lower()
    return Claim("handle", *span, value, confidence, app)
