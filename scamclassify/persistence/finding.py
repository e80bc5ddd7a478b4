"""Where the file of a model is; apart from loading it, which takes much longer to import."""

from __future__ import annotations

from pathlib import Path

from scamclassify.errors import ModelFormatError, UnknownNameError
from scamclassify.resources import resource_path

_SUFFIX = ".scam"


def find_model(name_or_path: str | Path) -> Path:
    """File of a model.

    Parameters
    ----------
    name_or_path : str or path
        Name of a model that the package carries, or a file.

    Raises
    ------
    ModelFormatError
        If there is no such file.
    UnknownNameError
        If no model of that name is carried.

    Examples
    --------
    >>> find_model("default").name
    'model.scam'
    """
    path = Path(name_or_path)
    if path.is_file():
        return path
    if isinstance(name_or_path, str) and name_or_path.isidentifier():
        folder = resource_path("models")
        known = [entry.parent.name for entry in folder.glob(f"*/model{_SUFFIX}")]
        if name_or_path not in known:
            raise UnknownNameError("model", name_or_path, known)
        return folder / name_or_path / f"model{_SUFFIX}"
    raise ModelFormatError(f"there is no model file {path}")
