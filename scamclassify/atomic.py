"""Files that appear under their name only when they are whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def share(path: str | Path) -> None:
    """Make a temporary file as readable as any new file: ``mkstemp`` allows only the owner."""
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(path, 0o666 & ~mask)


@contextmanager
def atomic_writer(path: Path) -> Iterator[BinaryIO]:
    """Write a file beside its target; rename it at the end, remove it if that is not reached.

    Parameters
    ----------
    path : pathlib.Path
        The target; its folder must exist.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with atomic_writer(Path(folder, "a.txt")) as stream:
    ...         _ = stream.write(b"all of it")
    ...     os.listdir(folder)
    ['a.txt']
    """
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        share(temporary)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
