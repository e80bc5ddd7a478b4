"""Attacks: the disguises under which scams try to pass, applied to any messages."""

from scamclassify.evaluation.disguise.registry import (
    COMBINATIONS,
    DISGUISES,
    Combination,
    Disguise,
    applicable,
    disguise,
    find_disguise,
)

__all__ = [
    "COMBINATIONS",
    "DISGUISES",
    "Combination",
    "Disguise",
    "applicable",
    "disguise",
    "find_disguise",
]
