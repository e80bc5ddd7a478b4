"""Scoring of whole files: readers, writers and what stands between them."""

from scamclassify.batch.readers import open_source
from scamclassify.batch.scoring import score_file
from scamclassify.batch.summary import ScoreSummary

__all__ = ["ScoreSummary", "open_source", "score_file"]
