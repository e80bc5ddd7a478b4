"""Indicators of a message (links, numbers, handles, accounts, codes, amounts) and their removal.

`extract_indicators` finds them with field, span, normalised value and confidence;
`redact_texts` takes out what is personal. A message is read as repair sees it
(`view`), each family of fields makes claims (`web`, `handles`, `amounts`, `crypto`,
`numbers`), and `resolve` lets no number be claimed twice.
"""

from scamclassify.indicators.extract import extract_indicators
from scamclassify.indicators.fields import FIELDS, Indicator
from scamclassify.indicators.redact import redact_texts

__all__ = ["FIELDS", "Indicator", "extract_indicators", "redact_texts"]
