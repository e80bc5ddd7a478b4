"""Real messages, fetched and checked, and those that the package carries."""

from scamclassify.datasets.assemble import describe_drops
from scamclassify.datasets.cards import all_cards, card
from scamclassify.datasets.corpus import corpus_revision, load_corpus
from scamclassify.datasets.fetch import fetch_dataset
from scamclassify.datasets.metadata import DataFile, DatasetInfo
from scamclassify.datasets.registry import (
    data_revision,
    dataset_info,
    dataset_names,
    list_datasets,
    load_collected,
    load_dataset,
)

__all__ = [
    "DataFile",
    "DatasetInfo",
    "all_cards",
    "card",
    "corpus_revision",
    "data_revision",
    "dataset_info",
    "dataset_names",
    "describe_drops",
    "fetch_dataset",
    "list_datasets",
    "load_collected",
    "load_corpus",
    "load_dataset",
]
