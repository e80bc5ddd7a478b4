"""SHA-256 of a file that is still being written."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO

_BLOCK = 1 << 20


class GrowingHash:
    """Follows a file that only ever grows at its end.

    To hash an output of gigabytes once it is whole takes seconds in which nothing else is
    done; what has been written is still in memory.

    Parameters
    ----------
    path : pathlib.Path
        It need not be there yet.

    Examples
    --------
    >>> import tempfile
    >>> from scamclassify.hashing import file_hash
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "a")
    ...     growing = GrowingHash(path)
    ...     _ = path.write_bytes(b"ab")
    ...     growing.catch_up()
    ...     _ = path.write_bytes(b"abc")
    ...     growing.finish() == file_hash(path)
    True
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._hash = hashlib.sha256()
        self._file: BinaryIO | None = None

    def catch_up(self) -> None:
        """Take in what is new."""
        if self._file is None:
            self._file = self._path.open("rb", buffering=0)
        while block := self._file.read(_BLOCK):
            self._hash.update(block)

    def finish(self) -> str:
        """The hash of the whole file, 64 hexadecimal digits."""
        self.catch_up()
        self.close()
        return self._hash.hexdigest()

    def close(self) -> None:
        """Stop following."""
        if self._file is not None:
            self._file.close()
            self._file = None
