"""Sphinx's configuration; `make docs` builds with warnings as errors."""

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path[:0] = [str(FOLDER), str(FOLDER.parent)]

import carried_pages  # noqa: E402
import reference_pages  # noqa: E402

import scamclassify  # noqa: E402

project = "scamclassify"
author = "The scamclassify developers"
copyright = f"{author}. Code Apache-2.0, written resources CC BY 4.0"
release = version = scamclassify.__version__

extensions = ["sphinx.ext.autodoc", "numpydoc", "myst_nb"]
exclude_patterns = ["examples", "README.md"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
# Notebooks carry their outputs; the tests run them, the documentation only shows them.
nb_execution_mode = "off"
nb_merge_streams = True

autodoc_typehints = "none"  # numpydoc's sections say the types
autodoc_member_order = "bysource"
numpydoc_show_class_members = False
numpydoc_xref_param_type = False
python_maximum_signature_line_length = 80
python_display_short_literal_types = True

# Outputs of notebooks may hold formats that a page has a better one for; their headings, and
# those of cards, may leave out a level.
suppress_warnings = ["mystnb.unknown_mime_type", "myst.header"]

smartquotes = False  # options keep their two dashes, code its quotes

html_theme = "furo"
html_title = f"scamclassify {release}"
html_static_path = ["static"]
html_css_files = ["wide_tables.css"]
html_show_sphinx = False
html_copy_source = False


def _write_pages(_app) -> None:
    reference_pages.write(FOLDER / "generated" / "api")
    carried_pages.write(FOLDER / "generated")


def _mend_links(app, name, source) -> None:
    path = Path(app.env.doc2path(name))
    if path.suffix == ".md" and path.is_relative_to(FOLDER):
        text = carried_pages.drop_empty_globs(source[0], path.parent)
        source[0] = carried_pages.mend_links(text, path.parent, path.parent)


def _skip_member(_app, _what, name, _member, skip, _options):
    # scikit-learn adds these to every class of its own; their texts link to its glossary.
    return True if name.startswith("set_") and name.endswith("_request") else skip


def setup(app) -> None:
    app.connect("builder-inited", _write_pages, priority=100)
    app.connect("source-read", _mend_links)
    app.connect("autodoc-skip-member", _skip_member)
