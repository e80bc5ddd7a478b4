"""NB-SVM: a linear model on features scaled by naive Bayes log-count ratios."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.svm import LinearSVC
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data


class NaiveBayesSVM(ClassifierMixin, BaseEstimator):
    """Linear support vector machine on log-count-ratio features, one class against the rest.

    Parameters
    ----------
    C : float, default=1.0
        Inverse strength of the regularisation.
    alpha : float, default=1.0
        Additive smoothing of the counts.
    beta : float, default=1.0
        Interpolation between the mean weight (0) and the model's own weights (1).
    max_iter : int, default=2000
        Most iterations of the solver.
    random_state : int, RandomState instance or None, default=None
        Seed of the solver.

    Attributes
    ----------
    classes_ : numpy.ndarray of shape (n_classes,)
    coef_ : numpy.ndarray of shape (n_classes or 1, n_features)
    intercept_ : numpy.ndarray of shape (n_classes or 1,)
    n_iter_ : int
        Most iterations that the solver took for a class.

    References
    ----------
    S. Wang and C. Manning, "Baselines and bigrams: simple, good sentiment and topic
    classification", ACL 2012. https://aclanthology.org/P12-2018/

    Examples
    --------
    >>> X = np.array([[2.0, 0.0], [3.0, 1.0], [0.0, 2.0], [0.0, 3.0]])
    >>> NaiveBayesSVM(random_state=0).fit(X, ["scam", "scam", "ham", "ham"]).predict(X).tolist()
    ['scam', 'scam', 'ham', 'ham']
    """

    def __init__(self, C=1.0, alpha=1.0, beta=1.0, max_iter=2000, random_state=None):
        self.C = C
        self.alpha = alpha
        self.beta = beta
        self.max_iter = max_iter
        self.random_state = random_state

    def fit(self, X, y):
        """Fit one scaled linear model for each class.

        Parameters
        ----------
        X : {array-like, sparse matrix} of shape (n_samples, n_features)
            Non-negative counts or weights.
        y : array-like of shape (n_samples,)

        Returns
        -------
        self

        Raises
        ------
        ValueError
            If ``X`` has negative values or ``y`` only one class.
        """
        X, y = validate_data(self, X, y, accept_sparse="csr", dtype=np.float64)
        check_classification_targets(y)
        if (X.data if sp.issparse(X) else X).size and X.min() < 0:
            raise ValueError("Negative values in data passed to NaiveBayesSVM (input X).")
        self.classes_, codes = np.unique(y, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(f"Only one class was given: {self.classes_[0]!r}; two are needed.")
        positives = range(len(self.classes_)) if len(self.classes_) > 2 else [1]
        fitted = [self._fit_one(X, codes == k) for k in positives]
        self.coef_ = np.vstack([coef for coef, _, _ in fitted])
        self.intercept_ = np.array([intercept for _, intercept, _ in fitted])
        self.n_iter_ = max(n_iter for _, _, n_iter in fitted)
        return self

    def _fit_one(self, X, positive):
        p = np.asarray(X[positive].sum(axis=0)).ravel() + self.alpha
        q = np.asarray(X[~positive].sum(axis=0)).ravel() + self.alpha
        ratio = np.log(p / p.sum()) - np.log(q / q.sum())
        scaled = X @ sp.diags(ratio) if sp.issparse(X) else X * ratio
        model = LinearSVC(C=self.C, max_iter=self.max_iter, random_state=self.random_state)
        model.fit(scaled, positive)
        weights = model.coef_[0]
        weights = (1 - self.beta) * np.abs(weights).mean() + self.beta * weights
        return weights * ratio, model.intercept_[0], int(model.n_iter_)

    def decision_function(self, X):
        """Signed distances: (n_samples,) for two classes, else (n_samples, n_classes)."""
        check_is_fitted(self)
        X = validate_data(self, X, accept_sparse="csr", dtype=np.float64, reset=False)
        scores = np.asarray(X @ self.coef_.T) + self.intercept_
        return scores[:, 0] if len(self.classes_) == 2 else scores

    def predict(self, X):
        """Most likely class of each sample."""
        scores = self.decision_function(X)
        if scores.ndim == 1:
            return self.classes_[(scores > 0).astype(int)]
        return self.classes_[scores.argmax(axis=1)]

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.input_tags.positive_only = True
        return tags
