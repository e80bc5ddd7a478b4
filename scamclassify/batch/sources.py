"""The inputs of a run, opened and read one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from scamclassify.batch.inputs import Input
from scamclassify.batch.layout import Layout, make_layout
from scamclassify.batch.options import Options
from scamclassify.batch.parts import BadRow, Batch, Part
from scamclassify.batch.progress import Progress
from scamclassify.batch.readers import Source, open_input
from scamclassify.batch.rows import CellRows
from scamclassify.errors import InputFileError, ScamClassifyError


@dataclass
class Failure:
    """A file that cannot be read, or the rest of one: one bad row."""

    error: ScamClassifyError
    n_rows: int = 1

    def batch(self) -> Batch:
        """The bad row."""
        detail = " ".join(str(self.error).split())[:500]
        return Batch(CellRows([], []), [], [BadRow(None, None, "damaged file", detail, "")])


class Sources:
    """Inputs of a run.

    Parameters
    ----------
    options : Options
    inputs : list of Input
    failures : list of ScamClassifyError
        Archives that could not be opened.
    note : callable
        Told what was guessed or found.

    Attributes
    ----------
    opened : list of (Input, source)
    """

    def __init__(
        self,
        options: Options,
        inputs: list[Input],
        failures: list[ScamClassifyError],
        note: Callable[[str], object],
    ) -> None:
        self._options, self._inputs, self._note = options, inputs, note
        self._failures: list[tuple[str, ScamClassifyError]] = [
            (str(failure).split(" ")[0], failure) for failure in failures
        ]
        self.opened: list[tuple[Input, Source]] = []

    def open(self, progress: Progress) -> Layout:
        """Open all inputs, and lay out what is in them."""
        options = self._options
        for entry in self._inputs:
            # JSON is read twice, first for its keys.
            progress.expect(entry.size * (1 + (entry.form.kind in ("jsonl", "json"))))
            try:
                source = open_input(
                    entry,
                    options.text_column,
                    progress.advance,
                    encoding=options.encoding,
                    delimiter=options.delimiter,
                )
            except ScamClassifyError as error:
                if not options.keep_going:
                    raise
                self._failures.append((entry.name, error))
                continue
            self.opened.append((entry, source))
            self._describe(entry, source)
        return make_layout([s for _, s in self.opened], options.fields, options.columns)

    def _describe(self, entry: Input, source: Source) -> None:
        if source.guessed:
            self._note(
                f"{entry.name}: the column {source.text_column!r} reads most like messages; "
                "say which one it is with --text-column (text_column=) if that is wrong"
            )
        encoding = getattr(source, "encoding", None)
        if encoding is not None and not encoding.is_utf8:
            self._note(f"{entry.name}: read as {encoding.name} ({encoding.how})")
        for line in getattr(source, "notes", ()):
            self._note(line)

    def about(self, entry: Input, described: dict[str, Any]) -> dict[str, Any]:
        """What the manifest says of an input, from what is known of its file."""
        about = dict(described[entry.name])
        for known, source in self.opened:
            if known is entry:
                about["text_column"] = source.text_column
                about["delimiter"] = getattr(source, "delimiter", None)
                encoding = getattr(source, "encoding", None)
                about["encoding"] = None if encoding is None else encoding.name
        return about

    def parts(self) -> Iterator[tuple[Part, str]]:
        """Parts of all inputs, with their names."""
        for name, error in self._failures:
            yield Failure(error), name
        for entry, source in self.opened:
            try:
                for part in source.parts(self._options.batch_size):
                    yield part, entry.name
            except InputFileError as error:
                if not self._options.keep_going:
                    raise
                yield Failure(error), entry.name
