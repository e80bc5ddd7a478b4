"""JSON Lines files and JSON arrays as a source of messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from scamclassify.batch import parts as part_limits
from scamclassify.batch.columns import find_text_column
from scamclassify.batch.inputs import Input
from scamclassify.batch.json_array import split_array
from scamclassify.batch.json_lines import (
    MOST_KEYS,
    LineError,
    as_cell,
    column_type,
    note_kinds,
    parse_line,
)
from scamclassify.batch.parts import BadRow, Batch, Part, check_text, shorten
from scamclassify.batch.rows import JsonRows
from scamclassify.batch.streams import Advance, nothing, split_lines
from scamclassify.batch.text_source import TextFile
from scamclassify.errors import InputFileError

_GUESS_ROWS = 200


class JsonSource:
    """A JSON Lines file, or a JSON array; it is read twice, first to learn which keys there are.

    Parameters, attributes and errors as for
    :class:`~scamclassify.batch.csv_source.CsvSource`; there is no delimiter.
    """

    def __init__(
        self,
        entry: Input,
        text_column: str | None = None,
        advance: Advance = nothing,
        encoding: str | None = None,
    ) -> None:
        self.entry, self._advance = entry, advance
        self._file = TextFile(entry, encoding)
        self.encoding, self.mark = self._file.encoding, self._file.mark
        self._has_lines = entry.form.kind == "jsonl"
        self._kinds: dict[str, set[str]] = {}
        sample: list[dict[str, Any]] = []
        for row in self._whole_rows(advance):
            note_kinds(self._kinds, row)
            if len(sample) < _GUESS_ROWS:
                sample.append(row)
            if len(self._kinds) > MOST_KEYS:
                raise InputFileError(f"{entry.name} has more than {MOST_KEYS:,} different keys")
        self.names = list(self._kinds)
        # Without a single whole row there is nothing to look for the texts in.
        self.text_column, self.guessed = text_column or "text", False
        if self._kinds:

            def cells() -> list[list[str]]:
                return [[as_cell(row.get(name)) for name in self.names] for row in sample]

            place, self.guessed = find_text_column(text_column, self.names, cells)
            self.text_column = self.names[place]

    def _whole_rows(self, advance: Advance) -> Iterator[dict[str, Any]]:
        """Rows that can be read; the second reading tells what is wrong with the others."""
        lines = self._lines(advance)
        while True:
            try:
                _, line, whole = next(lines)
                if whole:
                    yield parse_line(line)
            except LineError:
                continue
            except (StopIteration, InputFileError):
                return

    def _lines(self, advance: Advance) -> Iterator[tuple[int, bytes, bool]]:
        blocks = self._file.blocks(advance)
        lines = split_lines(blocks) if self._has_lines else split_array(blocks)
        for number, (line, whole) in enumerate(lines, 1):
            if line.strip():
                yield number, line, whole

    def column_types(self) -> dict[str, str]:
        """Numbers and truth values where all rows have them, else strings."""
        return {name: column_type(kinds) for name, kinds in self._kinds.items()}

    def parts(self, most_rows: int) -> Iterator[Part]:
        """Yield all rows, up to ``most_rows`` a part."""
        not_utf8 = self._file.reason("not UTF-8")
        part = JsonPart(self.names, self.text_column, 1, [], self._has_lines, not_utf8)
        size = 0
        lines = self._lines(self._advance)
        while True:
            try:
                number, line, whole = next(lines, (0, b"", False))
            except InputFileError:
                # The file is damaged here; what came before is whole.
                if part.lines:
                    yield part
                raise
            if not number:
                break
            # A line that was cut is only quoted from.
            part.lines.append((number, line if whole else line[:10_000], whole))
            size += len(line)
            if part.n_rows >= most_rows or size > part_limits.MOST_PART_BYTES:
                yield part
                part = replace(part, first_row=part.first_row + part.n_rows, lines=[])
                size = 0
        if part.lines:
            yield part


@dataclass
class JsonPart:
    """Lines that are not parsed yet; ``lines`` are number, content and whether it is whole."""

    names: list[str]
    text_column: str
    first_row: int
    lines: list[tuple[int, bytes, bool]]
    has_lines: bool
    not_utf8: str

    @property
    def n_rows(self) -> int:
        """Number of lines."""
        return len(self.lines)

    def batch(self) -> Batch:
        """Parse the lines."""
        rows: list[dict[str, Any]] = []
        texts: list[str] = []
        bad: list[BadRow] = []
        for number, (line_number, line, whole) in enumerate(self.lines, self.first_row):
            problem: tuple[str, str] | None
            try:
                if not whole:
                    raise LineError("line too long", "over 4 MiB")
                row = parse_line(line)
                text: Any = row.get(self.text_column)
                problem = check_text(text)
            except LineError as error:
                reason = self.not_utf8 if error.reason == "not UTF-8" else error.reason
                problem = reason, str(error)
            if problem:
                place = line_number if self.has_lines else None
                bad.append(BadRow(number, place, *problem, shorten(line.rstrip(b"\r\n"))))
            else:
                rows.append(row)
                texts.append(text)
        return Batch(JsonRows(self.names, rows), texts, bad)
