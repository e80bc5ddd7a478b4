"""Where scored rows go while a run goes on, and how they get to their place at its end."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import IO

from scamclassify.batch.final_target import is_made_of_parts, make_final_target
from scamclassify.batch.formats import FileFormat, file_format
from scamclassify.batch.growing_hash import GrowingHash
from scamclassify.batch.journal import Journal
from scamclassify.batch.layout import Layout
from scamclassify.batch.parts import Part

_FINAL = "final"
_ROWS = "rows"


class Output:
    """Takes every part in order, those of an interrupted run too.

    Parameters
    ----------
    journal : Journal
        Has a part before it comes here.
    form : FileFormat
        Of the target.
    layout : Layout
    tee : binary file or None
        Gets the rows as they come, where the parts by themselves make the file.
    """

    def __init__(
        self, journal: Journal, form: FileFormat, layout: Layout, tee: IO[bytes] | None
    ) -> None:
        self._path = journal.path_of(_FINAL)
        self._final = make_final_target(self._path, form, layout)
        self._tee = tee if self._final is None else None
        spool = journal.path_of(_ROWS)
        self._hash = GrowingHash(spool) if self._final is None else self._final.hash

    @property
    def wants_parts(self) -> bool:
        """Whether the rows of parts that are done must come again."""
        return self._final is not None or self._tee is not None

    def add(self, data: bytes, part: Part | None) -> None:
        """Take the rows of a part, encoded."""
        if self._final is not None:
            self._final.add(data, part)
            return
        if self._tee is not None:
            self._tee.write(data)
        self._hash.catch_up()

    def finish(self) -> str:
        """Write what is left; return the SHA-256 of the file."""
        if self._final is not None:
            self._final.close()
            _sync(self._path)
        return self._hash.finish()

    def abandon(self) -> None:
        """Stop; what is in the journal stays."""
        if self._final is not None:
            self._final.abandon()
        self._hash.close()


def put_in_place(journal: Journal, target: Path, tee: IO[bytes] | None) -> None:
    """Let the output appear under its name, and on a stream if one is given."""
    is_made = is_made_of_parts(file_format(target))
    journal.move(_FINAL if is_made else _ROWS, target)
    if tee is not None:
        if is_made:
            with target.open("rb") as whole:
                shutil.copyfileobj(whole, tee, 1 << 20)
        tee.flush()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
