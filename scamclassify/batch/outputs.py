"""Output files that appear only when they are whole."""

from __future__ import annotations

import contextlib
import gzip
import os
import tempfile
from pathlib import Path
from typing import IO, Any

from scamclassify.atomic import share
from scamclassify.errors import InputFileError


class PendingFile:
    """A file written beside its target and renamed to it at the end.

    Parameters
    ----------
    path : pathlib.Path
        The target; its folder must exist.
    compression : {"", "gz", "zst"}
        What :attr:`stream` does to the bytes.

    Attributes
    ----------
    stream : binary file
        To write to.

    Raises
    ------
    InputFileError
        If the folder does not exist.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pending = PendingFile(Path(folder, "a.txt"))
    ...     _ = pending.stream.write(b"all of it")
    ...     before = os.path.exists(folder + "/a.txt")
    ...     pending.commit()
    ...     before, Path(folder, "a.txt").read_bytes()
    (False, b'all of it')
    """

    def __init__(self, path: Path, compression: str = "") -> None:
        if not path.parent.is_dir():
            raise InputFileError(f"cannot write {path.name}: there is no folder {path.parent}")
        self.path = path
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        self._temporary = Path(name)
        self._file = os.fdopen(handle, "wb")
        self.stream: IO[Any] = self._file
        if compression == "gz":
            # Without name and time the same rows give the same bytes.
            packed = gzip.GzipFile(
                filename="", mode="wb", fileobj=self._file, compresslevel=6, mtime=0
            )
            self.stream = packed  # type: ignore[assignment]
        elif compression == "zst":
            import zstandard

            self.stream = zstandard.ZstdCompressor(level=3).stream_writer(self._file, closefd=False)

    def close(self) -> None:
        """Finish the temporary file; :meth:`commit` then only renames it."""
        if self._file.closed:
            return
        if self.stream is not self._file:
            self.stream.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        share(self._temporary)

    def commit(self) -> None:
        """Let the file appear under its name."""
        self.close()
        os.replace(self._temporary, self.path)

    def discard(self) -> None:
        """Remove what was written; nothing happens after :meth:`commit`."""
        # A full disk lets close() fail as well; the descriptor must be freed all the same.
        if self.stream is not self._file and not self._file.closed:
            with contextlib.suppress(OSError, ValueError):
                self.stream.close()
        with contextlib.suppress(OSError):
            self._file.close()
        self._temporary.unlink(missing_ok=True)
