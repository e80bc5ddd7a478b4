"""The path of the README: from a CSV file to a report and a STIX file with three commands."""

import json
import re
import shlex
from pathlib import Path

import pytest

from scamclassify import load_corpus
from scamclassify.cli import main

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.skipif(not README.is_file(), reason="the README is not here")
def test_the_three_commands_of_the_readme(tmp_path, monkeypatch, capsys):
    text = README.read_text(encoding="utf-8")
    block = re.search(r"## From a dump to a report.*?```\n(.*?)```", text, re.DOTALL).group(1)
    commands = [shlex.split(line)[1:] for line in block.strip().splitlines()]
    assert [command[0] for command in commands] == ["score", "campaigns", "report"]

    monkeypatch.chdir(tmp_path)
    written = load_corpus(["en", "th", "id"]).groupby("label").sample(20, random_state=0)
    dump = written[["id", "text"]]
    lure = (
        "Dear {}, your parcel is held at the depot. Pay the fee at http://parcel-fee.top/{} today"
    )
    names = ["Alice", "Somchai", "Budi", "Nurul", "Mary Tan", "Wei"]
    more = dump.iloc[:6].assign(text=[lure.format(name, i) for i, name in enumerate(names)])
    dump = dump.iloc[6:]
    import pandas as pd

    pd.concat([dump, more]).to_csv("dump.csv", index=False)
    for command in commands:
        assert main(command) == 0, capsys.readouterr().err

    page = Path("report.html").read_text(encoding="utf-8")
    assert "60</b><span>messages scored" in page
    assert "parcel-fee[.]top" in page
    bundle = json.loads(Path("campaigns.stix.json").read_text(encoding="utf-8"))
    patterns = {made["pattern"] for made in bundle["objects"] if made["type"] == "indicator"}
    assert "[domain-name:value = 'parcel-fee.top']" in patterns
    content = json.dumps(bundle, ensure_ascii=False)
    for name in names:
        assert name not in content
