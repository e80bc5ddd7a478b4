"""What scoring can add to a row, by choice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from scamclassify.errors import UnknownNameError

#: Choice -> the columns that it adds and what they hold: text, number, list (of texts),
#: counts (name -> number) or records (objects).
FIELDS: dict[str, dict[str, str]] = {
    "label": {"label": "text"},
    "probabilities": {
        "scam_probability": "number",
        "promo_probability": "number",
        "ham_probability": "number",
    },
    "type": {"scam_type": "text", "scam_type_probability": "number"},
    "language": {"language": "text", "language_probability": "number"},
    "reasons": {"reasons": "list", "reasons_text": "list"},
    "repairs": {"repairs": "counts"},
    "indicators": {"indicators": "records"},
    "file": {"file": "text"},
}
#: What is added where nothing is chosen.
DEFAULT_FIELDS: tuple[str, ...] = ("label", "probabilities", "type", "language")

#: Column -> values of the rows of a batch, of the kinds that :data:`FIELDS` says.
Added = dict[str, Sequence[Any] | np.ndarray]


def choose_fields(names: Iterable[str] | None) -> tuple[str, ...]:
    """Check a choice of fields and put it in order.

    Parameters
    ----------
    names : iterable of str, optional
        Keys of :data:`FIELDS`; ``all`` stands for all of them. By default
        :data:`DEFAULT_FIELDS`.

    Returns
    -------
    tuple of str

    Raises
    ------
    UnknownNameError
        If there is no such field.

    Examples
    --------
    >>> choose_fields(["language", "label"])
    ('label', 'language')
    """
    if names is None:
        return DEFAULT_FIELDS
    chosen = set(names)
    if "all" in chosen:
        chosen = (chosen - {"all"}) | (set(FIELDS) - {"file"})
    for name in sorted(chosen):
        if name not in FIELDS:
            raise UnknownNameError("field to add", name, [*FIELDS, "all"])
    return tuple(name for name in FIELDS if name in chosen)


def added_columns(fields: Sequence[str]) -> dict[str, str]:
    """Columns of fields, with what they hold.

    Examples
    --------
    >>> added_columns(["label", "type"])
    {'label': 'text', 'scam_type': 'text', 'scam_type_probability': 'number'}
    """
    return {name: kind for field in fields for name, kind in FIELDS[field].items()}
