"""The splits that tasks are made with, by name."""

from collections.abc import Callable

from scamclassify.benchmark.splits.cross_language import language_pairs, leave_language_out
from scamclassify.benchmark.splits.cross_source import cross_source
from scamclassify.benchmark.splits.disguised import disguised
from scamclassify.benchmark.splits.false_alarms import false_alarms
from scamclassify.benchmark.splits.few_shot import few_shot
from scamclassify.benchmark.splits.in_domain import in_domain
from scamclassify.benchmark.splits.later import later
from scamclassify.benchmark.splits.scam_types import found_by_type, told_apart
from scamclassify.benchmark.splits.speed import speed

#: Name -> function of a frame and a task that yields folds.
SPLITS: dict[str, Callable] = {
    function.__name__: function
    for function in (
        in_domain,
        cross_source,
        leave_language_out,
        language_pairs,
        later,
        disguised,
        few_shot,
        false_alarms,
        found_by_type,
        told_apart,
        speed,
    )
}

__all__ = ["SPLITS", *sorted(SPLITS)]
