"""ScamClassifier: the default model of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np

from scamclassify.classifiers.base import TextClassifier
from scamclassify.classifiers.calibration import softmax
from scamclassify.classifiers.deciding import DecidingMixin
from scamclassify.classifiers.encoding import Encoder, encode_texts
from scamclassify.classifiers.operating import OperatingPoints
from scamclassify.classifiers.prevalence import Prevalence
from scamclassify.classifiers.scam_types import TypeModel
from scamclassify.classifiers.scoring_weights import packed_weights
from scamclassify.classifiers.typing_scams import PAIR_VALUE, TypingMixin
from scamclassify.classifiers.unsure import UnsureBand
from scamclassify.classifiers.updating_scams import UpdatingMixin
from scamclassify.errors import ModelFormatError
from scamclassify.features.fact_kernel import add_fact_scores
from scamclassify.features.facts import FactExtractor
from scamclassify.features.ngram_folding import ngram_folding
from scamclassify.features.ngram_score_kernel import add_packed_scores
from scamclassify.features.prepared import Prepared, prepare_blocks
from scamclassify.text.encoded import keep_encoded
from scamclassify.validation import as_texts

if TYPE_CHECKING:
    from scamclassify.classifiers.assessment import Assessment
    from scamclassify.classifiers.state import TrainingState


class ScamClassifier(DecidingMixin, TypingMixin, UpdatingMixin, TextClassifier):
    """Tell honest messages, advertising and scams apart, in thirteen languages.

    The score of a class is a sum of two linear models over the repaired text: one over
    facts that do not depend on the language (concepts of the lexicon, shape, brands and links,
    a hidden name, and pairs of them), one over hashed n-grams. It therefore splits into
    contributions that add up (:meth:`explain`). Both are trained apart, because a joint fit
    on random folds leaves all weight to the n-grams, which memorise a collector's messages.
    Where the training messages carry scam types, a third model says which type a scam is of.

    Parameters
    ----------
    n_features : int, default=2**20
        Slots of the hashed n-grams, a power of two.
    facts_C : float, default=0.0125
        Inverse strength of the regularisation of the facts.
    link_dropout : float, default=0.6
        Share of the training messages in which the facts do not say where a link leads, so
        that a set whose addresses are masked is not taken for honest.
    brand_dropout : float, default=0.6
        The same for the facts that say which kinds of brands are named.
    repair_dropout : float, default=0.6
        The same for the fact that a name is hidden in styled letters, so that a disguise alone
        moves the score less.
    ngram_epochs : int, default=5
        Passes over the data for the n-grams; fewer where they would see more than
        150,000 messages in all, for sources are then memorised. 0 leaves the facts alone.
    ngram_rate : float, default=0.5
        Learning rate of the n-grams (AdaGrad).
    ngram_l2 : float, default=1e-4
        Weight decay of the n-grams.
    ngram_offset : float, default=0.5
        Share of the facts' scores that the n-grams are trained on top of: with 0 they are
        trained as if alone, with 1 on what the facts leave open.
    ngram_share : float, default=0.8
        Factor of the n-grams' scores in the sum with those of the facts.
    calibration_folds : int, default=4
        Folds whose held-out scores calibrate the probabilities; whole sources are held out
        where the training data has at least that many, else groups of near-duplicates.
        0 leaves the scores uncalibrated.
    max_fpr : float, optional
        Call a message a scam only above the threshold that kept the false positives of
        held-out honest messages under this rate (:meth:`threshold_for`). By default the
        most probable label is predicted.
    prevalence : float or mapping of str to float, optional
        Share of scam, or of several labels, in the traffic that is scored: probabilities
        are re-weighted for it. By default they stand for the shares ``priors_``. Thresholds
        of ``max_fpr`` and ``unsure_band`` select the same messages either way.
    unsure_band : float or (float, float), optional
        Answer ``"unsure"`` where the label is in doubt: the greatest risk that is accepted
        outside the band, one of those measured (:attr:`unsure_bands_`), or two
        probabilities of scam between which the model abstains.
    encoder : object, optional
        With a method ``encode(list of str) -> array (n, d)``: its vectors become one more
        block of features with a linear model of its own.
    n_jobs : int, optional
        Threads that prepare and train, as joblib counts them; the weights do not depend on it.
    random_state : int, optional
        Seed of the order of the passes and of the folds.

    Attributes
    ----------
    classes_ : numpy.ndarray of str
        The labels that were trained, in the order ham, promo, scam.
    ngram_coef_ : numpy.ndarray of float32, shape (n_features, n_classes)
        Values that half precision holds, as model files do.
    fact_coef_ : numpy.ndarray of float32, shape (n_fact_columns, n_classes)
        Facts, then pairs of facts.
    encoder_coef_ : numpy.ndarray of float32, shape (n_dimensions, n_classes), or None
    intercept_ : numpy.ndarray of float32, shape (n_classes,)
    scale_, shift_ : float, numpy.ndarray of shape (n_classes,)
        Calibration.
    priors_ : numpy.ndarray of float64, shape (n_classes,)
        Shares of the classes that the probabilities stand for.
    operating_ : OperatingPoints
        Thresholds by false-positive rate and what they were measured on.
    unsure_bands_ : tuple of UnsureBand
        By increasing risk; empty where too few messages were held out.
    type_model_ : TypeModel or None
        The model of the scam types.
    types_ : tuple of str
        The fifteen scam types, in the order of the columns of their probabilities.
    state_ : TrainingState or None
        What :meth:`partial_fit` and :meth:`merge` need; None where a file left it out.
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

    ngram_coef_: np.ndarray
    fact_coef_: np.ndarray
    encoder_coef_: np.ndarray | None
    intercept_: np.ndarray
    scale_: float
    shift_: np.ndarray
    priors_: np.ndarray
    operating_: OperatingPoints
    unsure_bands_: tuple[UnsureBand, ...]
    type_model_: TypeModel | None
    state_: TrainingState | None
    n_messages_: int
    metadata_: dict[str, Any]
    classes_: np.ndarray

    def __init__(
        self,
        n_features: int = 2**20,
        facts_C: float = 0.0125,
        link_dropout: float = 0.6,
        brand_dropout: float = 0.6,
        repair_dropout: float = 0.6,
        ngram_epochs: int = 5,
        ngram_rate: float = 0.5,
        ngram_l2: float = 1e-4,
        ngram_offset: float = 0.5,
        ngram_share: float = 0.8,
        calibration_folds: int = 4,
        max_fpr: float | None = None,
        prevalence: Prevalence | None = None,
        unsure_band: float | tuple[float, float] | None = None,
        encoder: Encoder | None = None,
        n_jobs: int | None = None,
        random_state: int | None = None,
    ) -> None:
        self.n_features = n_features
        self.facts_C = facts_C
        self.link_dropout = link_dropout
        self.brand_dropout = brand_dropout
        self.repair_dropout = repair_dropout
        self.ngram_epochs = ngram_epochs
        self.ngram_rate = ngram_rate
        self.ngram_l2 = ngram_l2
        self.ngram_offset = ngram_offset
        self.ngram_share = ngram_share
        self.calibration_folds = calibration_folds
        self.max_fpr = max_fpr
        self.prevalence = prevalence
        self.unsure_band = unsure_band
        self.encoder = encoder
        self.n_jobs = n_jobs
        self.random_state = random_state

    # -- training ---------------------------------------------------------------------

    def fit(self, X, y, groups=None, scam_types=None) -> Self:
        """Train on labelled messages.

        Parameters
        ----------
        X : iterable of str, or pandas.DataFrame, shape (n_messages,)
            Texts, or a message frame: its columns ``language`` and ``source`` then balance
            the training and choose the folds of the calibration, ``scam_type`` trains the
            types, and ``attrs["revision"]`` is kept with the operating points.
        y : array-like of str, shape (n_messages,)
            Labels: ham, promo, scam; at least two of them.
        groups : array-like, shape (n_messages,), optional
            Groups that the calibration must not tear; by default the sources, or clusters
            of near-duplicates.
        scam_types : array-like of str or None, shape (n_messages,), optional
            Types of the scams, None where there is none; by default the column of ``X``.

        Returns
        -------
        self

        Raises
        ------
        TypeError
            If ``X`` holds something that is not a string.
        ValueError
            If a label or type is unknown, there is only one label, or the lengths differ.
        """
        from scamclassify.classifiers.fitting import fit_model

        fit_model(self, X, y, groups, scam_types)
        return self

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

    def raw_scores(self, block: Prepared) -> np.ndarray:
        """Scores of prepared messages before calibration, float32 (n_messages, n_classes)."""
        extractor = FactExtractor()
        if len(self.fact_coef_) != extractor.n_columns:
            raise ModelFormatError(
                "concepts were added to the lexicon, or taken from it, since this model was "
                "fitted or loaded: load it again, or fit it again"
            )
        out = np.empty((len(block), len(self.classes_)), dtype=np.float32)
        out[:] = self.intercept_
        weights = packed_weights(self)
        add_packed_scores(block.codes, block.offsets, ngram_folding(), self._bits, weights, out)
        facts = block.facts
        n_facts = extractor.n_facts
        add_fact_scores(facts.indptr, facts.indices, n_facts, self.fact_coef_, PAIR_VALUE, out)
        if self.encoder_coef_ is not None:
            if self.encoder is None:
                raise ValueError(
                    "this model was trained with an encoder, which no file holds: "
                    "call set_params(encoder=...) with the same one"
                )
            out += encode_texts(self.encoder, block.texts, len(self.encoder_coef_)) @ (
                self.encoder_coef_
            )
        return out

    def calibrated(self, block: Prepared) -> np.ndarray:
        """Calibrated scores of prepared messages, before any ``prevalence``.

        Parameters
        ----------
        block : Prepared
            What :func:`scamclassify.features.prepared.prepare` returned.

        Returns
        -------
        numpy.ndarray of float32, shape (n_messages, n_classes)
            Their softmax is the probabilities.
        """
        scores = self.raw_scores(block)
        scores *= np.float32(self.scale_)
        scores += self.shift_
        return scores

    def _scores_of(self, X, prevalence: Prevalence | None = None) -> np.ndarray:
        """Calibrated scores of messages for a prevalence, block by block."""
        self._check_fitted()
        texts = keep_encoded(X)
        scores = np.empty((len(texts), len(self.classes_)), dtype=np.float32)
        for rows, block in prepare_blocks(texts):
            scores[rows] = self.calibrated(block)
        scores += self.prevalence_shift(prevalence)
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

    def predict_proba(self, X, prevalence: Prevalence | None = None) -> np.ndarray:
        """Probabilities of the classes.

        Parameters
        ----------
        X : iterable of str, or pandas.DataFrame with a column ``text``
        prevalence : float or mapping of str to float, optional
            As the parameter of the model, for this call.

        Returns
        -------
        numpy.ndarray of float32, shape (n_messages, n_classes)
            Columns in the order of ``classes_``.
        """
        return softmax(self._scores_of(X, prevalence))

    def predict(self, X) -> np.ndarray:
        """Labels of messages, ``"unsure"`` within the ``unsure_band``.

        Parameters
        ----------
        X : iterable of str, or pandas.DataFrame with a column ``text``

        Returns
        -------
        numpy.ndarray of str, shape (n_messages,)
        """
        return self.label_of(self.predict_proba(X))

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
        return assess_texts(self, keep_encoded(X), reasons, language)

    # -- reasons ----------------------------------------------------------------------

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
        from scamclassify.classifiers.explaining import explain_texts

        self._check_fitted()
        if isinstance(X, str):
            return explain_texts(self, [X], label, language)[0]
        return explain_texts(self, as_texts(X), label, language)

    def explain_frame(self, X, label: str = "scam", language: str = "en", n: int = 5):
        """The largest contributions to the scores of messages, as a table.

        Parameters
        ----------
        X : iterable of str, or pandas.DataFrame with a column ``text``
        label, language
            As for :meth:`explain`.
        n : int, default=5
            Contributions a message.

        Returns
        -------
        pandas.DataFrame
            With the columns ``row`` (the index of ``X`` where it is a frame or series, else
            its place), ``prediction, probability, rank, kind, name, reason, weight, spans``.
        """
        from scamclassify.classifiers.explaining import explain_texts, explanation_table

        self._check_fitted()
        table = explanation_table(explain_texts(self, as_texts(X), label, language), n)
        if hasattr(X, "index") and not callable(X.index):
            table["row"] = X.index.to_numpy()[table["row"].to_numpy(dtype=int)]
        return table
