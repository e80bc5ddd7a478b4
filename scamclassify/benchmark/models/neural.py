"""A plain neural net: one hidden layer on a compressed table of n-grams."""

from __future__ import annotations

from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from scamclassify.benchmark.model import ModelSpec
from scamclassify.features.ngrams import HashedNgramVectorizer


def _build(seed: int) -> Pipeline:
    return Pipeline(
        [
            ("ngrams", HashedNgramVectorizer(n_features=2**16, norm=None)),
            ("tfidf", TfidfTransformer(sublinear_tf=True)),
            ("svd", TruncatedSVD(100, n_iter=2, random_state=seed)),
            ("scale", StandardScaler()),
            (
                "classifier",
                MLPClassifier(
                    (64,), alpha=1e-2, max_iter=30, tol=0.0, n_iter_no_change=31, random_state=seed
                ),
            ),
        ]
    )


SPECS = (
    ModelSpec(
        "neural_net", _build, "100 SVD components of hashed n-grams, one hidden layer of 64 units"
    ),
)
