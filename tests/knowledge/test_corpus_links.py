"""No scam of the corpus leads to a real organisation's address."""

import json

import pytest

from scamclassify.features.links import find_links
from scamclassify.knowledge.brands import load_brands
from scamclassify.resources import resource_path

FILES = sorted(resource_path("data", "corpus").glob("*.jsonl"))

#: Platforms whose real addresses scams use as they are: anybody can put things there.
PLATFORMS = {"facebook", "instagram", "whatsapp", "telegram", "google", "youtube", "tiktok"}


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_no_scam_links_to_an_official_domain(path):
    registry = load_brands()
    wrong = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["label"] != "scam":
            continue
        for link in find_links(row["text"]):
            owner = registry.owners.get(link.registrable)
            shared = link.is_messaging or link.is_shortener or link.is_filesharing
            official = owner is not None and registry.brands[owner].id not in PLATFORMS
            government = link.is_government and link.registrable
            if (official or government) and not shared:
                wrong.append((row["id"], link.host))
    assert not wrong


def test_the_corpus_holds_links_to_check():
    text = "\n".join(path.read_text("utf-8") for path in FILES)
    assert len(find_links(text)) > 200
