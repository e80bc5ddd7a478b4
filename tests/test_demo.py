"""The demo runs to its end with nothing but what the package carries."""

import csv

from scamclassify import demo


def test_demo_without_network_or_mirror(tmp_path, monkeypatch, capsys):
    empty = tmp_path / "mirror"
    empty.mkdir()
    monkeypatch.setenv("SCAMCLASSIFY_MIRROR", str(empty))
    monkeypatch.setenv("SCAMCLASSIFY_DATA", str(tmp_path / "home"))
    assert demo.main(tmp_path / "demo") == 0
    shown = capsys.readouterr().out
    assert "No network and no mirror" in shown
    for language in ("Thai", "Burmese", "Tetum"):
        assert language in shown
    with (tmp_path / "demo" / "scored.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 1000
    assert {row["label"] for row in rows} <= {"ham", "promo", "scam"}
    assert "country" in rows[0]
    assert "<html" in (tmp_path / "demo" / "report.html").read_text(encoding="utf-8")
