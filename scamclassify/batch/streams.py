"""Byte streams: blocks of a compressed or plain file, and lines of bounded length."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from scamclassify.errors import InputFileError

_BLOCK = 1 << 18
# zstd gives no bound on what one call returns; a small piece keeps a hostile file small.
_ZSTD_PIECE = 1 << 13
#: Longest line that is kept in memory.
MOST_LINE = 4 << 20

#: Called with the number of bytes of the file that were read since the last call.
Advance = Callable[[int], object]


def read_blocks(path: Path, compression: str, advance: Advance) -> Iterator[bytes]:
    """Yield the content of a file in blocks, unpacked.

    Parameters
    ----------
    path : pathlib.Path
    compression : {"", "gz", "zst"}
    advance : callable
        Is told how far the file on disk was read, for a progress bar.

    Raises
    ------
    InputFileError
        If the compressed file is damaged or ends too early.
    """
    with path.open("rb") as raw:
        if compression == "gz":
            yield from _gzip_blocks(raw, path, advance)
        elif compression == "zst":
            yield from _zstd_blocks(raw, path, advance)
        else:
            while block := raw.read(_BLOCK):
                advance(len(block))
                yield block


def _gzip_blocks(raw, path: Path, advance: Advance) -> Iterator[bytes]:
    place = 0
    with gzip.GzipFile(fileobj=raw, mode="rb") as unpacked:
        while True:
            try:
                block = unpacked.read(_BLOCK)
            except (EOFError, gzip.BadGzipFile, zlib.error) as error:
                raise InputFileError(f"{path.name} is not a whole gzip file: {error}") from None
            advance(raw.tell() - place)
            place = raw.tell()
            if not block:
                return
            yield block


def _zstd_blocks(raw, path: Path, advance: Advance) -> Iterator[bytes]:
    # Not stream_reader: it takes a file that was cut off for one that ended.
    import zstandard

    frame = None
    while piece := raw.read(_ZSTD_PIECE):
        advance(len(piece))
        while piece:
            frame = frame or zstandard.ZstdDecompressor().decompressobj()
            try:
                block = frame.decompress(piece)
            except zstandard.ZstdError as error:
                raise InputFileError(f"{path.name} is not a whole zstd file: {error}") from None
            piece = b""
            if frame.eof:
                piece, frame = frame.unused_data, None
            if block:
                yield block
    if frame is not None:
        raise InputFileError(f"{path.name} is not a whole zstd file: it ends inside a frame")


def peek(blocks: Iterator[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """Look at the first ``size`` bytes (or more) of a stream without losing them.

    Examples
    --------
    >>> head, blocks = peek(iter([b"ab", b"cd", b"ef"]), 3)
    >>> head, b"".join(blocks)
    (b'abcd', b'abcdef')
    """
    head = b""
    for block in blocks:
        head += block
        if len(head) >= size:
            break

    def again() -> Iterator[bytes]:
        if head:
            yield head
        yield from blocks

    return head, again()


def split_lines(
    blocks: Iterable[bytes], terminator: bytes = b"\n", limit: int = MOST_LINE
) -> Iterator[tuple[bytes, bool]]:
    """Split a stream into lines.

    Parameters
    ----------
    blocks : iterable of bytes
    terminator : bytes of length 1
    limit : int
        A longer line is cut there and the rest of it skipped.

    Yields
    ------
    line : bytes
        With its terminator; the last one may have none.
    whole : bool
        False where the line was cut.

    Examples
    --------
    >>> list(split_lines([b"a", b"b", b"\\nc"]))
    [(b'ab\\n', True), (b'c', True)]
    """
    rest = b""
    skipping = False
    for block in blocks:
        pieces = block.split(terminator)
        tail = pieces.pop()
        for piece in pieces:
            if skipping:
                skipping = False
                continue
            line = rest + piece + terminator
            rest = b""
            yield (line, True) if len(line) <= limit else (line[:limit], False)
        if not skipping:
            rest += tail
            if len(rest) > limit:
                yield rest[:limit], False
                rest, skipping = b"", True
    if rest:
        yield rest, True


def check_encoding(head: bytes, path: Path) -> bytes:
    """Return the byte order mark of UTF-8 if the file has one, else nothing.

    Raises
    ------
    InputFileError
        If the file is UTF-16 or UTF-32.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        raise InputFileError(f"{path.name} is UTF-16 or UTF-32; save it as UTF-8")
    return b"\xef\xbb\xbf" if head.startswith(b"\xef\xbb\xbf") else b""
