"""What to read: files, folders, patterns, members of zip archives."""

from __future__ import annotations

import glob
import os
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO

from scamclassify.batch.formats import FileFormat, file_format, is_known
from scamclassify.batch.streams import Advance, check_ratio, nothing, read_blocks
from scamclassify.errors import InputFileError, ScamClassifyError, UnknownNameError

_MOST_MEMBERS = 10_000
# What scoring writes beside its target.
_BESIDE = (".quarantine.jsonl", ".quarantine.jsonl.gz", ".manifest.json")
_SEEKING = ("parquet", "arrow", "excel", "zip")


@dataclass(frozen=True)
class Input:
    """One table to read.

    Attributes
    ----------
    name : str
        What it is called in outputs and errors.
    path : pathlib.Path
        The file on disk.
    form : FileFormat
    member : str or None
        Its name inside the zip archive ``path``.
    size : int
        Bytes on disk, for progress.
    """

    name: str
    path: Path
    form: FileFormat
    member: str | None = None
    size: int = 0

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open it for reading, as stored (a member of an archive: unpacked).

        Raises
        ------
        InputFileError
            If the archive is damaged or encrypted.
        """
        with ExitStack() as stack:
            if self.member is None:
                raw: IO[bytes] = stack.enter_context(self.path.open("rb"))
            else:
                try:
                    archive = stack.enter_context(zipfile.ZipFile(self.path))
                    raw = stack.enter_context(archive.open(self.member))
                except _ZIP_ERRORS as error:
                    raise self._damaged(error) from None
            yield raw

    def blocks(self, advance: Advance = nothing) -> Iterator[bytes]:
        """The unpacked content, in blocks."""
        with self.open() as raw:
            blocks = read_blocks(raw, self.name, self.form.compression, advance)
            if self.member is None:
                yield from blocks
                return
            given = 0
            while True:
                try:
                    block = next(blocks, None)
                except InputFileError:
                    raise
                except _ZIP_ERRORS as error:
                    raise self._damaged(error) from None
                if block is None:
                    return
                given += len(block)
                check_ratio(given, self.size, self.name)
                yield block

    def _damaged(self, error: Exception) -> InputFileError:
        return InputFileError(f"{self.name} cannot be read from its archive: {error}")


# An encrypted member is a RuntimeError, an unknown method a NotImplementedError.
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    EOFError,
    RuntimeError,
    ValueError,
    KeyError,
    OSError,
    zlib.error,
)


def printable(name: str) -> str:
    """A file name that is safe to show: no control characters, no lone surrogates.

    Examples
    --------
    >>> printable("a\\x1b[31m.csv")
    'a\\\\x1b[31m.csv'
    """
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
    return shown.encode("utf-8", "backslashreplace").decode("utf-8")


def find_inputs(
    sources: str | Path | Sequence[str | Path], outputs: Sequence[Path] = ()
) -> tuple[list[Input], list[str], list[ScamClassifyError]]:
    """List the tables that sources stand for.

    Parameters
    ----------
    sources : path or sequence of paths
        Files; folders, searched to the bottom for files of known formats; patterns with
        ``*``, ``?``, ``[...]`` and ``**``. Zip archives stand for their members.
    outputs : sequence of pathlib.Path
        Files that a folder or pattern may hold and that are not to be read.

    Returns
    -------
    inputs : list of Input
        In the order given; what a folder, a pattern or an archive holds is sorted by name.
    notes : list of str
        What was passed over.
    failures : list of ScamClassifyError
        Archives, or members of archives, that cannot be read at all.

    Raises
    ------
    InputFileError
        If a source is not there, or there is nothing to read in it.
    UnknownNameError
        If the format of a named file is unknown.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name in ("b.csv", "a.jsonl", "notes.md"):
    ...         _ = Path(folder, name).write_text("x")
    ...     inputs, notes, _ = find_inputs(folder)
    >>> [entry.name for entry in inputs], notes
    (['a.jsonl', 'b.csv'], ['passed over notes.md: not a file of messages'])
    """
    if isinstance(sources, str | Path):
        sources = [sources]
    notes: list[str] = []
    failures: list[ScamClassifyError] = []
    inputs: list[Input] = []
    for path, name in _files(sources, notes, {path.resolve() for path in outputs}):
        form = file_format(path)
        if form.kind != "zip":
            inputs.append(Input(printable(name), path, form, None, path.stat().st_size))
            continue
        try:
            inputs.extend(_members(path, printable(name), notes, failures))
        except InputFileError as error:
            failures.append(error)
    if not inputs and not failures:
        names = ", ".join(printable(str(path)) for path in sources)
        raise InputFileError(f"there is no file of messages in {names}")
    counts = Counter(entry.name for entry in inputs)
    for place, entry in enumerate(inputs):
        if counts[entry.name] > 1:  # files of one name in two folders
            inner = "" if entry.member is None else f"/{printable(entry.member)}"
            full = printable(entry.path.as_posix()) + inner
            inputs[place] = replace(entry, name=full)
    return inputs, notes, failures


def _files(
    sources: Sequence[str | Path], notes: list[str], outputs: set[Path]
) -> Iterator[tuple[Path, str]]:
    seen: set[Path] = set()
    for source in sources:
        for path, name, chosen in _expand(source):
            if not chosen and not is_known(path):
                notes.append(f"passed over {printable(name)}: not a file of messages")
                continue
            resolved = path.resolve()
            beside = path.name.endswith(_BESIDE)
            if (resolved in outputs or beside) and not chosen:
                notes.append(f"passed over {printable(name)}: an output of scoring")
                continue
            if resolved in seen:
                notes.append(f"passed over {printable(name)}: given twice")
                continue
            seen.add(resolved)
            yield path, name


def _expand(source: str | Path) -> Iterator[tuple[Path, str, bool]]:
    """Files of one source: path, name to show, whether the user named it."""
    path = Path(source)
    if path.is_file():
        yield path, path.name, True
    elif path.is_dir():
        for found in _sorted_files(path.rglob("*")):
            yield found, found.relative_to(path).as_posix(), False
    elif glob.has_magic(os.fspath(source)):
        matches = [Path(match) for match in glob.glob(os.fspath(source), recursive=True)]
        files = list(_sorted_files(matches))
        if not files:
            raise InputFileError(f"no file matches {source}")
        for found in files:
            yield found, found.name, False
    else:
        raise InputFileError(f"there is no file {source}")


def _sorted_files(paths: Iterable[Path]) -> Iterator[Path]:
    # Hidden files are those of programs: also the state of a scoring run under way.
    yield from sorted(
        path
        for path in paths
        if path.is_file() and not any(part.startswith(".") for part in path.parts[-2:])
    )


def _members(
    path: Path, name: str, notes: list[str], failures: list[ScamClassifyError]
) -> Iterator[Input]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except _ZIP_ERRORS as error:
        raise InputFileError(f"{name} is not a whole zip archive: {error}") from None
    if len(entries) > _MOST_MEMBERS:
        raise InputFileError(f"{name} holds more than {_MOST_MEMBERS:,} files")
    n_inputs = 0
    seen: set[str] = set()
    for entry in sorted(entries, key=lambda entry: entry.filename):
        inner = entry.filename
        if entry.is_dir() or inner.startswith("__MACOSX/"):
            continue
        shown = f"{name}/{printable(inner)}"
        if inner in seen:
            notes.append(f"passed over {shown}: its name is there twice")
            continue
        seen.add(inner)
        try:
            form = file_format(PurePosixPath(inner))
        except (InputFileError, UnknownNameError):
            notes.append(f"passed over {shown}: not a file of messages")
            continue
        if form.kind in _SEEKING:
            failures.append(InputFileError(f"{shown}: unpack the archive to read this file"))
            n_inputs += 1
            continue
        n_inputs += 1
        yield Input(shown, path, form, inner, entry.compress_size)
    if not n_inputs:
        raise InputFileError(f"{name} holds no CSV or JSON Lines file")
