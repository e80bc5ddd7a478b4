"""ScamClassifier: the default model of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np

from scamclassify.classifiers.base import TextClassifier
from scamclassify.classifiers.calibration import fit_calibration, softmax, thresholds_by_rate
from scamclassify.errors import UnknownNameError
from scamclassify.features.fact_kernel import add_fact_scores
from scamclassify.features.facts import FactExtractor
from scamclassify.features.ngram_kernel import add_ngram_scores
from scamclassify.features.prepared import Prepared, prepare_blocks
from scamclassify.labels import LABELS
from scamclassify.text.codepoints import char_classes, fold_table
from scamclassify.validation import as_texts

if TYPE_CHECKING:
    from scamclassify.classifiers.assessment import Assessment

_CHAR_RANGE = (1, 5)
_WORD_NGRAMS = 2
#: Value of a pair of facts; a fact on its own has the value 1.
PAIR_VALUE = 0.5


class ScamClassifier(TextClassifier):
    """Tell honest messages, advertising and scams apart, in thirteen languages.

    The score of a class is a sum of two linear models over the repaired text: one over
    facts that do not depend on the language (concepts of the lexicon, shape, repairs, and
    pairs of them), one over hashed n-grams. It therefore splits into contributions that
    add up (:meth:`explain`). Both are trained apart, because a joint fit on random folds
    leaves all weight to the n-grams, which memorise a collector's messages.

    Parameters
    ----------
    n_features : int, default=2**20
        Slots of the hashed n-grams, a power of two.
    facts_C : float, default=0.03
        Inverse strength of the regularisation of the facts.
    ngram_epochs : int, default=5
        Passes over the data for the n-grams.
    ngram_rate : float, default=0.3
        Learning rate of the n-grams (AdaGrad).
    ngram_l2 : float, default=1e-4
        Weight decay of the n-grams.
    ngram_share : float, default=1.0
        Factor of the n-grams' scores in the sum with those of the facts.
    calibration_folds : int, default=4
        Folds whose held-out scores calibrate the probabilities; whole sources are held out
        where the training data has at least that many, else groups of near-duplicates.
        0 leaves the scores uncalibrated.
    max_fpr : float, optional
        Call a message a scam only above the threshold that kept the false positives of
        held-out honest messages under this rate; one of 0.001, 0.002, 0.005, 0.01. By
        default the most probable label is predicted.
    n_jobs : int, optional
        Threads that train the folds of the calibration, as joblib counts them.
    random_state : int, optional
        Seed of the order of the passes and of the folds.

    Attributes
    ----------
    classes_ : numpy.ndarray of str
        The labels that were trained, in the order ham, promo, scam.
    ngram_coef_ : numpy.ndarray of float32, shape (n_features, n_classes)
    fact_coef_ : numpy.ndarray of float32, shape (n_fact_columns, n_classes)
        Facts, then pairs of facts.
    intercept_ : numpy.ndarray of float32, shape (n_classes,)
    scale_, shift_ : float, numpy.ndarray of shape (n_classes,)
        Calibration.
    operating_points_ : dict of float to float
        False-positive rate -> least probability of scam.
    n_messages_ : int
        Number of messages trained on.
    metadata_ : dict
        What was saved with a loaded model; empty otherwise.

    See Also
    --------
    scamclassify.load_model : the model that the package carries, trained.

    Examples
    --------
    >>> model = ScamClassifier(random_state=0)
    >>> model = model.fit(["You won a prize, claim now", "see you at lunch", "50% off today"] * 4,
    ...                   ["scam", "ham", "promo"] * 4)
    >>> model.classes_.tolist()
    ['ham', 'promo', 'scam']
    >>> model.predict(["you won! claim the prize now"]).tolist()
    ['scam']
    """

    def __init__(
        self,
        n_features: int = 2**20,
        facts_C: float = 0.03,
        ngram_epochs: int = 5,
        ngram_rate: float = 0.3,
        ngram_l2: float = 1e-4,
        ngram_share: float = 1.0,
        calibration_folds: int = 4,
        max_fpr: float | None = None,
        n_jobs: int | None = None,
        random_state: int | None = None,
    ) -> None:
        self.n_features = n_features
        self.facts_C = facts_C
        self.ngram_epochs = ngram_epochs
        self.ngram_rate = ngram_rate
        self.ngram_l2 = ngram_l2
        self.ngram_share = ngram_share
        self.calibration_folds = calibration_folds
        self.max_fpr = max_fpr
        self.n_jobs = n_jobs
        self.random_state = random_state

    # -- training ---------------------------------------------------------------------

    def fit(self, X, y, groups=None) -> Self:
        """Train on labelled messages.

        Parameters
        ----------
        X : iterable of str, or pandas.DataFrame, shape (n_messages,)
            Texts, or a message frame: its columns ``language`` and ``source`` then balance
            the training and choose the folds of the calibration.
        y : array-like of str, shape (n_messages,)
            Labels: ham, promo, scam; at least two of them.
        groups : array-like, shape (n_messages,), optional
            Groups that the calibration must not tear; by default the sources, or clusters
            of near-duplicates.

        Returns
        -------
        self

        Raises
        ------
        TypeError
            If ``X`` holds something that is not a string.
        ValueError
            If a label is unknown, there is only one, or the lengths differ.
        """
        from scamclassify.classifiers.training import TrainingSet, out_of_fold_scores, train

        texts = as_texts(X)
        self._set_classes(y, len(texts))
        data = TrainingSet.build(self, X, texts, np.asarray(y, dtype=object), groups)
        self.ngram_coef_, self.fact_coef_, self.intercept_ = train(self, data)
        self.n_messages_ = len(texts)
        self.scale_, self.shift_ = 1.0, np.zeros(len(self.classes_), dtype=np.float32)
        self.operating_points_: dict[float, float] = {}
        self.metadata_: dict[str, Any] = {}
        if self.calibration_folds:
            scores, rows = out_of_fold_scores(self, data)
            if len(rows):
                self._calibrate(scores, data.y[rows], data.sources[rows])
        return self

    def _set_classes(self, y, n_texts: int) -> None:
        y = np.asarray(y, dtype=object)
        if y.ndim != 1 or len(y) != n_texts:
            raise ValueError(f"{n_texts} texts but labels of shape {y.shape} were given")
        if n_texts == 0:
            raise ValueError("no message was given to train on")
        found = set(y.tolist())
        for label in found:
            if label not in LABELS:
                raise UnknownNameError("label", label, LABELS)
        if len(found) < 2:
            raise ValueError(
                f"only one label was given, {next(iter(found))!r}; two of {', '.join(LABELS)} "
                "are needed"
            )
        self.classes_ = np.array([label for label in LABELS if label in found])

    def _calibrate(self, scores: np.ndarray, y: np.ndarray, sources: np.ndarray) -> None:
        _, place, counts = np.unique(sources, return_inverse=True, return_counts=True)
        self.scale_, self.shift_ = fit_calibration(scores, y, 1 / np.sqrt(counts[place]))
        if "scam" in self.classes_:
            scam = self.classes_.tolist().index("scam")
            probability = softmax(self.scale_ * scores + self.shift_)[:, scam]
            self.operating_points_ = thresholds_by_rate(probability, y != scam, sources)

    # -- scoring ----------------------------------------------------------------------

    def _check_fitted(self) -> None:
        if not hasattr(self, "classes_"):
            from sklearn.exceptions import NotFittedError

            raise NotFittedError(
                "This ScamClassifier is not fitted yet: call fit, or load_model() for the "
                "trained model that the package carries."
            )

    @property
    def _bits(self) -> int:
        return int(self.n_features).bit_length() - 1

    def _add_scores(self, block: Prepared, out: np.ndarray) -> None:
        """Write the scores of a block before calibration, float32 (n_texts, n_classes)."""
        out[:] = self.intercept_
        add_ngram_scores(
            block.codes, block.offsets, fold_table(), char_classes(), *_CHAR_RANGE, _WORD_NGRAMS,
            self._bits, self.ngram_coef_, out,
        )  # fmt: skip
        facts = block.facts
        n_facts = FactExtractor().n_facts
        add_fact_scores(facts.indptr, facts.indices, n_facts, self.fact_coef_, PAIR_VALUE, out)

    def calibrated(self, block: Prepared) -> np.ndarray:
        """Calibrated scores of prepared messages: logarithms of probabilities, unnormalised.

        Parameters
        ----------
        block : Prepared
            What :func:`scamclassify.features.prepared.prepare` returned.

        Returns
        -------
        numpy.ndarray of float32, shape (n_messages, n_classes)
        """
        scores = np.empty((len(block), len(self.classes_)), dtype=np.float32)
        self._add_scores(block, scores)
        scores *= np.float32(self.scale_)
        scores += self.shift_
        return scores

    def _scores_of(self, X) -> np.ndarray:
        """Calibrated scores of messages, block by block."""
        self._check_fitted()
        texts = as_texts(X)
        scores = np.empty((len(texts), len(self.classes_)), dtype=np.float32)
        for rows, block in prepare_blocks(texts):
            scores[rows] = self.calibrated(block)
        return scores

    def decision_function(self, X) -> np.ndarray:
        """Calibrated scores: the logarithms of the probabilities, up to a constant a row.

        Parameters
        ----------
        X : iterable of str, or pandas.DataFrame with a column ``text``

        Returns
        -------
        numpy.ndarray of float32, shape (n_messages, n_classes)
            Every row sums to zero. With two classes, shape (n_messages,): the score of the
            second less that of the first, as scikit-learn has it.
        """
        scores = self._scores_of(X)
        if len(self.classes_) == 2:
            return scores[:, 1] - scores[:, 0]
        return scores - scores.mean(axis=1, keepdims=True)

    def predict_proba(self, X) -> np.ndarray:
        """Probabilities of the classes.

        Parameters
        ----------
        X : iterable of str, or pandas.DataFrame with a column ``text``

        Returns
        -------
        numpy.ndarray of float32, shape (n_messages, n_classes)
            Columns in the order of ``classes_``.
        """
        return softmax(self._scores_of(X))

    def assess(self, X, reasons: int = 0, language: str = "en") -> Assessment:
        """Labels, probabilities, scam types, languages, repairs and reasons in one pass.

        Parameters
        ----------
        X : iterable of str, or pandas.DataFrame with a column ``text``
        reasons : int, default=0
            Most concepts that are named as reasons for scam; 0 names none and is faster.
        language : str, default="en"
            Language of the reasons in words, one of the thirteen.

        Returns
        -------
        Assessment

        Raises
        ------
        UnknownNameError
            If the language is unknown.
        ValueError
            If ``reasons`` is negative.

        Examples
        --------
        >>> model = ScamClassifier(n_features=2**10, calibration_folds=0, random_state=0)
        >>> model = model.fit(["you have won a prize", "see you soon"] * 5, ["scam", "ham"] * 5)
        >>> assessment = model.assess(["You have won a prize today"], reasons=1)
        >>> assessment.labels.tolist(), assessment.reasons, assessment.languages.tolist()
        (['scam'], [['prize_win']], ['en'])
        """
        from scamclassify.classifiers.assessment import assess_texts

        self._check_fitted()
        return assess_texts(self, as_texts(X), reasons, language)

    def predict(self, X) -> np.ndarray:
        """Labels of messages.

        Parameters
        ----------
        X : iterable of str, or pandas.DataFrame with a column ``text``

        Returns
        -------
        numpy.ndarray of str, shape (n_messages,)
        """
        return self.label_of(self.predict_proba(X))

    def label_of(self, probabilities: np.ndarray) -> np.ndarray:
        """Labels that go with probabilities of :meth:`predict_proba`, by ``max_fpr``."""
        threshold = self.threshold_for(self.max_fpr) if self.max_fpr is not None else None
        if threshold is None:
            return self.classes_[probabilities.argmax(axis=1)]
        scam = self.classes_.tolist().index("scam")
        others = probabilities.copy()
        others[:, scam] = -1
        best = others.argmax(axis=1)
        return self.classes_[np.where(probabilities[:, scam] >= threshold, scam, best)]

    def threshold_for(self, fpr: float) -> float | None:
        """Least probability of scam that kept held-out false positives under a rate.

        Parameters
        ----------
        fpr : float
            One of 0.001, 0.002, 0.005, 0.01.

        Returns
        -------
        float or None
            None where the training data was too small to measure that rate.

        Raises
        ------
        UnknownNameError
            If the rate is none of those.
        """
        from scamclassify.classifiers.calibration import OPERATING_RATES

        self._check_fitted()
        if fpr not in OPERATING_RATES:
            raise UnknownNameError("false-positive rate", fpr, map(str, OPERATING_RATES))
        return self.operating_points_.get(fpr)

    def explain(self, X, label: str = "scam", language: str = "en"):
        """Why messages got their score.

        Parameters
        ----------
        X : str, iterable of str, or pandas.DataFrame with a column ``text``
        label : str, default="scam"
            The class whose score is explained.
        language : str, default="en"
            Language of the reasons, one of the thirteen.

        Returns
        -------
        Explanation, or list of Explanation
            One for a single string.

        Raises
        ------
        UnknownNameError
            If the label or the language is unknown.
        """
        from scamclassify.classifiers.explanation import explain_texts

        self._check_fitted()
        if isinstance(X, str):
            return explain_texts(self, [X], label, language)[0]
        return explain_texts(self, as_texts(X), label, language)
