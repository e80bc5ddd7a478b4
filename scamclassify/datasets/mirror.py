"""Where the files of the data sets come from and where they are kept."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import url2pathname

from scamclassify.errors import FetchError

#: The base address that ``SCAMCLASSIFY_MIRROR`` replaces.
BASE_ADDRESS = "https://raw.githubusercontent.com/"

#: How to do without the network; ends every error of a fetch.
MIRROR_HINT = (
    "Without a network, set SCAMCLASSIFY_MIRROR to a folder or an address that holds the "
    "files at the same paths as " + BASE_ADDRESS
)


def data_home(path: str | os.PathLike[str] | None = None) -> Path:
    """The folder that keeps fetched files.

    Parameters
    ----------
    path : path or None
        The folder itself; if None, the environment variable ``SCAMCLASSIFY_DATA``, else
        ``scamclassify`` in the user's cache folder.

    Returns
    -------
    pathlib.Path
        The folder; it may not exist yet.

    Examples
    --------
    >>> data_home("somewhere").name
    'somewhere'
    """
    chosen = path if path is not None else os.environ.get("SCAMCLASSIFY_DATA")
    if chosen:
        return Path(chosen).expanduser()
    cache = os.environ.get("XDG_CACHE_HOME")
    if cache:
        return Path(cache) / "scamclassify"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "scamclassify"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "scamclassify"
    return Path.home() / ".cache" / "scamclassify"


def locate(remote_path: str) -> str | Path:
    """Where to get a file: an http(s) address, or a path where the mirror is a folder.

    Parameters
    ----------
    remote_path : str
        ``OWNER/REPOSITORY/COMMIT/PATH``, not quoted. Addresses are percent-encoded,
        folders keep the names as they are.

    Returns
    -------
    str or pathlib.Path
        An address to request or a file to copy.

    Raises
    ------
    FetchError
        If ``SCAMCLASSIFY_MIRROR`` is an address of another scheme than http, https, file.
    """
    base = os.environ.get("SCAMCLASSIFY_MIRROR") or BASE_ADDRESS
    # One letter before ":" is a Windows drive, not a scheme.
    match = re.match(r"([A-Za-z][A-Za-z0-9+.-]+):", base)
    if match is None:
        return Path(base).expanduser() / remote_path
    scheme = match[1].lower()
    if scheme == "file":
        return Path(url2pathname(urlsplit(base).path)) / remote_path
    if scheme in ("http", "https"):
        return base.rstrip("/") + "/" + quote(remote_path, safe="/")
    raise FetchError(
        f"SCAMCLASSIFY_MIRROR is {base!r}: the scheme {scheme!r} is not allowed; "
        "allowed: a folder, or an address that begins with http://, https:// or file://"
    )
