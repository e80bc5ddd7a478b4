"""Judge models: splits without leakage, figures with intervals, reports."""

from scamclassify.evaluation.evaluator import evaluate, evaluate_scores
from scamclassify.evaluation.report import Report
from scamclassify.evaluation.splits import (
    GroupedStratifiedKFold,
    LaterInTime,
    LeaveOneLanguageOut,
    LeaveOneSourceOut,
    message_groups,
)

__all__ = [
    "GroupedStratifiedKFold",
    "LaterInTime",
    "LeaveOneLanguageOut",
    "LeaveOneSourceOut",
    "Report",
    "evaluate",
    "evaluate_scores",
    "message_groups",
]
