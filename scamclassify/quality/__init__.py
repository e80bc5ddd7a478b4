"""Label quality: find doubtful labels, measure annotators, choose what to label next."""

from scamclassify.quality.active_learning import pick_to_label
from scamclassify.quality.agreement import Agreement, annotator_agreement
from scamclassify.quality.conflicts import find_conflicts
from scamclassify.quality.label_errors import find_label_errors, out_of_sample_probabilities

__all__ = [
    "Agreement",
    "annotator_agreement",
    "find_conflicts",
    "find_label_errors",
    "out_of_sample_probabilities",
    "pick_to_label",
]
