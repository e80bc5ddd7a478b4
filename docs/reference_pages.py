"""Pages of the reference, one for each public module, from the names in their `__all__`."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "scamclassify"
#: Modules without `__all__` whose names users meet in results, errors and frames.
BESIDES = {
    "scamclassify.classifiers.assessment": ("Assessment",),
    "scamclassify.classifiers.explanation": ("Contribution", "Explanation"),
    "scamclassify.classifiers.operating": ("OperatingPoints",),
    "scamclassify.classifiers.unsure": ("UnsureBand",),
    "scamclassify.errors": (
        "ScamClassifyError",
        "UnknownNameError",
        "FrameError",
        "FetchError",
        "ChecksumError",
        "ModelFormatError",
        "InputFileError",
        "MissingExtraError",
    ),
    "scamclassify.frame": ("FRAME_COLUMNS", "validate_frame"),
    "scamclassify.knowledge.brands": ("Brand", "BrandRegistry"),
    "scamclassify.knowledge.lexicon": ("Concept", "Lexicon"),
    "scamclassify.labels": ("LABELS", "SCAM_TYPES", "LANGUAGES", "CHANNELS", "ORIGINS"),
}


def public_modules() -> list[str]:
    """`scamclassify` and its subpackages that declare `__all__`."""
    found = []
    for path in sorted(PACKAGE.rglob("__init__.py")):
        parts = path.parent.relative_to(PACKAGE.parent).parts
        if "_bundled" in parts or any(part.startswith("_") for part in parts):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
        if any(ast.unparse(node.targets[0]) == "__all__" for node in assigned):
            found.append(".".join(parts))
    return found


def entries() -> dict[str, list[str]]:
    """Module -> its public names: all that the reference must hold."""
    found = {name: list(importlib.import_module(name).__all__) for name in public_modules()}
    return found | {name: list(names) for name, names in BESIDES.items()}


def comment_on(name: str, value: object) -> str:
    """The `#:` comment above a constant, in whichever module assigns it."""
    for module_name, module in sorted(sys.modules.items()):
        if not module_name.startswith("scamclassify") or vars(module).get(name) is not value:
            continue
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        found = re.search(rf"((?:^#:.*\n)+){name}\b", source, re.MULTILINE)
        if found:
            return " ".join(line.removeprefix("#:").strip() for line in found[1].splitlines())
    return ""


def constant(full: str, name: str, value: object) -> list[str]:
    """A constant with its comment and what it holds."""
    lines = [f".. py:data:: {full}", "", f"    {comment_on(name, value)}", ""]
    if isinstance(value, Mapping):
        for key, one in value.items():
            words = one if isinstance(one, str) else getattr(one, "description", "")
            lines.append(f"    - ``{key}``" + (f": {words}" if words else ""))
    elif isinstance(value, tuple):
        lines.append("    " + ", ".join(f"``{one}``" for one in value))
    return [*lines, ""]


def page(module_name: str, names: list[str], home: dict[int, str]) -> str:
    """The page of a module as reStructuredText.

    `home` says where an object was described before; it gets a line with a link only.
    """
    module = importlib.import_module(module_name)
    title = f"``{module_name}``"
    lines = [title, "=" * len(title), "", inspect.getdoc(module) or "", ""]
    lines += [f".. py:currentmodule:: {module_name}", ""]
    for name in names:
        value = getattr(module, name)
        full = f"{module_name}.{name}"
        known = home.get(id(value)) if callable(value) else None
        if known:
            lines += [f"``{name}``", f"    The same as :py:obj:`{known}`.", ""]
            continue
        home[id(value)] = full
        if inspect.isclass(value):
            lines += [f".. autoclass:: {full}", "    :members:"]
            if name == "ScamClassifier":
                lines += ["    :inherited-members:", "    :exclude-members: raw_scores, calibrated"]
        elif callable(value):
            lines += [f".. autofunction:: {full}"]
        else:
            lines += constant(full, name, value)
        lines += [""]
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """File name -> text of every page, with an index."""
    home: dict[int, str] = {}
    made = {f"{name}.rst": page(name, names, home) for name, names in entries().items()}
    index = ["Reference of the library", "========================", ""]
    index += ["Every public name, from its docstring. The first page holds what most need.", ""]
    index += [".. toctree::", "    :maxdepth: 1", ""]
    for name in entries():
        index.append(f"    {name.removeprefix('scamclassify.')} <{name}>")
    return made | {"index.rst": "\n".join(index) + "\n"}


def write(folder: Path) -> None:
    """Write the pages into `folder`; those that have not changed keep their date."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in folder.glob("*.rst"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
