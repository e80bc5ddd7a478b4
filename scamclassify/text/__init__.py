"""Text: repair, language, code points.

The names here are loaded when first asked for, so that importing the package stays cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scamclassify.text.draft import REPAIR_KINDS
    from scamclassify.text.language import (
        LanguageGuess,
        identify,
        identify_batch,
        script_shares,
    )
    from scamclassify.text.repair import Repaired, RepairedBatch, repair_batch

__all__ = [
    "REPAIR_KINDS",
    "LanguageGuess",
    "Repaired",
    "RepairedBatch",
    "identify",
    "identify_batch",
    "repair_batch",
    "script_shares",
]

_HOMES = {
    "REPAIR_KINDS": "draft",
    "LanguageGuess": "language",
    "Repaired": "repair",
    "RepairedBatch": "repair",
    "identify": "language",
    "identify_batch": "language",
    "repair_batch": "repair",
    "script_shares": "language",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
