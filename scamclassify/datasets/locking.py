"""A lock between processes that the operating system frees when its holder dies."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":  # pragma: no cover - not run on the build machine
    import msvcrt

    def _acquire(handle: IO[bytes]) -> None:
        while True:
            try:
                handle.seek(0)
                msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
                return
            except PermissionError:
                time.sleep(0.1)

    def _release(handle: IO[bytes]) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _acquire(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _release(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


@contextmanager
def file_lock(path: Path) -> Iterator[bool]:
    """Hold an exclusive lock on ``path`` for the length of the block.

    Parameters
    ----------
    path : pathlib.Path
        A file beside what is protected. It is created and stays: removing it would
        let two processes lock two different files of one name.

    Yields
    ------
    bool
        False where the file system knows no locks; the block then runs unprotected.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, file_lock(Path(folder, "lock")) as held:
    ...     held
    True
    """
    with path.open("a+b") as handle:
        try:
            _acquire(handle)
        except OSError:
            yield False
            return
        try:
            yield True
        finally:
            _release(handle)
