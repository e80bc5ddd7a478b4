"""Checks for what others add: call one in a test of your package; it raises where it fails."""

from scamclassify.testing.concepts import check_concept
from scamclassify.testing.datasets import check_dataset
from scamclassify.testing.languages import check_language
from scamclassify.testing.models import check_model
from scamclassify.testing.tasks import check_task

__all__ = ["check_concept", "check_dataset", "check_language", "check_model", "check_task"]
