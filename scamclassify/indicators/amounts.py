"""Amounts of money: a currency or a local word of size beside a number."""

# ruff: noqa: E501 (word lists and patterns are easier to read on one line)

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache

from scamclassify.indicators.chunks import matches_at
from scamclassify.indicators.countries import Context
from scamclassify.indicators.currencies import AFTER, BARE, BEFORE, DOLLAR, HOME, OF_COUNTRY, SIZES
from scamclassify.indicators.fields import Claim
from scamclassify.indicators.view import View

_NUMBER = r"\d{1,3}(?:[., ']\d{3})+(?:[.,]\d{1,2})?(?![\d])|\d+(?:[.,]\d+)?"
# Latin words end at a letter; the words of unspaced scripts do not.
_LETTER = "a-zà-öø-ɏḁ-ỿ"
_RANGE = r"\s?(?:-|~|to|hingga|sampai|s/d|ถึง|đến|den|至|到|a)\s?"


def _group(names: tuple[tuple[object, str], ...]) -> str:
    """Alternatives, longest first; Latin ones stop at a letter."""
    words = [word for _, pattern in names for word in _alternatives(pattern)]
    words.sort(key=len, reverse=True)
    return "|".join(
        f"{word}(?![{_LETTER}0-9])" if re.search(rf"[{_LETTER}][)?.]*$", word) else word
        for word in words
    )


def _alternatives(pattern: str) -> list[str]:
    """Split at the bars outside of brackets."""
    parts, depth, last = [], 0, 0
    for i, char in enumerate(pattern):
        depth += (char in "([") - (char in ")]")
        if char == "|" and depth == 0:
            parts.append(pattern[last:i])
            last = i + 1
    return [*parts, pattern[last:]]


def _group_before(names: tuple[tuple[str, str], ...]) -> str:
    words = sorted((w for _, pattern in names for w in _alternatives(pattern)), key=len)
    return "|".join(reversed(words))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    sizes = _group(SIZES)
    before = _group_before(BEFORE)
    after = _group(AFTER)
    size = rf"(?:[ -]?(?P<size>{sizes})(?: ?(?P<second>{sizes}))?)?"
    front = re.compile(
        rf"(?<![{_LETTER}\d$])(?P<cur>{before})[ :]?(?P<num>{_NUMBER}){size}"
        rf"(?:{_RANGE}(?P<ocur>(?:{before})[ :]?)?(?P<other>(?!0\d)(?:{_NUMBER}))(?![\d.,:/%]*\d)(?:[ -]?(?P<osize>{sizes}))?)?"
        r"(?P<unit> ?(?:元|块钱|块))?"
    )
    back = re.compile(
        rf"(?<![\d.,:/{_LETTER}])(?<!\d-)(?P<num>{_NUMBER}){size}"
        rf"(?:{_RANGE}(?P<other>(?!0\d)(?:{_NUMBER}))(?:[ -]?(?P<osize>{sizes}))?)?"
        rf"(?:[.,]-)?(?: de)?[ -]?(?P<cur>{after})(?!(?<=[$₱฿₫៛₭€]) ?\d)"
    )
    lead = re.compile(  # Burmese and Lao say the size first: "သိန်း ၅၀"
        rf"(?:(?P<cur>ကျပ်)\s?)?(?P<size>သိန်း|သောင်း)\s?(?P<num>{_NUMBER})(?!\s?(?:{sizes}))"
    )
    return front, back, lead


@cache
def _front_ends() -> re.Pattern[str]:
    """The last character of a currency, and what follows it before a number."""
    words = (word for _, pattern in BEFORE for word in _alternatives(pattern))
    ends = set().union(*map(_last_characters, words))
    return re.compile(rf"[{re.escape(''.join(sorted(ends)))}][ :]?\d")


def _last_characters(pattern: str) -> set[str]:
    """Characters that what one alternative matches can end with.

    Examples
    --------
    >>> sorted(_last_characters(r"d[oó]lar(?:es)?")), sorted(_last_characters(r"usd\\$?"))
    (['r', 's'], ['$', 'd'])
    """
    optional = pattern.endswith("?")
    rest = pattern.removesuffix("?")
    if rest.endswith(")"):
        rest, _, inside = rest[:-1].rpartition("(?:")
        found = set().union(*map(_last_characters, _alternatives(inside)))
    else:
        found = {rest[-1]}
        rest = rest[:-1].removesuffix("\\")
    return found | _last_characters(rest) if optional else found


@cache
def _bare(language: str) -> re.Pattern[str]:
    _, sizes, _, counted = BARE[language]
    words = _group(((0, sizes),))
    return re.compile(
        rf"(?<![\d.,:/{_LETTER}#])(?<!\d-)(?P<num>\d+(?:[.,]\d+)?)(?:{_RANGE}(?P<other>\d+(?:[.,]\d+)?))?"
        rf" ?(?P<size>(?:{words})|(?:tr|triệu)(?=\d))(?P<rest>\d{{1,3}}(?!\d))?(?! ?(?:{counted}))"
    )


@cache
def _currency(word: str, before: bool) -> str:
    for code, pattern in BEFORE if before else AFTER:
        if re.fullmatch(pattern.replace("(?=[^a-z0-9]|$)", ""), word):
            return code
    raise AssertionError(word)


@cache
def _size(word: str) -> int:
    for factor, pattern in SIZES:
        if re.fullmatch(pattern.replace("(?! le)", ""), word):
            return factor
    raise AssertionError(word)


