"""What estimators accept as a batch of texts."""

from __future__ import annotations


def as_texts(X) -> list[str]:
    """Return ``X`` as a list of strings.

    Parameters
    ----------
    X : iterable of str
        A list, a tuple, a NumPy array, a pandas Series, an Arrow array, or a message frame,
        whose column ``text`` is taken.

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
        raise TypeError("one string was given where a list of texts is needed: use [text]")
    if hasattr(X, "columns"):
        if "text" not in X.columns:
            raise TypeError(
                f"the table has no column 'text'; it has {', '.join(map(str, X.columns))}"
            )
        X = X["text"]
    texts = X.tolist() if hasattr(X, "tolist") else list(X)
    for row, text in enumerate(texts):
        if not isinstance(text, str):
            if isinstance(text, list) and len(text) == 1 and isinstance(text[0], str):
                raise TypeError("a 2-D array was given where a 1-D list of texts is needed")
            raise TypeError(f"row {row}: {type(text).__name__} found where a string is needed")
    return texts
