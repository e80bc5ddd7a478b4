"""Finds the encoding of a text file and recodes it to UTF-8, which everything else reads.

Order of the evidence: what the user says, a byte order mark, UTF-8 (few other texts are
valid UTF-8 by chance), UTF-16 by its zero bytes, and last a guess by ``charset-normalizer``.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from scamclassify.errors import InputFileError, UnknownNameError

#: Said where a user names an encoding that is not known.
COMMON_ENCODINGS = (
    "utf-8",
    "utf-16",
    "cp874",
    "tis-620",
    "cp1252",
    "cp1258",
    "gb18030",
    "big5",
    "latin-1",
)
_MARKS = (
    # Longest first: the mark of UTF-32 LE begins like that of UTF-16 LE.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A file that is UTF-8 but for this share of its lines is UTF-8 with bad rows.
_MOST_BAD_LINES = 0.2
_ZERO_SHARE = 0.2
_BAD = "scamclassify-bad"


@dataclass(frozen=True)
class Encoding:
    """Encoding of a file.

    Attributes
    ----------
    name : str
        Python's name of it.
    mark : bytes
        The byte order mark that the file begins with.
    how : str
        How it is known: given, byte order mark, found, guessed.
    """

    name: str
    mark: bytes = b""
    how: str = "found"

    @property
    def is_utf8(self) -> bool:
        """Whether nothing needs to be recoded."""
        return self.name == "utf-8"


def find_encoding(head: bytes, given: str | None, name: str) -> Encoding:
    """Find the encoding of a file from its first bytes.

    Parameters
    ----------
    head : bytes
        Its beginning; a sample of 64 KiB is plenty.
    given : str, optional
        What the user says; a byte order mark of the same family is still taken off.
    name : str
        Of the file, for errors.

    Returns
    -------
    Encoding

    Raises
    ------
    UnknownNameError
        If Python knows no encoding of the given name.
    InputFileError
        If the content is binary.

    Examples
    --------
    >>> find_encoding("id,text\\n1,สวัสดี\\n".encode(), None, "a.csv").name
    'utf-8'
    >>> find_encoding("id,text\\n1,hi\\n".encode("utf-16"), None, "a.csv")
    Encoding(name='utf-16-le', mark=b'\\xff\\xfe', how='byte order mark')
    """
    marked = next(((mark, known) for mark, known in _MARKS if head.startswith(mark)), None)
    if given is not None:
        try:
            chosen = codecs.lookup(given).name
            "".encode(chosen)
        except LookupError:
            raise UnknownNameError("encoding", given, COMMON_ENCODINGS) from None
        chosen = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(
            chosen, chosen
        )
        if marked is not None and marked[1][:6] == chosen[:6]:
            return Encoding(marked[1], marked[0], "given")
        return Encoding(chosen, b"", "given")
    if marked is not None:
        return Encoding(marked[1], marked[0], "byte order mark")
    if _is_utf8(head):
        return Encoding("utf-8")
    wide = _wide(head)
    if wide is not None:
        return Encoding(wide, b"", "guessed")
    lines = head.split(b"\n")
    if len(lines) > 1:
        lines.pop()
    if sum(not _is_utf8(line) for line in lines) <= _MOST_BAD_LINES * len(lines) + 1:
        return Encoding("utf-8")
    return Encoding(_guess(head), b"", "guessed")


def _is_utf8(raw: bytes) -> bool:
    # An incremental decoder allows a letter that the end of the sample cuts in two.
    try:
        codecs.getincrementaldecoder("utf-8")().decode(raw)
    except UnicodeDecodeError:
        return False
    # Plain ASCII in two bytes is valid UTF-8, full of zeros.
    return raw.count(0) <= _ZERO_SHARE * len(raw) or _wide(raw) is None


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text and punctuation is zero."""
    half = max(len(head) // 2, 1)
    even, odd = head[::2].count(0) / half, head[1::2].count(0) / half
    if odd > _ZERO_SHARE and even < odd / 10:
        return "utf-16-le"
    if even > _ZERO_SHARE and odd < even / 10:
        return "utf-16-be"
    return None


def _guess(head: bytes) -> str:
    import charset_normalizer

    best = charset_normalizer.from_bytes(head[: 1 << 15]).best()
    # Latin-1 decodes anything.
    return "cp1252" if best is None else codecs.lookup(best.encoding).name


def recode(blocks: Iterator[bytes], encoding: Encoding) -> Iterator[bytes]:
    """A stream in UTF-8; bytes that mean nothing in its encoding become ``0xff``.

    ``0xff`` is never part of UTF-8, so that the row with it is found to be bad.

    Examples
    --------
    >>> b"".join(recode(iter(["é".encode("latin-1")]), Encoding("latin-1"))).decode()
    'é'
    """
    decoder = codecs.getincrementaldecoder(encoding.name)(_BAD)
    for block in blocks:
        text = decoder.decode(block)
        if text:
            yield _utf8(text)
    if text := decoder.decode(b"", True):
        yield _utf8(text)


def _utf8(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # an encoding of Python's own that lets surrogates through
        return text.encode("utf-8", "replace")


def _mark_bad(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\udcff", error.end


codecs.register_error(_BAD, _mark_bad)


def refuse_binary(head: bytes, name: str) -> None:
    """Say what a file is that only calls itself text.

    Raises
    ------
    InputFileError

    Examples
    --------
    >>> refuse_binary(b"PK\\x03\\x04...", "a.csv")
    Traceback (most recent call last):
    scamclassify.errors.InputFileError: a.csv is not text: it is a zip archive (or Excel file)
    """
    for magic, what in (
        (b"PK\x03\x04", "a zip archive (or Excel file)"),
        (b"\x1f\x8b", "packed with gzip; name it .gz"),
        (b"\x28\xb5\x2f\xfd", "packed with zstd; name it .zst"),
        (b"PAR1", "Parquet"),
        (b"ARROW1", "Arrow"),
        (b"\xd0\xcf\x11\xe0", "an old Office file"),
        (b"%PDF", "a PDF"),
    ):
        if head.startswith(magic):
            raise InputFileError(f"{name} is not text: it is {what}")
