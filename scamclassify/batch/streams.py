"""Byte streams: blocks of a compressed or plain file, and lines of bounded length."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from scamclassify.errors import InputFileError

_BLOCK = 1 << 18
# zstd gives no bound on what one call returns: four bytes can stand for 128 KiB. A small
# piece keeps a hostile file small.
_ZSTD_PIECE = 1 << 10
#: Longest line that is kept in memory.
MOST_LINE = 4 << 20
#: A packed file that has given this many bytes may not be ...
LEAST_BOMB = 1 << 28
#: ... this many times as large as what was read of it. Text packs 3 to 20 times.
MOST_RATIO = 300

#: Called with the number of bytes of the file that were read since the last call.
Advance = Callable[[int], object]


def nothing(step: int) -> None:
    """Where nobody wants to know how far it is."""


def read_blocks(raw: IO[bytes], name: str, compression: str, advance: Advance) -> Iterator[bytes]:
    """Yield the content of a file in blocks, unpacked.

    Parameters
    ----------
    raw : binary file
        Open for reading, with ``tell``.
    name : str
        For errors.
    compression : {"", "gz", "zst"}
    advance : callable
        Is told how far the file was read, for a progress bar.

    Raises
    ------
    InputFileError
        If the compressed file is damaged, ends too early or is a bomb.

    Examples
    --------
    >>> import io
    >>> b"".join(read_blocks(io.BytesIO(gzip.compress(b"hi")), "a.gz", "gz", nothing))
    b'hi'
    """
    if compression == "gz":
        yield from _without_bombs(_gzip_blocks(raw, name, advance), raw, name)
    elif compression == "zst":
        yield from _without_bombs(_zstd_blocks(raw, name, advance), raw, name)
    else:
        while block := raw.read(_BLOCK):
            advance(len(block))
            yield block


def _without_bombs(blocks: Iterator[bytes], raw: IO[bytes], name: str) -> Iterator[bytes]:
    given = 0
    for block in blocks:
        given += len(block)
        check_ratio(given, raw.tell(), name)
        yield block


def check_ratio(unpacked: int, packed: int, name: str) -> None:
    """Refuse a file that is made to fill memory or disks.

    Raises
    ------
    InputFileError

    Examples
    --------
    >>> check_ratio(1000, 1, "a.gz")
    >>> check_ratio(1 << 30, 1000, "a.gz")
    Traceback (most recent call last):
    scamclassify.errors.InputFileError: a.gz unpacks to more than 300 times its size: ...
    """
    if unpacked > LEAST_BOMB and unpacked > MOST_RATIO * max(packed, 1):
        raise InputFileError(
            f"{name} unpacks to more than {MOST_RATIO} times its size: it looks like a "
            "decompression bomb; unpack it yourself if you trust it"
        )


def _gzip_blocks(raw: IO[bytes], name: str, advance: Advance) -> Iterator[bytes]:
    place = 0
    with gzip.GzipFile(fileobj=raw, mode="rb") as unpacked:
        while True:
            try:
                block = unpacked.read1(_BLOCK)  # what there is before a defect comes out
            except (EOFError, gzip.BadGzipFile, zlib.error) as error:
                raise InputFileError(f"{name} is not a whole gzip file: {error}") from None
            advance(raw.tell() - place)
            place = raw.tell()
            if not block:
                return
            yield block


def _zstd_blocks(raw: IO[bytes], name: str, advance: Advance) -> Iterator[bytes]:
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
                raise InputFileError(f"{name} is not a whole zstd file: {error}") from None
            piece = b""
            if frame.eof:
                piece, frame = frame.unused_data, None
            # One piece can give a hundred megabytes: no reader needs them at once.
            for start in range(0, len(block), _BLOCK):
                yield block[start : start + _BLOCK]
    if frame is not None:
        raise InputFileError(f"{name} is not a whole zstd file: it ends inside a frame")


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


def without(blocks: Iterator[bytes], n_bytes: int) -> Iterator[bytes]:
    """The stream without its first bytes.

    Examples
    --------
    >>> b"".join(without(iter([b"ab", b"cd"]), 1))
    b'bcd'
    """
    head, blocks = peek(blocks, n_bytes)
    if head:
        yield next(blocks)[n_bytes:]
    yield from blocks


def line_chunks(
    blocks: Iterable[bytes], terminator: bytes = b"\n", limit: int = MOST_LINE
) -> Iterator[tuple[bytes, bool]]:
    """Cut a stream at ends of lines: few large pieces of many lines.

    Parameters
    ----------
    blocks : iterable of bytes
    terminator : bytes of length 1
    limit : int
        A longer line is cut there and the rest of it skipped.

    Yields
    ------
    chunk : bytes
        Whole lines with their terminators (the last of the file may have none), or the
        beginning of one line that is too long.
    whole : bool
        False in that case.

    Examples
    --------
    >>> list(line_chunks([b"a\\nb", b"b\\nc"]))
    [(b'a\\n', True), (b'bb\\n', True), (b'c', True)]
    """
    pieces: list[bytes] = []
    size = 0
    skipping = False
    for block in blocks:
        if skipping:
            start = block.find(terminator) + 1
            if not start:
                continue
            block, skipping = block[start:], False
        end = block.rfind(terminator) + 1
        if end:
            chunk = b"".join([*pieces, block[:end]])
            first = chunk.find(terminator) + 1
            if first > limit:
                yield chunk[:limit], False
                chunk = chunk[first:]
            if chunk:
                yield chunk, True
            pieces, size = [], 0
        rest = block[end:]
        if rest:
            pieces.append(rest)
            size += len(rest)
        if size > limit:
            yield b"".join(pieces)[:limit], False
            pieces, size, skipping = [], 0, True
    if pieces:
        yield b"".join(pieces), True


def chunk_lines(chunk: bytes, terminator: bytes) -> list[bytes]:
    """Lines of a chunk, with their terminators.

    Examples
    --------
    >>> chunk_lines(b"a\\n\\nb", b"\\n")
    [b'a\\n', b'\\n', b'b']
    """
    lines = chunk.split(terminator)
    last = lines.pop()
    lines = [line + terminator for line in lines]
    if last:
        lines.append(last)
    return lines


def split_lines(
    blocks: Iterable[bytes], terminator: bytes = b"\n", limit: int = MOST_LINE
) -> Iterator[tuple[bytes, bool]]:
    """Split a stream into lines; parameters as for :func:`line_chunks`.

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
    for chunk, whole in line_chunks(blocks, terminator, limit):
        if not whole:
            yield chunk, False
            continue
        for line in chunk_lines(chunk, terminator):
            yield (line, True) if len(line) <= limit else (line[:limit], False)
