"""Finds the columns that are meant, and names for those that scoring adds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from scamclassify.errors import MissingColumnError, UnknownNameError

#: Names under which a text is looked for, best first; case and surrounding space aside.
TEXT_COLUMNS: tuple[str, ...] = (
    "text",
    "message",
    "body",
    "content",
    "sms",
    "msg",
    "message_text",
    "message_body",
    "sms_text",
    "full_text",
    "tweet",
    "post",
    "comment",
    "teks",
    "pesan",
    "isi",
    "mesej",
    "tin_nhan",
    "nội dung",
    "noi_dung",
    "ข้อความ",
    "mensagem",
    "texto",
    "内容",
    "短信",
)

#: The same for labels.
LABEL_COLUMNS: tuple[str, ...] = ("label", "class", "category", "target", "y")

_PREFIX = "scamclassify_"
# An error message need not repeat a thousand columns, nor a message taken for a header.
_SHOWN_COLUMNS = 40
_SHOWN_LETTERS = 40
# A column of messages has at least this many letters a row, on average.
_LEAST_LETTERS = 12


def find_column(
    kind: str, given: str | None, candidates: Iterable[str], names: Sequence[str]
) -> int:
    """Place of a column.

    Parameters
    ----------
    kind : str
        What it is called in the error.
    given : str or None
        Its name, if the user said it; case and surrounding space aside where only one column
        is called so.
    candidates : iterable of str
        Names to look for otherwise, best first.
    names : sequence of str
        The columns that there are.

    Returns
    -------
    int

    Raises
    ------
    UnknownNameError
        If there is no such column; with the nearest name, or with all names where none was
        given.

    Examples
    --------
    >>> find_column("text column", None, TEXT_COLUMNS, ["id", "Message "])
    1
    """
    shown = [name[:_SHOWN_LETTERS] for name in names[:_SHOWN_COLUMNS]]
    if given is not None:
        if given in names:
            return list(names).index(given)
        # A space at the end of a header is not seen, so nobody types it.
        alike = [at for at, name in enumerate(names) if _plain(name) == _plain(given)]
        if len(alike) == 1:
            return alike[0]
        raise UnknownNameError(kind, given, shown)
    candidates = list(candidates)
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        places.setdefault(_plain(name), place)
    for candidate in candidates:
        if candidate in places:
            return places[candidate]
    raise MissingColumnError(kind, candidates[0], shown)


def _plain(name: str) -> str:
    return name.strip().casefold()


def find_text_column(
    given: str | None, names: Sequence[str], sample: Callable[[], list[list[str]]]
) -> tuple[int, bool]:
    """Place of the column of messages, and whether it had to be guessed from its content.

    Parameters
    ----------
    given : str or None
        Its exact name, if the user said it.
    names : sequence of str
    sample : callable
        Gives some rows as cells; asked only where no name tells.

    Raises
    ------
    UnknownNameError
        If no column is called like one of messages and none reads like one.

    Examples
    --------
    >>> rows = [["1", "Your parcel is held, pay now"], ["2", "see you at lunch tomorrow"]]
    >>> find_text_column(None, ["a", "b"], lambda: rows)
    (1, True)
    """
    try:
        return find_column("text column", given, TEXT_COLUMNS, names), False
    except UnknownNameError:
        place = None if given is not None else _wordiest(sample(), len(names))
        if place is None:
            raise
        return place, True


def _wordiest(rows: list[list[str]], width: int) -> int | None:
    """The column with the most letters; addresses and hashes are no words."""
    letters = [0] * width
    for row in rows:
        for place, cell in enumerate(row):
            if not cell.isascii() or len(cell.split()) > 2:
                letters[place] += sum(map(str.isalpha, cell[:500]))
    best = max(range(width), key=letters.__getitem__, default=None)
    if best is None or not rows or letters[best] < _LEAST_LETTERS * len(rows):
        return None
    return best


def added_names(names: Iterable[str], added: Sequence[str]) -> dict[str, str]:
    """Names of the added columns beside those of the input.

    Parameters
    ----------
    names : iterable of str
        Columns of the input.
    added : sequence of str
        What is added.

    Returns
    -------
    dict of str to str
        From ``added`` to the name in the output: the same, or all of them with the prefix
        ``scamclassify_`` where the input already has one of the names.

    Examples
    --------
    >>> added_names(["id", "label"], ["label", "language"])["language"]
    'scamclassify_language'
    """
    taken = set(names)
    prefix, n = "", 1
    while any(prefix + name in taken for name in added):
        # A file that was scored before has the prefix as well.
        prefix = _PREFIX if n == 1 else f"scamclassify{n}_"
        n += 1
    return {name: prefix + name for name in added}


def unique_names(names: Sequence[str]) -> list[str]:
    """Names without repeats: the second ``a`` becomes ``a_2``.

    Examples
    --------
    >>> unique_names(["a", "a", "b"])
    ['a', 'a_2', 'b']
    """
    if len(set(names)) == len(names):
        return list(names)
    taken = set(names)
    numbers: dict[str, int] = {}
    unique = []
    for name in names:
        chosen, n = name, numbers.get(name, 0) + 1
        if n > 1:
            while (chosen := f"{name}_{n}") in taken:
                n += 1
            taken.add(chosen)
        numbers[name] = n
        unique.append(chosen)
    return unique
