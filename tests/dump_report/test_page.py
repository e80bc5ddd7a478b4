"""The page: complete, safe, self-contained, the same again, and drawn by a real browser."""

import dataclasses
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest

from scamclassify.cli import main
from scamclassify.dump_report import report_dump
from scamclassify.dump_report.markup import defanged, shown
from scamclassify.errors import InputFileError, UnknownNameError
from scamclassify.labels import LANGUAGES

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Checker(HTMLParser):
    """Collects tags and text; checks that tags are closed in order."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def parsed(page):
    checker = Checker()
    checker.feed(page)
    checker.close()
    assert checker.open == []
    return checker


@pytest.fixture
def page(scored, document, previous, made, tmp_path):
    target = tmp_path / "report.html"
    report_dump(
        scored,
        target,
        campaigns=document.save(tmp_path / "campaigns.json"),
        previous=previous.save(tmp_path / "previous.json"),
        made=made,
    )
    return target.read_text(encoding="utf-8")


def test_all_sections_are_there(page):
    ids = re.findall(r'<section id="(\w+)"', page)
    assert ids == [
        "totals", "types", "languages", "time", "campaigns", "changes", "indicators", "drift",
        "quarantine", "method", "sources",
    ]  # fmt: skip
    text = " ".join("".join(parsed(page).text).split())
    for told in (
        "44rows read",
        "20labelled scam (50.0 %)",
        "2026-03-01 to 2026-03-10",
        "hxxp://evil[.]top/a",
        "2 campaigns (messages that are near-duplicates) hold 25 of 40 messages.",
        "Before: 2 campaigns in 30 messages (2026-03-12). Now: 2. New: 1. Gone: 1.",
        "Scores have shifted",
        "4.0 % → 11.0 %",
        "4 rows (9.1 %) could not be scored",
        "cd" * 32,
        "names DBS",
    ):
        assert told in text, told


def test_people_and_their_codes_are_not_shown(page):
    assert "[PHONE]" in page
    assert "81 234 5678" not in page
    for private in ("481516", "THB 50"):
        assert private not in page


def test_nothing_of_the_data_becomes_markup(page, evil):
    found = parsed(page)
    names = {name for name, _ in found.tags}
    assert "script" not in names
    assert evil not in page
    assert "\u202e" not in page
    assert "⟨U+202E⟩" in page
    assert not [attrs for _, attrs in found.tags if any(key.startswith("on") for key in attrs)]


def test_nothing_is_fetched(page):
    for _, attrs in parsed(page).tags:
        assert "src" not in attrs
        assert attrs.get("href", "#").startswith("#")
        assert attrs.get("xlink:href", "#").startswith("#")
    styles = "".join(re.findall(r"<style.*?</style>", page, re.DOTALL))
    assert all(url.startswith("data:font/") for url in re.findall(r'url\("?([^")]+)', styles))
    assert "@import" not in page
    policy = next(
        attrs["content"]
        for name, attrs in parsed(page).tags
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy


def test_every_figure_says_what_it_shows(page):
    figures = [attrs for name, attrs in parsed(page).tags if name == "svg"]
    assert len(figures) >= 6
    for attrs in figures:
        assert attrs["role"] == "img"
        assert len(attrs["aria-label"]) > 15


def test_the_same_page_again(scored, document, made, tmp_path):
    campaigns = document.save(tmp_path / "campaigns.json")
    for name in ("a.html", "b.html"):
        report_dump(scored, tmp_path / name, campaigns=campaigns, made=made)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_a_scored_file_is_enough(scored, made, tmp_path):
    bare = tmp_path / "bare.csv"
    bare.write_text("label\nham\nscam\n")
    report_dump(bare, tmp_path / "bare.html", made=made)
    page = (tmp_path / "bare.html").read_text()
    assert re.findall(r'<section id="(\w+)"', page) == [
        "totals", "types", "languages", "method", "sources",
    ]  # fmt: skip
    assert "no column of types" in page
    empty = tmp_path / "empty.csv"
    empty.write_text("text,label,scam_type,language,date\n")
    summary = report_dump(empty, tmp_path / "empty.html", made=made)
    assert (summary.rows, summary.scam) == (0, 0)
    parsed((tmp_path / "empty.html").read_text())


def test_files_of_different_runs_are_noticed(scored, document, made, tmp_path):
    manifest = tmp_path / "scored.csv.manifest.json"
    values = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**values, "rows_read": 99}))
    other = dataclasses.replace(document, n_messages=7).save(tmp_path / "campaigns.json")
    report_dump(scored, tmp_path / "report.html", campaigns=other, made=made)
    page = (tmp_path / "report.html").read_text()
    assert "they are not of the same run" in page
    assert "The campaigns were found in 7 messages, the scored file has 40." in page


def test_every_language_is_drawn(made, tmp_path):
    path = tmp_path / "scored.csv"
    rows = "".join(f"hi,scam,{code}\n" for code in [*LANGUAGES, "und", "xx"])
    path.write_text("text,label,language\n" + rows)
    # A letter that no font has is a warning, and warnings are errors here.
    report_dump(path, tmp_path / "report.html", made=made)
    text = "".join(parsed((tmp_path / "report.html").read_text()).text)
    for name in (*LANGUAGES.values(), "ไทย", "ខ្មែរ", "မြန်မာ", "தமிழ்", "undetermined"):
        assert name in text


def test_errors(scored, document, previous, tmp_path):
    target = tmp_path / "report.html"
    with pytest.raises(UnknownNameError, match=r"unknown report format '.pdf'"):
        report_dump(scored, tmp_path / "a.pdf")
    with pytest.raises(InputFileError, match="no folder"):
        report_dump(scored, tmp_path / "no" / "a.html")
    with pytest.raises(InputFileError, match="there is no file"):
        report_dump(tmp_path / "no.csv", target)
    with pytest.raises(InputFileError, match="can only be compared"):
        report_dump(scored, target, previous=previous.save(tmp_path / "b.json"))
    with pytest.raises(InputFileError, match="is not a campaign document"):
        report_dump(scored, target, campaigns=scored)
    wrong = tmp_path / "q.jsonl"
    wrong.write_bytes(scored.read_bytes())
    with pytest.raises(InputFileError, match="line 1: not a row of a quarantine"):
        report_dump(scored, target, quarantine=wrong)
    assert not target.exists()


def test_damaged_quarantine_and_manifest(scored, tmp_path):
    beside = tmp_path / "scored.csv.quarantine.jsonl"
    beside.write_text('{"reason": "empty text"}\n[]\n')
    with pytest.raises(InputFileError, match="line 2: not a row"):
        report_dump(scored, tmp_path / "report.html")
    beside.unlink()
    (tmp_path / "scored.csv.manifest.json").write_text("[]")
    with pytest.raises(InputFileError, match="is no manifest"):
        report_dump(scored, tmp_path / "report.html")


def test_command(scored, document, tmp_path, capsys):
    target, campaigns = tmp_path / "r.html", document.save(tmp_path / "campaigns.json")
    arguments = ["report", str(scored), "--campaigns", str(campaigns), "-o", str(target)]
    assert main(arguments) == 0
    told = capsys.readouterr()
    assert "40 messages, 20 labelled scam, 2 campaigns, 4 rows in quarantine" in told.err
    assert main(arguments) == 2
    assert "already there" in capsys.readouterr().err
    assert main([*arguments, "--overwrite", "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_report_and_export_in_one_command(scored, document, tmp_path, capsys):
    campaigns = str(document.save(tmp_path / "campaigns.json"))
    page, stix = tmp_path / "r.html", tmp_path / "r.stix.json"
    arguments = ["report", str(scored), "--campaigns", campaigns, "-o", str(page)]
    assert main([*arguments, "--export", str(stix)]) == 2
    assert "--export needs --campaigns and --producer" in capsys.readouterr().err
    assert main([*arguments, "--export", str(stix), "--producer", "CERT"]) == 0
    assert json.loads(stix.read_text())["type"] == "bundle"
    assert "2 campaigns, 1 indicator," in capsys.readouterr().err


def test_a_model_without_types(tmp_path, made):
    path = tmp_path / "scored.csv"
    path.write_text("text,label,scam_type,date\nhi,scam,,2026-01-01\n")
    report_dump(path, tmp_path / "report.html", made=made)
    assert "gives no types" in (tmp_path / "report.html").read_text()


def test_small_things():
    assert defanged("phone", "+6591234567") == "+6591234567"
    assert defanged("domain", "a.b.top") == "a[.]b[.]top"
    assert shown("a\u200bb\x00\ud800") == "a⟨U+200B⟩b⟨U+0000⟩⟨U+D800⟩"
    # Joiners belong to how Tamil, Khmer and emoji are written.
    assert shown("க\u200cஷ") == "க\u200cஷ"


BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.mark.skipif(BROWSER is None, reason="Chromium is not installed")
@pytest.mark.parametrize("width", [390, 1280])
def test_a_browser_draws_the_page(page, tmp_path, width):
    from matplotlib.image import imread

    source, picture = tmp_path / "report.html", tmp_path / "page.png"
    source.write_text(page, encoding="utf-8")
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
        "--disable-background-networking --disable-component-update --disable-sync "
        "--hide-scrollbars"
    ).split()
    done = subprocess.run(
        [
            BROWSER, *flags, f"--user-data-dir={tmp_path / 'browser'}", f"--screenshot={picture}",
            f"--window-size={width},2400", "--enable-logging=stderr", "--v=0", source.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    if done.returncode and not picture.is_file():
        pytest.skip(f"Chromium does not start here: {done.stderr[-200:]}")
    assert picture.is_file(), done.stderr[-2000:]
    assert "Content Security Policy" not in done.stderr
    pixels = imread(picture)
    assert pixels.shape[1] == width
    # Something is drawn over most of the height, in the colour of scams too.
    rows = (pixels[:, :, :3].std(axis=1) > 0.01).any(axis=1)
    assert rows.mean() > 0.5
    vermilion = abs(pixels[:, :, :3] - [0xD5 / 255, 0x5E / 255, 0]).max(axis=2) < 0.02
    assert vermilion.sum() > 500
    # A right margin of the page's own colour: nothing sticks out.
    assert (pixels[:, -8:, :3] == pixels[0, 0, :3]).all()
