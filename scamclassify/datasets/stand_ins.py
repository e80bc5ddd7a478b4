"""Puts natural text in the place of the masks that collectors left in messages.

One source writes ``<#>`` for a number, another ``DIGIT``, a third ``[PHONE_NUMBER]``.
Left as they are, the masks tell the source, and where a source has one label only, they
tell the label. So every mask becomes the same plain stand-in, made of zeros and of
names reserved for examples (RFC 2606), that no real message has as its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

NUMBER = "00"
DECIMAL = "0.00"
TIME = "00:00"
DATE = "00/00/0000"
ADDRESS = "0.0.0.0"
EMAIL = "name@example.com"
LINK = "http://example.com/"

#: The documented masks of the NUS SMS Corpus; UCI and Mishra-Soni took them over.
NUS_MASKS: Mapping[str, str] = {
    "<#>": NUMBER,
    "<DECIMAL>": DECIMAL,
    "<TIME>": TIME,
    "<DATE>": DATE,
    "<IP>": ADDRESS,
    "<EMAIL>": EMAIL,
    "<URL>": LINK,
}


def replace_masks(text: pd.Series, masks: Mapping[str, str]) -> pd.Series:
    """Replace every mask by its stand-in.

    Parameters
    ----------
    text : pandas.Series of str
        Messages.
    masks : mapping of str to str
        Mask, matched literally and with its case -> stand-in. Where one mask is part of
        another, the longer one wins.

    Returns
    -------
    pandas.Series of str

    Examples
    --------
    >>> replace_masks(pd.Series(["call <#> at <TIME>"]), NUS_MASKS).tolist()
    ['call 00 at 00:00']
    """
    ordered = sorted(masks, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, ordered)))
    return text.str.replace(pattern, lambda match: masks[match[0]], regex=True)
