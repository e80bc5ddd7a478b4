"""The models that every result of the benchmark is set beside. One family a file."""

from scamclassify.benchmark.model import MODELS
from scamclassify.benchmark.models import (
    fasttext_model,
    neural,
    ours,
    peers,
    sentence_vectors,
    shape,
    vowpal_wabbit,
)

#: Names of the models of this package, in the order of tables.
BUILT_IN: tuple[str, ...] = tuple(
    spec.name
    for module in (peers, shape, fasttext_model, vowpal_wabbit, neural, sentence_vectors, ours)
    for spec in module.SPECS
)

for _module in (peers, shape, fasttext_model, vowpal_wabbit, neural, sentence_vectors, ours):
    for _spec in _module.SPECS:
        if _spec.name not in MODELS._known:
            MODELS.add(_spec.name, _spec)
