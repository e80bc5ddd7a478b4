"""Fetches the pinned files of a data set into the data home.

A file is written beside its target as ``.part``, compared with its sha256 and only then
renamed, so that whatever lies under the final name is complete (after skrub's
``datasets/_utils.py``). A broken download is resumed from its ``.part``.
"""

from __future__ import annotations

import http.client
import os
import socket
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from scamclassify.datasets.locking import file_lock
from scamclassify.datasets.metadata import DataFile, DatasetInfo
from scamclassify.datasets.mirror import MIRROR_HINT, data_home, locate
from scamclassify.errors import ChecksumError, FetchError
from scamclassify.hashing import file_hash

_ATTEMPTS = 4
_BACKOFF = 0.5  # seconds before the second attempt; doubled before each later one
_TIMEOUT = 30.0
_BLOCK = 1 << 16
_BAR_FROM = 1_000_000  # bytes; shorter downloads show no progress bar
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


class _PassingError(Exception):
    """A failure that may be gone at the next attempt."""


def fetch_dataset(
    info: DatasetInfo,
    *,
    home: str | os.PathLike[str] | None = None,
    download: bool = True,
    progress: bool = True,
) -> dict[str, Path]:
    """Make sure that every file of a data set is in the data home.

    Parameters
    ----------
    info : DatasetInfo
        The data set.
    home : path or None
        See :func:`scamclassify.datasets.mirror.data_home`.
    download : bool
        If False, only what the data home already holds is used.
    progress : bool
        Show a bar on standard error while more than a megabyte is fetched, if standard
        error is a terminal.

    Returns
    -------
    dict of str to pathlib.Path
        Path in the repository -> local file, in the order of ``info.files``.

    Raises
    ------
    FetchError
        If a file can be had neither from the data home nor from the network or mirror.
    ChecksumError
        If a fetched file is not the pinned one. It is removed.
    """
    folder = data_home(home) / info.name / info.revision[:12]
    targets = {file.path: folder / file.local_path for file in info.files}
    missing = [file for file in info.files if not _is_pinned(targets[file.path], file)]
    if not missing:
        return targets
    if not download:
        raise FetchError(
            f"data set {info.name!r}: {missing[0].path!r} is not in the data home "
            f"{folder} and downloading is off; fetch it with: scamclassify data fetch {info.name}"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file_lock(folder / ".lock") as locked:
            for file in missing:
                target = targets[file.path]
                # While we waited for the lock another process may have fetched it.
                if not _is_pinned(target, file):
                    target.parent.mkdir(parents=True, exist_ok=True)
                    _fetch_file(info, file, target, shared_part=locked, progress=progress)
    except FetchError:
        raise
    except OSError as error:
        raise FetchError(
            f"data set {info.name!r}: cannot write to the data home {folder} ({error}); "
            "choose another with data_home= or SCAMCLASSIFY_DATA"
        ) from error
    return targets


def _is_pinned(path: Path, file: DataFile) -> bool:
    """Whether ``path`` is the pinned file. The size first: it spares the hash."""
    try:
        return path.stat().st_size == file.size and file_hash(path) == file.sha256
    except OSError:  # not there, or not to be read: fetching will tell
        return False


def _fetch_file(
    info: DatasetInfo, file: DataFile, target: Path, *, shared_part: bool, progress: bool
) -> None:
    source = locate(info.remote_path(file))
    # Without a lock two processes must not append to one file.
    part = target.with_name(target.name + (".part" if shared_part else f".{os.getpid()}.part"))
    delay = _BACKOFF
    problem = ""
    for attempt in range(_ATTEMPTS):
        if attempt:
            time.sleep(delay)
            delay *= 2
        try:
            resumed = _transfer(info, source, file, part, progress)
        except _PassingError as error:
            problem = str(error)
            continue
        if _is_pinned(part, file):
            part.replace(target)
            return
        found = f"{part.stat().st_size} bytes with sha256 {file_hash(part)}"
        part.unlink()
        if resumed:  # what lay there from an earlier call may have been the bad half
            problem = "the resumed file was not the pinned one"
            continue
        raise ChecksumError(
            f"data set {info.name!r}: {source} is not the pinned file: {found} instead of "
            f"{file.size} bytes with sha256 {file.sha256}. It was removed."
        )
    raise FetchError(_failure(info, source, f"{problem}, {_ATTEMPTS} attempts"))


def _failure(info: DatasetInfo, source: str | Path, problem: str) -> str:
    return f"data set {info.name!r}: cannot fetch {source} ({problem}). {MIRROR_HINT}"


def _transfer(
    info: DatasetInfo, source: str | Path, file: DataFile, part: Path, progress: bool
) -> bool:
    """Write ``source`` to ``part``; return whether an earlier part was continued."""
    if isinstance(source, Path):
        try:
            reader = source.open("rb")
        except OSError as error:
            raise FetchError(_failure(info, source, str(error.strerror))) from None
        with reader:
            _copy(reader.read, part, "wb", file, progress)
        return False
    try:
        return _request(source, file, part, progress)
    except HTTPError as error:
        error.close()
        if error.code in _PASSING:
            raise _PassingError(f"HTTP {error.code} {error.reason}") from None
        raise FetchError(_failure(info, source, f"HTTP {error.code} {error.reason}")) from None
    except URLError as error:
        # A name that does not resolve is a missing network: waiting would not help.
        if isinstance(error.reason, socket.gaierror):
            raise FetchError(_failure(info, source, f"no network: {error.reason}")) from None
        raise _PassingError(str(error.reason)) from None
    except (TimeoutError, ConnectionError, ssl.SSLError, http.client.HTTPException) as error:
        raise _PassingError(f"{type(error).__name__}: {error}") from None


def _request(address: str, file: DataFile, part: Path, progress: bool) -> bool:
    have = part.stat().st_size if part.exists() else 0
    if have >= file.size:  # complete yet not the pinned file, else it had been renamed
        part.unlink()
        have = 0
    headers = {"User-Agent": "scamclassify", "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    try:
        response = urlopen(Request(address, headers=headers), timeout=_TIMEOUT)
    except HTTPError as error:
        if error.code == 416:  # the server holds less than the part: start anew
            part.unlink(missing_ok=True)
            error.close()
            raise _PassingError("HTTP 416 for the rest of the file") from None
        raise
    with response:
        content_range = response.headers.get("Content-Range", "")
        resumed = have > 0 and response.status == 206 and content_range.startswith(f"bytes {have}-")
        if response.status == 206 and not resumed:
            part.unlink(missing_ok=True)
            raise _PassingError(f"the server answered another range: {content_range!r}")
        announced = response.headers.get("Content-Length")
        received = _copy(response.read, part, "ab" if resumed else "wb", file, progress)
    # A short body that is all the server announced is a wrong file, for the checksum to tell.
    if part.stat().st_size < file.size and (announced is None or received < int(announced)):
        raise _PassingError(f"the connection ended after {part.stat().st_size} bytes")
    return resumed


def _copy(
    read: Callable[[int], bytes], part: Path, mode: str, file: DataFile, progress: bool
) -> int:
    """Append or write blocks to ``part``; stop past the pinned size. Return the bytes read."""
    received = 0
    with part.open(mode) as writer:
        written = writer.tell()
        bar = None
        if progress and file.size >= _BAR_FROM:
            from tqdm import tqdm  # only a long download pays for the import

            bar = tqdm(
                total=file.size,
                initial=written,
                unit="B",
                unit_scale=True,
                desc=file.path.rsplit("/", 1)[-1][:40],
                disable=None,  # silent where standard error is no terminal
            )
        try:
            while block := read(_BLOCK):
                writer.write(block)
                received += len(block)
                if bar is not None:
                    bar.update(len(block))
                if written + received > file.size:
                    break  # not the pinned file; no need to fetch the rest of it
        finally:
            if bar is not None:
                bar.close()
    return received
