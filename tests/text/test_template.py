"""Templates: the compiled masking beside a plain one, and what it is for."""

import itertools
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamclassify.text import template
from scamclassify.text.codepoints import SEPARATOR, SYMBOL, TABLE_SIZE, char_classes
from scamclassify.text.links import _SURE, _UNCOMMON
from scamclassify.text.links import ENDINGS as LINK_ENDINGS
from scamclassify.text.minhash import N_VALUES, permutations, sign_templates, sorted_bands
from scamclassify.text.minhash_kernel import agreement, jaccard_at_least, shingle_sets
from scamclassify.text.template import encode_templates, skeleton_table, templates_of

ENDINGS = set(LINK_ENDINGS.split("|"))
SALUTATIONS = set(template._SALUTATIONS.split("|"))


def fold(text):
    table = skeleton_table()
    pairs = [(int(table[ord(c)]) if ord(c) < TABLE_SIZE else ord(c), c) for c in text]
    return [(chr(seen), c) for seen, c in pairs if seen and seen < 0xE0000]


SPREAD = re.compile(
    r"(?<=[a-z0-9])(?: ?[\[({](?:\.|dot)[\])}] ?(?=[a-z0-9])"
    rf"| \. (?=(?:{_SURE}|{_UNCOMMON})(?![a-z0-9_]))"
    rf"|(?: \. ?|\. | dot )(?=(?:{_SURE})(?![a-z0-9_])))"
)
APART = re.compile(r" ?/ ?")


def close_links(pairs):
    """Links written apart, with regular expressions; one character at a time is kept."""
    text = "".join(seen for seen, _ in pairs)
    done, i, host = [], 0, False
    while i < len(text):
        behind = done and re.match("[a-z0-9]", done[-1][0])
        # What was closed before counts as what stands before.
        if behind and (dot := SPREAD.match("a" + text[i:], 1)):
            done.append((".", "."))
            i, host = i + dot.end() - 1, True
        elif behind and host and (slash := APART.match(text, i)):
            done.append(("/", "/"))
            i, host = slash.end(), False
        else:
            host = host and bool(re.match("[a-z0-9]", text[i]))
            done.append(pairs[i])
            i += 1
    return done


def links(text):
    """Start, end, sign of what is masked, by regular expressions over runs of ASCII."""
    found = []
    tail = re.compile(r"[.,;:!?)\]}>\"']+\Z")
    for run in re.finditer(r"[!-~]+", text):
        begin, end = run.span()
        p = begin
        while p < end:
            hit = None
            rest = text[p:end]
            if rest.startswith("://") and len(rest) > 3:
                s = p - len(re.search(r"[a-z]*\Z", text[begin:p]).group())
                hit = s, p + 3 + len(tail.sub("", rest[3:])), "~"
            elif re.match(r"www\.[a-z0-9]", rest) and not re.search(r"[a-z0-9]\Z", text[begin:p]):
                hit = p, p + 4 + len(tail.sub("", rest[4:])), "~"
            elif mail := re.match(r"@([a-z0-9._+-]*[a-z0-9])", rest):
                s = p - len(re.search(r"[a-z0-9._+-]*\Z", text[begin:p]).group())
                hit = s, p + mail.end(), "~" if s < p else "@"
            elif (host := re.match(r"\.([a-z]{2,})", rest)) and re.search(
                r"[a-z0-9]\Z", text[begin:p]
            ):
                after = rest[host.end() :]
                if host[1] in ENDINGS and not re.match(r"[a-z0-9_-]|\.[a-z0-9]", after):
                    s = p - len(re.search(r"[a-z0-9.-]*\Z", text[begin:p]).group())
                    path = len(tail.sub("", after)) if after[:1] in tuple("/?:#") else 0
                    hit = s, p + host.end() + path, "~"
            if hit and hit[1] > p:
                found.append(hit)
                begin = p = hit[1]
            else:
                p += 1
    return found


