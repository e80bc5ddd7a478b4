"""Pages that stand elsewhere in the repository (cards, results, notebooks), and links to them.

Links in `docs/` are those of the repository, so that they work where it is read; in the built
documentation they go to the page made of the file, or to the file itself.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
#: Folder of pages -> the files that become its pages.
CARRIED = {
    "cards": "data/cards/*.md",
    "exchange": "data/exchange/README.md",
    "model": "models/*/CARD.md",
    "results": "benchmarks/results/*.md",
    "suite": "benchmarks/results/*/README.md",
    "benchmarks": "benchmarks/*.md",
    "notebooks": "notebooks/*.ipynb",
    "project": "CHANGELOG.md CONTRIBUTING.md",
}
_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\(([^()\s:]+)\)")
_FENCE = re.compile(r"(^ *```.*?^ *```[ \t]*$)", re.MULTILINE | re.DOTALL)


def places() -> dict[Path, Path]:
    """File of the repository -> its page below `docs/generated`."""
    return {
        source: DOCS / "generated" / folder / source.name
        for folder, patterns in CARRIED.items()
        for pattern in patterns.split()
        for source in sorted(ROOT.glob(pattern))
    }


def links(text: str) -> list[str]:
    """Targets of the relative links of a Markdown text, without their anchors."""
    plain = "".join(_FENCE.split(text)[::2])
    targets = [match[2].partition("#")[0] for match in _LINK.finditer(plain)]
    return [target for target in targets if target and ":" not in target]


def mend_links(text: str, at: Path, placed: Path) -> str:
    """Relative links of a text that stood in the folder `at` and now stands in `placed`."""
    pages = places()

    def mended(match: re.Match[str]) -> str:
        words, target = match[1], match[2]
        file, hash_, anchor = target.partition("#")
        if not file or ":" in file:
            return match[0]
        source = Path(os.path.normpath(at / file))
        if source.is_dir() or (source.suffix == ".ipynb" and not source.exists()):
            return words  # nothing to show of a folder, or of a notebook that is not carried
        page = pages.get(source, source)
        return f"[{words}]({os.path.relpath(page, placed)}{hash_}{anchor})"

    def shown(match: re.Match[str]) -> str:
        source = os.path.normpath(at / match[2])
        return f"![{match[1]}]({os.path.relpath(source, placed)})"

    parts = _FENCE.split(text)
    parts[::2] = [_IMAGE.sub(shown, _LINK.sub(mended, part)) for part in parts[::2]]
    return "".join(parts)


def mend_notebook(text: str, at: Path, placed: Path) -> str:
    """`mend_links` in the cells of Markdown of a notebook."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = mend_links("".join(cell["source"]), at, placed)
    return json.dumps(notebook, ensure_ascii=False)


def drop_empty_globs(text: str, at: Path) -> str:
    """Take out of tables of contents the patterns that match no page (no notebooks yet)."""

    def kept(match: re.Match[str]) -> str:
        return match[0] if any(at.glob(match[1] + ".*")) else ""

    return re.sub(r"^([\w/]+\*)\n", kept, text, flags=re.MULTILINE)


def write(folder: Path) -> None:
    """Write the carried pages below `folder`."""
    wanted = places()
    for name in CARRIED:
        for old in (folder / name).glob("*"):
            if old.is_file() and old not in wanted.values():
                old.unlink()
    for source, page in wanted.items():
        page.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(encoding="utf-8")
        if source.suffix == ".ipynb":
            text = mend_notebook(text, source.parent, page.parent)
        else:
            text = mend_links(text, source.parent, page.parent)
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")
