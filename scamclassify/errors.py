"""Errors that say what was wrong, where, and what is allowed.

The command line turns every :class:`ScamClassifyError` into one line on
standard error and exit code 2.
"""

from collections.abc import Iterable
from difflib import get_close_matches


class ScamClassifyError(Exception):
    """Base class of all errors that a user can mend."""


class UnknownNameError(ScamClassifyError, ValueError):
    """A name is not among the known ones; the message offers the nearest match."""

    def __init__(self, kind: str, name: object, known: Iterable[str]) -> None:
        known = sorted(known)
        near = get_close_matches(str(name), known, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        super().__init__(f"unknown {kind} {name!r}.{hint} Known: {', '.join(known)}.")


class ParameterError(ScamClassifyError, ValueError):
    """A parameter has a value that cannot be used, or not with this model."""


class MissingColumnError(UnknownNameError):
    """No column has a usual name; the message says how to name one, and what columns there are."""

    def __init__(self, kind: str, usual: str, columns: Iterable[str]) -> None:
        columns = list(columns)
        near = get_close_matches(usual, columns, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        ScamClassifyError.__init__(
            self,
            f"no {kind} was found: name it with --{kind.replace(' ', '-')} "
            f"({kind.replace(' ', '_')}=).{hint} "
            f"Columns: {', '.join(columns)}.",
        )


class FrameError(ScamClassifyError, ValueError):
    """A message frame lacks a column or holds a value that is not allowed."""


class FetchError(ScamClassifyError, OSError):
    """A file of a data set could not be fetched."""


class ChecksumError(FetchError):
    """A fetched file is not the one that was pinned."""


class ModelFormatError(ScamClassifyError, ValueError):
    """A model file is truncated, foreign, tampered with or of an unknown protocol."""


class InputFileError(ScamClassifyError, ValueError):
    """A file to read cannot be used: wrong format, missing column, unreadable."""


class MissingExtraError(ScamClassifyError, ImportError):
    """An optional dependency is not installed; the message names the extra."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the package {package!r}; "
            f"install it with: pip install 'scamclassify[{extra}]'"
        )
