"""What CSV and JSON files share: bytes in some encoding, read as UTF-8."""

from __future__ import annotations

from collections.abc import Iterator

from scamclassify.batch.encodings import Encoding, find_encoding, recode, refuse_binary
from scamclassify.batch.inputs import Input
from scamclassify.batch.streams import Advance, nothing, without
from scamclassify.errors import InputFileError

_SAMPLE = 1 << 16
_MARK = b"\xef\xbb\xbf"


def _head(entry: Input) -> bytes:
    head = b""
    blocks = entry.blocks()
    try:
        while len(head) < _SAMPLE and (block := next(blocks, b"")):
            head += block
    except InputFileError:
        if not head:
            raise
        # What comes before the defect can be read; reading on will find it again.
    finally:
        blocks.close()  # type: ignore[attr-defined]
    return head


class TextFile:
    """A text file whose encoding is found, or given.

    Parameters
    ----------
    entry : Input
    encoding : str, optional

    Attributes
    ----------
    encoding : Encoding
    head : bytes
        Its beginning, in UTF-8, without a byte order mark.
    mark : bytes
        The byte order mark of UTF-8 where the file has one of any kind, else nothing.

    Raises
    ------
    InputFileError
        If the file is binary, or packed and damaged at its beginning.
    UnknownNameError
        If the encoding is unknown.
    """

    def __init__(self, entry: Input, encoding: str | None) -> None:
        self._entry = entry
        head = _head(entry)
        refuse_binary(head, entry.name)
        self.encoding: Encoding = find_encoding(head, encoding, entry.name)
        self.mark = _MARK if self.encoding.mark else b""
        self.head = b"".join(self._in_utf8(iter([head])))

    def _in_utf8(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        if self.encoding.mark:
            blocks = without(blocks, len(self.encoding.mark))
        return blocks if self.encoding.is_utf8 else recode(blocks, self.encoding)

    def blocks(self, advance: Advance = nothing) -> Iterator[bytes]:
        """The whole content."""
        return self._in_utf8(self._entry.blocks(advance))

    def reason(self, reason: str) -> str:
        """Name the encoding where a row is said not to be UTF-8."""
        if reason == "not UTF-8" and not self.encoding.is_utf8:
            return f"not {self.encoding.name}"
        return reason