def plain_template(text):
    classes = char_classes()
    pairs = close_links(fold(text[:4096]))
    folded = "".join(seen for seen, _ in pairs)
    marks = [None] * len(folded)
    for s, e, sign in links(folded):
        marks[s:e] = [""] * (e - s)
        marks[s] = sign

    def kind(c):
        return classes[ord(c)] if ord(c) < TABLE_SIZE else 2

    # words of letters in scripts with spaces
    words = [(m.start(), m.end()) for m in re.finditer("L+", "".join(
        "L" if kind(c) == 1 else "-" for c in folded))]  # fmt: skip
    place = dict(words)
    before, skip = "", -1
    for s, e in words:
        if s < skip:
            continue
        word, pair = folded[s:e], f"{before} {folded[s:e]}"
        before = word
        if word not in SALUTATIONS and pair not in SALUTATIONS:
            continue
        s1 = e + len(re.match(r"[ .]*", folded[e:]).group())
        e1 = place.get(s1, s1)
        if s1 == e or e1 == s1 or e1 - s1 > 20 or marks[s1] is not None:
            continue
        if folded[s1:e1] in SALUTATIONS:
            continue
        s2 = e1 + len(re.match(r" *", folded[e1:]).group())
        e2 = place.get(s2, s2)
        second = s2 > e1 and 0 < e2 - s2 <= 20 and marks[s2] is None

        def name(a, b):
            raw = [c for _, c in pairs[a:b]]
            return raw[0].isupper() and not (len(raw) > 1 and raw[1].isupper())

        stop = None
        if folded[e1 : e1 + 1] in tuple(",!:，"):
            stop = e1
        elif second and folded[e2 : e2 + 1] in tuple(",!:，"):
            stop = e2
        elif name(s1, e1):
            stop = e2 if second and name(s2, e2) else e1
        if stop:
            marks[s1:stop] = [""] * (stop - s1)
            marks[s1] = "^"
            before, skip = "", stop
    out = []
    i = 0
    while i < len(folded):
        c, step = folded[i], 1
        if marks[i] is not None:
            c = marks[i]
        else:
            free = "".join("x" if m is None else "-" for m in marks[i:])
            room = len(re.match("x*", free).group())
            word = re.match(r"[a-z0-9]*", folded[i : i + room]).group()
            starts = i == 0 or marks[i - 1] is not None or not re.match("[a-z0-9]", folded[i - 1])
            changes = sum(a.isdigit() != b.isdigit() for a, b in itertools.pairwise(word))
            digits = sum(c.isdigit() for c in word)
            if word and starts and changes >= 2 and len(word) >= 5 and 3 * digits >= len(word):
                c, step = "0", len(word)
            elif c in "0123456789":
                c = "0"
            elif kind(c) in (SEPARATOR, SYMBOL):
                c = ""
        i += step
        if c and not (out[-1:] == [c] and (c in "0~@^" or out[-2:] == [c, c])):
            out.append(c)
    if all(c in "0~@^" for c in out):
        return folded.replace(" ", "")
    return "".join(out)


PIECES = st.sampled_from(
    "Dear |dear mr. |Kính gửi |Hi |HELLO |John|Lim Siew |siti|, |! |: |. |https://a.example/x9|"
    "www.bank1.com|kb-verify.top/id|bit.ly/3x|a.b@mail.com|@line99|@|x1y2z3|rm500|1,500.00|๓๒๑|"
    "คุณได้รับสิทธิ์|ບັນຊີ|គណនី|အကောင့်|கணக்கு|您的账户尾号|đăng nhập|TRÚNG| |  |\n|😀|！|，|://|.com|t.me|𝗙".split(
        "|"
    )
)
TEXTS = st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(max_size=60))


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_kernel_does_what_the_plain_version_does(text):
    assert templates_of([text]) == [plain_template(text)]


@given(st.lists(TEXTS, max_size=6))
@settings(max_examples=50, deadline=None)
def test_a_batch_is_its_rows(texts):
    assert templates_of(texts) == [templates_of([text])[0] for text in texts]
    exact = encode_templates(texts)[2]
    made = templates_of(texts)
    for i in range(len(texts)):
        for j in range(i):
            assert (exact[i] == exact[j]) == (made[i] == made[j])


def test_the_corpus_in_every_script(corpus_texts):
    assert templates_of(corpus_texts) == [plain_template(text) for text in corpus_texts]


