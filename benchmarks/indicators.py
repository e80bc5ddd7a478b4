"""Precision and recall of `extract_indicators` on the labelled messages, beside a baseline.

    python benchmarks/indicators.py

A prediction counts where field, span and value are those of the label. Two ways: told
language and country of each message, and told nothing. The baseline is what one puts
together in an afternoon: phonenumbers' ``PhoneNumberMatcher`` with the message's country,
urlextract, and one plain pattern for each other field. Intervals are 95 %: Wilson for
fields and languages, bootstrap over messages (2,000 draws, seed 0) for the whole.
Cost is CPU time a message on the written corpus, best of three, both in the same run.
"""

from __future__ import annotations

import json
import platform
import re
import time
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path

import numpy as np
from scipy.stats import binomtest

from scamclassify import extract_indicators, load_corpus
from scamclassify.indicators import FIELDS
from scamclassify.resources import resource_path

RESULTS = Path(__file__).parent / "results" / "indicators.json"
Found = set[tuple[str, int, int, str]]

_PLAIN = {
    "email": re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
    "handle": re.compile(r"(?<!\w)@\w{3,}|(?<=t\.me/)\w+"),
    "otp": re.compile(r"(?<!\d)\d{4,8}(?!\d)"),
    "bank_account": re.compile(r"(?<!\d)\d[\d -]{7,18}\d(?!\d)"),
    "crypto_address": re.compile(r"\b(?:0x[0-9a-fA-F]{40}|(?:bc1|[13]|T)[a-zA-Z0-9]{25,59})\b"),
}
_OTP_WORD = re.compile("otp|code|kode|kod|รหัส|mã|验证码", re.IGNORECASE)
_BANK_WORD = re.compile("acc|rek|akaun|บัญชี|stk|账号|konta|conta|bank", re.IGNORECASE)
_MONEY = re.compile(
    r"(?P<before>S\$|B\$|US\$|\$|RM|Rp|฿|₱|₫|៛|₭|PHP|SGD|MYR|USD|VND)\s?(?P<n>\d[\d.,]*)"
    r"|(?P<m>\d[\d.,]*)\s?(?P<after>บาท|đồng|đ|VND|ringgit|rupiah|pesos|ກີບ|ကျပ်|រៀល|元|USDT)"
)
_CODES = {
    "S$": "SGD", "B$": "BND", "US$": "USD", "$": "USD", "RM": "MYR", "Rp": "IDR", "฿": "THB",
    "₱": "PHP", "₫": "VND", "៛": "KHR", "₭": "LAK", "บาท": "THB", "đồng": "VND", "đ": "VND",
    "ringgit": "MYR", "rupiah": "IDR", "pesos": "PHP", "ກີບ": "LAK", "ကျပ်": "MMK",
    "រៀល": "KHR", "元": "CNY",
}  # fmt: skip


def make_baseline() -> Callable[[str, str], Found]:
    """The afternoon's work; a function of a message and its country."""
    import phonenumbers
    import tldextract
    from urlextract import URLExtract

    urls = URLExtract()
    domains = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

    def baseline(text: str, country: str) -> Found:
        found: Found = set()
        for match in phonenumbers.PhoneNumberMatcher(text, country):
            written = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            found.add(("phone", match.start, match.end, written))
        for url, (start, end) in urls.find_urls(text, get_indices=True):
            if "@" in url:
                continue
            value = url if "://" in url else "http://" + url
            found.add(("link", start, end, value))
            domain = domains(url).top_domain_under_public_suffix
            at = url.lower().find(domain) if domain else -1
            if at >= 0:
                found.add(("domain", start + at, start + at + len(domain), domain))
        wanted = {"email", "handle", "crypto_address"}
        wanted |= {"otp"} if _OTP_WORD.search(text) else set()
        wanted |= {"bank_account"} if _BANK_WORD.search(text) else set()
        for field in wanted:
            for match in _PLAIN[field].finditer(text):
                value = match.group().lower().lstrip("@")
                if field == "bank_account":
                    value = re.sub(r"\D", "", value)
                elif field == "crypto_address":
                    value = match.group()
                found.add((field, *match.span(), value))
        for match in _MONEY.finditer(text):
            sign = match["before"] or match["after"]
            number = re.sub(r"[.,](?=\d{3}(?!\d))", "", (match["n"] or match["m"]).rstrip(".,"))
            number = number.replace(",", ".")
            if "." in number:
                number = number.rstrip("0").rstrip(".")
            found.add(("amount", *match.span(), f"{_CODES.get(sign, sign)} {number}"))
        return found

    return baseline


