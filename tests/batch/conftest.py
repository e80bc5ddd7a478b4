"""Fixtures of the tests of file scoring."""

import pytest

from scamclassify import ScamClassifier


@pytest.fixture(scope="session")
def tiny_model(small_messages):
    """A model that scores; how well does not matter here."""
    model = ScamClassifier(n_features=2**12, calibration_folds=0, random_state=0)
    return model.fit(small_messages, small_messages["label"])
