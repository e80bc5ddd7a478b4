"""Finds the folders ``data`` and ``models`` in a checkout and in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """Path of a resource that the package carries.

    Parameters
    ----------
    *parts : str
        The first is ``"data"`` or ``"models"``, the rest lead to the file.

    Examples
    --------
    >>> resource_path("data", "lexicon").is_dir()
    True
    """
    bundled = _PACKAGE / "_bundled"
    root = bundled if bundled.is_dir() else _PACKAGE.parent
    return root.joinpath(*parts)
