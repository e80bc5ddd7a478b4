"""Links, registrable domains, e-mail addresses, and the handles that a link opens."""

# ruff: noqa: E501 (word lists and patterns are easier to read on one line)

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from scamclassify.features.links import Link, find_links, on_list
from scamclassify.indicators.fields import Claim
from scamclassify.indicators.view import View
from scamclassify.knowledge.brands import load_brands

_WITH_PATH = re.compile(
    r"(?<![\w.@/-])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/[!-~]+", re.ASCII
)
_SCHEME = re.compile(r"(?i)(https?)://+")
# What a messaging link opens: app, pattern of the path, whether it is a phone number,
# and whether its case matters.
_OPENS: tuple[tuple[str, str, re.Pattern[str], bool, bool], ...] = tuple(
    (host, app, re.compile(pattern), number, cased)
    for host, app, pattern, number, cased in (
        ("wa.me", "WhatsApp", r"/\+?(\d{7,15})(?!\d)", True, False),
        ("api.whatsapp.com", "WhatsApp", r"/send/?\?(?:.*&)?phone=(?:\+|%2B)?(\d{7,15})", True, False),
        ("whatsapp.com", "WhatsApp", r"/send/?\?(?:.*&)?phone=(?:\+|%2B)?(\d{7,15})", True, False),
        ("chat.whatsapp.com", "WhatsApp", r"/(?:invite/)?([A-Za-z0-9]{8,})", False, True),
        ("wa.me", "WhatsApp", r"/((?:message|qr)/[A-Z0-9]{6,})", False, True),
        ("wa.link", "WhatsApp", r"/([A-Za-z0-9]{4,})", False, True),
        ("t.me", "Telegram", r"/((?:\+|joinchat/)[A-Za-z0-9_-]{6,})", False, True),
        ("t.me", "Telegram", r"/(?:s/)?([A-Za-z]\w{3,31})", False, False),
        ("telegram.me", "Telegram", r"/((?:\+|joinchat/)[A-Za-z0-9_-]{6,})", False, True),
        ("telegram.me", "Telegram", r"/([A-Za-z]\w{3,31})", False, False),
        ("lin.ee", "LINE", r"/([A-Za-z0-9]{4,})", False, True),
        ("line.me", "LINE", r"/(?:R/)?ti/(?:p|g2?)/~?([@%\w.-]{3,})", False, False),
        ("page.line.me", "LINE", r"/(?:\?accountId=)?(@?[\w.-]{3,})", False, False),
        ("zalo.me", "Zalo", r"/(\d{9,12})(?!\d)", True, False),
        ("zalo.me", "Zalo", r"/(g/[a-z0-9]{5,}|[\w.]{4,})", False, False),
        ("m.me", "Messenger", r"/([\w.]{3,})", False, False),
        ("signal.me", "Signal", r"/#p/(\+\d{7,15})", True, False),
        ("signal.group", "Signal", r"/(#[A-Za-z0-9_-]{8,})", False, True),
        ("open.kakao.com", "KakaoTalk", r"/(o/[A-Za-z0-9]{4,})", False, True),
        ("pf.kakao.com", "KakaoTalk", r"/(_?[A-Za-z0-9]{4,})", False, True),
        ("u.wechat.com", "WeChat", r"/([A-Za-z0-9_-]{6,})", False, True),
        ("vb.me", "Viber", r"/([A-Za-z0-9]{3,})", False, True),
        ("discord.gg", "Discord", r"/([A-Za-z0-9-]{4,})", False, True),
        ("ig.me", "Instagram", r"/m/([\w.]{3,})", False, False),
    )
)  # fmt: skip
_HANDLE_HOSTS = {host for host, *_ in _OPENS}


def claim_web(view: View, to_e164: Callable[[str, str], tuple[str, str | None]]) -> Iterator[Claim]:
    """Links with their domains and handles, and e-mail addresses.

    Parameters
    ----------
    view : View
    to_e164 : callable
        From a number as written in a link, and the app's name, to its value and country.
    """
    for link in _links(view.text):
        if link.is_email:
            yield from _email(view, link)
            continue
        yield from _link(link)
        yield from _handle(link, to_e164)


def _links(text: str) -> Iterator[Link]:
    """Links as repair knows them, and hosts with other endings that a path follows."""
    links = find_links(text)
    yield from links
    if "/" not in text:
        return
    for found in _WITH_PATH.finditer(text):
        if any(link.start < found.end() and found.start() < link.end for link in links):
            continue
        for link in find_links("http://" + found.group()):
            if link.registrable and link.start == 0:
                start = found.start()
                yield replace(link, raw=link.raw[7:], start=start, end=start + link.end - 7)


def _email(view: View, link: Link) -> Iterator[Claim]:
    if link.registrable and "@" in link.raw[1:]:
        value = link.raw.rpartition("@")[0] + "@" + link.host
        yield Claim("email", link.start, link.end, value.lower(), 0.97)


def _link(link: Link) -> Iterator[Claim]:
    if not (link.registrable or link.is_ip):
        return
    scheme = _SCHEME.match(link.raw)
    start = (scheme.group(1).lower() if scheme else "http") + "://"
    sure = scheme is not None or link.path or link.raw.lower().startswith("www.")
    port_and_path = link.path
    value = start + link.host + port_and_path
    confidence = 0.98 if sure else 0.93
    yield Claim("link", link.start, link.end, value, confidence)
    if link.is_ip:
        return
    shown_at = link.raw.lower().find(link.shown_host)
    labels = link.registrable.count(".") + 1
    shown = ".".join(link.shown_host.split(".")[-labels:])
    end = link.start + max(shown_at, 0) + len(link.shown_host)
    yield Claim("domain", end - len(shown), end, link.registrable, confidence)


def _handle(link: Link, to_e164: Callable[[str, str], tuple[str, str | None]]) -> Iterator[Claim]:
    if not link.is_messaging or not link.path:
        return
    host = on_list(link.host, load_brands().messaging)
    if host not in _HANDLE_HOSTS:
        return
    offset = link.end - len(link.path)
    for wanted, app, pattern, number, cased in _OPENS:
        if wanted != host or not (found := pattern.match(link.path)):
            continue
        start, end = offset + found.start(1), offset + found.end(1)
        value, country = found.group(1), None
        if number:
            value, country = to_e164(value, app)
        elif not cased:
            value = value.replace("%40", "@").lower()
        yield Claim("handle", start, end, value, 0.98, app, country)
        return
