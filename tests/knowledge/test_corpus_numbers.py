"""The written corpus keeps the numbers that its card promises, language by language."""

import re
from collections import Counter, defaultdict

import pytest

from scamclassify import load_corpus
from scamclassify.labels import LANGUAGES, SCAM_TYPES

LINK = re.compile(
    r"(?:https?|hxxps?)\W{0,3}//|www\.|\b[a-z0-9-]{2,}\s?(?:\.|\[\.\]|\(dot\)| dot )\s?"
    r"(?:com|net|org|info|xyz|top|vip|shop|site|online|app|cc|co|me|ly|gov|go|gl|io|id|my|sg|th|vn"
    r"|ph|mm|kh|la|tl|bn|cn|club|live|icu|win|bet|link|click|asia|pro|cfd|life|tv|fun|store|world"
    r"|today|cyou|sbs|lol|page|dev|biz|be|pt|edu|bond|bz|to|us|gg|tw|hk)(?![a-z])",
    re.IGNORECASE,
)
HOOKS = {"link", "phone", "app", "reply"}
COUNTRIES = set("BN KH ID LA MY MM PH SG TH TL VN".split())
REGISTERS = {"formal", "casual", "chat", "mixed", "romanised", "no_diacritics"}


@pytest.fixture(scope="module")
def corpus():
    return load_corpus()


def grams(text):
    text = re.sub(r"\d", "0", re.sub(r"\s+", " ", text.casefold()))
    return {text[i : i + 5] for i in range(len(text) - 4)} or {text}


def test_size(corpus):
    assert len(corpus) >= 4000
    assert set(corpus["language"]) == set(LANGUAGES)
    assert corpus["id"].is_unique
    assert corpus["reviewed"].isna().all()  # until a native speaker has


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_of_a_language(corpus, language):
    part = corpus[corpus["language"] == language]
    labels = part["label"].value_counts()
    assert len(part) >= 300
    assert labels["ham"] >= 130
    assert labels["promo"] >= 40
    types = part["scam_type"].value_counts()
    assert set(types.index) == set(SCAM_TYPES)
    assert types.min() >= 8
    link = part["text"].str.contains(LINK)
    assert (~link[part["label"] == "scam"]).mean() >= 0.35
    assert link[part["label"] == "ham"].mean() >= 0.25


@pytest.mark.parametrize("language", LANGUAGES)
def test_fields_of_a_language(corpus, language):
    part = corpus[corpus["language"] == language]
    assert set(part["hook"].dropna()) <= HOOKS
    assert set(part["country"]) <= COUNTRIES
    assert set(part["register"]) <= REGISTERS
    assert part["scam_type"].notna().eq(part["label"] == "scam").all()
    assert part["text"].str.strip().ne("").all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_template_filling(corpus, language):
    part = corpus[corpus["language"] == language].reset_index(drop=True)
    sets = [grams(text) for text in part["text"]]
    where = defaultdict(list)
    for i, found in enumerate(sets):
        for gram in found:
            where[gram].append(i)
    group = part["group"].where(part["group"].notna(), None)
    alike, marked = [], part["group"].notna().mean()
    for i, found in enumerate(sets):
        shared = Counter(j for gram in found for j in where[gram] if j > i)
        for j, count in shared.items():
            near = count > 0.5 * min(len(found), len(sets[j]))
            if near and (group[i] is None or group[i] != group[j]):
                alike.append((part["id"][i], part["id"][j]))
    assert not alike, alike[:5]
    assert marked < 0.02


def test_vietnamese_is_written_with_and_without_diacritics(corpus):
    part = corpus[corpus["language"] == "vi"]
    plain = ~part["text"].str.contains("[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ]", case=False)
    assert 0.3 <= plain.mean() <= 0.7