def parse_number(written: str) -> Decimal | None:
    """Number of a text with points, commas or spaces in it.

    Parameters
    ----------
    written : str
        ASCII digits and separators.

    Examples
    --------
    >>> parse_number("1.500.000"), parse_number("1,250.50"), parse_number("1.5")
    (Decimal('1500000'), Decimal('1250.50'), Decimal('1.5'))
    >>> parse_number("1.500"), parse_number("0.500")
    (Decimal('1500'), Decimal('0.500'))
    """
    text = written.replace(" ", "").replace("'", "")
    marks = [char for char in text if char in ".,"]
    if marks:
        last = marks[-1]
        head, _, tail = text.rpartition(last)
        # Three digits behind one mark are thousands, unless nothing but a zero is before it.
        decimal = len(set(marks)) == 2 or (len(marks) == 1 and (len(tail) != 3 or head == "0"))
        head = head.replace(".", "").replace(",", "")
        text = f"{head}.{tail}" if decimal else head + tail
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _written(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def claim_amounts(view: View, context: Context, starts: Sequence[int]) -> Iterator[Claim]:
    """Amounts; the value is a currency code, a space and a plain decimal number.

    ``starts`` are the `number_starts` of the message in small letters.
    """
    text = view.lower
    front, back, lead = _patterns()
    if _front_ends().search(text):
        for found in front.finditer(text):
            yield from _with_currency(found, context, before=True)
    for found in matches_at(back, text, starts):
        yield from _with_currency(found, context, before=False)
    if "သ" in text:
        for found in lead.finditer(text):
            number = parse_number(found["num"])
            if number is not None:
                yield _claim(found, found.span(), number * _size(found["size"]), "MMK", 0.86)
    if starts and context.language in BARE:
        yield from _without_currency(text, starts, context)


def _with_currency(found: re.Match[str], context: Context, before: bool) -> Iterator[Claim]:
    word = found["cur"]
    code = _currency(word, before)
    if code == "P":
        if context.country != "PH" or context.shown[found.start()] != "P":
            return
        code = "PHP"
    code, confidence = _known(code, context)
    if word in ("d", "k", "u") or (word == "rm" and not before):
        confidence -= 0.04
    sizes = [_size(found[name]) for name in ("size", "second") if found[name]]
    if code == "IDR" and found["size"] == "m":  # "M" is miliar in Indonesian
        sizes[0] = 10**9
    factor = 1
    for size in sizes:
        factor *= size
    number = parse_number(found["num"])
    if number is None:
        return
    if number == 0 and not found["other"]:  # "RM0.00" marks a message as free
        yield Claim("", *found.span(), "", confidence)
        return
    if re.match(r"0\d", found["num"]):  # no amount is written so
        return
    if word == "d" and number < 1000:  # "2D" is a lottery
        return
    other = parse_number(found["other"]) if found["other"] else None
    if other is None:
        yield _claim(found, found.span(), number * factor, code, confidence)
        return
    # "500-800 baht", "RM1-2k": the size behind the range counts for both where the first
    # number has none.
    last = _size(found["osize"]) if found["osize"] else factor if not before else 1
    first_factor = factor if sizes else last
    if before:
        split = found.end("second") if found["second"] else found.end("size")
        split = split if split > 0 else found.end("num")
        yield _claim(found, (found.start(), split), number * first_factor, code, confidence)
        yield _claim(
            found,
            (found.start("ocur" if found["ocur"] else "other"), found.end()),
            other * last,
            code,
            confidence,
        )
        return
    split = found.end("size") if found["size"] else found.end("num")
    yield _claim(found, (found.start(), split), number * first_factor, code, confidence)
    yield _claim(found, (found.start("other"), found.end()), other * last, code, confidence)


def _known(code: str, context: Context) -> tuple[str, float]:
    if code == "$":
        return DOLLAR.get(context.country or "", "USD"), 0.93
    if code == "YUAN":
        home = OF_COUNTRY.get(context.country or "", "CNY")
        return home, 0.9
    return code, 0.96


def _without_currency(text: str, starts: Sequence[int], context: Context) -> Iterator[Claim]:
    language = context.language
    code, _, confidence, _ = BARE[language]
    if code == "YUAN":
        code = OF_COUNTRY.get(context.country or "", "CNY")
    elif context.country in OF_COUNTRY and language == "ms":
        code = OF_COUNTRY[context.country]
    for found in matches_at(_bare(language), text, starts):
        number = parse_number(found["num"])
        if number is None or number == 0:
            continue
        factor = _size(found["size"])
        amount = number * factor
        if found["rest"]:  # "2tr5" is 2,500,000
            amount += Decimal(found["rest"]) * factor / 10 ** len(found["rest"])
        if found["other"] and (other := parse_number(found["other"])) is not None:
            yield _claim(found, found.span("num"), amount, code, confidence)
            start, amount = found.start("other"), other * factor
            yield _claim(found, (start, found.end()), amount, code, confidence)
            continue
        yield _claim(found, found.span(), amount, code, confidence)


def _claim(
    found: re.Match[str], span: tuple[int, int], amount: Decimal, code: str, confidence: float
) -> Claim:
    return Claim("amount", *span, f"{code} {_written(amount)}", confidence, code, HOME.get(code))


def money_patterns() -> tuple[re.Pattern[str], ...]:
    """Patterns of amounts with a currency, against text in small letters."""
    return _patterns()
