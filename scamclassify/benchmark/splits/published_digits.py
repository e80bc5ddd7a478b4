"""Digits as words the way the published task ``disguise`` writes them."""

from __future__ import annotations

import random
import re

from scamclassify.evaluation.disguise.numbers import say
from scamclassify.evaluation.disguise.registry import Disguise

_NUMBER = re.compile(r"(?<![A-Za-z])[0-9]+(?![A-Za-z])")


def _digits_as_words(text: str, rng: random.Random, strength: float) -> str:
    numbers = [(number, False, False) for number in _NUMBER.finditer(text)]
    return say(text, numbers, rng, strength)


#: It says a part of numbers within names and codes ("RM500" becomes "RM5zero zero"); kept
#: because a published task never changes. A task that supersedes it names the one of today.
PUBLISHED_DIGITS = Disguise(
    "digits_as_words", "digits written as words, within codes too", _digits_as_words
)
