"""A lock that keeps two runs for one target apart, and that dies with its holder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scamclassify.errors import InputFileError

if sys.platform == "win32":  # pragma: no cover - not run on the build machine
    import msvcrt

    def _try(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def run_lock(folder: Path, what: str) -> Iterator[None]:
    """Make a folder and hold it alone for the length of the block.

    Parameters
    ----------
    folder : pathlib.Path
        The block may remove it.
    what : str
        Said in the error.

    Raises
    ------
    InputFileError
        If another process holds it. A process that was killed holds nothing.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as parent:
    ...     with run_lock(Path(parent, "x"), "b.csv"):
    ...         os.listdir(parent)
    ['x']
    """
    handle = _hold(folder, what)
    try:
        yield
    finally:
        os.close(handle)


def _hold(folder: Path, what: str) -> int:
    path = folder / "lock"
    while True:
        folder.mkdir(exist_ok=True)
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:  # the last holder removed the folder just now
            continue
        try:
            _try(handle)
        except OSError as error:
            os.close(handle)
            raise InputFileError(f"another run is writing {what} at this moment") from error
        if _is_there(path, handle):
            return handle
        os.close(handle)


def _is_there(path: Path, handle: int) -> bool:
    """Whether the locked file is still the one of that name: its folder may be gone."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False
