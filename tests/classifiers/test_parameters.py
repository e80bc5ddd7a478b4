"""Parameters that cannot be used are refused when a model is fitted."""

import pytest

from scamclassify import ScamClassifier
from scamclassify.errors import ParameterError


@pytest.mark.parametrize(
    ("parameters", "allowed"),
    [
        ({"n_features": 1000}, r"n_features must be a power of two from 2\*\*8 to 2\*\*26"),
        ({"n_features": 2**20 + 0.5}, "n_features must be a power of two"),
        ({"facts_C": 0}, "facts_C must be a number above 0, got 0"),
        ({"facts_C": float("nan")}, "facts_C must be a number above 0, got nan"),
        ({"link_dropout": 1.5}, "link_dropout must be a number from 0 to 1, got 1.5"),
        ({"ngram_epochs": 2.0}, "ngram_epochs must be a whole number from 0 on, got 2.0"),
        ({"ngram_share": "0.5"}, "ngram_share must be a number from 0 on, got '0.5'"),
        ({"calibration_folds": True}, "calibration_folds must be a whole number from 0 on"),
        ({"calibration_folds": 1}, "calibration_folds must be 0, or 2 and more, got 1"),
        ({"max_fpr": 2}, "max_fpr must be a number between 0 and 1, or None, got 2"),
    ],
)
def test_refused_with_what_is_allowed(parameters, allowed):
    model = ScamClassifier(**parameters)
    with pytest.raises(ParameterError, match=allowed):
        model.fit(["win a prize", "see you"] * 5, ["scam", "ham"] * 5)
    assert not hasattr(model, "classes_")
