"""What estimators accept as a batch of texts."""

from __future__ import annotations

from collections.abc import Mapping, Set

_NEEDED = "where a list of texts is needed"


def as_texts(X) -> list[str]:
    """Return ``X`` as a list of strings.

    Parameters
    ----------
    X : iterable of str
        A list, a tuple, a NumPy array, a pandas or polars Series, an Arrow array, or a table
        of one of these, such as a message frame, whose column ``text`` is taken.

    Raises
    ------
    TypeError
        If ``X`` is one string or a table without ``text``, or a value in it is not a string;
        the message names the row.

    Examples
    --------
    >>> as_texts(("a", "b"))
    ['a', 'b']
    """
    if isinstance(X, str):
        raise TypeError(f"one string was given {_NEEDED}: use [text]")
    # An Arrow table calls its columns themselves ``columns``.
    names = getattr(X, "column_names", None)
    names = getattr(X, "columns", None) if names is None else names
    if names is not None:
        if "text" not in names:
            raise TypeError(f"the table has no column 'text'; it has {', '.join(map(str, names))}")
        X = X["text"]
    if isinstance(X, Mapping | Set) or not hasattr(X, "__iter__"):
        raise TypeError(f"a {type(X).__name__} was given {_NEEDED}")
    texts = _listed(X)
    if set(map(type, texts)) <= {str}:
        return texts
    for row, text in enumerate(texts):
        if not isinstance(text, str):
            if isinstance(text, list) and len(text) == 1 and isinstance(text[0], str):
                raise TypeError("a 2-D array was given where a 1-D list of texts is needed")
            found = f"{type(text).__name__} found where a string is needed"
            if _is_missing(text):
                found = f"{text} found where a string is needed: leave rows without a text out"
            raise TypeError(f"row {row}: {found}")
    return texts


def _listed(X) -> list:
    for name in ("tolist", "to_pylist", "to_list"):
        if hasattr(X, name):
            return getattr(X, name)()
    return list(X)


def _is_missing(value) -> bool:
    # pandas.NA has no truth value, and only what is not a number differs from itself.
    return value is None or type(value).__name__ in ("NAType", "NaTType") or bool(value != value)
