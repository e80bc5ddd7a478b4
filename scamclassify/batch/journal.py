"""What a run has finished, so that a run that was killed can go on where it stopped.

Beside the target lies a hidden folder with the outputs as far as they are written and a
journal: one line says what the run is (its inputs with their hashes, its model, its
options), one line follows for every part, with the lengths and checksums of the outputs
after it. A part counts when its line is whole. What lies behind the last whole line is cut
off, so that every run writes the same bytes however often it was interrupted.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from scamclassify.batch.task import PartResult
from scamclassify.errors import InputFileError

_FORMAT = 1
_JOURNAL = "journal.jsonl"
_SPOOLS = ("rows", "quarantine")
_COUNTED = ("labels", "types", "languages", "reasons")


class DonePart(NamedTuple):
    """What is kept of a part that is done: a run has thousands of them.

    Attributes
    ----------
    scored, bad : int
        Rows.
    end : int
        Length of the spool of rows after it.
    """

    scored: int
    bad: int
    end: int


def state_folder(target: Path) -> Path:
    """Where the state of a run for a target is kept.

    Examples
    --------
    >>> state_folder(Path("out", "b.csv")).name
    '.b.csv.scoring'
    """
    return target.with_name(f".{target.name}.scoring")


class Journal:
    """State of a run, in a folder that the caller holds locked.

    Parameters
    ----------
    folder : pathlib.Path
    identity : dict
        What the run is; plain JSON values.
    restart : bool
        Forget an unfinished run.

    Attributes
    ----------
    parts : list of DonePart
        The parts that are done.
    totals : dict of str to collections.Counter
        Rows of these parts by label, type and language, bad rows by reason.
    finishing : bool
        Whether all parts are done and the outputs were about to appear.
    n_runs : int
        How often the run was started, this time included.

    Raises
    ------
    InputFileError
        If there is an unfinished run with another identity.
    """

    def __init__(self, folder: Path, identity: dict[str, Any], restart: bool) -> None:
        self.folder = folder
        self.parts: list[DonePart] = []
        self.totals: dict[str, Counter[str]] = {name: Counter() for name in _COUNTED}
        self.finishing = False
        self.n_runs = 1
        self._ends = dict.fromkeys(_SPOOLS, 0)
        lines = [] if restart else self._read()
        if lines and lines[0].get("format") == _FORMAT:
            _compare(lines[0]["identity"], identity)
            self._take_over(lines[1:])
        else:
            lines = []
            self._clear()
        self._spools = {name: self._open_spool(name) for name in _SPOOLS}
        self._handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        if not lines:
            self._note({"format": _FORMAT, "identity": identity})
        else:
            self._note({"resumed": self.n_runs})

    @property
    def _path(self) -> Path:
        return self.folder / _JOURNAL

    def path_of(self, name: str) -> Path:
        """A file of the state: rows, quarantine or a name of the caller's."""
        return self.folder / name

    def _clear(self) -> None:
        for entry in self.folder.iterdir():
            if entry.name != "lock":
                entry.unlink()

    def _read(self) -> list[dict[str, Any]]:
        """Whole lines of the journal; it is cut after them."""
        try:
            raw = self._path.read_bytes()
        except FileNotFoundError:
            return []
        lines: list[dict[str, Any]] = []
        end = 0
        for line in raw.splitlines(keepends=True):
            try:
                value = json.loads(line) if line.endswith(b"\n") else None
            except ValueError:
                value = None
            if not isinstance(value, dict):
                break
            lines.append(value)
            end += len(line)
        if end < len(raw):
            os.truncate(self._path, end)
        return lines

    def _take_over(self, lines: list[dict[str, Any]]) -> None:
        self.finishing = any(line.get("finishing") for line in lines)
        for number, line in enumerate(lines):
            self.n_runs += "resumed" in line
            if "part" not in line:
                continue
            if not self._is_sound(line):
                # The system went down and not all was on disk: from here on it is done again.
                self._rewrite(number + 1)
                self.finishing = False
                break
            self._ends = {name: line[name][0] for name in _SPOOLS}
            self._count(line)
        self.n_runs += 1

    def _count(self, line: dict[str, Any]) -> None:
        self.parts.append(DonePart(line["scored"], line["bad"], self._ends["rows"]))
        for name, counter in self.totals.items():
            counter.update(line[name])

    def _is_sound(self, line: dict[str, Any]) -> bool:
        for name in _SPOOLS:
            end, checksum = line[name]
            try:
                with self.path_of(name).open("rb") as spool:
                    spool.seek(self._ends[name])
                    raw = spool.read(end - self._ends[name])
            except FileNotFoundError:
                # Perhaps moved to where it belongs: then only the last steps are left.
                if not self.finishing:
                    return False
                continue
            if len(raw) != end - self._ends[name] or zlib.crc32(raw) != checksum:
                return False
        return True

    def _rewrite(self, n_lines: int) -> None:
        kept = self._path.read_bytes().splitlines(keepends=True)[:n_lines]
        temporary = self._path.with_suffix(".new")
        temporary.write_bytes(b"".join(kept))
        os.replace(temporary, self._path)

    def _open_spool(self, name: str) -> int:
        if self.finishing and not self.path_of(name).exists():
            return -1
        handle = os.open(self.path_of(name), os.O_RDWR | os.O_CREAT, 0o666)
        os.ftruncate(handle, self._ends[name])
        os.lseek(handle, 0, os.SEEK_END)
        return handle

    def _note(self, line: dict[str, Any]) -> None:
        _write_all(self._handle, json.dumps(line).encode("ascii") + b"\n")

    def add(self, result: PartResult) -> None:
        """Write what came of the next part."""
        line: dict[str, Any] = {
            "part": len(self.parts),
            "scored": result.n_scored,
            "bad": result.n_bad,
            "labels": result.labels,
            "types": result.types,
            "languages": result.languages,
            "reasons": result.reasons,
        }
        for name, data in zip(_SPOOLS, (result.data, result.quarantine), strict=True):
            _write_all(self._spools[name], data)
            self._ends[name] += len(data)
            line[name] = self._ends[name], zlib.crc32(data)
        self._note(line)
        self._count(line)

    def pieces(self) -> Iterator[bytes]:
        """The rows of the parts that are done, one after the other."""
        start = 0
        with self.path_of("rows").open("rb") as spool:
            for part in self.parts:
                yield spool.read(part.end - start)
                start = part.end

    def begin_finish(self) -> None:
        """Note that from here on outputs of this run may be in place."""
        for handle in self._spools.values():
            if handle >= 0:
                os.fsync(handle)
        if not self.finishing:
            self._note({"finishing": True})
            os.fsync(self._handle)
            self.finishing = True

    def move(self, name: str, target: Path) -> None:
        """Let a file of the state appear under its name; it may have done so before."""
        if self.path_of(name).exists():
            os.replace(self.path_of(name), target)

    def close(self) -> None:
        """Free the files; what is done stays."""
        for handle in (*self._spools.values(), self._handle):
            if handle >= 0:
                os.close(handle)
        self._spools, self._handle = {}, -1

    def remove(self) -> None:
        """Forget the run, at once or not at all."""
        self.close()
        remove_state(self.folder)


def remove_state(folder: Path) -> None:
    """Remove the folder of a state; half of one is never left under its name."""
    gone = folder.with_name(folder.name + ".done")
    shutil.rmtree(gone, ignore_errors=True)
    os.replace(folder, gone)
    shutil.rmtree(gone, ignore_errors=True)


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _compare(old: dict[str, Any], new: dict[str, Any]) -> None:
    # What JSON makes of tuples and keys must not look like a change.
    changes = list(_changes(old, json.loads(json.dumps(new)), ""))
    if changes:
        shown = "; ".join(changes[:5]) + ("; ..." if len(changes) > 5 else "")
        raise InputFileError(
            f"an unfinished run for this target had something else to do: {shown}. Repeat it as "
            "it was to go on, or start anew with --restart (restart=True)"
        )


def _changes(old: Any, new: Any, place: str) -> Iterator[str]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from _changes(old.get(key), new.get(key), f"{place} {key}".strip())
    elif isinstance(old, str) and len(old) == 64:
        yield f"{place} has changed"
    else:
        yield f"{place} was {_shown(old)}, is {_shown(new)}"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "there"
    return "not there" if value is None else json.dumps(value, ensure_ascii=False)[:80]
