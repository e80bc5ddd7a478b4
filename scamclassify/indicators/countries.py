"""The country that a message speaks from, for numbers and signs that are used in several."""

# ruff: noqa: E501 (word lists and patterns are easier to read on one line)

from __future__ import annotations

import re
from functools import cached_property

from scamclassify.indicators.view import View

#: Calling code of each member state.
CALLING_CODES = {
    "BN": "673", "KH": "855", "ID": "62", "LA": "856", "MY": "60", "MM": "95", "PH": "63",
    "SG": "65", "TH": "66", "TL": "670", "VN": "84",
}  # fmt: skip
_OF_LANGUAGE = {
    "id": "ID", "ms": "MY", "th": "TH", "vi": "VN", "tl": "PH", "my": "MM", "km": "KH",
    "lo": "LA", "pt": "TL", "tet": "TL",
}  # fmt: skip
#: Countries to try, likeliest first, where the language is at home in several.
LIKELY = {
    "en": ("SG", "PH", "MY", "BN"),
    "zh": ("SG", "MY", "CN"),
    "ta": ("SG", "MY"),
    "ms": ("MY", "BN", "SG"),
}
EVERY = ("SG", "PH", "MY", "TH", "ID", "VN", "KH", "MM", "LA", "BN", "TL")

# Signs that only one country uses: what must be there, and the pattern that decides.
_SIGNS: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (country, tuple(words.split(" ")), re.compile(pattern))
    for country, words, pattern in (
        ("SG", "S$ SGD +65 .sg Singap Singpass PayNow 新加坡 新币 சிங்கப்பூர்",
         r"S\$ ?\d|\bSGD\b|\+65(?=[ -]?[3689])|\.sg\b|Singapore|Singpass|PayNow|新加坡|新币|சிங்கப்பூர்"),
        ("MY", "RM MYR +60 .my Malaysia DuitNow 马来西亚 令吉 மலேசியா ரிங்கிட்",
         r"\bRM ?\d|\d ?RM\b|\bMYR\b|\+60(?=[ -]?\d)|\.my\b|Malaysia|DuitNow|马来西亚|令吉|மலேசியா|ரிங்கிட்"),
        ("BN", "B$ BND +673 .bn Brunei BIBD Baiduri",
         r"\bB\$ ?\d|\bBND\b|\+673|\.bn\b|Brunei|BIBD|Baiduri"),
        ("TH", "฿ บาท THB +66 .th PromptPay Thailand",
         r"฿|บาท|\bTHB\b|\+66(?=[ -]?\d)|\.th\b|PromptPay|Thailand"),
        ("ID", "Rp IDR +62 .id Indonesia", r"\bRp\.? ?\d|\bIDR\b|\+62(?=[ -]?\d)|\.id\b|Indonesia"),
        ("PH", "₱ PHP Php GCash +63 .ph Philippines Pilipinas",
         r"₱|\b(?:PHP|Php|GCash)\b|\+63(?=[ -]?\d)|\.ph\b|Philippines|Pilipinas"),
        ("VN", "₫ VND VNĐ +84 .vn Vietnam Việt",
         r"₫|\b(?:VND|VNĐ)\b|\+84(?=[ -]?\d)|\.vn\b|Vietnam|Việt Nam"),
        ("KH", "៛ KHR +855 .kh Cambodia 柬埔寨", r"៛|\bKHR\b|\+855|\.kh\b|Cambodia|柬埔寨"),
        ("LA", "₭ ກີບ LAK +856 Laos 老挝", r"₭|ກີບ|\bLAK\b|\+856|Laos|老挝"),
        ("MM", "ကျပ် MMK +95 .mm Myanmar 缅甸", r"ကျပ်|\bMMK\b|\+95(?=[ -]?9)|\.mm\b|Myanmar|缅甸"),
        ("TL", "+670 .tl Timor", r"\+670|\.tl\b|Timor"),
        ("CN", "+86 .cn 人民币 支付宝 RMB CNY", r"\+86(?=[ -]?1)|\.cn\b|人民币|支付宝|\b(?:RMB|CNY)\b"),
    )
)  # fmt: skip


class Context:
    """What is known of where a message comes from; language and country are found when asked.

    Parameters
    ----------
    view : View
    language, country : str or None
        As the caller knows them.
    """

    def __init__(self, view: View, language: str | None, country: str | None) -> None:
        self._view = view
        self._language = language
        self._country = country

    @property
    def shown(self) -> str:
        """The text with its capitals."""
        return self._view.text

    @cached_property
    def language(self) -> str:
        """The language that was given, else the one that is identified."""
        if self._language is not None:
            return self._language
        from scamclassify.text.language import identify

        return identify(self._view.raw).language

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """Countries whose signs stand in the text, the one with most signs first."""
        counts = {}
        text = self._view.text
        for country, words, pattern in _SIGNS:
            for word in words:
                if word in text:
                    if number := len(pattern.findall(text)):
                        counts[country] = number
                    break
        return tuple(sorted(counts, key=lambda c: -counts[c]))

    @cached_property
    def country(self) -> str | None:
        """The one country, or None where several are possible."""
        if self._country is not None:
            return self._country
        if len(self.signs) == 1:
            return self.signs[0]
        home = _OF_LANGUAGE.get(self.language)
        if self.signs and home not in self.signs:
            return self.signs[0]
        return home

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Countries in which to try a national number, likeliest first."""
        order = [self.country] if self.country else []
        if self._country is None:
            order += [*self.signs, *LIKELY.get(self.language, ())]
            order += EVERY
        return tuple(dict.fromkeys(code for code in order if code))