@pytest.fixture(scope="module")
def corpus_texts():
    from scamclassify.datasets.corpus import load_corpus

    return load_corpus()["text"].tolist()[::7]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hi Siti Aminah, see bit.ly/3xY now", "hi John, see https://evil.top/a?b=1. now"),
        ("Your parcel SF1234567SG waits. Pay RM 5.90", "your parcel SF99MY22 waits - pay RM1,200"),
        ("บัญชีของคุณ 123 ที่ kb-verify.top/idด่วน", "บัญชีของคุณ ๔๕๖ ที่ http://x.vip ด่วน"),
        ("您的账户尾号1234已冻结,请登录 www.bank.com", "您的账户尾号88已冻结，请登录bank2.cc/x"),
        ("Kính gửi Nguyễn Văn, tài khoản bị khóa", "kinh gui Lan, tai khoan bi khoa!!"),
        ("add LINE @loan99 today", "Add line: @best.loan  today"),
        ("Claim yоur gіft at bit . ly / abc", "C\u200blaim your 𝗴𝗶𝗳𝘁 at evil[.]com/x yessss"[:-7]),
        ("vào kb(dot)vip / a9 ngay", "Vao http://b.top/1 ngay"),
        ("sooooo cheap", "soo cheap"),
        ("mail me: joe.b@mail.com", "Mail me at".replace(" at", "") + " ann_c@other.org"),
    ],
)
def test_copies_have_one_template(one, other):
    assert templates_of([one]) == templates_of([other])


def test_numbers_alone_are_no_template():
    made = templates_of(["12 34", "99", "❤", "😂", "", "\u200b"])
    assert made == ["1234", "99", "❤", "😂", "", ""]


def plain_shingles(text):
    return {text[i : i + 4] for i in range(max(1, len(text) - 3))}


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_sets_have_the_similarity_of_plain_sets(one, other):
    codes, starts, _ = encode_templates([one, other])
    values, bounds = shingle_sets(codes, starts, np.arange(2))
    a, b = map(plain_shingles, templates_of([one, other]))
    assert np.diff(bounds).tolist() == [len(a), len(b)]
    jaccard = len(a & b) / len(a | b)
    assert jaccard_at_least(values, bounds, 0, 1, jaccard - 1e-9)
    assert not jaccard_at_least(values, bounds, 0, 1, jaccard + 1e-9)


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_signature_is_the_least_of_each_permutation(text):
    codes, starts, _ = encode_templates([text])
    values, _ = shingle_sets(codes, starts, np.arange(1))
    multipliers, additions = (a.astype(np.uint64) for a in permutations())
    hashes = values.astype(np.uint64)[:, None] * multipliers + additions
    expected = (hashes & np.uint64(0xFFFFFFFF)).min(axis=0)
    assert np.array_equal(sign_templates(codes, starts, np.arange(1))[0], expected)


def test_agreement_estimates_similarity(corpus_texts):
    rng = np.random.default_rng(0)
    base = templates_of(corpus_texts)
    base = [text for text in base if len(text) > 60][:150]
    others = [
        text[: (cut := int(rng.integers(5, 40)))] + "".join(rng.permutation(list(text[cut:])))
        for text in base
    ]
    codes, starts, _ = encode_templates(base + others)
    signatures = sign_templates(codes, starts, np.arange(2 * len(base)))
    made = templates_of(base + others)
    errors = []
    for i in range(len(base)):
        a, b = plain_shingles(made[i]), plain_shingles(made[i + len(base)])
        errors.append(agreement(signatures, i, i + len(base)) / N_VALUES - len(a & b) / len(a | b))
    assert abs(np.mean(errors)) < 0.015
    assert np.abs(errors).max() < 0.25


def test_bands_bring_equal_bands_together():
    rng = np.random.default_rng(0)
    signatures = rng.integers(0, 3, (300, N_VALUES), dtype=np.uint32)
    bands = list(sorted_bands(signatures))
    assert len(bands) == 16
    for number, (order, keys) in enumerate(bands):
        band = signatures[order, 4 * number : 4 * number + 4]
        same = (band[1:] == band[:-1]).all(axis=1)
        assert np.array_equal(keys[1:] >> np.uint64(24) == keys[:-1] >> np.uint64(24), same)
        assert sorted(order) == list(range(300))