def load_labelled() -> list[dict]:
    """The labelled messages, one dictionary each."""
    path = resource_path("data", "indicators", "messages.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def labels_of(row: dict) -> Found:
    return {(i["field"], i["start"], i["end"], i["value"]) for i in row["indicators"]}


def extracted(rows: list[dict], told: bool) -> list[Found]:
    options = {}
    if told:
        options = {name: [row[name] for row in rows] for name in ("language", "country")}
    frame = extract_indicators([row["text"] for row in rows], **options)
    found: list[Found] = [set() for _ in rows]
    columns = (frame[name] for name in ("message", "field", "start", "end", "value"))
    for message, *key in zip(*columns, strict=True):
        found[message].add(tuple(key))
    return found


def wilson(hits: int, total: int) -> list[float | None]:
    """Share and its 95 % interval after Wilson (1927)."""
    if total == 0:
        return [None, None, None]
    low, high = binomtest(hits, total).proportion_ci(method="wilson")
    return [round(float(x), 4) for x in (hits / total, low, high)]


def figures(rows: list[dict], found: list[Found]) -> dict:
    """Precision and recall in whole, by field and by language."""
    counts = np.zeros((len(rows), 3))  # right, claimed, labelled
    parts: dict[str, dict[str, np.ndarray]] = {"field": {}, "language": {}}
    for place, (row, claimed) in enumerate(zip(rows, found, strict=True)):
        labelled = labels_of(row)
        right = claimed & labelled
        counts[place] = len(right), len(claimed), len(labelled)
        for column, several in enumerate((right, claimed, labelled)):
            for one in several:
                for part, name in (("field", one[0]), ("language", row["language"])):
                    parts[part].setdefault(name, np.zeros(3, int))[column] += 1
    draws = np.random.default_rng(0).integers(0, len(rows), (2000, len(rows)))
    drawn = counts[draws].sum(axis=1)
    right, claimed, labelled = counts.sum(axis=0)
    whole = {}
    for name, total, column in (("precision", claimed, 1), ("recall", labelled, 2)):
        interval = np.percentile(drawn[:, 0] / drawn[:, column], [2.5, 97.5])
        whole[name] = [round(float(x), 4) for x in (right / total, *interval)]
    return {
        "messages": len(rows),
        "indicators": int(labelled),
        **whole,
        **{
            f"by_{part}": {
                name: {
                    "labelled": int(c[2]),
                    "precision": wilson(int(c[0]), int(c[1])),
                    "recall": wilson(int(c[0]), int(c[2])),
                }
                for name, c in sorted(table.items())
            }
            for part, table in parts.items()
        },
    }


def cpu_per_message(work: Callable[[], object], messages: int) -> float:
    """Least CPU time of three runs, in microseconds a message."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return round(best / messages * 1e6, 1)


def _shown(share: Iterable[float | None]) -> str:
    value, low, high = share
    return "      -            " if value is None else f"{value:.3f} [{low:.3f}, {high:.3f}]"


def main() -> None:
    rows = load_labelled()
    baseline = make_baseline()
    results: dict = {"splits": {}}
    for split in ("development", "test"):
        part = [row for row in rows if row["split"] == split]
        ways = {
            "told language and country": extracted(part, told=True),
            "told nothing": extracted(part, told=False),
            "baseline (told country)": [baseline(r["text"], r["country"]) for r in part],
        }
        results["splits"][split] = {way: figures(part, found) for way, found in ways.items()}
        print(f"\n{split}: {len(part)} messages")
        for way, figure in results["splits"][split].items():
            print(
                f"  {way:27} precision {_shown(figure['precision'])}"
                f"  recall {_shown(figure['recall'])}"
            )
        first, _, last = ways
        told, plain = (results["splits"][split][way] for way in (first, last))
        for by, names in (("by_field", FIELDS), ("by_language", sorted(told["by_language"]))):
            print(f"  {by[3:]:16} labelled  precision               recall"
                  "                  baseline P / R")  # fmt: skip
            for name in names:
                one = told[by].get(name)
                if one is None:
                    continue
                none = {"precision": [None] * 3, "recall": [None] * 3}
                other = plain[by].get(name, none)
                peers = " / ".join(
                    "-" if other[w][0] is None else f"{other[w][0]:.3f}"
                    for w in ("precision", "recall")
                )
                print(
                    f"  {name:16} {one['labelled']:8}  {_shown(one['precision'])}"
                    f"  {_shown(one['recall'])}  {peers}"
                )
    corpus = load_corpus()
    texts, countries = corpus["text"].tolist(), corpus["country"].tolist()
    extract_indicators(texts[:200])
    pairs = list(zip(texts, countries, strict=True))
    results["cpu_us_per_message"] = {
        "messages": len(texts),
        "extract_indicators": cpu_per_message(lambda: extract_indicators(texts), len(texts)),
        "baseline": cpu_per_message(lambda: [baseline(*pair) for pair in pairs], len(texts)),
    }
    print("\nCPU time, microseconds a message:", results["cpu_us_per_message"])
    results["versions"] = {
        "python": platform.python_version(),
        **{
            name: version(name)
            for name in ("scamclassify", "phonenumberslite", "urlextract", "tldextract")
        },
    }
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
